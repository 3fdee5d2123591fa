use std::{net::IpAddr, sync::Arc, time::Duration};

use bytes::BytesMut;
use http::{HeaderValue, Uri, header};
use protocols::{Body, Fault, FaultKind, Method, Request, Response, secret};
use reqwest::{cookie::Jar, redirect};
use url::Url;

use super::{Reach, USER_AGENT, Wire, address, fault, fault::timed_out, proxy, with_secret};

/// The largest answer that is read.
const LARGEST: usize = 16 << 20;

/// Each address of a name gets its share of this time, so that one that does not answer leaves some to the others.
const CONNECT_WITHIN: Duration = Duration::from_secs(6);

/// A redirect is followed within its origin only, so that no token goes elsewhere, and so many times.
const REDIRECTS: usize = 5;

pub(super) fn client(reach: &Reach, cookies: &Arc<Jar>) -> Result<reqwest::Client, Fault> {
    let proxies = reach.proxies.clone();
    let mut tls = reach.tls.clone();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(USER_AGENT)
        .cookie_provider(Arc::clone(cookies))
        .dns_resolver(reach.names.clone())
        .referer(false)
        .tcp_nodelay(true)
        .connect_timeout(CONNECT_WITHIN)
        .pool_max_idle_per_host(2)
        .pool_idle_timeout(Duration::from_secs(50))
        .redirect(redirect::Policy::custom(|attempt| {
            let same = attempt.previous().last().is_some_and(|last| last.origin() == attempt.url().origin());
            if same && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
        }))
        .proxy(reqwest::Proxy::custom(move |url| {
            proxies.intercept(url).as_ref().and_then(proxy::with_credentials)
        }))
        .build()
        .map_err(fault::of_request)
}

impl Wire {
    /// Does a request: an answer of any status, or why there was none.
    pub(crate) async fn fetch(&self, request: Request) -> Result<Response, Fault> {
        let within = request.within;
        tokio::time::timeout(within, self.exchange(request)).await.unwrap_or_else(|_| Err(timed_out(within)))
    }

    async fn exchange(&self, request: Request) -> Result<Response, Fault> {
        let url = with_secret(address(&request.url)?, request.secret_query.as_ref());
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let place = url.clone();
        let host = place.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_direct = self.proxies.intercept(&place).is_none();
        if is_direct && host.parse::<IpAddr>().is_err() {
            let there = self.first_hop(&place);
            if self.door.is_one_of_many(&there, host).await {
                self.door.enter(there).await.map_err(|error| fault::of_error(&*error))?;
            }
        }
        let mut call = self.client.request(method, url);
        for (name, value) in &request.headers {
            call = call.header(*name, header_value(value)?);
        }
        call = match request.body {
            Body::Empty => call,
            Body::Json(body) => with_body(call, "application/json", &body),
            Body::Form(body) => with_body(call, "application/x-www-form-urlencoded", &body),
        };
        let answer = match call.send().await {
            Ok(answer) => answer,
            Err(error) => {
                let unconnected = error.is_connect();
                let fault = fault::of_request(error);
                let is_shut = matches!(fault.kind, FaultKind::Unreachable | FaultKind::Proxy)
                    || is_direct && fault.kind == FaultKind::Tls;
                if unconnected && is_shut {
                    self.door.try_at(&self.first_hop(&place));
                    self.door.names.forget(host);
                }
                return Err(fault);
            }
        };
        self.door.answered();
        if let Some(address) = answer.remote_addr() {
            self.door.names.answered(host, address.ip());
        }
        self.told_time(answer.headers().get(header::DATE));
        whole(answer).await
    }

    /// Asks a WebDAV collection for what it holds.
    pub(super) async fn report(&self, dav: Dav<'_>) -> Result<Response, Fault> {
        let method = reqwest::Method::from_bytes(b"REPORT")
            .map_err(|_| fault::fault(FaultKind::Malformed, "the method is not known"))?;
        let call = self
            .client
            .request(method, address(dav.url)?)
            .header(header::AUTHORIZATION, header_value(&secret::Text::new(dav.authorization))?)
            .header("depth", "1")
            .header(header::CONTENT_TYPE, "application/xml; charset=utf-8")
            .body(dav.body);
        let exchange = async { whole(call.send().await.map_err(fault::of_request)?).await };
        tokio::time::timeout(dav.within, exchange).await.unwrap_or_else(|_| Err(timed_out(dav.within)))
    }
}

/// A `REPORT` to be made.
pub(crate) struct Dav<'a> {
    pub(crate) url: &'a str,
    pub(crate) authorization: &'a str,
    pub(crate) body: &'static str,
    pub(crate) within: Duration,
}

/// Reads an answer to its end.
async fn whole(mut answer: reqwest::Response) -> Result<Response, Fault> {
    let status = answer.status().as_u16();
    let retry_after = fault::retry_after(answer.headers());
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(fault::of_request)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(fault::fault(FaultKind::Malformed, "the answer is larger than 16 MiB"));
        }
        body.extend_from_slice(&chunk);
    }
    let body = String::from_utf8(body.into())
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Response { status, retry_after, body })
}

impl Wire {
    /// Whom a connection to this address is made to first: the proxy, if there is one.
    fn first_hop(&self, url: &Url) -> Uri {
        let proxy = self.proxies.intercept(url).map(|proxy| proxy.uri().clone());
        proxy.or_else(|| origin(url).parse().ok()).unwrap_or_default()
    }
}

/// Scheme, host and port.
fn origin(url: &Url) -> String {
    format!("{}/", url.origin().ascii_serialization())
}

fn with_body(
    call: reqwest::RequestBuilder,
    kind: &'static str,
    body: &secret::Text,
) -> reqwest::RequestBuilder {
    call.header(header::CONTENT_TYPE, kind).body(body.expose().to_owned())
}

/// A header value that HTTP libraries do not show.
pub(super) fn header_value(text: &secret::Text) -> Result<HeaderValue, Fault> {
    let mut value = HeaderValue::from_str(text.expose()).map_err(|_| {
        fault::fault(FaultKind::Malformed, "a header holds characters that HTTP does not allow")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
