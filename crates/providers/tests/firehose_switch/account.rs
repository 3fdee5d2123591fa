//! An account whose session is driven by hand, and what was told of it.

use std::{collections::BTreeMap, time::Duration};

use model::{AccountId, Availability, Call, CallState, Change, Snapshot, Time};
use protocols::{Input, Instant, Output, Response};
use providers::{Opening, Report, Session};
use secrecy::SecretString;
use serde_json::json;

use crate::wire::BEGAN;

pub(crate) struct Account {
    session: Box<dyn Session>,
    wait: Option<Instant>,
    now: Instant,
    snapshot: Snapshot,
    id: AccountId,
    /// Each call that was told of.
    pub(crate) calls: BTreeMap<String, Told>,
}

/// What was told of a call.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) last: Call,
    /// It was told to be mine at some time.
    pub(crate) was_mine: bool,
    /// How often it began to ring for me.
    pub(crate) rang: u32,
    pub(crate) ended: u32,
}

impl Account {
    /// Signed in and listening.
    pub(crate) fn live() -> Self {
        let now = Instant::at(Duration::from_secs(1_000));
        let settings = json!({
            "url": "https://pbx.example:9443", "domain": "acme", "me": {"owner_id": crate::switch::ME}
        });
        let session = (providers::vendor("firehose").unwrap().open)(Opening {
            settings: settings.as_object().unwrap(),
            secret: &SecretString::from(r#"{"username":"anna","password":"p"}"#),
            files: &BTreeMap::new(),
            now,
            wall: Time::from_millis(i64::try_from(BEGAN / 1_000).unwrap()),
            seed: 1,
            open_calls: Vec::new(),
        })
        .unwrap();
        let (snapshot, id) = (Snapshot::default(), AccountId::from("a"));
        let mut account = Self { session, wait: None, now, snapshot, id, calls: BTreeMap::new() };
        account.give(Input::Start);
        account
    }

    /// A message comes, `at` milliseconds after the beginning.
    pub(crate) fn hear(&mut self, at: u64, text: &str) {
        self.pass_to(Instant::at(Duration::from_secs(1_000) + Duration::from_millis(at)));
        self.give(Input::Text(text));
    }

    pub(crate) fn pass_minutes(&mut self, minutes: u64) {
        self.pass_to(self.now + Duration::from_secs(minutes * 60));
    }

    /// No call is open and nobody is busy.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.open_calls() == 0 && self.not_free().is_empty()
    }

    fn pass_to(&mut self, end: Instant) {
        while let Some(at) = self.wait.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.give(Input::Timeout);
        }
        self.now = self.now.max(end);
    }

    fn give(&mut self, input: Input<'_>) {
        self.session.handle(self.now, input);
        loop {
            match self.session.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Fetch(id, _) => {
                    let body = r#"{"access_token":"t"}"#.to_owned();
                    let response = Response { status: 200, retry_after: None, body };
                    self.session.handle(self.now, Input::Fetched(id, Ok(&response)));
                }
                Output::Open(_) => self.session.handle(self.now, Input::Opened),
                Output::Ping => self.session.handle(self.now, Input::Heard),
                Output::Event(Report::Event(event)) => {
                    let at = Time::from_millis(0);
                    let changes = self.snapshot.apply(&self.id, at, event);
                    changes.into_iter().for_each(|change| self.note(change));
                }
                Output::Event(
                    Report::Live { .. }
                    | Report::Interrupted
                    | Report::Resynced(_)
                    | Report::Missed(_)
                    | Report::Secret(_)
                    | Report::Done(..),
                ) => {}
                Output::Failed(failure) => panic!("a healthy session ended: {failure}"),
                Output::Send(_) | Output::Close(_) | Output::Cancel(_) | Output::Ended => {
                    panic!("nobody asked for this")
                }
            }
        }
    }

    fn note(&mut self, change: Change) {
        let Change::Call { call, before, was_mine, .. } = change else {
            assert!(!matches!(change, Change::Unknown { .. }), "{change:?}");
            return;
        };
        let rings = call.state == CallState::Ringing && call.mine == Some(true);
        let rang = before == Some(CallState::Ringing) && was_mine == Some(true);
        let told = self.calls.entry(call.id.local().to_owned()).or_insert_with(|| Told {
            last: Call::clone(&call),
            was_mine: false,
            rang: 0,
            ended: 0,
        });
        told.was_mine |= call.mine == Some(true);
        told.rang += u32::from(rings && !rang);
        told.ended += u32::from(call.state == CallState::Ended);
        told.last = Call::clone(&call);
    }

    /// What everybody does, and who does not do nothing.
    pub(crate) fn not_free(&self) -> Vec<(String, Availability)> {
        let (_, facts) = self.snapshot.accounts().next().unwrap();
        let people = facts.people.values();
        people
            .map(|person| (person.id.local().to_owned(), person.availability))
            .filter(|(_, does)| !matches!(does, Availability::Available | Availability::Unknown))
            .collect()
    }

    pub(crate) fn open_calls(&self) -> usize {
        self.snapshot.open_calls().count()
    }
}
