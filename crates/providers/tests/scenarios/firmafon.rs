use serde_json::json;

use crate::play::{Account, play};

const SIGNED_IN: &str = include_str!("../firmafon/signed_in.txt");
const LIVE: &str = include_str!("../firmafon/live.txt");
const SYNCED: &str = include_str!("../firmafon/synced.txt");

/// A script may say `: transport KIND` (else it is the websocket only), `: begin signed-in`, `live` or `synced` for
/// what the scripts in `crates/providers/tests/firmafon` do before it, and `: heartbeats yes` for a server that
/// answers pings.
fn run(script: &str) {
    let said = script::settings(script);
    let before = match said.get("begin").copied() {
        None => String::new(),
        Some("signed-in") => SIGNED_IN.to_owned(),
        Some("live") => format!("{SIGNED_IN}{LIVE}"),
        Some("synced") => format!("{SIGNED_IN}{LIVE}{SYNCED}"),
        Some(other) => panic!("there is no beginning called {other}"),
    };
    let mut account = Account::new(
        "firmafon",
        json!({
            "pubsub_url": "https://pubsub.example/faye/",
            "api_url": "https://api.example/v2/",
            "transport": said.get("transport").copied().unwrap_or("websocket"),
        }),
        json!({"access_token": "good-token"}),
    );
    account.answers_pings = said.contains_key("heartbeats");
    play(account, &format!("{before}{script}"));
}

script::scenarios!("firmafon", run:
    a_busy_provider_is_unreachable_for_now,
    a_call_on_two_channels_is_one_call,
    a_call_that_a_colleague_took_does_not_become_mine_again,
    a_call_that_comes_back_from_me_is_my_colleagues_again,
    a_call_that_ended_while_away_is_looked_up,
    a_call_transferred_to_me_rings_again_until_i_take_it,
    a_call_transferred_to_my_ringing_phone_is_mine_and_taken_when_i_turn_busy,
    a_call_whose_end_was_never_written_down_is_lost_in_the_end,
    a_call_without_a_hangup_ends_as_its_row_says,
    a_call_without_a_hangup_is_looked_up_and_lost_when_gone,
    a_call_without_a_row_is_not_given_up_while_it_is_fresh,
    a_callers_name_is_asked_for_once_and_cannot_deceive,
    a_channel_refused_by_a_fault_of_the_server_is_asked_for_again,
    a_colleagues_call_is_not_mine,
    a_connect_refused_in_words_of_its_own_costs_two_handshakes,
    a_cut_connection_is_resumed_and_what_was_missed_is_fetched,
    a_direct_call_that_rings_me_leaves_the_reception_call_to_others,
    a_failed_resync_is_tried_again_and_people_stay,
    a_fault_of_the_pubsub_server_is_not_the_tokens,
    a_forgotten_session_is_replaced_and_what_was_missed_is_fetched,
    a_hangup_says_how_a_call_ended,
    a_late_ringing_of_a_call_that_a_colleague_took_is_no_transfer,
    a_leg_that_ends_does_not_end_the_receptions_call,
    a_number_in_words_is_a_hidden_number,
    a_page_instead_of_an_answer_is_a_fault_of_protocol,
    a_phone_that_rings_on_for_the_next_call_is_looked_into,
    a_reception_call_that_a_colleague_took_is_answered_elsewhere,
    a_reception_call_that_i_took_is_answered_by_me,
    a_reception_call_that_never_rang_me_is_not_mine_once_answered,
    a_reception_call_that_rings_my_phone_is_mine,
    a_reception_call_that_rings_on_for_others_is_mine_again_when_missed,
    a_refusal_in_words_of_its_own_is_the_tokens,
    a_refused_change_says_why,
    a_refused_token_ends_the_session,
    a_server_that_wants_nobody_is_not_asked_again,
    a_token_refused_at_connect_costs_one_handshake,
    a_token_refused_at_subscribe_costs_one_handshake,
    a_token_refused_at_the_handshake_costs_one_handshake,
    a_token_refused_by_long_polling_must_be_renewed,
    a_token_revoked_while_live_is_found_out,
    a_token_that_only_rest_accepts_may_be_refused_at_subscribe,
    a_token_that_only_rest_accepts_must_be_renewed,
    a_token_without_any_channel_is_forbidden,
    an_account_without_access_is_forbidden,
    an_api_that_is_not_there_is_a_fault_of_protocol,
    an_end_of_do_not_disturb_that_cannot_be_read_is_left_open,
    an_event_newer_than_the_question_wins_over_the_answer,
    an_outgoing_call_ends_by_its_hangup_cause,
    an_unknown_status_does_not_tell_how_a_call_ended,
    data_sims_are_not_people,
    dialling_asks_the_switch,
    do_not_disturb_comes_and_goes_by_presence,
    do_not_disturb_is_done_when_read_back,
    groups_become_departments_and_are_asked_for_once,
    groups_that_may_not_be_listed_leave_colleagues_without_departments,
    hidden_presence_asks_for_live_legs_seldom,
    leaving_says_goodbye,
    leaving_while_signing_in_ends_at_once,
    live_legs_that_take_long_leave_the_likeliest_call_mine_until_they_name_another,
    my_own_call_without_a_status_was_missed,
    my_phone_that_rings_first_waits_for_the_call_that_explains_it,
    nothing_can_be_done_before_sign_in,
    of_several_ringing_calls_my_live_leg_tells_which_is_mine,
    one_refused_channel_leaves_the_others_live,
    paths_that_are_not_there_are_tried_in_their_older_form,
    polling_ends_after_three_questions_without_an_answer,
    polling_finds_out_that_the_token_is_revoked,
    presence_does_not_wait_for_ever_for_the_snapshot,
    presence_may_tell_before_the_answer_who_took_the_call,
    pubsub_alone_gone_ends_the_session,
    pubsub_still_gone_leaves_rest_standing_in,
    rest_alone_shows_people_and_calls,
    somebody_new_is_asked_about_once,
    what_an_account_may_not_see_is_not_asked_for_again,
    what_cannot_be_fetched_is_told_whenever_it_changes,
    what_is_not_understood_is_skipped_and_counted,
    what_one_session_was_refused_another_may_have,
    what_was_missed_is_fetched_once_live,
    when_presence_is_silent_the_row_tells_who_took_the_call,
    where_presence_is_refused_live_legs_tell_that_a_call_rings_me,
    where_pubsub_is_gone_rest_stands_in_until_it_is_back,
    without_live_legs_the_call_that_began_to_ring_with_my_phone_is_mine,
);
