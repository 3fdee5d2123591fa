//! One HTTP request: the REST API below `/api`, SockJS everywhere else.

use std::convert::Infallible;
use std::sync::Arc;

use ::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName,
    HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE,
};
use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::json;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::company::rest::{Answer, failure};
use super::route::{self, Place, Route};
use super::sockjs::{Application, Framing, PollId, Refused};
use super::{HttpAnswer, Shared, Surface, Websocket, tokens, websocket};

const JSON: &str = "application/json; charset=UTF-8";
const TEXT: &str = "text/plain; charset=UTF-8";
const SCRIPT: &str = "application/javascript; charset=UTF-8";
const MOST_BYTES: usize = 1024 * 1024;

type Reply = Response<Full<Bytes>>;

/// Answers one request. A poll takes as long as there is nothing to tell.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path().to_owned();
    let reply = match path.strip_prefix("/api") {
        Some(rest_path) if rest_path.is_empty() || rest_path.starts_with('/') => {
            rest(&shared, rest_path, request).await
        }
        _ => sockjs(&shared, &path, request).await,
    };
    Ok(reply)
}

fn reply(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

/// What pages of other origins may read, and nobody may keep.
fn fresh(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = reply(status, kind, body);
    let headers = reply.headers_mut();
    let never = "no-store, no-cache, no-transform, must-revalidate, max-age=0";
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(never));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    reply
}

fn not_found() -> Reply {
    reply(StatusCode::NOT_FOUND, TEXT, "404 Error: Page not found\n")
}

