//! The way to the outside: one TLS store, one proxy rule and one time limit for websockets and HTTP alike.

mod connect;
mod door;
mod fault;
mod fetch;
mod names;
mod proxy;
mod tls;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use model::Problem;
use protocols::{Fault, FaultKind};
use reqwest::cookie::Jar;
use url::{Host, Url};

pub(crate) use connect::Socket;
pub(crate) use door::Door;
pub(crate) use fault::retry_after;
pub(crate) use fetch::Dav;
pub use names::Names;
use proxy::Proxies;

use crate::Network;

/// As the programs call themselves to providers.
const USER_AGENT: &str = concat!("Ringside/", env!("CARGO_PKG_VERSION"));

/// How to reach the outside, made once for some settings and shared by all accounts.
pub struct Reach {
    tls: rustls::ClientConfig,
    proxies: Proxies,
    names: Names,
}

impl Reach {
    /// Reads the operating system's certificates and proxy, and what the settings put beside or above them.
    ///
    /// # Errors
    /// If `proxy` or `ca_file` of the settings cannot be used: then nothing is sent rather than sent otherwise.
    pub fn new(network: &Network) -> Result<Self, Problem> {
        Ok(Self {
            tls: tls::client_config(network.ca_file.as_deref())?,
            proxies: Proxies::new(network.proxy.as_deref())?,
            names: Names::default(),
        })
    }

    /// The same with other names.
    pub fn knowing(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// A way out for one session, with no cookies yet.
    pub(crate) fn wire(&self) -> Result<Wire, Fault> {
        let cookies = Arc::new(Jar::default());
        let tls = tokio_rustls::TlsConnector::from(Arc::new(self.tls.clone()));
        Ok(Wire {
            client: fetch::client(self, &cookies)?,
            cookies,
            proxies: self.proxies.clone(),
            door: Door::new(self.names.clone(), tls.clone()),
            tls,
            skew: Arc::new(AtomicI64::new(NOT_TOLD)),
        })
    }

    /// Asks a WebDAV collection for what it holds.
    pub(crate) async fn report(&self, dav: Dav<'_>) -> Result<protocols::Response, Fault> {
        self.wire()?.report(dav).await
    }

    /// The same way out with its cookies, but without its kept connections.
    pub(crate) fn renew(&self, wire: &Wire) -> Result<Wire, Fault> {
        Ok(Wire { client: fetch::client(self, &wire.cookies)?, ..wire.clone() })
    }
}

/// Whether the settings may name this proxy.
///
/// # Errors
/// With what to write instead.
pub(crate) fn is_usable_proxy(proxy: &str) -> Result<(), Problem> {
    Proxies::named(proxy, "").map(drop)
}

/// One session's way out: its websocket and its HTTP requests share their cookies.
#[derive(Clone)]
pub(crate) struct Wire {
    client: reqwest::Client,
    cookies: Arc<Jar>,
    tls: tokio_rustls::TlsConnector,
    proxies: Proxies,
    door: Door,
    /// By how many seconds this computer's clock is ahead of the server's.
    skew: Arc<AtomicI64>,
}

const NOT_TOLD: i64 = i64::MIN;

impl Wire {
    /// Where it was tried last to connect to.
    pub(crate) fn door(&self) -> Door {
        self.door.clone()
    }

    /// By how many seconds this computer's clock was ahead of the server's in the last answer that told the time.
    pub(crate) fn skew(&self) -> Option<i64> {
        Some(self.skew.load(Ordering::Relaxed)).filter(|&skew| skew != NOT_TOLD)
    }

    /// Takes note of a `Date` header (RFC 9110, 6.6.1).
    fn told_time(&self, date: Option<&http::HeaderValue>) {
        let server = date.and_then(|date| jiff::fmt::rfc2822::parse(date.to_str().ok()?).ok());
        if let Some(server) = server {
            let ahead = jiff::Timestamp::now().as_second() - server.timestamp().as_second();
            self.skew.store(ahead, Ordering::Relaxed);
        }
    }
}

/// The address, if it may be used: encrypted, or of this computer.
fn address(text: &str) -> Result<Url, Fault> {
    let malformed = |detail: &str| Fault { kind: FaultKind::Malformed, detail: detail.to_owned() };
    let url = Url::parse(text).map_err(|_| malformed("not an address"))?;
    match url.scheme() {
        "https" | "wss" => Ok(url),
        "http" | "ws" if is_loopback(&url) => Ok(url),
        _ => Err(malformed("not an encrypted address")),
    }
}

/// With what must not be shown at the end of the query.
fn with_secret(mut url: Url, secret: Option<&protocols::secret::Text>) -> Url {
    if let Some(secret) = secret {
        let query = match url.query() {
            Some(query) if !query.is_empty() => format!("{query}&{}", secret.expose()),
            _ => secret.expose().to_owned(),
        };
        url.set_query(Some(&query));
    }
    url
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;
