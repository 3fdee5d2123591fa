//! One HTTP request: websockets at any path, Stringee's address lookup and REST, the organisation's token endpoint
//! and relay, and nothing else.

use std::convert::Infallible;
use std::sync::Arc;

use ::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY, UPGRADE,
};
use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Collected, Full, Limited};
use hyper::body::Incoming;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::frames::set;
use super::project::rest::{Answer, failure};
use super::token::{Refusal, message};
use super::{Entrance, Entry, HttpAnswer, Shared, State, Surface, asking, websocket};

const JSON: &str = "application/json; charset=utf-8";
const MOST_BYTES: usize = 1024 * 1024;

pub(super) type Reply = Response<Full<Bytes>>;

/// A request that is no websocket.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    /// None: too long.
    pub(super) body: Option<Bytes>,
}

impl Asked {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.body.as_ref()?).ok()
    }
}

/// Answers one request. A request to the relay may be held back.
pub(super) async fn answer(
    shared: Arc<Shared>,
    entry: Entry,
    request: Request<Incoming>,
) -> Result<Reply, Infallible> {
    if header(request.headers(), UPGRADE).eq_ignore_ascii_case("websocket") {
        return Ok(upgrade(&shared, entry, request));
    }
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let asked = Asked {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        headers: head.headers,
        body: Limited::new(body, MOST_BYTES).collect().await.ok().map(Collected::to_bytes),
    };
    Ok(route(&shared, &asked).await)
}

