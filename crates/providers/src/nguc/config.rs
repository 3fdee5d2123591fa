//! The account's keys and its secret.

use std::{collections::BTreeMap, sync::Arc};

use model::Time;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use super::{VENDOR, event_map, event_map::EventMap, zone::Zone};
use crate::{SettingsFault, check_address};

/// The account's keys, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) event_url: String,
    pub(super) api_url: Url,
    /// Empty if not given.
    pub(super) client_id: String,
    pub(super) zone: Zone,
    /// The owner's id at NGUC, if given.
    pub(super) me: Option<String>,
}

impl Config {
    pub(super) fn parse(settings: &Map<String, Value>) -> Result<Self, SettingsFault> {
        let mut event_url = check_address("event_url", text(settings, "event_url")?)?;
        let scheme = if matches!(event_url.scheme(), "https" | "wss") { "https" } else { "http" };
        if event_url.set_scheme(scheme).is_err() {
            return Err(SettingsFault::in_key("event_url", "`event_url` must begin with https://."));
        }
        let api_url = check_address("api_url", text(settings, "api_url")?)?;
        if matches!(api_url.scheme(), "ws" | "wss") {
            return Err(SettingsFault::in_key("api_url", "`api_url` must begin with https://."));
        }
        let zone = Zone::parse(text(settings, "time_zone")?).ok_or_else(|| {
            SettingsFault::in_key(
                "time_zone",
                "`time_zone` is not known on this computer; write a name such as Europe/Stockholm, or a rule such as CET-1CEST,M3.5.0,M10.5.0/3.",
            )
        })?;
        Ok(Self {
            event_url: event_url.as_str().trim_end_matches('/').to_owned(),
            api_url,
            client_id: text(settings, "client_id")?.to_owned(),
            zone,
            me: Some(text(settings, "me")?.to_owned()).filter(|me| !me.is_empty()),
        })
    }
}

/// The map in the account's file, or else the one that Ringside has.
pub(super) fn event_map(
    files: &BTreeMap<&'static str, Result<String, String>>,
) -> Result<Arc<EventMap>, SettingsFault> {
    let text = match files.get("event_map") {
        Some(Ok(text)) => text,
        Some(Err(why)) => return Err(SettingsFault::in_key("event_map", why)),
        None => "",
    };
    let map = event_map::check(text).map_err(|faults| {
        let (first, more) = match &faults[..] {
            [first] => (first.to_string(), String::new()),
            [first, more @ ..] => (first.to_string(), format!(" ({} more)", more.len())),
            [] => (String::new(), String::new()),
        };
        SettingsFault::in_key("event_map", format!("The file `event_map` has a mistake in {first}{more}"))
    })?;
    Ok(Arc::new(map))
}

/// What is in the secret: a way to get tokens, or tokens, or both.
#[derive(Debug, Clone, Default)]
pub(super) struct Credentials {
    pub(super) username: Option<String>,
    /// Kept only where it can be used again, which is where no second factor is asked for.
    pub(super) password: Option<SecretString>,
    /// A code of the second factor, which is good once.
    pub(super) code: Option<SecretString>,
    pub(super) access: Option<SecretString>,
    pub(super) refresh: Option<SecretString>,
    pub(super) expires_at: Option<Time>,
    /// The owner's id, if the reply that brought the tokens said it.
    pub(super) user_id: Option<String>,
}

impl Credentials {
    pub(super) fn parse(secret: &SecretString) -> Result<Self, SettingsFault> {
        let fault = || SettingsFault::in_secret("The secret holds no password and no token; sign in again.");
        let fields: Map<String, Value> = serde_json::from_str(secret.expose_secret()).map_err(|_| fault())?;
        let field = |name: &str| {
            let text = fields.get(name).and_then(Value::as_str).unwrap_or_default();
            Some(text).filter(|text| !text.is_empty())
        };
        let token = |name: &str| {
            let text = field(name).map(str::trim);
            text.filter(|text| is_token(text)).map(SecretString::from)
        };
        let credentials = Self {
            username: field("username").map(|name| name.trim().to_owned()),
            password: field("password").map(SecretString::from),
            code: field("tfa").map(|code| SecretString::from(code.trim())),
            access: token("access_token"),
            refresh: token("refresh_token"),
            expires_at: field("expires_at").and_then(|at| at.parse().ok()),
            user_id: field("user_id").map(str::to_owned),
        };
        if credentials.access.is_none() && credentials.refresh.is_none() && !credentials.can_sign_in() {
            return Err(fault());
        }
        Ok(credentials)
    }

