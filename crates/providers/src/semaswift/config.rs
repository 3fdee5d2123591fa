//! The account's keys and its secret.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};
use url::Url;

use super::VENDOR;
use crate::{SettingsFault, check_address};

/// More channels than anybody listens to.
const MOST_CHANNELS: usize = 500;
const LONGEST_CHANNEL: usize = 255;

/// The account's keys, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    /// Without `/api/v1`.
    pub(super) api_url: Url,
    /// `None`: as the provider says, else the vendor's.
    pub(super) realtime_url: Option<String>,
    /// `None`: the vendor's, or the other one where that is not there.
    pub(super) token_path: Option<String>,
    /// `None`: the vendor's, and those that the provider gives tokens for.
    pub(super) channels: Option<Vec<String>>,
    pub(super) agent_id: Option<String>,
    pub(super) dnd_status: Option<String>,
    pub(super) available_status: Option<String>,
}

impl Config {
    pub(super) fn parse(settings: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let mut api_url =
            check_address("api_url", text(settings, "api_url")?.unwrap_or(default_of("api_url")))?;
        if matches!(api_url.scheme(), "ws" | "wss") {
            return Err(SettingsFault::in_key("api_url", "`api_url` must begin with https://."));
        }
        let path = api_url.path().trim_end_matches('/').trim_end_matches("/api/v1").to_owned();
        api_url.set_path(&path);
        let token_path = text(settings, "token_path")?;
        if token_path.is_some_and(|path| !path.starts_with('/') || path.contains(['?', '#'])) {
            let text = "`token_path` must be a path such as /api/v1/realtime/token.";
            return Err(SettingsFault::in_key("token_path", text));
        }
        Ok(Self {
            api_url,
            realtime_url: text(settings, "realtime_url")?
                .map(|url| realtime_address("realtime_url", url))
                .transpose()?,
            token_path: token_path.map(str::to_owned),
            channels: channels(settings)?,
            agent_id: text(settings, "agent_id")?.map(str::to_owned),
            dnd_status: text(settings, "dnd_status")?.map(str::to_owned),
            available_status: text(settings, "available_status")?.map(str::to_owned),
        })
    }
}

/// An address of a websocket, which may be written as one of HTTP.
pub(super) fn realtime_address(key: &str, address: &str) -> Result<String, SettingsFault> {
    let mut url = check_address(key, address)?;
    let scheme = if matches!(url.scheme(), "https" | "wss") { "wss" } else { "ws" };
    if url.scheme() != scheme && url.set_scheme(scheme).is_err() {
        return Err(SettingsFault::in_key(key, format!("`{key}` must begin with wss://.")));
    }
    Ok(url.into())
}

/// What a key is when it is not given.
pub(super) fn default_of(key: &str) -> &'static str {
    VENDOR.keys.iter().find(|known| known.name == key).and_then(|known| known.default).unwrap_or_default()
}

/// The channels that are listened to when none are given.
pub(super) fn default_channels() -> Vec<String> {
    serde_json::from_str(default_of("channels")).unwrap_or_default()
}

fn text<'a>(settings: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, SettingsFault> {
    match settings.get(key) {
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            None => Err(SettingsFault::in_key(key, format!("`{key}` must be text in quotes."))),
        },
        None => Ok(None),
    }
}

fn channels(settings: &Map<String, Value>) -> Result<Option<Vec<String>>, SettingsFault> {
    let fault = || {
        SettingsFault::in_key(
            "channels",
            "`channels` must be a list such as [\"voice:calls\", \"tickets:mine\"].",
        )
    };
    let Some(value) = settings.get("channels") else { return Ok(None) };
    let mut channels: Vec<String> = Vec::new();
    for channel in value.as_array().ok_or_else(fault)? {
        let channel = channel.as_str().map(str::trim).ok_or_else(fault)?;
        let can_be = !channel.is_empty()
            && channel.len() <= LONGEST_CHANNEL
            && !channel.contains(|c: char| c.is_control() || c.is_whitespace());
        if !can_be || channels.len() >= MOST_CHANNELS {
            return Err(fault());
        }
        if !channels.iter().any(|known| known == channel) {
            channels.push(channel.to_owned());
        }
    }
    Ok(Some(channels))
}

/// How the account signs in.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) access_token: Option<SecretString>,
    /// Good once; what comes with the answer takes its place.
    pub(super) refresh_token: Option<SecretString>,
    pub(super) password: Option<(String, SecretString)>,
}

