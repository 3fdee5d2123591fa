//! The scripts of `tests/scenarios/stringee-frames`: what a client says and does, frame by frame.

use protocols::{
    Input, Instant, Machine, Output, secret,
    stringee::{Client, Device, Event, Options, Published, Value},
};

/// A script may say `: servers URL …` (else there are two of the vendor's) and `: lookup yes`.
fn run(script: &str) {
    let said = script::settings(script);
    let servers = said.get("servers").unwrap_or(&"wss://v1.stringee.com:6899/ wss://v2.stringee.com:6899/");
    let mut options = options(servers.split_whitespace());
    if said.contains_key("lookup") {
        options.address_url = Some("https://api.stringee.com/v2/getStringeeServerAddress".to_owned());
    }
    let client = Client::new(options, secret::Text::new("a.b+c.d"));
    script::check_with(client, script, render, |client, now, words| match words.split_once(' ') {
        Some(("renew", token)) => client.renew(secret::Text::new(token)),
        Some(("change", rest)) => {
            let (attribute, value) = rest.split_once(' ').unwrap_or((rest, "null"));
            assert_eq!(client.change(now, attribute, &value.into()).is_some(), client.is_live());
        }
        _ => panic!("nobody here does `! {words}`"),
    });
}

fn options<'a>(servers: impl Iterator<Item = &'a str>) -> Options {
    let device = Device {
        name: "Ringside".to_owned(),
        device_id: "web-1".to_owned(),
        browser_id: "browser-1".to_owned(),
        session_id: "session-1".to_owned(),
    };
    Options::new(servers.map(str::to_owned).collect(), device)
}

fn render(event: &Event) -> Option<String> {
    Some(match event {
        Event::Live { user } => format!("live as {}", user.as_deref().unwrap_or("?")),
        Event::TokenWanted => "token wanted".to_owned(),
        Event::Published(published) => show(published),
        Event::Invited(invite) => {
            format!("{} rings, {:?} to {:?}", invite.call, invite.from.number, invite.to.number)
        }
        Event::Turned { call, turn, place } => format!("{call} {turn:?} at {place:?}"),
        Event::Changed(id, Ok(())) => format!("changed {}", id.0),
        Event::Changed(id, Err(refusal)) => format!("not changed {}: {refusal}", id.0),
        Event::Skipped(name) => format!("skipped {name}"),
        Event::Heard => return None,
    })
}

fn show(published: &Published) -> String {
    let word = |text: &Option<Box<str>>| text.as_deref().unwrap_or("?").to_owned();
    let value = match &published.value {
        Value::Text(text) | Value::Status(text) => text.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Nothing => "nothing".to_owned(),
        Value::Other => "something".to_owned(),
    };
    let ended = published.call_ended.map_or(String::new(), |ended| format!(", call ended {ended}"));
    let call = published.call.as_ref().map_or(String::new(), |call| {
        format!(
            ", call {} {} from {} to {}",
            call.id,
            word(&call.status),
            word(&call.from.number),
            word(&call.to.number)
        )
    });
    let strange =
        if published.strange.is_empty() { String::new() } else { format!(", also {:?}", published.strange) };
    format!(
        "{}: {} {} {value}{ended}{call}{strange}",
        word(&published.topic),
        word(&published.user),
        word(&published.attribute)
    )
}

script::scenarios!("stringee-frames", run:
    a_call_neither_opens_nor_answers_nor_ends_anything,
    a_change_is_answered_or_given_up,
    a_closed_live_connection_is_the_end,
    a_connection_that_is_silent_is_dead,
    a_first_sign_in_offline_ends_as_unreachable,
    a_hello_that_is_not_answered_goes_to_the_next_server,
    a_list_of_servers_that_cannot_be_had_is_done_without,
    a_list_that_refuses_the_token_wants_another_once,
    a_new_token_costs_one_connection,
    a_ping_without_a_body_is_answered,
    a_probe_finds_a_dead_connection_in_five_seconds,
    a_redirect_to_a_foreign_host_is_refused,
    a_refused_token_is_the_end,
    a_second_expired_token_is_the_end,
    a_server_that_accepts_and_closes_is_left,
    a_sign_in,
    a_stop_during_a_pause_stays_a_stop,
    a_token_goes_nowhere_but_into_the_secret_query,
    any_type_may_stand_in_any_field,
    calls_end_in_many_ways,
    redirects_are_followed_three_times,
    topic_messages_are_read_in_one_pass,
    unknown_services_are_counted,
);

#[test]
fn a_message_over_one_mebibyte_is_left_out() {
    let mut client = live();
    client.handle(Instant::default(), Input::Text(&"[".repeat((1 << 20) + 1)));
    let mut events = Vec::new();
    while let Output::Event(event) = client.poll() {
        events.extend(render(&event));
    }
    assert_eq!(events, ["skipped message over 1 MiB"]);
}

#[test]
fn a_token_is_not_shown_by_debug() {
    let mut client =
        Client::new(options(["wss://v1.stringee.com/"].into_iter()), secret::Text::new("a-token"));
    let mut shown = format!("{client:?}");
    client.handle(Instant::default(), Input::Start);
    client.handle(Instant::default(), Input::Opened);
    for _ in 0..2 {
        shown.push_str(&format!("{:?}", client.poll()));
    }
    assert!(shown.contains("Send([") && !shown.contains("a-token"), "{shown}");
}

#[test]
fn changes_that_wait_are_few() {
    let mut client = live();
    let asked = (0..100).filter(|_| client.change(Instant::default(), "a", &1.into()).is_some()).count();
    assert_eq!(asked, 16);
}

fn live() -> Client {
    let mut client = Client::new(options(["wss://v1.stringee.com/"].into_iter()), secret::Text::new("t"));
    let now = Instant::default();
    client.handle(now, Input::Start);
    client.handle(now, Input::Opened);
    client.handle(now, Input::Text(r#"{"service":2,"body":{"r":0}}"#));
    while !matches!(client.poll(), Output::Wait(_)) {}
    assert!(client.is_live());
    client
}
