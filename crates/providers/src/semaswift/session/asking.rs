//! Requests: which are under way, which wait, and what is done where the provider says to slow down or wants
//! another access token.

use std::{sync::Arc, time::Duration};

use protocols::{Fault, FetchId, Instant, Output, Request, Response};

use super::{Phase, Semaswift};
use crate::{Failure, FailureKind, semaswift::api::PageAt, semaswift::rest};

/// The pause that is made where the provider names none.
const PAUSE: Duration = Duration::from_secs(30);

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    Login,
    Renew,
    /// The first tokens for events.
    Tokens,
    /// Another token for the connection.
    ConnectionToken,
    ChannelTokens(Vec<Arc<str>>),
    Statuses,
    Agents(PageAt),
    SetStatus(String),
    ReadStatus,
}

impl Ask {
    fn signs_in(&self) -> bool {
        matches!(self, Self::Login | Self::Renew)
    }
}

/// A request, and whether it was made before with an access token that was refused.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    ask: Ask,
    again: bool,
    /// Which of the access tokens it went out with.
    with: u32,
}

impl Semaswift {
    pub(super) fn ask(&mut self, ask: Ask) {
        self.send(Asked { ask, again: false, with: self.access.number });
    }

    /// Whether this is under way or waits.
    pub(super) fn is_asked(&self, wanted: impl Fn(&Ask) -> bool) -> bool {
        self.asked.values().chain(&self.waiting).any(|asked| wanted(&asked.ask))
    }

    /// Leaves what is not needed any longer unasked.
    pub(super) fn forget(&mut self, unwanted: impl Fn(&Ask) -> bool) {
        self.waiting.retain(|asked| !unwanted(&asked.ask));
        let ids: Vec<FetchId> =
            self.asked.iter().filter(|(_, asked)| unwanted(&asked.ask)).map(|(id, _)| *id).collect();
        for id in ids {
            self.asked.remove(&id);
            self.out.push_back(Output::Cancel(id));
        }
    }

    fn send(&mut self, asked: Asked) {
        let renewable = self.secret.is_renewable();
        let stale = !asked.ask.signs_in() && self.access.is_stale(self.now, renewable);
        if self.paused_until.is_some() || (self.access.renewing && !asked.ask.signs_in()) {
            return self.put_off(asked);
        }
        if stale {
            self.put_off(asked);
            return self.renew();
        }
        let Some(request) = self.request(&asked.ask) else { return };
        let id = FetchId(self.next_fetch);
        self.next_fetch += 1;
        self.asked.insert(id, Asked { with: self.access.number, ..asked });
        self.out.push_back(Output::Fetch(id, request));
    }

    fn request(&self, ask: &Ask) -> Option<Request> {
        let request = match ask {
            Ask::Login => {
                let (email, password) = self.secret.password.as_ref()?;
                return Some(self.api.login(email, password));
            }
            Ask::Renew => return self.secret.refresh_token.as_ref().map(|token| self.api.renew(token)),
            Ask::Tokens => self.api.tokens(),
            Ask::ConnectionToken => self.api.connection_token(),
            Ask::ChannelTokens(channels) => self.api.channel_tokens(channels),
            Ask::Statuses => self.api.statuses(),
            Ask::Agents(at) => self.api.agents(at),
            Ask::SetStatus(status) => self.api.set_status(self.people.my_agent.as_deref()?, status),
            Ask::ReadStatus => self.api.agents_of(self.people.my_user.as_deref()),
        };
        Some(self.access.sign(request))
    }

    /// Keeps what cannot be asked now until it can.
    fn put_off(&mut self, asked: Asked) {
        // A pause may be long, and all other channels would wait with these, which ask again by themselves.
        if self.paused_until.is_some()
            && let Ask::ChannelTokens(channels) = &asked.ask
        {
            return self.no_tokens_for_now(channels);
        }
        self.waiting.push_back(asked);
    }

    /// Asks what waits, as far as that may be asked.
    pub(super) fn release(&mut self) {
        for asked in std::mem::take(&mut self.waiting) {
            self.send(asked);
        }
    }

    pub(super) fn asking_due(&mut self, now: Instant) {
        if self.paused_until.is_some_and(|at| at <= now) {
            self.paused_until = None;
            self.release();
        }
    }

