//! A leg as the switch tells of it: the raw event, as `ecallmgr` sends it over AMQP.
//!
//! Which fields an event has follows the definitions in Kazoo's
//! `applications/ecallmgr/priv/mod_kazoo/{definitions,events}`: `CHANNEL_BRIDGE` and `CHANNEL_UNBRIDGE` have no
//! `From`, `To` and `Request`, `CHANNEL_DISCONNECTED` has next to nothing.

use serde_json::{Map, Value, json};

use super::{Cause, Direction, Leg, Party, Switch, gregorian};

/// What an event has besides the leg.
#[derive(Clone, Copy, Debug)]
pub(super) enum Extra<'a> {
    None,
    Bridge { a: &'a str, b: &'a str },
    End(Cause),
    Slot(u16),
}

/// The fields of one event.
pub(super) fn fields(
    switch: &Switch,
    leg: &Leg,
    name: &str,
    at: i64,
    message_id: String,
    extra: &Extra<'_>,
) -> Map<String, Value> {
    let realm = switch.realm(leg.account);
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| {
        fields.insert(key.to_owned(), value);
    };
    put("Event-Category", "call_event".into());
    put("Event-Name", name.into());
    put("Msg-ID", message_id.into());
    put("Timestamp", gregorian(at).into());
    put("Call-ID", leg.id.as_str().into());
    put("Call-Direction", leg.direction.word().into());
    put("Custom-Channel-Vars", Value::Object(variables(switch, leg)));
    let presence_id = switch.presence_id(leg);
    if let Some(presence_id) = &presence_id {
        put("Presence-ID", presence_id.as_str().into());
    }
    let is_bridge = matches!(extra, Extra::Bridge { .. });
    if !is_bridge {
        let from = if leg.caller.hidden {
            "anonymous@anonymous.invalid".to_owned()
        } else {
            format!("{}@{realm}", leg.caller.number)
        };
        let to = format!("{}@{realm}", leg.dialled);
        put("From", from.into());
        put("To", to.as_str().into());
        if name != "CHANNEL_DISCONNECTED" {
            put("Request", to.into());
        }
    }
    if name == "CHANNEL_DISCONNECTED" {
        return fields;
    }
    put("App-Name", "ecallmgr".into());
    put("App-Version", "4.3.142".into());
    put("Node", "ecallmgr@apps.example.com".into());
    let (state, call_state, answer_state) = states(leg, extra);
    put("Channel-State", state.into());
    put("Channel-Call-State", call_state.into());
    put("Channel-Answer-State", answer_state.into());
    put("Channel-Name", channel_name(leg, realm).into());
    put("Channel-Created-Time", leg.created_at.into());
    put("Channel-Is-Loopback", leg.loopback.into());
    put("Caller-ID-Name", leg.caller.name.as_str().into());
    put("Caller-ID-Number", leg.caller.number.as_str().into());
    put("Callee-ID-Number", leg.dialled.as_str().into());
    put("Caller-Destination-Number", leg.dialled.as_str().into());
    put("Caller-Context", "context_2".into());
    put("Caller-Dialplan", "XML".into());
    put("Switch-URL", "sip:mod_sofia@10.26.0.41:11000".into());
    put("Switch-URI", "sip:10.26.0.41:11000".into());
    put("Media-Server", "fs1.example.com".into());
    put("Custom-Application-Vars", json!({}));
    put("Custom-SIP-Headers", json!({}));
    let other = leg.other.as_deref().or(switch.quirks.self_reference.then_some(leg.id.as_str()));
    if let Some(other) = other {
        put("Other-Leg-Call-ID", other.into());
        if let Some(other) = switch.legs.get(other).filter(|other| other.id != leg.id) {
            put("Other-Leg-Direction", other.direction.word().into());
            put("Other-Leg-Caller-ID-Name", other.caller.name.as_str().into());
            put("Other-Leg-Caller-ID-Number", other.caller.number.as_str().into());
            put("Other-Leg-Destination-Number", other.dialled.as_str().into());
        }
    }
    match *extra {
        Extra::None => {}
        Extra::Bridge { a, b } => {
            put("Bridge-A-Unique-ID", a.into());
            put("Bridge-B-Unique-ID", b.into());
        }
        Extra::Slot(slot) => put("Parking-Slot", slot.to_string().into()),
        Extra::End(cause) => {
            let (duration, billing, ringing) = durations(leg, at);
            put("Hangup-Cause", cause.word().into());
            put("Hangup-Code", cause.code().into());
            put("Disposition", disposition(leg).into());
            put("Duration-Seconds", duration.into());
            put("Billing-Seconds", billing.into());
            put("Ringing-Seconds", ringing.into());
            if switch.quirks.sdp_bytes > 0 {
                let line = "a=rtpmap:0 PCMU/8000\r\n";
                let sdp = line.repeat(switch.quirks.sdp_bytes.div_ceil(line.len()));
                put("Remote-SDP", sdp.into());
            }
        }
    }
    fields
}

