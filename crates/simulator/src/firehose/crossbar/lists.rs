//! What Crossbar lists.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{Answer, Question, failure, success};
use crate::firehose::people::{Seat, User};
use crate::firehose::switch::{GREGORIAN, Leg, Party, Switch};
use crate::firehose::{Channels, State};

/// So much of a list as was asked for; the key of what follows says nothing to whoever reads it.
pub(super) fn page(state: &State, question: &Question<'_>, list: Vec<Value>) -> Answer {
    let size = question.parameter("page_size").map_or(Some(state.options.page), |size| size.parse().ok());
    let from = match question.parameter("start_key") {
        None => Some(0),
        Some(key) => URL_SAFE_NO_PAD
            .decode(key)
            .ok()
            .and_then(|key| String::from_utf8(key).ok()?.parse::<usize>().ok()),
    };
    let (Some(size), Some(from)) = (size.filter(|size| *size > 0), from) else {
        return failure(400, "invalid data");
    };
    let size = if question.parameter("paginate") == Some("false") { list.len().max(1) } else { size };
    let part: Vec<Value> = list.iter().skip(from).take(size).cloned().collect();
    let (status, mut value) = success(Value::Null);
    if let Some(envelope) = value.as_object_mut() {
        envelope.insert("page_size".to_owned(), part.len().into());
        if let Some(key) = question.parameter("start_key") {
            envelope.insert("start_key".to_owned(), key.into());
        }
        if from + part.len() < list.len() {
            let next = URL_SAFE_NO_PAD.encode((from + part.len()).to_string());
            envelope.insert("next_start_key".to_owned(), next.into());
        }
        envelope.insert("data".to_owned(), Value::Array(part));
    }
    (status, value)
}

/// The users' view: no document, do-not-disturb only as a word among the features.
pub(super) fn users(state: &State, account: usize) -> Vec<Value> {
    let entry = |(_, user): (Seat, &User)| {
        let mut features = vec!["caller_id"];
        features.extend(user.do_not_disturb.then_some("do_not_disturb"));
        features.extend(user.forwards_to.is_some().then_some("call_forward"));
        json!({
            "id": user.id,
            "username": user.username,
            "email": user.email(),
            "first_name": user.first_name,
            "last_name": user.last_name,
            "priv_level": "user",
            "timezone": "Europe/Copenhagen",
            "features": features,
        })
    };
    state.switch.directory.of_account(account).map(entry).collect()
}

/// The devices of an account, or of one user.
pub(super) fn devices(state: &State, account: usize, owner: Option<Seat>) -> Vec<Value> {
    let owners = state
        .switch
        .directory
        .of_account(account)
        .filter(|(seat, _)| owner.is_none_or(|owner| owner == *seat));
    let mut list = Vec::new();
    for (_, user) in owners {
        list.extend(user.devices.iter().map(|device| {
            json!({
                "id": device.id,
                "name": device.name,
                "username": device.username,
                "owner_id": user.id,
                "enabled": true,
                "mac_address": "",
                "device_type": "sip_device",
            })
        }));
    }
    list
}

/// The devices that are registered; others are not mentioned.
pub(super) fn registrations(state: &State, account: usize) -> Value {
    let users = state.switch.directory.of_account(account);
    let devices = users.flat_map(|(_, user)| &user.devices).filter(|device| device.registered);
    devices.map(|device| json!({ "device_id": device.id, "registered": true })).collect()
}

/// The legs that exist, of an account or of one user.
pub(super) fn channels(state: &State, now: i64, account: usize, owner: Option<Seat>) -> Value {
    let is_asked_for = |leg: &&Leg| {
        let seat = match leg.party {
            Party::Phone { seat, .. } => Some(seat),
            Party::Carrier => None,
        };
        leg.account == account && (owner.is_none() || seat == owner)
    };
    let legs = state.switch.legs().filter(is_asked_for);
    legs.map(|leg| channel(&state.switch, leg, now, state.options.channels)).collect()
}

fn channel(switch: &Switch, leg: &Leg, now: i64, length: Channels) -> Value {
    let mut channel = Map::new();
    let mut put = |key: &str, value: Value| {
        channel.insert(key.to_owned(), value);
    };
    put("uuid", leg.id.as_str().into());
    put("direction", leg.direction.word().into());
    put("answered", leg.answered_at.is_some().into());
    put("destination", leg.dialled.as_str().into());
    put("timestamp", (leg.created_at.div_euclid(1_000_000) + GREGORIAN).into());
    if let Some(other) = &leg.other {
        put("other_leg", other.as_str().into());
    }
    match leg.party {
        Party::Carrier => put("authorizing_type", "resource".into()),
        Party::Phone { seat, device } => {
            put("authorizing_type", "device".into());
            if let Some(user) = switch.directory.user(seat) {
                put("owner_id", user.id.as_str().into());
                if let Some(device) = user.devices.get(device) {
                    put("authorizing_id", device.id.as_str().into());
                    put("username", device.username.as_str().into());
                }
            }
            if let Some(presence_id) = switch.presence_id(leg) {
                put("presence_id", presence_id.into());
            }
        }
    }
    if length == Channels::Long {
        put("bridge_id", leg.bridge.as_deref().into());
        put("interaction_id", leg.interaction.as_str().into());
        put("is_onhold", leg.held.into());
        put("is_loopback", leg.loopback.into());
        put("elapsed_s", (now - leg.created_at).div_euclid(1_000_000).into());
        put("caller_id_name", leg.caller.name.as_str().into());
        put("caller_id_number", leg.caller.number.as_str().into());
        put("callee_id_number", leg.dialled.as_str().into());
    }
    channel.retain(|_, value| !value.is_null());
    Value::Object(channel)
}
