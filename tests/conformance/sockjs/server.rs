//! A SockJS server to connect to, whoever wrote it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use simulator::{
    Options, Simulator,
    nguc::{Heartbeat, Websocket},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Npm,
    Simulated,
}

/// How it shows that it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Not within a case.
    Never,
    Pings,
    Frames,
}

/// What becomes of websockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upgrade {
    Refused,
    Swallowed,
    Closed,
}

/// Heartbeats come this often, if they do.
const BEAT: Duration = Duration::from_millis(100);

/// A running server; ends when dropped.
pub enum Server {
    Npm { process: Child, port: u16, control: u16 },
    Simulated(Box<Simulator>),
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Self::Npm { process, .. } = self {
            // It holds nothing that could be lost, and may be gone already.
            process.kill().ok();
            process.wait().ok();
        }
    }
}

impl Server {
    pub async fn start(kind: Kind) -> Self {
        Self::with(kind, Beat::Never).await
    }

    pub async fn with(kind: Kind, beat: Beat) -> Self {
        match kind {
            Kind::Npm => tokio::task::spawn_blocking(move || npm(beat)).await.unwrap(),
            Kind::Simulated => {
                let mut options = Options { people: 1, vendors: &["nguc"], ..Options::default() };
                options.nguc.heartbeat = match beat {
                    Beat::Never => Heartbeat::Silent,
                    Beat::Pings => Heartbeat::Ping(BEAT),
                    Beat::Frames => Heartbeat::Text(BEAT),
                };
                // Nobody authenticates here.
                options.nguc.authenticate_within = Duration::from_secs(600);
                Self::Simulated(Box::new(Simulator::start(options).await.unwrap()))
            }
        }
    }

    /// The base of an application: `echo`, `close`, `disabled_websocket_echo`, `steered`, or one that is not there.
    pub fn url(&self, application: &str) -> String {
        match self {
            Self::Npm { port, .. } => format!("http://127.0.0.1:{port}/{application}"),
            Self::Simulated(simulator) => {
                let address = simulator.addresses().first().unwrap();
                let base = address.settings.get("event_url").and_then(Value::as_str).unwrap();
                match application {
                    "steered" => base.to_owned(),
                    application => format!("{base}/{application}"),
                }
            }
        }
    }

    /// Sends a message, given as a JSON string, to all of `steered`.
    pub async fn send(&self, json: &str) {
        match self {
            Self::Npm { .. } => drop(self.control("POST", "/send", json).await),
            Self::Simulated(simulator) => simulator.nguc().send_raw(&format!("a[{json}]")),
        }
    }

    /// Sends a frame as it is to all websockets of `steered`.
    pub async fn frame(&self, frame: &str) {
        match self {
            Self::Npm { .. } => drop(self.control("POST", "/frame", frame).await),
            Self::Simulated(simulator) => simulator.nguc().send_raw(frame),
        }
    }

    /// Closes all of `steered`; the reason is one word.
    pub async fn close(&self, code: u16, reason: &str) {
        match self {
            Self::Npm { .. } => {
                drop(self.control("POST", &format!("/close?code={code}&reason={reason}"), "").await);
            }
            Self::Simulated(simulator) => simulator.nguc().close(code, reason),
        }
    }

    /// Resets every connection.
    pub async fn cut(&self) {
        match self {
            Self::Npm { .. } => drop(self.control("POST", "/drop", "").await),
            Self::Simulated(simulator) => simulator.nguc().drop_connections(),
        }
    }

    /// From here on whatever is sent is lost, both ways.
    pub async fn freeze(&self) {
        match self {
            Self::Npm { .. } => drop(self.control("POST", "/freeze?on=true", "").await),
            Self::Simulated(simulator) => simulator.nguc().freeze(true),
        }
    }

    pub async fn upgrade(&self, upgrade: Upgrade) {
        match self {
            Self::Npm { .. } => {
                let mode = match upgrade {
                    Upgrade::Refused => "refused",
                    Upgrade::Swallowed => "swallowed",
                    Upgrade::Closed => "closed",
                };
                self.control("POST", &format!("/upgrade?mode={mode}"), "").await;
            }
            Self::Simulated(simulator) => simulator.nguc().set_websocket(match upgrade {
                Upgrade::Refused => Websocket::Refused,
                Upgrade::Swallowed => Websocket::Swallowed,
                Upgrade::Closed => Websocket::ClosedAfterUpgrade,
            }),
        }
    }

    /// Waits until somebody listens: has a websocket, or a request that waits.
    pub async fn is_listened_to(&self) {
        match self {
            Self::Npm { .. } => {
                let heard = |stats: &Value| stats.get("heard").and_then(Value::as_u64);
                while heard(&self.control("GET", "/stats", "").await) < Some(1) {}
            }
            Self::Simulated(simulator) => {
                simulator.nguc().until(|requests| requests.websockets > 0 || requests.held > 0).await;
            }
        }
    }

    /// Waits until nobody is connected to `echo`.
    pub async fn is_left(&self) {
        match self {
            Self::Npm { .. } => {
                let connections =
                    |stats: &Value| stats.pointer("/connections/~1echo").and_then(Value::as_u64);
                while connections(&self.control("GET", "/stats", "").await) != Some(0) {}
            }
            Self::Simulated(simulator) => simulator.nguc().until(|requests| requests.sessions == 0).await,
        }
    }

    async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let Self::Npm { control, .. } = self else { return Value::Null };
        let mut stream = TcpStream::connect(("127.0.0.1", *control)).await.unwrap();
        let length = body.len();
        let request = format!("{method} {path} HTTP/1.0\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

fn npm(beat: Beat) -> Server {
    let peers = concat!(env!("CARGO_MANIFEST_DIR"), "/../peers");
    let every = match beat {
        Beat::Never => Duration::from_secs(600),
        Beat::Pings | Beat::Frames => BEAT,
    };
    let frames = if beat == Beat::Frames { "yes" } else { "no" };
    let mut process = Command::new("node")
        .current_dir(peers)
        .args([
            "sockjs-server.mjs",
            "--heartbeat",
            &every.as_millis().to_string(),
            "--text-heartbeat",
            frames,
        ])
        .stdout(Stdio::piped())
        .spawn()
        .expect("node must be installed");
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut ports = line.trim().strip_prefix("READY ").unwrap_or_default().split(' ');
    let mut number = || ports.next()?.parse().ok();
    let (Some(port), Some(control)) = (number(), number()) else {
        panic!("the npm server did not start: run `npm ci` in tests/peers, or ./dev setup");
    };
    Server::Npm { process, port, control }
}
