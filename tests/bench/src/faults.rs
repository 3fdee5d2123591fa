//! How soon it is back after a cut, how soon it notices a silent one, and how often it knocks with a refused token.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;
use simulator::{
    Options, Simulator,
    firmafon::{self, Handle, RefuseTokenAt},
};

use crate::{
    account::Account,
    desk::Desk,
    process::Process,
    report::{Row, median, quantity},
};

const CUTS: usize = 5;
const PUBLISH_EVERY: Duration = Duration::from_millis(10);
/// The simulated company's.
const PRESENCE: &str = "/presence/company/1234";
/// How long a connection runs before it is cut.
const RUNS_FOR: Duration = Duration::from_secs(1);
/// Longer than the freeze may stay unnoticed, so that only our own pings can tell.
const CONNECTS_HELD_FOR: Duration = Duration::from_secs(60);

/// Cuts, a freeze, and refusals.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start().await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=CUTS {
        ours.push(cut(&desk, Client::Ours).await.context("ringside watch, cut")?);
        theirs.push(cut(&desk, Client::Stock).await.context("the stock client, cut")?);
        crate::say(&format!("  cut {round} of {CUTS}: ours {:?}, stock {:?}", ours.last(), theirs.last()));
    }
    let (ours, theirs) = (median(ours)?, median(theirs)?);
    let freeze = freeze(&desk).await.context("ringside watch, frozen")?;
    crate::say(&format!("  freeze: {freeze}"));
    let mut knocks = 0;
    for refused in [
        Refused::At(RefuseTokenAt::Handshake),
        Refused::At(RefuseTokenAt::Connect),
        Refused::At(RefuseTokenAt::Subscribe),
        Refused::At(RefuseTokenAt::All),
        Refused::Later,
    ] {
        let counted = refusal(&desk, refused).await.with_context(|| format!("{refused:?}"))?;
        crate::say(&format!("  {refused:?}: {counted} handshakes"));
        knocks = knocks.max(counted);
    }
    Ok(vec![
        Row::at_most("connection cut → first event seen again", ours, 1.0, "s").beside(quantity(theirs, "s")),
        Row::at_most("connection frozen → no longer shown as live", freeze, 35.0, "s"),
        Row::at_most("token refused → sign-in asked for, handshakes", f64::from(knocks), 3.0, "handshakes"),
    ])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Client {
    Ours,
    Stock,
}

/// How the token is refused.
#[derive(Debug, Clone, Copy)]
enum Refused {
    /// From the start, where it is looked at.
    At(RefuseTokenAt),
    /// Revoked while the connection lives, then cut.
    Later,
}

async fn office(firmafon: firmafon::Options) -> Result<Simulator> {
    Ok(Simulator::start(Options { firmafon, ..Options::default() }).await?)
}

fn watch(desk: &Desk, simulator: &Simulator, token: &str) -> Result<(Process, Account)> {
    let account = Account::simulated(simulator, token)?;
    let mut command = desk.ours("ringside")?;
    Ok((Process::start(command.args(["watch", "--json"]).args(account.arguments()))?, account))
}

fn is_connection(line: &str, state: &str) -> bool {
    line.contains(r#""event":"connection""#) && line.contains(&format!(r#""state":"{state}""#))
}

/// Seconds from the reset of its connection to the first event after.
async fn cut(desk: &Desk, client: Client) -> Result<f64> {
    let simulator = office(firmafon::Options::default()).await?;
    let handle = simulator.firmafon();
    let (mut process, _account) = match client {
        Client::Ours => {
            let (mut process, account) = watch(desk, &simulator, "good-token")?;
            process.until_says(|line| is_connection(line, "live")).await?;
            (process, Some(account))
        }
        Client::Stock => (stock(desk, &simulator)?, None),
    };
    handle.until_subscribed(PRESENCE).await;
    tokio::time::sleep(RUNS_FOR).await;
    let began_at = Instant::now();
    handle.drop_connections();
    let publishing = publish(handle.clone());
    // REST knows nothing of this presence, so it came as an event.
    let is_event = |line: &str| line.contains("2001-02-03");
    tokio::select! {
        seen = process.until_says(is_event) => drop(seen?),
        () = publishing => {}
    }
    let took = began_at.elapsed();
    process.end().await?;
    simulator.stop().await;
    Ok(took.as_secs_f64())
}

fn stock(desk: &Desk, simulator: &Simulator) -> Result<Process> {
    let settings = &simulator.addresses().first().context("the simulator has a vendor")?.settings;
    let url = settings.get("pubsub_url").and_then(serde_json::Value::as_str).context("it has an address")?;
    let script = crate::root().join("tests/peers/faye-client.mjs");
    let arguments = ["--url", url, "--token", "good-token", "--channel", PRESENCE];
    Process::start(desk.command("node").arg(script).args(arguments))
}

/// For ever: a colleague who is busy, since another second each time.
async fn publish(handle: Handle) {
    let colleague = handle.employees().last().copied().unwrap_or_default();
    for second in (0..60).cycle() {
        tokio::time::sleep(PUBLISH_EVERY).await;
        let presence = json!({
            "endpoint": format!("Employee#{colleague}"),
            "live_presence": "busy",
            "busy_since": format!("2001-02-03T04:05:{second:02}Z"),
        });
        handle.publish(PRESENCE, &presence);
    }
}

/// Seconds from the moment nothing gets through to the moment this is shown.
async fn freeze(desk: &Desk) -> Result<f64> {
    let simulator =
        office(firmafon::Options { timeout: CONNECTS_HELD_FOR, ..firmafon::Options::default() }).await?;
    let (mut process, _account) = watch(desk, &simulator, "good-token")?;
    process.until_says(|line| is_connection(line, "live")).await?;
    tokio::time::sleep(RUNS_FOR).await;
    let began_at = Instant::now();
    simulator.firmafon().freeze(true);
    process
        .until_says(|line| line.contains(r#""event":"connection""#) && !is_connection(line, "live"))
        .await?;
    let took = began_at.elapsed();
    process.end().await?;
    simulator.stop().await;
    Ok(took.as_secs_f64())
}

/// How many handshakes came after the token was refused, until `sign_in`.
async fn refusal(desk: &Desk, refused: Refused) -> Result<u32> {
    let (at, token) = match refused {
        Refused::At(at) => (at, "bad-token"),
        Refused::Later => (RefuseTokenAt::Subscribe, "good-token"),
    };
    let simulator = office(firmafon::Options { refuse_token_at: at, ..firmafon::Options::default() }).await?;
    let handle = simulator.firmafon();
    let (mut process, _account) = watch(desk, &simulator, token)?;
    let before = match refused {
        Refused::At(_) => 0,
        Refused::Later => {
            process.until_says(|line| is_connection(line, "live")).await?;
            handle.refuse_tokens();
            handle.drop_connections();
            handle.requests().handshakes
        }
    };
    process.until_says(|line| is_connection(line, "sign_in")).await?;
    let counted = handle.requests().handshakes.saturating_sub(before);
    process.end().await?;
    simulator.stop().await;
    Ok(u32::try_from(counted)?)
}
