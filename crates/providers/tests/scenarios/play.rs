//! One account, played: the vendor's wire on one side, what the reducer makes of it on the other.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use model::{AccountId, Call, CallFact, Change, Direction, Event, Person, PhoneNumber, Snapshot, Time};
use protocols::{Input, Instant, Machine, Output};
use providers::{Action, ActionId, Attention, DndChange, Failure, Opening, Report, Session};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

/// An account as its session begins, at nine o'clock on 2026-11-21.
pub(crate) struct Account {
    vendor: &'static str,
    settings: Value,
    secret: SecretString,
    /// What an earlier session left open.
    pub(crate) open_calls: Vec<CallFact>,
    /// What earlier sessions told.
    pub(crate) known: Vec<Event>,
    /// What is in the files that the settings name.
    pub(crate) files: BTreeMap<&'static str, Result<String, String>>,
    /// Whether pings are answered without a word, for scripts in which much time passes.
    pub(crate) answers_pings: bool,
    /// Whether a script says what a new secret holds.
    pub(crate) shows_secret: bool,
}

impl Account {
    pub(crate) fn new(vendor: &'static str, settings: Value, secret: Value) -> Self {
        Self {
            vendor,
            settings,
            secret: SecretString::from(secret.to_string()),
            open_calls: Vec::new(),
            known: Vec::new(),
            files: BTreeMap::new(),
            answers_pings: false,
            shows_secret: false,
        }
    }
}

/// A session that a script can drive; it sees each line of a frame as one of its own, and `⏎` in a frame that comes in
/// is the end of a line.
struct Boxed {
    session: Box<dyn Session>,
    lines: VecDeque<String>,
    answers_pings: bool,
    now: Instant,
}

impl Machine for Boxed {
    type Event = Report;
    type Error = Failure;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        self.now = now;
        if let Input::Text(text) = input {
            self.session.handle(now, Input::Text(&text.replace('⏎', "\n")));
        } else {
            self.session.handle(now, input);
        }
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        if let Some(line) = self.lines.pop_front() {
            return Output::Send(line);
        }
        let mut output = self.session.poll();
        while self.answers_pings && matches!(output, Output::Ping) {
            self.session.handle(self.now, Input::Heard);
            output = self.session.poll();
        }
        if let Output::Send(frame) = output {
            let mut lines = frame.split('\n').map(str::to_owned);
            let first = lines.next().unwrap_or_default();
            self.lines.extend(lines);
            return Output::Send(first);
        }
        output
    }
}

pub(crate) fn play(account: Account, script: &str) {
    let session = (providers::vendor(account.vendor).unwrap().open)(Opening {
        settings: account.settings.as_object().unwrap(),
        secret: &account.secret,
        files: &account.files,
        now: Instant::at(Duration::from_secs(1000)),
        wall: "2026-11-21T09:00:00Z".parse().unwrap(),
        seed: 7,
        open_calls: account.open_calls,
    })
    .unwrap();
    let snapshot = RefCell::new(Snapshot::default());
    for event in account.known {
        snapshot.borrow_mut().apply(&AccountId::from("a"), Time::from_millis(0), event);
    }
    let mut actions = 0;
    script::check_with(
        Boxed {
            session,
            lines: VecDeque::new(),
            answers_pings: account.answers_pings,
            now: Instant::default(),
        },
        script,
        |report| {
            if let (true, Report::Secret(secret)) = (account.shows_secret, report) {
                return Some(format!("secret {}", secret.expose_secret()));
            }
            render(report, &snapshot)
        },
        |boxed, now, words| match words {
            "attend alerts" => boxed.session.attend(now, Attention::Alerts),
            "attend details" => boxed.session.attend(now, Attention::Details),
            _ => {
                actions += 1;
                boxed.session.act(now, ActionId(actions), action(words));
            }
        },
    );
}

