use std::{error::Error, io, time::Duration};

use http::{HeaderMap, header};
use protocols::{Fault, FaultKind};
use tokio_tungstenite::tungstenite;

pub(super) fn fault(kind: FaultKind, detail: impl Into<String>) -> Fault {
    Fault { kind, detail: detail.into() }
}

pub(super) fn timed_out(within: Duration) -> Fault {
    fault(FaultKind::TimedOut, format!("no answer within {within:?}"))
}

/// What the causes of an error say it was.
pub(super) fn of_error(error: &(dyn Error + 'static)) -> Fault {
    fault(kind(error), words(error))
}

pub(super) fn of_request(error: reqwest::Error) -> Fault {
    // The address may hold what does not belong in a log.
    let error = error.without_url();
    if error.is_decode() {
        return fault(FaultKind::Malformed, words(&error));
    }
    of_error(&error)
}

pub(super) fn of_handshake(error: &tungstenite::Error) -> Fault {
    match error {
        tungstenite::Error::Http(response) => {
            let status = response.status().as_u16();
            fault(
                FaultKind::Status { status, retry_after: retry_after(response.headers()) },
                format!("HTTP {status}"),
            )
        }
        tungstenite::Error::Io(error) => of_error(error),
        tungstenite::Error::Protocol(tungstenite::error::ProtocolError::HandshakeIncomplete) => {
            fault(FaultKind::Unreachable, error.to_string())
        }
        tungstenite::Error::ConnectionClosed
        | tungstenite::Error::AlreadyClosed
        | tungstenite::Error::Tls(_)
        | tungstenite::Error::Capacity(_)
        | tungstenite::Error::Protocol(_)
        | tungstenite::Error::WriteBufferFull(_)
        | tungstenite::Error::Utf8(_)
        | tungstenite::Error::AttackAttempt
        | tungstenite::Error::Url(_)
        | tungstenite::Error::HttpFormat(_) => fault(FaultKind::Malformed, error.to_string()),
    }
}

fn kind(error: &(dyn Error + 'static)) -> FaultKind {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(kind) = own_kind(error) {
            return kind;
        }
        next = error.source();
    }
    FaultKind::Unreachable
}

/// What this one error says, its causes aside.
fn own_kind(error: &(dyn Error + 'static)) -> Option<FaultKind> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        // An io::Error gives its content's cause as its own, so its content would be passed over.
        return error.get_ref().and_then(|inner| own_kind(inner));
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        let no_tls = matches!(
            error,
            rustls::Error::InvalidMessage(_)
                | rustls::Error::InappropriateMessage { .. }
                | rustls::Error::InappropriateHandshakeMessage { .. }
        );
        return Some(if no_tls { FaultKind::Malformed } else { FaultKind::Tls });
    }
    if error.is::<rustls::pki_types::InvalidDnsNameError>() {
        return Some(FaultKind::Malformed);
    }
    // hyper-util's proxy errors cannot be named, only read.
    let words = error.to_string();
    ["tunnel error", "SOCKS", "socks"].iter().any(|mark| words.contains(mark)).then_some(FaultKind::Proxy)
}

fn words(error: &(dyn Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let more = error.to_string();
        if !words.ends_with(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        next = error.source();
    }
    words
}

/// `Retry-After` in either spelling, as time from the answer by the server's own clock.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = date(text)?;
    let now = headers.get(header::DATE).and_then(|date_header| date(date_header.to_str().ok()?));
    let pause = at.duration_since(now.unwrap_or_else(jiff::Timestamp::now));
    Some(Duration::try_from(pause).unwrap_or_default())
}

fn date(text: &str) -> Option<jiff::Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), http::HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn retry_after_is_read_in_both_spellings() {
        let seconds = headers(&[(header::RETRY_AFTER, "120")]);
        assert_eq!(retry_after(&seconds), Some(Duration::from_secs(120)));
        let date = headers(&[
            (header::DATE, "Sat, 21 Nov 2026 09:00:00 GMT"),
            (header::RETRY_AFTER, "Sat, 21 Nov 2026 09:01:30 GMT"),
        ]);
        assert_eq!(retry_after(&date), Some(Duration::from_secs(90)));
        let past = headers(&[
            (header::DATE, "Sat, 21 Nov 2026 09:00:00 GMT"),
            (header::RETRY_AFTER, "Sat, 21 Nov 2026 08:00:00 GMT"),
        ]);
        assert_eq!(retry_after(&past), Some(Duration::ZERO));
        assert_eq!(retry_after(&headers(&[(header::RETRY_AFTER, "soon")])), None);
        assert_eq!(retry_after(&headers(&[])), None);
    }
}
