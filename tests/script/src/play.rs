//! Steps against a machine.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use protocols::{Body, FetchId, Input, Instant, Machine, Open, Output, Request, Response, secret};

use crate::{
    compare::{Names, same_text},
    parse::{Expectation, Happening, Line, Recall, Step},
};

/// A machine that was given the same instant this often without coming to rest is turning in circles.
const CIRCLES: usize = 100;

pub(crate) struct Play<M: Machine, R, A> {
    machine: M,
    render: R,
    act: A,
    now: Instant,
    wait: Option<Instant>,
    /// What it did that no line has yet asked for.
    done: VecDeque<Done>,
    names: Names,
    fetches: BTreeMap<String, FetchId>,
    last: Last,
    over: bool,
}

/// An output, as far as lines can ask for it.
#[derive(Debug)]
enum Done {
    Open(Open),
    Send(String),
    Ping,
    Close(u16),
    Fetch(FetchId, Request),
    Cancel(FetchId),
    Event(String),
    Failed(String),
    Ended,
}

/// What `header`, `query` and `within` are about.
#[derive(Default)]
struct Last {
    headers: Vec<(&'static str, secret::Text)>,
    secret_query: Option<secret::Text>,
    within: Duration,
}

impl<M, R, A> Play<M, R, A>
where
    M: Machine,
    M::Error: std::fmt::Display,
    R: Fn(&M::Event) -> Option<String>,
    A: FnMut(&mut M, Instant, &str),
{
    pub(crate) fn new(machine: M, render: R, act: A) -> Self {
        Self {
            machine,
            render,
            act,
            now: Instant::default() + Duration::from_secs(1000),
            wait: None,
            done: VecDeque::new(),
            names: Names::default(),
            fetches: BTreeMap::new(),
            last: Last::default(),
            over: false,
        }
    }

    pub(crate) fn run(mut self, lines: &[Line]) {
        self.drain();
        for line in lines {
            let outcome = match &line.step {
                Step::Happen(happening) => self.rest().and_then(|()| self.happen(happening)),
                Step::Expect(expectation) => self.expect(expectation),
                Step::Recall(recall) => self.recall(recall),
            };
            if let Err(complaint) = outcome {
                panic!("line {}: {}\n{complaint}", line.number, line.text);
            }
        }
        if let Err(complaint) = self.rest() {
            panic!("after the last line\n{complaint}");
        }
    }

    /// Nothing may be left over from the steps before.
    fn rest(&self) -> Result<(), String> {
        match self.done.front() {
            None => Ok(()),
            Some(done) => Err(format!("before this, the machine did what no line asks for: {}", show(done))),
        }
    }

    fn happen(&mut self, happening: &Happening) -> Result<(), String> {
        match happening {
            Happening::Start => self.give(Input::Start),
            Happening::Probe => self.give(Input::Probe),
            Happening::Stop => self.give(Input::Stop),
            Happening::Opened => self.give(Input::Opened),
            Happening::OpenFailed(fault) => self.give(Input::OpenFailed(fault)),
            Happening::Text(text) => {
                let text = self.names.fill(text);
                self.give(Input::Text(&text));
            }
            Happening::Heard => self.give(Input::Heard),
            Happening::Closed { code, reason } => self.give(Input::Closed { code: *code, reason }),
            Happening::Answered { name, status, retry_after, body } => {
                let id = self.fetch_id(name)?;
                let body = self.names.fill(body);
                let response = Response { status: *status, retry_after: *retry_after, body };
                self.give(Input::Fetched(id, Ok(&response)));
            }
            Happening::Unanswered { name, fault } => {
                let id = self.fetch_id(name)?;
                self.give(Input::Fetched(id, Err(fault)));
            }
            Happening::Passed(time) => return self.pass(*time),
            Happening::Act(words) => {
                (self.act)(&mut self.machine, self.now, words);
                self.drain();
            }
        }
        Ok(())
    }

    fn pass(&mut self, time: Duration) -> Result<(), String> {
        let end = self.now + time;
        let mut circles = 0;
        while let Some(at) = self.wait.filter(|at| *at <= end) {
            circles = if at > self.now { 0 } else { circles + 1 };
            if circles > CIRCLES {
                return Err("the machine asks for the present instant again and again".into());
            }
            self.now = self.now.max(at);
            self.give(Input::Timeout);
            if self.now < end && !self.done.is_empty() {
                let early = end - self.now;
                self.rest().map_err(|complaint| format!("{early:?} too early: {complaint}"))?;
            }
        }
        self.now = end;
        Ok(())
    }

    fn give(&mut self, input: Input<'_>) {
        self.machine.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            let done = match self.machine.poll() {
                Output::Wait(until) => {
                    self.wait = until;
                    return;
                }
                Output::Open(open) => Some(Done::Open(open)),
                Output::Send(text) => Some(Done::Send(text)),
                Output::Ping => Some(Done::Ping),
                Output::Close(code) => Some(Done::Close(code)),
                Output::Fetch(id, request) => Some(Done::Fetch(id, request)),
                Output::Cancel(id) => Some(Done::Cancel(id)),
                Output::Event(event) => (self.render)(&event).map(Done::Event),
                Output::Failed(error) => {
                    assert!(!self.over, "the machine ended twice");
                    self.over = true;
                    Some(Done::Failed(error.to_string()))
                }
                Output::Ended => {
                    assert!(!self.over, "the machine ended twice");
                    self.over = true;
                    Some(Done::Ended)
                }
            };
            self.done.extend(done);
        }
    }

