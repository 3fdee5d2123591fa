//! Takes people out of what is recorded: tokens are removed, names and numbers replaced, the same by the same.
//!
//! What is not known to be harmless is replaced: a text stays only if all its words are of the vocabulary (the words
//! of telephony and of the protocols), a number only if it has three digits at most, is a time of these days under a
//! key that says so, or a measure such as `ttl`. Everything else keeps its shape (length, case, where its digits are),
//! so that parsers see what they would have seen. The text around is not touched, however broken it is.

mod key;
mod shape;
mod vocabulary;

use std::{collections::VecDeque, net::IpAddr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::Time;
use serde_json::Value;
use url::Url;

use key::About;
use shape::Shapes;

/// So many ids that we made ourselves are known again in answers.
const OURS: usize = 4_096;
/// JSON in texts in JSON is followed so deep.
const DEPTH: usize = 8;

/// See the module. One for each recording, so that nothing links two recordings.
pub(super) struct Scrub {
    shapes: Shapes,
    now: Time,
    ours: VecDeque<String>,
    /// Domains that are the vendors' own.
    domains: Vec<String>,
}

impl Scrub {
    pub(super) fn new(now: Time) -> Self {
        let addresses =
            providers::VENDORS.iter().flat_map(|vendor| vendor.keys).filter_map(|key| key.default);
        let domains = addresses.filter_map(|address| domain(&Url::parse(address).ok()?)).collect();
        Self { shapes: Shapes::default(), now, ours: VecDeque::new(), domains }
    }

    /// Whether so much is known by now that the recording must end.
    pub(super) fn is_full(&self) -> bool {
        self.shapes.is_full()
    }

    /// Remembers the ids in a message of ours, which its answer will have as they are.
    pub(super) fn sent(&mut self, text: &str) {
        for line in text.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let messages = match message {
                Value::Array(messages) => messages,
                one @ (Value::Object(_)
                | Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)) => {
                    vec![one]
                }
            };
            for message in &messages {
                for id in [message.get("id"), message.pointer("/body/requestId")].into_iter().flatten() {
                    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                    if self.ours.len() == OURS {
                        self.ours.pop_front();
                    }
                    self.ours.push_back(id);
                }
            }
        }
    }

    /// A frame or a body, whatever it holds.
    pub(super) fn text(&mut self, text: &str) -> String {
        // A SockJS goodbye is a code and a reason without keys.
        let key = if text.trim_start().starts_with("c[") { "code" } else { "" };
        self.walk(text, key, 0)
    }

    /// The value of a setting or of a secret's field.
    pub(super) fn json(&mut self, key: &str, value: &Value) -> Value {
        match value {
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Number(number) => {
                serde_json::from_str(&self.number(key, &number.to_string())).unwrap_or(Value::Null)
            }
            Value::String(text) => Value::String(self.string(key, text, 0)),
            Value::Array(values) => values.iter().map(|value| self.json(key, value)).collect(),
            Value::Object(fields) => fields
                .iter()
                .map(|(key, value)| (self.shapes.plain(key, About::Key), self.json(key, value)))
                .collect(),
        }
    }

    /// Walks over anything that may be JSON and replaces its texts and numbers.
    fn walk(&mut self, text: &str, outer: &str, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut keys: Vec<String> = vec![outer.to_owned()];
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let key = keys.last().cloned().unwrap_or_default();
            let taken = match first {
                '"' => {
                    let (inner, length) = literal(rest);
                    let after = rest.get(length..).unwrap_or_default().trim_start();
                    let is_key = after.starts_with(':');
                    out.push('"');
                    out.push_str(&self.literal(if is_key { None } else { Some(&key) }, inner, depth));
                    if length > inner.len() + 1 {
                        out.push('"');
                    }
                    if is_key && let Some(top) = keys.last_mut() {
                        *top = unescaped(inner).unwrap_or_else(|| inner.to_owned());
                    }
                    length
                }
                '{' => {
                    keys.push(String::new());
                    out.push(first);
                    1
                }
                '[' => {
                    keys.push(key);
                    out.push(first);
                    1
                }
                '}' | ']' => {
                    if keys.len() > 1 {
                        keys.pop();
                    }
                    out.push(first);
                    1
                }
                '+' | '-' | '0'..='9' => {
                    let length = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
                    let (number, _) = rest.split_at(length.unwrap_or(rest.len()));
                    out.push_str(&self.number(&key, number));
                    number.len()
                }
                _ if first.is_alphanumeric() => {
                    let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                    let (word, _) = rest.split_at(length);
                    out.push_str(&self.shapes.plain(word, About::Words));
                    length
                }
                _ => {
                    out.push(first);
                    first.len_utf8()
                }
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        out
    }

    /// What stands between quotation marks, escapes and all; without a key it is one itself.
    fn literal(&mut self, key: Option<&str>, inner: &str, depth: usize) -> String {
        let plain = unescaped(inner);
        let known = plain.as_deref().unwrap_or(inner);
        let scrubbed = match key {
            Some(key) => self.string(key, known, depth),
            None => self.shapes.plain(known, About::Key),
        };
        if scrubbed == known {
            return inner.to_owned();
        }
        if plain.is_none() {
            return scrubbed;
        }
        let quoted = Value::String(scrubbed).to_string();
        quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
    }

    fn string(&mut self, key: &str, text: &str, depth: usize) -> String {
        let about = key::about(key);
        if let Some(token) = self.token(text) {
            return token;
        }
        match about {
            About::Secret => return self.shapes.removed(text),
            About::OwnId if self.ours.iter().any(|id| id == text) => return text.to_owned(),
            About::Time if self.is_now(text) => return text.to_owned(),
            About::Secretless
            | About::OwnId
            | About::Time
            | About::Name
            | About::Measure
            | About::Words
            | About::Key => {}
        }
        let trimmed = text.trim_start();
        if depth < DEPTH && (trimmed.starts_with(['[', '{', '"']) && trimmed.len() > 1) {
            return self.walk(text, key, depth + 1);
        }
        if ["https://", "http://", "wss://", "ws://"].iter().any(|scheme| trimmed.starts_with(scheme)) {
            return self.url(trimmed);
        }
        if self.is_date(text) {
            return text.to_owned();
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return if address.is_loopback() { text.to_owned() } else { self.shapes.address(text) };
        }
        self.shapes.plain(text, about)
    }

    /// An address: the host unless it is the vendor's or this computer, and what may be a person in path and query.
    pub(super) fn url(&mut self, address: &str) -> String {
        let Ok(mut url) = Url::parse(address) else { return self.shapes.plain(address, About::Words) };
        let known = url.host_str().is_some_and(|host| {
            matches!(host, "localhost" | "127.0.0.1" | "[::1]")
                || domain(&url).is_some_and(|domain| self.domains.contains(&domain))
        });
        if !known && let Some(host) = url.host_str() {
            let host = format!(
                "{}.example",
                self.shapes.plain(&host.replace(['.', ':', '[', ']'], ""), About::Name)
            );
            if url.set_host(Some(&host)).is_err() {
                return self.shapes.plain(address, About::Name);
            }
        }
        let path: Vec<String> = url
            .path_segments()
            .into_iter()
            .flatten()
            .map(|segment| self.shapes.plain(&percent_decoded(segment), About::Words))
            .collect();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().extend(path);
        }
        let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        url.set_query(None);
        for (key, value) in query {
            let value = self.string(&key, &value, DEPTH);
            let key = self.shapes.plain(&key, About::Key);
            url.query_pairs_mut().append_pair(&key, &value);
        }
        url.set_fragment(None);
        url.to_string()
    }

    /// A form: pairs as in a query.
    pub(super) fn form(&mut self, form: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in url::form_urlencoded::parse(form.as_bytes()) {
            let value = self.string(&key, &value, 0);
            out.append_pair(&self.shapes.plain(&key, About::Key), &value);
        }
        out.finish()
    }

    fn number(&mut self, key: &str, number: &str) -> String {
        let keep = match key::about(key) {
            About::Measure => true,
            About::OwnId => self.ours.iter().any(|id| id == number),
            About::Time => self.is_now(number),
            About::Secret | About::Secretless | About::Name | About::Words | About::Key => false,
        };
        if keep { number.to_owned() } else { self.shapes.digits(number) }
    }

    /// A JSON Web Token with its claims scrubbed and its signature gone.
    fn token(&mut self, text: &str) -> Option<String> {
        let mut parts = text.split('.');
        let (head, claims) = (parts.next()?, parts.next()?);
        parts.next()?;
        if parts.next().is_some() {
            return None;
        }
        let mut part = |part: &str| -> Option<String> {
            let json = String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok()?;
            serde_json::from_str::<Value>(&json)
                .ok()?
                .is_object()
                .then(|| URL_SAFE_NO_PAD.encode(self.text(&json)))
        };
        Some(format!("{}.{}.{}", part(head)?, part(claims)?, URL_SAFE_NO_PAD.encode("removed")))
    }

    /// Whether this is a moment within two years, in any of the counts in use.
    fn is_now(&self, text: &str) -> bool {
        let Ok(count) = text.parse::<i64>() else { return self.is_date(text) };
        let now = self.now.as_millis();
        let unix = [count.saturating_mul(1_000), count, count / 1_000];
        let gregorian = (count - 62_167_219_200).saturating_mul(1_000);
        unix.into_iter().chain([gregorian]).any(|millis| (millis - now).unsigned_abs() < 63_072_000_000)
    }

    fn is_date(&self, text: &str) -> bool {
        // Without separators it may as well be a telephone number.
        if !text.contains(['-', ':']) {
            return false;
        }
        let seconds = text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).or_else(|_| {
            text.parse::<jiff::civil::DateTime>()
                .and_then(|local| local.to_zoned(jiff::tz::TimeZone::UTC))
                .map(|zoned| zoned.timestamp().as_second())
        });
        seconds.is_ok_and(|seconds| (seconds - self.now.as_millis() / 1_000).unsigned_abs() < 63_072_000)
    }
}

/// The last two labels of an address's host.
fn domain(url: &Url) -> Option<String> {
    let Some(url::Host::Domain(host)) = url.host() else { return None };
    let mut labels = host.rsplit('.');
    let (last, before) = (labels.next()?, labels.next()?);
    Some(format!("{before}.{last}"))
}

/// What stands between the quotation mark at the beginning and the next one, and how much that takes in all.
fn literal(text: &str) -> (&str, usize) {
    let body = text.get(1..).unwrap_or_default();
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            '"' if !escaped => return (body.get(..at).unwrap_or_default(), at + 2),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    (body, text.len())
}

fn unescaped(inner: &str) -> Option<String> {
    if !inner.contains('\\') {
        return Some(inner.to_owned());
    }
    serde_json::from_str(&format!("\"{inner}\"")).ok()
}

fn percent_decoded(segment: &str) -> String {
    url::form_urlencoded::parse(format!("x={}", segment.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
