use model::{Availability, CallFact, CallState, Event, Line, PersonFact};
use serde_json::json;

use crate::play::{Account, play};

const SIGNED_IN: &str = include_str!("../nguc/signed_in.txt");
const LIVE: &str = include_str!("../nguc/live.txt");
const SYNCED: &str = include_str!("../nguc/synced.txt");
const OWN_MAP: &str = include_str!("../nguc/own_map.toml");
const CALL_LISTS: &str = include_str!("../nguc/call_lists.toml");

/// A script may say `: secret KIND` (else it is a password); `: begin signed-in`, `live` or `synced` for what the
/// scripts in `crates/providers/tests/nguc` do before it; `: map own` or `call-lists` for a map beside them;
/// `: open-calls yes` for a call that an earlier session left ringing, `queued` for one in a queue, `again` for one
/// that was given up before; `: known busy` for a colleague who was busy when that session ended; `: heartbeats yes`
/// for a server that answers pings.
fn run(script: &str) {
    let said = script::settings(script);
    let before = match said.get("begin").copied() {
        None => String::new(),
        Some("signed-in") => SIGNED_IN.to_owned(),
        Some("live") => format!("{SIGNED_IN}{LIVE}"),
        Some("synced") => format!("{SIGNED_IN}{LIVE}{SYNCED}"),
        Some(other) => panic!("there is no beginning called {other}"),
    };
    let secret = match said.get("secret").copied().unwrap_or("password") {
        "password" => json!({"username": "anna@acme.example", "password": "p"}),
        "code" => json!({"username": "anna@acme.example", "password": "p", "tfa": "123456"}),
        "token" => json!({"access_token": "t0"}),
        "tokens" => json!({"access_token": "t0", "refresh_token": "r0"}),
        "expired" => {
            json!({"access_token": "t0", "refresh_token": "r0", "expires_at": "2026-11-21T08:59:59.000Z"})
        }
        "expired-with-password" => json!({
            "access_token": "t0", "refresh_token": "r0", "expires_at": "2026-11-21T08:59:59.000Z",
            "username": "anna@acme.example", "password": "p",
        }),
        other => panic!("there is no secret called {other}"),
    };
    let settings = json!({
        "event_url": "https://events.example/",
        "api_url": "https://api.example/v1/",
        "client_id": "external.ACME",
    });
    let mut account = Account::new("nguc", settings, secret);
    account.shows_secret = true;
    account.answers_pings = said.contains_key("heartbeats");
    let map = said.get("map").map(|map| match *map {
        "own" => OWN_MAP,
        "call-lists" => CALL_LISTS,
        other => panic!("there is no map called {other}"),
    });
    account.files.extend(map.map(|map| ("event_map", Ok(map.to_owned()))));
    let left = |id: &str| CallFact { state: Some(CallState::Ringing), ..CallFact::of(id) };
    account.open_calls.extend(match said.get("open-calls").copied() {
        None => None,
        Some("yes") => Some(CallFact { mine: Some(true), ..left("g1") }),
        Some("queued") => Some(CallFact { line: Some(Line { id: "42".into(), name: None }), ..left("g1") }),
        Some("again") => Some(CallFact { mine: Some(true), ..left("g1 again 1") }),
        Some(other) => panic!("there are no open calls called {other}"),
    });
    if said.contains_key("known") {
        let (name, availability) = (Some("Bo".into()), Some(Availability::Busy));
        account.known.push(Event::Person(PersonFact { name, availability, ..PersonFact::of("78") }));
    }
    play(account, &format!("{before}{script}"));
}

