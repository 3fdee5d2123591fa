//! One HTTP request: `/connection/websocket`, `/api/v1`, and a little of Centrifugo's own `/api`.

use std::sync::Arc;

use ::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER,
    SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE,
};
use ::http::{HeaderMap, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Collected, Full, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use serde_json::value::to_raw_value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::rest::{Question, surface};
use super::{HttpAnswer, Shared, Surface, websocket};

const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const MOST_BYTES: usize = 1024 * 1024;

type Reply = Response<Full<Bytes>>;

/// Nobody answers: the connection ends instead.
#[derive(Debug)]
pub(super) struct Down;

impl std::fmt::Display for Down {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the server is not running")
    }
}

impl std::error::Error for Down {}

/// Answers one request.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Reply, Down> {
    let path = request.uri().path();
    if path == "/connection/websocket" {
        upgrade(&shared, request)
    } else if let Some(rest_path) = path.strip_prefix("/api/v1") {
        let rest_path = rest_path.to_owned();
        Ok(rest(&shared, &rest_path, request).await)
    } else if let Some(method) = path.strip_prefix("/api/") {
        let method = method.to_owned();
        Ok(server_api(&shared, &method, request).await)
    } else {
        Ok(reply(StatusCode::NOT_FOUND, TEXT, "404 page not found\n"))
    }
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

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Errors end the connection without an answer.
fn upgrade(shared: &Arc<Shared>, mut request: Request<Incoming>) -> Result<Reply, Down> {
    let (instead, is_down, origins) = shared.with(|state, _| {
        state.upgrades += 1;
        let origins = state.options.allowed_origins.clone();
        (state.instead.get(&Surface::Realtime).cloned(), state.is_down, origins)
    });
    if is_down {
        return Err(Down);
    }
    if let Some(instead) = instead {
        return Ok(reply_instead(instead));
    }
    let headers = request.headers();
    let is_foreign = |origin: &str| origins.is_some_and(|allowed| !allowed.iter().any(|one| one == origin));
    if header(headers, ORIGIN).is_some_and(is_foreign) {
        return Ok(reply(StatusCode::FORBIDDEN, TEXT, "Forbidden\n"));
    }
    let key = header(headers, SEC_WEBSOCKET_KEY).map(str::to_owned);
    let wants_websocket = header(headers, UPGRADE).is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
    let Some(key) = key.filter(|_| wants_websocket) else {
        return Ok(reply(StatusCode::BAD_REQUEST, TEXT, "Bad Request\n"));
    };
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    let (key, inbox) = shared.with(|state, now| state.centrifugo.open(now));
    tokio::spawn(websocket::serve(Arc::clone(shared), upgrade, key, inbox, shared.taps.cuts()));
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = reply.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    Ok(reply)
}

/// What Centrifugo does for whoever runs it, as far as tests need it; without a key.
async fn server_api(shared: &Shared, method: &str, request: Request<Incoming>) -> Reply {
    let body = read_body(request).await;
    let channel = body.get("channel").and_then(Value::as_str).unwrap_or_default();
    let data = body.get("data").and_then(|data| to_raw_value(data).ok());
    match (method, data) {
        ("publish", Some(data)) => shared.with(|state, _| state.centrifugo.publish(channel, &data)),
        ("unsubscribe", _) => {
            shared.with(|state, _| state.centrifugo.unsubscribe(channel, 2000, "server unsubscribe"));
        }
        _ => {
            let error = r#"{"error":{"code":107,"message":"bad request"}}"#;
            return reply(StatusCode::OK, JSON, error);
        }
    }
    reply(StatusCode::OK, JSON, r#"{"result":{}}"#)
}

/// JSON, or `null` for what is none.
async fn read_body(request: Request<Incoming>) -> Value {
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await;
    let body = body.map(Collected::to_bytes).unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or(Value::Null)
}

async fn rest(shared: &Shared, path: &str, request: Request<Incoming>) -> Reply {
    let method = request.method().clone();
    let query = request.uri().query().unwrap_or_default();
    let parameters = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let bearer = header(request.headers(), AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let key = header(request.headers(), HeaderName::from_static("x-api-key"));
    let token = bearer.or(key).map(str::to_owned);
    let body = read_body(request).await;
    let question = Question { method: method.as_str(), path, parameters, body, token };
    let answered = shared.with(|state, now| {
        *state.rest.entry(format!("{method} {path}")).or_default() += 1;
        match state.instead.get(&surface(path)) {
            Some(instead) => Err(instead.clone()),
            None => Ok(state.ask(now, &question)),
        }
    });
    match answered {
        Err(instead) => reply_instead(instead),
        Ok(answer) => {
            let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut reply = reply(status, JSON, answer.body.to_string());
            for (name, value) in answer.headers {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    reply.headers_mut().insert(name, value);
                }
            }
            reply
        }
    }
}
