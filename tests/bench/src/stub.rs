//! The smallest Faye server that both clients accept, with REST beside it: it sends bytes made beforehand, as fast
//! as they are taken, so that what is measured is the client.

use std::{borrow::Cow, net::SocketAddr, sync::Arc, time::Instant};

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Mutex, mpsc, oneshot},
    task::{JoinHandle, JoinSet},
};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

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
    /// A company with this many employees, 1 being the owner of every token.
    pub async fn start(people: u32) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (orders, queue) = mpsc::channel(1);
        let (queue, rest) = (Arc::new(Mutex::new(queue)), Arc::new(Rest::of(people)));
        let accepting = tokio::spawn(async move {
            let mut serving = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                serving.spawn(serve(stream, Arc::clone(&queue), Arc::clone(&rest)));
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

/// An event as an unmasked frame.
pub fn frame(channel: &str, data: &Value) -> Vec<u8> {
    let text = json!([{ "channel": channel, "data": data, "id": "7" }]).to_string();
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
    bytes.extend(text.into_bytes());
    bytes
}

/// What REST answers, made beforehand.
struct Rest {
    employee: String,
    employees: String,
}

impl Rest {
    fn of(people: u32) -> Self {
        let employees: Vec<Value> = (1..=people).map(employee).collect();
        Self {
            employee: json!({ "employee": employees.first() }).to_string(),
            employees: json!({ "employees": employees }).to_string(),
        }
    }
}

fn employee(n: u32) -> Value {
    json!({
        "id": n, "company_id": 1234, "endpoint": format!("Employee#{n}"), "name": format!("Colleague {n}"),
        "number": format!("45{:08}", 10_000_000 + n), "live_presence": "available", "do_not_disturb": false,
    })
}

async fn serve(stream: TcpStream, queue: Arc<Mutex<mpsc::Receiver<Order>>>, rest: Arc<Rest>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    while let Some(begin) = stream.fill_buf().await?.get(..9) {
        if begin == b"GET /faye" {
            return websocket(tokio_tungstenite::accept_async(stream).await?, queue).await;
        }
        answer_http(&mut stream, &rest).await?;
    }
    Ok(())
}

/// One request of a connection.
async fn answer_http(stream: &mut BufReader<TcpStream>, rest: &Rest) -> Result<()> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let target = line.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().trim_end_matches(".json").to_owned();
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
    let asked = messages(&String::from_utf8_lossy(&body));
    let faye = || Value::Array(asked.iter().filter_map(answer).collect()).to_string();
    let answer = match path.as_str() {
        "/faye" => Cow::Owned(faye()),
        "/api/employee" => Cow::Borrowed(rest.employee.as_str()),
        "/api/employees" => Cow::Borrowed(rest.employees.as_str()),
        "/api/calls" => Cow::Borrowed(r#"{"calls":[]}"#),
        "/api/call_nodes/live" => Cow::Borrowed(r#"{"call_nodes":[]}"#),
        _ => Cow::Borrowed("{}"),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        answer.len()
    );
    stream.write_all(head.as_bytes()).await?;
    Ok(stream.write_all(answer.as_bytes()).await?)
}

fn messages(text: &str) -> Vec<Value> {
    match serde_json::from_str(text) {
        Ok(Value::Array(messages)) => messages,
        Ok(message) => vec![message],
        Err(_) => Vec::new(),
    }
}

/// What Faye says at once; a connect is held unless the client asks otherwise.
fn answer(message: &Value) -> Option<Value> {
    let advice = json!({ "reconnect": "retry", "interval": 0, "timeout": 3_600_000 });
    let channel = message.get("channel")?.as_str()?;
    let mut answer =
        json!({ "id": message.get("id"), "clientId": "c1", "channel": channel, "successful": true });
    let more = match channel {
        "/meta/handshake" => json!({
            "version": "1.0", "supportedConnectionTypes": ["websocket", "long-polling"], "advice": advice,
        }),
        "/meta/subscribe" => json!({ "subscription": message.get("subscription") }),
        "/meta/connect" if message.pointer("/advice/timeout") != Some(&json!(0)) => return None,
        _ => json!({}),
    };
    if let (Some(answer), Value::Object(more)) = (answer.as_object_mut(), more) {
        answer.extend(more);
    }
    Some(answer)
}

async fn websocket(
    mut socket: WebSocketStream<BufReader<TcpStream>>,
    queue: Arc<Mutex<mpsc::Receiver<Order>>>,
) -> Result<()> {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let mut connected = false;
        for message in messages(text.as_str()) {
            connected |= message.get("channel").and_then(Value::as_str) == Some("/meta/connect");
            if let Some(answer) = answer(&message) {
                socket.send(Message::text(json!([answer]).to_string())).await?;
            }
        }
        if connected {
            break;
        }
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
                if let Message::Text(text) = message {
                    for answer in messages(text.as_str()).iter().filter_map(answer) {
                        socket.send(Message::text(json!([answer]).to_string())).await?;
                    }
                }
            }
        }
    }
}
