//! The websocket: opening it, knowing that it lives, and what its end means.

use std::time::Duration;

use super::{Client, Error, State, Transports, Way};
use crate::{Fault, Instant, Open, Output};

/// How long a probe waits for a sign of life.
const PROBE_WITHIN: Duration = Duration::from_secs(3);

/// Whether a websocket lives.
#[derive(Debug)]
pub(super) struct Vital {
    heard_at: Instant,
    /// To be looked at again then.
    pub(super) look_at: Instant,
    /// It must have been heard by then.
    probed_until: Option<Instant>,
}

impl Client {
    pub(super) fn open_socket(&mut self, now: Instant) {
        let within = self.options.open_within;
        self.state = State::Opening { until: now + within };
        let base = match self.options.url.strip_prefix("http") {
            Some(rest) => format!("ws{rest}"),
            None => self.options.url.clone(),
        };
        let url = format!("{}/{}/websocket", base.trim_end_matches('/'), self.ids.path());
        self.outputs.push_back(Output::Open(Open::new(url, within)));
    }

    pub(super) fn opened(&mut self, now: Instant) {
        if matches!(self.state, State::Opening { .. }) {
            self.state = State::Greeting { until: now + self.options.greeting_within };
            let look_at = now + self.options.ping_every;
            self.way = Way::Socket(Vital { heard_at: now, look_at, probed_until: None });
        }
    }

    pub(super) fn open_failed(&mut self, now: Instant, fault: &Fault) {
        if matches!(self.state, State::Opening { .. }) {
            self.do_without_socket(now, fault.into());
        }
    }

    pub(super) fn closed(&mut self, now: Instant, code: Option<u16>, reason: &str) {
        let had_socket = matches!(self.way, Way::Socket(_)) || matches!(self.state, State::Opening { .. });
        if !had_socket {
            return;
        }
        self.way = Way::None;
        let error = Error::Dropped { code, reason: reason.to_owned() };
        match self.state {
            State::Opening { .. } | State::Greeting { .. } => self.do_without_socket(now, error),
            State::Idle | State::Open | State::Over => self.fail(error),
        }
    }

    /// Lets go of an open socket.
    pub(super) fn close_socket(&mut self) {
        if matches!(self.way, Way::Socket(_)) {
            self.way = Way::None;
            self.outputs.push_back(Output::Close(1000));
        }
    }

    /// A websocket that never came to an open session: held HTTP requests, if they may be used.
    pub(super) fn do_without_socket(&mut self, now: Instant, error: Error) {
        // Whatever there was of it is gone.
        self.state = State::Greeting { until: now };
        if self.options.transports == Transports::Auto && error.leaves_polling() {
            self.no_socket = Some(error);
            self.begin_polling(now);
        } else {
            self.fail(error);
        }
    }

    /// Notes a sign of life; `false` if there is no socket for it to come from.
    pub(super) fn heard(&mut self, now: Instant) -> bool {
        let Way::Socket(vital) = &mut self.way else { return false };
        vital.heard_at = now;
        vital.probed_until = None;
        true
    }

    /// Asks for a sign of life at once.
    pub(super) fn probe(&mut self, now: Instant) {
        let soon = now + PROBE_WITHIN;
        match (&mut self.state, &mut self.way) {
            (State::Opening { until }, _) | (State::Greeting { until }, Way::Socket(_)) => {
                *until = soon.min(*until);
            }
            (State::Open, Way::Socket(vital)) => {
                vital.probed_until = Some(soon.min(vital.probed_until.unwrap_or(soon)));
                vital.look_at = soon.min(vital.look_at);
                self.outputs.push_back(Output::Ping);
            }
            (State::Greeting { .. } | State::Open, Way::Polling(_)) => self.probe_polling(now),
            (State::Idle | State::Greeting { .. } | State::Open | State::Over, _) => {}
        }
    }

    pub(super) fn tick_socket(&mut self, now: Instant) {
        let (ping_every, dead_after) = (self.options.ping_every, self.options.dead_after);
        let Way::Socket(vital) = &mut self.way else { return };
        if vital.look_at > now {
            return;
        }
        let dead_at = vital.heard_at + dead_after;
        let dead_at = vital.probed_until.map_or(dead_at, |at| at.min(dead_at));
        if dead_at <= now {
            return self.fail(Error::Silent);
        }
        let ping_at = vital.heard_at + ping_every;
        if ping_at > now {
            vital.look_at = ping_at.min(dead_at);
        } else {
            vital.look_at = dead_at.min(now + ping_every);
            self.outputs.push_back(Output::Ping);
        }
    }
}
