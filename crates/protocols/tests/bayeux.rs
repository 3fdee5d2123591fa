//! The scripts of `tests/scenarios/bayeux`; each begins with the points it covers of the checklist that was drawn
//! from the npm Faye client and server, the Bayeux specification and CometD.
//!
//! Of its 36 points these are not the client's: cookies (27) and the computer's proxy and TLS (28) are the link's;
//! asking REST for what was missed (33), calls that never end (34) and backoff between sessions (18, 30) are the
//! session's and the supervisor's. Patterns in channels (7) are passed on as they are.

use protocols::{
    Input, Instant, Machine, Output,
    bayeux::{Client, Event, Options, Transports},
    secret,
};

/// A script may say `: transports websocket` or `long-polling`, and `: channels none`; otherwise the client may
/// use both transports and wants one channel from the beginning.
fn run(script: &str) {
    let settings = script::settings(script);
    let mut options = Options::new("https://pubsub.example/faye");
    options.transports = match settings.get("transports").copied() {
        Some("websocket") => Transports::WebSocket,
        Some("long-polling") => Transports::LongPolling,
        _ => Transports::Auto,
    };
    let mut client = Client::new(options);
    client.set_ext(secret::Text::new(r#"{"access_token":"t1"}"#));
    for channel in settings.get("channels").unwrap_or(&"/presence/company/1234").split_whitespace() {
        if channel != "none" {
            client.subscribe(Instant::default(), channel);
        }
    }
    script::check_with(client, script, render, |client, now, words| match words.split_once(' ') {
        Some(("subscribe", channel)) => client.subscribe(now, channel),
        Some(("unsubscribe", channel)) => client.unsubscribe(now, channel),
        Some(("ext", ext)) => client.set_ext(secret::Text::new(ext)),
        _ => panic!("nobody here does `! {words}`"),
    });
}

fn render(event: &Event) -> Option<String> {
    Some(match event {
        Event::Live { transport, fresh: true } => format!("live over {}", transport.name()),
        Event::Live { transport, fresh: false } => format!("live again over {}", transport.name()),
        Event::Interrupted => "interrupted".into(),
        Event::Message { channel, data } => format!("{channel} {data}"),
        Event::Refused { channel, error } => format!("refused {channel}: {error}"),
        Event::Skipped(why) => format!("skipped {why}"),
        Event::Heard => return None,
    })
}

script::scenarios!("bayeux", run:
    a_bad_certificate_is_said_to_be_one,
    a_broken_poll_is_made_once_more,
    a_channel_wanted_later_makes_it_live_again,
    a_connect_refused_for_the_moment_is_tried_once_more,
    a_connect_that_is_not_answered_is_a_dead_session,
    a_cut_socket_is_resumed,
    a_handshake_answered_without_advice_is_no_call_for_another,
    a_handshake_without_a_client_id_is_the_end,
    a_late_websocket_takes_over_without_a_loss,
    a_negative_interval_means_not_to_come_back,
    a_poll_without_an_answer_is_a_dead_session,
    a_probe_asks_again_by_long_polling,
    a_probe_finds_a_dead_socket_in_three_seconds,
    a_probe_hurries_what_is_under_way,
    a_refused_channel_can_be_asked_for_again,
    a_refused_subscription_is_told_and_the_others_go_on,
    a_refused_upgrade_falls_back_at_once,
    a_reopening_that_hangs_is_the_end,
    a_restarted_server_gets_a_new_session_on_the_same_socket,
    a_restarting_proxy_says_when_to_come_back,
    a_server_that_holds_nothing_is_not_asked_in_a_circle,
    a_session_by_long_polling,
    a_session_forgotten_while_live_is_made_anew,
    a_session_over_the_websocket,
    a_silent_socket_is_dropped_and_its_session_with_it,
    a_socket_cut_again_at_once_is_for_the_caller,
    a_socket_cut_long_after_a_resume_is_resumed,
    a_socket_that_cannot_be_had_back_is_the_end,
    a_socket_that_closes_right_after_the_upgrade_is_done_without,
    a_socket_that_swallows_frames_is_done_without,
    a_subscription_can_be_what_tells_that_the_session_is_gone,
    a_swallowed_upgrade_does_not_keep_a_person_waiting,
    a_takeover_that_fails_goes_back_to_long_polling,
    a_token_refused_at_connect_is_the_end,
    a_token_refused_at_handshake_is_the_end,
    a_websocket_is_tried_again_every_ten_minutes,
    a_websocket_or_nothing,
    a_websocket_that_opens_during_the_handshake_gets_the_session,
    advice_none_stops_everything,
    advice_none_with_an_answered_connect_stops_too,
    an_early_goodbye_after_a_resume_is_forgiven_once,
    an_unanswered_subscription_is_the_end,
    any_frame_is_a_sign_of_life,
    bad_input_is_left_out_and_costs_nothing_else,
    ext_is_put_in_at_send_time,
    goodbye_before_there_is_a_session_is_short,
    goodbye_is_waited_for_a_second,
    http_that_is_not_200_is_the_end_with_its_status,
    http_without_bayeux_in_it_is_the_end,
    live_is_told_even_if_every_subscription_is_refused,
    no_transport_in_common_is_the_end,
    only_what_the_server_lists_is_used,
    polling_that_fails_first_is_why_if_the_websocket_fails_too,
    polling_that_fails_first_leaves_the_websocket_its_chance,
    sessions_forgotten_one_after_the_other_are_for_the_caller,
    the_advised_interval_is_waited_out,
    two_requests_at_most,
    without_any_way_it_is_unreachable,
);

#[test]
fn a_message_over_one_mebibyte_is_left_out() {
    let mut client = Client::new(Options::new("https://pubsub.example/faye"));
    let now = Instant::default();
    client.handle(now, Input::Start);
    client.handle(now, Input::Opened);
    client.handle(now, Input::Text(&"[".repeat((1 << 20) + 1)));
    let mut events = Vec::new();
    for _ in 0..3 {
        if let Output::Event(event) = client.poll() {
            events.extend(render(&event));
        }
    }
    assert_eq!(events, ["skipped a message over 1 MiB"]);
}

#[test]
fn a_token_is_not_shown_by_debug() {
    let mut client = Client::new(Options::new("https://pubsub.example/faye"));
    client.set_ext(secret::Text::new(r#"{"access_token":"a-token"}"#));
    let now = Instant::default();
    client.handle(now, Input::Start);
    client.handle(now, Input::Opened);
    let mut shown = format!("{client:?}");
    for _ in 0..2 {
        shown.push_str(&format!("{:?}", client.poll()));
    }
    assert!(shown.contains("Send([") && !shown.contains("a-token"), "{shown}");
}
