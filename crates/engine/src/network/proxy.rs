use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use model::{Problem, ProblemCode};
use url::Url;

use super::is_loopback;

/// Which proxy an address is reached through.
#[derive(Clone)]
pub(super) struct Proxies(Arc<Matcher>);

impl Proxies {
    /// The proxy of the settings, else the operating system's; `NO_PROXY` counts for both.
    pub(super) fn new(setting: Option<&str>) -> Result<Self, Problem> {
        let Some(setting) = setting else {
            return Ok(Self(Arc::new(Matcher::from_system())));
        };
        let no = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| std::env::var(name).ok());
        Self::named(setting, &no.unwrap_or_default())
    }

    pub(super) fn named(proxy: &str, no_proxy: &str) -> Result<Self, Problem> {
        let probe = http::Uri::from_static("https://host.invalid");
        let usable = Matcher::builder().all(proxy).build().intercept(&probe).is_some_and(|proxy| {
            matches!(proxy.uri().scheme_str(), Some("http" | "https" | "socks5" | "socks5h"))
        });
        if !usable {
            return Err(Problem::new(
                ProblemCode::Settings,
                "`proxy` in the settings cannot be used; write it like http://host:port.",
            ));
        }
        Ok(Self(Arc::new(Matcher::builder().all(proxy).no(no_proxy).build())))
    }

    /// The proxy for `url`; never one for this computer itself.
    pub(super) fn intercept(&self, url: &Url) -> Option<Intercept> {
        if is_loopback(url) {
            return None;
        }
        // The matcher knows http and https only; any other scheme would mean "no proxy".
        let scheme = if matches!(url.scheme(), "https" | "wss") { "https" } else { "http" };
        let uri = http::Uri::builder().scheme(scheme).authority(url.host_str()?).path_and_query("/").build();
        self.0.intercept(&uri.ok()?)
    }
}

/// The proxy as one address with its credentials, as reqwest takes it.
pub(super) fn with_credentials(intercept: &Intercept) -> Option<Url> {
    let mut url = Url::parse(&intercept.uri().to_string()).ok()?;
    let credentials = match (intercept.basic_auth(), intercept.raw_auth()) {
        (Some(basic), _) => {
            let coded = basic.to_str().ok()?.strip_prefix("Basic ")?;
            String::from_utf8(BASE64_STANDARD.decode(coded).ok()?).ok()?
        }
        (None, Some((user, password))) => format!("{user}:{password}"),
        (None, None) => return Some(url),
    };
    let (user, password) = credentials.split_once(':')?;
    url.set_username(user).ok()?;
    url.set_password(Some(password)).ok()?;
    Some(url)
}
