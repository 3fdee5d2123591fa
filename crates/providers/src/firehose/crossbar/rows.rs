//! What Crossbar answers: always an envelope with `data`.

use std::borrow::Cow;

use protocols::{
    Response,
    kazoo::{ChannelEvent, Kind, Texts},
};
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{Failure, FailureKind, firehose::calls::presence::Listed};

/// From the year 0 to 1970, in seconds.
const GREGORIAN: i64 = 62_167_219_200;

/// Who is signed in.
#[derive(Debug)]
pub(in crate::firehose) struct SignedIn {
    pub(super) token: SecretString,
    pub(in crate::firehose) account_id: String,
    pub(in crate::firehose) owner_id: Option<String>,
}

/// Rows of a list, and where the next page begins.
#[derive(Debug)]
pub(in crate::firehose) struct Page<T> {
    pub(in crate::firehose) rows: Vec<T>,
    pub(in crate::firehose) skipped: u32,
    pub(in crate::firehose) next: Option<String>,
}

/// A device and whose it is.
#[derive(Debug)]
pub(in crate::firehose) struct Device {
    pub(in crate::firehose) id: String,
    pub(in crate::firehose) owner_id: String,
}

pub(in crate::firehose) fn signed_in(body: &str) -> Result<SignedIn, Failure> {
    let envelope = envelope(body)?;
    let data = envelope.get("data").and_then(Value::as_object);
    let text = |key: &str| data.and_then(|data| text(data, key));
    let token = envelope
        .get("auth_token")
        .and_then(Value::as_str)
        .filter(|token| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()));
    match (token, text("account_id")) {
        (Some(token), Some(account_id)) => Ok(SignedIn {
            token: token.into(),
            account_id: account_id.to_owned(),
            owner_id: text("owner_id").map(str::to_owned),
        }),
        _ => Err(Failure::new(FailureKind::Protocol, "sign-in answered without auth_token or account_id")),
    }
}

/// Whether a refused sign-in asks for a second factor, which this program cannot give.
pub(in crate::firehose) fn wants_second_factor(response: &Response) -> bool {
    response.status == 401
        && envelope(&response.body).is_ok_and(|envelope| {
            envelope.get("data").is_some_and(|data| data.get("multi_factor_request").is_some())
        })
}

pub(in crate::firehose) fn users(body: &str) -> Result<Page<Listed>, Failure> {
    page(body, |row| {
        let name = [text(row, "first_name"), text(row, "last_name")];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let features = row.get("features").and_then(Value::as_array);
        Some(Listed {
            id: text(row, "id")?.to_owned(),
            name: Some(name)
                .filter(|name| !name.is_empty())
                .or_else(|| text(row, "username").map(str::to_owned)),
            number: text(row, "presence_id").map(|id| protocols::kazoo::user(id).to_owned()),
            dnd: features
                .map(|features| features.iter().any(|feature| feature == "do_not_disturb").then_some(None)),
        })
    })
}

pub(in crate::firehose) fn devices(body: &str) -> Result<Page<Option<Device>>, Failure> {
    page(body, |row| {
        let id = text(row, "id")?.to_owned();
        Some(text(row, "owner_id").map(|owner| Device { id, owner_id: owner.to_owned() }))
    })
}

/// The channels, as if each had just been heard of.
pub(in crate::firehose) fn channels(body: &str) -> Result<Page<ChannelEvent<'static>>, Failure> {
    page(body, |row| {
        let own = |key: &str| text(row, key).map(|text| Cow::Owned(text.to_owned()));
        let is = |key: &str| row.get(key).is_some_and(|value| *value == true || *value == "true");
        let destination = own("destination");
        Some(ChannelEvent {
            kind: match (is("answered"), is("is_onhold")) {
                (_, true) => Kind::Hold,
                (true, false) => Kind::Answer,
                (false, false) => Kind::Create,
            },
            call_id: own("uuid")?,
            at: number(row, "timestamp").map(|seconds| (seconds - GREGORIAN) * 1_000_000),
            texts: Texts {
                direction: own("direction"),
                other_leg: own("other_leg"),
                bridge_id: own("bridge_id"),
                interaction_id: own("interaction_id"),
                owner_id: own("owner_id"),
                authorizing_id: own("authorizing_id"),
                authorizing_type: own("authorizing_type"),
                username: own("username"),
                presence_id: own("presence_id"),
                caller_number: own("caller_id_number"),
                caller_name: own("caller_id_name"),
                callee_number: own("callee_id_number").or_else(|| destination.clone()),
                callee_name: own("callee_id_name"),
                request: destination,
                loopback: Some("true".into()).filter(|_| is("is_loopback")),
                ..Texts::default()
            },
        })
    })
}

/// Do-not-disturb in a user's document.
pub(in crate::firehose) fn dnd(body: &str) -> Result<bool, Failure> {
    let envelope = envelope(body)?;
    let Some(data) = envelope.get("data").and_then(Value::as_object) else {
        return Err(Failure::new(FailureKind::Protocol, "a user without data"));
    };
    // A user for whom it was never set has none.
    Ok(data
        .get("do_not_disturb")
        .and_then(|dnd| dnd.get("enabled"))
        .is_some_and(|enabled| *enabled == true || *enabled == "true"))
}

fn page<T>(body: &str, row: impl Fn(&Map<String, Value>) -> Option<T>) -> Result<Page<T>, Failure> {
    let mut envelope = envelope(body)?;
    let Some(Value::Array(data)) = envelope.remove("data") else {
        return Err(Failure::new(FailureKind::Protocol, "a list without data"));
    };
    let next = envelope.get("next_start_key").and_then(Value::as_str).filter(|key| !key.is_empty());
    let mut page = Page { rows: Vec::with_capacity(data.len()), skipped: 0, next: next.map(str::to_owned) };
    for item in data {
        match item.as_object().and_then(&row) {
            Some(row) => page.rows.push(row),
            None => page.skipped += 1,
        }
    }
    Ok(page)
}

fn envelope(body: &str) -> Result<Map<String, Value>, Failure> {
    serde_json::from_str(body)
        .map_err(|_| Failure::new(FailureKind::Protocol, "an answer that is no JSON object"))
}

fn text<'a>(row: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    row.get(key)?.as_str().filter(|text| !text.is_empty())
}

fn number(row: &Map<String, Value>, key: &str) -> Option<i64> {
    let value = row.get(key)?;
    let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|seconds| (GREGORIAN..2 * GREGORIAN).contains(seconds))
}
