//! The smallest server of a vendor that both clients accept: it answers what is asked from what was made beforehand,
//! and sends bytes as fast as they are taken, so that what is measured is the client.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Mutex, mpsc, oneshot},
    task::{JoinHandle, JoinSet},
};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

/// A vendor's side of the conversation, for a company made beforehand.
pub trait Serve: Send + Sync {
    /// The JSON that answers a request.
    fn http(&self, asked: &Asked) -> String;

    /// What is sent as soon as a websocket is open.
    fn greeting(&self) -> Option<String> {
        None
    }

    /// Whether a client is ready for events without having said anything.
    fn is_ready_at_once(&self) -> bool {
        false
    }

    /// What a message over the websocket is answered by, and whether the client is ready for events then.
    fn message(&self, text: &str) -> (Vec<String>, bool);
}

/// A request.
pub struct Asked {
    /// The path, without its query.
    pub path: String,
    /// What was sent with it.
    pub body: String,
}

/// Bytes to send, and who wants to know when.
type Order = (Vec<u8>, oneshot::Sender<Instant>);

/// A server, ended when dropped.
pub struct Stub {
    /// Where it listens.
    pub address: SocketAddr,
    orders: mpsc::Sender<Order>,
    accepting: JoinHandle<()>,
}

impl Stub {
    /// Begins to listen.
    pub async fn start(vendor: Box<dyn Serve>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (orders, queue) = mpsc::channel(1);
        let queue = Arc::new(Mutex::new(queue));
        let vendor: Arc<dyn Serve> = vendor.into();
        let accepting = tokio::spawn(async move {
            let mut serving = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                serving.spawn(serve(stream, Arc::clone(&queue), Arc::clone(&vendor)));
            }
        });
        Ok(Self { address, orders, accepting })
    }

    /// Sends these bytes over the connected websocket as they are; tells when the first of them was about to go.
    pub async fn send(&self, frames: Vec<u8>) -> Result<Instant> {
        let (tell, sent_at) = oneshot::channel();
        self.orders.send((frames, tell)).await?;
        sent_at.await.context("the websocket is gone")
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// A text as an unmasked frame.
pub fn frame(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x81];
    match u16::try_from(text.len()) {
        Ok(short @ ..126) => bytes.push(u8::try_from(short).unwrap_or_default()),
        Ok(long) => {
            bytes.push(126);
            bytes.extend(long.to_be_bytes());
        }
        Err(_) => {
            bytes.push(127);
            bytes.extend((text.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(text.as_bytes());
    bytes
}

async fn serve(
    stream: TcpStream,
    queue: Arc<Mutex<mpsc::Receiver<Order>>>,
    vendor: Arc<dyn Serve>,
) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    loop {
        let head = stream.fill_buf().await?;
        if head.is_empty() {
            return Ok(());
        }
        // Both clients write the head of a request at once.
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        if head.starts_with("get ") && head.contains("upgrade: websocket") {
            return websocket(tokio_tungstenite::accept_async(stream).await?, queue, vendor).await;
        }
        answer_http(&mut stream, vendor.as_ref()).await?;
    }
}

/// One request of a connection.
async fn answer_http(stream: &mut BufReader<TcpStream>, vendor: &dyn Serve) -> Result<()> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let target = line.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().to_owned();
    let mut length = 0;
    while line.trim_end() != "" {
        line.clear();
        stream.read_line(&mut line).await?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let body = String::from_utf8_lossy(&body).into_owned();
    let answer = vendor.http(&Asked { path, body });
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        answer.len()
    );
    stream.write_all(head.as_bytes()).await?;
    Ok(stream.write_all(answer.as_bytes()).await?)
}

async fn websocket(
    mut socket: WebSocketStream<BufReader<TcpStream>>,
    queue: Arc<Mutex<mpsc::Receiver<Order>>>,
    vendor: Arc<dyn Serve>,
) -> Result<()> {
    if let Some(greeting) = vendor.greeting() {
        socket.send(Message::text(greeting)).await?;
    }
    let mut ready = vendor.is_ready_at_once();
    while !ready {
        let Some(Ok(message)) = socket.next().await else { return Ok(()) };
        ready = answer(&mut socket, vendor.as_ref(), message).await?;
    }
    // Prepared bytes go past the websocket's own buffer, which is flushed after each answer.
    let mut queue = queue.lock().await;
    loop {
        tokio::select! {
            order = queue.recv() => {
                let Some((frames, tell)) = order else { return Ok(()) };
                // Who does not want to know need not.
                tell.send(Instant::now()).ok();
                socket.get_mut().write_all(&frames).await?;
            }
            message = socket.next() => {
                let Some(Ok(message)) = message else { return Ok(()) };
                answer(&mut socket, vendor.as_ref(), message).await?;
            }
        }
    }
}

async fn answer(
    socket: &mut WebSocketStream<BufReader<TcpStream>>,
    vendor: &dyn Serve,
    message: Message,
) -> Result<bool> {
    let Message::Text(text) = message else { return Ok(false) };
    let (answers, ready) = vendor.message(text.as_str());
    for answer in answers {
        socket.send(Message::text(answer)).await?;
    }
    Ok(ready)
}
