//! What the computer tells: sleep from logind, networks from the kernel.

use std::time::Duration;

use engine::{HostEvent, Incoming};
use futures_util::StreamExt;
use netwatcher::{Update, async_adapter::Tokio};
use tokio::{sync::mpsc, task::JoinSet};
use tracing::debug;
use zbus::{MatchRule, MessageStream, message::Type};

use crate::Bus;

/// A network comes up in several steps; what follows within this time belongs to the same change.
const ONE_CHANGE_FOR: Duration = Duration::from_millis(250);

/// Tells the engine of sleep and of other networks, until it is dropped.
pub struct Host {
    _watchers: JoinSet<()>,
}

impl Host {
    /// Starts watching on the current tokio runtime, and returns when it does; `system` is the bus of logind. Without
    /// one, sleep is not told: the engine's clock notices lost time by itself.
    pub async fn watch(system: Bus, incoming: mpsc::Sender<Incoming>) -> Self {
        let mut watchers = JoinSet::new();
        watchers.spawn(networks(incoming.clone()));
        match sleep_signals(&system).await {
            Ok(signals) => drop(watchers.spawn(sleep(signals, incoming))),
            Err(error) => debug!(%error, "sleep is not told on this computer"),
        }
        Self { _watchers: watchers }
    }
}

async fn sleep_signals(system: &Bus) -> zbus::Result<MessageStream> {
    let connection = system.connect().await?;
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.login1")?
        .path("/org/freedesktop/login1")?
        .interface("org.freedesktop.login1.Manager")?
        .member("PrepareForSleep")?
        .build();
    MessageStream::for_match_rule(rule, &connection, None).await
}

async fn sleep(mut signals: MessageStream, incoming: mpsc::Sender<Incoming>) {
    while let Some(Ok(message)) = signals.next().await {
        let Ok(is_going_to_sleep) = message.body().deserialize::<bool>() else { continue };
        let event = if is_going_to_sleep { HostEvent::Sleeping } else { HostEvent::Woken };
        if incoming.send(Incoming::Host(event)).await.is_err() {
            break;
        }
    }
}

async fn networks(incoming: mpsc::Sender<Incoming>) {
    let mut watch = match netwatcher::watch_interfaces_async::<Tokio>() {
        Ok(watch) => watch,
        Err(error) => return debug!(%error, "changes of the network are not told on this computer"),
    };
    loop {
        if !matters(&watch.changed().await) {
            continue;
        }
        while tokio::time::timeout(ONE_CHANGE_FOR, watch.changed()).await.is_ok() {}
        if incoming.send(Incoming::Host(HostEvent::NetworkChanged)).await.is_err() {
            break;
        }
    }
}

/// Whether another way to the outside can have come of it: an address did, other than a link-local or loopback one.
fn matters(update: &Update) -> bool {
    let leads_out = |ip: std::net::IpAddr| match ip {
        std::net::IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        std::net::IpAddr::V6(ip) => !ip.is_loopback() && !ip.is_unicast_link_local(),
    };
    !update.is_initial
        && update.addrs_added().chain(update.addrs_removed()).any(|(_, addr)| leads_out(addr.ip))
}