fn action(words: &str) -> Action {
    match words.split_once(' ').unwrap_or((words, "")) {
        ("dial", number) => Action::Dial(PhoneNumber::international(number).unwrap()),
        ("dnd", "off") => Action::SetDnd(DndChange::Off),
        ("dnd", "on") => Action::SetDnd(DndChange::On { until: None }),
        ("dnd", until) => Action::SetDnd(DndChange::On { until: Some(until.parse().unwrap()) }),
        ("pick-up", caller) => {
            let (queue, caller) = caller.split_once(' ').unwrap();
            Action::PickUp { queue: queue.to_owned(), caller: caller.to_owned() }
        }
        _ => panic!("nobody here does `! {words}`"),
    }
}

fn render(report: &Report, snapshot: &RefCell<Snapshot>) -> Option<String> {
    match report {
        Report::Live { transport } => Some(format!("live over {transport}")),
        Report::Resynced(Ok(())) => Some("resynced".to_owned()),
        Report::Resynced(Err(problem)) => Some(format!("resynced, {:?}: {}", problem.code, problem.text)),
        Report::Missed(what) => Some(format!("missed: {what}")),
        Report::Secret(_) => Some("secret".to_owned()),
        Report::Interrupted => Some("interrupted".to_owned()),
        Report::Done(ActionId(id), Ok(())) => Some(format!("done {id}")),
        Report::Done(ActionId(id), Err(problem)) => Some(format!("not done {id}: {:?}", problem.code)),
        Report::Event(event) => {
            let account = AccountId::from("a");
            let changes = snapshot.borrow_mut().apply(&account, Time::from_millis(0), event.clone());
            let shown: Vec<String> = changes.iter().map(show).collect();
            (!shown.is_empty()).then(|| shown.join("; "))
        }
    }
}

fn show(change: &Change) -> String {
    match change {
        Change::Call { call, .. } => show_call(call),
        Change::Person { person, .. } => show_person(person),
        Change::PersonLeft { person, .. } => format!("{} left", person.id.local()),
        Change::Unknown { unknown, .. } => format!("skipped {}: {}", unknown.count, unknown.name),
        Change::Queue { queue, .. } => format!("{queue:?}"),
        Change::Ticket { ticket, .. } => format!("{ticket:?}"),
        Change::Connection { .. } | Change::Gap { .. } | Change::Corrected { .. } => {
            panic!("no session tells of these: {change:?}")
        }
    }
}

fn show_call(call: &Call) -> String {
    let state = match call.outcome {
        Some(outcome) => format!("{outcome:?}"),
        None => format!("{:?}", call.state),
    };
    let mine = match call.mine {
        Some(true) => "mine",
        Some(false) => "not mine",
        None => "somebody's",
    };
    let way = if call.direction == Direction::Incoming { "from" } else { "to" };
    let peer = match (&call.peer.name, &call.peer.number, &call.peer.raw) {
        _ if call.peer.hidden => "hidden".to_owned(),
        (Some(name), Some(number), _) => format!("{name} {number}"),
        (None, Some(number), _) => number.to_string(),
        (Some(text), None, _) | (None, None, Some(text)) => text.clone(),
        (None, None, None) => "?".to_owned(),
    };
    let line = call
        .line
        .as_ref()
        .map_or(String::new(), |line| format!(" via {}", line.name.as_ref().unwrap_or(&line.id)));
    let people: String = call.people.iter().map(|party| format!(" with {}", party.id.local())).collect();
    format!("{} {}, {mine}, {way} {peer}{line}{people}", call.id.local(), state.to_lowercase())
}

fn show_person(person: &Person) -> String {
    let name = person.name.as_deref().unwrap_or("?");
    let me = if person.me { " (me)" } else { "" };
    let dnd = match (person.dnd, person.dnd_until) {
        (true, Some(until)) => format!(", dnd until {until}"),
        (true, None) => ", dnd".to_owned(),
        (false, _) => String::new(),
    };
    let availability = format!("{:?}", person.availability).to_lowercase();
    let status = person.status.as_ref().map_or(String::new(), |status| format!(" \"{status}\""));
    let place = person.department.as_ref().map_or(String::new(), |place| format!(" in {place}"));
    format!("{} {name}{me} {availability}{status}{dnd}{place}", person.id.local())
}
