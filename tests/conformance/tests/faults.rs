//! The quick selection of `./dev faults`: every vendor's account and the faults that hurt most, over real sockets but on
//! a clock that this test moves, so that a busy machine makes it slower and not wrong.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::time::Duration;

use faults::{
    VENDORS,
    clock::{Pace, at_pace},
    matrix::{self, Cause, FAULTS, Way},
    storm,
};
use futures_util::{StreamExt, stream};

/// A step is taken when everything that was ready has had its turn.
const PACE: Pace = Pace::Steps(Duration::from_millis(5));

fn play(wanted: impl Fn(Cause) -> bool) {
    play_without(&[], wanted);
}

/// The bars that are so called are left out.
fn play_without(bars: &[&str], wanted: impl Fn(Cause) -> bool) {
    let faults: Vec<_> = FAULTS.iter().filter(|(_, cause)| wanted(*cause)).collect();
    assert!(!faults.is_empty());
    let cells: Vec<_> =
        faults.iter().flat_map(|(name, cause)| VENDORS.map(|vendor| (*name, *cause, vendor))).collect();
    let missed = at_pace(PACE, async {
        Ok(stream::iter(cells)
            .map(async |(name, cause, vendor)| {
                let missed = match matrix::play(vendor, cause).await {
                    Ok(figures) => {
                        let mut misses = figures.misses(cause);
                        misses.retain(|miss| !bars.contains(&miss.as_str()));
                        misses.join(", ")
                    }
                    Err(error) => format!("{error:#}"),
                };
                (!missed.is_empty()).then(|| format!("{name}, {vendor}: {missed}"))
            })
            .buffer_unordered(VENDORS.len())
            .filter_map(async |missed| missed)
            .collect::<Vec<_>>()
            .await)
    });
    assert_eq!(missed.unwrap(), Vec::<String>::new());
}

/// Complaint 1: the socket still says OPEN, no banner, calls missed until restart.
#[test]
fn a_dead_connection_after_sleep_or_network_change_is_never_silent() {
    play(|cause| matches!(cause, Cause::Sleep { .. } | Cause::NetworkChange | Cause::Way(Way::Silent, _)));
}

/// Complaint 13: HTTP works behind the company's own authority, and the socket never connects.
#[test]
fn a_private_authority_is_trusted_by_socket_and_http_alike_and_named_where_it_is_not() {
    play(|cause| matches!(cause, Cause::PrivateAuthority { .. } | Cause::Proxy));
}

#[test]
fn a_server_that_goes_and_comes_back_costs_no_call_without_a_word() {
    play(|cause| matches!(cause, Cause::Way(Way::Refusing, 10) | Cause::Restart | Cause::ProxyLost));
}

#[test]
fn a_name_that_is_not_answered_or_leads_astray_at_first_costs_no_call_without_a_word() {
    play(|cause| matches!(cause, Cause::NamesSilent | Cause::DeadAddress));
}

/// Nobody is told that a handshake hangs, and a knock at such a door hangs as well.
#[test]
fn a_handshake_that_hangs_holds_nobody_up_when_the_server_is_well_again() {
    play(|cause| cause == Cause::HalfShaken);
}

#[test]
fn bytes_that_come_slowly_or_at_a_wrong_hour_harm_nothing() {
    play(|cause| matches!(cause, Cause::Harmless(_) | Cause::Wall(_)));
}

/// A door that is open can only be asked by attempts, and those are spaced: when it is well again is found out later.
#[test]
fn a_server_that_answers_nonsense_makes_nobody_deaf_blind_or_loud() {
    play_without(&["live again late"], |cause| {
        matches!(
            cause,
            Cause::Way(
                Way::Dangling
                    | Way::Dribbling
                    | Way::Endless
                    | Way::WrongAccept
                    | Way::RedirectingToPlain
                    | Way::Kicking
                    | Way::Parting
                    | Way::Swamping
                    | Way::SwallowingUpgrades,
                _
            )
        )
    });
}

#[test]
fn a_stream_that_goes_wrong_in_the_middle_is_noticed_and_told_once() {
    play(|cause| matches!(cause, Cause::Doubled | Cause::Way(Way::Deaf | Way::Mute, _)));
}

#[test]
fn access_that_is_refused_for_a_moment_comes_back_without_a_person() {
    play(|cause| cause == Cause::Answer(403));
}

#[test]
fn a_hundred_accounts_come_back_without_a_storm() {
    let back = at_pace(PACE, storm::play("firmafon", Duration::from_secs(10))).unwrap();
    assert!(back.spread >= Duration::from_millis(250), "{back:?}");
}
