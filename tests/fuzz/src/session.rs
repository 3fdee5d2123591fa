//! The vendors' sessions: from a frame or an answer to what is known, and to what a window is told of it.

use std::{collections::BTreeMap, time::Duration};

use engine::patch::Patch;
use model::{AccountId, CallFact, CallState, PhoneNumber, Snapshot, Time, View};
use protocols::{Input, Instant, Machine, Output};
use providers::{Action, ActionId, Attention, DndChange, Failure, Opening, Report, Session};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::conversation::Conversation;

macro_rules! beginning {
    ($path:literal) => {
        include_str!(concat!("../../../crates/providers/tests/", $path, ".txt"))
    };
}

/// Tokens of users of Semaswift and Stringee that never expire.
const SEMASWIFT_TOKEN: &str = "e30.eyJzdWIiOiJ1c3JfNzcifQ.c2ln";
const STRINGEE_TOKEN: &str = "e30.eyJ1c2VySWQiOiJhZ2VudF8xIiwic3Vic2NyaWJlIjoiYSJ9.c2ln";
/// Nine o'clock on 2026-11-21.
const WALL: Time = Time::from_millis(1_795_251_600_000);

/// Nothing rings for so long, whatever was told of it.
const RINGS_AT_MOST: Duration = Duration::from_secs(6 * 60 * 60);

struct Boxed(Box<dyn Session>);

impl Machine for Boxed {
    type Event = Report;
    type Error = Failure;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        self.0.handle(now, input);
    }

    fn poll(&mut self) -> Output<Report, Failure> {
        self.0.poll()
    }
}

fn hold(vendor: &str, settings: &Value, secret: &Value, script: &str) {
    let now = Instant::at(Duration::from_secs(1000));
    let nothing = Map::new();
    let said = script::settings(script);
    let left = said.get("left").or(said.get("open")).copied().unwrap_or_default();
    let opening = Opening {
        settings: settings.as_object().unwrap_or(&nothing),
        secret: &SecretString::from(secret.to_string()),
        files: &BTreeMap::new(),
        now,
        wall: WALL,
        seed: 7,
        open_calls: left.split_whitespace().take(20).map(CallFact::of).collect(),
    };
    let Some(Ok(session)) = providers::vendor(vendor).map(|vendor| (vendor.open)(opening)) else {
        panic!("{vendor} takes neither these settings nor this secret");
    };
    let account = AccountId::from("a");
    let mut snapshot = Snapshot::default();
    let mut actions = 0;
    let mut conversation = Conversation::new(Boxed(session), now);
    conversation.hold(
        script,
        |report| {
            if let Report::Event(event) = report {
                drop(snapshot.apply(&account, WALL, event));
            }
        },
        |machine, now, words| match words {
            "attend alerts" => machine.0.attend(now, Attention::Alerts),
            "attend details" => machine.0.attend(now, Attention::Details),
            _ => {
                if let Some(action) = action(words) {
                    actions += 1;
                    machine.0.act(now, ActionId(actions), action);
                }
            }
        },
    );
    reaches_a_window(&View::of(&snapshot));
    let mut rings = None;
    let at_work = conversation.settle(RINGS_AT_MOST, |reports| {
        for report in reports {
            if let Report::Event(event) = report {
                drop(snapshot.apply(&account, WALL, event));
            }
        }
        rings = snapshot.open_calls().find(|call| call.state == CallState::Ringing).cloned();
        rings.is_some()
    });
    // What rings when a session ends is the core's to let go of.
    assert!(!at_work, "{rings:?} rings for ever");
}

/// A window is told all of it, and nothing else.
fn reaches_a_window(view: &View) {
    let text = serde_json::to_string(view).unwrap_or_default();
    let read: Option<View> = serde_json::from_str(&text).ok();
    assert!(read.as_ref() == Some(view), "it is another one at the other end");
    let mut shown = View::default();
    if let Some(patch) = Patch::between(&shown, view) {
        patch.apply(&mut shown);
    }
    assert!(shown == *view, "a patch makes another one of it");
}

fn action(words: &str) -> Option<Action> {
    Some(match words.split_once(' ')? {
        ("dial", number) => Action::Dial(PhoneNumber::international(number)?),
        ("dnd", "off") => Action::SetDnd(DndChange::Off),
        ("dnd", "on") => Action::SetDnd(DndChange::On { until: None }),
        ("dnd", until) => Action::SetDnd(DndChange::On { until: Some(until.parse().ok()?) }),
        ("pick-up", caller) => {
            let (queue, caller) = caller.split_once(' ')?;
            Action::PickUp { queue: queue.to_owned(), caller: caller.to_owned() }
        }
        _ => return None,
    })
}

/// The script with what it begins with: as far as `: begin` says, of what leads to a session that knows all.
fn begun(script: &str, ways: &[(&str, &[&str])]) -> String {
    let begin = script::settings(script).get("begin").copied().unwrap_or_default().to_owned();
    let before = ways.iter().find(|(name, _)| *name == begin).map_or(&[][..], |(_, parts)| parts);
    let before: String = before.iter().flat_map(|part| [part, "\n"]).collect();
    format!("{before}{script}")
}

