//! Where tokens come from, and when.

use std::time::Duration;

use protocols::{Fault, Instant, Response, secret};
use secrecy::ExposeSecret as _;

use super::{Phase, Purpose, Stringee};
use crate::{
    Failure, FailureKind,
    stringee::{
        api,
        config::Credential,
        token::{Tokens, Unfit},
    },
};

/// A token is renewed this long before it expires.
const EARLY: Duration = Duration::from_secs(60);
/// A token that cannot be had is asked for this often.
const AGAIN: Duration = Duration::from_secs(30);
/// Tokens are not renewed more often than this, however short they live.
const SELDOM: Duration = Duration::from_secs(5);
/// A new token lives for this long if it seems to be over: clocks differ.
const USUAL: Duration = Duration::from_secs(60 * 60);

impl Stringee {
    pub(super) fn begin(&mut self) {
        match &mut self.credential {
            Credential::Endpoint { .. } => {
                self.phase = Phase::GettingToken;
                self.ask_token();
            }
            Credential::Pasted(pasted) => {
                let tokens = Tokens {
                    client: pasted.client.clone(),
                    claims: pasted.claims.clone(),
                    rest: None,
                    relay: pasted.relay.clone(),
                };
                let expired = tokens.claims.expires_at.is_some_and(|at| at <= self.wall());
                if expired {
                    return self.fail(expired_for_good());
                }
                self.tokens = Some(tokens);
                self.connect();
            }
        }
    }

    pub(super) fn can_renew(&self) -> bool {
        matches!(self.credential, Credential::Endpoint { .. })
    }

    /// Asks for tokens, unless that is under way.
    pub(super) fn ask_token(&mut self) {
        let (Credential::Endpoint { authorization }, Some(url)) = (&self.credential, &self.config.token_url)
        else {
            return;
        };
        if !self.is_asked(|purpose| *purpose == Purpose::Token) {
            self.refresh_at = None;
            let request = api::token(url, authorization.as_ref());
            self.ask(Purpose::Token, request);
        }
    }

    pub(super) fn tokens_due(&mut self, now: Instant) {
        if self.refresh_at.is_some_and(|at| at <= now) && self.phase != Phase::Over {
            self.ask_token();
        }
    }

    pub(super) fn tokens_probed(&mut self) {
        if self.phase == Phase::GettingToken {
            self.cancel(|purpose| *purpose == Purpose::Token);
            self.ask_token();
        }
    }

    pub(super) fn token_came(&mut self, answer: Result<&Response, &Fault>) {
        match read(answer) {
            Ok(tokens) => self.take_tokens(tokens),
            // What the socket runs on is good until it is cut.
            Err(failure) if self.phase == Phase::Live => {
                self.refresh_at = Some(self.now + AGAIN.max(failure.retry_after.unwrap_or_default()));
                self.behind_unrenewed();
            }
            Err(failure) => self.fail(failure),
        }
    }

    fn take_tokens(&mut self, tokens: Tokens) {
        self.refresh_at = tokens.claims.expires_at.map(|at| {
            let life = Some(at.since(self.wall())).filter(|life| !life.is_zero()).unwrap_or(USUAL);
            let until_early = life.checked_sub(EARLY).unwrap_or(life / 2);
            self.now + until_early.max(SELDOM)
        });
        let token = secret::Text::new(tokens.client.expose_secret());
        self.tokens = Some(tokens);
        match self.phase {
            Phase::GettingToken => self.connect(),
            Phase::Connecting | Phase::Live => {
                if let Some(client) = &mut self.client {
                    client.renew(token);
                }
                self.behind_renewed();
            }
            Phase::Fresh | Phase::Over => {}
        }
    }

    /// The server takes the token for expired.
    pub(super) fn token_wanted(&mut self) {
        if self.can_renew() {
            self.ask_token();
        } else {
            self.fail(expired_for_good());
        }
    }
}

fn expired_for_good() -> Failure {
    Failure::new(FailureKind::ExpiredToken, "the pasted token has expired")
        .saying("The pasted token has expired; sign in with a new one, or set `token_url`.")
}

fn read(answer: Result<&Response, &Fault>) -> Result<Tokens, Failure> {
    let response = answer.map_err(|fault| {
        let failure = Failure::from(fault);
        let text = "Your organisation's token address cannot be reached; check the network and `token_url`.";
        if failure.kind == FailureKind::Unreachable { failure.saying(text) } else { failure }
    })?;
    match response.status {
        200..300 => Tokens::parse(&response.body).map_err(|unfit| match unfit {
            Unfit::NoToken => Failure::new(FailureKind::Protocol, "the token address answers without a token")
                .saying("Your organisation's token address did not answer with a token; check `token_url`."),
            Unfit::Rest => Failure::new(FailureKind::Settings, "the token address gives a REST token").saying(
                "Your organisation's token address gives a REST token (`rest_api`), which could place paid calls; \
                 ask for a client token with a `userId`.",
            ),
        }),
        401 => Err(Failure::new(FailureKind::RefusedToken, "HTTP 401 of the token address")
            .saying("Your organisation's token address does not know this account; sign in again.")),
        403 => Err(Failure::new(FailureKind::Forbidden, "HTTP 403 of the token address")
            .saying("Your organisation's token address gives this account no token; ask your administrator.")),
        404 | 405 | 410 => Err(Failure::new(FailureKind::Settings, "the token address is not there")
            .saying("There is no token address where `token_url` says; check the settings.")),
        status => Err(Failure::from_status(status, response.retry_after)),
    }
}
