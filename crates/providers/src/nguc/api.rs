//! The REST API's requests, as values.

use std::time::Duration;

use protocols::{Body, Method, Request, secret};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Url, form_urlencoded::Serializer};

use super::config::Credentials;

/// The one address of all grants.
const GRANTS: &[&str] = &["oauth2", "user-credentials"];

/// A way to get tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grant {
    /// User name, password and the code of a second factor.
    Password,
    /// A refresh token, as OAuth 2 has it.
    Refresh,
    /// A refresh token as the vendor's own web app sends it.
    RefreshAsPassword,
}

/// Where the API is.
#[derive(Debug)]
pub(super) struct Api {
    base: Url,
    client_id: String,
}

impl Api {
    pub(super) fn new(base: Url, client_id: String) -> Self {
        Self { base, client_id }
    }

    /// Asks for tokens. Nothing of it is in the address.
    pub(super) fn grant(&self, grant: Grant, with: &Credentials) -> Request {
        let mut form = Serializer::new(String::new());
        let kind = match grant {
            Grant::Password | Grant::RefreshAsPassword => "password",
            Grant::Refresh => "refresh_token",
        };
        form.append_pair("grant_type", kind).append_pair("client_id", &self.client_id);
        let exposed = |text: &Option<SecretString>| {
            text.as_ref().map_or_else(String::new, |text| text.expose_secret().to_owned())
        };
        match grant {
            Grant::Password => {
                form.append_pair("username", with.username.as_deref().unwrap_or_default())
                    .append_pair("password", &exposed(&with.password));
            }
            Grant::Refresh | Grant::RefreshAsPassword => {
                form.append_pair("refresh_token", &exposed(&with.refresh));
            }
        }
        // The page says that it must be there, empty or not.
        let code = if grant == Grant::Password { exposed(&with.code) } else { String::new() };
        form.append_pair("tfa", &code);
        let body = Body::Form(secret::Text::new(form.finish()));
        Request::new(Method::Post, self.url(GRANTS), body).within(Duration::from_secs(15))
    }

    /// Asks for `path`, which begins with a slash and may have a query.
    pub(super) fn get(&self, path: &str, token: &SecretString) -> Request {
        let base = self.base.as_str().trim_end_matches('/');
        Request::get(format!("{base}{path}")).bearer(token.expose_secret())
    }

    /// Takes a caller out of a queue.
    pub(super) fn pick_up(&self, queue: &str, caller: &str, token: &SecretString) -> Request {
        let url = self.url(&["queue", queue, "caller", caller, "pickup"]);
        Request::new(Method::Post, url, Body::Empty).bearer(token.expose_secret())
    }

    fn url(&self, path: &[&str]) -> String {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_in_bodies_and_headers_only() {
        let api = Api::new(Url::parse("https://api.example/v1/").unwrap(), "external.ACME".into());
        let credentials = Credentials::parse(&SecretString::from(
            r#"{"username":"å@b","password":"p&w","tfa":"123","refresh_token":"r3"}"#,
        ))
        .unwrap();
        let body = |grant| match api.grant(grant, &credentials) {
            Request { body: Body::Form(text), url, .. } => {
                assert_eq!(url, "https://api.example/v1/oauth2/user-credentials");
                text.expose().to_owned()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(
            body(Grant::Password),
            "grant_type=password&client_id=external.ACME&username=%C3%A5%40b&password=p%26w&tfa=123"
        );
        assert_eq!(
            body(Grant::Refresh),
            "grant_type=refresh_token&client_id=external.ACME&refresh_token=r3&tfa="
        );
        assert_eq!(
            body(Grant::RefreshAsPassword),
            "grant_type=password&client_id=external.ACME&refresh_token=r3&tfa="
        );
        let token = SecretString::from("t0ken");
        for (request, url) in [
            (api.get("/users?all=1", &token), "https://api.example/v1/users?all=1"),
            (api.pick_up("4/2", "c?", &token), "https://api.example/v1/queue/4%2F2/caller/c%3F/pickup"),
        ] {
            assert_eq!(request.url, url);
            assert_eq!(request.headers[0].1.expose(), "Bearer t0ken");
            assert!(!format!("{request:?}").contains("t0ken"));
        }
    }
}
