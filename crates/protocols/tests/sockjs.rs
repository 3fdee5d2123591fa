//! The scripts of `tests/scenarios/sockjs`: sessions, and each form of frame that a server was seen or said to send.

use protocols::{
    Input, Instant, Machine, Output,
    sockjs::{Client, Event, Options, Reader, Transports, read},
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A script may say `: transports websocket` or `long-polling`, and `: begin open` for an open websocket.
fn run(script: &str) {
    let settings = script::settings(script);
    let mut options = Options::new("https://events.example/nguc/", 7);
    options.transports = match settings.get("transports").copied() {
        Some("websocket") => Transports::WebSocket,
        Some("long-polling") => Transports::LongPolling,
        _ => Transports::Auto,
    };
    let before = match settings.get("begin").copied() {
        Some("open") => {
            "start\nopen wss://events.example/nguc/*/websocket\nopened\n< o\n= open over websocket\n"
        }
        _ => "",
    };
    let script = format!("{before}{script}");
    script::check_with(Client::new(options), &script, render, |client, _, words| {
        match words.split_once(' ') {
            Some(("send", message)) => client.send(message),
            _ => panic!("nobody here does `! {words}`"),
        }
    });
}

fn render(event: &Event) -> Option<String> {
    Some(match event {
        Event::Opened { transport } => format!("open over {}", transport.name()),
        Event::Message(message) => events(message),
        Event::Heartbeat => "heartbeat".into(),
        Event::Heard => "heard".into(),
        Event::Skipped(why) => format!("skipped {why}"),
    })
}

struct Shown;

impl Reader for Shown {
    type Event = String;

    fn read<'de, D: Deserializer<'de>>(&self, name: &str, data: D) -> Result<String, D::Error> {
        Ok(format!("{name} {}", Value::deserialize(data)?))
    }
}

fn events(message: &str) -> String {
    let mut shown = Vec::new();
    read(message, &Shown, |event| shown.push(event.unwrap_or_else(|what| format!("lost: {what}"))));
    if shown.is_empty() { "nothing".into() } else { shown.join("; ") }
}

script::scenarios!("sockjs", run:
    a_bad_certificate_is_not_tried_twice,
    a_broken_poll_ends_the_session,
    a_busy_server_is_not_asked_in_another_way,
    a_close_before_the_greeting_is_the_end,
    a_close_that_breaks_off_is_the_end_all_the_same,
    a_close_with_a_code_and_a_reason_is_the_end,
    a_close_with_a_code_is_the_end,
    a_close_without_anything_is_the_end,
    a_cut_socket_ends_the_session,
    a_forgotten_session_ends_polling,
    a_frame_of_another_kind_is_counted,
    a_heartbeat_may_come_as_text,
    a_list_of_events_in_one_string_is_taken_apart,
    a_list_that_breaks_off_gives_what_came_before,
    a_message_that_is_plain_text_is_counted,
    a_poll_that_is_never_answered_is_a_dead_session,
    a_poll_without_a_greeting_is_the_end,
    a_prelude_of_heartbeats_is_one,
    a_probe_ends_polling_whose_held_request_may_be_dead,
    a_probe_finds_a_dead_socket_in_three_seconds,
    a_refused_upgrade_falls_back_to_long_polling,
    a_second_greeting_means_that_the_server_lost_the_session,
    a_second_poll_elsewhere_is_a_close,
    a_server_that_is_not_there_is_asked_twice,
    a_session_by_long_polling,
    a_session_over_the_websocket,
    a_single_message_has_a_letter_of_its_own,
    a_socket_that_closes_before_the_greeting_falls_back_to_long_polling,
    a_socket_that_swallows_the_greeting_falls_back_to_long_polling,
    a_swallowed_upgrade_falls_back_to_long_polling,
    a_websocket_or_nothing,
    an_empty_list_is_a_heartbeat,
    an_event_in_a_string_in_a_string_is_read,
    an_event_that_is_not_in_a_string_is_read,
    an_event_whose_name_and_data_are_the_list_is_read,
    an_event_without_data_or_with_more_is_read,
    answers_that_were_not_held_are_followed_by_a_pause,
    answers_without_a_frame_are_no_sign_of_life,
    any_frame_is_a_sign_of_life,
    broken_framing_is_told_by_the_websocket_alone,
    elements_that_are_no_messages_cost_only_themselves,
    escaped_characters_are_themselves_again,
    half_a_surrogate_pair_does_not_cost_the_event,
    hasty_answers_without_a_frame_are_borne_for_a_while,
    objects_may_name_their_event,
    one_string_is_one_event,
    several_events_in_one_string_are_told_apart,
    several_strings_are_several_events,
    silence_is_asked_twice_and_then_the_end,
    the_vendors_example_gives_the_events_before_its_fault,
    the_vendors_example_to_the_letter_is_counted,
    where_both_ways_fail_a_status_says_more,
    white_space_around_a_frame_is_nothing,
);

/// A client with an open websocket.
fn open() -> Client {
    let mut client = Client::new(Options::new("https://events.example", 7));
    for input in [Input::Start, Input::Opened, Input::Text("o")] {
        client.handle(Instant::default(), input);
    }
    while !matches!(client.poll(), Output::Wait(_)) {}
    client
}

fn told(client: &mut Client, frame: &str) -> Vec<Event> {
    client.handle(Instant::default(), Input::Text(frame));
    let mut events = Vec::new();
    while let Output::Event(event) = client.poll() {
        events.push(event);
    }
    events
}

#[test]
fn a_frame_over_one_mebibyte_is_left_out() {
    let frame = format!("a[\"{}\"]", "x".repeat(1 << 20));
    assert_eq!(told(&mut open(), &frame), [Event::Skipped("a frame over 1 MiB")]);
}

#[test]
fn nesting_of_any_depth_is_survived() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut client = open();
    for frame in [format!("a[\"{deep}\"]"), format!("a{deep}"), format!("a[\"[\\\"E\\\",{deep}]\"]")] {
        let events = told(&mut client, &frame);
        let [Event::Message(message)] = &events[..] else { panic!("{} events", events.len()) };
        assert!(self::events(message).starts_with("lost: an event"));
    }
    assert_eq!(told(&mut client, &"[".repeat(100_000)), [Event::Skipped("a frame of an unknown kind")]);
}

