//! One websocket: events out, pings, and the end of its token. What comes in is counted.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Shared;
use super::audience::Push;

/// The close code of a socket whose token ended.
const POLICY: u16 = 1008;

/// A socket that is about to be opened.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) upgrade: OnUpgrade,
    pub(super) socket: u64,
    pub(super) pushes: mpsc::UnboundedReceiver<Push>,
    pub(super) cuts: watch::Receiver<u64>,
    /// How long it may stay.
    pub(super) lives_for: Option<Duration>,
}

/// Serves one websocket until either side closes it, or all connections are cut.
pub(super) async fn serve(shared: Arc<Shared>, opening: Opening) {
    let Opening { upgrade, socket, pushes, mut cuts, lives_for } = opening;
    tokio::select! {
        ended = talk(&shared, upgrade, pushes, lives_for) => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a websocket ended");
            }
        }
        _ = cuts.changed() => {}
    }
    shared.with(|state, _| state.audience.leave(socket));
}

async fn talk(
    shared: &Shared,
    upgrade: OnUpgrade,
    mut pushes: mpsc::UnboundedReceiver<Push>,
    lives_for: Option<Duration>,
) -> Result<(), Error> {
    let Ok(upgraded) = upgrade.await else { return Ok(()) };
    let config = WebSocketConfig::default().read_buffer_size(8 * 1024).max_message_size(Some(1024 * 1024));
    let mut stream =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    let mut pings = 0_u64;
    let mut ping_at = shared.ping.map(|every| Instant::now() + every);
    let mut ends_at = lives_for.map(|left| Instant::now() + left);
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
            frame = stream.next() => match frame {
                Some(Ok(Message::Text(_))) => shared.with(|state, _| state.requests.frames += 1),
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_))) => {}
                Some(Err(Error::ConnectionClosed)) | None => return Ok(()),
                Some(Err(error)) => return Err(error),
            },
            () = until(ping_at) => {
                pings += 1;
                ping_at = shared.ping.map(|every| Instant::now() + every);
                stream.send(Message::Ping(pings.to_string().into())).await?;
            }
            () = until(ends_at) => {
                ends_at = None;
                send(&mut stream, Push::Close(POLICY)).await?;
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
        Push::Close(code) => {
            let reason = if code == POLICY { "Token has expired" } else { "" };
            stream.close(Some(CloseFrame { code: CloseCode::from(code), reason: reason.into() })).await
        }
    };
    match sent {
        // The other side's close frame is still to come.
        Err(Error::Protocol(_) | Error::ConnectionClosed) => Ok(()),
        sent => sent,
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
