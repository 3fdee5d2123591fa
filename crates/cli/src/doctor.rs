//! One look at everything that a call has to pass: by the running agent, else by connecting once from here.

mod bundle;

use std::{sync::Arc, time::Duration};

use engine::{
    Command, Parts, Settings,
    control::{Client, Control},
    paths,
};
use model::{Checked, ConnectionState, Finding, Grade, View};

use crate::{
    args::Doctor,
    assemble::{Stays, desktop, secrets, settings},
    failure::{Exit, Failure},
    print::{self, said},
};

/// An account that connects at all has connected by then.
const SETTLED_WITHIN: Duration = Duration::from_secs(20);
/// What is asked for once an account is live has come by then.
const TOLD_WITHIN: Duration = Duration::from_secs(3);

pub async fn run(args: Doctor) -> Result<(), Failure> {
    let (settings, path) = settings(&args.sources)?;
    let own_settings = args.sources.config.is_none() && args.sources.credentials.is_none();
    let agent = match paths::socket() {
        Some(socket) if own_settings => Client::connect(socket).await.ok(),
        _ => None,
    };
    let mut findings = vec![match (&agent, own_settings) {
        (Some(_), _) => Finding::ok("agent", "Ringside is running."),
        (None, true) => Finding::warn(
            "agent",
            "Ringside is not running, so nothing is announced.",
            "Start it with `ringside agent`, and `ringside autostart on` does so with each session.",
        ),
        (None, false) => Finding::ok("agent", "These settings are looked at without the running program."),
    }];
    let view = match agent {
        Some(agent) => check(&agent).await?,
        None => alone(settings.clone(), &args).await?,
    };
    findings.extend(view.checked.iter().flat_map(|checked| checked.findings.iter().cloned()));
    if let Some(file) = &args.bundle {
        bundle::write(file, &settings, &view, &findings)?;
        print::line(format_args!("Wrote {}; it names no person, number or account.", file.display()));
        return Ok(());
    }
    let checked = Checked { at: model::Time::from_millis(0), findings };
    if args.json {
        checked.findings.iter().for_each(print::versioned);
    } else {
        print::line(format_args!("Settings: {}", path.display()));
        checked.findings.iter().for_each(show);
        print::told(format_args!("{}.", said(&engine::check::outcome(&checked).title)));
    }
    match checked.worst() {
        Grade::Ok | Grade::Warn => Ok(()),
        Grade::Fail => Err(Failure::new(Exit::Failed, "Something needs you: see the lines marked FAIL.")),
    }
}

fn show(finding: &Finding) {
    let mark = match finding.verdict {
        Grade::Ok => "ok  ",
        Grade::Warn => "warn",
        Grade::Fail => "FAIL",
    };
    let of = finding.account.as_ref().map_or_else(String::new, |account| format!(" ({account})"));
    print::told(format_args!("{mark} {}{of}: {}", finding.check, said(&finding.text)));
    if let Some(remedy) = &finding.remedy {
        print::told(format_args!("       {}", said(remedy)));
    }
}

async fn check(control: &dyn Control) -> Result<Arc<View>, Failure> {
    control.act(Command::Check { tell: false }).await?;
    Ok(control.view().await?)
}

/// Connects once with everything but the tray, as the agent would, and looks.
async fn alone(settings: Settings, args: &Doctor) -> Result<Arc<View>, Failure> {
    let queue = engine::queue();
    let desk = desktop(&args.sources, &queue.0, os::Activation::default(), Stays::Passing);
    let accounts = settings.accounts.len();
    let parts = Parts { secrets: secrets(&args.sources), desk: Some(Arc::new(desk)), ..Parts::default() };
    let (handle, running) = engine::start(settings, parts, queue);
    let mut views = handle.views();
    let settled =
        views.wait_for(|view| view.accounts.iter().filter(|one| is_settled(one)).count() >= accounts);
    drop(tokio::time::timeout(SETTLED_WITHIN, settled).await);
    let told = views.wait_for(|view| view.accounts.iter().all(|one| one.me.is_some() || !is_live(one)));
    drop(tokio::time::timeout(TOLD_WITHIN, told).await);
    let view = check(&handle).await;
    drop(handle.act(Command::Quit).await);
    drop(running.await);
    view
}

fn is_live(account: &model::AccountView) -> bool {
    account.connection.as_ref().is_some_and(|connection| connection.state == ConnectionState::Live)
}

fn is_settled(account: &model::AccountView) -> bool {
    account.connection.as_ref().is_some_and(|connection| connection.state != ConnectionState::Connecting)
}
