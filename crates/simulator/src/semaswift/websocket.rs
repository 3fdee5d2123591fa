//! One websocket: frames in, what waits out, several documents in one frame where there are several.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Shared;
use super::centrifugo::{ClientKey, Disconnect, Inbox, Push};

/// What the original takes in one frame.
const MOST_BYTES_IN: usize = 64 * 1024;
/// Documents that go out in one frame.
const MOST_A_FRAME: usize = 64;
/// Whoever takes nothing for so long is gone; the original waits 1 s.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// How long the other side may take to say goodbye.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

type Stream = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// Serves one websocket until either side closes it, or all connections are cut.
pub(super) async fn serve(
    shared: Arc<Shared>,
    upgrade: OnUpgrade,
    key: ClientKey,
    inbox: Inbox,
    mut cuts: watch::Receiver<u64>,
) {
    tokio::select! {
        ended = talk(&shared, upgrade, key, inbox) => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a websocket ended");
            }
        }
        _ = cuts.changed() => {}
    }
    shared.with(|state, _| state.centrifugo.closed(key));
}

async fn talk(shared: &Shared, upgrade: OnUpgrade, key: ClientKey, mut inbox: Inbox) -> Result<(), Error> {
    let Ok(upgraded) = upgrade.await else { return Ok(()) };
    let config = WebSocketConfig::default().read_buffer_size(8 * 1024).max_message_size(Some(MOST_BYTES_IN));
    let mut stream =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    loop {
        tokio::select! {
            push = inbox.pushes.recv() => {
                let Some(push) = push else { return Ok(()) };
                if let Some(why) = send(&mut stream, &mut inbox, push).await? {
                    return close(stream, why.code.into(), why.reason).await;
                }
            }
            frame = stream.next() => match frame {
                Some(Ok(Message::Text(text))) => {
                    shared.with(|state, now| state.centrifugo.receive(now, key, &text));
                }
                Some(Ok(Message::Binary(_))) => {
                    shared.with(|state, _| state.centrifugo.disconnect(key, Disconnect::bad_request()));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_))) => {}
                Some(Err(Error::Capacity(_))) => return close(stream, CloseCode::Size, String::new()).await,
                Some(Err(Error::ConnectionClosed)) | None => return Ok(()),
                Some(Err(error)) => return Err(error),
            },
        }
    }
}

/// Sends what waits; gives why the connection is to be closed, if it is.
async fn send(stream: &mut Stream, inbox: &mut Inbox, first: Push) -> Result<Option<Disconnect>, Error> {
    let mut next = Some(first);
    while let Some(push) = next.take() {
        let (message, bytes) = match push {
            Push::Close(why) => return Ok(Some(why)),
            Push::Binary(bytes) => {
                let length = bytes.len();
                (Message::binary(bytes), length)
            }
            Push::Text(text) => {
                let mut frame = text.to_string();
                let mut bytes = text.len();
                let mut documents = 1;
                while documents < MOST_A_FRAME {
                    match inbox.pushes.try_recv() {
                        Ok(Push::Text(text)) => {
                            frame.push('\n');
                            frame.push_str(&text);
                            bytes += text.len();
                            documents += 1;
                        }
                        Ok(other) => {
                            next = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                (Message::text(frame), bytes)
            }
        };
        if !inbox.is_too_slow() {
            match timeout(WRITE_WITHIN, stream.send(message)).await {
                // The other side's close frame is still to come.
                Ok(Err(Error::Protocol(_) | Error::ConnectionClosed)) | Ok(Ok(())) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => return Ok(Some(Disconnect::write_error())),
            }
        }
        inbox.written(bytes);
    }
    Ok(None)
}

async fn close(mut stream: Stream, code: CloseCode, reason: String) -> Result<(), Error> {
    let goodbye = async {
        stream.close(Some(CloseFrame { code, reason: reason.into() })).await?;
        while let Some(frame) = stream.next().await {
            frame?;
        }
        Ok(())
    };
    match timeout(GOODBYE_WITHIN, goodbye).await {
        Ok(Err(Error::ConnectionClosed)) | Err(_) => Ok(()),
        Ok(ended) => ended,
    }
}
