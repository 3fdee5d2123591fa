//! The server side of the vendors, for the demo and for tests.
//!
//! It speaks what the vendors speak, on loopback, with bytes of its own: it depends on no other crate of the
//! workspace, so that a misreading on the client side cannot cancel out here. It is judged by the vendors' own
//! clients (`tests/stock_client.rs`, `tests/stock_sockjs.rs`, `tests/stringee/sdk.rs`) and must never reach a
//! release without the `demo` feature.
//!
//! Start reading at [`Simulator`], then [`firmafon::Handle`] for what a test can make happen; `office` invents the
//! people and their day, `firmafon::faye` is the Bayeux server, `firmafon::company` the telephone exchange;
//! `nguc::sockjs` is the SockJS server, `nguc::pusher` the event pusher on top of it; `stringee::project` is what
//! Stringee knows, `stringee::relay` the reference implementation of an organisation's relay;
//! `firehose::switch` is the telephone switch whose legs Firehose tells of.

pub mod firehose;
pub mod firmafon;
pub mod nguc;
mod office;
pub mod semaswift;
pub mod stringee;
mod tap;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use serde::Serialize;
use serde_json::{Map, Value};

use office::{Office, Plan};

/// What a simulated vendor is reachable at; `ringside simulate` prints one of these as JSON for each vendor.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses {
    /// The vendor, as in the settings: `firmafon`.
    pub provider: &'static str,
    /// The account keys that lead here, as in the settings: `pubsub_url`, `api_url`.
    pub settings: Map<String, Value>,
    /// The secret as the keyring holds it: `{"access_token": "…"}`.
    pub secret: Value,
    /// Who the token belongs to, in the vendor's words: `Employee#77`.
    pub me: String,
    /// The company's number, where the vendor's channels are named by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_id: Option<u64>,
}

/// All vendors there are.
pub const VENDORS: &[&str] = &["firmafon", "semaswift", "stringee", "firehose", "nguc"];

/// How large and how lively the simulated office is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the first vendor listens, the others at the ports that follow; port 0 picks free ones. Keep it on
    /// loopback: everything here is plain text.
    pub listen: SocketAddr,
    /// Which vendors there are, as in the settings.
    pub vendors: &'static [&'static str],
    /// How many people work there, the token's owner included; 1 to 10,000 and more.
    pub people: usize,
    /// Office happenings per second; 0 = nothing happens by itself.
    pub rate: f64,
    /// The same seed gives the same people and the same day.
    pub seed: u64,
    /// Firmafon's own switches.
    pub firmafon: firmafon::Options,
    /// Firehose's own switches.
    pub firehose: firehose::Options,
    /// NGUC's own switches.
    pub nguc: nguc::Options,
    /// Semaswift's own switches.
    pub semaswift: semaswift::Options,
    /// Stringee's own switches.
    pub stringee: stringee::Options,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            vendors: VENDORS,
            people: 24,
            rate: 0.0,
            seed: 1,
            firmafon: firmafon::Options::default(),
            firehose: firehose::Options::default(),
            nguc: nguc::Options::default(),
            semaswift: semaswift::Options::default(),
            stringee: stringee::Options::default(),
        }
    }
}

/// The running simulator; everything ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Simulator {
    addresses: Vec<Addresses>,
    firmafon: Option<firmafon::Server>,
    firehose: Option<firehose::Server>,
    nguc: Option<nguc::Server>,
    semaswift: Option<semaswift::Server>,
    stringee: Option<stringee::Server>,
}