    pub(super) fn pause(&mut self, pause: Duration) {
        let until = self.now + pause;
        self.paused_until = Some(self.paused_until.map_or(until, |at| at.max(until)));
        for asked in std::mem::take(&mut self.waiting) {
            self.put_off(asked);
        }
    }

    /// The network may be another one: what is under way might never be answered.
    pub(super) fn ask_again_at_once(&mut self) {
        let under_way: Vec<FetchId> = self.asked.keys().copied().collect();
        for id in under_way {
            // A status must not be set twice, nor a refresh token be used twice.
            let may = |asked: &mut Asked| !matches!(asked.ask, Ask::SetStatus(_) | Ask::Renew);
            if let Some(asked) = self.asked.extract_if(id..=id, |_, asked| may(asked)).next() {
                self.out.push_back(Output::Cancel(id));
                self.send(asked.1);
            }
        }
    }

    pub(super) fn fetched(&mut self, id: FetchId, result: Result<&Response, &Fault>) {
        let Some(asked) = self.asked.remove(&id) else { return };
        let answer = match result {
            Ok(response) => rest::body(response),
            Err(fault) => Err(Failure::from(fault)),
        };
        let status = result.map_or(0, |response| response.status);
        let refused =
            |failure: &Failure| matches!(failure.kind, FailureKind::RefusedToken | FailureKind::ExpiredToken);
        match answer {
            Err(failure) if failure.kind == FailureKind::RateLimited => self.slow_down(asked, failure),
            Err(failure) if refused(&failure) && !asked.ask.signs_in() => self.refused(asked, failure),
            answer => self.answered(asked.ask, status, answer),
        }
    }

    fn slow_down(&mut self, asked: Asked, failure: Failure) {
        if self.phase == Phase::SigningIn {
            return self.fail(failure);
        }
        self.pause(failure.retry_after.unwrap_or(PAUSE));
        match asked.ask {
            // A person waits.
            Ask::SetStatus(_) | Ask::ReadStatus => self.dnd_done(Err(failure.problem())),
            Ask::Login | Ask::Renew => self.access.renewing = false,
            Ask::ChannelTokens(_) => self.put_off(asked),
            Ask::Tokens | Ask::ConnectionToken | Ask::Statuses | Ask::Agents(_) => {
                self.waiting.push_front(asked);
            }
        }
    }

    /// The access token is not good: once, another one is tried.
    fn refused(&mut self, asked: Asked, failure: Failure) {
        // Another token has come since, which renewing once more might revoke.
        if asked.with != self.access.number {
            return self.send(asked);
        }
        if asked.again || !self.secret.is_renewable() {
            return self.fail(failure);
        }
        self.put_off(Asked { again: true, ..asked });
        self.access.refused = true;
        if !self.access.renewing {
            self.renew();
        }
    }

    fn answered(&mut self, ask: Ask, status: u16, answer: Result<&str, Failure>) {
        match ask {
            Ask::Login => self.logged_in(answer.and_then(rest::signed_in)),
            Ask::Renew => self.renewed(answer.and_then(rest::signed_in)),
            Ask::Tokens => match answer.and_then(rest::tokens) {
                Ok(tokens) => self.begin_realtime(tokens),
                Err(_) if matches!(status, 404 | 405) && self.api.try_other_path() => self.ask(Ask::Tokens),
                Err(failure) => self.fail(failure),
            },
            Ask::ConnectionToken if matches!(status, 404 | 405) && self.api.try_first_path() => {
                self.ask(Ask::ConnectionToken);
            }
            Ask::ConnectionToken => self.connection_token_came(answer.and_then(rest::tokens)),
            Ask::ChannelTokens(channels) => {
                self.channel_tokens_came(&channels, answer.and_then(rest::tokens));
            }
            Ask::Statuses => self.statuses_came(status, answer.and_then(rest::statuses)),
            Ask::Agents(at) => self.agents_came(&at, answer.and_then(rest::agents)),
            Ask::SetStatus(_) => self.status_set(answer.map(drop)),
            Ask::ReadStatus => self.status_read(answer.and_then(rest::agents)),
        }
    }
}
