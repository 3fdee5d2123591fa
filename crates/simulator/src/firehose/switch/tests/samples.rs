//! Stories held against sequences that were written down separately.

use serde_json::Value;

use super::*;
use crate::firehose::{Shape, wire};

/// Every field of the sample is there with the same value.
fn holds(sample: &Value, event: &Value, path: &str) {
    match sample {
        Value::Object(fields) => {
            for (key, value) in fields {
                // These two are looked at on their own, and the third is the moment in the name of the interaction.
                let is_time =
                    ["msgid", "timestamp"].contains(&key.replace(['-', '_'], "").to_lowercase().as_str());
                if !is_time {
                    holds(value, &event[key], &format!("{path}.{key}"));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            assert_eq!(event, sample, "{path}");
        }
    }
}

/// The samples are one of Kazoo's shapes each; raw bridges have none of these.
fn without_parties(sample: &mut Value) {
    if let Some(fields) = sample.as_object_mut()
        && fields.get("Event-Name").is_some_and(|name| name == "CHANNEL_BRIDGE")
    {
        for key in ["From", "To", "Request"] {
            fields.remove(key);
        }
    }
}

fn is_as_written(occurrences: &[Occurrence], legs: &[&str], samples: [&str; 3]) {
    let mut ids: Vec<&str> = Vec::new();
    for occurrence in occurrences {
        if !ids.contains(&occurrence.leg.as_str()) {
            ids.push(&occurrence.leg);
        }
    }
    assert_eq!(ids.len(), legs.len());
    let interaction = occurrences[0].fields["Custom-Channel-Vars"]["Call-Interaction-ID"].as_str().unwrap();
    let shapes = [Shape::Raw, Shape::Blackhole, Shape::Webhook];
    for (shape, sample) in shapes.into_iter().zip(samples) {
        assert_eq!(sample.lines().count(), occurrences.len());
        for (at, (line, occurrence)) in sample.lines().zip(occurrences).enumerate() {
            let mut text = wire::encode(occurrence, shape, ACCOUNT, false).to_string();
            for (id, leg) in ids.iter().zip(legs) {
                text = text.replace(id, leg);
            }
            text = text.replace(interaction, "63804995666-386ddd58");
            let mut sample: Value = serde_json::from_str(line).unwrap();
            without_parties(&mut sample);
            // The samples' webhooks and envelopes have the parties of a bridge, the raw event does not.
            if occurrence.name == "CHANNEL_BRIDGE" {
                let fields = if shape == Shape::Blackhole { &mut sample["data"] } else { &mut sample };
                for key in ["from", "to", "request"] {
                    fields.as_object_mut().unwrap().remove(key);
                }
            }
            holds(&sample, &serde_json::from_str(&text).unwrap(), &format!("{shape:?} {}", at + 1));
        }
    }
}

macro_rules! samples {
    ($name:literal) => {
        [
            include_str!(concat!("../../../../tests/samples/firehose/", $name, ".raw.jsonl")),
            include_str!(concat!("../../../../tests/samples/firehose/", $name, ".snake.jsonl")),
            include_str!(concat!("../../../../tests/samples/firehose/", $name, ".hook.jsonl")),
        ]
    };
}

#[test]
fn a_call_answered_at_one_of_two_phones_is_as_in_the_samples() {
    let mut switch = switch();
    let call = switch.incoming(START, &Target::User(ANNA), Some("+46701234567"));
    assert!(switch.answer(START + 5_000_000, &call, ANNA));
    assert!(switch.hang_up(START + 40_000_000, &call));
    is_as_written(&switch.take_outbox(), &["A", "B1", "B2"], samples!("in_answered_two_devices"));
    assert_eq!((switch.calls_going(), switch.legs().count()), (0, 0));
}

#[test]
fn a_call_that_is_given_up_is_as_in_the_samples() {
    let mut switch = switch();
    switch.directory.users[0].devices[1].registered = false;
    let call = switch.incoming(START, &Target::User(ANNA), Some("+46701234567"));
    assert!(switch.hang_up(START + 9_000_000, &call));
    is_as_written(&switch.take_outbox(), &["A", "B1"], samples!("in_missed_caller_gave_up"));
}

#[test]
fn a_call_to_the_outside_is_as_in_the_samples() {
    let mut switch = switch();
    let call = switch.outgoing(START, ANNA, "+46701234567").unwrap();
    assert!(switch.answer(START + 6_000_000, &call, ANNA));
    assert!(switch.hang_up(START + 30_000_000, &call));
    is_as_written(&switch.take_outbox(), &["A", "B"], samples!("out_answered"));
}