impl Secret {
    pub(super) fn parse(secret: &SecretString) -> Result<Self, SettingsFault> {
        let fault = || {
            SettingsFault::in_secret(
                "The secret holds neither an access token nor e-mail and password; sign in again.",
            )
        };
        let fields: Map<String, Value> = serde_json::from_str(secret.expose_secret()).map_err(|_| fault())?;
        let field = |name: &str| {
            fields.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
        };
        // Anything else could not be put into a header.
        let is_token = |token: &&str| token.bytes().all(|byte| byte.is_ascii_graphic());
        let token = |name| field(name).filter(is_token).map(SecretString::from);
        let password = fields.get("password").and_then(Value::as_str).filter(|text| !text.is_empty());
        let secret = Self {
            access_token: token("access_token"),
            refresh_token: token("refresh_token"),
            password: field("email").zip(password).map(|(email, word)| (email.to_owned(), word.into())),
        };
        if secret.access_token.is_none() && secret.password.is_none() && secret.refresh_token.is_none() {
            return Err(fault());
        }
        Ok(secret)
    }

    /// Whether another access token can be had.
    pub(super) fn is_renewable(&self) -> bool {
        self.refresh_token.is_some() || self.password.is_some()
    }

    /// As it is kept: next time, the refresh token spares the password.
    pub(super) fn to_json(&self) -> SecretString {
        let shown =
            |token: &Option<SecretString>| token.as_ref().map(|token| token.expose_secret().to_owned());
        let refresh_token = shown(&self.refresh_token);
        let kept = match &self.password {
            Some((email, word)) => {
                json!({"email": email, "password": word.expose_secret(), "refresh_token": refresh_token})
            }
            None => json!({"access_token": shown(&self.access_token), "refresh_token": refresh_token}),
        };
        SecretString::from(kept.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(settings: Value) -> Result<Config, SettingsFault> {
        Config::parse(settings.as_object().unwrap())
    }

    #[test]
    fn an_account_needs_no_keys() {
        let config = parse(json!({})).unwrap();
        assert_eq!(config.api_url.as_str(), "https://api.semaswift.com/");
        assert_eq!((config.realtime_url, config.token_path, config.channels), (None, None, None));
        assert_eq!(default_channels().len(), 5);
    }

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        let config = parse(json!({
            "api_url": "https://sandbox.semaswift.com/api/v1/", "realtime_url": "http://127.0.0.1:8000/connection",
            "channels": ["voice:calls", "voice:calls", " tickets:all "],
        }))
        .unwrap();
        assert_eq!(config.api_url.as_str(), "https://sandbox.semaswift.com/");
        assert_eq!(config.realtime_url.as_deref(), Some("ws://127.0.0.1:8000/connection"));
        assert_eq!(config.channels.unwrap(), ["voice:calls", "tickets:all"]);
    }

    #[test]
    fn what_cannot_work_is_refused_by_key() {
        let key = |settings| parse(settings).unwrap_err().key.unwrap();
        assert_eq!(key(json!({"api_url": "http://host"})), "api_url");
        assert_eq!(key(json!({"api_url": "wss://host"})), "api_url");
        assert_eq!(key(json!({"realtime_url": "ws://host/x"})), "realtime_url");
        assert_eq!(key(json!({"realtime_url": "wss://host/x?token=abc"})), "realtime_url");
        assert_eq!(key(json!({"token_path": "realtime"})), "token_path");
        assert_eq!(key(json!({"channels": "voice:calls"})), "channels");
        assert_eq!(key(json!({"channels": ["a b"]})), "channels");
        assert_eq!(key(json!({"agent_id": 7})), "agent_id");
    }

    #[test]
    fn a_secret_signs_in_by_what_it_holds_and_is_not_quoted() {
        for secret in ["", "s3cret", "{}", r#"{"email":"s3@x"}"#, r#"{"access_token":"s3 cret"}"#] {
            let fault = Secret::parse(&SecretString::from(secret)).unwrap_err();
            assert!(fault.key.is_none() && !fault.text.contains("s3"), "{secret}");
        }
        let kept = |secret: &str| {
            Secret::parse(&SecretString::from(secret)).unwrap().to_json().expose_secret().to_owned()
        };
        let same = |secret: &str| {
            let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            assert_eq!(value(&kept(secret)), value(secret));
        };
        same(r#"{"access_token":"a","refresh_token":"r"}"#);
        same(r#"{"email":"a@b","password":" p ","refresh_token":"r"}"#);
    }
}
