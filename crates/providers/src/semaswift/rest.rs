//! The REST API's answers, read leniently: most of them are documented nowhere.

use std::{collections::BTreeMap, time::Duration};

use protocols::{Response, secret};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    status::Choice,
    wire::{Word, read},
};
use crate::{Failure, FailureKind};

/// The answer's body, if it is a success.
pub(super) fn body(response: &Response) -> Result<&str, Failure> {
    if response.is_success() { Ok(&response.body) } else { Err(failure(response)) }
}

/// What a refusal means, by its status and by Semaswift's own code.
fn failure(response: &Response) -> Failure {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        error_code: Word<'a>,
    }
    let wire = serde_json::from_str::<Wire<'_>>(&response.body).ok();
    let code = wire.as_ref().and_then(|wire| wire.error_code.text());
    let failure = Failure::from_status(response.status, response.retry_after);
    match (response.status, code) {
        (_, Some("AUTH_005")) => Failure { kind: FailureKind::CodeNeeded, ..failure }.saying(
            "Semaswift wants a second factor, which Ringside cannot give; make a personal token at Semaswift and sign in with that.",
        ),
        (401, Some("AUTH_002")) => Failure { kind: FailureKind::ExpiredToken, ..failure },
        (_, Some("AUTH_006")) => Failure { kind: FailureKind::RateLimited, ..failure },
        (_, Some(_) | None) => failure,
    }
}

fn unread(what: &str) -> Failure {
    Failure::new(FailureKind::Protocol, format!("the answer is no {what}"))
}

/// An answer, or what lies in it under `data`.
fn unwrapped<'a, T: Deserialize<'a>>(body: &'a str, is_it: impl Fn(&T) -> bool) -> Option<T> {
    #[derive(Deserialize)]
    struct Wrapped<'a> {
        #[serde(borrow)]
        data: &'a RawValue,
    }
    serde_json::from_str(body)
        .ok()
        .filter(|answer| is_it(answer))
        .or_else(|| read(serde_json::from_str::<Wrapped<'_>>(body).ok()?.data).filter(is_it))
}

/// The answer to a sign-in or a renewal.
#[derive(Debug)]
pub(super) struct SignedIn {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) expires_in: Option<Duration>,
}

/// Reads the answer to a sign-in or a renewal.
pub(super) fn signed_in(body: &str) -> Result<SignedIn, Failure> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        access_token: Word<'a>,
        #[serde(borrow, default)]
        refresh_token: Word<'a>,
        #[serde(borrow, default)]
        expires_in: Word<'a>,
    }
    let wire = unwrapped::<Wire<'_>>(body, |wire| wire.access_token.text().is_some());
    let wire = wire.ok_or_else(|| unread("sign-in"))?;
    let is_token = |token: &&str| token.bytes().all(|byte| byte.is_ascii_graphic());
    let token = |word: &Word<'_>| word.text().filter(is_token).map(SecretString::from);
    Ok(SignedIn {
        access_token: token(&wire.access_token).ok_or_else(|| unread("sign-in"))?,
        refresh_token: token(&wire.refresh_token),
        expires_in: wire.expires_in.text().and_then(|text| text.parse().ok()).map(Duration::from_secs),
    })
}

/// Tokens of Centrifugo, by either scheme.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) connection: Option<secret::Text>,
    /// By channel; `None` where one was asked for and refused.
    pub(super) channels: BTreeMap<String, Option<secret::Text>>,
    /// Whether channels have tokens of their own here.
    pub(super) by_channel: bool,
    pub(super) url: Option<String>,
}

/// Reads `{token, expires_at}`, or `{connection_token, …}` with the channels' tokens and the address, or a batch of
/// channels' tokens.
pub(super) fn tokens(body: &str) -> Result<Tokens, Failure> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        token: Word<'a>,
        #[serde(borrow, default, alias = "connectionToken")]
        connection_token: Word<'a>,
        #[serde(borrow, default, alias = "subscriptionTokens", alias = "subscriptions", alias = "tokens")]
        subscription_tokens: Option<&'a RawValue>,
        #[serde(borrow, default, alias = "ws_url", alias = "websocket_url", alias = "centrifugo_url")]
        url: Word<'a>,
    }
    let says_something = |wire: &Wire<'_>| {
        wire.token.text().is_some()
            || wire.connection_token.text().is_some()
            || wire.subscription_tokens.is_some()
    };
    let wire = unwrapped::<Wire<'_>>(body, says_something).ok_or_else(|| unread("token"))?;
    let by_channel = wire.connection_token.text().is_some() || wire.subscription_tokens.is_some();
    Ok(Tokens {
        connection: wire.connection_token.or(wire.token).text().map(secret::Text::new),
        channels: wire.subscription_tokens.map(channel_tokens).unwrap_or_default(),
        by_channel,
        url: wire.url.text().map(str::to_owned),
    })
}

