//! What was measured and what is known, in words: a pure function.

use std::time::Duration;

use model::{AccountView, Checked, ConnectionState, Finding, Grade, Problem, Time, View};

use super::{Measured, Measurement};
use crate::{Account, Command, Notice, Popups, SecretFault, Settings, Window};

/// Gaps older than this are no longer told of.
const RECENT: Duration = Duration::from_secs(24 * 60 * 60);
/// A clock that is wrong by more than this shows wrong times, and some tokens are refused.
const SKEW_SECONDS: u64 = 60;
const NAMES: usize = 5;

/// A finding for each thing that a call has to pass, in the order in which it passes them; `network` is what is wrong
/// with the way to the outside.
pub fn findings(
    view: &View,
    settings: &Settings,
    measured: &Measured,
    network: Option<&Problem>,
    wall: Time,
) -> Vec<Finding> {
    let mut found = in_settings(settings);
    found.extend(measured.files.iter().cloned());
    found.push(match network {
        None => Finding::ok("network", "Certificates and proxy can be used."),
        Some(problem) => Finding::fail("network", "No account can be reached.", problem.text.clone()),
    });
    for account in &settings.accounts {
        let seen = view.accounts.iter().find(|seen| seen.id == account.id);
        let nothing = Measurement::default();
        let measurement = measured.accounts.get(&account.id).unwrap_or(&nothing);
        let of = of_account(account, seen, measurement, wall);
        found.extend(of.into_iter().map(|finding| finding.of(account.id.as_str())));
    }
    found.push(clock(measured));
    found.push(dnd(view));
    found.extend(measured.desk.iter().cloned());
    found
}

fn in_settings(settings: &Settings) -> Vec<Finding> {
    let mut found: Vec<Finding> = settings
        .faults
        .iter()
        .map(|fault| {
            let (text, remedy) = ("The settings file has a fault.", fault.problem.text.clone());
            let finding = match fault.harmless {
                true => Finding::warn("settings", text, remedy),
                false => Finding::fail("settings", text, remedy),
            };
            match &fault.account {
                Some(account) => finding.of(account),
                None => finding,
            }
        })
        .collect();
    if found.is_empty() {
        found.push(Finding::ok("settings", "The settings file has no fault."));
    }
    found.push(match settings.accounts.len() {
        0 => Finding::fail(
            "accounts",
            "There is no account.",
            "Add one in the window or with `ringside account add`.",
        ),
        1 => Finding::ok("accounts", "There is one account."),
        many => Finding::ok("accounts", format!("There are {many} accounts.")),
    });
    found
}

fn of_account(
    account: &Account,
    seen: Option<&AccountView>,
    measured: &Measurement,
    wall: Time,
) -> Vec<Finding> {
    let mut found = vec![popups(account.popups)];
    let connection = seen.and_then(|seen| seen.connection.as_ref());
    let live = connection.filter(|connection| connection.state == ConnectionState::Live);
    found.push(secret(account, measured.secret.as_ref(), live.is_some()));
    found.push(state(connection, wall));
    let (Some(seen), Some(live)) = (seen, live) else { return found };
    let (since, proof) = (clock_time(live.since), account.vendor.proof);
    found.push(match &live.problem {
        None => Finding::ok("subscription", format!("Listening since {since}: {proof}.")),
        Some(problem) => Finding::fail("subscription", "Not everything can be heard.", problem.text.clone()),
    });
    found.push(match measured.proof {
        Some(proof) => {
            Finding::ok("answer", format!("A probe was answered within {}.", span(proof.answered_within)))
        }
        None => Finding::fail(
            "answer",
            "A probe was not answered.",
            "Ringside connects again by itself; if this stays, check the network and `ringside status`.",
        ),
    });
    found.push(match &seen.me {
        Some(_) => Finding::ok("owner", "Whose calls are yours is known."),
        None => Finding::warn(
            "owner",
            "The provider has not said who you are, so which calls are yours may not be known.",
            "If calls stay unseen, set `popups = \"all\"` for this account, or the account's own key for who you are.",
        ),
    });
    found.push(gaps(seen, wall));
    found.push(skipped(seen));
    found
}

fn popups(popups: Popups) -> Finding {
    match popups {
        Popups::Mine => Finding::ok("popups", "Calls that ring you are announced."),
        Popups::All => Finding::ok("popups", "All calls are announced."),
        Popups::None => Finding::warn(
            "popups",
            "No call of this account is announced.",
            "Set `popups = \"mine\"` in the settings if that is not what you want.",
        ),
    }
}

fn secret(account: &Account, fault: Option<&SecretFault>, live: bool) -> Finding {
    match fault {
        None => Finding::ok("secret", "The sign-in is stored and can be read."),
        Some(fault) => {
            let (text, remedy) = ("The stored sign-in cannot be read.", fault.problem(&account.id).text);
            // What is signed in stays so until it has to sign in again.
            if live { Finding::warn("secret", text, remedy) } else { Finding::fail("secret", text, remedy) }
        }
    }
}

