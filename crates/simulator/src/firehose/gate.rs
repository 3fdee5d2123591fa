//! Who is let in: logins, tokens, and what each token lets through.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::people::{CHILD, Directory, OWN};
use super::switch::Occurrence;

/// What a login gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenForm {
    /// A JWT with exactly the claims `identity`, `type` and `exp`, signed with HS256, as in the vendor's sample.
    Jwt,
    /// Something that cannot be decoded.
    Opaque,
}

/// Which events a token lets through; empty sets let all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Places in the directory's accounts.
    accounts: BTreeSet<usize>,
    events: BTreeSet<String>,
}

impl Filter {
    /// Own account and children unless some are named.
    pub(super) fn passes(&self, occurrence: &Occurrence) -> bool {
        let account = if self.accounts.is_empty() {
            [OWN, CHILD].contains(&occurrence.account)
        } else {
            self.accounts.contains(&occurrence.account)
        };
        account && (self.events.is_empty() || self.events.contains(&occurrence.name))
    }
}

/// Why there is no way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The request is not what a login is.
    Malformed,
    /// Wrong user, password or domain.
    Credentials,
    /// An account that is neither the own one nor a child.
    Foreign,
    /// No token at all.
    Missing,
    /// Not a token of this server, or taken back.
    Unknown,
    /// Too old.
    Expired,
}

impl Refusal {
    /// HTTP status and body; the vendor's own are not known.
    pub(super) fn answer(self) -> (u16, Value) {
        let (status, text) = match self {
            Refusal::Malformed => (400, "username, password and domain are required"),
            Refusal::Credentials => (401, "Invalid credentials"),
            Refusal::Foreign => (403, "Forbidden account"),
            Refusal::Missing => (401, "Missing Authorization Header"),
            Refusal::Unknown => (401, "Invalid token"),
            Refusal::Expired => (401, "Token has expired"),
        };
        (status, json!({ "msg": text }))
    }
}

/// What a good token stands for.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) filter: Filter,
    /// Unix seconds.
    pub(super) expires_at: i64,
}

/// Logins and tokens.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) domain: String,
    pub(super) form: TokenForm,
    pub(super) lifetime: Duration,
    /// Whether every token is refused, also new ones.
    pub(super) is_shut: bool,
    pub(super) grants: BTreeMap<String, Grant>,
    pub(super) issued: u64,
}

impl Gate {
    /// A token for a login; two of one second are the same text, and the later one's filters count.
    pub(super) fn log_in(
        &mut self,
        now: i64,
        directory: &Directory,
        body: &Value,
    ) -> Result<String, Refusal> {
        let text = |key: &str| body.get(key).and_then(Value::as_str).ok_or(Refusal::Malformed);
        let given = (text("username")?, text("password")?, text("domain")?);
        if given != (self.username.as_str(), self.password.as_str(), self.domain.as_str()) {
            return Err(Refusal::Credentials);
        }
        let own: Vec<_> = directory.accounts.iter().take(CHILD + 1).collect();
        let mut filter = Filter::default();
        for account in words(body, "accounts")? {
            let at = own.iter().position(|own| own.id == account).ok_or(Refusal::Foreign)?;
            filter.accounts.insert(at);
        }
        filter.events = words(body, "events")?.map(str::to_owned).collect();
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX / 4);
        let expires_at = now.saturating_add(lifetime);
        self.grants.retain(|_, grant| grant.expires_at > now);
        self.issued += 1;
        let token = match self.form {
            TokenForm::Jwt => {
                let identity = own.first().map(|own| format!("{}:{}", own.id, own.name)).unwrap_or_default();
                sign(&json!({ "identity": identity, "type": "access", "exp": expires_at }))
            }
            TokenForm::Opaque => format!("opaque~{}", self.issued),
        };
        self.grants.insert(token.clone(), Grant { filter, expires_at });
        Ok(token)
    }

    /// What a token stands for at this moment.
    pub(super) fn admit(&self, now: i64, token: Option<&str>) -> Result<Grant, Refusal> {
        let token = token.ok_or(Refusal::Missing)?;
        let grant = self.grants.get(token).filter(|_| !self.is_shut).ok_or(Refusal::Unknown)?;
        if grant.expires_at <= now { Err(Refusal::Expired) } else { Ok(grant.clone()) }
    }
}

