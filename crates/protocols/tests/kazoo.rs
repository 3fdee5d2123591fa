//! The scripts of `tests/scenarios/kazoo`.

use std::time::Duration;

use protocols::{
    Input, Instant, Machine, Output,
    kazoo::{Client, Credentials, Event, Options, TokenIn},
};

/// `exp` of the first token in the scripts is in two minutes.
const WALL: Duration = Duration::from_secs(1_700_000_000);

fn client(options: impl FnOnce(&mut Options)) -> Client {
    let credentials =
        Credentials { username: "anna".into(), password: "s3cret".into(), domain: "acme".to_owned() };
    let mut all = Options::new("https://pbx.example:9443/", credentials);
    options(&mut all);
    Client::new(all, Instant::at(Duration::from_secs(1000)), WALL)
}

/// A script may say `: token query`, `: pings off` and `: filter ACCOUNT EVENT`; it begins live with `: begin live`.
fn run(script: &str) {
    let said = script::settings(script);
    let client = client(|options| {
        if said.get("token") == Some(&"query") {
            options.token_in = TokenIn::Query;
        }
        if said.get("pings") == Some(&"off") {
            options.ping_every = Duration::from_secs(60 * 60);
        }
        if let Some((account, event)) = said.get("filter").and_then(|filter| filter.split_once(' ')) {
            options.accounts.push(account.to_owned());
            options.events.push(event.to_owned());
        }
    });
    let before = if said.get("begin") == Some(&"live") { include_str!("kazoo/live.txt") } else { "" };
    script::check(client, &format!("{before}{script}"), render);
}

fn render(event: &Event) -> Option<String> {
    Some(match event {
        Event::LoggedIn(identity) => format!(
            "logged in as {} of {}",
            identity.owner_id.as_deref().unwrap_or("?"),
            identity.account_id.as_deref().unwrap_or("?")
        ),
        Event::Live => "live".into(),
        Event::Interrupted => "interrupted".into(),
        Event::Channel(event) => format!("{:?} {}", event.kind, event.call_id),
        Event::Skipped(what) => format!("skipped {what}"),
        Event::Heard => return None,
    })
}

script::scenarios!("kazoo", run:
    a_cut_socket_is_opened_once_more,
    a_cut_soon_after_the_last_is_for_the_caller,
    a_dead_socket_is_not_replaced_without_a_word,
    a_fresh_token_is_put_to_use_in_a_quiet_moment,
    a_fresh_token_is_put_to_use_in_time_however_busy_it_is,
    a_login_is_asked_for_what_to_hear,
    a_login_refused_once_is_forgotten_by_the_next_that_is_not,
    a_login_refused_while_live_leaves_the_socket_alone,
    a_login_that_fails_while_live_is_tried_again,
    a_message_delivered_twice_is_told_once,
    a_page_instead_of_a_token_is_a_fault_of_protocol,
    a_login_refused_by_what_stands_before_the_provider_is_no_refusal_of_the_password,
    a_password_that_is_refused_is_the_end,
    a_probe_finds_a_dead_socket_in_three_seconds,
    a_probe_hurries_what_is_under_way,
    a_provider_that_is_busy_says_when_to_come_back,
    a_session,
    a_silent_socket_is_dropped,
    a_socket_closed_for_its_token_gets_a_new_one,
    a_socket_refused_with_401_gets_one_new_token,
    a_socket_refused_with_403_is_told,
    a_socket_that_does_not_open_is_given_up,
    a_token_in_the_query_is_kept_out_of_the_address,
    an_expired_token_is_not_used_after_a_cut,
    any_frame_is_a_sign_of_life,
    bad_input_is_left_out_and_costs_nothing_else,
    goodbye_is_short,
);

#[test]
fn a_message_over_four_mebibytes_is_left_out() {
    let mut client = live();
    let text = format!(r#"{{"Event-Name":"CHANNEL_HOLD","Call-ID":"b","x":"{}"}}"#, "x".repeat(4 << 20));
    client.handle(Instant::at(Duration::from_secs(1000)), Input::Text(&text));
    assert!(matches!(client.poll(), Output::Event(Event::Skipped(what)) if what == "a message over 4 MiB"));
}

#[test]
fn password_and_token_are_not_shown_by_debug() {
    let mut client = client(|_| {});
    let now = Instant::at(Duration::from_secs(1000));
    client.handle(now, Input::Start);
    let login = client.poll();
    let mut shown = format!("{client:?}{login:?}");
    let Output::Fetch(id, _) = login else { panic!("no login") };
    answer(&mut client, id);
    for _ in 0..2 {
        shown.push_str(&format!("{:?}", client.poll()));
    }
    shown.push_str(&format!("{client:?}"));
    assert!(shown.contains("Open"), "{shown}");
    for secret in ["s3cret", "a-token", "anna"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn answer(client: &mut Client, id: protocols::FetchId) {
    let response = protocols::Response {
        status: 200,
        retry_after: None,
        body: r#"{"access_token":"a-token"}"#.to_owned(),
    };
    client.handle(Instant::at(Duration::from_secs(1000)), Input::Fetched(id, Ok(&response)));
}

fn live() -> Client {
    let mut client = client(|_| {});
    let now = Instant::at(Duration::from_secs(1000));
    client.handle(now, Input::Start);
    let Output::Fetch(id, _) = client.poll() else { panic!("no login") };
    answer(&mut client, id);
    client.handle(now, Input::Opened);
    while !matches!(client.poll(), Output::Wait(_)) {}
    client
}
