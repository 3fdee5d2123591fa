use engine::{
    control::{Client, Control as _},
    paths,
};
use model::{AccountView, ConnectionState, ProblemCode, View};
use serde::Serialize;

use crate::{
    account,
    args::Doctor,
    assemble::{secrets, settings},
    failure::{Exit, Failure},
    print,
};

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    v: u8,
    check: String,
    verdict: Verdict,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// As it should be.
    Good,
    /// Ringside works, with less.
    Lacking,
    /// Something a person must mend.
    Bad,
}

struct Report {
    json: bool,
    bad: bool,
}

impl Report {
    fn say(&mut self, check: impl Into<String>, verdict: Verdict, text: impl Into<String>) {
        self.bad |= verdict == Verdict::Bad;
        let check = Check { v: 1, check: check.into(), verdict, text: text.into() };
        if self.json {
            print::json(&check);
        } else {
            let mark = match verdict {
                Verdict::Good => "ok     ",
                Verdict::Lacking => "lacking",
                Verdict::Bad => "BAD    ",
            };
            print::line(format_args!("{mark} {}: {}", check.check, check.text));
        }
    }
}

/// Looks at everything that a call has to pass on its way to the person.
pub async fn run(args: Doctor) -> Result<(), Failure> {
    let mut report = Report { json: args.json, bad: false };
    let (settings, path) = settings(&args.sources)?;
    for fault in &settings.faults {
        let verdict = if fault.harmless { Verdict::Lacking } else { Verdict::Bad };
        report.say("settings", verdict, &fault.problem.text);
    }
    if settings.faults.is_empty() {
        report.say(
            "settings",
            Verdict::Good,
            format!("{} accounts in {}", settings.accounts.len(), path.display()),
        );
    }
    for account in &settings.accounts {
        files(&mut report, account);
    }
    let own_settings = args.sources.config.is_none() && args.sources.credentials.is_none();
    let agent = match paths::socket() {
        Some(socket) if own_settings => Client::connect(socket).await.ok(),
        _ => None,
    };
    let view = match &agent {
        Some(agent) => Some(agent.view().await?),
        None => None,
    };
    if args.sources.credentials.is_none() {
        // An agent that is live has its secrets from wherever it was told to take them.
        let needed = !view.as_ref().is_some_and(|view| view.accounts.iter().all(is_live));
        keyring(&mut report, needed).await;
    }
    desktop(&mut report).await;
    if let Some(view) = view {
        report.say("agent", Verdict::Good, "running");
        running(&mut report, &view);
    } else {
        if own_settings {
            report.say("agent", Verdict::Lacking, "not running; `ringside agent` starts it");
        }
        let secrets = secrets(&args.sources);
        for account in &settings.accounts {
            let mut alone = settings.clone();
            alone.accounts.retain(|other| other.id == account.id);
            let check = format!("account {}", account.id);
            match account::connect(alone, std::sync::Arc::clone(&secrets)).await {
                Ok((transport, people)) => {
                    report.say(check, Verdict::Good, format!("live by {transport}, {people} colleagues"));
                }
                Err(failure) => report.say(check, Verdict::Bad, failure.text),
            }
        }
    }
    if report.bad {
        return Err(Failure::new(Exit::Failed, "Something needs you: see the lines marked BAD."));
    }
    Ok(())
}

/// What is in the files that an account's keys name.
fn files(report: &mut Report, account: &engine::Account) {
    for (key, form) in account.vendor.keys.iter().filter_map(|key| Some((key, key.form?))) {
        let Some(path) = account.keys.get(key.name).and_then(serde_json::Value::as_str) else { continue };
        let check = format!("{} of {}", key.name, account.id);
        let faults = match std::fs::read_to_string(path) {
            Ok(text) => (form.check)(&text),
            Err(error) => vec![format!("{path} cannot be read: {error}.")],
        };
        for fault in &faults {
            report.say(&check, Verdict::Bad, fault);
        }
        if faults.is_empty() {
            report.say(&check, Verdict::Good, path);
        }
    }
}

fn is_live(account: &AccountView) -> bool {
    account.connection.as_ref().is_some_and(|connection| connection.state == ConnectionState::Live)
}

async fn keyring(report: &mut Report, needed: bool) {
    match os::Keyring::new(os::Bus::session()).probe().await {
        Ok(()) => report.say("keyring", Verdict::Good, "stores and gives secrets"),
        Err(fault) => {
            let verdict = if needed { Verdict::Bad } else { Verdict::Lacking };
            report.say("keyring", verdict, fault.problem(&"ID".into()).text);
        }
    }
}

async fn desktop(report: &mut Report) {
    match os::Notifications::probe(&os::Bus::session()).await {
        Ok(()) => report.say("notifications", Verdict::Good, "a notification daemon answers"),
        Err(problem) => report.say("notifications", Verdict::Lacking, problem.text),
    }
    match os::TrayIcon::probe(&os::Bus::session()).await {
        Ok(()) => report.say("tray", Verdict::Good, "a panel shows tray items"),
        Err(problem) => report.say("tray", Verdict::Lacking, problem.text),
    }
}

fn running(report: &mut Report, view: &View) {
    // Settings and desktop have had their own lines.
    let seen = |code| matches!(code, ProblemCode::Settings | ProblemCode::Desktop);
    for problem in view.problems.iter().filter(|problem| !seen(problem.code)) {
        report.say("agent", Verdict::Bad, &problem.text);
    }
    for account in &view.accounts {
        let check = format!("account {}", account.id);
        let Some(connection) = &account.connection else {
            report.say(check, Verdict::Lacking, "not tried yet");
            continue;
        };
        let problem = connection.problem.as_ref().map(|problem| problem.text.clone());
        let (verdict, text) = match connection.state {
            ConnectionState::Live => match problem {
                Some(problem) => (Verdict::Bad, format!("live, but: {problem}")),
                None => (Verdict::Good, "live".to_owned()),
            },
            ConnectionState::Connecting => (Verdict::Lacking, "connecting".to_owned()),
            ConnectionState::Waiting | ConnectionState::SignIn | ConnectionState::Stopped => {
                (Verdict::Bad, problem.unwrap_or_else(|| "not connected".to_owned()))
            }
        };
        report.say(&check, verdict, text);
        for unknown in &account.unknown {
            let text = format!("skipped {} ({} times)", unknown.name, unknown.count);
            report.say(&check, Verdict::Lacking, text);
        }
        for gap in account.gaps.iter().rev().take(5) {
            let note = gap.note.as_deref().unwrap_or(if gap.filled {
                "what happened was fetched"
            } else {
                "not fetched"
            });
            report.say(&check, Verdict::Lacking, format!("offline {} to {}: {note}", gap.from, gap.to));
        }
    }
}
