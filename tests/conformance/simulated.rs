//! Our own simulator, in this process.

use std::time::Duration;

use serde_json::Value;
use simulator::{
    Options, Simulator,
    firmafon::{Handle, HttpAnswer, RefuseTokenAt, Requests, Surface, Websocket},
};

use crate::server::{At, Counts, Firmafon, Half, TIMEOUT_SECONDS, Upgrade};

pub struct Simulated {
    simulator: Simulator,
    refuse_at: RefuseTokenAt,
}

impl Simulated {
    pub async fn start(at: At) -> Self {
        let refuse_at = match at {
            At::Handshake => RefuseTokenAt::Handshake,
            At::Connect => RefuseTokenAt::Connect,
            At::Subscribe => RefuseTokenAt::Subscribe,
            At::All => RefuseTokenAt::All,
        };
        let mut options = Options { people: 3, ..Options::default() };
        options.firmafon.timeout = Duration::from_secs(TIMEOUT_SECONDS);
        options.firmafon.ping = Some(Duration::from_secs(2));
        options.firmafon.refuse_token_at = refuse_at;
        Self { simulator: Simulator::start(options).await.unwrap(), refuse_at }
    }

    fn firmafon(&self) -> &Handle {
        self.simulator.firmafon()
    }
}

impl Firmafon for Simulated {
    fn keys(&self) -> String {
        let settings = &self.simulator.addresses().first().unwrap().settings;
        settings.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }

    fn company(&self) -> u64 {
        self.simulator.addresses().first().unwrap().company_id.unwrap()
    }

    async fn counts(&self) -> Counts {
        let requests = self.firmafon().requests();
        Counts {
            handshakes: requests.handshakes,
            subscribes: requests.subscribes,
            disconnects: requests.disconnects,
        }
    }

    async fn settled(&self, rest: &[&str], connects: u64) {
        let is_settled =
            |asked: &Requests| asked.connects >= connects && rest.iter().all(|name| asked.rest(name) > 0);
        self.firmafon().until(is_settled).await;
    }

    async fn publish(&self, channel: &str, data: &Value) {
        self.firmafon().publish(channel, data);
    }

    async fn revoke(&self) {
        self.firmafon().accept_token("another token", self.refuse_at);
    }

    async fn upgrade(&self, upgrade: Upgrade) {
        self.firmafon().set_websocket(match upgrade {
            Upgrade::Refused => Websocket::Refused,
            Upgrade::Swallowed => Websocket::Swallowed,
            Upgrade::Closed => Websocket::ClosedAfterUpgrade,
        });
    }

    async fn cut(&self) {
        self.firmafon().drop_connections();
    }

    async fn freeze(&self, on: bool) {
        self.firmafon().freeze(on);
    }

    async fn forget(&self) {
        self.firmafon().forget_sessions();
    }

    async fn restart(&self) {
        self.firmafon().restart();
    }

    async fn answer(&self, half: Half, status: u16, retry_after: Option<u64>, body: &str) {
        let retry_after = retry_after.map(Duration::from_secs);
        self.firmafon().answer_http(surface(half), HttpAnswer { status, body: body.to_owned(), retry_after });
    }

    async fn answer_truly(&self, half: Half) {
        self.firmafon().answer_truly(surface(half));
    }
}

fn surface(half: Half) -> Surface {
    match half {
        Half::Faye => Surface::Faye,
        Half::Rest => Surface::Rest,
    }
}
