//! Gives a SockJS client its socket, its timer and its HTTP.

use std::{collections::BTreeMap, time::Duration};

use engine::{Clock, SystemClock};
use futures_util::{SinkExt, StreamExt};
use protocols::{
    Fault, FaultKind, FetchId, Input, Machine, Output, Request, Response,
    sockjs::{Client, Error, Event, Options},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    task::{AbortHandle, JoinHandle, JoinSet},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message},
};

/// No wait is longer, and none should come near it.
const DEADLINE: Duration = Duration::from_secs(45);

type Socket = WebSocketStream<TcpStream>;

/// What is asked of a client.
enum Ask {
    Send(String),
    Probe,
    Stop,
}

/// What a client tells.
#[derive(Debug)]
enum Told {
    Event(Event),
    Failed(Error),
    Ended,
}

/// A client that is connecting.
pub struct Subject {
    asks: mpsc::UnboundedSender<Ask>,
    told: mpsc::UnboundedReceiver<Told>,
    task: JoinHandle<()>,
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Subject {
    pub fn start(options: Options) -> Self {
        let (asks, asked) = mpsc::unbounded_channel();
        let (tell, told) = mpsc::unbounded_channel();
        let drive = Drive {
            client: Client::new(options),
            socket: None,
            fetches: JoinSet::new(),
            under_way: BTreeMap::new(),
            tell,
        };
        Self { asks, told, task: tokio::spawn(drive.run(asked)) }
    }

    fn ask(&self, ask: Ask) {
        // One that has ended has said so, which the case then finds.
        self.asks.send(ask).ok();
    }

    pub fn send(&self, message: &str) {
        self.ask(Ask::Send(message.to_owned()));
    }

    pub fn probe(&self) {
        self.ask(Ask::Probe);
    }

    /// Asks it to leave, and waits until it has.
    pub async fn stop(&mut self) -> Result<(), String> {
        self.ask(Ask::Stop);
        loop {
            match self.next().await? {
                Told::Ended => return Ok(()),
                Told::Event(_) => {}
                Told::Failed(error) => return Err(format!("failed: {error}")),
            }
        }
    }

    async fn next(&mut self) -> Result<Told, String> {
        let next = timeout(DEADLINE, self.told.recv()).await;
        next.map_err(|_| "nothing in time")?.ok_or_else(|| "it is over".to_owned())
    }

    /// The next event that is not a mere sign of life.
    pub async fn event(&mut self) -> Result<Event, String> {
        loop {
            match self.next().await? {
                Told::Event(Event::Heard | Event::Heartbeat) => {}
                Told::Event(event) => return Ok(event),
                Told::Failed(error) => return Err(format!("failed: {error}")),
                Told::Ended => return Err("it left".into()),
            }
        }
    }

    /// Waits until it is open; over which transport.
    pub async fn opens(&mut self) -> Result<&'static str, String> {
        let event = self.event().await?;
        if let Event::Opened { transport } = event {
            Ok(transport.name())
        } else {
            Err(format!("not open but {event:?}"))
        }
    }

    pub async fn message(&mut self) -> Result<String, String> {
        let event = self.event().await?;
        if let Event::Message(text) = event { Ok(text) } else { Err(format!("not a message but {event:?}")) }
    }

    /// Waits for so many signs of life.
    pub async fn signs_of_life(&mut self, mut count: usize) -> Result<(), String> {
        while count > 0 {
            let told = self.next().await?;
            if !matches!(told, Told::Event(Event::Heard | Event::Heartbeat)) {
                return Err(format!("no sign of life but {told:?}"));
            }
            count -= 1;
        }
        Ok(())
    }

    /// Waits until it has failed; why.
    pub async fn fails(&mut self) -> Result<String, String> {
        loop {
            match self.next().await? {
                Told::Failed(Error::Dropped { .. }) => return Ok("dropped".into()),
                Told::Failed(Error::Unreachable(_)) => return Ok("unreachable".into()),
                Told::Failed(error) => return Ok(error.to_string()),
                Told::Event(_) => {}
                Told::Ended => return Err("it left".into()),
            }
        }
    }
}

struct Drive {
    client: Client,
    socket: Option<Socket>,
    fetches: JoinSet<Done>,
    under_way: BTreeMap<FetchId, AbortHandle>,
    tell: mpsc::UnboundedSender<Told>,
}

/// What was done outside.
enum Done {
    Opened(Result<Box<Socket>, Fault>),
    Fetched(FetchId, Result<Response, Fault>),
}

