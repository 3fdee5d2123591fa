//! Why a session ends when its events do, in words for people.

use protocols::centrifugo::{Error, Remedy};

use crate::{Failure, FailureKind};

/// The failure that `error` is; the server's own words are left out, they may repeat a token.
pub(super) fn failure_of(error: &Error) -> Failure {
    let stays_away = "Semaswift closed the connection and asked not to come back; sign in again, or ask your administrator whether this account may listen to events.";
    match error {
        Error::Unreachable(fault) => Failure::from(fault),
        Error::Status { status, retry_after } => Failure::from_status(*status, *retry_after),
        Error::Closed { code, remedy, .. } => {
            let detail = format!("closed with {code:?}");
            match (remedy, code) {
                (Remedy::Retry | Remedy::NewToken, _) => Failure::new(FailureKind::Dropped, detail),
                (Remedy::Nothing, Some(3500)) => Failure::new(FailureKind::RefusedToken, detail).saying(
                    "Semaswift's event server does not accept the token that Semaswift gave; sign in again, or check `realtime_url` in the settings.",
                ),
                (Remedy::Nothing, Some(3503)) => Failure::new(FailureKind::Unwanted, detail)
                    .saying("Semaswift ended this connection; choose Retry to connect again."),
                (Remedy::Nothing, Some(3504 | 3505)) => Failure::new(FailureKind::Unwanted, detail).saying(
                    "Semaswift allows this account no more connections or channels; close another one, or list fewer `channels` in the settings, then choose Retry.",
                ),
                (Remedy::Nothing, Some(3507)) => Failure::new(FailureKind::Denied, detail),
                (Remedy::Nothing, _) => Failure::new(FailureKind::Unwanted, detail).saying(stays_away),
            }
        }
        Error::Silent => Failure::new(FailureKind::Silent, "no frame in time"),
        Error::Unanswered(what) => Failure::new(FailureKind::Silent, format!("no answer to {what}")),
        Error::Refused(error) => {
            let detail = format!("connect refused with {}", error.code);
            match Error::Refused(error.clone()).remedy() {
                Remedy::Retry | Remedy::NewToken => Failure::new(FailureKind::Unreachable, detail),
                Remedy::Nothing if error.is_denied() => Failure::new(FailureKind::Denied, detail),
                Remedy::Nothing => Failure::new(FailureKind::Unwanted, detail).saying(stays_away),
            }
        }
        Error::Protocol(how) => Failure::new(FailureKind::Protocol, *how),
    }
}
