//! The five vendors, as far as a story needs them.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result};
use simulator::{Options, Simulator, firehose, firmafon, nguc, stringee};

/// A vendor's simulated server with one office.
pub struct Stage {
    /// As in the settings.
    pub vendor: &'static str,
    simulator: Simulator,
}

impl Stage {
    /// Opens the office.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn start(vendor: &'static str) -> Result<Self> {
        let vendors = std::slice::from_ref(
            simulator::VENDORS.iter().find(|known| **known == vendor).context("no such vendor")?,
        );
        let simulator = Simulator::start(Options { people: 4, vendors, ..Options::default() }).await?;
        Ok(Self { vendor, simulator })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If its settings name no address of this computer.
    pub fn address(&self) -> Result<SocketAddr> {
        let settings = self.simulator.settings();
        let (_, rest) = settings.split_once("127.0.0.1:").context("an address")?;
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Ok(format!("127.0.0.1:{port}").parse()?)
    }

    /// The settings of the account, leading to `origin` (`127.0.0.1:1234`), with TLS if it is `secure`.
    ///
    /// # Errors
    /// As [`Stage::address`].
    pub fn settings(&self, origin: &str, secure: bool) -> Result<String> {
        let mut text = self.simulator.settings();
        if self.vendor == "stringee" {
            let entry = self.simulator.stringee().server(stringee::Entry::First);
            text.push_str(&format!("servers = [\"{entry}\"]\n"));
            text = replace_origin(&text, &entry.replace("ws://", "").replace('/', ""), origin);
        }
        text = replace_origin(&text, &self.address()?.to_string(), origin);
        if secure {
            text = text.replace("http://", "https://").replace("ws://", "wss://");
        }
        Ok(text)
    }

    /// Where the websocket is, if that is elsewhere.
    ///
    /// # Errors
    /// If it has no address.
    pub fn socket_address(&self) -> Result<SocketAddr> {
        if self.vendor == "stringee" {
            let entry = self.simulator.stringee().server(stringee::Entry::First);
            return Ok(entry.replace("ws://", "").replace('/', "").parse()?);
        }
        self.address()
    }

    /// The account's secret.
    pub fn secret(&self) -> String {
        self.simulator.secrets().next().map(|(_, secret)| secret).unwrap_or_default()
    }

    /// A call from this number rings me; by which id the vendor knows it.
    pub fn ring(&self, number: &str) -> String {
        let simulator = &self.simulator;
        match self.vendor {
            "firmafon" => {
                let (office, from) = (simulator.firmafon(), firmafon::Caller::Number(number.to_owned()));
                office.incoming_call(firmafon::Endpoint::Employee(office.me()), &from, &[office.me()])
            }
            "firehose" => {
                let office = simulator.firehose();
                office.incoming_call(&firehose::Target::User(office.me()), Some(number))
            }
            "nguc" => {
                let office = simulator.nguc();
                office.incoming_call(nguc::Callee::User(office.me()), Some(number), &[office.me()])
            }
            "semaswift" => {
                let office = simulator.semaswift();
                office.incoming_call(None, Some(office.me()), Some(number))
            }
            _ => {
                let office = simulator.stringee();
                let from = stringee::Caller::Number(number.to_owned());
                office.incoming_call(stringee::CallKind::Voice, &[&office.me()], &from)
            }
        }
    }

    /// The caller gives up.
    pub fn give_up(&self, call: &str) {
        let simulator = &self.simulator;
        match self.vendor {
            "firmafon" => simulator.firmafon().miss(call),
            "firehose" => simulator.firehose().hang_up(call),
            "nguc" => simulator.nguc().end_unanswered(call, nguc::Unanswered::Missed),
            "semaswift" => simulator.semaswift().hang_up(call),
            _ => simulator.stringee().end(call, stringee::Told::Stopped),
        };
    }

    /// The server restarts: connections are closed and sessions forgotten.
    pub fn restart(&self) {
        match self.vendor {
            "firmafon" => self.simulator.firmafon().restart(),
            "firehose" => self.simulator.firehose().restart(),
            "nguc" => self.simulator.nguc().restart(),
            "semaswift" => self.simulator.semaswift().restart(),
            _ => {
                self.simulator.stringee().restart_relay();
                self.simulator.stringee().drop_connections();
            }
        }
    }

    /// What was given out as tokens is over; whoever knows the password, or whom the organisation vouches for, gets
    /// another. `false` where tokens do not end.
    pub fn expire_tokens(&self) -> bool {
        match self.vendor {
            "firehose" => self.simulator.firehose().forget_tokens(),
            "nguc" => self.simulator.nguc().expire_tokens(),
            "semaswift" => self.simulator.semaswift().pass(Duration::from_secs(4000)),
            "stringee" => self.simulator.stringee().expire_tokens(),
            _ => return false,
        }
        true
    }
}

fn replace_origin(text: &str, from: &str, to: &str) -> String {
    text.replace(from, to)
}