/// A list of items with a channel and its token or an error, or a table of tokens by channel.
fn channel_tokens(raw: &RawValue) -> BTreeMap<String, Option<secret::Text>> {
    #[derive(Deserialize)]
    struct Item<'a> {
        #[serde(borrow, default)]
        channel: Word<'a>,
        #[serde(borrow, default)]
        token: Word<'a>,
    }
    if let Some(items) = read::<Vec<&RawValue>>(raw) {
        let item = |raw: &&RawValue| {
            let item: Item<'_> = read(raw)?;
            Some((item.channel.text()?.to_owned(), item.token.text().map(secret::Text::new)))
        };
        return items.iter().filter_map(item).collect();
    }
    let table: BTreeMap<String, Word<'_>> = read(raw).unwrap_or_default();
    table.into_iter().map(|(channel, token)| (channel, token.text().map(secret::Text::new))).collect()
}

/// An agent, as far as the row says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct AgentRow {
    pub(super) id: String,
    pub(super) user: Option<String>,
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
    pub(super) status: Option<String>,
}

/// A page of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) rows: Vec<T>,
    /// Rows that could not be read.
    pub(super) skipped: usize,
    /// Rows of any kind.
    pub(super) count: usize,
    pub(super) next_token: Option<String>,
    pub(super) pages: Option<u32>,
}

/// Reads `GET /voice/agents`.
pub(super) fn agents(body: &str) -> Result<Page<AgentRow>, Failure> {
    page(body, agent).ok_or_else(|| unread("list of agents"))
}

/// Reads the statuses that agents can choose.
pub(super) fn statuses(body: &str) -> Result<Vec<Choice>, Failure> {
    page(body, choice).map(|page| page.rows).ok_or_else(|| unread("list of statuses"))
}

fn page<T>(body: &str, row: impl Fn(&RawValue) -> Option<T>) -> Option<Page<T>> {
    #[derive(Deserialize, Default)]
    struct Meta<'a> {
        #[serde(borrow, default)]
        total_pages: Word<'a>,
    }
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default, alias = "agents", alias = "items", alias = "results", alias = "statuses")]
        data: Option<&'a RawValue>,
        #[serde(borrow, default)]
        next_page_token: Word<'a>,
        #[serde(borrow, default, alias = "pagination")]
        meta: Option<&'a RawValue>,
        #[serde(borrow, default)]
        total_pages: Word<'a>,
    }
    let (list, next_token, pages) = match serde_json::from_str::<Vec<&RawValue>>(body) {
        Ok(list) => (list, None, None),
        Err(_) => {
            let wire: Wire<'_> = serde_json::from_str(body).ok()?;
            let meta: Meta<'_> = wire.meta.and_then(read).unwrap_or_default();
            let data = wire.data?;
            let inner = || read::<Wire<'_>>(data).and_then(|inner| read::<Vec<&RawValue>>(inner.data?));
            let list = read::<Vec<&RawValue>>(data).or_else(inner)?;
            let pages = wire.total_pages.or(meta.total_pages);
            (list, wire.next_page_token.clean(), pages.text().and_then(|text| text.parse().ok()))
        }
    };
    let count = list.len();
    let rows: Vec<T> = list.into_iter().filter_map(row).collect();
    Some(Page { skipped: count - rows.len(), rows, count, next_token, pages })
}

fn agent(raw: &RawValue) -> Option<AgentRow> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        id: Word<'a>,
        #[serde(borrow, default)]
        agent_id: Word<'a>,
        #[serde(borrow, default)]
        user_id: Word<'a>,
        #[serde(borrow, default)]
        name: Word<'a>,
        #[serde(borrow, default)]
        display_name: Word<'a>,
        #[serde(borrow, default)]
        first_name: Word<'a>,
        #[serde(borrow, default)]
        last_name: Word<'a>,
        #[serde(borrow, default)]
        phone_number: Word<'a>,
        #[serde(borrow, default)]
        extension: Word<'a>,
        #[serde(borrow, default)]
        current_status: Option<&'a RawValue>,
        #[serde(borrow, default)]
        status: Option<&'a RawValue>,
    }
    let wire: Wire<'_> = read(raw)?;
    let both = || match (wire.first_name.clean(), wire.last_name.clean()) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first.or(last),
    };
    Some(AgentRow {
        name: wire.name.or(wire.display_name).clean().or_else(both),
        id: wire.id.or(wire.agent_id).clean()?,
        user: wire.user_id.clean(),
        number: wire.phone_number.or(wire.extension).clean(),
        // Beside a current status, `status` is that of the row.
        status: wire.current_status.and_then(status).or_else(|| status(wire.status?)),
    })
}

