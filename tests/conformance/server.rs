//! A Firmafon to connect to, whoever wrote it.

use serde_json::{Value, json};

use crate::{npm::Npm, simulated::Simulated};

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Npm,
    Simulated,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm-faye",
            Self::Simulated => "simulator",
        }
    }
}

/// Which messages are refused when they carry a bad token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Handshake,
    Connect,
    Subscribe,
    All,
}

impl At {
    pub fn name(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::Connect => "connect",
            Self::Subscribe => "subscribe",
            Self::All => "all",
        }
    }
}

/// What becomes of websockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upgrade {
    Refused,
    Swallowed,
    Closed,
}

/// Half of a Firmafon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Faye,
    Rest,
}

/// What the server counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub handshakes: u64,
    pub subscribes: u64,
    pub disconnects: u64,
}

/// What every server can be asked to do.
pub trait Firmafon {
    fn keys(&self) -> String;
    fn company(&self) -> u64;
    async fn counts(&self) -> Counts;
    async fn settled(&self, rest: &[&str], connects: u64);
    async fn publish(&self, channel: &str, data: &Value);
    async fn revoke(&self);
    async fn upgrade(&self, upgrade: Upgrade);
    async fn cut(&self);
    async fn freeze(&self, on: bool);
    async fn forget(&self);
    async fn restart(&self);
    async fn answer(&self, half: Half, status: u16, retry_after: Option<u64>, body: &str);
    async fn answer_truly(&self, half: Half);
}

/// A running server with the token `good-token`; ends when dropped.
pub enum Server {
    Npm(Npm),
    Simulated(Box<Simulated>),
}

/// The server holds connects for this long; so short that a case sees several.
pub const TIMEOUT_SECONDS: u64 = 3;

macro_rules! both {
    ($self:ident, $server:ident => $do:expr) => {
        match $self {
            Server::Npm($server) => $do,
            Server::Simulated($server) => $do,
        }
    };
}

impl Server {
    /// One that looks at tokens there.
    pub async fn start(kind: Kind, at: At) -> Self {
        match kind {
            Kind::Npm => Self::Npm(Npm::start(at).await),
            Kind::Simulated => Self::Simulated(Box::new(Simulated::start(at).await)),
        }
    }

    /// The account's keys, in the words of the settings.
    pub fn keys(&self) -> String {
        both!(self, server => server.keys())
    }

    pub async fn counts(&self) -> Counts {
        both!(self, server => server.counts().await)
    }

    /// Waits until an account that is live has asked for all that it asks for then, and its connect is held, so
    /// that what comes next does not meet it half-way.
    pub async fn settled(&self) {
        let asked = ["GET /employees", "GET /employee_groups", "GET /call_nodes/live", "GET /calls"];
        both!(self, server => server.settled(&asked, 2).await);
    }

    /// Lets a reception's call begin.
    pub async fn call(&self, uuid: &str) {
        let company = both!(self, server => server.company());
        let data = json!({
            "type": "call-event", "name": "call.new", "timestamp": "2026-11-21T10:00:00Z",
            "data": {
                "call_uuid": uuid, "company_id": company.to_string(), "endpoint": "Reception#10",
                "started_at": "2026-11-21T10:00:00Z", "from_number": "4511223344", "to_number": "4555667788",
                "direction": "incoming", "status": "new", "from_number_hidden": "false",
            },
            "published_at": "2026-11-21T10:00:00.656+00:00",
        });
        let channel = format!("/call2/company/{company}");
        both!(self, server => server.publish(&channel, &data).await);
    }

    /// The token is good no more, for Bayeux and REST.
    pub async fn revoke(&self) {
        both!(self, server => server.revoke().await);
    }

    pub async fn upgrade(&self, upgrade: Upgrade) {
        both!(self, server => server.upgrade(upgrade).await);
    }

    /// Resets every connection; sessions stay.
    pub async fn cut(&self) {
        both!(self, server => server.cut().await);
    }

    /// While on, whatever is sent is lost, both ways.
    pub async fn freeze(&self, on: bool) {
        both!(self, server => server.freeze(on).await);
    }

    /// Sessions become unknown; connections stay.
    pub async fn forget(&self) {
        both!(self, server => server.forget().await);
    }

    pub async fn restart(&self) {
        both!(self, server => server.restart().await);
    }

    /// Answers this to every request, in place of the truth.
    pub async fn answer(&self, half: Half, status: u16, retry_after: Option<u64>, body: &str) {
        both!(self, server => server.answer(half, status, retry_after, body).await);
    }

    pub async fn answer_truly(&self, half: Half) {
        both!(self, server => server.answer_truly(half).await);
    }

    /// REST takes any token from here on, and knows nobody but its owner.
    pub async fn let_rest_accept_all(&self) {
        let me: Value = json!({
            "employee": {"id": 77, "company_id": 1234, "endpoint": "Employee#77", "name": "Åse Ærø",
                "live_presence": "available", "do_not_disturb": false, "dnd_timeout_at": null},
            "employees": [], "calls": [], "call_nodes": [],
        });
        self.answer(Half::Rest, 200, None, &me.to_string()).await;
    }
}
