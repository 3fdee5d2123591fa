//! The account's keys and its secret.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use super::VENDOR;
use crate::{SettingsFault, check_address};

/// The account's keys, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) pubsub_url: String,
    pub(super) api_url: Url,
    pub(super) transport: Transport,
}

/// How events come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    /// By pub/sub as it can be had; by asking REST where pub/sub is gone.
    Auto,
    WebSocket,
    LongPolling,
    /// By asking REST every few seconds.
    Polling,
}

impl Config {
    pub(super) fn parse(settings: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let mut pubsub_url = address(settings, "pubsub_url")?;
        // The same address serves both; HTTP is what it begins with.
        let scheme = if matches!(pubsub_url.scheme(), "https" | "wss") { "https" } else { "http" };
        if pubsub_url.set_scheme(scheme).is_err() {
            return Err(SettingsFault::in_key("pubsub_url", "`pubsub_url` must begin with https://."));
        }
        let api_url = address(settings, "api_url")?;
        if matches!(api_url.scheme(), "ws" | "wss") {
            return Err(SettingsFault::in_key("api_url", "`api_url` must begin with https://."));
        }
        let transport = match text(settings, "transport")? {
            "auto" => Transport::Auto,
            "websocket" => Transport::WebSocket,
            "long-polling" => Transport::LongPolling,
            "polling" => Transport::Polling,
            _ => {
                return Err(SettingsFault::in_key(
                    "transport",
                    "`transport` must be auto, websocket, long-polling or polling.",
                ));
            }
        };
        Ok(Self { pubsub_url: pubsub_url.as_str().trim_end_matches('/').to_owned(), api_url, transport })
    }
}

/// The token in the secret, which is `{"access_token": "…"}`.
pub(super) fn token(secret: &SecretString) -> Result<SecretString, SettingsFault> {
    let fault = || SettingsFault::in_secret("The secret holds no `access_token`; sign in again.");
    let fields: Map<String, Value> = serde_json::from_str(secret.expose_secret()).map_err(|_| fault())?;
    let token = fields.get("access_token").and_then(Value::as_str).unwrap_or_default().trim();
    // Anything else could not be put into a header.
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(fault());
    }
    Ok(SecretString::from(token))
}

fn address(settings: &Map<String, Value>, key: &'static str) -> Result<Url, SettingsFault> {
    check_address(key, text(settings, key)?)
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

    fn parse(settings: Value) -> Result<Config, SettingsFault> {
        Config::parse(settings.as_object().unwrap())
    }

    #[test]
    fn an_account_needs_no_keys() {
        let config = parse(json!({})).unwrap();
        assert_eq!(config.pubsub_url, "https://pubsub.firmafon.dk/faye");
        assert_eq!(config.api_url.as_str(), "https://app.relatel.dk/api/v2");
        assert_eq!(config.transport, Transport::Auto);
    }

    #[test]
    fn addresses_may_end_in_a_slash_and_begin_as_a_socket() {
        let config =
            parse(json!({"pubsub_url": "wss://host/faye/", "api_url": "https://host/api/"})).unwrap();
        assert_eq!(config.pubsub_url, "https://host/faye");
        let local = parse(json!({"pubsub_url": "ws://127.0.0.1:1/faye"})).unwrap();
        assert_eq!(local.pubsub_url, "http://127.0.0.1:1/faye");
    }

    #[test]
    fn what_cannot_work_is_refused_by_key() {
        let key = |settings| parse(settings).unwrap_err().key.unwrap();
        assert_eq!(key(json!({"pubsub_url": "http://host/faye"})), "pubsub_url");
        assert_eq!(key(json!({"api_url": "wss://host"})), "api_url");
        assert_eq!(key(json!({"api_url": 7})), "api_url");
        assert_eq!(key(json!({"api_url": "https://me:secret@host"})), "api_url");
        assert_eq!(key(json!({"api_url": "https://host/v2?Access_Token=abc"})), "api_url");
        assert_eq!(key(json!({"transport": "pigeon"})), "transport");
    }

    #[test]
    fn a_secret_without_a_token_is_refused_without_quoting_it() {
        for secret in ["", "s3cret", "{}", r#"{"access_token":" "}"#, r#"{"access_token":"s3\ncret"}"#] {
            let fault = token(&SecretString::from(secret)).unwrap_err();
            assert_eq!(fault.key, None);
            assert!(!fault.text.contains("s3"));
        }
        assert_eq!(token(&SecretString::from(r#"{"access_token":"abc "}"#)).unwrap().expose_secret(), "abc");
    }
}
