use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{CallFact, CallState};
use serde_json::{Value, json};

use crate::play::{Account, play};

const SIGNED_IN: &str = include_str!("../semaswift/signed_in.txt");
const LIVE: &str = include_str!("../semaswift/live.txt");
const SYNCED: &str = include_str!("../semaswift/synced.txt");

/// Seconds since 1970 at ten o'clock on 2026-11-21, an hour after a session begins.
const TEN: u64 = 1_795_255_200;

/// A script may say
///
/// - `: way WAY`: `password`, `remembered` (a password and a refresh token), `renewable` (an access token that has
///   expired, and a refresh token); else it is a personal token;
/// - `: KEY VALUE` for a key of the settings, `: channels A B …` for the list of them, `: realtime_url none` for none;
/// - `: begin WHERE`: what the scripts in `crates/providers/tests/semaswift` do before it: `signed-in`, `live` or
///   `synced`, with the vendor's channels;
/// - `: left ID …`: calls that an earlier session left ringing.
///
/// `TOKEN` stands for a token of events of the user `usr_77`, `EXPIRED` for an access token that is over.
fn run(script: &str) {
    let said = script::settings(script);
    let mut settings = json!({
        "api_url": "https://api.example", "realtime_url": "wss://realtime.example/connection/websocket",
    });
    for key in ["token_path", "realtime_url", "agent_id", "dnd_status", "available_status"] {
        match said.get(key).copied() {
            Some("none") => drop(settings.as_object_mut().unwrap().remove(key)),
            Some(value) => settings[key] = json!(value),
            None => {}
        }
    }
    if let Some(channels) = said.get("channels") {
        settings["channels"] = json!(channels.split_whitespace().collect::<Vec<_>>());
    }
    let expired = jwt(&json!({"sub": "usr_77", "exp": TEN - 3600}));
    let secret = match said.get("way").copied() {
        None => json!({"access_token": "pat_live_x"}),
        Some("password") => json!({"email": "a@b.example", "password": "pw"}),
        Some("remembered") => json!({"email": "a@b.example", "password": "pw", "refresh_token": "r0"}),
        Some("renewable") => json!({"access_token": expired, "refresh_token": "r0"}),
        Some("expired") => json!({"access_token": expired}),
        Some(other) => panic!("there is no way called {other}"),
    };
    let before = match said.get("begin").copied() {
        None => String::new(),
        Some("signed-in") => SIGNED_IN.to_owned(),
        Some("live") => format!("{SIGNED_IN}{LIVE}"),
        Some("synced") => format!("{SIGNED_IN}{LIVE}{SYNCED}"),
        Some(other) => panic!("there is no beginning called {other}"),
    };
    let mut account = Account::new("semaswift", settings, secret);
    let left = |id: &str| CallFact { state: Some(CallState::Ringing), ..CallFact::of(id) };
    let ids = said.get("left").copied().unwrap_or_default();
    account.open_calls = ids.split_whitespace().map(left).collect();
    let script = format!("{before}{script}")
        .replace("EXPIRED", &expired)
        .replace("TOKEN", &jwt(&json!({"sub": "usr_77", "exp": TEN})));
    play(account, &script);
}

fn jwt(payload: &Value) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload.to_string()))
}

script::scenarios!("semaswift", run:
    a_bad_channel_token_costs_its_channel_only,
    a_call_is_mine_where_the_provider_names_the_agent,
    a_call_may_wait_in_a_queue_for_long,
    a_call_on_two_channels_is_one_call_and_waits_in_its_queue,
    a_call_passed_on_to_me_rings_me,
    a_call_that_a_colleague_takes_is_answered_elsewhere,
    a_call_without_an_end_is_given_up,
    a_cut_that_cannot_be_mended_at_once_is_for_the_supervisor,
    a_forbidden_renewal_is_no_reason_to_sign_in,
    a_forced_disconnect_waits_for_a_person,
    a_frame_that_is_no_json_costs_a_connection_and_no_event,
    a_limit_of_connections_waits_for_a_person,
    a_list_without_end_is_read_until_it_names_nobody_new,
    a_page_instead_of_a_token_is_a_fault_of_protocol,
    a_password_signs_in_and_a_refresh_token_spares_it_next_time,
    a_personal_notification_may_be_about_another_agent,
    a_refresh_that_cannot_be_had_is_tried_again_while_events_flow,
    a_refresh_token_that_is_used_up_falls_back_to_the_password,
    a_refused_permission_is_forbidden,
    a_refused_renewal_asks_to_sign_in,
    a_second_factor_is_said_to_be_wanted,
    a_server_without_history_leaves_calls_unknown,
    a_status_chosen_elsewhere_is_not_taken_back,
    a_status_of_ones_own_ends_do_not_disturb_unless_it_follows_a_call,
    a_status_that_is_not_taken_over_says_why,
    a_token_is_refreshed_while_live_and_costs_no_event,
    a_token_revoked_while_live_is_found_out_with_the_next_request,
    a_token_that_events_refuse_asks_to_sign_in,
    a_wake_up_asks_again_what_was_under_way,
    a_wrong_password_asks_to_sign_in,
    agents_come_in_pages_and_a_failed_list_is_tried_again,
    an_access_token_is_renewed_before_it_ends,
    an_account_without_any_channel_is_forbidden,
    an_address_without_encryption_is_not_followed,
    an_expired_token_that_cannot_be_renewed_asks_to_sign_in,
    channel_tokens_that_must_wait_keep_nobody_from_going_live,
    do_not_disturb_is_a_status_that_is_read_back,
    do_not_disturb_that_ends_while_events_are_mended_waits_for_them,
    do_not_disturb_with_an_end_is_taken_back_by_the_session,
    how_a_call_ended_is_known_only_where_the_provider_says,
    leaving_ends_at_once,
    leaving_while_signing_in_forgets_the_question,
    nothing_can_be_done_before_it_is_live,
    only_what_somebody_looks_at_is_listened_to,
    presence_counts_clients_and_holds_leaves_back,
    presence_is_read_again_after_a_cut_and_merged_with_what_comes_meanwhile,
    presence_that_ends_for_good_leaves_no_ghosts,
    queues_stand_in_for_the_channel_of_all_calls,
    slowing_down_at_sign_in_is_waited_for_by_the_supervisor,
    slowing_down_is_waited_for_by_every_request,
    somebody_new_is_asked_about_once,
    statuses_that_cannot_be_fetched_are_asked_for_again_and_colleagues_come_all_the_same,
    the_other_token_scheme_brings_channels_and_the_address,
    the_status_before_do_not_disturb_comes_back_also_when_the_new_one_shows_early,
    the_vendors_examples_are_shown,
    what_a_queue_or_ones_own_channel_missed_is_said_where_no_channel_tells_of_all_calls,
    what_an_old_access_token_was_refused_is_asked_with_the_new_one,
    what_cannot_be_recovered_is_asked_for_and_said,
    what_is_not_understood_is_counted_by_name,
    what_is_there_is_told_once_live,
    where_one_scheme_is_not_there_the_other_is_tried,
    without_a_list_of_statuses_the_settings_name_them,
);
