//! The npm Faye server in `tests/peers`, in a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{At, Counts, Firmafon, Half, TIMEOUT_SECONDS, Upgrade};

pub struct Npm {
    process: Child,
    port: u16,
    control: u16,
}

impl Drop for Npm {
    fn drop(&mut self) {
        // It holds nothing that could be lost, and may be gone already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Npm {
    pub async fn start(at: At) -> Self {
        tokio::task::spawn_blocking(move || {
            let peers = concat!(env!("CARGO_MANIFEST_DIR"), "/../peers");
            let mut process = Command::new("node")
                .current_dir(peers)
                .args(["faye-server.mjs", "--port", "0", "--ping", "2", "--auth", at.name()])
                .args(["--timeout", &TIMEOUT_SECONDS.to_string()])
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
            Self { process, port, control }
        })
        .await
        .unwrap()
    }

    async fn post(&self, path: &str, body: &str) {
        self.control("POST", path, body).await;
    }

    async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.control)).await.unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
        // The body may come in chunks, with their lengths before and after.
        let (from, to) = (answer.find('{').unwrap(), answer.rfind('}').unwrap());
        serde_json::from_str(answer.get(from..=to).unwrap()).unwrap()
    }
}

impl Firmafon for Npm {
    fn keys(&self) -> String {
        let base = format!("http://127.0.0.1:{}", self.port);
        format!("pubsub_url = \"{base}/faye\"\napi_url = \"{base}/api/v2\"")
    }

    fn company(&self) -> u64 {
        1234
    }

    async fn counts(&self) -> Counts {
        let stats = self.control("GET", "/stats", "").await;
        let count = |name: &str| stats.get(name).and_then(Value::as_u64).unwrap();
        Counts {
            handshakes: count("handshakes"),
            subscribes: count("subscribes"),
            disconnects: count("disconnects"),
        }
    }

    async fn settled(&self, rest: &[&str], connects: u64) {
        let is_settled = |stats: Value| {
            stats.get("connects").and_then(Value::as_u64) >= Some(connects)
                && rest.iter().all(|name| stats.get("rest").and_then(|rest| rest.get(name)).is_some())
        };
        while !is_settled(self.control("GET", "/stats", "").await) {}
    }

    async fn publish(&self, channel: &str, data: &Value) {
        self.post(&format!("/publish?channel={channel}"), &data.to_string()).await;
    }

    async fn revoke(&self) {
        self.post("/token?good=false", "").await;
    }

    async fn upgrade(&self, upgrade: Upgrade) {
        let mode = match upgrade {
            Upgrade::Refused => "refused",
            Upgrade::Swallowed => "swallowed",
            Upgrade::Closed => "closed",
        };
        self.post(&format!("/upgrade?mode={mode}"), "").await;
    }

    async fn cut(&self) {
        self.post("/drop", "").await;
    }

    async fn freeze(&self, on: bool) {
        self.post(&format!("/freeze?on={on}"), "").await;
    }

    async fn forget(&self) {
        self.post("/forget", "").await;
    }

    async fn restart(&self) {
        self.post("/restart", "").await;
    }

    async fn answer(&self, half: Half, status: u16, retry_after: Option<u64>, body: &str) {
        let retry_after = retry_after.map_or_else(String::new, |seconds| format!("&retry_after={seconds}"));
        self.post(&format!("/http?on={}&status={status}{retry_after}", name(half)), body).await;
    }

    async fn answer_truly(&self, half: Half) {
        self.post(&format!("/http?on={}&status=0", name(half)), "").await;
    }
}

fn name(half: Half) -> &'static str {
    match half {
        Half::Faye => "faye",
        Half::Rest => "rest",
    }
}
