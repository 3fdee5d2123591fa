//! The scripts of `tests/scenarios/centrifugo`; each begins with the points it covers of the checklist that was
//! drawn from the npm client, the protocol's documents and the server's sources.
//!
//! Of its 36 points these are not the client's: pauses between connections (13) are the supervisor's; counting
//! presence by user (27) and reading it again (28) are the session's; delta (35) is never asked for.

use std::collections::VecDeque;

use protocols::{
    Input, Instant, Machine, Output,
    centrifugo::{Client, Error, Event, Member, Options, Subscription, TokenFor},
    secret,
};
use serde_json::value::RawValue;

fn client() -> Client<Box<RawValue>> {
    Client::new(Options::new("wss://realtime.example/connection/websocket"), |_, data| data.to_owned())
}

/// A client whose frames a script sees line by line; `⏎` in a frame that comes in is the end of a line.
struct ByLine {
    client: Client<Box<RawValue>>,
    lines: VecDeque<String>,
}

impl Machine for ByLine {
    type Event = Event<Box<RawValue>>;
    type Error = Error;

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if let Input::Text(text) = input {
            self.client.handle(now, Input::Text(&text.replace('⏎', "\n")));
        } else {
            self.client.handle(now, input);
        }
    }

    fn poll(&mut self) -> Output<Self::Event, Error> {
        if let Some(line) = self.lines.pop_front() {
            return Output::Send(line);
        }
        let output = self.client.poll();
        if let Output::Send(frame) = output {
            self.lines.extend(frame.lines().map(str::to_owned));
            return self.poll();
        }
        output
    }
}

/// A script may say `: channels A B …` (with `+` behind a name for join and leave, `#` for a token of its own; else
/// it is one channel) and `: token T` or `: token none`.
fn run(script: &str) {
    let said = script::settings(script);
    let mut client = client();
    let start = Instant::default();
    match said.get("token").copied().unwrap_or("t1") {
        "none" => {}
        token => client.set_token(start, &TokenFor::Connection, secret::Text::new(token)),
    }
    for name in said.get("channels").unwrap_or(&"voice:calls").split_whitespace() {
        if name != "none" {
            client.subscribe(start, subscription(name));
        }
    }
    script::check_with(ByLine { client, lines: VecDeque::new() }, script, render, |machine, now, words| {
        let client = &mut machine.client;
        let words: Vec<&str> = words.split_whitespace().collect();
        match words.as_slice() {
            ["token", token] => client.set_token(now, &TokenFor::Connection, secret::Text::new(*token)),
            ["token", token, channel] => {
                client.set_token(now, &TokenFor::Channel((*channel).into()), secret::Text::new(*token));
            }
            ["no-token"] => client.no_token(now, &TokenFor::Connection),
            ["no-token", channel] => client.no_token(now, &TokenFor::Channel((*channel).into())),
            ["subscribe", channel] => client.subscribe(now, subscription(channel)),
            ["unsubscribe", channel] => client.unsubscribe(now, channel),
            ["presence", channel] => client.presence(now, channel),
            ["history", channel] => client.history(now, channel, 10),
            _ => panic!("nobody here does `! {words:?}`"),
        }
    });
}

fn subscription(name: &str) -> Subscription {
    let channel = name.trim_end_matches(['+', '#']);
    let marks = name.trim_start_matches(channel);
    Subscription {
        channel: channel.to_owned(),
        join_leave: marks.contains('+'),
        needs_token: marks.contains('#'),
        token: None,
    }
}

