//! A session with an event server that answers as it is told.

use std::{collections::BTreeMap, time::Duration};

use model::{AccountId, Availability, Event, Snapshot, Time};
use protocols::{FetchId, Input, Instant, Output, Request, Response};
use providers::{Opening, Report, Session};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

/// A live session, what it asks for, and what is known from it.
pub(crate) struct Live {
    pub(crate) session: Box<dyn Session>,
    pub(crate) now: Instant,
    wait: Option<Instant>,
    asked: Vec<(FetchId, Request)>,
    /// Commands to the event server that are not answered yet.
    pub(crate) commands: Vec<Value>,
    snapshot: Snapshot,
    pub(crate) events: usize,
}

impl Live {
    /// With the answers to the first questions left open.
    pub(crate) fn new() -> Self {
        let session = (providers::vendor("semaswift").unwrap().open)(Opening {
            settings: &Map::new(),
            secret: &SecretString::from(r#"{"access_token":"t"}"#),
            files: &BTreeMap::new(),
            now: Instant::at(Duration::ZERO),
            wall: "2026-11-21T09:00:00Z".parse().unwrap(),
            seed: 1,
            open_calls: Vec::new(),
        })
        .unwrap();
        let mut live = Self {
            session,
            now: Instant::at(Duration::ZERO),
            wait: None,
            asked: Vec::new(),
            commands: Vec::new(),
            snapshot: Snapshot::default(),
            events: 0,
        };
        live.give(Input::Start);
        // `{"sub":"usr_77"}`
        live.answer_all(|_| r#"{"token":"e30.eyJzdWIiOiJ1c3JfNzcifQ.c2ln"}"#);
        live.serve();
        live
    }

    pub(crate) fn give(&mut self, input: Input<'_>) {
        self.session.handle(self.now, input);
        self.drain();
    }

    pub(crate) fn drain(&mut self) {
        let account = serde_json::from_str::<AccountId>("\"a\"").unwrap();
        loop {
            match self.session.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Open(_) => {
                    self.commands.clear();
                    self.session.handle(self.now, Input::Opened);
                }
                Output::Send(frame) => {
                    let commands = frame.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
                    self.commands.extend(commands.filter(|command| *command != json!({})));
                }
                Output::Ping => self.session.handle(self.now, Input::Heard),
                Output::Fetch(id, request) => self.asked.push((id, request)),
                Output::Cancel(id) => self.asked.retain(|(asked, _)| *asked != id),
                Output::Event(Report::Event(event)) => {
                    self.events += 1;
                    if let Event::Person(_) | Event::People(_) = event {
                        self.snapshot.apply(&account, Time::from_millis(0), event);
                    }
                }
                Output::Event(
                    Report::Live { .. }
                    | Report::Interrupted
                    | Report::Resynced(_)
                    | Report::Missed(_)
                    | Report::Secret(_)
                    | Report::Done(..),
                ) => {}
                Output::Close(_) => self.commands.clear(),
                Output::Failed(failure) => panic!("a healthy session ended: {failure}"),
                Output::Ended => panic!("a healthy session ended"),
            }
        }
    }

    pub(crate) fn reply(&mut self, reply: &Value) {
        self.give(Input::Text(&reply.to_string()));
    }

    /// Answers all commands as a server that keeps no history, but for questions about presence.
    pub(crate) fn serve(&mut self) {
        while let Some(at) = self.commands.iter().position(|command| command.get("presence").is_none()) {
            let command = self.commands.remove(at);
            let method = command.as_object().unwrap().keys().find(|key| *key != "id").unwrap().clone();
            let result = if method == "connect" { json!({"client": "k", "ping": 0}) } else { json!({}) };
            self.reply(&json!({"id": command["id"], method: result}));
        }
    }

    /// The id of the question about presence, if there is one.
    pub(crate) fn presence_asked(&self) -> Option<Value> {
        let asked = self.commands.iter().rev().find(|command| command.get("presence").is_some())?;
        Some(asked["id"].clone())
    }

    /// Answers the question about presence, if there is one.
    pub(crate) fn serve_presence(&mut self, there: &BTreeMap<String, String>) -> bool {
        let Some(at) = self.commands.iter().rposition(|command| command.get("presence").is_some()) else {
            return false;
        };
        // The earlier ones are given up by now.
        let command = self.commands.drain(..=at).next_back().unwrap();
        let member =
            |(client, user): (&String, &String)| (client.clone(), json!({"client": client, "user": user}));
        let there: Map<String, Value> = there.iter().map(member).collect();
        self.reply(&json!({"id": command["id"], "presence": {"presence": there}}));
        true
    }

    pub(crate) fn publish(&mut self, channel: &str, data: &Value) {
        self.reply(&json!({"push": {"channel": channel, "pub": {"data": data}}}));
    }

    /// Answers everything that is asked for now, by address.
    pub(crate) fn answer_all<'a>(&mut self, body: impl Fn(&str) -> &'a str) {
        for (id, request) in std::mem::take(&mut self.asked) {
            let response = Response { status: 200, retry_after: None, body: body(&request.url).to_owned() };
            self.give(Input::Fetched(id, Ok(&response)));
        }
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(at) = self.wait.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.give(Input::Timeout);
        }
        self.now = end;
    }

    pub(crate) fn online(&self) -> Vec<String> {
        let facts = self.snapshot.accounts().next().map(|(_, facts)| facts).unwrap();
        let there = facts.people.iter().filter(|(_, person)| person.availability == Availability::Available);
        there.map(|(id, _)| id.to_string()).collect()
    }
}
