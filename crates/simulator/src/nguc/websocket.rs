//! One websocket: texts in, pushes out, pings.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Shared;
use super::sockjs::{Push, SessionId};

/// Serves one websocket until either side closes it, or all connections are cut.
pub(super) async fn serve(
    shared: Arc<Shared>,
    upgrade: OnUpgrade,
    session: SessionId,
    pushes: mpsc::UnboundedReceiver<Push>,
    mut cuts: watch::Receiver<u64>,
) {
    tokio::select! {
        ended = talk(&shared, upgrade, session, pushes) => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a websocket ended");
            }
        }
        _ = cuts.changed() => {}
    }
    shared.with(|state, _| state.sockjs.socket_closed(session));
}

async fn talk(
    shared: &Shared,
    upgrade: OnUpgrade,
    session: SessionId,
    mut pushes: mpsc::UnboundedReceiver<Push>,
) -> Result<(), Error> {
    let Ok(upgraded) = upgrade.await else { return Ok(()) };
    let config = WebSocketConfig::default().read_buffer_size(8 * 1024).max_message_size(Some(1024 * 1024));
    let mut stream =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    let mut told_all = false;
    loop {
        tokio::select! {
            push = pushes.recv(), if !told_all => {
                let Some(push) = push else {
                    // The session is over: what is left is the other side's close frame.
                    told_all = true;
                    continue;
                };
                send(&mut stream, push).await?;
                while let Ok(push) = pushes.try_recv() {
                    send(&mut stream, push).await?;
                }
                flush(&mut stream).await?;
            }
            frame = stream.next() => match frame {
                Some(Ok(Message::Text(text))) => {
                    shared.with(|state, _| {
                        state.texts += 1;
                        state.sockjs.receive_text(session, &text);
                    });
                }
                Some(Ok(Message::Pong(_))) => {
                    shared.with(|state, _| {
                        state.pongs += 1;
                        state.sockjs.pong(session);
                    });
                }
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Close(_) | Message::Frame(_))) => {}
                Some(Err(Error::ConnectionClosed)) | None => return Ok(()),
                Some(Err(error)) => return Err(error),
            },
        }
    }
}

async fn send<S>(stream: &mut WebSocketStream<S>, push: Push) -> Result<(), Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    still_open(match push {
        Push::Text(text) => stream.feed(Message::text(text)).await,
        Push::Ping => stream.feed(Message::Ping(Vec::new().into())).await,
        Push::Close(code, reason) => {
            stream.close(Some(CloseFrame { code: code.into(), reason: reason.into() })).await
        }
    })
}

async fn flush<S>(stream: &mut WebSocketStream<S>) -> Result<(), Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    still_open(stream.flush().await)
}

/// Writing after a close frame is no error while the other side's is still to come.
fn still_open(written: Result<(), Error>) -> Result<(), Error> {
    match written {
        Err(Error::Protocol(_) | Error::ConnectionClosed) => Ok(()),
        written => written,
    }
}
