use std::{io, time::Duration};

use tokio::io::{AsyncWrite, AsyncWriteExt};

/// What becomes of connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    /// Everything gets through.
    #[default]
    Fine,
    /// Nobody listens: connections are reset, new ones refused.
    Refusing,
    /// Connections are reset as soon as there is something to read.
    Resetting,
    /// Nothing gets through, and nobody says so; connections of before are dead for good.
    Silent,
    /// Each byte is written by itself.
    Bytewise,
    /// Each piece comes up to 200 ms late.
    Jittery,
    /// Half of the next piece from the server gets through, and nothing after.
    Stalling,
    /// Requests for an upgrade are never answered.
    SwallowingUpgrades,
    /// Every request is answered with this.
    Answering(String),
    /// The upgrade is granted, then the connection is closed.
    Kicking,
    /// The other certificate of [`Front::Tls`] is shown.
    Forged,
    /// Every request is answered with this begin, and then so.
    Begun(&'static str, Then),
    /// What the server says gets through, and what the client says does not.
    Deaf,
    /// What the client says gets through, and what the server says does not.
    Mute,
    /// After the next piece from the server comes a frame that says goodbye, and the connection stays open.
    Parting,
    /// After the next piece from the server comes a message without end.
    Swamping,
    /// Each message from the server comes twice, in each connection that is opened from now on.
    Doubling,
    /// The handshake of [`Front::Tls`] is begun and never ended.
    HalfShaken,
}

/// An answer of this status without much in it.
pub fn status(line: &str, headers: &str, body: &str) -> Weather {
    let length = body.len();
    Weather::Answering(format!(
        "HTTP/1.1 {line}\r\n{headers}content-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))
}

/// How an answer goes on that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It is over, and so is the connection.
    End,
    /// With nothing, and the connection stays open.
    Nothing,
    /// With a byte a second.
    Drops,
    /// With more and more.
    ForEver,
}

impl Then {
    pub(super) async fn write(self, client: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        client.flush().await?;
        match self {
            Self::End => client.shutdown().await,
            Self::Nothing => std::future::pending().await,
            Self::Drops => loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                client.write_all(b"x").await?;
                client.flush().await?;
            },
            Self::ForEver => loop {
                client.write_all(&[b'x'; 16 << 10]).await?;
            },
        }
    }
}

impl Weather {
    /// Whether it begins with a reset of the connections that are open.
    pub(super) fn resets(&self) -> bool {
        matches!(
            self,
            Self::Refusing
                | Self::Resetting
                | Self::SwallowingUpgrades
                | Self::Answering(_)
                | Self::Begun(..)
                | Self::Kicking
                | Self::Forged
                | Self::Doubling
                | Self::HalfShaken
        )
    }

    /// Whether what was open in it is dead afterwards.
    pub(super) fn kills(&self) -> bool {
        matches!(self, Self::Stalling | Self::Deaf | Self::Mute)
    }

    /// Whether it depends on what is asked for.
    pub(super) fn looks_at_requests(&self) -> bool {
        matches!(self, Self::SwallowingUpgrades | Self::Kicking) || self.answer().is_some()
    }

    /// What every request is answered with.
    pub(super) fn answer(&self) -> Option<(&str, Then)> {
        match self {
            Self::Answering(answer) => Some((answer, Then::End)),
            Self::Begun(begin, then) => Some((begin, *then)),
            Self::Fine
            | Self::Refusing
            | Self::Resetting
            | Self::Silent
            | Self::Bytewise
            | Self::Jittery
            | Self::Stalling
            | Self::SwallowingUpgrades
            | Self::Kicking
            | Self::Forged
            | Self::Deaf
            | Self::Mute
            | Self::Parting
            | Self::Swamping
            | Self::Doubling
            | Self::HalfShaken => None,
        }
    }
}
