//! Stands between a client and its server on loopback and does what a [`Weather`] says.

mod twice;
mod weather;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use twice::Twice;
pub use weather::{Then, Weather, status};

/// The longest head of a request.
const HEAD: usize = 64 << 10;

/// A websocket's goodbye (RFC 6455, 5.5.1): code 1001.
const GOODBYE: [u8; 4] = [0x88, 2, 0x03, 0xe9];

/// The head of a text message of 2^40 bytes.
const WITHOUT_END: [u8; 10] = [0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0];

/// A server's first bytes in TLS: the head of a handshake record of which nothing follows.
const HALF_A_HANDSHAKE: [u8; 5] = [0x16, 3, 3, 0, 122];

/// What is spoken before the bytes that are passed on.
#[derive(Clone)]
pub enum Front {
    /// Nothing.
    Plain,
    /// TLS with the first certificate, or with the second when [`Weather::Forged`].
    Tls(TlsAcceptor, TlsAcceptor),
    /// `CONNECT` with this `Proxy-Authorization`, then TLS.
    Connect(&'static str, TlsAcceptor),
}

#[derive(Clone, Default)]
struct Script {
    weather: Weather,
    /// Connections accepted before this number are reset.
    reset_before: usize,
    /// Connections accepted before this number are dead.
    dead_before: usize,
}

/// How often somebody came.
#[derive(Debug, Default)]
pub struct Counts {
    connections: AtomicUsize,
    silent: AtomicUsize,
    /// When each request or upgrade that was looked at came, by tokio's clock.
    said: Mutex<Vec<tokio::time::Instant>>,
}

impl Counts {
    /// Connections on which something was said since this moment.
    pub fn spoken_since(&self, since: tokio::time::Instant) -> Vec<tokio::time::Instant> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.iter().copied().filter(|at| *at >= since).collect()
    }

    /// Connections that ended without a word, greetings of TLS aside: knocks, and attempts that came no further.
    pub fn knocks(&self) -> usize {
        self.silent.load(Ordering::Relaxed)
    }

    fn has_spoken(&self) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(tokio::time::Instant::now());
    }

    fn is_silent(&self) {
        self.silent.fetch_add(1, Ordering::Relaxed);
    }
}

