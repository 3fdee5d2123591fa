//! A simulator, and clients of the plainest kind for it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use simulator::Simulator;
use simulator::stringee::{Entry, Handle, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Far beyond what anything here takes: reached only when something never comes.
pub const NEVER: Duration = Duration::from_secs(120);

pub async fn simulate(stringee: Options) -> Simulator {
    let options =
        simulator::Options { people: 5, vendors: &["stringee"], stringee, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

/// One request; headers are `Name: value` lines.
pub async fn ask(handle: &Handle, method: &str, path: &str, headers: &[String], body: &[u8]) -> Answer {
    let base = handle.base();
    let mut stream = TcpStream::connect(base.strip_prefix("http://").unwrap()).await.unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for header in headers {
        head.push_str(&format!("{header}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut bytes = Vec::new();
    tokio::time::timeout(NEVER, stream.read_to_end(&mut bytes)).await.expect("it ends").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = serde_json::from_str(body).unwrap_or_else(|_| Value::from(body));
    Answer { status, head: head.to_owned(), body }
}

/// A websocket that speaks frames.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    requests: u64,
}

impl Socket {
    pub async fn open(handle: &Handle, entry: Entry) -> Result<Socket, Error> {
        let url = handle.server(entry);
        let address = url.strip_prefix("ws://").unwrap().trim_end_matches('/');
        let tcp = TcpStream::connect(address).await.unwrap();
        let (stream, _) = tokio_tungstenite::client_async(&url, tcp).await?;
        Ok(Socket { stream, requests: 0 })
    }

    /// One that is signed in with the organisation's token.
    pub async fn signed_in(handle: &Handle) -> Socket {
        let mut socket = Socket::open(handle, Entry::First).await.unwrap();
        let body = socket.sign_in(&handle.token()).await;
        assert_eq!(body["r"], 0, "{body}");
        socket
    }

    /// Sends AUTHEN; the body of the answer.
    pub async fn sign_in(&mut self, token: &str) -> Value {
        let id = self.send_authen(token).await;
        self.answer(2, id).await
    }

    pub async fn send_authen(&mut self, token: &str) -> u64 {
        let body = json!({
            "accesstoken": token, "deviceId": "web-1", "browserId": "browser-1", "sessionId": "session-1",
            "platform": 3, "platformVersion": "", "deviceName": "test", "screenSize": "1x1", "sdkVersion": "2.6.0",
        });
        self.send(2, body).await
    }

    pub async fn send(&mut self, service: i64, mut body: Value) -> u64 {
        self.requests += 1;
        body["requestId"] = self.requests.into();
        self.send_text(&json!({"service": service, "body": body}).to_string()).await;
        self.requests
    }

    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    /// The body of the answer to a request.
    pub async fn answer(&mut self, service: i64, request: u64) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["service"] == service && frame["body"]["requestId"] == request {
                return frame["body"].clone();
            }
        }
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Value {
        let message = self.message().await.expect("it goes on");
        serde_json::from_str(&message).unwrap()
    }

    /// The next frame of a service: its body.
    pub async fn until(&mut self, service: i64) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["service"] == service {
                return frame["body"].clone();
            }
        }
    }

    /// The next text; none at the end.
    pub async fn message(&mut self) -> Option<String> {
        loop {
            match tokio::time::timeout(NEVER, self.stream.next()).await.expect("something comes") {
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }
}
