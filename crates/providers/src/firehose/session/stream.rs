//! The stream of events.

use model::Event;
use protocols::{
    Machine as _, Output,
    kazoo::{self, Heard},
};

use super::{Firehose, Phase};
use crate::{Failure, FailureKind, Report};

impl Firehose {
    /// Takes a message without copying it.
    pub(super) fn hear(&mut self, text: &str) {
        let (now, wall) = (self.now, self.wall());
        let (calls, out) = (&mut self.calls, &mut self.out);
        self.client.hear(now, text, |heard| match heard {
            Heard::Channel(event) => calls.hear(now, wall, &event),
            Heard::Skipped(what) => {
                let name = what.into_owned();
                out.push_back(Output::Event(Report::Event(Event::Unknown { name })));
            }
        });
    }

    /// Takes what the client has to say.
    pub(super) fn drain(&mut self) {
        loop {
            match self.client.poll() {
                Output::Open(open) => self.out.push_back(Output::Open(open)),
                Output::Send(text) => self.out.push_back(Output::Send(text)),
                Output::Ping => self.out.push_back(Output::Ping),
                Output::Close(code) => self.out.push_back(Output::Close(code)),
                Output::Fetch(id, request) => self.out.push_back(Output::Fetch(id, request)),
                Output::Cancel(id) => self.out.push_back(Output::Cancel(id)),
                Output::Event(event) => self.take(event),
                Output::Failed(error) => return self.end(Output::Failed(failure(&error, self.phase))),
                Output::Ended => return self.end(Output::Ended),
                Output::Wait(until) => {
                    self.client_wait = until;
                    return;
                }
            }
        }
    }

    fn take(&mut self, event: kazoo::Event) {
        let (now, wall) = (self.now, self.wall());
        match event {
            kazoo::Event::LoggedIn(identity) => {
                self.calls.set_identity(
                    now,
                    wall,
                    identity.owner_id.as_deref(),
                    identity.account_id.as_deref(),
                );
            }
            kazoo::Event::Live => {
                let before = std::mem::replace(&mut self.phase, Phase::Live);
                if before != Phase::Live {
                    self.report(Report::Live { transport: "websocket" });
                    self.tell_missed();
                }
                self.begin_resync();
            }
            kazoo::Event::Interrupted => {
                self.phase = Phase::Mending;
                self.report(Report::Interrupted);
            }
            kazoo::Event::Channel(event) => self.calls.hear(now, wall, &event),
            kazoo::Event::Heard => self.tell(Event::Heard),
            kazoo::Event::Skipped(name) => self.tell(Event::Unknown { name }),
        }
    }
}

fn failure(error: &kazoo::Error, phase: Phase) -> Failure {
    let detail = error.to_string();
    match error {
        kazoo::Error::Unreachable(fault) if phase == Phase::Connecting => Failure::from(fault),
        kazoo::Error::Unreachable(_) | kazoo::Error::Dropped { .. } => Failure::new(FailureKind::Dropped, detail),
        kazoo::Error::Silent => Failure::new(FailureKind::Silent, detail),
        kazoo::Error::LoginRefused(_) => Failure::new(FailureKind::RefusedToken, detail).saying(
            "The provider does not accept this user name and password for the account's domain; sign in again, or correct `domain` in the settings.",
        ),
        kazoo::Error::TokenRefused => Failure::new(FailureKind::Protocol, detail).saying(
            "The provider lets this user log in but not listen; ask whether it may use the Firehose, or set `token_in = \"query\"`.",
        ),
        kazoo::Error::Status { status, retry_after, .. } => {
            Failure { detail, ..Failure::from_status(*status, *retry_after) }
        }
        kazoo::Error::Protocol(_) => Failure::new(FailureKind::Protocol, detail),
    }
}
