//! What scripts rely on: exit codes, one object a line, the values of the fields.

use serde_json::Value;

use crate::desk::{Desk, Done};

const AVAILABILITIES: &[&str] = &["available", "ringing", "busy", "dnd", "away", "offline", "unknown"];
const CALL_STATES: &[&str] = &["ringing", "answered", "held", "ended"];
const CONNECTION_STATES: &[&str] = &["connecting", "live", "waiting", "sign_in", "stopped"];
const OUTCOMES: &[&str] = &[
    "answered",
    "missed",
    "voicemail",
    "answered_elsewhere",
    "declined",
    "busy",
    "transferred",
    "failed",
    "lost",
];
const EVENTS: &[&str] = &["connection", "call", "presence", "queue", "ticket", "gap", "alert", "unknown"];

/// The lines of a command that was done, each an object with `v`.
pub(crate) fn objects(done: &Done) -> Vec<Value> {
    assert_eq!((done.exit, done.complaint.as_str()), (Some(0), ""), "{}", done.said);
    lines(&done.said)
}

pub(crate) fn lines(said: &str) -> Vec<Value> {
    said.lines()
        .map(|line| {
            let object: Value = serde_json::from_str(line).unwrap();
            assert_eq!(object["v"], 1, "{line}");
            object
        })
        .collect()
}

/// One sentence on stderr that says what to do, and nothing on stdout.
pub(crate) fn refused(done: &Done, exit: i32) {
    assert_eq!((done.exit, done.said.as_str()), (Some(exit), ""), "{done:?}");
    assert!(!done.complaint.trim().is_empty(), "{done:?}");
    assert!(!done.complaint.contains("panicked"), "{done:?}");
}

pub(crate) fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() == 24 && text.ends_with('Z') && text.as_bytes()[19] == b'.')
}

fn one_of(value: &Value, known: &[&str]) -> bool {
    value.as_str().is_some_and(|text| known.contains(&text))
}

#[test]
fn what_needs_an_agent_says_so_where_there_is_none() {
    let desk = Desk::set_up();
    for arguments in [
        &["status"][..],
        &["status", "--json"],
        &["people", "--json"],
        &["calls", "--json"],
        &["dnd", "status"],
        &["dnd", "on", "--for", "30m"],
        &["dnd", "off"],
        &["dial", "+4570123456"],
    ] {
        refused(&desk.run(arguments), 3);
    }
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let desk = Desk::set_up();
    for arguments in [
        &["nonsense"][..],
        &["status", "--nonsense"],
        &["dnd"],
        &["dnd", "on", "--for", "30m", "--until", "17:00"],
        &["dial"],
        &["completions", "nonsense"],
    ] {
        refused(&desk.run(arguments), 2);
    }
    refused(&desk.run(&["replay", "not-there.jsonl"]), 2);
    for shell in ["bash", "zsh", "fish"] {
        let done = desk.run(&["completions", shell]);
        assert!(done.exit == Some(0) && done.said.contains("ringside"), "{done:?}");
    }
    let schema = desk.run(&["settings", "schema"]);
    let schema: Value = serde_json::from_str(&schema.said).unwrap();
    assert!(schema["properties"]["account"].is_object(), "{schema}");
}

#[test]
fn what_commands_and_watch_say_has_the_promised_shapes() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("every account is live", |view| {
        let accounts = view["accounts"].as_array().unwrap();
        accounts.len() == 5 && accounts.iter().all(|account| account["connection"]["state"] == "live")
    });
    desk.until("calls have come and gone", |view| view["recent"].as_array().unwrap().len() > 4);

    let status = objects(&desk.run(&["status", "--json"]));
    assert_eq!((status.len(), &status[0]["v"]), (1, &Value::from(1)));
    for account in status[0]["accounts"].as_array().unwrap() {
        let connection = &account["connection"];
        assert!(
            one_of(&connection["state"], CONNECTION_STATES) && is_time(&connection["since"]),
            "{connection}"
        );
    }
    let people = objects(&desk.run(&["people", "--json"]));
    assert!(people.len() >= 12);
    let calls = objects(&desk.run(&["calls", "--json"]));
    assert!(!calls.is_empty());
    assert!(objects(&desk.run(&["calls", "--json", "--search", "nobody is called this"])).is_empty());

    let on = desk.run(&["dnd", "on", "--for", "30m"]);
    assert!([Some(0), Some(1)].contains(&on.exit), "{on:?}");
    let dnd = objects(&desk.run(&["dnd", "status", "--json"]));
    assert_eq!(dnd[0]["dnd"]["on"], true, "{dnd:?}");
    assert!(is_time(&dnd[0]["dnd"]["until"]), "a do-not-disturb without an end: {dnd:?}");
    desk.run(&["dnd", "off"]);
    refused(&desk.run(&["dnd", "on", "--for", "nonsense"]), 2);
    let dialled = desk.run(&["dial", "+4570123456"]);
    assert_eq!(dialled.exit, Some(0), "{dialled:?}");
    assert_ne!(desk.run(&["dial", "nobody"]).exit, Some(0));

    let doctor = desk.run(&["doctor", "--json"]);
    assert!([Some(0), Some(1)].contains(&doctor.exit), "{doctor:?}");
    assert!(!lines(&doctor.said).is_empty(), "{doctor:?}");

    for line in lines(&desk.record(60).said) {
        told(&line);
    }
    desk.quit();
    agent.ends();
    refused(&desk.run(&["status"]), 3);
}

pub(crate) fn told(line: &Value) {
    assert!(line["v"] == 1 && is_time(&line["at"]) && one_of(&line["event"], EVENTS), "{line}");
    let event = line["event"].as_str().unwrap();
    if event != "alert" {
        assert!(line["account"].is_string(), "{line}");
    }
    let good = match event {
        "connection" => one_of(&line["connection"]["state"], CONNECTION_STATES),
        "presence" => {
            let person = &line["person"];
            person["id"].is_string()
                && one_of(&person["availability"], AVAILABILITIES)
                && person["me"].is_boolean()
                && person["stale"].is_boolean()
        }
        "call" => {
            let call = &line["call"];
            one_of(&call["state"], CALL_STATES)
                && one_of(&call["direction"], &["incoming", "outgoing"])
                && (call["mine"].is_boolean() || call["mine"].is_null())
                && (call["state"] == "ended") == one_of(&call["outcome"], OUTCOMES)
                && (call["started_at"].is_null() || is_time(&call["started_at"]))
                && call["peer"]["hidden"].is_boolean()
        }
        "gap" => {
            is_time(&line["gap"]["from"]) && is_time(&line["gap"]["to"]) && line["gap"]["filled"].is_boolean()
        }
        "alert" => line["alert"]["shown"].is_boolean() && line["alert"]["why"].is_string(),
        "queue" => line["queue"]["waiting"].is_array(),
        "ticket" => line["ticket"]["changes"].is_object(),
        _ => line["unknown"]["count"].is_u64(),
    };
    assert!(good, "{line}");
}