script::scenarios!("nguc", run:
    a_busy_sign_in_is_tried_again_by_the_next_session,
    a_call_before_the_owner_is_known_becomes_mine,
    a_call_is_lost_only_if_no_list_of_calls_has_it,
    a_call_rings_me_and_i_take_it,
    a_call_shown_again_is_the_same_one_to_the_next_session,
    a_call_that_a_colleague_takes_is_answered_elsewhere,
    a_call_that_is_heard_of_no_more_is_lost,
    a_call_that_nobody_takes_is_missed,
    a_call_that_was_given_up_is_shown_again_when_it_rings_me,
    a_caller_is_picked_up,
    a_caller_may_wait_in_a_queue_over_a_reconnect,
    a_client_id_that_is_not_known_is_a_matter_of_settings,
    a_close_that_is_about_the_server_is_not_the_tokens,
    a_close_while_live_is_followed_by_another_session,
    a_code_becomes_tokens_and_is_kept_nowhere,
    a_code_is_forgotten_before_it_is_sent,
    a_cut_goes_on_where_the_token_on_its_way_does_not_come,
    a_cut_waits_a_moment_for_the_token_that_is_on_its_way,
    a_cut_waits_no_longer_for_a_token_than_a_moment,
    a_forbidden_renewal_is_no_reason_to_sign_in,
    a_forbidden_renewal_is_tried_again_while_events_go_on,
    a_forbidden_renewal_leaves_the_vendors_own_form_and_the_password,
    a_fresh_token_refused_for_events_is_not_tried_again,
    a_kept_token_needs_no_sign_in,
    a_list_in_parts_takes_nobody_away,
    a_list_of_calls_that_is_not_there_ends_none,
    a_map_of_the_customers_own_says_what_events_mean,
    a_page_instead_of_a_token_is_a_fault_of_protocol,
    a_phone_in_use_shows_its_owner_as_busy,
    a_phone_that_is_quiet_again_after_a_reconnect_frees_its_owner,
    a_refresh_is_tried_in_the_vendors_own_form_too,
    a_refresh_token_that_is_over_asks_for_a_sign_in,
    a_refresh_token_that_is_over_leaves_the_password,
    a_refusal_in_oauths_own_words_is_one_whatever_its_status,
    a_renewal_that_is_not_there_is_no_refusal,
    a_renewal_without_an_answer_is_tried_again_while_events_go_on,
    a_second_factor_is_asked_for,
    a_snapshot_that_fails_is_asked_for_again,
    a_status_that_the_map_does_not_know_is_shown_in_its_own_words,
    a_stored_token_refused_for_events_is_renewed_once,
    a_token_is_renewed_on_the_open_socket_and_no_event_is_lost,
    a_token_refused_after_it_seemed_to_be_taken_is_renewed_once,
    a_token_refused_by_rest_alone_is_renewed_and_the_snapshot_asked_for_again,
    a_token_refused_by_rest_and_by_events_is_renewed_once,
    a_token_that_cannot_be_renewed_is_used_to_its_end,
    a_token_that_comes_too_late_is_not_refused,
    a_token_without_anything_to_renew_it_is_refused_once,
    a_wish_to_wait_for_a_day_is_not_believed,
    a_withheld_number_stays_hidden,
    a_wrong_code_is_asked_for_again,
    a_wrong_password_costs_one_request,
    an_answer_that_is_no_list_is_said,
    an_expired_token_is_renewed_before_there_are_events,
    an_outgoing_call_shows_who_is_called,
    calls_of_an_earlier_session_that_the_list_lacks_are_lost,
    do_not_disturb_comes_and_goes_with_the_status,
    events_during_the_snapshot_are_told_after_it,
    leaving_closes_the_socket,
    leaving_does_not_wait_for_a_token,
    leaving_while_signing_in_ends_at_once,
    nothing_can_be_done_before_it_is_live,
    odd_frames_are_counted_and_cost_nothing_else,
    paths_that_are_not_there_are_said_once,
    half_a_second_of_silence_means_that_the_token_was_taken,
    the_first_event_means_that_the_token_was_taken,
    waiting_callers_come_as_a_whole_each_time,
    what_an_account_may_not_see_is_said_and_not_asked_for_again,
    what_has_no_known_way_is_said_to_have_none,
    what_is_not_known_is_counted_by_name_and_fields,
    where_no_websocket_is_to_be_had_events_come_by_long_polling,
);