    fn recall(&self, recall: &Recall) -> Result<(), String> {
        match recall {
            Recall::Header { name, value } => {
                let found = self.last.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name));
                match found {
                    Some((_, text)) if same_text(value, text.expose()) => Ok(()),
                    Some(_) => Err("the header has another value".into()),
                    None => Err("there is no such header".into()),
                }
            }
            Recall::Query(value) => match &self.last.secret_query {
                Some(text) if same_text(value, text.expose()) => Ok(()),
                Some(_) => Err("the secret query is another".into()),
                None => Err("there is no secret query".into()),
            },
            Recall::Within(time) if self.last.within == *time => Ok(()),
            Recall::Within(_) => Err(format!("the limit is {:?}", self.last.within)),
        }
    }

    fn expect(&mut self, expectation: &Expectation) -> Result<(), String> {
        let Some(done) = self.done.pop_front() else {
            return Err(match self.wait {
                Some(at) => format!("the machine does nothing for {:?}", at - self.now),
                None => "the machine does nothing more by itself".into(),
            });
        };
        let shown = show(&done);
        if self.is(expectation, done) { Ok(()) } else { Err(format!("instead: {shown}")) }
    }

    fn is(&mut self, expectation: &Expectation, done: Done) -> bool {
        match (expectation, done) {
            (
                Expectation::Open(wanted),
                Done::Open(Open { url, secret_query, headers, within, keeps_former: _ }),
            ) => {
                self.last = Last { headers, secret_query, within };
                same_text(wanted, &url)
            }
            (Expectation::Send(wanted), Done::Send(text)) => self.names.same_json(wanted, &text),
            (Expectation::Ping, Done::Ping) | (Expectation::Ended, Done::Ended) => true,
            (Expectation::Close(wanted), Done::Close(code)) => *wanted == code,
            (Expectation::Fetch { name, method, url, body }, Done::Fetch(id, request)) => {
                self.fetches.insert(name.clone(), id);
                let same = *method == request.method
                    && same_text(url, &request.url)
                    && self.names.same_json(body, text_of(&request.body));
                self.last = Last {
                    headers: request.headers,
                    secret_query: request.secret_query,
                    within: request.within,
                };
                same
            }
            (Expectation::Cancel(name), Done::Cancel(id)) => self.fetches.get(name) == Some(&id),
            (Expectation::Event(wanted), Done::Event(text))
            | (Expectation::Failed(wanted), Done::Failed(text)) => same_text(wanted, &text),
            _ => false,
        }
    }

    fn fetch_id(&self, name: &str) -> Result<FetchId, String> {
        self.fetches.get(name).copied().ok_or_else(|| "no request has that name".into())
    }
}

fn text_of(body: &Body) -> &str {
    match body {
        Body::Empty => "",
        Body::Json(text) | Body::Form(text) => text.expose(),
    }
}

fn show(done: &Done) -> String {
    match done {
        Done::Open(open) => format!("open {}", open.url),
        Done::Send(text) => format!("> {text}"),
        Done::Ping => "ping".into(),
        Done::Close(code) => format!("close {code}"),
        Done::Fetch(id, request) => {
            let Request { method, url, body, .. } = request;
            let method = format!("{method:?}").to_uppercase();
            format!("fetch ${} {method} {url} {}", id.0, text_of(body))
        }
        Done::Cancel(id) => format!("cancel ${}", id.0),
        Done::Event(text) => format!("= {text}"),
        Done::Failed(text) => format!("failed {text}"),
        Done::Ended => "ended".into(),
    }
}
