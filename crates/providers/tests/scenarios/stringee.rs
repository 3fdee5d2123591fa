use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{CallFact, CallState};
use serde_json::{Value, json};

use crate::play::{Account, play};

const SIGNING_IN: &str = include_str!("../stringee/signing_in.txt");
const PASTED: &str = include_str!("../stringee/pasted.txt");
const LIVE: &str = include_str!("../stringee/live.txt");
const RELAY: &str = include_str!("../stringee/relay.txt");
const REST: &str = include_str!("../stringee/rest.txt");

/// Seconds since 1970 at ten o'clock on 2026-11-21, an hour after a session begins.
const TEN: u64 = 1_795_255_200;

/// A script may say
///
/// - `: way WAY`: `pasted` or `expired` (a pasted token), `fast` (this computer's clock, by an hour), `relay` or `rest`
///   (what stands behind the socket), `observer` (a user of its own), `deaf` (a token that hears nothing of its own
///   attributes), `silent` (one that hears nothing, with REST); else the token is the softphone's user's, from the
///   token address, with nothing behind it;
/// - `: begin WHERE`: what the scripts in `crates/providers/tests/stringee` do before it: `signing-in`, or `live` with
///   nothing, the `relay` or `rest` behind it;
/// - `: ping MS`: the server's interval;
/// - `: pings shown`: pings are not answered without a word;
/// - `: left ID[=answered|=ringing] …`: calls that an earlier session left open.
///
/// `TOKEN`, `TOKEN2` and `RESTTOKEN` stand for tokens.
fn run(script: &str) {
    let said = script::settings(script);
    let begin = said.get("begin").copied();
    let way = said.get("way").copied().or(begin).unwrap_or_default();
    let mut settings = json!({"token_url": "https://own.example/token"});
    let mut secret = json!({"token_url_authorization": "Basic dTpw"});
    match way {
        "pasted" => secret = json!({"token": token(TEN)}),
        "expired" => secret = json!({"token": token(TEN - 3600)}),
        "relay" => settings["relay_url"] = json!("https://relay.example/x/"),
        "observer" => settings["softphone_user"] = json!("agent_1"),
        "" | "rest" | "silent" | "deaf" | "fast" | "live" | "signing-in" => {}
        other => panic!("there is no way called {other}"),
    }
    let start = if way == "pasted" { PASTED } else { SIGNING_IN };
    let before = match begin {
        None => String::new(),
        Some("signing-in") => start.to_owned(),
        Some("live") => format!("{start}{LIVE}"),
        Some("relay") => format!("{start}{RELAY}"),
        Some("rest") => format!("{start}{REST}"),
        Some(other) => panic!("there is no beginning called {other}"),
    };
    let mut account = Account::new("stringee", settings, secret);
    account.answers_pings = !said.contains_key("pings");
    let left = said.get("left").map(|calls| calls.split_whitespace().map(left_open).collect());
    account.open_calls = left.unwrap_or_default();
    let answer = match way {
        "fast" => json!({"access_token": token(TEN - 3600)}),
        "relay" => json!({"access_token": token(TEN), "relay_token": "relay-token"}),
        "rest" => json!({"access_token": token(TEN), "rest_token": "r.e.st"}),
        "silent" => {
            json!({"access_token": jwt(&json!({"userId": "agent_1", "exp": TEN})), "rest_token": "r.e.st"})
        }
        "observer" => {
            json!({"access_token": jwt(&json!({"userId": "watcher", "exp": TEN, "subscribe": "call_X"}))})
        }
        "deaf" => {
            json!({"access_token": jwt(&json!({"userId": "agent_1", "exp": TEN, "subscribe": "call_X"}))})
        }
        _ => json!({"access_token": token(TEN)}),
    };
    let first = answer["access_token"].as_str().unwrap().to_owned();
    let script = format!("{before}{script}")
        .replace("ANSWER", &answer.to_string())
        .replace("RESTTOKEN", &jwt(&json!({"rest_api": true, "exp": TEN})))
        .replace("TOKEN2", &token(TEN + 3600))
        .replace("TOKEN", &first)
        .replace("PING", said.get("ping").unwrap_or(&"45000"));
    play(account, &script);
}

