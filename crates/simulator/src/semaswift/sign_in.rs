//! Who may ask REST: personal tokens, and access tokens that come from signing in and are renewed.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::jwt::{self, Claims, TokenFault};
use super::organisation::ME_USER;

/// So many sign-ins can be renewed; the oldest is forgotten.
const MOST_SIGN_INS: usize = 16;

/// Why somebody is not let in, with the code of Semaswift's documentation; 001 and 003 are guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// AUTH_001
    WrongPassword,
    /// AUTH_002
    Expired,
    /// AUTH_003
    InvalidToken,
    /// AUTH_005
    MfaRequired,
}

#[derive(Debug)]
pub(super) struct SignIn {
    personal: Option<String>,
    /// Signs access tokens; another one makes them all invalid. The vendor signs them with RS256.
    secret: String,
    renewable: VecDeque<String>,
    access_for: Duration,
    random: fastrand::Rng,
}

impl SignIn {
    pub(super) fn new(personal: &str, access_for: Duration) -> SignIn {
        let mut random = fastrand::Rng::new();
        SignIn {
            personal: Some(personal.to_owned()),
            secret: word(&mut random),
            renewable: VecDeque::new(),
            access_for,
            random,
        }
    }

    pub(super) fn check(&self, now: Timestamp, token: Option<&str>) -> Result<(), Fault> {
        let token = token.ok_or(Fault::InvalidToken)?;
        if self.personal.as_deref() == Some(token) {
            return Ok(());
        }
        match jwt::verify(&self.secret, token, now.as_second()) {
            Ok(_) => Ok(()),
            Err(TokenFault::Expired) => Err(Fault::Expired),
            Err(TokenFault::Invalid) => Err(Fault::InvalidToken),
        }
    }

    /// The answer to a sign-in that succeeded.
    pub(super) fn begin(&mut self, now: Timestamp) -> Value {
        let refresh = format!("rt_{}", word(&mut self.random));
        self.renewable.push_back(refresh.clone());
        if self.renewable.len() > MOST_SIGN_INS {
            self.renewable.pop_front();
        }
        let seconds = self.access_for.as_secs();
        let exp = now.as_second().saturating_add_unsigned(seconds);
        let claims = Claims { sub: ME_USER.to_owned(), exp: Some(exp), ..Claims::default() };
        json!({
            "access_token": jwt::sign(&self.secret, &claims), "refresh_token": refresh,
            "token_type": "Bearer", "expires_in": seconds,
        })
    }

    /// The answer to a renewal; its token is good once.
    pub(super) fn renew(&mut self, now: Timestamp, refresh: &str) -> Result<Value, Fault> {
        let place = self.renewable.iter().position(|known| known == refresh).ok_or(Fault::InvalidToken)?;
        self.renewable.remove(place);
        Ok(self.begin(now))
    }

    /// No token that was good is good any more.
    pub(super) fn revoke(&mut self) {
        self.personal = None;
        self.secret = word(&mut self.random);
        self.renewable.clear();
    }

    /// Access tokens are not good any more, but can be renewed.
    pub(super) fn revoke_access(&mut self) {
        self.secret = word(&mut self.random);
    }

    pub(super) fn accept(&mut self, personal: &str) {
        self.personal = Some(personal.to_owned());
    }
}

fn word(random: &mut fastrand::Rng) -> String {
    (0..24).map(|_| random.alphanumeric()).collect()
}
