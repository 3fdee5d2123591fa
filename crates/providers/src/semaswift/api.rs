//! The REST API's requests, as values.

use std::sync::Arc;

use protocols::{Body, Method, Request, secret};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::config::{Config, default_of};

/// As many agents as one page may have.
pub(super) const PER_PAGE: usize = 100;
/// Where tokens are by the generated reference.
const OTHER_PATH: &str = "/api/v1/engagements/realtime/tokens";

/// Where the API is.
#[derive(Debug)]
pub(super) struct Api {
    base: Url,
    token_path: String,
    /// Whether the other of the vendor's paths may be tried.
    has_other_path: bool,
    /// The connection's token is renewed where the first one came from.
    renews_at_first_path: bool,
}

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageAt {
    Number(u32),
    Token(String),
}

impl Api {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            base: config.api_url.clone(),
            token_path: config.token_path.clone().unwrap_or_else(|| default_of("token_path").to_owned()),
            has_other_path: config.token_path.is_none(),
            renews_at_first_path: false,
        }
    }

    /// From here on asks for tokens where the vendor's other document has them, unless that was so before.
    pub(super) fn try_other_path(&mut self) -> bool {
        let may = std::mem::replace(&mut self.has_other_path, false);
        if may {
            OTHER_PATH.clone_into(&mut self.token_path);
        }
        may
    }

    /// From here on renews the connection's token where the first one came from, unless that was so before.
    pub(super) fn try_first_path(&mut self) -> bool {
        self.token_path.ends_with("/tokens") && !std::mem::replace(&mut self.renews_at_first_path, true)
    }

    pub(super) fn login(&self, email: &str, password: &SecretString) -> Request {
        self.post("/api/v1/auth/login", &json!({"email": email, "password": password.expose_secret()}))
    }

    pub(super) fn renew(&self, refresh_token: &SecretString) -> Request {
        self.post("/api/v1/auth/refresh", &json!({"refresh_token": refresh_token.expose_secret()}))
    }

    /// The first tokens of a session.
    pub(super) fn tokens(&self) -> Request {
        if self.token_path.ends_with("/tokens") {
            Request::get(self.url(&self.token_path))
        } else {
            Request::new(Method::Post, self.url(&self.token_path), Body::Empty)
        }
    }

    /// Another token for the connection.
    pub(super) fn connection_token(&self) -> Request {
        match self.token_path.strip_suffix("/tokens") {
            Some(path) if !self.renews_at_first_path => {
                let path = format!("{path}/token/refresh");
                Request::new(Method::Post, self.url(&path), Body::Empty)
            }
            Some(_) | None => self.tokens(),
        }
    }

    pub(super) fn channel_tokens(&self, channels: &[Arc<str>]) -> Request {
        let channels: Vec<&str> = channels.iter().map(|channel| &**channel).collect();
        self.post(&self.token_path, &json!({"channels": channels}))
    }

    pub(super) fn agents(&self, at: &PageAt) -> Request {
        let size = PER_PAGE.to_string();
        self.get(
            "/api/v1/voice/agents",
            &match at {
                PageAt::Number(page) => [("per_page", size), ("page", page.to_string())],
                PageAt::Token(token) => [("page_size", size), ("page_token", token.clone())],
            },
        )
    }

    /// The rows among which an agent's is: those of its user, or else all.
    pub(super) fn agents_of(&self, user: Option<&str>) -> Request {
        let size = [("per_page", PER_PAGE.to_string())];
        let user = user.map(|user| ("user_id", user.to_owned()));
        self.get("/api/v1/voice/agents", &user.into_iter().chain(size).collect::<Vec<_>>())
    }

    pub(super) fn statuses(&self) -> Request {
        Request::get(self.url("/api/v1/voice/agent-status-configs"))
    }

    pub(super) fn set_status(&self, agent: &str, status: &str) -> Request {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["api", "v1", "voice", "agents", agent, "status"]);
        }
        let body = secret::Text::new(json!({"status_id": status}).to_string());
        Request::new(Method::Post, url, Body::Json(body))
    }

    fn get(&self, path: &str, query: &[(&str, String)]) -> Request {
        let mut url = self.base.clone();
        url.set_path(&self.path(path));
        url.query_pairs_mut().extend_pairs(query);
        Request::get(url)
    }

    fn post(&self, path: &str, body: &Value) -> Request {
        Request::new(Method::Post, self.url(path), Body::Json(secret::Text::new(body.to_string())))
    }

    fn url(&self, path: &str) -> String {
        let mut url = self.base.clone();
        url.set_path(&self.path(path));
        url.into()
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.base.path().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(settings: Value) -> Api {
        Api::new(&Config::parse(settings.as_object().unwrap()).unwrap())
    }

    #[test]
    fn requests_go_where_the_documents_say() {
        let mut api = api(json!({}));
        let shown = |request: Request| format!("{:?} {}", request.method, request.url);
        assert_eq!(shown(api.tokens()), "Post https://api.semaswift.com/api/v1/realtime/token");
        assert_eq!(shown(api.connection_token()), shown(api.tokens()));
        assert!(api.try_other_path());
        let realtime = "https://api.semaswift.com/api/v1/engagements/realtime";
        assert_eq!(shown(api.tokens()), format!("Get {realtime}/tokens"));
        assert_eq!(shown(api.connection_token()), format!("Post {realtime}/token/refresh"));
        assert_eq!(shown(api.channel_tokens(&["a".into()])), format!("Post {realtime}/tokens"));
        assert!(!api.try_other_path());
        assert_eq!(
            shown(api.agents(&PageAt::Number(2))),
            "Get https://api.semaswift.com/api/v1/voice/agents?per_page=100&page=2"
        );
        assert_eq!(
            shown(api.set_status("a/../b", "s")),
            "Post https://api.semaswift.com/api/v1/voice/agents/a%2F..%2Fb/status"
        );
    }

    #[test]
    fn a_base_may_have_a_path_and_a_token_path_is_the_persons_own() {
        let mut api = api(json!({"api_url": "http://127.0.0.1:1/x/", "token_path": "/t/tokens"}));
        assert_eq!(api.tokens().url, "http://127.0.0.1:1/x/t/tokens");
        assert_eq!(
            api.agents_of(Some("u")).url,
            "http://127.0.0.1:1/x/api/v1/voice/agents?user_id=u&per_page=100"
        );
        assert!(!api.try_other_path());
    }
}