fn left_open(call: &str) -> CallFact {
    let (id, state) = call.split_once('=').unwrap_or((call, ""));
    let state = match state {
        "answered" => Some(CallState::Answered),
        "ringing" => Some(CallState::Ringing),
        "" => None,
        other => panic!("no call is left {other}"),
    };
    CallFact { state, ..CallFact::of(id) }
}

/// The softphone's user's.
fn token(exp: u64) -> String {
    jwt(&json!({"userId": "agent_1", "exp": exp, "subscribe": "call_X,agents,ALL_CALL_STATUS", "attributes":
        [{"attribute": "manual_status", "topic": "agents"}]}))
}

fn jwt(payload: &Value) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload.to_string()))
}

script::scenarios!("stringee", run:
    a_call_between_colleagues_by_the_newer_frames,
    a_call_on_three_channels_is_one_call,
    a_call_taken_or_declined_on_my_softphone_is_mine,
    a_call_that_a_colleague_took_is_not_missed,
    a_call_told_before_the_sign_in_is_answered_ends_too,
    a_call_that_stopped_is_missed_if_the_relay_says_nothing,
    a_caller_may_wait_in_a_queue_for_long,
    a_change_without_an_answer_is_given_up,
    a_colleague_who_is_no_longer_listed_is_offline_even_from_a_call,
    a_colleague_who_leaves_in_a_call_is_offline,
    a_cut_connection_ends_the_session,
    a_key_of_another_region_is_refused_at_the_list,
    a_new_token_taken_for_expired_is_the_end,
    a_new_token_that_comes_late_is_put_to_the_relay_at_once,
    a_page_instead_of_a_token_is_a_fault_of_protocol,
    a_pasted_token_signs_in,
    a_pasted_token_taken_for_expired_asks_for_another,
    a_pasted_token_that_has_expired_asks_for_another,
    a_phone_that_stops_ringing_ends_a_call_without_a_name,
    a_ping_without_a_body_keeps_the_connection,
    a_popup_whose_end_never_comes_is_gone_after_ninety_seconds,
    a_redirect_is_followed_and_a_foreign_one_is_reported,
    a_relay_of_another_version_is_said_to_be_odd,
    a_relay_that_fails_costs_only_what_it_adds,
    a_relay_that_has_forgotten_is_asked_for_everything,
    a_relay_that_holds_nothing_back_is_asked_every_two_seconds,
    a_relay_that_refuses_the_token_gets_a_new_one_once,
    a_rest_token_of_the_organisation_is_refused,
    a_server_that_accepts_and_closes_is_left,
    a_sign_in_offline_ends_so_that_another_can_begin,
    a_silent_connection_is_dead,
    a_token_address_that_cannot_be_reached_is_tried_again,
    a_token_address_that_is_not_there_is_a_matter_of_settings,
    a_token_address_that_knows_nobody_asks_to_sign_in,
    a_token_is_renewed_a_minute_before_it_expires,
    a_token_that_is_old_by_a_wrong_clock_is_renewed_each_hour,
    all_call_status_names_colleagues_calls,
    an_account_switched_off_is_forbidden,
    an_answered_call_of_an_earlier_session_goes_on,
    an_expired_token_is_renewed_with_one_connection,
    an_incoming_call_is_shown_and_left_alone,
    an_observer_sees_its_persons_calls_by_topics,
    an_observer_sets_no_do_not_disturb,
    calls_of_an_earlier_session_are_settled_by_the_relay,
    calls_of_an_earlier_session_that_nobody_tells_of_are_lost,
    do_not_disturb_by_rest_is_read_back,
    do_not_disturb_by_the_relay_is_what_it_reads_back,
    do_not_disturb_by_the_socket_is_done_when_a_topic_tells_it,
    do_not_disturb_that_nothing_reads_back_is_not_claimed,
    leaving_during_a_pause_stays_left,
    nothing_can_be_done_before_sign_in,
    presence_comes_by_topics,
    rest_gets_a_new_token_each_time_one_expires,
    rest_is_asked_every_minute_where_no_topic_tells,
    rest_tells_who_is_online,
    rest_that_refuses_the_token_says_so,
    signing_in_with_a_token_of_the_organisation,
    the_relay_tells_who_is_there_and_what_happens,
    what_is_not_understood_is_counted_by_name,
    what_stringee_cannot_do_is_refused_with_a_reason,
);