fn render(event: &Event<Box<RawValue>>) -> Option<String> {
    let who = |member: &Member| {
        let about = member.about.as_ref().map_or(String::new(), |about| format!(" {about}"));
        format!("{} {}{about}", member.client, member.user)
    };
    Some(match event {
        Event::TokenWanted(TokenFor::Connection) => "token wanted".into(),
        Event::TokenWanted(TokenFor::Channel(channel)) => format!("token wanted for {channel}"),
        Event::Live => "live".into(),
        Event::Interrupted => "interrupted".into(),
        Event::Subscribed { channel, recovered: true } => format!("recovered {channel}"),
        Event::Subscribed { channel, recovered: false } => format!("subscribed {channel}"),
        Event::Refused { channel, error, retried: true } => format!("refused for now {channel}: {error}"),
        Event::Refused { channel, error, retried: false } => format!("refused {channel}: {error}"),
        Event::Unsubscribed { channel, code } => format!("unsubscribed {channel}: {code}"),
        Event::Publication { channel, content } => format!("{channel} {content}"),
        Event::Joined { channel, member } => format!("{channel} joined {}", who(member)),
        Event::Left { channel, member } => format!("{channel} left {}", who(member)),
        Event::Present { channel, members: Ok(members) } => {
            format!("{channel} has {}", members.iter().map(who).collect::<Vec<_>>().join(", "))
        }
        Event::Present { channel, members: Err(error) } => format!("{channel} has whom? {error}"),
        Event::Past { channel, contents: Ok(contents) } => {
            let contents: Vec<&str> = contents.iter().map(|content| content.get()).collect();
            format!("{channel} had {}", contents.join(" "))
        }
        Event::Past { channel, contents: Err(error) } => format!("{channel} had what? {error}"),
        Event::Skipped(why) => format!("skipped {why}"),
        Event::Heard => return None,
    })
}

script::scenarios!("centrifugo", run:
    a_bad_channel_token_costs_its_channel_only,
    a_channel_refused_for_now_is_asked_for_again,
    a_channel_token_that_cannot_be_had_keeps_nobody_waiting,
    a_connection_cut_again_at_once_is_for_the_caller,
    a_connection_expired_gets_a_new_token_and_loses_nothing,
    a_connection_that_cannot_be_had_back_is_the_end,
    a_connection_that_was_never_live_is_for_the_caller,
    a_disconnect_of_the_applications_own_may_be_the_end,
    a_disconnect_push_is_a_close,
    a_forced_disconnect_is_the_end,
    a_frozen_server_is_noticed_ten_seconds_after_its_ping_was_due,
    a_message_too_big_is_the_end,
    a_page_of_a_portal_is_the_end,
    a_position_without_recovery_is_not_sent,
    a_probe_finds_a_dead_connection_in_three_seconds,
    a_recorded_channel_token_is_asked_for_and_refreshed,
    a_recorded_conversation,
    a_recorded_cut_is_recovered_and_the_offset_moves_on,
    a_recorded_refresh_at_its_time,
    a_refresh_that_fails_is_tried_again,
    a_refused_connect_is_the_end,
    a_refused_sub_refresh_ends_that_channel_only,
    a_server_that_does_not_ping_is_asked_for_a_sign_of_life,
    a_terminal_code_without_words_is_terminal_too,
    an_ended_subscription_is_asked_for_again_unless_it_is_for_good,
    an_epoch_is_taken_over_only_where_none_is_known,
    an_expired_token_is_replaced_once,
    an_expired_token_twice_is_for_the_caller,
    an_invalid_token_is_the_end,
    an_invalid_token_with_plain_channels_is_the_end_at_once,
    an_old_servers_words_overrule_the_code,
    an_unanswered_connect_is_the_end,
    an_unanswered_end_of_a_subscription_is_a_dead_connection,
    an_unanswered_subscription_is_a_dead_connection,
    an_upgrade_that_is_refused_is_the_end_with_its_status,
    leaving_ends_at_once,
    odd_input_is_left_out_and_costs_nothing_else,
    of_several_channel_tokens_the_bad_one_is_found,
    pings_are_answered_only_when_that_was_asked_for,
    presence_is_by_client_as_recorded,
    questions_may_be_refused_or_not_answered,
    recorded_refusals_leave_the_other_channels,
    recorded_server_side_subscriptions,
    server_side_subscriptions_are_recovered_with_the_connect,
    state_invalidated_forgets_tokens_and_positions,
    what_comes_late_for_a_channel_is_dropped,
    what_is_not_json_may_have_held_a_message_which_recovery_brings_back,
    without_a_token_it_is_asked_for_again,
);