async fn route(shared: &Shared, asked: &Asked) -> Reply {
    if let Some(path) = asked.path.strip_prefix("/relay") {
        return asking::relay(shared, path, asked).await;
    }
    let surface = match asked.path.as_str() {
        "/v2/getStringeeServerAddress" => Surface::Lookup,
        "/token" => Surface::Token,
        path if path.starts_with("/v1/") => Surface::Rest,
        _ => return reply(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Not found"),
    };
    shared.with(|state, now| {
        state.count(surface, asked);
        if let Some(instead) = state.instead.get(&surface) {
            return reply_instead(instead.clone());
        }
        let (status, mut body) = match surface {
            Surface::Lookup => state.look_up(now.at, asked),
            Surface::Token => return reply_json(state.give_token(now.at, asked)),
            Surface::Rest => state.ask_rest(now.at, asked),
            Surface::Socket | Surface::Relay => (404, Value::Null),
        };
        if state.odd_envelope {
            odd(&mut body);
        }
        reply_json((status, body))
    })
}

impl State {
    fn count(&mut self, surface: Surface, asked: &Asked) {
        match surface {
            Surface::Lookup => self.asked.lookups += 1,
            Surface::Token => self.asked.tokens += 1,
            Surface::Rest => {
                *self.asked.rest.entry(format!("{} {}", asked.method, asked.path)).or_default() += 1;
            }
            Surface::Socket | Surface::Relay => {}
        }
    }

    /// `GET /v2/getStringeeServerAddress?access_token=…`: 1 = invalid, 2 = expired, 5 = key not known.
    fn look_up(&self, now: Timestamp, asked: &Asked) -> Answer {
        let r = match self.keys.client(asked.parameter("access_token").unwrap_or_default(), now) {
            Ok(_) => {
                let row = |address: &std::net::SocketAddr| json!({"ip": address.ip().to_string(), "port": address.port()});
                let rows: Vec<Value> = self.addresses.values().map(row).collect();
                return (
                    200,
                    json!({"r": 0, "data": {"stringeeServerAddrs": {"web": rows, "mobile": rows}}}),
                );
            }
            Err(Refusal::Expired) => 2,
            Err(Refusal::UnknownKey) => 5,
            Err(
                Refusal::Missing
                | Refusal::Undecodable
                | Refusal::BadFormat
                | Refusal::NotHs256
                | Refusal::BadPayload
                | Refusal::BadSignature,
            ) => 1,
        };
        failure(200, r, "Access token invalid or Key SID not found")
    }

    /// The organisation's own endpoint, as `docs/relay.md` has it.
    fn give_token(&mut self, now: Timestamp, asked: &Asked) -> Answer {
        if asked.method != Method::GET {
            return (405, json!({"error": "method_not_allowed"}));
        }
        if let Some(wanted) = &self.options.authorization
            && asked.header(AUTHORIZATION.as_str()) != wanted
        {
            return (401, json!({"error": "unauthorized"}));
        }
        let mut body = json!({"access_token": self.client_token(now)});
        if self.options.rest_token {
            set(&mut body, "rest_token", self.keys.rest_token(self.token_end(now)));
        }
        if self.options.relay_token {
            set(&mut body, "relay_token", asking::RELAY_TOKEN);
        }
        if std::mem::take(&mut self.revoke_next) {
            self.keys.expire_all();
        }
        (200, body)
    }

    /// `/v1/…` with a token that says `rest_api`.
    fn ask_rest(&mut self, now: Timestamp, asked: &Asked) -> Answer {
        let token = match asked.header("x-stringee-auth") {
            "" => asked.parameter("access_token").unwrap_or_default(),
            token => token,
        };
        if self.other_region {
            return failure(403, 5, message(5));
        }
        if let Err(refusal) = self.keys.rest(token, now) {
            return failure(403, refusal.code(), message(refusal.code()));
        }
        let words: Vec<&str> = asked.path.split('/').skip(2).collect();
        let user = |word: &str| percent_decoded(word);
        match (asked.method.as_str(), words.as_slice()) {
            ("GET", ["users"]) => self.project.online_users(&asked.query),
            ("GET", ["users", id]) => self.project.user_answer(&user(id)),
            ("PUT", ["users", id, "attributes"]) => match asked.json() {
                Some(body) => self.project.put_attributes(now, &user(id), &body),
                None => failure(400, 2, "Body is invalid"),
            },
            (_, _) => failure(404, 3, "Not found"),
        }
    }
}

fn percent_decoded(word: &str) -> String {
    // A plus is a plus in a path.
    let pairs = url::form_urlencoded::parse(word.replace('+', "%2B").as_bytes()).into_owned().next();
    pairs.map(|(word, _)| word).unwrap_or_default()
}

/// As some integrators report answers: `r` in quotes, the text in `msg`.
pub(super) fn odd(body: &mut Value) {
    let Some(body) = body.as_object_mut() else { return };
    if let Some(r) = body.get_mut("r") {
        *r = r.to_string().into();
    }
    if let Some(text) = body.remove("message") {
        body.insert("msg".to_owned(), text);
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn reply(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

pub(super) fn reply_json((status, value): Answer) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply(status, JSON, value.to_string())
}

pub(super) fn reply_instead(instead: HttpAnswer) -> Reply {
    let kind = if instead.body.starts_with('<') { "text/html; charset=utf-8" } else { JSON };
    let status = StatusCode::from_u16(instead.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut reply = reply(status, kind, instead.body);
    if let Some(after) = instead.retry_after {
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(after.as_secs()));
    }
    reply
}

fn upgrade(shared: &Arc<Shared>, entry: Entry, mut request: Request<Incoming>) -> Reply {
    let (instead, entrance) = {
        let state = shared.lock();
        (state.instead.get(&Surface::Socket).cloned(), state.entrances.get(&entry).cloned())
    };
    if let Some(instead) = instead {
        return reply_instead(instead);
    }
    if entrance == Some(Entrance::Refused) {
        return reply(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", "Bad request");
    }
    let accept = derive_accept_key(header(request.headers(), SEC_WEBSOCKET_KEY).as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    let (socket, pushes) = shared.with(|state, _| {
        *state.asked.sockets.entry(entry).or_default() += 1;
        state.project.open_socket()
    });
    if entrance == Some(Entrance::ClosesAtOnce) {
        let shared = Arc::clone(shared);
        tokio::spawn(async move {
            drop(upgrade.await);
            shared.with(|state, now| state.project.socket_closed(now.at, socket));
        });
    } else {
        let cuts = shared.taps.cuts();
        tokio::spawn(websocket::serve(Arc::clone(shared), upgrade, entry, socket, pushes, cuts));
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
