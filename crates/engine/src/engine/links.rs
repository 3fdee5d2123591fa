//! The links of the accounts: started, started again should one die, and stopped.

use std::{sync::Arc, time::Duration};

use providers::Attention;
use tokio::{sync::mpsc, task::JoinHandle, time::Instant as Alarm};

use super::{Loop, STOP_WITHIN};
use crate::{Account, Link, Order, Reach};

/// One that dies again and again is started this often.
const MENDED_EVERY: Duration = Duration::from_secs(30);

pub(super) struct Running {
    pub(super) account: Account,
    pub(super) orders: mpsc::Sender<Order>,
    /// As it was told last.
    pub(super) attention: Attention,
    pub(super) task: JoinHandle<()>,
    began_at: Alarm,
}

impl Loop {
    /// Starts a link; what a former one of the same account has to say comes first.
    pub(super) fn link(
        &self,
        account: Account,
        reach: Arc<Reach>,
        former: Option<JoinHandle<()>>,
    ) -> Running {
        let (orders, inbox) = mpsc::channel(32);
        let link = Link {
            account: account.clone(),
            reach,
            clock: Arc::clone(&self.parts.clock),
            secrets: Arc::clone(&self.parts.secrets),
            orders: inbox,
            out: self.sender.clone(),
            seed: fastrand::u64(..),
            open_calls: self.core.open_calls(&account.id),
            heard_until: self.core.heard_until(&account.id),
            recorder: self.parts.recorder.clone(),
        };
        let task = tokio::spawn(async move {
            if let Some(former) = former {
                let abort = former.abort_handle();
                if tokio::time::timeout(STOP_WITHIN, former).await.is_err() {
                    abort.abort();
                }
            }
            link.run().await;
        });
        Running { account, orders, attention: Attention::default(), task, began_at: Alarm::now() }
    }

    /// A link ends when it is told to; one that ended by itself died, and its account would be deaf without a word.
    pub(super) fn mend_links(&mut self) {
        let Some(reach) = self.reach.clone() else { return };
        let has_died = |link: &&Running| link.task.is_finished() && link.began_at.elapsed() >= MENDED_EVERY;
        let accounts: Vec<Account> =
            self.links.values().filter(has_died).map(|link| link.account.clone()).collect();
        for account in accounts {
            tracing::error!(account = %account.id, "a link has died and is started again");
            let link = self.link(account.clone(), Arc::clone(&reach), None);
            self.links.insert(account.id, link);
        }
    }

    pub(super) async fn stop_links(&mut self) {
        let links = std::mem::take(&mut self.links);
        for link in links.values() {
            drop(link.orders.try_send(Order::Stop));
        }
        let deadline = Alarm::now() + STOP_WITHIN;
        for link in links.into_values() {
            let task = link.task;
            let abort = task.abort_handle();
            if tokio::time::timeout_at(deadline, task).await.is_err() {
                abort.abort();
            }
        }
    }
}
