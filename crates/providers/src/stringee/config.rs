//! The account's keys and its secret.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use super::{
    VENDOR,
    token::{Claims, Tokens, is_plain},
};
use crate::{SettingsFault, check_address};

/// As the older SDK has them built in.
const SERVERS: [&str; 2] = ["wss://v1.stringee.com:6899/", "wss://v2.stringee.com:6899/"];

/// The account's keys, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) token_url: Option<Url>,
    /// Where the servers are asked for; `None` if they are given.
    pub(super) address_url: Option<String>,
    pub(super) servers: Vec<String>,
    pub(super) api_url: Url,
    pub(super) relay_url: Option<Url>,
    pub(super) softphone_user: Option<String>,
    pub(super) dnd: DndWords,
}

/// How do-not-disturb is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DndWords {
    pub(super) attribute: String,
    pub(super) on: String,
    pub(super) off: String,
}

/// What the account signs in with.
#[derive(Debug)]
pub(super) enum Credential {
    /// Tokens are asked for.
    Endpoint { authorization: Option<SecretString> },
    /// There is one token.
    Pasted(Tokens),
}

impl Config {
    pub(super) fn parse(settings: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let api_url = http(settings, "api_url")?
            .ok_or_else(|| SettingsFault::in_key("api_url", "`api_url` must not be empty."))?;
        let servers = servers(settings)?;
        let address_url = match http(settings, "address_url")? {
            Some(url) => Some(String::from(url)),
            None if servers.is_empty() => Some(below(&api_url, &["v2", "getStringeeServerAddress"]).into()),
            None => None,
        };
        Ok(Self {
            token_url: http(settings, "token_url")?,
            address_url,
            servers: if servers.is_empty() { SERVERS.map(str::to_owned).into() } else { servers },
            relay_url: http(settings, "relay_url")?,
            softphone_user: text(settings, "softphone_user")?.map(str::to_owned),
            dnd: DndWords {
                attribute: word(settings, "dnd_attribute")?,
                on: word(settings, "dnd_value")?,
                off: word(settings, "dnd_off_value")?,
            },
            api_url,
        })
    }
}

impl Credential {
    /// The secret is `{"token_url_authorization": "…"}` or `{"token": "…"}`.
    pub(super) fn parse(secret: &SecretString, config: &Config) -> Result<Self, SettingsFault> {
        let fields: Map<String, Value> = serde_json::from_str(secret.expose_secret())
            .map_err(|_| SettingsFault::in_secret("The secret cannot be read; sign in again."))?;
        if fields.iter().any(|(name, value)| is_key_secret(name, value.as_str().unwrap_or_default())) {
            return Err(SettingsFault::in_secret(
                "This looks like a Stringee API key; it belongs on your organisation's server, which makes tokens \
                 with it: give a token or the token address's password instead.",
            ));
        }
        let field = |name: &str| {
            let text = fields.get(name).and_then(Value::as_str).map(str::trim);
            text.filter(|text| !text.is_empty())
        };
        if let Some(token) = field("token") {
            let claims = Claims::parse(token).map_err(|unfit| SettingsFault::in_secret(unfit.to_string()))?;
            let relay = field("relay_token").filter(|text| is_plain(text)).map(SecretString::from);
            return Ok(Self::Pasted(Tokens { client: SecretString::from(token), claims, rest: None, relay }));
        }
        if config.token_url.is_none() {
            return Err(SettingsFault::in_key(
                "token_url",
                "`token_url` is missing; write where your organisation hands out tokens, or sign in with a token.",
            ));
        }
        let authorization = field("token_url_authorization");
        if authorization.is_some_and(|text| !text.bytes().all(|byte| (b' '..=b'~').contains(&byte))) {
            return Err(SettingsFault::in_secret(
                "The Authorization cannot be sent: it has a character that no header may have; sign in again.",
            ));
        }
        Ok(Self::Endpoint { authorization: authorization.map(SecretString::from) })
    }
}

/// Whether it is what the organisation must keep for itself: a key's name (`SK…`, `AC…`) or its secret.
fn is_key_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let value = value.trim();
    let value = value.strip_prefix("Basic ").map_or_else(
        || value.to_owned(),
        |encoded| {
            let decoded = STANDARD.decode(encoded.trim()).unwrap_or_default();
            String::from_utf8_lossy(&decoded).into_owned()
        },
    );
    let sid = value.split(['.', ':']).next().unwrap_or_default();
    let is_sid = (sid.starts_with("SK") || sid.starts_with("AC"))
        && sid.len() >= 12
        && sid.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    is_sid || name.contains("secret") || name.contains("keysid") || name.contains("key_sid")
}