fn state(connection: Option<&model::Connection>, wall: Time) -> Finding {
    let Some(connection) = connection else {
        return Finding::warn("connection", "It was not tried yet.", "Wait some seconds and check again.");
    };
    let remedy = |otherwise: &str| {
        connection.problem.as_ref().map_or_else(|| otherwise.to_owned(), |problem| problem.text.clone())
    };
    let fail = |text: &str, otherwise: &str| Finding::fail("connection", text, remedy(otherwise));
    match connection.state {
        ConnectionState::Live => {
            let by = connection.transport.as_deref().unwrap_or("an unknown way");
            let heard = match connection.last_heard_at {
                Some(at) => format!("last heard {} ago", span(wall.since(at))),
                None => "nothing heard yet".to_owned(),
            };
            Finding::ok("connection", format!("Connected by {by}, {heard}."))
        }
        ConnectionState::Connecting => fail("It is connecting.", "Wait some seconds and check again."),
        ConnectionState::Waiting => fail("It is not connected, and is tried again.", "Check the network."),
        ConnectionState::SignIn => fail("It needs you to sign in.", "Sign in again."),
        ConnectionState::Stopped => fail("It has stopped.", "Try it again from the window."),
    }
}

fn gaps(seen: &AccountView, wall: Time) -> Finding {
    let recent: Vec<_> = seen.gaps.iter().filter(|gap| wall.since(gap.to) <= RECENT).collect();
    let open = recent.iter().rev().find(|gap| !gap.filled);
    match (recent.len(), open) {
        (0, _) => Finding::ok("gaps", "Nothing was missed in the last 24 hours."),
        (1, None) => {
            Finding::ok("gaps", "It was away once in the last 24 hours, and what happened then was fetched.")
        }
        (many, None) => Finding::ok(
            "gaps",
            format!("It was away {many} times in the last 24 hours, and what happened then was fetched."),
        ),
        (_, Some(gap)) => Finding::warn(
            "gaps",
            format!(
                "It was away from {} to {}, and what happened then could not all be fetched.",
                clock_time(gap.from),
                clock_time(gap.to)
            ),
            gap.note.clone().unwrap_or_else(|| "Look for calls of that time at the provider.".to_owned()),
        ),
    }
}

fn skipped(seen: &AccountView) -> Finding {
    if seen.unknown.is_empty() {
        return Finding::ok("skipped", "Everything that came was understood.");
    }
    let names: Vec<&str> = seen.unknown.iter().take(NAMES).map(|unknown| unknown.name.as_str()).collect();
    let more = seen.unknown.len().saturating_sub(NAMES);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    Finding::warn(
        "skipped",
        format!("Messages of these kinds were not understood: {}{more}.", names.join(", ")),
        "Nothing, unless calls or people are missing; then report these names.",
    )
}

fn clock(measured: &Measured) -> Finding {
    let skews = measured.accounts.values().filter_map(|account| account.proof?.skew_seconds);
    match skews.max_by_key(|skew| skew.unsigned_abs()) {
        None => Finding::ok("clock", "No server has told its time, so the clock was not compared."),
        Some(skew) if skew.unsigned_abs() <= SKEW_SECONDS => {
            Finding::ok("clock", "This computer's clock agrees with the servers'.")
        }
        Some(skew) => {
            let is = if skew > 0 { "ahead of" } else { "behind" };
            let by = span(Duration::from_secs(skew.unsigned_abs()));
            Finding::warn(
                "clock",
                format!("This computer's clock is {by} {is} a server's."),
                "Set the clock, or let the system set it by the network.",
            )
        }
    }
}

fn dnd(view: &View) -> Finding {
    match (view.dnd.on, view.dnd.until) {
        (false, _) => Finding::ok("dnd", "Do-not-disturb is off."),
        (true, until) => {
            let until = until.map_or_else(String::new, |until| format!(" until {}", clock_time(until)));
            let text = format!("Do-not-disturb is on{until}, so calls are not announced.");
            Finding::warn("dnd", text, "Switch it off if you want to be called.")
        }
    }
}

/// The outcome of a check for somebody who has no window open.
pub fn outcome(checked: &Checked) -> Notice {
    let worst = checked.worst();
    let title = match worst {
        Grade::Ok => "Calls will reach you",
        Grade::Warn => "Calls will reach you, but look at this",
        Grade::Fail => "Calls may not reach you",
    };
    let of_the_worst = checked.findings.iter().filter(|finding| finding.verdict == worst);
    let lines: Vec<String> = match worst {
        Grade::Ok => vec![format!("{} things were checked, and all are good.", checked.findings.len())],
        Grade::Warn | Grade::Fail => of_the_worst
            .take(3)
            .map(|finding| {
                let account =
                    finding.account.as_ref().map_or_else(String::new, |account| format!("{account}: "));
                format!("{account}{} {}", finding.text, finding.remedy.as_deref().unwrap_or_default())
            })
            .collect(),
    };
    Notice {
        key: "check",
        once: false,
        title: title.to_owned(),
        body: lines.join("\n"),
        buttons: vec![("Open", Command::Open { window: Window::Main })],
    }
}

fn span(length: Duration) -> String {
    match (length.as_millis(), length.as_secs()) {
        (ms @ ..1_000, _) => format!("{ms} ms"),
        (_, seconds @ ..120) => format!("{seconds} s"),
        (_, seconds @ ..7_200) => format!("{} min", seconds / 60),
        (_, seconds) => format!("{} h", seconds / 3_600),
    }
}

fn clock_time(at: Time) -> String {
    at.timestamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%a %H:%M").to_string()
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
