//! The names of servers as a resolver knows them that may fall silent.

use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use anyhow::Result;
use engine::Names;
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::watch,
    time::timeout,
};

/// As Linux asks where nobody configured it (resolv.conf(5)): what is not answered within this time is sent again, and
/// given up after as long.
const PATIENCE: Duration = Duration::from_secs(5);
const SENT: usize = 2;

/// See the module; whoever waits for it when it is dropped learns nothing.
pub struct Resolver {
    silent: watch::Sender<bool>,
}

impl Default for Resolver {
    fn default() -> Self {
        Self { silent: watch::Sender::new(false) }
    }
}

impl Resolver {
    /// Whether what is asked from here on stays without an answer.
    pub fn set_silent(&self, silent: bool) {
        self.silent.send_replace(silent);
    }

    /// Every name has these addresses.
    pub fn names(&self, addresses: Vec<IpAddr>) -> Names {
        let silent = self.silent.subscribe();
        Names::by(move |_| answer(silent.clone(), addresses.clone()))
    }
}

async fn answer(mut silent: watch::Receiver<bool>, addresses: Vec<IpAddr>) -> io::Result<Vec<IpAddr>> {
    for _ in 0..SENT {
        if !*silent.borrow() {
            return Ok(addresses);
        }
        // A question that was lost stays lost when the resolver is back.
        let dropped = async { while silent.changed().await.is_ok() {} };
        if timeout(PATIENCE, dropped).await.is_ok() {
            break;
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// An address at which nobody answers, not even to refuse.
pub struct Grave {
    _deaf: TcpListener,
    _queued: std::net::TcpStream,
}

impl Grave {
    /// It is there.
    pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

    /// At this port.
    ///
    /// # Errors
    /// If somebody has the port.
    pub fn new(port: u16) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Self::ADDRESS, port).into())?;
        let deaf = socket.listen(0)?;
        // Linux leaves further connections without an answer when its queue of unaccepted ones is full.
        let queued = std::net::TcpStream::connect(deaf.local_addr()?)?;
        Ok(Self { _deaf: deaf, _queued: queued })
    }
}
