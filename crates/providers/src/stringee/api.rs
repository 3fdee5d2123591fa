//! Requests to the token address, the relay and the REST API, as values.

use std::time::Duration;

use protocols::{Body, Method, Request, secret};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::config::below;

/// How long the relay is asked to hold its answer back.
const HOLD: Duration = Duration::from_secs(25);
/// Rows of a page of users: the most there is.
pub(super) const PAGE: usize = 100;

pub(super) fn token(url: &Url, authorization: Option<&SecretString>) -> Request {
    let request = Request::get(url.as_str()).header("accept", "application/json");
    match authorization {
        Some(text) => request.header("authorization", text.expose_secret()),
        None => request,
    }
}

pub(super) fn snapshot(relay: &Url, token: &SecretString) -> Request {
    Request::get(below(relay, &["v1", "snapshot"])).bearer(token.expose_secret())
}

pub(super) fn events(relay: &Url, token: &SecretString, after: i64) -> Request {
    let mut url = below(relay, &["v1", "events"]);
    url.query_pairs_mut()
        .append_pair("after", &after.to_string())
        .append_pair("wait", &HOLD.as_secs().to_string());
    Request::get(url).bearer(token.expose_secret()).within(HOLD + Duration::from_secs(15))
}

/// Sets an attribute by the relay.
pub(super) fn relay_attribute(relay: &Url, token: &SecretString, attribute: &str, value: &str) -> Request {
    put(&below(relay, &["v1", "me", "attributes"]), attribute, value).bearer(token.expose_secret())
}

/// A page of the users who are online; the first is the one that comes without a number.
pub(super) fn users(api: &Url, token: &SecretString, page: Option<usize>) -> Request {
    let mut url = below(api, &["v1", "users"]);
    url.query_pairs_mut().append_pair("limit", &PAGE.to_string());
    if let Some(page) = page {
        url.query_pairs_mut().append_pair("page", &page.to_string());
    }
    signed(Request::get(url), token)
}

pub(super) fn user(api: &Url, token: &SecretString, id: &str) -> Request {
    signed(Request::get(below(api, &["v1", "users", id])), token)
}

/// Sets an attribute by REST.
pub(super) fn user_attribute(
    api: &Url,
    token: &SecretString,
    id: &str,
    attribute: &str,
    value: &str,
) -> Request {
    signed(put(&below(api, &["v1", "users", id, "attributes"]), attribute, value), token)
}

fn put(url: &Url, attribute: &str, value: &str) -> Request {
    let body: Value = json!([{"attribute": attribute, "value": value}]);
    Request::new(Method::Put, url.as_str(), Body::Json(secret::Text::new(body.to_string())))
}

fn signed(request: Request, token: &SecretString) -> Request {
    request.header("x-stringee-auth", token.expose_secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_in_headers_only() {
        let token = SecretString::from("t0ken");
        let base = Url::parse("https://own.example/base/").unwrap();
        for (request, url, header) in [
            (super::token(&base, Some(&token)), "https://own.example/base/", "authorization"),
            (snapshot(&base, &token), "https://own.example/base/v1/snapshot", "authorization"),
            (events(&base, &token, 7), "https://own.example/base/v1/events?after=7&wait=25", "authorization"),
            (
                users(&base, &token, Some(2)),
                "https://own.example/base/v1/users?limit=100&page=2",
                "x-stringee-auth",
            ),
            (
                user(&base, &token, "a/../b"),
                "https://own.example/base/v1/users/a%2F..%2Fb",
                "x-stringee-auth",
            ),
            (
                user_attribute(&base, &token, "u", "a", "b"),
                "https://own.example/base/v1/users/u/attributes",
                "x-stringee-auth",
            ),
        ] {
            assert_eq!(request.url, url);
            let found = request.headers.iter().find(|(name, _)| *name == header).unwrap();
            assert!(found.1.expose().ends_with("t0ken"));
            assert!(!format!("{request:?}").contains("t0ken"));
        }
    }
}
