//! From a frame's first byte to the notification service: a call that rings, and one that is answered.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::{
    desk::{Called, Desk},
    five::{COLLEAGUES, Five},
    process::Process,
    report::{Row, percentile, quantity},
    stub::Stub,
    vendors::firmafon::{self, Company},
};

const CALLS: usize = 500;
const PEOPLE: u32 = 100;
/// An office's calls find the agent asleep.
const BETWEEN: Duration = Duration::from_millis(20);
/// How long the tray is watched.
const WATCHED_FOR: Duration = Duration::from_secs(10);

/// With one account in peace, then with one at each vendor, all of them talking.
pub async fn measure() -> Result<Vec<Row>> {
    let mut rows = in_peace().await?;
    rows.extend(under_load().await.context("under load")?);
    Ok(rows)
}

async fn in_peace() -> Result<Vec<Row>> {
    let mut desk = Desk::start().await?;
    let stub = Stub::start(Box::new(Company::of(PEOPLE))).await?;
    let account = firmafon::account(stub.address)?;
    let agent = Process::start(desk.ours("ringside")?.arg("agent").args(account.arguments()))?;
    desk.until_live(usize::try_from(PEOPLE)?).await?;
    let rows = calls(&mut desk, &stub, "").await?;
    agent.end().await?;
    Ok(rows)
}

async fn under_load() -> Result<Vec<Row>> {
    let mut desk = Desk::start().await?;
    let five = Five::start(&desk).await?;
    let load = five.talk();
    let signals = desk.tray_signals(&five.agent, WATCHED_FOR).await?;
    let mut rows = vec![Row::at_most(
        format!(
            "tray while nothing of it changes, 100 events/s for {} s: signals to the panel",
            WATCHED_FOR.as_secs()
        ),
        f64::from(signals),
        0.0,
        "signals",
    )];
    let what = format!(", five accounts, {COLLEAGUES} colleagues, 100 events/s");
    let calls = calls(&mut desk, five.work()?.as_ref(), &what).await;
    load.abort();
    five.agent.end().await?;
    rows.extend(calls?);
    Ok(rows)
}

/// Each call rings, is answered and ends before the next.
async fn calls(desk: &mut Desk, stub: &Stub, with: &str) -> Result<Vec<Row>> {
    let (mut shown, mut closed) = (Vec::new(), Vec::new());
    for number in 0..CALLS {
        let call = Call { number };
        let sent_at =
            stub.send(call.frame("new", json!({ "status": "new", "from_number": "4511223344" }))).await?;
        shown.push(millis(sent_at, desk.until(Called::Notify, sent_at).await?));
        tokio::time::sleep(BETWEEN).await;
        let sent_at = stub.send(call.frame("answer", json!({ "status": "answered" }))).await?;
        closed.push(millis(sent_at, desk.until(Called::Close, sent_at).await?));
        stub.send(call.frame("hangup", json!({ "ended_at": "2026-11-21T08:00:09Z" }))).await?;
        tokio::time::sleep(BETWEEN).await;
    }
    let mut rows = rows(&format!("frame written → notification{with}"), shown)?;
    rows.extend(self::rows(&format!("answered → notification withdrawn{with}"), closed)?);
    Ok(rows)
}

fn millis(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64() * 1e3
}

fn rows(what: &str, mut times: Vec<f64>) -> Result<Vec<Row>> {
    times.sort_by(f64::total_cmp);
    let (p50, p99) = (percentile(&times, 50)?, percentile(&times, 99)?);
    let most = *times.last().context("no call")?;
    let rest = format!("{}, worst {}", quantity(p50, "ms"), quantity(most, "ms"));
    Ok(vec![
        Row::at_most(format!("{what}, p99 of {CALLS}"), p99, 10.0, "ms"),
        Row::told(format!("{what}, p50"), rest),
    ])
}

/// A call to the owner.
pub struct Call {
    pub number: usize,
}

impl Call {
    /// An event of it, as Firmafon was seen to send them.
    pub fn frame(&self, name: &str, more: serde_json::Value) -> Vec<u8> {
        let mut data = json!({
            "call_uuid": format!("0a1b2c3d-0000-11e7-8000-{:012}", self.number),
            "company_id": "1234",
            "endpoint": "Employee#1",
            "to_number": "4555667788",
            "direction": "incoming",
            "from_number_hidden": "false",
            "started_at": "2026-11-21T08:00:00Z",
            "switch": "b15",
        });
        if let (Some(data), serde_json::Value::Object(more)) = (data.as_object_mut(), more) {
            data.extend(more);
        }
        let event = json!({
            "type": "call-event",
            "name": format!("call.{name}"),
            "timestamp": "2026-11-21T08:00:00Z",
            "data": data,
            "published_at": "2026-11-21T08:00:00.656+00:00",
        });
        firmafon::on("/call2/employee/1", &event)
    }
}