impl Simulator {
    /// Opens an office at each vendor and starts listening.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(options: Options) -> io::Result<Simulator> {
        let mut places = Places::new(&options);
        let mut simulator = Simulator {
            addresses: Vec::new(),
            firmafon: None,
            firehose: None,
            nguc: None,
            semaswift: None,
            stringee: None,
        };
        if let Some((listen, office)) = places.next("firmafon") {
            let server = firmafon::Server::start(listen, options.firmafon, office).await?;
            simulator.addresses.push(server.addresses());
            simulator.firmafon = Some(server);
        }
        if let Some((listen, office)) = places.next("firehose") {
            let server = firehose::Server::start(listen, options.firehose, office).await?;
            simulator.addresses.push(server.addresses());
            simulator.firehose = Some(server);
        }
        if let Some((listen, office)) = places.next("nguc") {
            let server = nguc::Server::start(listen, options.nguc, office).await?;
            simulator.addresses.push(server.addresses());
            simulator.nguc = Some(server);
        }
        if let Some((listen, office)) = places.next("semaswift") {
            let server = semaswift::Server::start(listen, options.semaswift, office).await?;
            simulator.addresses.push(server.addresses());
            simulator.semaswift = Some(server);
        }
        if let Some((listen, office)) = places.next("stringee") {
            let server = stringee::Server::start(listen, options.stringee, office).await?;
            simulator.addresses.push(server.addresses());
            simulator.stringee = Some(server);
        }
        Ok(simulator)
    }

    /// Where each vendor is reachable.
    pub fn addresses(&self) -> &[Addresses] {
        &self.addresses
    }

    /// A settings file with an account at each vendor, named as the vendor is.
    pub fn settings(&self) -> String {
        let mut text = "version = 1\n".to_owned();
        for Addresses { provider, settings, .. } in &self.addresses {
            text.push_str(&format!("[[account]]\nid = \"{provider}\"\nprovider = \"{provider}\"\n"));
            text.extend(settings.iter().map(|(key, value)| format!("{key} = {}\n", toml(value))));
        }
        text
    }

    /// The secrets that belong to [`Simulator::settings`], by account.
    pub fn secrets(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.addresses.iter().map(|addresses| (addresses.provider, addresses.secret.to_string()))
    }

    /// What a test can make happen at Firmafon.
    ///
    /// # Panics
    /// If [`Options::vendors`] left it out.
    pub fn firmafon(&self) -> &firmafon::Handle {
        handle(self.firmafon.as_ref().map(firmafon::Server::handle))
    }

    /// What a test can make happen at Firehose.
    ///
    /// # Panics
    /// If [`Options::vendors`] left it out.
    pub fn firehose(&self) -> &firehose::Handle {
        handle(self.firehose.as_ref().map(firehose::Server::handle))
    }

    /// What a test can make happen at NGUC.
    ///
    /// # Panics
    /// If [`Options::vendors`] left it out.
    pub fn nguc(&self) -> &nguc::Handle {
        handle(self.nguc.as_ref().map(nguc::Server::handle))
    }

    /// What a test can make happen at Semaswift.
    ///
    /// # Panics
    /// If [`Options::vendors`] left it out.
    pub fn semaswift(&self) -> &semaswift::Handle {
        handle(self.semaswift.as_ref().map(semaswift::Server::handle))
    }

    /// What a test can make happen at Stringee.
    ///
    /// # Panics
    /// If [`Options::vendors`] left it out.
    pub fn stringee(&self) -> &stringee::Handle {
        handle(self.stringee.as_ref().map(stringee::Server::handle))
    }

    /// Closes every connection and frees the ports.
    pub async fn stop(self) {
        if let Some(server) = self.firmafon {
            server.stop().await;
        }
        if let Some(server) = self.firehose {
            server.stop().await;
        }
        if let Some(server) = self.nguc {
            server.stop().await;
        }
        if let Some(server) = self.semaswift {
            server.stop().await;
        }
        if let Some(server) = self.stringee {
            server.stop().await;
        }
    }
}

#[expect(clippy::expect_used, reason = "a mistake of the test that asks for it")]
fn handle<T>(of: Option<T>) -> T {
    of.expect("Options::vendors left this vendor out")
}

/// An address and an office for one vendor after the other.
struct Places {
    listen: SocketAddr,
    vendors: &'static [&'static str],
    plan: Plan,
}

impl Places {
    fn new(options: &Options) -> Self {
        let &Options { listen, vendors, people, rate, seed, .. } = options;
        // All of them together are as lively as was asked for.
        let rate = rate / vendors.len().max(1) as f64;
        Places { listen, vendors, plan: Plan { people: people.max(1), rate, seed } }
    }

    fn next(&mut self, vendor: &str) -> Option<(SocketAddr, Office)> {
        if !self.vendors.contains(&vendor) {
            return None;
        }
        let place = (self.listen, Office::new(&self.plan));
        if self.listen.port() != 0 {
            self.listen.set_port(self.listen.port().wrapping_add(1));
        }
        self.plan.seed = self.plan.seed.wrapping_add(1);
        Some(place)
    }
}

/// A value as a settings file has it: JSON's texts, numbers and lists are TOML's as well; its objects are not.
pub fn toml(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
