//! The server side of the vendors, for the demo and for tests.
//!
//! It speaks what the vendors speak, on loopback, with bytes of its own: it depends on no other crate of the
//! workspace, so that a misreading on the client side cannot cancel out here. It is judged by the vendors' own
//! clients (`tests/stock_client.rs`) and must never reach a release without the `demo` feature.
//!
//! Start reading at [`Simulator`], then [`firmafon::Handle`] for what a test can make happen; `office` invents the
//! people and their day, `firmafon::faye` is the Bayeux server, `firmafon::company` the telephone exchange.

pub mod firmafon;
mod office;
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
    /// The company's number.
    pub company_id: u64,
}

/// How large and how lively the simulated office is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 picks a free one. Keep it on loopback: everything here is plain text.
    pub listen: SocketAddr,
    /// How many people work there, the token's owner included; 1 to 10,000 and more.
    pub people: usize,
    /// Office happenings per second; 0 = nothing happens by itself.
    pub rate: f64,
    /// The same seed gives the same people and the same day.
    pub seed: u64,
    /// Firmafon's own switches.
    pub firmafon: firmafon::Options,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            people: 24,
            rate: 0.0,
            seed: 1,
            firmafon: firmafon::Options::default(),
        }
    }
}

/// The running simulator; everything ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Simulator {
    addresses: Vec<Addresses>,
    firmafon: firmafon::Server,
}

impl Simulator {
    /// Opens the office and starts listening.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(options: Options) -> io::Result<Simulator> {
        let plan = Plan { people: options.people.max(1), rate: options.rate, seed: options.seed };
        let office = Office::new(&plan);
        let firmafon = firmafon::Server::start(options.listen, options.firmafon, office).await?;
        Ok(Simulator { addresses: vec![firmafon.addresses()], firmafon })
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
            // JSON's texts and numbers are TOML's as well.
            text.extend(settings.iter().map(|(key, value)| format!("{key} = {value}\n")));
        }
        text
    }

    /// The secrets that belong to [`Simulator::settings`], by account.
    pub fn secrets(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.addresses.iter().map(|addresses| (addresses.provider, addresses.secret.to_string()))
    }

    /// What a test can make happen at Firmafon.
    pub fn firmafon(&self) -> &firmafon::Handle {
        self.firmafon.handle()
    }

    /// Closes every connection and frees the port.
    pub async fn stop(self) {
        self.firmafon.stop().await;
    }
}
