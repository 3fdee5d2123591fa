//! What a refusal of pub/sub is about: the token, the channel, or how it was asked for.
//!
//! On which message a bad token fails, and in which words, is not known: whatever is not one of Bayeux's own
//! errors is taken for the token's fault, after REST has been asked, so that it is never tried again and again.

use protocols::bayeux::{self, ServerError};

use crate::FailureKind;

/// Why a channel cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The token is not accepted.
    Token,
    /// Whoever the token belongs to may not have this channel.
    Channel,
    /// One of Bayeux's own errors.
    Protocol,
}

/// Why the server refuses `channel`.
pub(super) fn of_channel(channel: &str, error: &ServerError) -> Refusal {
    let words = error.text.to_ascii_lowercase();
    let of_access = matches!(error.code, None | Some(401 | 403));
    if of_access && (words.contains("channel") || (!names_access(&words) && error.args.contains(channel))) {
        Refusal::Channel
    } else if refuses_token(error) {
        Refusal::Token
    } else {
        Refusal::Protocol
    }
}

/// The failure that the end of pub/sub means if it is about access and REST does not say otherwise.
pub(super) fn of_access(error: &bayeux::Error) -> Option<FailureKind> {
    match error {
        bayeux::Error::RefusedAtHandshake(error) | bayeux::Error::RefusedAtConnect(error) => {
            refuses_token(error).then_some(FailureKind::RefusedToken)
        }
        // Who switches pub/sub off may say so in any words.
        bayeux::Error::Unwanted(Some(error)) => {
            let says_so = error.code.is_some() || names_access(&error.text.to_ascii_lowercase());
            (says_so && refuses_token(error)).then_some(FailureKind::RefusedToken)
        }
        bayeux::Error::Status { status: 401, .. } => Some(FailureKind::RefusedToken),
        bayeux::Error::Status { status: 403, .. } => Some(FailureKind::Forbidden),
        bayeux::Error::Status { .. }
        | bayeux::Error::Unwanted(None)
        | bayeux::Error::Unreachable(_)
        | bayeux::Error::Dropped { .. }
        | bayeux::Error::Silent
        | bayeux::Error::Unanswered(_)
        | bayeux::Error::Protocol(_) => None,
    }
}

fn refuses_token(error: &ServerError) -> bool {
    !error.is_unknown_client()
        && match error.code {
            None | Some(401 | 403) => true,
            Some(500..) => false,
            Some(_) => names_access(&error.text.to_ascii_lowercase()),
        }
}

fn names_access(words: &str) -> bool {
    ["token", "auth", "denied", "credential"].iter().any(|word| words.contains(word))
}
