//! The REST API's requests, as values.

use model::PhoneNumber;
use protocols::{Body, Method, Request, secret};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::DndChange;

/// Where the API is and who asks.
#[derive(Debug)]
pub(super) struct Api {
    base: Url,
    token: SecretString,
    /// Each path ends in `.json`, as in the older documents.
    suffix: bool,
}

impl Api {
    pub(super) fn new(base: Url, token: SecretString) -> Self {
        Self { base, token, suffix: false }
    }

    /// From here on ends paths in `.json`, unless that was so before.
    pub(super) fn try_suffix(&mut self) -> bool {
        !std::mem::replace(&mut self.suffix, true)
    }

    /// The owner of the token.
    pub(super) fn employee(&self) -> Request {
        self.get(&["employee"], &[])
    }

    pub(super) fn employees(&self) -> Request {
        self.get(&["employees"], &[])
    }

    /// The groups that people answer for.
    pub(super) fn employee_groups(&self) -> Request {
        self.get(&["employee_groups"], &[])
    }

    /// The newest calls, at most 100.
    pub(super) fn calls(&self, limit: u8) -> Request {
        self.get(&["calls"], &[("limit", &limit.to_string())])
    }

    pub(super) fn call(&self, uuid: &str) -> Request {
        self.get(&["calls", uuid], &[])
    }

    /// The owner's live legs.
    pub(super) fn live_nodes(&self) -> Request {
        self.get(&["call_nodes", "live"], &[])
    }

    /// The contact with this number, digits only.
    pub(super) fn contact(&self, digits: &str) -> Request {
        self.get(&["contacts"], &[("number", digits)])
    }

    pub(super) fn set_dnd(&self, change: DndChange) -> Request {
        let (on, until) = match change {
            DndChange::On { until } => (true, until),
            DndChange::Off => (false, None),
        };
        let body = serde_json::json!({"employee": {"do_not_disturb": on, "dnd_timeout_at": until}});
        self.signed(Request::new(
            Method::Put,
            self.url(&["employee"], &[]),
            Body::Json(secret::Text::new(body.to_string())),
        ))
    }

    /// Rings the owner's phone, then calls the number.
    pub(super) fn dial(&self, number: &PhoneNumber) -> Request {
        let form: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("to_number", digits(number))
            .finish();
        self.signed(Request::new(
            Method::Post,
            self.url(&["switch", "dial"], &[]),
            Body::Form(secret::Text::new(form)),
        ))
    }

    fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Request {
        self.signed(Request::get(self.url(path, query)))
    }

    fn signed(&self, request: Request) -> Request {
        request.bearer(self.token.expose_secret())
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> String {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            match path {
                [path @ .., last] if self.suffix => segments.extend(path).push(&format!("{last}.json")),
                _ => segments.extend(path),
            };
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url.into()
    }
}

/// As Firmafon writes numbers: country code first, no `+`.
pub(super) fn digits(number: &PhoneNumber) -> &str {
    number.as_str().trim_start_matches('+')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(base: &str) -> Api {
        Api::new(Url::parse(base).unwrap(), SecretString::from("t0ken"))
    }

    #[test]
    fn requests_carry_the_token_in_a_header_only() {
        let api = api("https://app.relatel.dk/api/v2/");
        let number = PhoneNumber::international("+4511223344").unwrap();
        for (request, method, url) in [
            (api.employee(), Method::Get, "https://app.relatel.dk/api/v2/employee"),
            (api.employee_groups(), Method::Get, "https://app.relatel.dk/api/v2/employee_groups"),
            (api.calls(100), Method::Get, "https://app.relatel.dk/api/v2/calls?limit=100"),
            (api.call("a/../b?c"), Method::Get, "https://app.relatel.dk/api/v2/calls/a%2F..%2Fb%3Fc"),
            (api.live_nodes(), Method::Get, "https://app.relatel.dk/api/v2/call_nodes/live"),
            (
                api.contact("4511223344"),
                Method::Get,
                "https://app.relatel.dk/api/v2/contacts?number=4511223344",
            ),
            (api.dial(&number), Method::Post, "https://app.relatel.dk/api/v2/switch/dial"),
        ] {
            assert_eq!((request.method, request.url.as_str()), (method, url));
            assert_eq!(request.headers[0].0, "authorization");
            assert_eq!(request.headers[0].1.expose(), "Bearer t0ken");
            assert!(!format!("{request:?}").contains("t0ken"));
        }
        assert_eq!(api.dial(&number).body, Body::Form(secret::Text::new("to_number=4511223344")));
    }

    #[test]
    fn do_not_disturb_is_put_with_its_end_or_null() {
        let api = api("http://127.0.0.1:1/api/v2");
        let body = |change| match api.set_dnd(change).body {
            Body::Json(text) => text.expose().to_owned(),
            Body::Empty | Body::Form(_) => panic!(),
        };
        let until = "2026-11-21T12:00:00Z".parse().ok();
        assert_eq!(
            body(DndChange::On { until }),
            r#"{"employee":{"dnd_timeout_at":"2026-11-21T12:00:00.000Z","do_not_disturb":true}}"#
        );
        assert_eq!(body(DndChange::Off), r#"{"employee":{"dnd_timeout_at":null,"do_not_disturb":false}}"#);
    }
}
