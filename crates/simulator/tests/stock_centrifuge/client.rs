//! The stock client, and the simulator it is let loose on.

use std::io::Write;

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::semaswift::Options;

use crate::peer::{NEVER, Peer};

pub async fn simulate(semaswift: Options) -> Simulator {
    let options =
        simulator::Options { people: 3, vendors: &["semaswift"], semaswift, ..simulator::Options::default() };
    Simulator::start(options).await.unwrap()
}

/// The stock client.
pub struct Client(pub Peer);

impl Client {
    /// With its tokens from REST.
    pub fn start(simulator: &Simulator, more: &[&str]) -> Client {
        let addresses = &simulator.addresses()[0];
        let setting = |name: &str| addresses.settings[name].as_str().unwrap().to_owned();
        let (url, api) = (setting("realtime_url"), setting("api_url"));
        let bearer = addresses.secret["access_token"].as_str().unwrap();
        let mut arguments = vec!["--url", &url, "--api", &api, "--bearer", bearer];
        arguments.extend(more);
        Client(Peer::start("centrifuge-client.mjs", &arguments))
    }

    /// Subscribed to a channel.
    pub async fn on(simulator: &Simulator, channel: &str, more: &[&str]) -> Client {
        let mut arguments = vec!["--channel", channel];
        arguments.extend(more);
        let mut client = Client::start(simulator, &arguments);
        client.until("subscribed", json!({"channel": channel})).await;
        client
    }

    pub fn tell(&mut self, command: &Value) {
        writeln!(self.0.stdin, "{command}").unwrap();
    }

    async fn report(&mut self) -> Value {
        serde_json::from_str(&self.0.line().await).unwrap()
    }

    /// The next report of this kind that has at least these fields.
    pub async fn until(&mut self, event: &str, fields: Value) -> Value {
        self.all_until(event, fields).await.pop().unwrap()
    }

    /// Its next publication on a channel.
    pub async fn publication(&mut self, channel: &str) -> Value {
        self.until("publication", json!({"channel": channel})).await["ctx"]["data"].take()
    }

    /// Everything from here to such a report.
    pub async fn all_until(&mut self, event: &str, fields: Value) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let is_such = |report: &Value| report["event"] == event && contains(report, &fields);
        let reports = async {
            while !all.last().is_some_and(is_such) {
                all.push(self.report().await);
            }
        };
        // Pings come for ever.
        tokio::time::timeout(NEVER, reports).await.unwrap_or_else(|_| panic!("no {event} {fields}"));
        all
    }

    /// The outcome of what was asked, good or bad.
    pub async fn report_of(&mut self, asked: &str) -> Value {
        loop {
            let report = self.report().await;
            if report["do"] == asked {
                return report;
            }
        }
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| contains(whole, part)))
        }
        (whole, part) => whole == part,
    }
}

pub fn events<'a>(all: &'a [Value], event: &str) -> Vec<&'a Value> {
    all.iter().filter(|report| report["event"] == event).collect()
}
