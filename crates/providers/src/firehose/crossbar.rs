//! Crossbar, Kazoo's REST API: requests as values, answers parsed.

mod rows;

use md5::{Digest as _, Md5};
use model::PhoneNumber;
use protocols::{Body, Method, Request, kazoo::Credentials, secret};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

pub(super) use rows::{SignedIn, channels, devices, dnd, signed_in, users, wants_second_factor};

/// More is asked for by the key of the page that follows.
const PAGE: &str = "200";

/// Where Crossbar is, and who asks.
#[derive(Debug)]
pub(super) struct Crossbar {
    base: Url,
    signed_in: Option<Access>,
    /// How the account was named when it was last accepted.
    named_by: Option<AccountBy>,
}

#[derive(Debug)]
struct Access {
    token: SecretString,
    account: String,
    user: Option<String>,
}

/// How the account is named at sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccountBy {
    Name,
    Realm,
}

impl Crossbar {
    pub(super) fn new(base: Url) -> Self {
        Self { base, signed_in: None, named_by: None }
    }

    pub(super) fn sign_in(&mut self, access: &SignedIn, by: AccountBy) {
        self.named_by = Some(by);
        self.signed_in = Some(Access {
            token: access.token.clone(),
            account: access.account_id.clone(),
            user: access.owner_id.clone(),
        });
    }

    pub(super) fn sign_out(&mut self) {
        self.signed_in = None;
    }

    pub(super) fn is_signed_in(&self) -> bool {
        self.signed_in.is_some()
    }

    /// How to name the account at the next sign-in.
    pub(super) fn names_by(&self, domain: &str) -> AccountBy {
        let likely = if domain.contains('.') { AccountBy::Realm } else { AccountBy::Name };
        self.named_by.unwrap_or(likely)
    }

    /// Whether it knows for whom do-not-disturb and calls are.
    pub(super) fn knows_user(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|access| access.user.is_some())
    }

    /// Signs in by the MD5 of name and password, which is all that Kazoo takes.
    pub(super) fn user_auth(&self, credentials: &Credentials, by: AccountBy) -> Request {
        let name = credentials.username.expose_secret().to_lowercase();
        let digest = Md5::digest(format!("{name}:{}", credentials.password.expose_secret()));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let key = match by {
            AccountBy::Name => "account_name",
            AccountBy::Realm => "account_realm",
        };
        let body = json!({"data": {"credentials": hex, "method": "md5", key: credentials.domain}});
        Request::new(Method::Put, self.url(&["user_auth"], &[]), json_body(&body))
    }

    /// A page of the users, from the key that the former page gave.
    pub(super) fn users(&self, from: Option<&str>) -> Option<Request> {
        self.list("users", from)
    }

    pub(super) fn devices(&self, from: Option<&str>) -> Option<Request> {
        self.list("devices", from)
    }

    /// Every leg there is.
    pub(super) fn channels(&self) -> Option<Request> {
        let access = self.signed_in.as_ref()?;
        Some(self.get(access, &["accounts", &access.account, "channels"], &[]))
    }

    /// The owner's document.
    pub(super) fn user(&self) -> Option<Request> {
        let access = self.signed_in.as_ref()?;
        Some(self.get(access, &["accounts", &access.account, "users", access.user.as_ref()?], &[]))
    }

    pub(super) fn set_dnd(&self, on: bool) -> Option<Request> {
        let access = self.signed_in.as_ref()?;
        let url = self.url(&["accounts", &access.account, "users", access.user.as_ref()?], &[]);
        let body = json!({"data": {"do_not_disturb": {"enabled": on}}});
        Some(signed(Request::new(Method::Patch, url, json_body(&body)), access))
    }

    /// Rings the owner's phones, then calls the number. A `POST` waits until a phone rings, and says if none can.
    pub(super) fn dial(&self, number: &PhoneNumber, method: Method) -> Option<Request> {
        let access = self.signed_in.as_ref()?;
        let (account, user) = (&access.account, access.user.as_ref()?);
        let url = self.url(&["accounts", account, "users", user, "quickcall", number.as_str()], &[]);
        let body = match method {
            Method::Get => Body::Empty,
            Method::Post | Method::Put | Method::Patch | Method::Delete => json_body(&json!({"data": {}})),
        };
        Some(signed(Request::new(method, url, body), access).within(Duration::from_secs(40)))
    }

    fn list(&self, what: &str, from: Option<&str>) -> Option<Request> {
        let access = self.signed_in.as_ref()?;
        let mut query = vec![("page_size", PAGE)];
        query.extend(from.map(|key| ("start_key", key)));
        Some(self.get(access, &["accounts", &access.account, what], &query))
    }

    fn get(&self, access: &Access, path: &[&str], query: &[(&str, &str)]) -> Request {
        signed(Request::get(self.url(path, query)), access)
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> String {
        let mut url = self.base.clone();
        let versioned = url.path().trim_end_matches('/').rsplit('/').next() == Some("v2");
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            if !versioned {
                segments.push("v2");
            }
            segments.extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url.into()
    }
}