#[test]
fn killer_strings_come_through_as_they_were_sent() {
    let killers =
        "\u{0}\u{1}\u{1f}\u{7f}\u{ad}\u{600}\u{70f}\u{17b4}\u{200c}\u{2028}\u{2029}\u{feff}\u{fff0}\u{ffff}";
    let everything: String = (0..=0xffff_u32).filter_map(char::from_u32).collect();
    for text in [killers, &everything, "\"\\", ""] {
        let plain = format!("a{}", Value::from(vec![text]));
        let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        for frame in [plain, format!("a[\"{escaped}\"]")] {
            assert_eq!(told(&mut open(), &frame), [Event::Message(text.to_owned())]);
        }
    }
}

#[test]
fn a_token_is_not_shown_by_debug() {
    for transports in [Transports::WebSocket, Transports::LongPolling] {
        let mut client = Client::new(Options { transports, ..Options::new("https://events.example", 7) });
        let now = Instant::default();
        client.handle(now, Input::Start);
        client.handle(now, Input::Opened);
        client.handle(now, Input::Text("o"));
        if let Output::Fetch(id, _) = client.poll() {
            let body = "o\n".to_owned();
            let response = protocols::Response { status: 200, retry_after: None, body };
            client.handle(now, Input::Fetched(id, Ok(&response)));
        }
        client.send("Bearer a-token");
        let mut shown = format!("{client:?}");
        let mut outputs = 0;
        loop {
            let output = client.poll();
            if matches!(output, Output::Wait(_)) {
                break;
            }
            outputs += 1;
            shown.push_str(&format!("{output:?}"));
        }
        assert!(outputs >= 2 && !shown.contains("a-token"), "{shown}");
    }
}