impl Drive {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>) {
        let clock = SystemClock;
        self.client.handle(clock.now(), Input::Start);
        loop {
            let Some(until) = self.outputs().await else { return };
            let now = clock.now();
            let due = async {
                match until {
                    Some(until) => tokio::time::sleep(until - now).await,
                    None => std::future::pending().await,
                }
            };
            let heard = async {
                match &mut self.socket {
                    Some(socket) => socket.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = due => self.client.handle(clock.now(), Input::Timeout),
                ask = asked.recv() => match ask {
                    Some(Ask::Send(message)) => self.client.send(&message),
                    Some(Ask::Probe) => self.client.handle(clock.now(), Input::Probe),
                    Some(Ask::Stop) => self.client.handle(clock.now(), Input::Stop),
                    None => return,
                },
                frame = heard => self.frame(frame),
                Some(done) = self.fetches.join_next() => match done {
                    Ok(Done::Opened(Ok(socket))) => {
                        self.socket = Some(*socket);
                        self.client.handle(clock.now(), Input::Opened);
                    }
                    Ok(Done::Opened(Err(fault))) => self.client.handle(clock.now(), Input::OpenFailed(&fault)),
                    Ok(Done::Fetched(id, answer)) => {
                        self.under_way.remove(&id);
                        self.client.handle(clock.now(), Input::Fetched(id, answer.as_ref()));
                    }
                    // Cancelled.
                    Err(_) => {}
                },
            }
        }
    }

    fn frame(&mut self, frame: Option<Result<Message, tungstenite::Error>>) {
        let now = SystemClock.now();
        let (code, reason) = match frame {
            Some(Ok(Message::Text(text))) => return self.client.handle(now, Input::Text(&text)),
            Some(Ok(Message::Close(Some(close)))) => (Some(u16::from(close.code)), close.reason.to_string()),
            Some(Ok(Message::Close(None))) | None => (None, String::new()),
            Some(Ok(_)) => return self.client.handle(now, Input::Heard),
            Some(Err(error)) => (None, error.to_string()),
        };
        self.socket = None;
        self.client.handle(now, Input::Closed { code, reason: &reason });
    }

    /// Does all that the client wants done; until when it waits then, or nothing once it is over.
    async fn outputs(&mut self) -> Option<Option<protocols::Instant>> {
        loop {
            match self.client.poll() {
                Output::Open(open) => {
                    self.fetches.spawn(async move { Done::Opened(connect(&open).await.map(Box::new)) });
                }
                Output::Send(text) => self.write(Message::text(text)).await,
                Output::Ping => self.write(Message::Ping(Vec::new().into())).await,
                Output::Close(_) => {
                    if let Some(mut socket) = self.socket.take() {
                        // A socket that is dead cannot be told.
                        timeout(Duration::from_secs(1), socket.close(None)).await.ok();
                    }
                }
                Output::Fetch(id, request) => {
                    let fetch = self.fetches.spawn(async move { Done::Fetched(id, fetch(&request).await) });
                    self.under_way.insert(id, fetch);
                }
                Output::Cancel(id) => {
                    if let Some(fetch) = self.under_way.remove(&id) {
                        fetch.abort();
                    }
                }
                Output::Event(event) => self.tell.send(Told::Event(event)).ok()?,
                Output::Failed(error) => {
                    self.tell.send(Told::Failed(error)).ok()?;
                    return None;
                }
                Output::Ended => {
                    self.tell.send(Told::Ended).ok()?;
                    return None;
                }
                Output::Wait(until) => return Some(until),
            }
        }
    }

    async fn write(&mut self, message: Message) {
        if let Some(socket) = &mut self.socket {
            // What broke comes back by reading.
            socket.send(message).await.ok();
        }
    }
}

fn fault(kind: FaultKind, detail: impl ToString) -> Fault {
    Fault { kind, detail: detail.to_string() }
}

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap()
}

async fn connect(open: &protocols::Open) -> Result<Socket, Fault> {
    let connect = async {
        let stream = TcpStream::connect(host(&open.url)).await;
        let stream = stream.map_err(|error| fault(FaultKind::Unreachable, error))?;
        match client_async(open.url.as_str(), stream).await {
            Ok((socket, _)) => Ok(socket),
            Err(tungstenite::Error::Http(answer)) => {
                let status = answer.status().as_u16();
                Err(fault(FaultKind::Status { status, retry_after: None }, status))
            }
            Err(error) => Err(fault(FaultKind::Unreachable, error)),
        }
    };
    timeout(open.within, connect).await.unwrap_or_else(|_| Err(fault(FaultKind::TimedOut, "")))
}

async fn fetch(request: &Request) -> Result<Response, Fault> {
    let (kind, body) = match &request.body {
        protocols::Body::Empty => ("text/plain", ""),
        protocols::Body::Json(text) => ("application/json", text.expose()),
        protocols::Body::Form(text) => ("application/x-www-form-urlencoded", text.expose()),
    };
    let host = host(&request.url);
    let path = request.url.split_once(host).unwrap().1;
    // Of this version, so that answers are not in chunks.
    let text = format!(
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(text.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    };
    let answer: Result<String, std::io::Error> =
        timeout(request.within, exchange).await.map_err(|_| fault(FaultKind::TimedOut, ""))?;
    let answer = answer.map_err(|error| fault(FaultKind::Unreachable, error))?;
    let parts = answer.split_once("\r\n\r\n").and_then(|(head, body)| {
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Response { status, retry_after: None, body: body.to_owned() })
    });
    parts.ok_or_else(|| fault(FaultKind::Malformed, "no answer"))
}
