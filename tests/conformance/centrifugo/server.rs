//! A Semaswift to connect to: the simulator's REST, with its own Centrifugo behind it or a real one.

use std::time::Duration;

use engine::{Clock as _, SystemClock};
use serde_json::{Value, json};
use simulator::{
    Simulator,
    semaswift::{Handle, Options},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::front::Front;

/// Which Centrifugo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Simulated,
    Real { address: &'static str, secret: &'static str },
}

/// A running server; ends when dropped, unless it is a real one.
pub struct Server {
    simulator: Simulator,
    real: Option<Real>,
}

struct Real {
    address: &'static str,
    front: Front,
}

impl Server {
    pub async fn start(kind: Kind) -> Self {
        Self::with(kind, |_| {}).await
    }

    /// One whose simulated part is changed before it starts.
    pub async fn with(kind: Kind, change: impl FnOnce(&mut Options)) -> Self {
        let mut options =
            simulator::Options { people: 3, vendors: &["semaswift"], ..simulator::Options::default() };
        options.semaswift.ping = Duration::from_secs(1);
        let real = match kind {
            Kind::Simulated => None,
            Kind::Real { address, secret } => {
                let front = Front::before(address).await;
                options.semaswift.hmac_secret = secret.to_owned();
                let url = format!("ws://127.0.0.1:{}/connection/websocket", front.port);
                options.semaswift.realtime_url = Some(url);
                Some(Real { address, front })
            }
        };
        change(&mut options.semaswift);
        Self { simulator: Simulator::start(options).await.unwrap(), real }
    }

    /// What only the simulator can do; REST it is in any case.
    pub fn handle(&self) -> &Handle {
        self.simulator.semaswift()
    }

    /// The account's keys, in the words of the settings.
    pub fn keys(&self) -> String {
        let settings = &self.simulator.addresses().first().unwrap().settings;
        settings.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }

    /// Lets a call begin.
    pub async fn call(&self, id: &str) {
        let data = json!({
            "type": "call.started",
            "data": {
                "call_id": id, "direction": "inbound", "from": "+1-555-123-4567", "to": "+1-555-987-6543",
                "queue_id": "queue_support", "started_at": SystemClock.wall(),
            },
        });
        match &self.real {
            None => self.handle().publish("voice:calls", &data),
            Some(real) => real.api("publish", &json!({"channel": "voice:calls", "data": data})).await,
        }
    }

    pub async fn unsubscribe(&self, channel: &str) {
        match &self.real {
            None => self.handle().unsubscribe(channel, 2000, "server unsubscribe"),
            Some(real) => {
                let user = self.handle().me_user();
                real.api("unsubscribe", &json!({"channel": channel, "user": user})).await;
            }
        }
    }

    /// Resets every connection.
    pub fn cut(&self) {
        match &self.real {
            None => self.handle().drop_connections(),
            Some(real) => real.front.cut(),
        }
    }

    /// While on, whatever is sent is lost, both ways.
    pub fn freeze(&self, on: bool) {
        match &self.real {
            None => self.handle().freeze(on),
            Some(real) => real.front.freeze(on),
        }
    }
}

impl Real {
    async fn api(&self, method: &str, body: &Value) {
        let body = body.to_string();
        let request = format!(
            "POST /api/{method} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("\"error\""), "{method}: {answer}");
    }
}
