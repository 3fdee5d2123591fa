use model::{CallFact, CallState};
use serde_json::{Value, json};

use crate::play::{Account, play};

const LIVE: &str = include_str!("../firehose/live.txt");

/// A script may say `: me …` (the table as JSON, else I am Anna of 1001), `: events …`, `: crossbar yes`, `: token query`
/// and `: open ID STATE` (a call that an earlier session left open); `: begin live` signs in before it.
fn run(script: &str) {
    let said = script::settings(script);
    let before = if said.get("begin") == Some(&"live") { LIVE } else { "" };
    let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut settings = json!({
        "url": "https://pbx.example:9443/",
        "domain": "acme",
        "me": {"owner_id": "anna", "extension": "1001"},
        "token_in": said.get("token").copied().unwrap_or("header"),
    });
    if let Some(me) = said.get("me") {
        settings["me"] = serde_json::from_str::<Value>(me).unwrap();
    }
    if let Some(events) = said.get("events") {
        settings["events"] = json!(list(events));
    }
    if said.contains_key("crossbar") {
        settings["crossbar_url"] = json!("https://pbx.example:8443");
    }
    let secret = json!({"username": "anna", "password": "s3cret"});
    let mut account = Account::new("firehose", settings, secret);
    if let Some((id, state)) = said.get("open").and_then(|open| open.split_once(' ')) {
        let state = if state == "ringing" { CallState::Ringing } else { CallState::Answered };
        account.open_calls.push(CallFact { state: Some(state), mine: Some(true), ..CallFact::of(id) });
    }
    play(account, &format!("{before}{script}"));
}

script::scenarios!("firehose", run:
    a_call_between_colleagues_is_seen_from_my_side,
    a_call_i_fetch_from_a_slot_is_mine,
    a_call_i_park_is_transferred,
    a_call_i_pass_on_after_asking_ends_both_of_mine,
    a_call_i_pass_on_blindly_is_transferred,
    a_call_id_may_have_any_characters,
    a_call_left_open_goes_on_or_ends,
    a_call_left_open_goes_on_where_it_was,
    a_call_left_ringing_is_lost_after_three_minutes,
    a_call_out_is_answered_as_a_webhook,
    a_call_out_is_answered_as_the_switch_writes_it,
    a_call_out_is_answered_in_an_envelope,
    a_call_passed_on_to_me_after_asking_shows_who_is_there,
    a_call_passed_on_to_me_blindly_rings_me,
    a_call_passed_on_to_me_that_i_do_not_take_is_missed,
    a_call_that_rings_on_for_others_is_mine_again_when_missed,
    a_caller_gives_up_as_a_webhook,
    a_caller_gives_up_as_the_switch_writes_it,
    a_caller_gives_up_in_an_envelope,
    a_caller_who_goes_to_voicemail_was_missed,
    a_cause_from_the_far_leg_counts,
    a_click_to_call_is_no_incoming_call,
    a_colleagues_call_is_not_mine,
    a_cut_connection_is_opened_again_and_calls_go_on,
    a_filter_that_hides_ringing_is_pointed_out,
    a_filter_that_lets_all_through_that_matters_is_fine,
    a_forward_is_shown_to_nobody,
    a_held_call_is_held_until_it_is_not,
    a_leg_that_names_itself_is_alone,
    a_lost_media_server_ends_its_legs,
    a_number_that_is_withheld_is_hidden,
    a_page_instead_of_a_list_is_asked_for_again,
    a_password_that_is_refused_must_be_renewed,
    a_phone_is_not_off_the_hook_long_after_the_other_end_is_gone,
    a_phone_stops_ringing_when_its_caller_is_gone,
    a_queue_tries_one_after_the_other,
    a_ring_group_call_that_a_colleague_took_is_answered_elsewhere,
    a_round_begun_before_do_not_disturb_was_set_does_not_end_it,
    a_round_that_read_do_not_disturb_before_it_was_set_does_not_end_it,
    a_sign_in_by_realm_is_renewed_by_realm,
    a_sign_in_that_is_over_is_renewed,
    a_stream_without_ringing_is_pointed_out,
    a_user_who_may_not_listen_is_told,
    an_address_that_is_not_the_firehoses_is_a_fault_of_protocol,
    an_announcement_is_no_answer,
    an_answer_without_a_ring_is_a_call,
    an_end_heard_alone_is_told_once_nothing_more_comes,
    an_end_that_is_lost_comes_by_time,
    an_extension_of_another_account_is_nobodys_here,
    an_extension_of_another_account_is_not_mine,
    calls_that_ended_unheard_are_found_out,
    colleagues_are_known_by_what_their_phones_say,
    crossbar_tells_names_and_the_calls_under_way,
    crossbar_that_cannot_be_reached_is_asked_again,
    crossbar_that_refuses_leaves_the_events,
    crossbar_that_wants_a_second_factor_is_told,
    dialling_rings_my_own_phone_for_it,
    do_not_disturb_is_done_when_read_back,
    do_not_disturb_is_switched_off_when_its_time_is_over,
    do_not_disturb_switched_elsewhere_is_seen_within_a_minute,
    i_am_known_by_my_devices,
    i_am_known_by_my_extension,
    leaving_ends_at_once,
    legs_in_a_circle_are_one_call,
    legs_that_turn_out_to_be_one_call_become_one,
    legs_without_a_link_are_joined_by_their_interaction,
    nothing_can_be_done_without_crossbar,
    numbers_may_be_texts_and_texts_numbers,
    the_cause_tells_how_a_call_of_mine_ended,
    the_cause_tells_how_a_call_to_me_ended,
    the_switchs_own_time_counts_if_it_can_be_true,
    two_phones_ring_and_one_is_answered_as_a_webhook,
    two_phones_ring_and_one_is_answered_as_the_switch_writes_it,
    two_phones_ring_and_one_is_answered_in_an_envelope,
    what_comes_late_does_not_bring_a_call_back,
    what_is_due_while_the_stream_is_mended_waits_for_it,
    what_is_heard_after_the_question_wins_over_the_answer,
    what_is_not_understood_is_skipped_and_counted,
    where_nobody_says_who_i_am_that_is_said,
    who_logs_in_may_say_who_i_am,
    who_may_not_see_colleagues_has_do_not_disturb,
    without_an_extension_the_address_tells_whose_phone_it_is,
);
