//! Where every byte passes, so that connections can be cut or go silent whatever HTTP makes of it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// What can be done to all connections at once.
#[derive(Debug)]
pub(crate) struct Taps {
    /// Odd while frozen; a connection hears and says nothing once this has moved on since it opened.
    freezes: Arc<AtomicU64>,
    /// Connections opened before the last of these are cut by a reset.
    resets: Arc<AtomicU64>,
    cut: watch::Sender<u64>,
}

impl Taps {
    pub(crate) fn new() -> Taps {
        Taps {
            freezes: Arc::new(AtomicU64::new(0)),
            resets: Arc::new(AtomicU64::new(0)),
            cut: watch::Sender::new(0),
        }
    }

    pub(crate) fn tap(&self, stream: TcpStream) -> Tap {
        Tap {
            stream,
            freezes: Arc::clone(&self.freezes),
            born_in: self.freezes.load(Ordering::SeqCst),
            resets: Arc::clone(&self.resets),
            resets_at_birth: self.resets.load(Ordering::SeqCst),
        }
    }

    /// Changes when every connection has to end.
    pub(crate) fn cuts(&self) -> watch::Receiver<u64> {
        self.cut.subscribe()
    }

    pub(crate) fn reset_all(&self) {
        self.resets.fetch_add(1, Ordering::SeqCst);
        self.close_all();
    }

    pub(crate) fn close_all(&self) {
        self.cut.send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(crate) fn freeze(&self, on: bool) {
        let frozen = self.freezes.load(Ordering::SeqCst) % 2 == 1;
        if on != frozen {
            self.freezes.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// A TCP connection that can fall silent: what comes is swallowed, what is sent is lost.
#[derive(Debug)]
pub(crate) struct Tap {
    stream: TcpStream,
    freezes: Arc<AtomicU64>,
    born_in: u64,
    resets: Arc<AtomicU64>,
    resets_at_birth: u64,
}

impl Tap {
    fn is_silent(&self) -> bool {
        self.born_in % 2 == 1 || self.freezes.load(Ordering::SeqCst) != self.born_in
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        if self.resets.load(Ordering::SeqCst) != self.resets_at_birth
            && let Err(error) = self.stream.set_zero_linger()
        {
            tracing::debug!(%error, "a connection is closed instead of reset");
        }
    }
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let before = buf.filled().len();
            ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
            let at_end = buf.filled().len() == before;
            if at_end || !self.is_silent() {
                return Poll::Ready(Ok(()));
            }
            buf.set_filled(before);
        }
    }
}

impl AsyncWrite for Tap {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_silent() {
            return Poll::Ready(Ok(buf.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_silent() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
