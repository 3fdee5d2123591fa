//! The access token: where it comes from, how long it is good, and how another one is had.

use std::time::Duration;

use model::Time;
use protocols::{Instant, Request};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Phase, Semaswift, asking::Ask};
use crate::{
    Failure, FailureKind, Report, Verdict,
    semaswift::{config::Secret, jwt, rest::SignedIn},
};

/// A token is renewed this long before its end, when it is next needed.
const EARLY: Duration = Duration::from_secs(60);
const LEAST_USE: Duration = Duration::from_secs(5);
/// A renewal that failed by itself is tried again after this time.
const TRY_AGAIN: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(super) struct Access {
    token: Option<SecretString>,
    /// So many there were before it.
    pub(super) number: u32,
    /// When another one is to be had first; never if it has no end that is known.
    renew_at: Option<Instant>,
    /// The provider did not accept the token.
    pub(super) refused: bool,
    /// Another one is asked for.
    pub(super) renewing: bool,
}

impl Access {
    /// What the secret brings along; its end is known if it is a JWT.
    pub(super) fn of(now: Instant, wall: Time, secret: &Secret) -> Self {
        let Some(token) = secret.access_token.clone() else { return Self::default() };
        let exp = jwt::claims(token.expose_secret()).exp;
        let lives_for = exp.map(|exp| Time::from_millis(exp.saturating_mul(1000)).since(wall));
        Self { token: Some(token), renew_at: lives_for.map(|life| now + usable(life)), ..Self::default() }
    }

    /// Whether another one is to be had before anything is asked.
    pub(super) fn is_stale(&self, now: Instant, renewable: bool) -> bool {
        let ends = self.renew_at.is_some_and(|at| at <= now);
        self.token.is_none() || (renewable && (ends || self.refused))
    }

    pub(super) fn sign(&self, request: Request) -> Request {
        match &self.token {
            Some(token) => request.bearer(token.expose_secret()),
            None => request,
        }
    }

    /// The user that the token names.
    pub(super) fn user(&self) -> Option<String> {
        jwt::claims(self.token.as_ref()?.expose_secret()).sub
    }
}

impl Semaswift {
    pub(super) fn sign_in(&mut self) {
        self.phase = Phase::SigningIn;
        self.ask(Ask::Tokens);
    }

    /// Asks for another access token; a refresh token spares the password.
    pub(super) fn renew(&mut self) {
        self.access.renewing = true;
        if self.secret.refresh_token.is_some() {
            self.ask(Ask::Renew);
        } else if self.secret.password.is_some() {
            self.ask(Ask::Login);
        } else {
            self.fail(Failure::new(FailureKind::ExpiredToken, "there is no other access token"));
        }
    }

    pub(super) fn renewed(&mut self, answer: Result<SignedIn, Failure>) {
        match answer {
            Ok(signed_in) => self.take_access(signed_in),
            Err(failure) if may_pass(&failure) => self.renewal_failed(failure),
            // A refresh token is good once, and its answer may have been lost.
            Err(_) if self.secret.password.is_some() => {
                self.secret.refresh_token = None;
                self.renew();
            }
            // Whatever forbids may stand on the way, so nothing was said of the token.
            Err(failure) if failure.kind == FailureKind::Forbidden => self.fail(failure),
            Err(failure) => self.fail(Failure { kind: FailureKind::ExpiredToken, ..failure }),
        }
    }

    pub(super) fn logged_in(&mut self, answer: Result<SignedIn, Failure>) {
        match answer {
            Ok(signed_in) => self.take_access(signed_in),
            Err(failure) if may_pass(&failure) => self.renewal_failed(failure),
            Err(failure) if failure.kind == FailureKind::RefusedToken => {
                let text = "Semaswift does not accept this e-mail and password; sign in again.";
                self.fail(failure.saying(text));
            }
            Err(failure) => self.fail(failure),
        }
    }

    fn renewal_failed(&mut self, failure: Failure) {
        if self.phase == Phase::SigningIn {
            return self.fail(failure);
        }
        self.access.renewing = false;
        self.pause(failure.retry_after.unwrap_or(TRY_AGAIN));
    }

    fn take_access(&mut self, SignedIn { access_token, refresh_token, expires_in }: SignedIn) {
        let exp = jwt::claims(access_token.expose_secret()).exp;
        let by_claim = || Some(Time::from_millis(exp?.saturating_mul(1000)).since(self.wall()));
        // However short it is, what waits for it is asked with it.
        let renew_at = |life| self.now + usable(life).max(LEAST_USE);
        let renew_at = expires_in.or_else(by_claim).map(renew_at);
        if refresh_token.is_some() {
            self.secret.refresh_token = refresh_token;
        }
        if self.secret.password.is_none() {
            self.secret.access_token = Some(access_token.clone());
        }
        let number = self.access.number.wrapping_add(1);
        self.access = Access { token: Some(access_token), number, renew_at, refused: false, renewing: false };
        if self.secret.refresh_token.is_some() {
            let kept = self.secret.to_json();
            self.report(Report::Secret(kept));
        }
        self.release();
    }
}

/// For how long a token is used that is good for `life`.
fn usable(life: Duration) -> Duration {
    life.saturating_sub(EARLY.min(life / 5))
}

/// Whether asking again may help: what is not there or speaks otherwise will not change soon.
pub(super) fn may_pass(failure: &Failure) -> bool {
    failure.verdict() == Verdict::Retry && failure.kind != FailureKind::Protocol
}