pub(crate) fn firmafon(input: &[u8]) {
    const SIGNED_IN: &str = beginning!("firmafon/signed_in");
    const LIVE: &str = beginning!("firmafon/live");
    const SYNCED: &str = beginning!("firmafon/synced");
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let transport = said.get("transport").copied().filter(|way| ["auto", "long-polling"].contains(way));
    let settings = json!({
        "pubsub_url": "https://pubsub.example/faye/", "api_url": "https://api.example/v2/",
        "transport": transport.unwrap_or("websocket"),
    });
    let ways: &[(&str, &[&str])] =
        &[("signed-in", &[SIGNED_IN]), ("live", &[SIGNED_IN, LIVE]), ("synced", &[SIGNED_IN, LIVE, SYNCED])];
    hold("firmafon", &settings, &json!({"access_token": "good-token"}), &begun(&script, ways));
}

pub(crate) fn semaswift(input: &[u8]) {
    const SIGNED_IN: &str = beginning!("semaswift/signed_in");
    const LIVE: &str = beginning!("semaswift/live");
    const SYNCED: &str = beginning!("semaswift/synced");
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let secret = match said.get("way").copied() {
        Some("password") => json!({"email": "a@b.example", "password": "pw"}),
        Some("remembered") => json!({"email": "a@b.example", "password": "pw", "refresh_token": "r0"}),
        _ => json!({"access_token": "pat_live_x"}),
    };
    let settings = json!({
        "api_url": "https://api.example", "realtime_url": "wss://realtime.example/connection/websocket",
    });
    let ways: &[(&str, &[&str])] =
        &[("signed-in", &[SIGNED_IN]), ("live", &[SIGNED_IN, LIVE]), ("synced", &[SIGNED_IN, LIVE, SYNCED])];
    hold("semaswift", &settings, &secret, &begun(&script, ways).replace("TOKEN", SEMASWIFT_TOKEN));
}

pub(crate) fn stringee(input: &[u8]) {
    const SIGNING_IN: &str = beginning!("stringee/signing_in");
    const PASTED: &str = beginning!("stringee/pasted");
    const LIVE: &str = beginning!("stringee/live");
    const RELAY: &str = beginning!("stringee/relay");
    const REST: &str = beginning!("stringee/rest");
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let mut settings = json!({"token_url": "https://own.example/token"});
    let mut secret = json!({"token_url_authorization": "Basic dTpw"});
    let mut ways: [(&str, &[&str]); 4] = [
        ("signing-in", &[SIGNING_IN]),
        ("live", &[SIGNING_IN, LIVE]),
        ("relay", &[SIGNING_IN, RELAY]),
        ("rest", &[SIGNING_IN, REST]),
    ];
    let begin = said.get("begin").copied();
    let mut answer = json!({"access_token": STRINGEE_TOKEN});
    match said.get("way").copied().or(begin) {
        Some("pasted") => {
            secret = json!({"token": STRINGEE_TOKEN});
            ways[0].1 = &[PASTED];
            ways[1].1 = &[PASTED, LIVE];
        }
        Some("relay") => {
            put(&mut settings, "relay_url", "https://relay.example/x/");
            put(&mut answer, "relay_token", "relay-token");
        }
        Some("rest" | "silent") => put(&mut answer, "rest_token", "r.e.st"),
        Some("observer") => put(&mut settings, "softphone_user", "agent_1"),
        Some(_) | None => {}
    }
    let script = begun(&script, &ways)
        .replace("ANSWER", &answer.to_string())
        .replace("RESTTOKEN", "r.e.st")
        .replace("TOKEN2", STRINGEE_TOKEN)
        .replace("TOKEN", STRINGEE_TOKEN)
        .replace("PING", said.get("ping").copied().unwrap_or("600000"));
    hold("stringee", &settings, &secret, &script);
}

/// Adds a key to an object.
fn put(object: &mut Value, key: &str, text: &str) {
    object.as_object_mut().into_iter().for_each(|object| {
        object.insert(key.to_owned(), text.into());
    });
}

pub(crate) fn firehose(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let mut settings = json!({
        "url": "https://pbx.example:9443/", "domain": "acme",
        "me": {"owner_id": "anna", "extension": "1001"},
    });
    if said.contains_key("crossbar") {
        put(&mut settings, "crossbar_url", "https://pbx.example:8443");
    }
    let ways: &[(&str, &[&str])] = &[("live", &[beginning!("firehose/live")])];
    hold("firehose", &settings, &json!({"username": "anna", "password": "s3cret"}), &begun(&script, ways));
}

pub(crate) fn nguc(input: &[u8]) {
    const SIGNED_IN: &str = beginning!("nguc/signed_in");
    const LIVE: &str = beginning!("nguc/live");
    const SYNCED: &str = beginning!("nguc/synced");
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let secret = match said.get("secret").copied() {
        Some("code") => json!({"username": "anna@acme.example", "password": "p", "tfa": "123456"}),
        Some("token") => json!({"access_token": "t0"}),
        Some("tokens") => json!({"access_token": "t0", "refresh_token": "r0"}),
        _ => json!({"username": "anna@acme.example", "password": "p"}),
    };
    let settings = json!({
        "event_url": "https://events.example/", "api_url": "https://api.example/v1/",
        "client_id": "external.ACME",
    });
    let ways: &[(&str, &[&str])] =
        &[("signed-in", &[SIGNED_IN]), ("live", &[SIGNED_IN, LIVE]), ("synced", &[SIGNED_IN, LIVE, SYNCED])];
    hold("nguc", &settings, &secret, &begun(&script, ways));
}