    pub(super) fn can_sign_in(&self) -> bool {
        self.username.is_some() && self.password.is_some()
    }

    /// As it is kept.
    pub(super) fn encode(&self) -> SecretString {
        let mut fields = Map::new();
        let mut put = |name: &str, text: Option<&str>| {
            if let Some(text) = text {
                fields.insert(name.to_owned(), text.into());
            }
        };
        put("username", self.username.as_deref());
        put("password", self.password.as_ref().map(SecretString::expose_secret));
        put("tfa", self.code.as_ref().map(SecretString::expose_secret));
        put("access_token", self.access.as_ref().map(SecretString::expose_secret));
        put("refresh_token", self.refresh.as_ref().map(SecretString::expose_secret));
        put("expires_at", self.expires_at.map(|at| at.to_string()).as_deref());
        put("user_id", self.user_id.as_deref());
        SecretString::from(Value::Object(fields).to_string())
    }
}

/// Whether it can be put into a header.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
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
    fn an_account_needs_no_keys_to_be_checked() {
        let config = parse(json!({})).unwrap();
        assert_eq!(config.event_url, "https://event-nguc.weblink.se");
        assert_eq!(config.api_url.as_str(), "https://api-nguc.weblink.se/");
        assert_eq!((config.client_id.as_str(), config.me), ("", None));
    }

    #[test]
    fn what_cannot_work_is_refused_by_key() {
        let key = |settings| parse(settings).unwrap_err().key.unwrap();
        assert_eq!(key(json!({"event_url": "http://host"})), "event_url");
        assert_eq!(key(json!({"api_url": "wss://host"})), "api_url");
        assert_eq!(key(json!({"client_id": 7})), "client_id");
        assert_eq!(key(json!({"time_zone": "Middle/Earth"})), "time_zone");
        let local = parse(json!({"event_url": "ws://127.0.0.1:1/nguc/"})).unwrap();
        assert_eq!(local.event_url, "http://127.0.0.1:1/nguc");
    }

    #[test]
    fn a_broken_map_is_told_by_its_first_line_and_one_that_is_not_there_by_why() {
        let with = |file| event_map(&BTreeMap::from([("event_map", file)]));
        let fault = with(Ok("version = 1\nevnt = 3\nx = 1\n".into())).unwrap_err();
        assert_eq!(fault.key.as_deref(), Some("event_map"));
        assert!(fault.text.contains("line 2, evnt: ") && fault.text.ends_with("(1 more)"), "{fault}");
        assert_eq!(with(Err("It is not there.".into())).unwrap_err().text, "It is not there.");
        assert!(with(Ok(String::new())).is_ok() && event_map(&BTreeMap::new()).is_ok());
    }

    #[test]
    fn a_secret_without_anything_of_use_is_refused_without_quoting_it() {
        for secret in [
            "",
            "s3cret",
            "{}",
            r#"{"username":"s3"}"#,
            r#"{"password":"s3"}"#,
            r#"{"access_token":"s3\n!"}"#,
        ] {
            let fault = Credentials::parse(&SecretString::from(secret)).unwrap_err();
            assert!(fault.key.is_none() && !fault.text.contains("s3"));
        }
    }

    #[test]
    fn a_secret_is_kept_as_it_was_read() {
        let secret = r#"{"access_token":"a","expires_at":"2026-11-21T09:00:00.000Z","password":" p ","refresh_token":"r","tfa":"123456","user_id":"7","username":"u"}"#;
        let credentials = Credentials::parse(&SecretString::from(secret)).unwrap();
        assert_eq!(credentials.encode().expose_secret(), secret);
        assert!(!format!("{credentials:?}").contains("123456"));
    }
}