fn reply_instead(instead: HttpAnswer) -> Reply {
    let kind = if instead.body.starts_with('<') { "text/html; charset=UTF-8" } else { JSON };
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

async fn sockjs(shared: &Arc<Shared>, path: &str, request: Request<Incoming>) -> Reply {
    if let Some(instead) = shared.with(|state, _| state.instead.get(&Surface::Events).cloned()) {
        return reply_instead(instead);
    }
    let Some(Route { application, place }) = route::of(path) else { return not_found() };
    let wanted = if matches!(place, Place::Xhr(_) | Place::XhrSend(_)) { Method::POST } else { Method::GET };
    if request.method() != wanted {
        let mut refusal = reply(StatusCode::METHOD_NOT_ALLOWED, TEXT, "");
        let allowed = if wanted == Method::POST { "POST" } else { "GET" };
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
        return refusal;
    }
    match place {
        Place::Welcome => reply(StatusCode::OK, TEXT, "Welcome to SockJS!\n"),
        Place::Info => info(shared, application),
        Place::Raw => upgrade(shared, application, Framing::Raw, request).await,
        Place::Websocket => upgrade(shared, application, Framing::SockJs, request).await,
        Place::Xhr(session) => poll(shared, application, session).await,
        Place::XhrSend(session) => xhr_send(shared, application, session, request).await,
    }
}

fn has_websocket(application: Application, websocket: Websocket) -> bool {
    application != Application::EchoWithoutWebsocket && websocket != Websocket::Disabled
}

fn info(shared: &Shared, application: Application) -> Reply {
    let websocket = shared.with(|state, _| {
        state.infos += 1;
        has_websocket(application, state.websocket)
    });
    let info = json!({
        "websocket": websocket,
        "origins": ["*:*"],
        "cookie_needed": false,
        "entropy": fastrand::u32(..),
    });
    fresh(StatusCode::OK, JSON, info.to_string())
}

async fn upgrade(
    shared: &Arc<Shared>,
    application: Application,
    framing: Framing,
    mut request: Request<Incoming>,
) -> Reply {
    let mode = shared.with(|state, _| {
        state.upgrades += 1;
        state.websocket
    });
    if !has_websocket(application, mode) {
        return not_found();
    }
    if !header(request.headers(), UPGRADE).eq_ignore_ascii_case("websocket") {
        return reply(StatusCode::BAD_REQUEST, TEXT, "Not a valid websocket request");
    }
    match mode {
        Websocket::Refused | Websocket::Disabled => {
            return reply(StatusCode::BAD_REQUEST, TEXT, "Bad request");
        }
        Websocket::Swallowed => return std::future::pending().await,
        Websocket::Offered | Websocket::ClosedAfterUpgrade => {}
    }
    let accept = derive_accept_key(header(request.headers(), SEC_WEBSOCKET_KEY).as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    if mode == Websocket::ClosedAfterUpgrade {
        tokio::spawn(async move { drop(upgrade.await) });
    } else {
        let (session, pushes) = shared.with(|state, now| {
            state.websockets += 1;
            state.sockjs.open_socket(now.instant, application, framing)
        });
        let cuts = shared.taps.cuts();
        tokio::spawn(websocket::serve(Arc::clone(shared), upgrade, session, pushes, cuts));
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

/// A poll that is being waited for; dropped with its connection, it tells so.
struct Waiting<'a> {
    shared: &'a Shared,
    poll: PollId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared.with(|state, _| state.sockjs.poll_given_up(self.poll));
    }
}

async fn poll(shared: &Shared, application: Application, session: &str) -> Reply {
    let (poll, answer) = shared.with(|state, now| {
        state.polls += 1;
        state.sockjs.poll(now.instant, application, session)
    });
    let waiting = Waiting { shared, poll };
    let answer = answer.await;
    drop(waiting);
    match answer {
        Ok(frame) => fresh(StatusCode::OK, SCRIPT, frame),
        // The session was forgotten meanwhile, as if the server had been started anew.
        Err(_) => reply(StatusCode::BAD_GATEWAY, TEXT, "Bad gateway"),
    }
}

async fn xhr_send(
    shared: &Shared,
    application: Application,
    session: &str,
    request: Request<Incoming>,
) -> Reply {
    let kind = header(request.headers(), CONTENT_TYPE).split(';').next().unwrap_or_default().to_owned();
    let kinds = ["text/plain", "T", "application/json", "application/xml", "", "text/xml"];
    let body = read_body(request).await.filter(|_| kinds.contains(&kind.as_str())).unwrap_or_default();
    let taken = shared.with(|state, _| {
        state.sends += 1;
        state.sockjs.xhr_send(application, session, &body)
    });
    match taken {
        Ok(()) => fresh(StatusCode::NO_CONTENT, TEXT, ""),
        Err(Refused::NoPayload) => reply(StatusCode::INTERNAL_SERVER_ERROR, TEXT, "Payload expected."),
        Err(Refused::BrokenJson) => reply(StatusCode::INTERNAL_SERVER_ERROR, TEXT, "Broken JSON encoding."),
        Err(Refused::UnknownSession) => not_found(),
    }
}

async fn rest(shared: &Shared, path: &str, request: Request<Incoming>) -> Reply {
    let method = request.method().clone();
    let token =
        header(request.headers(), AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default().to_owned();
    let is_json = header(request.headers(), CONTENT_TYPE).starts_with("application/json");
    let Some(body) = read_body(request).await else {
        return reply(StatusCode::BAD_REQUEST, TEXT, "Bad request");
    };
    let answered: Result<Answer, HttpAnswer> = shared.with(|state, now| {
        *state.rest.entry(format!("{method} {path}")).or_default() += 1;
        if let Some(instead) = state.instead.get(&Surface::Rest) {
            return Err(instead.clone());
        }
        if path == "/oauth2/user-credentials" {
            let fields = tokens::fields_of(&body, is_json);
            return Ok(match (method == Method::POST, fields) {
                (true, Some(fields)) => state.tokens.grant(now.instant, &fields),
                (true, None) => failure(400),
                (false, _) => failure(405),
            });
        }
        if !state.tokens.takes(now.instant, &token) {
            return Ok(failure(401));
        }
        Ok(state.company.ask(now.at, method.as_str(), path))
    });
    match answered {
        Err(instead) => reply_instead(instead),
        Ok((status, value)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            reply(status, JSON, value.to_string())
        }
    }
}
