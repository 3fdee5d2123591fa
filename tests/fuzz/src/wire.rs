//! The protocols' machines.

use std::time::Duration;

use protocols::{
    Instant, bayeux, centrifugo, kazoo, secret, sockjs,
    stringee::{self, Device},
};
use serde::{Deserialize as _, Deserializer};
use serde_json::{Value, value::RawValue};

use crate::conversation::Conversation;

pub(crate) fn bayeux(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let mut options = bayeux::Options::new("https://pubsub.example/faye");
    options.transports = match said.get("transports").copied() {
        Some("websocket") => bayeux::Transports::WebSocket,
        Some("long-polling") => bayeux::Transports::LongPolling,
        _ => bayeux::Transports::Auto,
    };
    let mut client = bayeux::Client::new(options);
    client.set_ext(secret::Text::new(r#"{"access_token":"t1"}"#));
    client.subscribe(Instant::default(), "/presence/company/1234");
    Conversation::new(client, Instant::default()).hold(&script, drop, |client, now, words| {
        match words.split_once(' ') {
            Some(("subscribe", channel)) => client.subscribe(now, channel),
            Some(("unsubscribe", channel)) => client.unsubscribe(now, channel),
            _ => {}
        }
    });
}

pub(crate) fn centrifugo(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let options = centrifugo::Options::new("wss://realtime.example/connection/websocket");
    let mut client = centrifugo::Client::new(options, |_, data: &RawValue| data.to_owned());
    let connection = &centrifugo::TokenFor::Connection;
    client.set_token(Instant::default(), connection, secret::Text::new("t1"));
    for name in said.get("channels").unwrap_or(&"voice:calls").split_whitespace().take(20) {
        client.subscribe(Instant::default(), subscription(name));
    }
    Conversation::new(client, Instant::default()).hold(&script, drop, |client, now, words| {
        match words.split_once(' ') {
            Some(("token", token)) => client.set_token(now, connection, secret::Text::new(token)),
            Some(("no-token", channel)) => {
                client.no_token(now, &centrifugo::TokenFor::Channel(channel.into()));
            }
            Some(("subscribe", channel)) => client.subscribe(now, subscription(channel)),
            Some(("unsubscribe", channel)) => client.unsubscribe(now, channel),
            Some(("presence", channel)) => client.presence(now, channel),
            Some(("history", channel)) => client.history(now, channel, 10),
            _ => {}
        }
    });
}

fn subscription(name: &str) -> centrifugo::Subscription {
    let channel = name.trim_end_matches(['+', '#']);
    centrifugo::Subscription {
        channel: channel.to_owned(),
        join_leave: name.contains('+'),
        needs_token: name.contains('#'),
        token: None,
    }
}

pub(crate) fn kazoo(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let credentials =
        kazoo::Credentials { username: "anna".into(), password: "s3cret".into(), domain: "acme".to_owned() };
    let mut options = kazoo::Options::new("https://pbx.example:9443/", credentials);
    if said.get("token") == Some(&"query") {
        options.token_in = kazoo::TokenIn::Query;
    }
    let now = Instant::at(Duration::from_secs(1000));
    let client = kazoo::Client::new(options, now, Duration::from_secs(1_700_000_000));
    let live = include_str!("../../../crates/protocols/tests/kazoo/live.txt");
    let before = if said.get("begin") == Some(&"live") { live } else { "" };
    Conversation::new(client, now).hold(&format!("{before}{script}"), drop, |_, _, _| {});
}

struct Any;

impl sockjs::Reader for Any {
    type Event = Value;

    fn read<'de, D: Deserializer<'de>>(&self, _: &str, data: D) -> Result<Value, D::Error> {
        Value::deserialize(data)
    }
}

pub(crate) fn sockjs(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let mut options = sockjs::Options::new("https://events.example/nguc/", 7);
    options.transports = match said.get("transports").copied() {
        Some("websocket") => sockjs::Transports::WebSocket,
        Some("long-polling") => sockjs::Transports::LongPolling,
        _ => sockjs::Transports::Auto,
    };
    let before = if said.get("begin") == Some(&"open") { "start\nopened\n< o\n" } else { "" };
    Conversation::new(sockjs::Client::new(options), Instant::default()).hold(
        &format!("{before}{script}"),
        |event| {
            if let sockjs::Event::Message(message) = event {
                sockjs::read(&message, &Any, drop);
            }
        },
        |client, _, words| client.send(words),
    );
}

pub(crate) fn stringee(input: &[u8]) {
    let script = String::from_utf8_lossy(input);
    let said = script::settings(&script);
    let device = Device {
        name: "Ringside".to_owned(),
        device_id: "web-1".to_owned(),
        browser_id: "browser-1".to_owned(),
        session_id: "session-1".to_owned(),
    };
    let servers = ["wss://v1.stringee.com:6899/", "wss://v2.stringee.com:6899/"].map(str::to_owned);
    let mut options = stringee::Options::new(servers.into(), device);
    if said.contains_key("lookup") {
        options.address_url = Some("https://api.stringee.com/v2/getStringeeServerAddress".to_owned());
    }
    let client = stringee::Client::new(options, secret::Text::new("a.b+c.d"));
    Conversation::new(client, Instant::default()).hold(&script, drop, |client, now, words| {
        match words.split_once(' ') {
            Some(("renew", token)) => client.renew(secret::Text::new(token)),
            Some(("change", attribute)) => drop(client.change(now, attribute, &Value::Null)),
            _ => {}
        }
    });
}
