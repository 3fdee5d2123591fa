use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use protocols::{Input, Instant};
use tokio_tungstenite::tungstenite::{
    self, Message,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

use super::{Drive, GOODBYE};
use crate::network::Socket;

/// A text message above this size is not read; who is online of 10,000 people takes 2 MB at Semaswift.
const LONGEST_TEXT: usize = 4 << 20;

/// The websocket's part.
impl Drive<'_> {
    pub(super) fn poll_socket(&mut self, now: Instant, cx: &mut Context<'_>) -> bool {
        let mut busy = false;
        loop {
            if let Some(reason) = self.broken.take() {
                self.closed(now, None, &reason);
                return true;
            }
            let Some(socket) = &mut self.socket else { return busy };
            match Pin::new(&mut *socket).poll_next(cx) {
                Poll::Ready(message) => {
                    busy = true;
                    self.message(now, message);
                }
                Poll::Pending => {
                    if self.unflushed
                        && let Poll::Ready(flushed) = Pin::new(socket).poll_flush(cx)
                    {
                        self.unflushed = false;
                        if let Err(error) = flushed {
                            self.broken = Some(error.to_string());
                            continue;
                        }
                    }
                    return busy;
                }
            }
            if self.link.outbox.is_full() || self.end.is_some() {
                return true;
            }
        }
    }

    fn message(&mut self, now: Instant, message: Option<Result<Message, tungstenite::Error>>) {
        match message {
            Some(Ok(Message::Text(text))) if text.len() <= LONGEST_TEXT => {
                self.heard(now);
                self.feed(now, Input::Text(text.as_str()));
            }
            Some(Ok(Message::Text(_))) => {
                self.heard(now);
                self.link.outbox.push(model::Event::Unknown { name: "oversized message".to_owned() });
                self.feed(now, Input::Heard);
            }
            Some(Ok(Message::Ping(_))) => {
                self.heard(now);
                self.unflushed = true;
                self.feed(now, Input::Heard);
            }
            Some(Ok(Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => {
                self.heard(now);
                self.feed(now, Input::Heard);
            }
            Some(Ok(Message::Close(frame))) => {
                self.heard(now);
                let (code, reason) = match &frame {
                    Some(frame) => (Some(u16::from(frame.code)), frame.reason.as_str()),
                    None => (None, ""),
                };
                if let Some(mut socket) = self.socket.take() {
                    self.goodbyes.spawn(within_a_moment(async move { socket.flush().await.is_ok() }));
                }
                self.closed(now, code, reason);
            }
            Some(Err(error)) => self.closed(now, None, &error.to_string()),
            None => self.closed(now, None, "the connection was cut"),
        }
    }

    fn closed(&mut self, now: Instant, code: Option<u16>, reason: &str) {
        tracing::debug!(account = %self.link.account.id, code, "the websocket was closed");
        self.socket = None;
        if self.opening.is_some() {
            // It was only kept until its successor is open.
            self.link.outbox.lost(now);
        } else {
            self.feed(now, Input::Closed { code, reason });
        }
    }

    pub(super) fn send(&mut self, message: Message) {
        let Some(socket) = &mut self.socket else { return };
        match Pin::new(socket).start_send(message) {
            Ok(()) => self.unflushed = true,
            Err(error) => self.broken = Some(error.to_string()),
        }
    }

    pub(super) fn close(&mut self, code: u16) {
        self.opening = None;
        self.broken = None;
        if let Some(mut socket) = self.socket.take() {
            let frame = CloseFrame { code: CloseCode::from(code), reason: "".into() };
            if Pin::new(&mut socket).start_send(Message::Close(Some(frame))).is_ok() {
                self.goodbyes.spawn(within_a_moment(goodbye(socket)));
            }
        }
    }
}

/// Tells the other side that the socket is closed, and waits for its word on it.
async fn goodbye(mut socket: Socket) -> bool {
    if socket.flush().await.is_err() {
        return false;
    }
    while let Some(Ok(message)) = socket.next().await {
        if message.is_close() {
            return true;
        }
    }
    false
}

async fn within_a_moment(goodbye: impl Future<Output = bool>) {
    let said = tokio::time::timeout(GOODBYE, goodbye).await;
    tracing::debug!(said = said.unwrap_or(false), "goodbye");
}