fn variables(switch: &Switch, leg: &Leg) -> Map<String, Value> {
    let mut variables = Map::new();
    let mut put = |key: &str, value: &str| {
        variables.insert(key.to_owned(), value.into());
    };
    if let Some(account) = switch.directory.account(leg.account) {
        put("Account-ID", &account.id);
        put("Account-Name", &account.name);
        put("Account-Realm", &account.realm);
        put("Realm", &account.realm);
    }
    put("Call-Interaction-ID", &leg.interaction);
    put("Ecallmgr-Node", "ecallmgr@apps.example.com");
    put("Channel-Authorized", "true");
    if let Some(bridge) = &leg.bridge {
        put("Bridge-ID", bridge);
    }
    match leg.party {
        Party::Carrier => {
            put("Authorizing-Type", "resource");
            put("Resource-ID", "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr");
            put("Global-Resource", "false");
        }
        Party::Phone { seat, device } => {
            if let Some(user) = switch.directory.user(seat) {
                put("Owner-ID", &user.id);
                put("Authorizing-Type", "device");
                if let Some(device) = user.devices.get(device) {
                    put("Authorizing-ID", &device.id);
                    put("Username", &device.username);
                }
            }
        }
    }
    if let Some(presence_id) = switch.presence_id(leg) {
        put("Presence-ID", &presence_id);
    }
    if leg.forwarded {
        put("Call-Forward", "true");
    }
    if leg.caller.hidden {
        put("Privacy-Hide-Name", "true");
        put("Privacy-Hide-Number", "true");
    }
    for (key, value) in &leg.variables {
        put(key, value);
    }
    variables
}

fn channel_name(leg: &Leg, realm: &str) -> String {
    if leg.loopback {
        let end = if leg.direction == Direction::Outbound { "a" } else { "b" };
        return format!("loopback/{}-{end}", leg.dialled);
    }
    match leg.direction {
        Direction::Inbound => format!("sofia/sipinterface_1/{}@{realm}", leg.caller.number),
        Direction::Outbound => format!("sofia/sipinterface_1/{}@{realm}", leg.dialled),
    }
}

/// `Channel-State`, `Channel-Call-State`, `Channel-Answer-State`.
fn states(leg: &Leg, extra: &Extra<'_>) -> (&'static str, &'static str, &'static str) {
    match (extra, leg.answered_at) {
        (Extra::End(_), _) => ("REPORTING", "HANGUP", "hangup"),
        (Extra::None | Extra::Bridge { .. } | Extra::Slot(_), Some(_)) if leg.held => {
            ("HIBERNATE", "HELD", "answered")
        }
        (Extra::None | Extra::Bridge { .. } | Extra::Slot(_), Some(_)) => ("EXECUTE", "ACTIVE", "answered"),
        (Extra::None | Extra::Bridge { .. } | Extra::Slot(_), None) => ("INIT", "RINGING", "ringing"),
    }
}

fn disposition(leg: &Leg) -> &'static str {
    match (leg.answered_at, leg.direction) {
        (Some(_), _) => "ANSWER",
        (None, Direction::Inbound) => "CANCEL",
        (None, Direction::Outbound) => "NO ANSWER",
    }
}

/// Duration, billing and ringing seconds, each rounded; an inbound leg that was never answered did not ring.
fn durations(leg: &Leg, at: i64) -> (i64, i64, i64) {
    let seconds = |from: i64, to: i64| (to - from + 500_000).div_euclid(1_000_000);
    let duration = seconds(leg.created_at, at);
    match (leg.answered_at, leg.direction) {
        (Some(answered_at), _) => (duration, seconds(answered_at, at), seconds(leg.created_at, answered_at)),
        (None, Direction::Outbound) => (duration, 0, duration),
        (None, Direction::Inbound) => (duration, 0, 0),
    }
}
