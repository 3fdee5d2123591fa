use std::{
    collections::VecDeque,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use http::{HeaderName, HeaderValue, Uri, header};
use hyper_util::{
    client::{
        legacy::connect::{
            HttpConnector,
            dns::Name,
            proxy::{SocksV5, Tunnel},
        },
        proxy::matcher::Intercept,
    },
    rt::TokioIo,
};
use protocols::{Fault, FaultKind, Open};
use reqwest::cookie::CookieStore;
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, client::IntoClientRequest, protocol::WebSocketConfig},
};
use tower_service::Service;
use url::Url;

use super::{
    Door, Names, USER_AGENT, Wire, address, fault, fault::timed_out, fetch::header_value, with_secret,
};

/// An open websocket.
pub(crate) type Socket = WebSocketStream<Box<dyn Io>>;

/// What a websocket runs over.
pub(crate) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// All addresses of a name are tried within this time.
const ADDRESSES_WITHIN: Duration = Duration::from_secs(4);

/// TLS has greeted within this time: what waits longer hangs, and leaves some of an attempt's time to other transports.
const GREETED_WITHIN: Duration = Duration::from_secs(4);

/// So long an address is tried alone before the next one is beside it.
const HEAD_START: Duration = Duration::from_millis(250);

/// So long after a refusal an address is tried again while another one is silent; longer, and an account would come back
/// late to a server whose other address is dead.
const AGAIN: Duration = HEAD_START;

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn websocket() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(16 << 10)
        .write_buffer_size(4 << 10)
        .max_write_buffer_size(4 << 20)
        .max_message_size(Some(16 << 20))
        .max_frame_size(Some(16 << 20))
}

impl Wire {
    /// Opens a websocket: name, proxy, TLS and upgrade within one time limit.
    pub(crate) async fn open(&self, open: &Open) -> Result<Socket, Fault> {
        tokio::time::timeout(open.within, self.upgrade(open))
            .await
            .unwrap_or_else(|_| Err(timed_out(open.within)))
    }

    async fn upgrade(&self, open: &Open) -> Result<Socket, Fault> {
        let url = with_secret(address(&open.url)?, open.secret_query.as_ref());
        let cookie_url = http_url(&url);
        let mut request = url.as_str().into_client_request().map_err(|error| fault::of_handshake(&error))?;
        let headers = request.headers_mut();
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        if let Some(mut cookies) = self.cookies.cookies(&cookie_url) {
            cookies.set_sensitive(true);
            headers.insert(header::COOKIE, cookies);
        }
        for (name, value) in &open.headers {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| fault::fault(FaultKind::Malformed, "not the name of a header"))?;
            headers.insert(name, header_value(value)?);
        }
        let io = self.connect(&url).await?;
        match tokio_tungstenite::client_async_with_config(request, io, Some(websocket())).await {
            Ok((socket, response)) => {
                self.keep_cookies(response.headers(), &cookie_url);
                Ok(socket)
            }
            Err(error) => {
                if let tungstenite::Error::Http(response) = &error {
                    self.keep_cookies(response.headers(), &cookie_url);
                }
                Err(fault::of_handshake(&error))
            }
        }
    }

    fn keep_cookies(&self, headers: &http::HeaderMap, url: &Url) {
        self.cookies.set_cookies(&mut headers.get_all(header::SET_COOKIE).iter(), url);
    }

    async fn connect(&self, url: &Url) -> Result<Box<dyn Io>, Fault> {
        let uri: Uri = http_url(url)
            .as_str()
            .parse()
            .map_err(|_| fault::fault(FaultKind::Malformed, "not an address"))?;
        let proxy = self.proxies.intercept(url);
        let io = match &proxy {
            None => self.door.enter(uri.clone()).await.map_err(|error| fault::of_error(&*error))?,
            Some(proxy) => self
                .through(proxy, uri.clone())
                .await
                .map_err(|error| fault::fault(FaultKind::Proxy, fault::of_error(&*error).detail))?,
        };
        if url.scheme() != "wss" {
            return Ok(io);
        }
        if proxy.is_none() {
            self.door.try_at(&uri);
        }
        let tls = tokio::time::timeout(GREETED_WITHIN, secured(&self.tls, &uri, io))
            .await
            .unwrap_or_else(|late| Err(late.into()))
            .map_err(|error| fault::of_error(&*error))?;
        self.door.answered();
        Ok(Box::new(tls))
    }

    async fn through(&self, proxy: &Intercept, target: Uri) -> Result<Box<dyn Io>, BoxError> {
        let address = proxy.uri().clone();
        let secure = address.scheme_str() == Some("https");
        let to_proxy = ToProxy(secure.then(|| self.tls.clone()), self.door.clone());
        let io = match address.scheme_str() {
            Some("http" | "https") => {
                let mut tunnel = Tunnel::new(address, to_proxy);
                if let Some(credentials) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(credentials.clone());
                }
                tunnel.call(target).await?
            }
            Some(scheme @ ("socks5" | "socks5h")) => {
                let local_dns = scheme == "socks5";
                let mut socks = SocksV5::new(with_socks_port(address)?, to_proxy).local_dns(local_dns);
                if let Some((user, password)) = proxy.raw_auth() {
                    socks = socks.with_auth(user.to_owned(), password.to_owned());
                }
                socks.call(target).await?
            }
            _ => return Err("only http, https and socks5 proxies are supported".into()),
        };
        Ok(io.into_inner())
    }
}

