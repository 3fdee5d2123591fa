//! One account at each vendor in one agent, the first with all its colleagues.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::{
    account::Account,
    desk::Desk,
    process::Process,
    stub::{Serve, Stub, frame},
    vendors::{BURSTS, firmafon::Company},
};

pub const COLLEAGUES: u32 = 10_000;
/// A hundred events a second, over all accounts in turn.
const LOAD_EVERY: Duration = Duration::from_millis(10);
/// So many colleagues have something happen to them, the first, who owns the account, not.
const TALKED_OF: u32 = 100;

/// What makes a vendor's event.
type Event = fn(u32) -> String;

/// Five vendors' servers, and an agent that is live at all of them.
pub struct Five {
    pub agent: Process,
    stubs: Vec<(Arc<Stub>, Event)>,
    _accounts: Account,
}

impl Five {
    /// Starts them at this desk.
    pub async fn start(desk: &Desk) -> Result<Self> {
        let (mut stubs, mut accounts) = (Vec::new(), Vec::new());
        for (id, burst) in ["work", "b", "c", "d", "e"].into_iter().zip(BURSTS) {
            let vendor: Box<dyn Serve> =
                if id == "work" { Box::new(Company::of(COLLEAGUES)) } else { (burst.serve)() };
            let stub = Arc::new(Stub::start(vendor).await?);
            accounts.push((id, (burst.account)(stub.address)?));
            stubs.push((stub, burst.event));
        }
        let accounts = Account::together(accounts)?;
        let agent = Process::start(desk.ours("ringside")?.arg("agent").args(accounts.arguments()))?;
        desk.until_tells("status", Duration::from_millis(200), is_live).await?;
        Ok(Self { agent, stubs, _accounts: accounts })
    }

    /// The first vendor's server.
    pub fn work(&self) -> Result<Arc<Stub>> {
        self.stubs.first().map(|(stub, _)| Arc::clone(stub)).context("there are vendors")
    }

    /// Has all of them talk, until what is returned is aborted.
    pub fn talk(&self) -> JoinHandle<()> {
        let stubs = self.stubs.clone();
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(LOAD_EVERY);
            for n in 0_u32.. {
                for (stub, event) in &stubs {
                    tick.tick().await;
                    let n = if n.is_multiple_of(TALKED_OF) { n + 1 } else { n };
                    if stub.send(frame(&event(n))).await.is_err() {
                        return;
                    }
                }
            }
        })
    }
}

fn is_live(status: &str) -> bool {
    let status: Value = serde_json::from_str(status).unwrap_or_default();
    let accounts = status.get("accounts").and_then(Value::as_array);
    let live = accounts
        .into_iter()
        .flatten()
        .filter(|account| account.pointer("/connection/state") == Some(&json!("live")));
    let people = status.get("people").and_then(Value::as_u64);
    live.count() == BURSTS.len() && people >= Some(u64::from(COLLEAGUES))
}