fn signed(request: Request, access: &Access) -> Request {
    request.header("x-auth-token", access.token.expose_secret())
}

fn json_body(body: &Value) -> Body {
    Body::Json(secret::Text::new(body.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossbar(base: &str) -> Crossbar {
        let mut crossbar = Crossbar::new(Url::parse(base).unwrap());
        let answer = r#"{"auth_token":"t0ken","data":{"account_id":"acc","owner_id":"anna"}}"#;
        crossbar.sign_in(&signed_in(answer).unwrap(), AccountBy::Name);
        crossbar
    }

    #[test]
    fn credentials_are_the_md5_of_the_name_in_lower_case_and_the_password() {
        let credentials =
            Credentials { username: "Anna".into(), password: "s3cret".into(), domain: "acme".to_owned() };
        let request = crossbar("https://pbx.example:8443").user_auth(&credentials, AccountBy::Name);
        assert_eq!(request.url, "https://pbx.example:8443/v2/user_auth");
        let Body::Json(body) = &request.body else { panic!() };
        // By md5sum of coreutils.
        assert!(
            body.expose().contains(r#""credentials":"52a84cd98465f32a5a34a58fe1412ca3""#),
            "{}",
            body.expose()
        );
        assert!(!body.expose().contains("s3cret") && body.expose().contains(r#""account_name":"acme""#));
        assert!(!format!("{request:?}").contains("52a84c"));
    }

    #[test]
    fn requests_carry_the_token_in_a_header_only() {
        let number = PhoneNumber::international("+46701234567").unwrap();
        for base in ["https://pbx.example", "https://pbx.example/v2/"] {
            let crossbar = crossbar(base);
            for (request, url) in [
                (crossbar.users(None), "accounts/acc/users?page_size=200"),
                (crossbar.users(Some("k/1")), "accounts/acc/users?page_size=200&start_key=k%2F1"),
                (crossbar.devices(None), "accounts/acc/devices?page_size=200"),
                (crossbar.channels(), "accounts/acc/channels"),
                (crossbar.user(), "accounts/acc/users/anna"),
                (crossbar.set_dnd(true), "accounts/acc/users/anna"),
                (crossbar.dial(&number, Method::Post), "accounts/acc/users/anna/quickcall/+46701234567"),
            ] {
                let request = request.unwrap();
                assert_eq!(request.url, format!("https://pbx.example/v2/{url}"));
                assert_eq!(request.headers[0].1.expose(), "t0ken");
                assert!(!format!("{request:?}").contains("t0ken"));
            }
        }
    }

    #[test]
    fn nothing_is_asked_for_before_the_sign_in() {
        let crossbar = Crossbar::new(Url::parse("https://pbx.example").unwrap());
        assert!(crossbar.users(None).is_none() && crossbar.channels().is_none());
        assert!(crossbar.user().is_none() && crossbar.set_dnd(false).is_none());
    }
}
