//! Wire transcripts that can be handed over: what every session heard and did, without anybody's data.
//!
//! A recording is a file of JSON lines. Each has `t`, microseconds since its beginning, and `s`, the number of the
//! session; the first of a session also has what it was opened with. [`crate::replay`] plays one again.

mod scrub;

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{AccountId, Time};
use protocols::{Body, Fault, FaultKind, Input, Instant, Method, Output};
use providers::{Failure, Report};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Clock;
use scrub::Scrub;

/// A recording ends when it is as large as this.
const LARGEST: u64 = 256 << 20;

/// One line of a recording.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Microseconds since the recording began, by the clock that the session was given.
    pub(crate) t: u64,
    /// Which session, counted from 1.
    pub(crate) s: u64,
    #[serde(flatten)]
    pub(crate) what: What,
}

/// What happened to a session, or what it did.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum What {
    /// A session begins.
    Begin(Box<Begin>),
    Opened,
    OpenFailed {
        fault: RecordedFault,
    },
    Text {
        text: String,
    },
    Heard,
    Closed {
        code: Option<u16>,
        reason: String,
    },
    Fetched {
        fetch: u64,
        status: u16,
        retry_after_ms: Option<u64>,
        body: String,
    },
    NotFetched {
        fetch: u64,
        fault: RecordedFault,
    },
    Probe,
    Stop,
    /// The session wants a socket.
    Open {
        url: String,
    },
    Send {
        text: String,
    },
    Ping,
    Close {
        code: u16,
    },
    Fetch {
        fetch: u64,
        method: String,
        url: String,
        body: String,
    },
    Cancel {
        fetch: u64,
    },
    /// The session's end.
    Failed {
        kind: String,
    },
    Ended,
}

/// What a session was opened with.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Begin {
    pub(crate) v: u8,
    pub(crate) account: String,
    pub(crate) provider: String,
    pub(crate) settings: Map<String, Value>,
    pub(crate) secret: Value,
    pub(crate) files: Map<String, Value>,
    pub(crate) seed: u64,
    pub(crate) wall: Time,
}

/// Why there was no answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RecordedFault {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

const FAULTS: &[(&str, FaultKind)] = &[
    ("unreachable", FaultKind::Unreachable),
    ("timed_out", FaultKind::TimedOut),
    ("tls", FaultKind::Tls),
    ("proxy", FaultKind::Proxy),
    ("malformed", FaultKind::Malformed),
];

impl From<&Fault> for RecordedFault {
    fn from(fault: &Fault) -> Self {
        let kind = FAULTS.iter().find(|(_, kind)| *kind == fault.kind).map_or("status", |(name, _)| name);
        let (status, retry_after) = match fault.kind {
            FaultKind::Status { status, retry_after } => (Some(status), retry_after),
            FaultKind::Unreachable
            | FaultKind::TimedOut
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::Malformed => (None, None),
        };
        Self { kind: kind.to_owned(), status, retry_after_ms: retry_after.map(millis) }
    }
}

impl RecordedFault {
    /// As it was, its words excepted.
    pub(crate) fn fault(&self) -> Fault {
        let known = FAULTS.iter().find(|(name, _)| *name == self.kind).map(|(_, kind)| *kind);
        let kind = match (known, self.status) {
            (Some(kind), _) => kind,
            (None, Some(status)) => {
                FaultKind::Status { status, retry_after: self.retry_after_ms.map(Duration::from_millis) }
            }
            (None, None) => FaultKind::Unreachable,
        };
        Fault { kind, detail: "as recorded".to_owned() }
    }
}

/// A recording under way; all links write to the one.
pub struct Recorder {
    began_at: Instant,
    inner: Mutex<Inner>,
}

struct Inner {
    out: BufWriter<File>,
    scrub: Scrub,
    accounts: Vec<AccountId>,
    sessions: u64,
    written: u64,
    /// Nothing more is written: the file is full or cannot be written.
    over: bool,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recorder")
    }
}

impl Recorder {
    /// Begins a recording in a fresh file that only its owner can read.
    ///
    /// # Errors
    /// If there is such a file already, or it cannot be made.
    pub fn create(path: &Path, clock: &dyn Clock) -> io::Result<Arc<Self>> {
        let file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
        let inner = Inner {
            out: BufWriter::new(file),
            scrub: Scrub::new(clock.wall()),
            accounts: Vec::new(),
            sessions: 0,
            written: 0,
            over: false,
        };
        Ok(Arc::new(Self { began_at: clock.now(), inner: Mutex::new(inner) }))
    }