/// `url` with these segments after its path.
pub(super) fn below(url: &Url, path: &[&str]) -> Url {
    let mut url = url.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

fn http(settings: &Map<String, Value>, key: &'static str) -> Result<Option<Url>, SettingsFault> {
    let Some(address) = text(settings, key)? else { return Ok(None) };
    let url = check_address(key, address)?;
    match url.scheme() {
        "http" | "https" => Ok(Some(url)),
        _ => Err(SettingsFault::in_key(key, format!("`{key}` must begin with https://."))),
    }
}

fn servers(settings: &Map<String, Value>) -> Result<Vec<String>, SettingsFault> {
    let fault = || SettingsFault::in_key("servers", "`servers` must be a list like [\"wss://host:6899/\"].");
    let Some(list) = settings.get("servers") else { return Ok(Vec::new()) };
    let mut servers = Vec::new();
    for server in list.as_array().ok_or_else(fault)? {
        let url = check_address("servers", server.as_str().ok_or_else(fault)?.trim())?;
        if !matches!(url.scheme(), "ws" | "wss") {
            return Err(fault());
        }
        servers.push(url.into());
    }
    Ok(servers)
}

fn word(settings: &Map<String, Value>, key: &'static str) -> Result<String, SettingsFault> {
    text(settings, key)?
        .map(str::to_owned)
        .ok_or_else(|| SettingsFault::in_key(key, format!("`{key}` must not be empty.")))
}

/// What is given, or the default; `None` if that is nothing.
fn text<'a>(settings: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, SettingsFault> {
    let text = match settings.get(key) {
        Some(value) => value
            .as_str()
            .map(str::trim)
            .ok_or_else(|| SettingsFault::in_key(key, format!("`{key}` must be text in quotes.")))?,
        None => VENDOR
            .keys
            .iter()
            .find(|known| known.name == key)
            .and_then(|known| known.default)
            .unwrap_or_default(),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(settings: Value) -> Result<Config, SettingsFault> {
        Config::parse(settings.as_object().unwrap())
    }

    fn credential(secret: &Value, settings: Value) -> Result<Credential, SettingsFault> {
        Credential::parse(&SecretString::from(secret.to_string()), &parse(settings).unwrap())
    }

    #[test]
    fn an_account_needs_no_keys() {
        let config = parse(json!({})).unwrap();
        assert_eq!(
            config.address_url.as_deref(),
            Some("https://api.stringee.com/v2/getStringeeServerAddress")
        );
        assert_eq!(config.servers, SERVERS);
        assert_eq!(config.dnd.attribute, "manual_status");
        assert_eq!((&*config.dnd.on, &*config.dnd.off), ("NOT AVAILABLE", "AVAILABLE"));
    }

    #[test]
    fn a_region_has_its_own_list_and_given_servers_need_none() {
        let config = parse(json!({"api_url": "https://asia-2.api.stringee.com/"})).unwrap();
        assert_eq!(
            config.address_url.as_deref(),
            Some("https://asia-2.api.stringee.com/v2/getStringeeServerAddress")
        );
        let config = parse(json!({"servers": ["wss://own.example:1"]})).unwrap();
        assert_eq!((config.address_url, config.servers), (None, vec!["wss://own.example:1/".to_owned()]));
    }

    #[test]
    fn what_cannot_work_is_refused_by_key() {
        let key = |settings| parse(settings).unwrap_err().key.unwrap();
        assert_eq!(key(json!({"token_url": "http://host/t"})), "token_url");
        assert_eq!(key(json!({"relay_url": "wss://host"})), "relay_url");
        assert_eq!(key(json!({"api_url": ""})), "api_url");
        assert_eq!(key(json!({"servers": "wss://host"})), "servers");
        assert_eq!(key(json!({"servers": ["https://host"]})), "servers");
        assert_eq!(key(json!({"servers": ["ws://host"]})), "servers");
        assert_eq!(key(json!({"address_url": "https://h/?access_token=x"})), "address_url");
        assert_eq!(key(json!({"dnd_value": 7})), "dnd_value");
    }

    #[test]
    fn an_api_key_is_refused_without_quoting_it() {
        let sid = "SKabcdefghijkl0123";
        for secret in [
            json!({"token": sid}),
            json!({"token_url_authorization": format!("Basic {}", STANDARD.encode(format!("{sid}:s3cret")))}),
            json!({"token_url_authorization": format!("{sid}:s3cret")}),
            json!({"api_key_secret": "s3cret"}),
            json!({"keySid": sid, "keySecret": "s3cret"}),
        ] {
            let fault = credential(&secret, json!({"token_url": "https://own.example/t"})).unwrap_err();
            assert!(fault.text.contains("API key") && !fault.text.contains("s3cret"), "{}", fault.text);
        }
    }

    #[test]
    fn a_secret_is_a_token_or_what_the_token_address_wants() {
        let own = json!({"token_url": "https://own.example/t"});
        let way = |secret: Value| credential(&secret, own.clone());
        assert!(matches!(way(json!({})), Ok(Credential::Endpoint { authorization: None })));
        assert!(matches!(
            way(json!({"token_url_authorization": "Basic dTpw"})),
            Ok(Credential::Endpoint { authorization: Some(_) })
        ));
        let token = json!({"token": "e30.e30.c2ln"});
        assert!(matches!(credential(&token, json!({})), Ok(Credential::Pasted(_))));
        assert_eq!(credential(&json!({}), json!({})).unwrap_err().key.as_deref(), Some("token_url"));
        assert!(way(json!({"token_url_authorization": "a\nb"})).is_err());
        // {"rest_api":true}
        let fault = way(json!({"token": "e30.eyJyZXN0X2FwaSI6dHJ1ZX0.c2ln"})).unwrap_err();
        assert!(fault.text.contains("rest_api"), "{}", fault.text);
    }
}