/// The strings of a list that may be missing or null.
fn words<'a>(body: &'a Value, key: &str) -> Result<impl Iterator<Item = &'a str>, Refusal> {
    let list: &[Value] = match body.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) if list.iter().all(Value::is_string) => list,
        Some(_) => return Err(Refusal::Malformed),
    };
    Ok(list.iter().filter_map(Value::as_str))
}

/// A JWT by HS256. The key is this process's business: nobody else verifies it.
pub(super) fn sign(claims: &Value) -> String {
    let encode = |value: &[u8]| URL_SAFE_NO_PAD.encode(value);
    let signed =
        format!("{}.{}", encode(br#"{"alg":"HS256","typ":"JWT"}"#), encode(claims.to_string().as_bytes()));
    // Any length of key will do for HMAC.
    let mac = Hmac::<Sha256>::new_from_slice(b"firehose").map(|mac| mac.chain_update(&signed));
    let signature = mac.map(|mac| encode(&mac.finalize().into_bytes())).unwrap_or_default();
    format!("{signed}.{signature}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Office, Plan};

    fn gate(form: TokenForm) -> (Gate, Directory) {
        let office = Office::new(&Plan { people: 3, rate: 0.0, seed: 1 });
        let gate = Gate {
            username: "u".to_owned(),
            password: "p".to_owned(),
            domain: "d".to_owned(),
            form,
            lifetime: Duration::from_secs(3600),
            is_shut: false,
            grants: BTreeMap::new(),
            issued: 0,
        };
        (gate, Directory::of(&office, "acme.example.com"))
    }

    #[test]
    fn a_token_has_the_three_claims_of_the_vendors_sample_and_32_bytes_of_signature() {
        let (mut gate, directory) = gate(TokenForm::Jwt);
        let body = json!({"username": "u", "password": "p", "domain": "d"});
        let token = gate.log_in(1_637_776_466, &directory, &body).unwrap();
        let parts: Vec<Vec<u8>> =
            token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
        let [head, claims, signature] = parts.as_slice() else { panic!("{token}") };
        assert_eq!(serde_json::from_slice::<Value>(head).unwrap(), json!({"alg": "HS256", "typ": "JWT"}));
        let identity = format!("{}:Kontoret", directory.accounts.first().unwrap().id);
        let wanted = json!({"identity": identity, "type": "access", "exp": 1_637_780_066});
        assert_eq!(serde_json::from_slice::<Value>(claims).unwrap(), wanted);
        assert_eq!(signature.len(), 32);
        assert!(gate.admit(1_637_780_065, Some(&token)).is_ok());
        assert_eq!(gate.admit(1_637_780_066, Some(&token)).unwrap_err(), Refusal::Expired);
        assert_eq!(gate.admit(0, Some("another")).unwrap_err(), Refusal::Unknown);
        assert_eq!(gate.admit(0, None).unwrap_err(), Refusal::Missing);
    }

    #[test]
    fn the_signature_is_hs256_of_rfc_7515s_kind() {
        // HMAC-SHA-256 with the key "firehose", computed by OpenSSL.
        let token = sign(&json!({"exp": 1}));
        assert_eq!(
            token,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjF9.5lU9QV_A6iPAbnOULxZBn8IG4ANgI42VgyKnuuDq65U"
        );
    }

    #[test]
    fn only_the_own_account_and_its_children_can_be_asked_for() {
        let (mut gate, directory) = gate(TokenForm::Opaque);
        let ask = |gate: &mut Gate, accounts: Value| {
            let body = json!({"username": "u", "password": "p", "domain": "d", "accounts": accounts});
            gate.log_in(0, &directory, &body)
        };
        let ids: Vec<&str> = directory.accounts.iter().map(|account| account.id.as_str()).collect();
        let [own, child, parent] = ids.as_slice() else { panic!("{ids:?}") };
        assert!(ask(&mut gate, json!([own, child])).is_ok());
        assert_eq!(ask(&mut gate, json!([parent])).unwrap_err(), Refusal::Foreign);
        assert_eq!(ask(&mut gate, json!("text")).unwrap_err(), Refusal::Malformed);
        assert_eq!(gate.log_in(0, &directory, &json!({"username": "u"})).unwrap_err(), Refusal::Malformed);
        let wrong = json!({"username": "u", "password": "x", "domain": "d"});
        assert_eq!(gate.log_in(0, &directory, &wrong).unwrap_err(), Refusal::Credentials);
    }
}
