//! One websocket: frames in, pushes out, the question whether the client is there.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frames::{self, service};
use super::http::odd;
use super::project::{Push, SocketId};
use super::{Entrance, Entry, Now, Ping, Shared, State, token};

/// A client that has said nothing for this much longer than it was asked is gone.
const PATIENCE: Duration = Duration::from_secs(15);
/// [`super::Requests::authens`] has those without an answer here.
const UNANSWERED: u64 = 255;

/// Serves one websocket until either side closes it, or all connections are cut.
pub(super) async fn serve(
    shared: Arc<Shared>,
    upgrade: OnUpgrade,
    entry: Entry,
    socket: SocketId,
    pushes: mpsc::UnboundedReceiver<Push>,
    mut cuts: watch::Receiver<u64>,
) {
    tokio::select! {
        ended = talk(&shared, upgrade, entry, socket, pushes) => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a websocket ended");
            }
        }
        _ = cuts.changed() => {}
    }
    shared.with(|state, now| state.project.socket_closed(now.at, socket));
}

async fn talk(
    shared: &Shared,
    upgrade: OnUpgrade,
    entry: Entry,
    socket: SocketId,
    mut pushes: mpsc::UnboundedReceiver<Push>,
) -> Result<(), Error> {
    let Ok(upgraded) = upgrade.await else { return Ok(()) };
    let config = WebSocketConfig::default().read_buffer_size(8 * 1024).max_message_size(Some(1024 * 1024));
    let mut stream =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    let every = shared.lock().options.ping;
    let mut heard_at = Instant::now();
    let mut ping_at = heard_at + every;
    loop {
        tokio::select! {
            push = pushes.recv() => {
                let Some(push) = push else { return Ok(()) };
                send(&mut stream, push).await?;
                while let Ok(push) = pushes.try_recv() {
                    send(&mut stream, push).await?;
                }
                stream.flush().await?;
            }
            frame = stream.next() => {
                heard_at = Instant::now();
                match frame {
                    Some(Ok(Message::Text(text))) => {
                        shared.with(|state, now| state.receive(now, entry, socket, &text));
                    }
                    Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_))) => {}
                    Some(Err(Error::ConnectionClosed)) | None => return Ok(()),
                    Some(Err(error)) => return Err(error),
                }
            }
            () = sleep_until(ping_at) => {
                let now = Instant::now();
                ping_at = now + every;
                if now > heard_at + every + PATIENCE {
                    return Ok(());
                }
                let ping = shared.lock().ping_frame(socket);
                if let Some(ping) = ping {
                    stream.send(Message::text(ping)).await?;
                }
            }
        }
    }
}

async fn send<S>(stream: &mut WebSocketStream<S>, push: Push) -> Result<(), Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let sent = match push {
        Push::Text(text) => stream.feed(Message::text(text)).await,
        Push::Close => stream.close(Some(CloseFrame { code: CloseCode::Normal, reason: "".into() })).await,
    };
    match sent {
        // The other side's close frame is still to come.
        Err(Error::Protocol(_) | Error::ConnectionClosed) => Ok(()),
        sent => sent,
    }
}

impl State {
    /// What a client is asked with; nobody asks those who are not signed in.
    fn ping_frame(&self, socket: SocketId) -> Option<String> {
        self.project.is_signed_in(socket).then(|| ping(&self.ping)).flatten()
    }

    /// Takes a frame from a client.
    fn receive(&mut self, now: Now, entry: Entry, socket: SocketId, text: &str) {
        let frame: Value = serde_json::from_str(text).unwrap_or_default();
        let number = frame.get("service").and_then(Value::as_i64).unwrap_or(0);
        *self.asked.services.entry(number).or_default() += 1;
        let body = frame.get("body").cloned().unwrap_or_default();
        match number {
            service::AUTHEN => self.authenticate(now, entry, socket, &body),
            _ if !self.project.is_signed_in(socket) => {}
            service::CHANGE_ATTRIBUTE => {
                if let Some(r) = self.project.client_changes(now.at, socket, &body) {
                    self.answer(socket, number, &body, json!({"r": r, "message": token::message(r)}));
                }
            }
            service::CALL_STATE | service::CALL_STOP => self.answer(socket, number, &body, json!({"r": 0})),
            _ => {}
        }
    }

    fn answer(&self, socket: SocketId, number: i64, request: &Value, body: Value) {
        let mut body = frames::answer(request, body);
        if self.odd_envelope {
            odd(&mut body);
        }
        self.project.reply(socket, frames::frame(number, &body));
    }

    fn authenticate(&mut self, now: Now, entry: Entry, socket: SocketId, request: &Value) {
        let entrance = self.entrances.get(&entry).cloned().unwrap_or(Entrance::Open);
        let mut more = json!({});
        let r = match entrance {
            Entrance::Open | Entrance::Refused | Entrance::ClosesAtOnce => {
                let text = request.get("accesstoken").and_then(Value::as_str).unwrap_or_default();
                match self.keys.client(text, now.at) {
                    Ok(claims) => {
                        more = self.project.sign_in(now.at, socket, claims, request);
                        let ping = u64::try_from(self.options.ping.as_millis()).unwrap_or(u64::MAX);
                        frames::set(&mut more, "ping_after_ms", ping);
                        0
                    }
                    Err(refusal) => refusal.code(),
                }
            }
            Entrance::Answers(r) => r,
            Entrance::Redirects(to) => {
                if let Some(to) = to {
                    more = json!({"change_to_server": to});
                }
                15
            }
            Entrance::Silent => UNANSWERED,
            Entrance::ClosesAtAuthen => {
                self.project.close(socket);
                UNANSWERED
            }
        };
        *self.asked.authens.entry(r).or_default() += 1;
        if r == UNANSWERED {
            return;
        }
        frames::set(&mut more, "r", r);
        frames::set(&mut more, "message", token::message(r));
        self.answer(socket, service::AUTHEN, request, more);
    }
}

/// What asks whether a client is there.
pub(super) fn ping(ping: &Ping) -> Option<String> {
    match ping {
        Ping::EmptyBody => Some(frames::frame(service::PING, &json!({}))),
        Ping::NoBody => Some(json!({"service": service::PING}).to_string()),
        Ping::Never => None,
    }
}
