//! A conversation as scripts write it, held as well as it can be: what makes no sense in it is left out.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
    vec::Drain,
};

use protocols::{Fault, FaultKind, FetchId, Input, Instant, Machine, Output, Response};
use serde_json::Value;

/// A machine that has more to say than this about one input does not stop.
const OUTPUTS: usize = 100_000;
/// Timeouts at one instant: more is a circle.
const CIRCLES: usize = 1_000;
const TIMEOUTS: usize = 2_000;
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) struct Conversation<M: Machine> {
    pub(crate) machine: M,
    now: Instant,
    wait: Option<Instant>,
    fetches: Vec<(Option<String>, FetchId)>,
    sent: VecDeque<Value>,
    names: BTreeMap<String, Value>,
    /// A socket is asked for, which a link always answers.
    opening: bool,
    over: bool,
    told: Vec<M::Event>,
}

impl<M: Machine> Conversation<M> {
    pub(crate) fn new(machine: M, now: Instant) -> Self {
        Self {
            machine,
            now,
            wait: None,
            fetches: Vec::new(),
            sent: VecDeque::new(),
            names: BTreeMap::new(),
            opening: false,
            over: false,
            told: Vec::new(),
        }
    }

    /// Holds it; `tell` hears the events, `act` does what stands behind `!`.
    pub(crate) fn hold(
        &mut self,
        script: &str,
        mut tell: impl FnMut(M::Event),
        mut act: impl FnMut(&mut M, Instant, &str),
    ) {
        for line in joined(script) {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            if verb == "!" {
                act(&mut self.machine, self.now, rest.trim());
                self.drain();
            } else {
                self.step(verb, rest.trim());
            }
            self.told.drain(..).for_each(&mut tell);
            if self.over {
                self.stays_silent();
                return;
            }
        }
    }

    /// Time passes, with a peer that is there and knows nothing, as long as `goes_on` at what it hears; whether the
    /// machine is still at work when all of it has passed.
    pub(crate) fn settle(
        &mut self,
        time: Duration,
        mut goes_on: impl FnMut(Drain<'_, M::Event>) -> bool,
    ) -> bool {
        let end = self.now + time;
        for _ in 0..TIMEOUTS {
            if !goes_on(self.told.drain(..)) || self.over {
                return false;
            }
            if self.opening {
                self.give(Input::OpenFailed(&fault("unreachable")));
            } else if let Some((_, id)) = self.fetches.pop() {
                let response = Response { status: 404, retry_after: None, body: "{}".to_owned() };
                self.give(Input::Fetched(id, Ok(&response)));
            } else if let Some(at) = self.wait.filter(|at| *at <= end) {
                self.now = self.now.max(at);
                self.give(Input::Heard);
                self.give(Input::Timeout);
            } else {
                break;
            }
        }
        !self.over && self.wait.is_none_or(|at| at > end)
    }

    fn step(&mut self, verb: &str, rest: &str) {
        match verb {
            "start" => self.give(Input::Start),
            "opened" => self.give(Input::Opened),
            "open-failed" => self.give(Input::OpenFailed(&fault(rest))),
            "heard" => self.give(Input::Heard),
            "probe" => self.give(Input::Probe),
            "stop" => self.give(Input::Stop),
            "<" => {
                let text = self.filled(rest).replace('⏎', "\n");
                self.give(Input::Text(&text));
            }
            "closed" => {
                let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                self.give(Input::Closed { code: code.parse().ok(), reason });
            }
            "fetched" => self.fetched(rest),
            "fetch" => {
                let name = rest.split(' ').next().unwrap_or_default();
                if let Some(nameless) = self.fetches.iter_mut().find(|(known, _)| known.is_none()) {
                    nameless.0 = Some(name.to_owned());
                }
            }
            ">" => {
                if let (Some(sent), Ok(pattern)) = (self.sent.pop_front(), serde_json::from_str(rest)) {
                    bind(&pattern, &sent, &mut self.names);
                }
            }
            "+" => self.pass(time(rest).min(LONGEST_PAUSE)),
            _ => {}
        }
    }

    /// An answer: to the question of that name, else to the oldest.
    fn fetched(&mut self, rest: &str) {
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let at = self.fetches.iter().position(|(known, _)| known.as_deref() == Some(name));
        if self.fetches.is_empty() {
            return;
        }
        let (_, id) = self.fetches.remove(at.unwrap_or(0));
        let (status, body) = rest.split_once(' ').unwrap_or((rest, ""));
        match status.parse() {
            Ok(status) => {
                let body = self.filled(body);
                self.give(Input::Fetched(id, Ok(&Response { status, retry_after: None, body })));
            }
            Err(_) => self.give(Input::Fetched(id, Err(&fault(body)))),
        }
    }

    fn filled(&self, text: &str) -> String {
        let fill = |text: String, (name, value): (&String, &Value)| {
            text.replace(&format!("\"{name}\""), &value.to_string())
        };
        self.names.iter().fold(text.to_owned(), fill)
    }

    fn give(&mut self, input: Input<'_>) {
        self.opening &= !matches!(input, Input::Opened | Input::OpenFailed(_));
        self.machine.handle(self.now, input);
        self.drain();
    }

    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        let mut circles = 0;
        for _ in 0..TIMEOUTS {
            let Some(at) = self.wait.filter(|at| *at <= end && !self.over) else { break };
            circles = if at <= self.now { circles + 1 } else { 0 };
            assert!(circles < CIRCLES, "it turns in circles");
            self.now = self.now.max(at);
            self.give(Input::Timeout);
        }
        self.now = end;
    }

