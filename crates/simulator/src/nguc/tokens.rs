//! Who may sign in, and which tokens are good: `POST /oauth2/user-credentials`.
//!
//! The statuses are the vendor's; the bodies of refusals are invented.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::company::rest::Answer;

/// Under which `grant_type` a refresh token is taken; NGUC's own choice is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshGrant {
    /// Under both.
    Either,
    /// `password`, as the one public client sends it.
    Password,
    /// `refresh_token`, as OAuth2 has it.
    RefreshToken,
}

/// What somebody signs in with.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    pub(super) username: String,
    pub(super) password: String,
    /// The two-factor code that is good at the moment; `None` = none is asked for.
    pub(super) tfa: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) credentials: Credentials,
    pub(super) refresh_grant: RefreshGrant,
    /// How long an access token is good.
    pub(super) expires_in: Duration,
    /// Good access tokens, and until when.
    access: BTreeMap<String, Option<Instant>>,
    refresh: BTreeSet<String>,
    issued: u64,
    /// Answers with tokens to a password, to a refresh token, and without tokens.
    pub(super) sign_ins: u64,
    pub(super) refreshes: u64,
    pub(super) refused: u64,
}

impl Tokens {
    /// One access and one refresh token are good from the beginning, the first for ever.
    pub(super) fn new(
        credentials: Credentials,
        refresh_grant: RefreshGrant,
        expires_in: Duration,
        (access, refresh): (String, String),
    ) -> Tokens {
        Tokens {
            credentials,
            refresh_grant,
            expires_in,
            access: BTreeMap::from([(access, None)]),
            refresh: BTreeSet::from([refresh]),
            issued: 0,
            sign_ins: 0,
            refreshes: 0,
            refused: 0,
        }
    }

    /// Whether this access token is good.
    pub(super) fn takes(&self, now: Instant, token: &str) -> bool {
        self.access.get(token).is_some_and(|until| until.is_none_or(|until| now < until))
    }

    /// When a good access token ends by itself.
    pub(super) fn end_of(&self, token: &str) -> Option<Instant> {
        self.access.get(token).copied().flatten()
    }

    /// No access token is good any longer; refresh tokens are.
    pub(super) fn expire(&mut self) {
        self.access.clear();
    }

    /// No token is good any longer.
    pub(super) fn revoke(&mut self) {
        self.access.clear();
        self.refresh.clear();
    }

    /// Answers a request for tokens.
    pub(super) fn grant(&mut self, now: Instant, fields: &BTreeMap<String, String>) -> Answer {
        let answer = self.decide(now, fields);
        if answer.0 != 200 {
            self.refused += 1;
        }
        answer
    }

    fn decide(&mut self, now: Instant, fields: &BTreeMap<String, String>) -> Answer {
        let field = |name: &str| fields.get(name).map(String::as_str);
        let grant = field("grant_type").unwrap_or_default();
        if field("client_id").unwrap_or_default().is_empty() {
            return refusal(400, "invalid_client");
        }
        if let Some(token) = field("refresh_token") {
            let fits = match self.refresh_grant {
                RefreshGrant::Either => matches!(grant, "password" | "refresh_token"),
                RefreshGrant::Password => grant == "password",
                RefreshGrant::RefreshToken => grant == "refresh_token",
            };
            if !fits {
                return refusal(400, "unsupported_grant_type");
            }
            // Rotated: each is good once.
            if !self.refresh.remove(token) {
                return refusal(401, "invalid_grant");
            }
            self.refreshes += 1;
            return self.issue(now);
        }
        if grant != "password" {
            return refusal(400, "unsupported_grant_type");
        }
        let (Some(username), Some(password), Some(tfa)) =
            (field("username"), field("password"), field("tfa"))
        else {
            return refusal(400, "invalid_request");
        };
        if username != self.credentials.username || password != self.credentials.password {
            return refusal(401, "invalid_grant");
        }
        if self.credentials.tfa.as_deref().is_some_and(|good| good != tfa) {
            return refusal(402, "tfa_required");
        }
        self.sign_ins += 1;
        self.issue(now)
    }