/// A connection to the first address of the name that answers, and nothing said on it.
pub(super) async fn tcp(names: &Names, uri: Uri) -> Result<TcpStream, BoxError> {
    let addresses = addresses(names, &uri).await?;
    let (stream, address) = tokio::time::timeout(ADDRESSES_WITHIN, first_of(addresses, &uri)).await??;
    names.answered(host(&uri), address);
    Ok(stream)
}

/// Where this place is; it waits until somebody knows.
pub(super) async fn addresses(names: &Names, uri: &Uri) -> io::Result<Vec<IpAddr>> {
    match host(uri).parse() {
        Ok(address) => Ok(vec![address]),
        Err(_) => names.addresses(host(uri)).await,
    }
}

/// The same after TLS has greeted.
pub(super) async fn secured<T: Io>(tls: &TlsConnector, uri: &Uri, io: T) -> Result<TlsStream<T>, BoxError> {
    let name = ServerName::try_from(host(uri).to_owned())?;
    Ok(tls.connect(name, io).await?)
}

fn host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_matches(['[', ']'])
}

/// One address after the other, without waiting for those that do not answer (RFC 8305, 5); while those are silent, the
/// others are tried again and again.
async fn first_of(addresses: Vec<IpAddr>, uri: &Uri) -> Result<(TcpStream, IpAddr), BoxError> {
    let mut left = VecDeque::from(addresses);
    let mut refused = Vec::new();
    let mut tried = FuturesUnordered::new();
    let mut failed: BoxError = io::Error::from(io::ErrorKind::AddrNotAvailable).into();
    loop {
        if let Some(address) = left.pop_front() {
            let uri = uri.clone();
            tried.push(async move { (dial(address, uri).await, address) });
        }
        if tried.is_empty() {
            return Err(failed);
        }
        tokio::select! {
            Some((done, address)) = tried.next() => match done {
                Ok(stream) => return Ok((stream, address)),
                Err(error) => {
                    failed = error;
                    refused.push(address);
                }
            },
            () = tokio::time::sleep(HEAD_START), if !left.is_empty() => {}
            () = tokio::time::sleep(AGAIN), if left.is_empty() && !refused.is_empty() => left.extend(refused.drain(..)),
        }
    }
}

async fn dial(address: IpAddr, uri: Uri) -> Result<TcpStream, BoxError> {
    let mut tcp = HttpConnector::new_with_resolver(Known(address));
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_keepalive(Some(Duration::from_secs(60)));
    Ok(tcp.call(uri).await?.into_inner())
}

/// A name whose address is known.
#[derive(Clone)]
struct Known(IpAddr);

impl Service<Name> for Known {
    type Response = std::iter::Once<SocketAddr>;
    type Error = io::Error;
    type Future = std::future::Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        std::future::ready(Ok(std::iter::once(SocketAddr::new(self.0, 0))))
    }
}

/// Connects to the proxy itself.
#[derive(Clone)]
struct ToProxy(Option<TlsConnector>, Door);

impl Service<Uri> for ToProxy {
    type Response = TokioIo<Box<dyn Io>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (tls, door) = (self.0.clone(), self.1.clone());
        Box::pin(async move {
            let io = door.enter(uri.clone()).await?;
            Ok(TokioIo::new(match tls {
                None => io,
                Some(tls) => Box::new(secured(&tls, &uri, io).await?),
            }))
        })
    }
}

/// The same place as HTTP names it, port included.
fn http_url(url: &Url) -> Url {
    let scheme = if matches!(url.scheme(), "wss" | "https") { "https" } else { "http" };
    let text = url.as_str().split_once(':').map_or("", |(_, rest)| rest);
    Url::parse(&format!("{scheme}:{text}")).unwrap_or_else(|_| url.clone())
}

fn with_socks_port(address: Uri) -> Result<Uri, BoxError> {
    if address.port().is_some() {
        return Ok(address);
    }
    let host = address.host().unwrap_or_default();
    let scheme = address.scheme_str().unwrap_or("socks5");
    Ok(Uri::builder().scheme(scheme).authority(format!("{host}:1080")).path_and_query("/").build()?)
}
