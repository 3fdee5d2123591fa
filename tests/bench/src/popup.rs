//! How soon a ringing call is on the screen in its popup window: from the frame to the first painted pixel.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::{
    desk::Desk,
    latency::Call,
    process::Process,
    report::{Row, median, quantity},
    screen::Screen,
    stub::Stub,
    vendors::firmafon::{self, Company},
};

const PEOPLE: u32 = 100;
/// The first of them finds nothing in the disk's cache and is not counted.
const ROUNDS: usize = 6;
/// Beside the words in the popup, which is in the corner of a screen of 1280 by 800.
const PLACE: (i16, i16) = (908, 700);
/// `--ring-ground` of the light colours.
const GROUND: [u8; 3] = [0xff, 0xf6, 0xe3];
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Calls do not come at once after each other.
const BETWEEN: Duration = Duration::from_millis(500);

/// With no window anywhere, then beside the main window.
pub async fn measure() -> Result<Vec<Row>> {
    let desk = Desk::start_with_screen().await?;
    let stub = Stub::start(Box::new(Company::of(PEOPLE))).await?;
    let account =
        firmafon::account(stub.address)?.with("popup_window = true\nwindow = { theme = \"light\" }")?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    desk.until_live(usize::try_from(PEOPLE)?).await?;
    let mut screen = Screen::open(desk.display()?)?;
    let mut cold = Vec::new();
    for number in 0..ROUNDS {
        cold.push(round(&stub, &mut screen, number).await.context("without a window")?);
        while desk.running("ringside-desktop") > 0 {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    cold.remove(0);
    let mut command = desk.ours("ringside-desktop")?;
    command.env("RINGSIDE_LOG", "info");
    let mut window = Process::start_logging(&mut command)?;
    window.until_says(|line| line.contains("mounted")).await.context("ringside-desktop")?;
    tokio::time::sleep(BETWEEN).await;
    let mut warm = Vec::new();
    for number in ROUNDS..2 * ROUNDS {
        warm.push(round(&stub, &mut screen, number).await.context("beside the main window")?);
        tokio::time::sleep(BETWEEN).await;
    }
    let first = warm.remove(0);
    window.end().await?;
    agent.end().await?;
    Ok(vec![
        Row::at_most("frame written → popup painted, no window before", median(cold)?, 500.0, "ms"),
        Row::at_most("the same beside the main window, once there was a call", median(warm)?, 100.0, "ms"),
        Row::told("the same beside the main window, the first call", quantity(first, "ms")),
    ])
}

/// A call that rings until it is seen, in milliseconds.
async fn round(stub: &Stub, screen: &mut Screen, number: usize) -> Result<f64> {
    let call = Call { number };
    let ringing = json!({ "status": "new", "from_number": "4511223344" });
    let sent_at: Instant = stub.send(call.frame("new", ringing)).await?;
    let seen_at = screen.until(PLACE, GROUND, true).await?;
    stub.send(call.frame("answer", json!({ "status": "answered" }))).await?;
    stub.send(call.frame("hangup", json!({ "ended_at": "2026-11-21T08:00:09Z" }))).await?;
    screen.until(PLACE, GROUND, false).await?;
    let took = seen_at.saturating_duration_since(sent_at).as_secs_f64() * 1e3;
    crate::say(&format!("  {took:.0} ms"));
    Ok(took)
}