/// A status is a word, or an object with a name or an id.
fn status(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        name: Word<'a>,
        #[serde(borrow, default)]
        id: Word<'a>,
    }
    let word: Word<'_> = read(raw)?;
    word.clean().or_else(|| {
        let Wire { name, id } = read(raw)?;
        name.or(id).clean()
    })
}

fn choice(raw: &RawValue) -> Option<Choice> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        id: Word<'a>,
        #[serde(borrow, default)]
        name: Word<'a>,
        #[serde(borrow, default)]
        queue_behavior: Word<'a>,
    }
    let wire: Wire<'_> = read(raw)?;
    let id = wire.id.clean().or_else(|| wire.name.clean())?;
    Some(Choice {
        name: wire.name.clean().unwrap_or_else(|| id.clone()),
        id,
        queue_behavior: wire.queue_behavior.clean(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_token_schemes_are_told_by_their_shape() {
        let simple = tokens(r#"{"token":"t","expires_at":"2024-01-15T11:30:00Z"}"#).unwrap();
        assert_eq!(simple.connection.unwrap().expose(), "t");
        assert!(!simple.by_channel && simple.url.is_none());
        for channels in [
            r#"[{"channel":"user:u","token":"s"},{"channel":"x","error":{"code":"no"}},7]"#,
            r#"{"user:u":"s","x":null}"#,
        ] {
            let body = format!(
                r#"{{"data":{{"connection_token":"t","subscription_tokens":{channels},"url":"wss://h/c"}}}}"#
            );
            let both = tokens(&body).unwrap();
            assert!(both.by_channel && both.url.as_deref() == Some("wss://h/c"));
            assert_eq!(both.channels["user:u"].as_ref().unwrap().expose(), "s");
            assert_eq!(both.channels["x"], None);
        }
        for odd in ["", "[]", "{}", r#"{"token":7.5,"data":[]}"#, "<html>"] {
            assert!(tokens(odd).is_err() || odd.contains("7.5"), "{odd}");
        }
    }

    #[test]
    fn agents_are_read_in_every_likely_shape() {
        let row = |json: &str| agents(json).unwrap().rows.remove(0);
        let expected = AgentRow {
            id: "agent_1".into(),
            user: Some("usr_1".into()),
            name: Some("Ann Bo".into()),
            number: Some("17".into()),
            status: Some("lunch".into()),
        };
        for json in [
            r#"{"data":[{"id":"agent_1","user_id":"usr_1","name":"Ann Bo","extension":17,"status":"active","current_status":"lunch"},7],
                "meta":{"total_pages":3}}"#,
            r#"{"agents":[{"agent_id":"agent_1","user_id":"usr_1","first_name":"Ann","last_name":"Bo","phone_number":"17",
                "current_status":{"id":"s","name":"lunch"}}],"next_page_token":"n"}"#,
            r#"[{"id":"agent_1","user_id":"usr_1","display_name":"Ann Bo","extension":"17","status":"lunch"}]"#,
            r#"{"data":{"items":[{"id":"agent_1","user_id":"usr_1","name":"Ann Bo","extension":"17","status":{"id":"lunch"}}]}}"#,
        ] {
            assert_eq!(row(json), expected, "{json}");
        }
        let page =
            agents(r#"{"data":[{"id":"a"},{},7],"meta":{"total_pages":3},"next_page_token":"n"}"#).unwrap();
        assert_eq!(
            (page.count, page.skipped, page.pages, page.next_token.as_deref()),
            (3, 2, Some(3), Some("n"))
        );
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let kind =
            |status, body: &str| failure(&Response { status, retry_after: None, body: body.to_owned() }).kind;
        assert_eq!(kind(403, r#"{"error_code":"AUTH_005"}"#), FailureKind::CodeNeeded);
        assert_eq!(kind(401, r#"{"error_code":"AUTH_002"}"#), FailureKind::ExpiredToken);
        assert_eq!(kind(401, "<html>"), FailureKind::RefusedToken);
        assert_eq!(kind(429, r#"{"error_code":"AUTH_006"}"#), FailureKind::RateLimited);
        assert_eq!(kind(403, r#"{"error_code":"AUTH_004"}"#), FailureKind::Forbidden);
    }
}
