//! The list of servers: `{"r":0,"data":{"stringeeServerAddrs":{"web":[{"ip":"…","port":6899}]}}}`.

use serde_json::Value;

use super::{Error, Refusal, servers::Address};
use crate::{Fault, Response};

/// The servers of an answer; they are encrypted as the question was.
pub(super) fn parse(asked: &str, answer: Result<&Response, &Fault>) -> Result<Vec<String>, Error> {
    let response = answer.map_err(Error::from)?;
    let parsed = serde_json::from_str::<Value>(&response.body).unwrap_or_default();
    if let Some(code) = number(parsed.get("r")).filter(|code| *code != 0) {
        return Err(Error::Refused(Refusal { code: Some(as_at_sign_in(code)), text: text(&parsed) }));
    }
    if !response.is_success() {
        return Err(Error::Status { status: response.status, retry_after: response.retry_after });
    }
    let rows = parsed.pointer("/data/stringeeServerAddrs/web").and_then(Value::as_array);
    let scheme = if asked.starts_with("http://") { "ws" } else { "wss" };
    let servers: Vec<String> = rows
        .into_iter()
        .flatten()
        .filter_map(|row| {
            let host = row.get("ip")?.as_str()?.trim();
            let port = u16::try_from(number(row.get("port"))?).ok()?;
            let url = format!("{scheme}://{host}:{port}/");
            let address = Address::parse(&url)?;
            (address.host == host && (address.encrypted || address.is_loopback())).then_some(url)
        })
        .collect();
    if servers.is_empty() { Err(Error::Protocol("the list of servers is empty")) } else { Ok(servers) }
}

/// Here 1 means a token that is not one, 2 what 6 means at sign-in; 4 and 5 both mean a key that is not known.
fn as_at_sign_in(code: i64) -> i64 {
    match code {
        1 => 2,
        2 => 6,
        4 => 5,
        other => other,
    }
}

fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn text(parsed: &Value) -> String {
    let said = ["message", "msg"].iter().find_map(|name| parsed.get(name)?.as_str());
    said.unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(asked: &str, status: u16, body: &str) -> Result<Vec<String>, Error> {
        parse(asked, Ok(&Response { status, retry_after: None, body: body.to_owned() }))
    }

    fn list(rows: &str) -> String {
        format!(r#"{{"r":"0","data":{{"stringeeServerAddrs":{{"web":{rows}}}}}}}"#)
    }

    #[test]
    fn addresses_are_made_of_what_can_be_one() {
        let rows = r#"[{"ip":"v1.example","port":6899},{"ip":"v2.example","port":"443"},{"ip":"a b","port":1},
            {"ip":"c/d","port":1},{"ip":"e","port":70000},{"ip":7},"x",null]"#;
        assert_eq!(
            read("https://api.example", 200, &list(rows)).unwrap(),
            ["wss://v1.example:6899/", "wss://v2.example:443/"]
        );
        let rows = r#"[{"ip":"127.0.0.1","port":1},{"ip":"v1.example","port":1}]"#;
        assert_eq!(read("http://127.0.0.1:1", 200, &list(rows)).unwrap(), ["ws://127.0.0.1:1/"]);
    }

    #[test]
    fn a_refusal_counts_whatever_the_status() {
        for (status, body, code) in [
            (403, r#"{"r":5,"message":"keySid invalid"}"#, 5),
            (200, r#"{"r":"2","msg":"expired"}"#, 6),
            (200, r#"{"r":1}"#, 2),
        ] {
            let Err(Error::Refused(refusal)) = read("https://api.example", status, body) else { panic!() };
            assert_eq!(refusal.code, Some(code));
        }
        assert!(matches!(read("https://a.example", 500, "<html>"), Err(Error::Status { status: 500, .. })));
        assert!(matches!(read("https://a.example", 200, "[]"), Err(Error::Protocol(_))));
        assert!(matches!(read("https://a.example", 200, &list("{}")), Err(Error::Protocol(_))));
    }
}
