//! A vendor made for these tests: what it does is told by what its server sends.

use std::time::Duration;

use engine::Account;
use model::{AccountId, Event, PersonFact, Problem, ProblemCode};
use protocols::{FetchId, Input, Instant, Machine, Open, Output, Request, secret};
use providers::{
    Action, ActionId, Attention, Capabilities, Failure, FailureKind, Opening, Report, Session, SettingsFault,
    Vendor,
};
use secrecy::ExposeSecret;
use serde_json::Value;

pub static TEST: Vendor = Vendor {
    name: "test",
    title: "Test",
    keys: &[],
    proof: "it is a test",
    secret: &[],
    check: |_| Ok(()),
    open: open_session,
};

/// An account of it with these settings.
pub fn account(settings: Value) -> Account {
    let Value::Object(keys) = settings else { panic!("{settings}") };
    Account {
        id: "work".into(),
        vendor: &TEST,
        popups: engine::Popups::Mine,
        numbers: engine::contacts::Plan::default(),
        keys,
    }
}

pub fn id() -> AccountId {
    "work".into()
}

fn open_session(opening: Opening<'_>) -> Result<Box<dyn Session>, SettingsFault> {
    let text = |key: &str| opening.settings.get(key).and_then(Value::as_str).map(str::to_owned);
    if text("mode").as_deref() == Some("wrong key") {
        return Err(SettingsFault::in_key("url", "`url` is wrong."));
    }
    if opening.secret.expose_secret().is_empty() {
        return Err(SettingsFault::in_secret("The secret is empty."));
    }
    Ok(Box::new(Scripted {
        outputs: Vec::new(),
        url: text("url"),
        fetch: text("fetch"),
        mode: text("mode").unwrap_or_default(),
        token: opening.secret.expose_secret().to_owned(),
        alarm: None,
        acting: None,
    }))
}

/// ```text
/// text from the server      what the session does
/// person NAME               reports a person
/// panic                     panics
/// refuse                    fails: refused token
/// close                     closes with 1000 and fails: dropped
/// done                      the action asked for last is done
/// interrupted               reports that it mends itself
/// live                      reports that it is live again
/// resynced TEXT             reports what could not be had, or without a text that all could
/// renew SECRET              has another secret from here on
/// alarm                     waits a millisecond, then reports the person "alarm"
/// ```
struct Scripted {
    outputs: Vec<Output<Report, Failure>>,
    url: Option<String>,
    fetch: Option<String>,
    mode: String,
    token: String,
    alarm: Option<Instant>,
    acting: Option<ActionId>,
}

impl Scripted {
    fn out(&mut self, output: Output<Report, Failure>) {
        self.outputs.push(output);
    }

    fn person(&mut self, name: &str) {
        self.out(Output::Event(Report::Event(Event::Person(PersonFact::of(name)))));
    }

    fn fail(&mut self, kind: FailureKind) {
        self.out(Output::Failed(Failure::new(kind, "as told")));
    }

    fn text(&mut self, now: Instant, text: &str) {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "person" => self.person(rest),
            "panic" => panic!("as told"),
            "refuse" => self.fail(FailureKind::RefusedToken),
            "close" => {
                self.out(Output::Close(1000));
                self.fail(FailureKind::Dropped);
            }
            "done" => {
                let id = self.acting.take().unwrap();
                self.out(Output::Event(Report::Done(id, Ok(()))));
            }
            "resynced" => {
                let problem = Problem::new(ProblemCode::Protocol, rest);
                let result = if rest.is_empty() { Ok(()) } else { Err(problem) };
                self.out(Output::Event(Report::Resynced(result)));
            }
            "renew" => self.out(Output::Event(Report::Secret(rest.into()))),
            "interrupted" => self.out(Output::Event(Report::Interrupted)),
            "live" => self.out(Output::Event(Report::Live { transport: "websocket" })),
            "alarm" => self.alarm = Some(now + Duration::from_millis(1)),
            _ => panic!("{text}"),
        }
    }
}

impl Machine for Scripted {
    type Event = Report;
    type Error = Failure;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        match input {
            Input::Start => match (&self.url, self.mode.as_str()) {
                (Some(url), _) => {
                    let token = secret::Text::new(format!("Bearer {}", self.token));
                    let headers = vec![("authorization", token)];
                    let within = Duration::from_secs(5);
                    self.out(Output::Open(Open { headers, ..Open::new(url.clone(), within) }));
                }
                (None, mode) if mode.starts_with("live") => {
                    self.out(Output::Event(Report::Live { transport: "polling" }));
                }
                (None, "unreachable") => self.fail(FailureKind::Unreachable),
                (None, mode) => panic!("{mode}"),
            },
            Input::Opened => {
                self.out(Output::Event(Report::Live { transport: "websocket" }));
                match &self.fetch {
                    Some(url) => {
                        self.outputs.push(Output::Fetch(FetchId(1), Request::get(url).bearer(&self.token)));
                    }
                    None => self.out(Output::Event(Report::Resynced(Ok(())))),
                }
            }
            Input::OpenFailed(fault) => self.out(Output::Failed(Failure::from(fault))),
            Input::Text(text) => self.text(now, text),
            Input::Heard => self.out(Output::Send("heard".to_owned())),
            Input::Closed { .. } if self.mode == "mends itself" => {
                self.out(Output::Event(Report::Interrupted));
                self.handle(now, Input::Start);
            }
            Input::Closed { code, reason } => {
                self.out(Output::Failed(Failure::new(FailureKind::Dropped, format!("{code:?} {reason}"))));
            }
            Input::Fetched(FetchId(1), Ok(response)) => {
                self.person(&response.body.clone());
                self.out(Output::Event(Report::Resynced(Ok(()))));
            }
            Input::Fetched(_, result) => {
                let problem = Problem::new(ProblemCode::Unreachable, format!("{result:?}"));
                self.out(Output::Event(Report::Resynced(Err(problem))));
            }
            Input::Timeout => {
                self.alarm = None;
                self.person("alarm");
            }
            Input::Probe => self.person("probed"),
            Input::Stop if self.mode == "live, deaf" => {}
            Input::Stop if self.mode == "live, panics when asked to stop" => panic!("as told"),
            Input::Stop => {
                self.out(Output::Close(1000));
                self.out(Output::Ended);
            }
        }
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        if self.outputs.is_empty() { Output::Wait(self.alarm) } else { self.outputs.remove(0) }
    }
}

impl Session for Scripted {
    fn act(&mut self, _now: Instant, id: ActionId, _action: Action) {
        self.acting = Some(id);
        self.out(Output::Send("acting".to_owned()));
    }

    fn attend(&mut self, _now: Instant, attention: Attention) {
        if attention == Attention::Alerts {
            self.out(Output::Send("alerts only".to_owned()));
        }
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { dnd: true, ..Capabilities::default() }
    }
}

/// What an action that is done looks like.
pub const DONE: Result<(), Problem> = Ok(());

/// The code of what became of an action.
pub fn code(result: &Result<(), Problem>) -> ProblemCode {
    result.as_ref().unwrap_err().code
}