    fn drain(&mut self) {
        for _ in 0..OUTPUTS {
            match self.machine.poll() {
                Output::Wait(at) => {
                    self.wait = at;
                    return;
                }
                Output::Fetch(id, _) => self.fetches.push((None, id)),
                Output::Cancel(id) => self.fetches.retain(|(_, known)| *known != id),
                Output::Send(text) => {
                    self.sent.extend(text.lines().filter_map(|line| serde_json::from_str(line).ok()));
                }
                Output::Event(event) => self.told.push(event),
                Output::Failed(_) | Output::Ended => self.over = true,
                Output::Open(_) => self.opening = true,
                Output::Close(_) => self.opening = false,
                Output::Ping => {}
            }
        }
        panic!("no end of outputs");
    }

    /// After its end a machine only ever waits.
    fn stays_silent(&mut self) {
        for input in [Input::Timeout, Input::Heard, Input::Text("x"), Input::Probe] {
            self.machine.handle(self.now, input);
            let output = self.machine.poll();
            assert!(matches!(output, Output::Wait(_)), "it goes on after its end");
        }
    }
}

/// The lines of a script; one that begins with white space continues the one before.
fn joined(script: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for raw in script.lines() {
        match lines.last_mut() {
            Some(last) if raw.starts_with(char::is_whitespace) => {
                last.push(' ');
                last.push_str(raw.trim());
            }
            _ => lines.push(raw.trim().to_owned()),
        }
    }
    lines
}

fn bind(pattern: &Value, sent: &Value, names: &mut BTreeMap<String, Value>) {
    match (pattern, sent) {
        (Value::String(name), _) if name.starts_with('$') => {
            names.insert(name.clone(), sent.clone());
        }
        (Value::Array(patterns), Value::Array(items)) => {
            patterns.iter().zip(items).for_each(|(pattern, item)| bind(pattern, item, names));
        }
        (Value::Object(patterns), Value::Object(fields)) => {
            for (key, pattern) in patterns {
                if let Some(field) = fields.get(key) {
                    bind(pattern, field, names);
                }
            }
        }
        _ => {}
    }
}

fn fault(words: &str) -> Fault {
    let kind = match words.split(' ').next() {
        Some("timed-out") => FaultKind::TimedOut,
        Some("tls") => FaultKind::Tls,
        Some("proxy") => FaultKind::Proxy,
        Some("malformed") => FaultKind::Malformed,
        Some("status") => {
            let status = words.split(' ').nth(1).and_then(|status| status.parse().ok());
            FaultKind::Status { status: status.unwrap_or(500), retry_after: None }
        }
        _ => FaultKind::Unreachable,
    };
    Fault { kind, detail: words.to_owned() }
}

fn time(words: &str) -> Duration {
    let digits = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let (number, unit) = words.split_at(digits);
    let number: u32 = number.parse().unwrap_or_default();
    let unit = match unit {
        "ms" => Duration::from_millis(1),
        "m" => Duration::from_secs(60),
        "h" => Duration::from_secs(60 * 60),
        _ => Duration::from_secs(1),
    };
    unit.saturating_mul(number)
}
