//! Tokens: from the secret, by a refresh token, by a password; each way at most once until events flow again.

use std::time::Duration;

use model::Time;
use protocols::{Fault, Instant, Response};
use secrecy::SecretString;
use serde_json::Value;

use super::{Nguc, Phase, Purpose};
use crate::{
    Failure, FailureKind, Report,
    nguc::{api::Grant, config, snapshot},
};

/// A token that ends sooner is not used any more.
const NEARLY_OVER: Duration = Duration::from_secs(10);
/// A token so young is not refused for its age.
const YOUNG: Duration = Duration::from_secs(60);
const RETRY_FIRST: Duration = Duration::from_secs(15);
const RETRY_LAST: Duration = Duration::from_secs(5 * 60);
/// A session that is over waits so long for a token that it asked for.
const LAST_WORD: Duration = Duration::from_secs(3);
const LONGEST: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// How the session stands with its tokens.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Got in this session, and when.
    got_at: Option<Instant>,
    /// Ways that were refused since events last flowed or a token was last got.
    refused: Vec<Grant>,
    refresh_at: Option<Instant>,
    /// It cannot be renewed and ends then.
    over_at: Option<Instant>,
    expires_at: Option<Instant>,
    /// So many tries in a row got no answer.
    failed: u32,
    /// REST refused the former token, so that the snapshot must be asked for again.
    resync: bool,
    /// Why the session ends when the token has come, or then at the latest.
    ends: Option<(Instant, Failure)>,
}

impl Tokens {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.refresh_at.into_iter().chain(self.over_at).min()
    }

    pub(super) fn ends_at(&self) -> Option<Instant> {
        self.ends.as_ref().map(|(at, _)| *at)
    }

    /// Whether the token was got in this session, so that a refusal is not for its age.
    pub(super) fn is_fresh(&self) -> bool {
        self.got_at.is_some()
    }

    /// Events flow: whatever was refused before may be tried again.
    pub(super) fn proven(&mut self) {
        self.refused.clear();
    }
}

impl Nguc {
    pub(super) fn sign_in(&mut self) {
        let left = self.credentials.expires_at.map(|at| at.since(self.wall()));
        if self.credentials.access.is_some() && left.is_none_or(|left| left > NEARLY_OVER) {
            if let Some(left) = left {
                self.lasts(left);
            }
            self.begin_events();
        } else {
            self.renew_or_fail(FailureKind::ExpiredToken);
        }
    }

    /// Gets another token before there are events, or ends with `otherwise`.
    pub(super) fn renew_or_fail(&mut self, otherwise: FailureKind) {
        self.phase = Phase::SigningIn;
        if self.is_asking_for_token() || self.next_grant() {
            return;
        }
        let failure = if self.config.client_id.is_empty() && self.credentials.refresh.is_some() {
            Failure::new(FailureKind::Settings, "no client_id").saying(
                "The token must be renewed, which needs `client_id`: set it to what NGUC gave you, `external.` and your company's name.",
            )
        } else {
            Failure::new(otherwise, "no way is left to get a token")
        };
        self.fail(failure);
    }

    /// Asks for a token in the next way; `false` if there is none.
    fn next_grant(&mut self) -> bool {
        let has_refresh = self.credentials.refresh.is_some();
        let grant = [
            (Grant::Refresh, has_refresh),
            (Grant::RefreshAsPassword, has_refresh),
            (Grant::Password, self.credentials.can_sign_in()),
        ]
        .into_iter()
        .find_map(|(grant, is_there)| (is_there && !self.tokens.refused.contains(&grant)).then_some(grant));
        let Some(grant) = grant.filter(|_| !self.config.client_id.is_empty()) else { return false };
        let request = self.api.grant(grant, &self.credentials);
        // The code is good once, whatever becomes of the request; with it the password cannot be used again.
        if grant == Grant::Password && self.credentials.code.take().is_some() {
            self.report(Report::Secret(self.credentials.encode()));
            self.credentials.password = None;
        }
        self.ask(Purpose::Grant(grant), request);
        true
    }

    /// Ends, but not before a token that is asked for: whoever gives another refresh token takes the former no more.
    pub(super) fn fail_when_granted(&mut self, failure: Failure) {
        if !self.is_asking_for_token() {
            return self.fail(failure);
        }
        self.cancel(|purpose| !matches!(purpose, Purpose::Grant(_)));
        self.phase = Phase::SigningIn;
        self.tokens.ends = Some((self.now + LAST_WORD, failure));
    }

    pub(super) fn end_due(&mut self, now: Instant) {
        if let Some((_, failure)) = self.tokens.ends.take_if(|(at, _)| *at <= now) {
            self.fail(failure);
        }
    }

    fn is_asking_for_token(&self) -> bool {
        self.asked.values().any(|purpose| matches!(purpose, Purpose::Grant(_)))
    }