    fn issue(&mut self, now: Instant) -> Answer {
        self.access.retain(|_, until| until.is_none_or(|until| now < until));
        self.issued += 1;
        let (access, refresh) = (format!("access-{}", self.issued), format!("refresh-{}", self.issued));
        self.access.insert(access.clone(), Some(now + self.expires_in));
        self.refresh.insert(refresh.clone());
        let body = json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.expires_in.as_secs(),
            "refresh_token": refresh,
        });
        (200, body)
    }
}

fn refusal(status: u16, error: &str) -> Answer {
    (status, json!({ "error": error }))
}

/// The fields of a form or of a JSON object, whose values may be numbers too.
pub(super) fn fields_of(body: &str, is_json: bool) -> Option<BTreeMap<String, String>> {
    if !is_json {
        return Some(url::form_urlencoded::parse(body.as_bytes()).into_owned().collect());
    }
    let object: serde_json::Map<String, Value> = serde_json::from_str(body).ok()?;
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    };
    Some(object.into_iter().map(|(name, value)| (name, text(value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(tfa: Option<&str>, refresh_grant: RefreshGrant) -> Tokens {
        let credentials = Credentials {
            username: "anna".to_owned(),
            password: "secret".to_owned(),
            tfa: tfa.map(str::to_owned),
        };
        let first = ("a".to_owned(), "r".to_owned());
        Tokens::new(credentials, refresh_grant, Duration::from_secs(60), first)
    }

    fn ask(tokens: &mut Tokens, now: Instant, form: &str) -> (u16, String) {
        let (status, body) = tokens.grant(now, &fields_of(form, false).unwrap());
        let told = body.get("access_token").or(body.get("error")).and_then(Value::as_str);
        (status, told.unwrap().to_owned())
    }

    #[test]
    fn a_password_gets_tokens_that_end() {
        let (mut tokens, now) = (tokens(None, RefreshGrant::Either), Instant::now());
        let form = "grant_type=password&client_id=external.X&username=anna&password=secret&tfa=";
        assert_eq!(ask(&mut tokens, now, form), (200, "access-1".to_owned()));
        assert!(tokens.takes(now + Duration::from_secs(59), "access-1"));
        assert!(!tokens.takes(now + Duration::from_secs(60), "access-1"));
        assert_eq!((tokens.sign_ins, tokens.refused), (1, 0));
    }

    #[test]
    fn a_refusal_says_why() {
        let (mut tokens, now) = (tokens(Some("123456"), RefreshGrant::Either), Instant::now());
        let base = "grant_type=password&client_id=external.X&username=anna";
        for (more, status, error) in [
            ("&password=wrong&tfa=123456", 401, "invalid_grant"),
            ("&password=secret&tfa=", 402, "tfa_required"),
            ("&password=secret&tfa=999999", 402, "tfa_required"),
            ("&password=secret", 400, "invalid_request"),
        ] {
            assert_eq!(ask(&mut tokens, now, &format!("{base}{more}")), (status, error.to_owned()), "{more}");
        }
        assert_eq!(ask(&mut tokens, now, &format!("{base}&password=secret&tfa=123456")).0, 200);
    }

    #[test]
    fn a_refresh_token_is_good_once_and_under_the_grant_that_is_taken() {
        let now = Instant::now();
        let by = |grant: &str, token: &str| {
            format!("grant_type={grant}&client_id=external.X&refresh_token={token}")
        };
        let mut either = tokens(None, RefreshGrant::Either);
        assert_eq!(ask(&mut either, now, &by("password", "r")), (200, "access-1".to_owned()));
        assert_eq!(ask(&mut either, now, &by("refresh_token", "refresh-1")), (200, "access-2".to_owned()));
        assert_eq!(
            ask(&mut either, now, &by("refresh_token", "refresh-1")),
            (401, "invalid_grant".to_owned())
        );
        let mut one = tokens(None, RefreshGrant::RefreshToken);
        assert_eq!(ask(&mut one, now, &by("password", "r")), (400, "unsupported_grant_type".to_owned()));
        assert_eq!(ask(&mut one, now, &by("refresh_token", "r")).0, 200);
    }

    #[test]
    fn fields_come_as_form_or_json() {
        let form = fields_of("tfa=012345&username=%C3%85sa", false).unwrap();
        assert_eq!(form, fields_of(r#"{"tfa":"012345","username":"Åsa"}"#, true).unwrap());
        assert_eq!(fields_of("{", true), None);
    }
}