/// See the module; it ends when dropped.
pub struct Proxy {
    address: SocketAddr,
    script: watch::Sender<Script>,
    counts: Arc<Counts>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Listens on a port of its own and passes on to `server`.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start(server: SocketAddr, front: Front) -> io::Result<Self> {
        // A socket that is bound but does not listen keeps the port while nobody listens.
        let keeper = TcpSocket::new_v4()?;
        keeper.set_reuseport(true)?;
        keeper.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let address = keeper.local_addr()?;
        let (script, scripts) = watch::channel(Script::default());
        let counts = Arc::new(Counts::default());
        let door = Door { server, front, scripts, counts: Arc::clone(&counts), keeper };
        Ok(Self { address, script, counts, task: tokio::spawn(door.run()) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often somebody came.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Changes the weather. What happens to connections that are open is part of it.
    pub fn set(&self, weather: Weather) {
        let accepted = self.counts.connections.load(Ordering::Relaxed);
        self.script.send_modify(|script| {
            if weather.resets() {
                script.reset_before = accepted;
            }
            if weather == Weather::Silent || script.weather.kills() {
                script.dead_before = accepted;
            }
            script.weather = weather;
        });
    }

    /// Resets all connections.
    pub fn cut(&self) {
        let accepted = self.counts.connections.load(Ordering::Relaxed);
        self.script.send_modify(|script| script.reset_before = accepted);
    }
}

struct Door {
    server: SocketAddr,
    front: Front,
    scripts: watch::Receiver<Script>,
    counts: Arc<Counts>,
    keeper: TcpSocket,
}

impl Door {
    async fn run(mut self) {
        let Ok(address) = self.keeper.local_addr() else { return };
        let mut passing = tokio::task::JoinSet::new();
        loop {
            if self.scripts.wait_for(|script| script.weather != Weather::Refusing).await.is_err() {
                return;
            }
            let Ok(listener) = listen(address) else { return };
            let mut scripts = self.scripts.clone();
            loop {
                tokio::select! {
                    biased;
                    refusing = scripts.wait_for(|script| script.weather == Weather::Refusing) => {
                        if refusing.is_err() {
                            return;
                        }
                        break;
                    }
                    accepted = listener.accept() => {
                        let Ok((stream, _)) = accepted else { continue };
                        let number = self.counts.connections.fetch_add(1, Ordering::Relaxed);
                        let pass = Pass {
                            number,
                            server: self.server,
                            front: self.front.clone(),
                            scripts: self.scripts.clone(),
                            counts: Arc::clone(&self.counts),
                        };
                        passing.spawn(pass.run(stream));
                    }
                    Some(_) = passing.join_next() => {}
                }
            }
        }
    }
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseport(true)?;
    socket.bind(address)?;
    socket.listen(1024)
}

/// One connection.
struct Pass {
    number: usize,
    server: SocketAddr,
    front: Front,
    scripts: watch::Receiver<Script>,
    counts: Arc<Counts>,
}

impl Pass {
    async fn run(self, mut client: TcpStream) {
        let mut byte = [0];
        let mut scripts = self.scripts.clone();
        let cut = scripts.wait_for(|script| script.reset_before > self.number);
        // A peer that is gone already is no matter here.
        client.set_nodelay(true).ok();
        let spoken = tokio::select! {
            _ = cut => false,
            peeked = client.peek(&mut byte) => {
                if peeked.is_ok_and(|count| count > 0) {
                    true
                } else {
                    self.counts.is_silent();
                    return;
                }
            }
        };
        if spoken && !matches!(self.front, Front::Tls(..)) {
            self.counts.has_spoken();
        }
        if !spoken || self.weather() == Weather::Resetting {
            client.set_zero_linger().ok();
            return;
        }
        let mut scripts = self.scripts.clone();
        let mut over = false;
        {
            let whole = self.through(&mut client);
            tokio::pin!(whole);
            tokio::select! {
                _ = scripts.wait_for(|script| script.reset_before > self.number) => over = true,
                _ = &mut whole => {}
            }
        }
        if over {
            client.set_zero_linger().ok();
        }
    }

    async fn through(&self, client: &mut TcpStream) -> io::Result<()> {
        match &self.front {
            Front::Plain => self.speak(client).await,
            Front::Tls(..) if self.weather() == Weather::HalfShaken => {
                self.counts.is_silent();
                client.write_all(&HALF_A_HANDSHAKE).await?;
                std::future::pending().await
            }
            Front::Tls(good, forged) => {
                let acceptor = if self.weather() == Weather::Forged { forged } else { good };
                let client = acceptor.accept(client).await.inspect_err(|_| self.counts.is_silent())?;
                let mut client = BufReader::new(client);
                if client.fill_buf().await?.is_empty() {
                    self.counts.is_silent();
                    return Ok(());
                }
                self.counts.has_spoken();
                self.speak(&mut client).await
            }
            Front::Connect(authorization, acceptor) => {
                let head = head(client).await?;
                let wanted = format!("proxy-authorization: {authorization}").to_ascii_lowercase();
                if !head.starts_with("CONNECT ") || !head.to_ascii_lowercase().contains(&wanted) {
                    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n";
                    return client.write_all(refusal.as_bytes()).await;
                }
                client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
                let mut client = acceptor.accept(client).await?;
                self.speak(&mut client).await
            }
        }
    }

    async fn speak(&self, client: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<()> {
        let weather = self.gets_through().await;
        let first = if weather.looks_at_requests() { head(client).await? } else { String::new() };
        let upgrades = first.to_ascii_lowercase().contains("upgrade: websocket");
        if let Some((begin, then)) = weather.answer() {
            client.write_all(begin.as_bytes()).await?;
            return then.write(client).await;
        }
        if weather == Weather::SwallowingUpgrades && upgrades {
            return std::future::pending().await;
        }
        let mut server = TcpStream::connect(self.server).await?;
        server.set_nodelay(true)?;
        server.write_all(first.as_bytes()).await?;
        if weather == Weather::Kicking && upgrades {
            let mut answer = vec![0; HEAD];
            let read = server.read(&mut answer).await?;
            client.write_all(answer.get(..read).unwrap_or_default()).await?;
            return client.shutdown().await;
        }
        let (from_client, to_client) = tokio::io::split(client);
        let (from_server, to_server) = server.split();
        let (up, down) =
            tokio::join!(self.carry(from_client, to_server, false), self.carry(from_server, to_client, true));
        up.and(down)
    }

    fn weather(&self) -> Weather {
        self.scripts.borrow().weather.clone()
    }

    /// Waits until bytes of this connection get through; for ever, if it is dead.
    async fn gets_through(&self) -> Weather {
        let mut scripts = self.scripts.clone();
        let passes = |script: &Script| script.weather != Weather::Silent && script.dead_before <= self.number;
        match scripts.wait_for(passes).await.map(|script| script.weather.clone()) {
            Ok(weather) => weather,
            Err(_) => std::future::pending().await,
        }
    }

    async fn carry(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        down: bool,
    ) -> io::Result<()> {
        let mut buffer = vec![0; 16 << 10];
        let mut twice = Twice::default();
        loop {
            let read = from.read(&mut buffer).await?;
            let weather = self.gets_through().await;
            let piece = buffer.get(..read).unwrap_or_default();
            if piece.is_empty() {
                return to.shutdown().await;
            }
            match (weather, down) {
                (Weather::Bytewise, _) => {
                    for byte in piece {
                        to.write_all(&[*byte]).await?;
                        to.flush().await?;
                    }
                }
                (Weather::Stalling, true) => {
                    to.write_all(piece.get(..read / 2).unwrap_or_default()).await?;
                    to.flush().await?;
                    return std::future::pending().await;
                }
                (Weather::Deaf, false) | (Weather::Mute, true) => continue,
                (Weather::Parting, true) => {
                    to.write_all(&[piece, &GOODBYE].concat()).await?;
                    to.flush().await?;
                    return std::future::pending().await;
                }
                (Weather::Swamping, true) => {
                    to.write_all(&[piece, &WITHOUT_END].concat()).await?;
                    return Then::ForEver.write(&mut to).await;
                }
                (Weather::Doubling, true) => to.write_all(&twice.said(piece)).await?,
                (Weather::Jittery, _) => {
                    tokio::time::sleep(Duration::from_millis(fastrand::u64(..=200))).await;
                    to.write_all(piece).await?;
                }
                _ => to.write_all(piece).await?,
            }
            to.flush().await?;
        }
    }
}

/// The head of a request, to the empty line.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(stream.read_u8().await?);
    }
    String::from_utf8(head).map_err(|_| io::ErrorKind::InvalidData.into())
}
