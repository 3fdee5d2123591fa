//! Why the socket ended, as a person can act on it.

use protocols::stringee::{Error, Refusal};

use crate::{Failure, FailureKind};

const OUT_OF_REACH: &str = "Stringee's servers cannot be reached; check the network, and that it lets port 6899 through: Ringside \
                            keeps trying.";

/// `renewable`: tokens come from the organisation, so that nobody can sign in with a better one.
pub(super) fn failure_of(error: Error, renewable: bool) -> Failure {
    match error {
        Error::Unreachable(fault) => {
            let failure = Failure::from(&fault);
            if failure.kind == FailureKind::Unreachable { failure.saying(OUT_OF_REACH) } else { failure }
        }
        Error::Status { status, retry_after } => {
            let failure = Failure::from_status(status, retry_after);
            // The token was not what was judged: it is the address that answers like that.
            match failure.kind {
                FailureKind::RefusedToken | FailureKind::Forbidden => {
                    Failure { kind: FailureKind::Protocol, ..failure }
                }
                FailureKind::Unreachable
                | FailureKind::Dropped
                | FailureKind::Silent
                | FailureKind::Tls
                | FailureKind::Proxy
                | FailureKind::Protocol
                | FailureKind::ExpiredToken
                | FailureKind::CodeNeeded
                | FailureKind::RateLimited
                | FailureKind::Denied
                | FailureKind::Unwanted
                | FailureKind::Settings
                | FailureKind::Internal => failure,
            }
        }
        Error::Dropped { code, .. } => {
            Failure::new(FailureKind::Dropped, format!("closed with {}", code.unwrap_or_default()))
        }
        Error::Silent => Failure::new(FailureKind::Silent, error.to_string()),
        Error::Unanswered(what) => {
            Failure::new(FailureKind::Unreachable, format!("{what} was not answered")).saying(OUT_OF_REACH)
        }
        Error::Refused(refusal) => refused(&refusal, renewable),
        Error::Redirect(host) => {
            let text = match host {
                Some(host) => format!(
                    "Stringee sends this account to {host}, which is not Stringee's; if your organisation says that \
                     is right, add `wss://{host}/` to `servers`."
                ),
                None => "Stringee sends this account to an address that cannot be read; Ringside keeps trying, and \
                         your organisation can name servers in `servers`."
                    .to_owned(),
            };
            Failure::new(FailureKind::Protocol, "sent to a host that is not allowed").saying(text)
        }
        Error::Redirects | Error::Protocol(_) => Failure::new(FailureKind::Protocol, error.to_string()),
    }
}

fn refused(refusal: &Refusal, renewable: bool) -> Failure {
    let reason = refusal.reason();
    let remedy = match refusal.code {
        Some(11 | 12) => {
            return Failure::new(FailureKind::Denied, refusal.to_string())
                .saying(format!("Stringee refuses: {reason}; ask your administrator."));
        }
        Some(5) => {
            "if your project is in another region, set `api_url`, such as https://asia-2.api.stringee.com"
        }
        Some(6) if renewable => "its computer's clock or its API key may be wrong: ask your administrator",
        _ if renewable => "ask your administrator about the token address",
        _ => "sign in with another one",
    };
    let kind = if refusal.code == Some(6) { FailureKind::ExpiredToken } else { FailureKind::RefusedToken };
    Failure::new(kind, refusal.to_string()).saying(format!("Stringee refuses the token: {reason}; {remedy}."))
}