    pub(super) fn granted(&mut self, grant: Grant, answer: Result<&Response, &Fault>) {
        if let Some((_, failure)) = self.tokens.ends.take() {
            if let Some(response) = answer.ok().filter(|response| response.is_success()) {
                // The next session asks again for what cannot be read.
                self.take_tokens(&response.body).ok();
            }
            return self.fail(failure);
        }
        let failure = match answer {
            Ok(response) if response.is_success() => match self.take_tokens(&response.body) {
                Ok(()) => return self.renewed(),
                Err(failure) => failure,
            },
            Ok(response) => refusal(grant, response),
            Err(fault) => fault.into(),
        };
        let is_refused = matches!(
            failure.kind,
            FailureKind::RefusedToken
                | FailureKind::CodeNeeded
                | FailureKind::Forbidden
                | FailureKind::Settings
        );
        if !is_refused {
            return self.grant_unanswered(failure);
        }
        self.tokens.refused.push(grant);
        let is_forbidden = failure.kind == FailureKind::Forbidden;
        if grant == Grant::Password && !is_forbidden {
            // A wrong password is sent once.
            self.credentials.password = None;
        }
        if self.next_grant() {
            return;
        }
        // Whatever forbids may stand on the way, so nothing was said of token and password.
        if is_forbidden {
            return self.grant_unanswered(failure);
        }
        if self.phase == Phase::SigningIn {
            return self.fail(if grant == Grant::Password || failure.kind == FailureKind::Settings {
                failure
            } else {
                Failure { kind: FailureKind::ExpiredToken, advice: None, ..failure }
            });
        }
        // The present token is good as long as it lasts.
        self.tokens.over_at = self.tokens.expires_at;
    }

    fn grant_unanswered(&mut self, failure: Failure) {
        if self.phase == Phase::SigningIn {
            return self.fail(failure);
        }
        let doubled = RETRY_FIRST * 2_u32.saturating_pow(self.tokens.failed.min(10));
        self.tokens.failed = self.tokens.failed.saturating_add(1);
        let pause = self.jittered(doubled.min(RETRY_LAST)).max(failure.retry_after.unwrap_or_default());
        self.tokens.refresh_at = Some(self.now + pause);
    }

    fn take_tokens(&mut self, body: &str) -> Result<(), Failure> {
        let no_token = || Failure::new(FailureKind::Protocol, "an answer without a token");
        let reply: Value = serde_json::from_str(body).map_err(|_| no_token())?;
        let token = |name: &str| {
            let text = reply.get(name).and_then(Value::as_str).unwrap_or_default();
            config::is_token(text).then(|| SecretString::from(text))
        };
        let access = token("access_token").ok_or_else(no_token)?;
        self.credentials.access = Some(access);
        if let Some(refresh) = token("refresh_token") {
            self.credentials.refresh = Some(refresh);
        }
        let expires_in = match reply.get("expires_in") {
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) => text.trim().parse().ok(),
            _ => None,
        };
        let lasts = expires_in.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let lasts = lasts.filter(|lasts| !lasts.is_zero()).map(|lasts| lasts.min(LONGEST));
        self.credentials.expires_at = lasts.map(|lasts| Time::plus(self.wall(), lasts));
        self.tokens = Tokens { got_at: Some(self.now), resync: self.tokens.resync, ..Tokens::default() };
        if let Some(lasts) = lasts {
            self.lasts(lasts);
        }
        if let Some(id) = snapshot::text(body, &self.map.me().token) {
            self.people.is_me(&id);
            self.credentials.user_id = Some(id);
        }
        self.report(Report::Secret(self.credentials.encode()));
        Ok(())
    }

    fn lasts(&mut self, time: Duration) {
        self.tokens.expires_at = Some(self.now + time);
        let can_be_renewed = self.credentials.refresh.is_some() || self.credentials.can_sign_in();
        if can_be_renewed && !self.config.client_id.is_empty() {
            self.tokens.refresh_at = Some(self.now + (time * 4 / 5).max(Duration::from_secs(1)));
        }
    }

    fn renewed(&mut self) {
        if self.phase == Phase::SigningIn {
            return self.begin_events();
        }
        self.authenticate();
        self.drain();
        if std::mem::take(&mut self.tokens.resync) && self.phase == Phase::Live {
            self.begin_resync();
        }
    }

    pub(super) fn tokens_due(&mut self, now: Instant) {
        if self.tokens.over_at.is_some_and(|at| at <= now) {
            return self.fail(Failure::new(FailureKind::ExpiredToken, "the token could not be renewed"));
        }
        if self.tokens.refresh_at.is_some_and(|at| at <= now) {
            self.tokens.refresh_at = None;
            self.renew();
        }
    }

    /// Gets another token while the socket stays open.
    fn renew(&mut self) {
        if self.is_asking_for_token() {
            return;
        }
        self.tokens.refused.clear();
        if !self.next_grant() {
            self.tokens.over_at = self.tokens.expires_at;
        }
    }

    /// REST does not accept the token: another one may do, unless this one is new.
    pub(super) fn refused_by_rest(&mut self) {
        let is_young = self.tokens.got_at.is_some_and(|at| self.now - at < YOUNG);
        if self.phase == Phase::Live && !is_young {
            self.tokens.resync = true;
            self.renew();
        }
    }
}

/// What an answer that brings no token means.
fn refusal(grant: Grant, response: &Response) -> Failure {
    let &Response { status, retry_after, .. } = response;
    let failure = Failure::from_status(status, retry_after);
    let names = |word: &str| response.body.contains(word);
    let refused =
        (FailureKind::RefusedToken, "NGUC does not accept this user name and password; sign in again.");
    let (kind, advice) = match status {
        402 if grant == Grant::Password => (
            FailureKind::CodeNeeded,
            "NGUC wants the code of your second factor, or did not accept the one given; sign in again with the code it shows now.",
        ),
        400 if names("invalid_client") || names("unauthorized_client") => (
            FailureKind::Settings,
            "NGUC does not know this `client_id`; set it to what NGUC gave you, `external.` and your company's name.",
        ),
        400 | 401 | 402 | 422 => refused,
        403 if names("invalid_grant") => refused,
        403 if grant == Grant::Password => {
            (FailureKind::Forbidden, "NGUC does not let this user sign in here; ask your administrator.")
        }
        408 => return Failure { kind: FailureKind::Unreachable, ..failure },
        _ => return failure,
    };
    Failure { kind, ..failure }.saying(advice)
}
