//! One HTTP request: the login, the socket, Crossbar, and nothing else.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY, UPGRADE,
};
use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::crossbar::{self, Question};
use super::gate::Refusal;
use super::websocket::{self, Opening};
use super::{AtExpiry, HttpAnswer, Shared, Surface};

const JSON: &str = "application/json";
const MOST_BYTES: usize = 1024 * 1024;

type Reply = Response<Full<Bytes>>;

/// Answers one request.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path().to_owned();
    let reply = match path.as_str() {
        "/ws/v1/firehose/login" => log_in(&shared, request).await,
        "/ws/v1/firehose/callEvents" => call_events(&shared, request),
        path => match path.strip_prefix("/v2") {
            Some(rest) if shared.lock().options.crossbar => ask_crossbar(&shared, rest, request).await,
            Some(_) | None => reply(StatusCode::NOT_FOUND, "text/plain", "Not found"),
        },
    };
    Ok(reply)
}

fn reply(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

fn reply_json((status, value): (u16, Value)) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply(status, JSON, value.to_string())
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

fn bearer(headers: &HeaderMap) -> Option<String> {
    header(headers, AUTHORIZATION).strip_prefix("Bearer ").map(str::to_owned)
}

fn parameters(request: &Request<Incoming>) -> Vec<(String, String)> {
    let query = request.uri().query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn parameter<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The body as JSON; none when it is something else.
async fn read_json(request: Request<Incoming>) -> Option<Value> {
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await.ok()?;
    serde_json::from_slice(&body.to_bytes()).ok()
}

async fn log_in(shared: &Shared, request: Request<Incoming>) -> Reply {
    let is_post = request.method() == Method::POST;
    let body = read_json(request).await;
    let answered = shared.with(|state, now| {
        state.requests.logins += 1;
        if let Some(instead) = state.instead.get(&Surface::Login) {
            return Err(instead.clone());
        }
        let body = body.filter(|_| is_post).ok_or(Refusal::Malformed);
        let seconds = now.div_euclid(1_000_000);
        let token = body.and_then(|body| state.gate.log_in(seconds, &state.switch.directory, &body));
        Ok(match token {
            Ok(token) => (200, serde_json::json!({ "access_token": token })),
            Err(refusal) => refusal.answer(),
        })
    });
    answered.map_or_else(reply_instead, reply_json)
}

fn call_events(shared: &Arc<Shared>, mut request: Request<Incoming>) -> Reply {
    let parameters = parameters(&request);
    let by_query = parameter(&parameters, "token").map(str::to_owned);
    let by_header = bearer(request.headers());
    let is_upgrade = header(request.headers(), UPGRADE).eq_ignore_ascii_case("websocket");
    let accept = derive_accept_key(header(request.headers(), SEC_WEBSOCKET_KEY).as_bytes());
    let answered = shared.with(|state, now| {
        state.requests.upgrades += 1;
        state.requests.upgrades_by_query += u64::from(by_query.is_some());
        if let Some(instead) = state.instead.get(&Surface::CallEvents) {
            return Err(Box::new(reply_instead(instead.clone())));
        }
        if !is_upgrade {
            return Err(Box::new(reply(StatusCode::UPGRADE_REQUIRED, "text/plain", "Upgrade required")));
        }
        let token = by_header.or(by_query);
        let grant = state.gate.admit(now.div_euclid(1_000_000), token.as_deref());
        let grant = grant.map_err(|refusal| Box::new(reply_json(refusal.answer())))?;
        let left = grant.expires_at.saturating_mul(1_000_000).saturating_sub(now);
        let lives_for = match state.options.at_expiry {
            AtExpiry::StaysOpen => None,
            AtExpiry::Closes => Some(Duration::from_micros(u64::try_from(left).unwrap_or_default())),
        };
        let (socket, pushes) = state.audience.join(grant.filter);
        state.requests.websockets += 1;
        Ok((socket, pushes, lives_for))
    });
    let (socket, pushes, lives_for) = match answered {
        Ok(joined) => joined,
        Err(refused) => return *refused,
    };
    let upgrade = hyper::upgrade::on(&mut request);
    let cuts = shared.taps.cuts();
    let opening = Opening { upgrade, socket, pushes, cuts, lives_for };
    tokio::spawn(websocket::serve(Arc::clone(shared), opening));
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

async fn ask_crossbar(shared: &Shared, path: &str, request: Request<Incoming>) -> Reply {
    let method = request.method().clone();
    let parameters = parameters(&request);
    let headers = request.headers();
    let own = header(headers, HeaderName::from_static("x-auth-token"));
    let own = Some(own).filter(|token| !token.is_empty()).map(str::to_owned);
    let token =
        own.or_else(|| bearer(headers)).or_else(|| parameter(&parameters, "auth_token").map(str::to_owned));
    let body = read_json(request).await.unwrap_or_default();
    let question = Question {
        method: method.as_str(),
        path,
        parameters: &parameters,
        token: token.as_deref(),
        body: &body,
    };
    let answered = shared.with(|state, now| {
        *state.requests.crossbar.entry(question.name()).or_default() += 1;
        match state.instead.get(&Surface::Crossbar) {
            Some(instead) => Err(instead.clone()),
            None => Ok(crossbar::ask(state, now, &question)),
        }
    });
    answered.map_or_else(reply_instead, reply_json)
}