    /// A session is about to begin.
    pub(crate) fn begin(
        self: &Arc<Self>,
        account: &AccountId,
        vendor: &providers::Vendor,
        opening: &providers::Opening<'_>,
    ) -> Recorded {
        let mut inner = self.lock();
        inner.sessions += 1;
        let session = inner.sessions;
        let number = inner.accounts.iter().position(|known| known == account).unwrap_or_else(|| {
            inner.accounts.push(account.clone());
            inner.accounts.len() - 1
        });
        let scrub = &mut inner.scrub;
        let settings = opening.settings.iter().map(|(key, value)| (key.clone(), scrub.json(key, value)));
        let settings = settings.collect();
        let files = opening.files.iter().filter_map(|(key, text)| {
            // A map of names is what a vendor's events are read by; people are not in it.
            Some(((*key).to_owned(), Value::String(text.as_ref().ok()?.clone())))
        });
        let files = files.collect();
        let begin = Begin {
            v: 1,
            account: format!("account-{}", number + 1),
            provider: vendor.name.to_owned(),
            settings,
            secret: secret(scrub, opening.secret),
            files,
            seed: opening.seed,
            wall: opening.wall,
        };
        drop(inner);
        let recorded = Recorded { recorder: Arc::clone(self), session };
        recorded.write(opening.now, |_| Some(What::Begin(Box::new(begin))));
        recorded
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn secret(scrub: &mut Scrub, secret: &SecretString) -> Value {
    match serde_json::from_str(secret.expose_secret()) {
        Ok(Value::Object(fields)) => scrub.json("secret", &Value::Object(fields)),
        Ok(_) | Err(_) => Value::Null,
    }
}

/// One session in a [`Recorder`].
pub(crate) struct Recorded {
    recorder: Arc<Recorder>,
    session: u64,
}

impl Recorded {
    /// What happens to the session, before it does.
    pub(crate) fn input(&self, now: Instant, input: &Input<'_>) {
        self.write(now, |scrub| {
            Some(match input {
                Input::Start | Input::Timeout => return None,
                Input::Opened => What::Opened,
                Input::OpenFailed(fault) => What::OpenFailed { fault: (*fault).into() },
                Input::Text(text) => What::Text { text: scrub.text(text) },
                Input::Heard => What::Heard,
                Input::Closed { code, reason } => What::Closed { code: *code, reason: scrub.text(reason) },
                Input::Fetched(id, Ok(response)) => What::Fetched {
                    fetch: id.0,
                    status: response.status,
                    retry_after_ms: response.retry_after.map(millis),
                    body: scrub.text(&response.body),
                },
                Input::Fetched(id, Err(fault)) => What::NotFetched { fetch: id.0, fault: (*fault).into() },
                Input::Probe => What::Probe,
                Input::Stop => What::Stop,
            })
        });
    }

    /// What the session does.
    pub(crate) fn output(&self, now: Instant, output: &Output<Report, Failure>) {
        self.write(now, |scrub| {
            Some(match output {
                Output::Event(_) | Output::Wait(_) => return None,
                Output::Open(open) => What::Open { url: scrub.url(&open.url) },
                Output::Send(text) => {
                    scrub.sent(text);
                    What::Send { text: scrub.text(text) }
                }
                Output::Ping => What::Ping,
                Output::Close(code) => What::Close { code: *code },
                Output::Fetch(id, request) => {
                    let body = match &request.body {
                        Body::Empty => String::new(),
                        Body::Json(text) => {
                            scrub.sent(text.expose());
                            scrub.text(text.expose())
                        }
                        Body::Form(text) => scrub.form(text.expose()),
                    };
                    let (method, url) = (method(request.method).to_owned(), scrub.url(&request.url));
                    What::Fetch { fetch: id.0, method, url, body }
                }
                Output::Cancel(id) => What::Cancel { fetch: id.0 },
                Output::Failed(failure) => What::Failed { kind: format!("{:?}", failure.kind) },
                Output::Ended => What::Ended,
            })
        });
    }

    fn write(&self, now: Instant, what: impl FnOnce(&mut Scrub) -> Option<What>) {
        let t = u64::try_from((now - self.recorder.began_at).as_micros()).unwrap_or(u64::MAX);
        let mut inner = self.recorder.lock();
        if inner.over {
            return;
        }
        let Some(what) = what(&mut inner.scrub) else { return };
        let line = serde_json::to_string(&Line { t, s: self.session, what }).unwrap_or_default();
        inner.written += line.len() as u64 + 1;
        let written = writeln!(inner.out, "{line}").and_then(|()| inner.out.flush());
        if let Err(error) = written {
            inner.over = true;
            tracing::warn!(%error, "the recording ends: it cannot be written");
        } else if inner.written > LARGEST || inner.scrub.is_full() {
            inner.over = true;
            tracing::warn!("the recording ends: it is full");
        }
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
