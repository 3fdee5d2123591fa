//! Lines to steps.

use std::time::Duration;

use protocols::{Fault, FaultKind, Method};

/// A step and where it stands.
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) text: String,
    pub(crate) step: Step,
}

/// What a line says.
pub(crate) enum Step {
    Happen(Happening),
    Expect(Expectation),
    Recall(Recall),
}

/// What happens to the machine.
pub(crate) enum Happening {
    Start,
    Probe,
    Stop,
    Opened,
    OpenFailed(Fault),
    Text(String),
    Heard,
    Closed { code: Option<u16>, reason: String },
    Answered { name: String, status: u16, retry_after: Option<Duration>, body: String },
    Unanswered { name: String, fault: Fault },
    Passed(Duration),
    Act(String),
}

/// What the machine must do.
pub(crate) enum Expectation {
    Open(String),
    Send(String),
    Ping,
    Close(u16),
    Fetch { name: String, method: Method, url: String, body: String },
    Cancel(String),
    Event(String),
    Failed(String),
    Ended,
}

/// What the last `open` or `fetch` must have had.
pub(crate) enum Recall {
    Header { name: String, value: String },
    Query(String),
    Within(Duration),
}

/// The steps of a script.
pub(crate) fn lines(script: &str) -> Vec<Line> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    for (at, raw) in script.lines().enumerate() {
        let text = raw.trim();
        if text.is_empty() || text.starts_with('#') || text.starts_with(": ") {
            continue;
        }
        match joined.last_mut() {
            Some((_, last)) if raw.starts_with(char::is_whitespace) => {
                last.push(' ');
                last.push_str(text);
            }
            _ => joined.push((at + 1, text.to_owned())),
        }
    }
    joined
        .into_iter()
        .map(|(number, text)| match step(&text) {
            Some(step) => Line { number, step, text },
            None => panic!("line {number} is no step: {text}"),
        })
        .collect()
}

fn step(text: &str) -> Option<Step> {
    let (verb, rest) = word(text);
    let happen = |happening| Some(Step::Happen(happening));
    let expect = |expectation| Some(Step::Expect(expectation));
    match verb {
        "start" => happen(Happening::Start),
        "probe" => happen(Happening::Probe),
        "stop" => happen(Happening::Stop),
        "opened" => happen(Happening::Opened),
        "open-failed" => happen(Happening::OpenFailed(fault(rest)?)),
        "<" => happen(Happening::Text(rest.to_owned())),
        "heard" => happen(Happening::Heard),
        "closed" => {
            let (code, reason) = word(rest);
            let code = if code.is_empty() { None } else { Some(code.parse().ok()?) };
            happen(Happening::Closed { code, reason: reason.to_owned() })
        }
        "fetched" => happen(fetched(rest)?),
        "+" => happen(Happening::Passed(time(rest)?)),
        "!" => happen(Happening::Act(rest.to_owned())),
        "open" => expect(Expectation::Open(rest.to_owned())),
        ">" => expect(Expectation::Send(rest.to_owned())),
        "ping" => expect(Expectation::Ping),
        "close" => expect(Expectation::Close(rest.parse().ok()?)),
        "fetch" => expect(fetch(rest)?),
        "header" => {
            let (name, value) = word(rest);
            Some(Step::Recall(Recall::Header { name: name.to_owned(), value: value.to_owned() }))
        }
        "query" => Some(Step::Recall(Recall::Query(rest.to_owned()))),
        "within" => Some(Step::Recall(Recall::Within(time(rest)?))),
        "cancel" => expect(Expectation::Cancel(rest.to_owned())),
        "=" => expect(Expectation::Event(rest.to_owned())),
        "failed" => expect(Expectation::Failed(rest.to_owned())),
        "ended" => expect(Expectation::Ended),
        _ => None,
    }
}

fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn fetched(rest: &str) -> Option<Happening> {
    let (name, rest) = word(rest);
    let name = name.to_owned();
    let (status, rest) = word(rest);
    if status == "failed" {
        return Some(Happening::Unanswered { name, fault: fault(rest)? });
    }
    let (retry_after, body) = retry_after(rest)?;
    Some(Happening::Answered { name, status: status.parse().ok()?, retry_after, body: body.to_owned() })
}

fn fetch(rest: &str) -> Option<Expectation> {
    let (name, rest) = word(rest);
    let (method, rest) = word(rest);
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => return None,
    };
    let (url, body) = word(rest);
    Some(Expectation::Fetch { name: name.to_owned(), method, url: url.to_owned(), body: body.to_owned() })
}

fn fault(text: &str) -> Option<Fault> {
    let (kind, rest) = word(text);
    let kind = match kind {
        "unreachable" => FaultKind::Unreachable,
        "timed-out" => FaultKind::TimedOut,
        "tls" => FaultKind::Tls,
        "proxy" => FaultKind::Proxy,
        "malformed" => FaultKind::Malformed,
        "status" => {
            let (status, rest) = word(rest);
            FaultKind::Status { status: status.parse().ok()?, retry_after: retry_after(rest)?.0 }
        }
        _ => return None,
    };
    Some(Fault { kind, detail: text.to_owned() })
}

fn retry_after(text: &str) -> Option<(Option<Duration>, &str)> {
    match text.strip_prefix("retry-after ") {
        Some(rest) => {
            let (after, rest) = word(rest);
            Some((Some(time(after)?), rest))
        }
        None => Some((None, text)),
    }
}

fn time(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().ok()?;
    match text.strip_prefix(digits)? {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(60 * number)),
        _ => None,
    }
}