/// Everything the client has to say, up to its next rest.
fn drain(client: &mut Client<Box<RawValue>>) -> (Vec<String>, Option<Instant>) {
    let mut said = Vec::new();
    loop {
        let output = client.poll();
        said.push(match &output {
            Output::Wait(at) => return (said, *at),
            Output::Event(event) => render(event).unwrap_or_else(|| "heard".into()),
            Output::Send(text) => text.clone(),
            Output::Open(_)
            | Output::Ping
            | Output::Close(_)
            | Output::Fetch(..)
            | Output::Cancel(_)
            | Output::Failed(_)
            | Output::Ended => format!("{output:?}"),
        });
    }
}

fn connected(channels: &[&str]) -> (Client<Box<RawValue>>, Instant) {
    let now = Instant::default();
    let mut client = client();
    client.set_token(now, &TokenFor::Connection, secret::Text::new("t1"));
    for name in channels {
        client.subscribe(now, subscription(name));
    }
    client.handle(now, Input::Start);
    client.handle(now, Input::Opened);
    client.handle(now, Input::Text(r#"{"id":1,"connect":{"client":"c","ping":25,"pong":true}}"#));
    (client, now)
}

#[test]
fn subscriptions_ride_along_with_the_connect_in_one_frame() {
    let (mut client, _) = connected(&["a", "b"]);
    let (said, _) = drain(&mut client);
    let frame = said.iter().find(|said| said.contains("\"connect\"")).unwrap();
    let commands: Vec<&str> = frame.lines().collect();
    assert_eq!(commands.len(), 3);
    assert!(commands[0].contains(r#""name":"ringside""#) && commands[0].contains(r#""token":"t1""#));
    assert_eq!(commands[1], r#"{"id":2,"subscribe":{"channel":"a"}}"#);
}

#[test]
fn a_message_over_sixteen_mebibytes_is_left_out() {
    let (mut client, now) = connected(&[]);
    drain(&mut client);
    client.handle(now, Input::Text(&"[".repeat((16 << 20) + 1)));
    assert_eq!(drain(&mut client).0, ["skipped a message over 16 MiB"]);
}

#[test]
fn a_timer_slept_through_lets_in_what_came_meanwhile() {
    let (mut client, now) = connected(&[]);
    let (_, wait) = drain(&mut client);
    assert_eq!(wait, Some(now + std::time::Duration::from_secs(35)));
    let woken = now + std::time::Duration::from_secs(600);
    client.handle(woken, Input::Timeout);
    assert_eq!(drain(&mut client).0, ["Ping"]);
    client.handle(woken, Input::Text("{}"));
    let (said, wait) = drain(&mut client);
    assert_eq!(said, ["{}", "heard"]);
    assert_eq!(wait, Some(woken + std::time::Duration::from_secs(35)));
    client.handle(woken + std::time::Duration::from_secs(600), Input::Timeout);
    client.handle(woken + std::time::Duration::from_secs(603), Input::Timeout);
    assert_eq!(drain(&mut client).0[..3], ["Ping", "Close(1000)", "interrupted"]);
}

#[test]
fn a_token_is_not_shown_by_debug() {
    let mut client = client();
    let now = Instant::default();
    client.set_token(now, &TokenFor::Connection, secret::Text::new("a-token"));
    client.handle(now, Input::Start);
    client.handle(now, Input::Opened);
    let mut shown = format!("{client:?}");
    for _ in 0..2 {
        shown.push_str(&format!("{:?}", client.poll()));
    }
    assert!(shown.contains("Send([") && !shown.contains("a-token"), "{shown}");
}
