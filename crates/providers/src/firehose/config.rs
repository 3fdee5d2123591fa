//! The account's keys and its secret.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use super::{VENDOR, me::Me};
use crate::{SettingsFault, check_address};

/// The account's keys, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) url: String,
    pub(super) domain: String,
    pub(super) accounts: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) me: Me,
    pub(super) token_in_query: bool,
    pub(super) crossbar_url: Option<Url>,
}

impl Config {
    pub(super) fn parse(settings: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let url = text(settings, "url")?;
        if url.is_empty() {
            let text =
                "`url` is missing; write the provider's address, such as https://pbx.example.com:9443.";
            return Err(SettingsFault::in_key("url", text));
        }
        let domain = text(settings, "domain")?.to_owned();
        if domain.is_empty() {
            let text = "`domain` is missing; write the account's name or realm, as you log in with it.";
            return Err(SettingsFault::in_key("domain", text));
        }
        let crossbar_url = match text(settings, "crossbar_url")? {
            "" => None,
            address => Some(http(check_address("crossbar_url", address)?, "crossbar_url")?),
        };
        let token_in_query = match text(settings, "token_in")? {
            "header" => false,
            "query" => true,
            _ => {
                return Err(SettingsFault::in_key("token_in", "`token_in` must be header or query."));
            }
        };
        let events = list("events", settings.get("events"))?;
        Ok(Self {
            url: http(check_address("url", url)?, "url")?.as_str().trim_end_matches('/').to_owned(),
            domain,
            accounts: list("accounts", settings.get("accounts"))?,
            events: events.iter().map(|event| event.to_ascii_uppercase()).collect(),
            me: me(settings)?,
            token_in_query,
            crossbar_url,
        })
    }
}

/// The name and the password in the secret, which is `{"username": "…", "password": "…"}`.
pub(super) fn login(secret: &SecretString) -> Result<(SecretString, SecretString), SettingsFault> {
    let fault = || SettingsFault::in_secret("The secret holds no `username` and `password`; sign in again.");
    let fields: Map<String, Value> = serde_json::from_str(secret.expose_secret()).map_err(|_| fault())?;
    let field =
        |name| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or_else(fault);
    Ok((field("username")?.trim().into(), field("password")?.into()))
}

fn me(settings: &Map<String, Value>) -> Result<Me, SettingsFault> {
    let fault = |text: &str| SettingsFault::in_key("me", text);
    let Some(me) = settings.get("me") else { return Ok(Me::default()) };
    let table = me.as_object().ok_or_else(|| {
        fault("`me` must be a table such as { owner_id = \"…\", devices = [\"…\"], extension = \"1001\" }.")
    })?;
    if let Some(key) = table.keys().find(|key| !matches!(key.as_str(), "owner_id" | "devices" | "extension"))
    {
        return Err(fault(&format!("`me` has no `{key}`; it has owner_id, devices and extension.")));
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(_) => Err(fault(&format!("`{key}` in `me` must be text in quotes."))),
    };
    Ok(Me {
        owner: text("owner_id")?.map(Into::into),
        devices: list("me", table.get("devices"))?.into_iter().collect(),
        extension: text("extension")?.map(str::to_owned),
    })
}

fn http(mut url: Url, key: &str) -> Result<Url, SettingsFault> {
    let scheme = if matches!(url.scheme(), "https" | "wss") { "https" } else { "http" };
    url.set_scheme(scheme)
        .map_err(|()| SettingsFault::in_key(key, format!("`{key}` must begin with https://.")))?;
    Ok(url)
}

fn list(key: &str, value: Option<&Value>) -> Result<Vec<String>, SettingsFault> {
    let fault = || {
        SettingsFault::in_key(key, format!("`{key}` must be a list of texts, such as [\"one\", \"two\"]."))
    };
    let Some(value) = value else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or_else(fault)?;
    items
        .iter()
        .map(|item| {
            item.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).ok_or_else(fault)
        })
        .collect()
}

fn text<'a>(settings: &'a Map<String, Value>, key: &'static str) -> Result<&'a str, SettingsFault> {
    match settings.get(key) {
        Some(value) => value
            .as_str()
            .map(str::trim)
            .ok_or_else(|| SettingsFault::in_key(key, format!("`{key}` must be text in quotes."))),
        None => Ok(VENDOR
            .keys
            .iter()
            .find(|known| known.name == key)
            .and_then(|known| known.default)
            .unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(mut settings: Value) -> Result<Config, SettingsFault> {
        let settings = settings.as_object_mut().unwrap();
        settings.entry("url").or_insert_with(|| json!("https://pbx.example:9443/"));
        settings.entry("domain").or_insert_with(|| json!("acme"));
        Config::parse(settings)
    }

    #[test]
    fn an_account_needs_an_address_and_a_domain() {
        let config = parse(json!({})).unwrap();
        assert_eq!(config.url, "https://pbx.example:9443");
        assert_eq!((config.token_in_query, config.crossbar_url), (false, None));
        assert!(!config.me.is_known());
        assert_eq!(Config::parse(&Map::new()).unwrap_err().key.unwrap(), "url");
        assert_eq!(parse(json!({"domain": ""})).unwrap_err().key.unwrap(), "domain");
    }

    #[test]
    fn who_one_is_and_what_to_hear_can_be_told() {
        let config = parse(json!({
            "url": "wss://pbx.example:9443", "accounts": ["a1"], "events": ["channel_create"], "token_in": "query",
            "me": {"owner_id": "anna", "devices": ["d1", "d2"], "extension": "1001"},
            "crossbar_url": "https://pbx.example:8443/",
        }))
        .unwrap();
        assert_eq!(config.url, "https://pbx.example:9443");
        assert_eq!(
            (config.accounts, config.events),
            (vec!["a1".to_owned()], vec!["CHANNEL_CREATE".to_owned()])
        );
        assert_eq!(config.me.devices.len(), 2);
        assert!(config.token_in_query);
    }

    #[test]
    fn what_cannot_work_is_refused_by_key() {
        for (settings, key) in [
            (json!({"url": "http://host"}), "url"),
            (json!({"url": "https://me:secret@host"}), "url"),
            (json!({"crossbar_url": "http://host"}), "crossbar_url"),
            (json!({"accounts": "a1"}), "accounts"),
            (json!({"events": [7]}), "events"),
            (json!({"token_in": "cookie"}), "token_in"),
            (json!({"me": "1001"}), "me"),
            (json!({"me": {"extension": 1001}}), "me"),
            (json!({"me": {"ext": "1001"}}), "me"),
            (json!({"me": {"devices": "d1"}}), "me"),
        ] {
            assert_eq!(parse(settings.clone()).unwrap_err().key.as_deref(), Some(key), "{settings}");
        }
    }

    #[test]
    fn a_secret_without_name_and_password_is_refused_without_quoting_it() {
        for secret in ["", "s3cret", "{}", r#"{"username":"s3","password":""}"#, r#"{"password":"s3"}"#] {
            let fault = login(&secret.into()).unwrap_err();
            assert_eq!(fault.key, None);
            assert!(!fault.text.contains("s3"));
        }
        let (name, password) = login(&r#"{"username":" anna ","password":" s3 "}"#.into()).unwrap();
        assert_eq!((name.expose_secret(), password.expose_secret()), ("anna", " s3 "));
    }
}
