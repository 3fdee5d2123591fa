use std::collections::BTreeMap;

use model::{CallFact, Time};
use protocols::Instant;
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{Session, firehose, firmafon, nguc, semaswift, stringee};

/// A vendor, as settings and sign-in know it. The only place where vendors are listed.
#[derive(Debug)]
pub struct Vendor {
    /// As `provider` in the settings.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The account keys it knows besides `id`, `provider` and `popups`.
    pub keys: &'static [Key],
    /// What a live connection proves, as the rest of a sentence.
    pub proof: &'static str,
    /// The ways to sign in, the usual one first; the secret in the keyring has the fields of one of them.
    pub secret: &'static [Way],
    /// Checks the account's keys without opening anything.
    pub check: fn(&Map<String, Value>) -> Result<(), SettingsFault>,
    /// Makes a session.
    pub open: fn(Opening<'_>) -> Result<Box<dyn Session>, SettingsFault>,
}

/// A way to sign in.
#[derive(Debug)]
pub struct Way {
    /// What people call it: "E-mail and password".
    pub title: &'static str,
    /// The fields of the secret, in the order in which a person is asked.
    pub fields: &'static [Key],
    /// The names of settings that an account can do without, but not one that signs in this way.
    pub needs: &'static [&'static str],
}

/// A key of the settings or a field of the secret.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// What it is when not given, as it would be written.
    pub default: Option<&'static str>,
    /// The values it may have; empty if any.
    pub choices: &'static [&'static str],
    /// What is written there.
    pub kind: Kind,
    /// A key that an account can do without, and a field that may be left out of a secret.
    pub optional: bool,
    /// What is in the file, for a [`Kind::File`].
    pub form: Option<Form>,
}

/// What a file is to hold.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its JSON Schema.
    pub schema: fn() -> Value,
    /// What is wrong with a text: each with its line, where in it, and what to do.
    pub check: fn(&str) -> Vec<String>,
}

/// What is written at a [`Key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that is not shown while it is typed.
    Hidden,
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// A list of texts.
    List,
    /// A table of values.
    Table,
    /// The path of a text file; what is in it comes in [`Opening::files`].
    File,
}

impl Key {
    const fn new(kind: Kind, name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self { name, title, about, default: None, choices: &[], kind, optional: false, form: None }
    }

    /// Text.
    pub const fn text(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Text, name, title, about)
    }

    /// Text that is not shown while it is typed.
    pub const fn hidden(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Hidden, name, title, about)
    }

    /// A number.
    pub const fn number(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Number, name, title, about)
    }

    /// `true` or `false`.
    pub const fn switch(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Switch, name, title, about)
    }

    /// A list of texts.
    pub const fn list(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::List, name, title, about)
    }

    /// A table of values.
    pub const fn table(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Table, name, title, about)
    }

    /// The path of a text file.
    pub const fn file(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::File, name, title, about)
    }

    /// With this when nothing is given.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// With one of these only.
    #[must_use]
    pub const fn choices(self, choices: &'static [&'static str]) -> Self {
        Self { choices, ..self }
    }

    /// A file of this form.
    #[must_use]
    pub const fn form(self, form: Form) -> Self {
        Self { form: Some(form), ..self }
    }

    /// That may be left out.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// What a session begins with.
#[derive(Debug)]
pub struct Opening<'a> {
    /// The account's keys.
    pub settings: &'a Map<String, Value>,
    /// The JSON from the keyring, or of the last [`crate::Report::Secret`].
    pub secret: &'a SecretString,
    /// What is in the files that [`Kind::File`] keys name, by key; or why it cannot be read, in a sentence.
    pub files: &'a BTreeMap<&'static str, Result<String, String>>,
    /// The moment by the steady clock …
    pub now: Instant,
    /// … and the same moment by the wall clock.
    pub wall: Time,
    /// For ids and jitter.
    pub seed: u64,
    /// The calls that had not ended when the account's last session did: what became of them must be found out.
    pub open_calls: Vec<CallFact>,
}

/// What is wrong with an account's keys or secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SettingsFault {
    /// The key; `None` if it is the secret.
    pub key: Option<String>,
    /// One sentence that says what to do.
    pub text: String,
}

impl SettingsFault {
    /// A fault in `key`.
    pub fn in_key(key: &str, text: impl Into<String>) -> Self {
        Self { key: Some(key.to_owned()), text: text.into() }
    }

    /// A fault in the secret; `text` must not quote it.
    pub fn in_secret(text: impl Into<String>) -> Self {
        Self { key: None, text: text.into() }
    }
}

/// All vendors.
pub static VENDORS: &[Vendor] =
    &[firmafon::VENDOR, nguc::VENDOR, semaswift::VENDOR, stringee::VENDOR, firehose::VENDOR];

/// The vendor that settings call `name`.
pub fn vendor(name: &str) -> Option<&'static Vendor> {
    VENDORS.iter().find(|vendor| vendor.name == name)
}

/// Whether an address may be used: `https`/`wss` anywhere, `http`/`ws` to loopback only, and nothing secret in it,
/// since addresses are written to settings and logs.
///
/// # Errors
/// A sentence for the person who wrote the address.
pub fn check_address(key: &str, address: &str) -> Result<url::Url, SettingsFault> {
    let url = url::Url::parse(address).map_err(|_| {
        SettingsFault::in_key(key, format!("`{key}` is not an address; write one like https://host/path."))
    })?;
    let names_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["token", "secret", "password", "passwd", "api_key", "apikey"].iter().any(|word| name.contains(word))
    };
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query_pairs().any(|(name, _)| names_secret(&name))
    {
        return Err(SettingsFault::in_key(
            key,
            format!(
                "`{key}` holds a password or a token; put it in the keyring: `ringside account sign-in ID`."
            ),
        ));
    }
    let loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" | "wss" => Ok(url),
        "http" | "ws" if loopback => Ok(url),
        "http" | "ws" => Err(SettingsFault::in_key(
            key,
            format!("`{key}` is not encrypted; use https:// (plain http:// is for this computer only)."),
        )),
        _ => Err(SettingsFault::in_key(key, format!("`{key}` must begin with https://."))),
    }
}
