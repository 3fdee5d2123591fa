//! One HTTP request: `/faye` by POST or websocket, `/api/v2`, and nothing else.

use std::convert::Infallible;
use std::sync::Arc;

use ::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CACHE_CONTROL, CONNECTION,
    CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY, SET_COOKIE, UPGRADE, X_CONTENT_TYPE_OPTIONS,
};
use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::company::rest::{Answer, Question, failure};
use super::faye::Origin;
use super::{Cookie, HttpAnswer, Shared, Surface, Websocket, websocket};

const NODE_COOKIE: &str = "faye_node=a1";
const JSON: &str = "application/json; charset=utf-8";
const MOST_BYTES: usize = 1024 * 1024;

type Reply = Response<Full<Bytes>>;

/// Answers one request. A held connect takes as long as it is held.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path();
    let reply = if path == "/faye" || path.starts_with("/faye/") {
        faye(shared, request).await
    } else if let Some(rest_path) = path.strip_prefix("/api/v2") {
        let rest_path = rest_path.strip_suffix(".json").unwrap_or(rest_path).to_owned();
        rest(&shared, &rest_path, request).await
    } else {
        reply(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Not found")
    };
    Ok(reply)
}

fn reply(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

fn reply_instead(instead: HttpAnswer) -> Reply {
    let kind = if instead.body.starts_with('<') { "text/html; charset=utf-8" } else { JSON };
    let status = StatusCode::from_u16(instead.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut reply = reply(status, kind, instead.body);
    if let Some(after) = instead.retry_after {
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(after.as_secs()));
    }
    reply
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn read_body(request: Request<Incoming>) -> Option<String> {
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await.ok()?;
    String::from_utf8(body.to_bytes().to_vec()).ok()
}

async fn faye(shared: Arc<Shared>, request: Request<Incoming>) -> Reply {
    let instead = shared.with(|state, _| {
        state.faye_requests += 1;
        state.instead.get(&Surface::Faye).cloned()
    });
    if let Some(instead) = instead {
        return reply_instead(instead);
    }
    let sticky = header(request.headers(), COOKIE).split("; ").any(|cookie| cookie == NODE_COOKIE);
    let wants_websocket = header(request.headers(), UPGRADE).eq_ignore_ascii_case("websocket");
    let mut reply = if wants_websocket {
        upgrade(&shared, request, sticky).await
    } else {
        poll(&shared, request, sticky).await
    };
    if !sticky && shared.lock().cookie != Cookie::Absent {
        let cookie = HeaderValue::from_static("faye_node=a1; Path=/");
        reply.headers_mut().insert(SET_COOKIE, cookie);
    }
    reply
}

async fn upgrade(shared: &Arc<Shared>, mut request: Request<Incoming>, sticky: bool) -> Reply {
    let mode = shared.lock().websocket;
    match mode {
        Websocket::Refused => return bad_request(),
        Websocket::Swallowed => return std::future::pending().await,
        Websocket::Offered | Websocket::ClosedAfterUpgrade => {}
    }
    let accept = derive_accept_key(header(request.headers(), SEC_WEBSOCKET_KEY).as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    if mode == Websocket::ClosedAfterUpgrade {
        tokio::spawn(async move { drop(upgrade.await) });
    } else {
        let (socket, pushes) = shared.with(|state, _| {
            state.websockets += 1;
            state.faye.open_socket()
        });
        let cuts = shared.taps.cuts();
        tokio::spawn(websocket::serve(Arc::clone(shared), upgrade, socket, sticky, pushes, cuts));
    }
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = reply.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    reply
}

fn bad_request() -> Reply {
    reply(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", "Bad request")
}

/// Long-polling by JSON or form, and callback-polling by GET.
async fn poll(shared: &Shared, request: Request<Incoming>, sticky: bool) -> Reply {
    let is_get = request.method() == Method::GET;
    let is_json = header(request.headers(), CONTENT_TYPE).split(';').next() == Some("application/json");
    let from_page = request.headers().get(ORIGIN).cloned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let Some(body) = read_body(request).await else { return bad_request() };
    let form = if is_get { &query } else { &body };
    let field = |name: &str| form_field(form, name);
    let message = if is_json && !is_get { Some(body.clone()) } else { field("message") };
    let Some(message) = message else { return bad_request() };
    let origin = Origin { sticky, socket: None };
    let taken = shared.with(|state, now| state.faye.receive_body(now.instant, &state.gate, origin, &message));
    let Ok(answer) = taken else { return bad_request() };
    let Ok(text) = answer.await else {
        // A second connect has taken this one's place: it is never answered.
        return std::future::pending().await;
    };
    let mut reply = if is_get {
        let callback = field("jsonp").unwrap_or_else(|| "jsonpcallback".to_owned());
        if !callback.chars().all(|c| c.is_ascii_alphanumeric() || "_$.".contains(c)) {
            return bad_request();
        }
        reply(StatusCode::OK, "text/javascript; charset=utf-8", format!("/**/{callback}({text});"))
    } else {
        reply(StatusCode::OK, JSON, text)
    };
    let headers = reply.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(page) = from_page {
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, page);
    }
    reply
}

fn form_field(form: &str, name: &str) -> Option<String> {
    let mut fields = url::form_urlencoded::parse(form.as_bytes());
    fields.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn rest(shared: &Shared, path: &str, request: Request<Incoming>) -> Reply {
    let method = request.method().clone();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let bearer = header(request.headers(), AUTHORIZATION).strip_prefix("Bearer ").map(str::to_owned);
    let token = bearer.or_else(|| form_field(&query, "access_token"));
    let is_json = header(request.headers(), CONTENT_TYPE).starts_with("application/json");
    let Some(text) = read_body(request).await else { return bad_request() };
    let mut parameters: Vec<(String, String)> =
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let body = if is_json && !text.is_empty() {
        serde_json::from_str(&text).ok()
    } else {
        parameters.extend(url::form_urlencoded::parse(text.as_bytes()).into_owned());
        Some(Value::Null)
    };
    let answered = shared.with(|state, now| {
        *state.rest.entry(format!("{method} {path}")).or_default() += 1;
        if let Some(instead) = state.instead.get(&Surface::Rest) {
            return Err(instead.clone());
        }
        if !state.gate.takes(token.as_deref()) {
            return Ok(failure(401));
        }
        let Some(body) = body else { return Ok(failure(400)) };
        Ok(state.company.ask(now.at, &Question { method: method.as_str(), path, parameters, body }))
    });
    match answered {
        Err(instead) => reply_instead(instead),
        Ok((status, value)) => reply_json((status, value)),
    }
}

fn reply_json((status, value): Answer) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply(status, JSON, value.to_string())
}
