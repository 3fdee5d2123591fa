//! One look at everything that a call has to pass on its way to the person, from the settings to the screen.
//!
//! What takes time is measured beside the loop; [`findings`] judges it together with what is known by then, so that a
//! connection whose probe has shown it to be dead is told as such.

mod judge;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use model::{AccountId, Checked, Finding, Time};
use tokio::sync::oneshot;

use crate::{
    Account, Desk, Hotkey, Incoming, Notice, Order, Reply, SecretFault, Secrets, Settings, engine::Loop,
    hotkeys,
};

pub use judge::{findings, outcome};

/// Every machine finds a dead connection within this time of a probe.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// A keyring that asks its person meanwhile is locked.
const SECRET_WITHIN: Duration = Duration::from_secs(6);
const DESK_WITHIN: Duration = Duration::from_secs(12);

/// A sign of life that came after it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// From the question to the answer.
    pub answered_within: Duration,
    /// By how many seconds this computer's clock is ahead of the server's, if it told the time.
    pub skew_seconds: Option<i64>,
}

/// What a check has measured.
#[derive(Debug, Default)]
pub struct Measured {
    /// Of this computer, by the desktop.
    pub desk: Vec<Finding>,
    /// Of the files that accounts' keys name.
    pub files: Vec<Finding>,
    /// Of each account.
    pub accounts: BTreeMap<AccountId, Measurement>,
}

/// What a check has measured of an account.
#[derive(Debug, Default)]
pub struct Measurement {
    /// Why its secret cannot be had.
    pub secret: Option<SecretFault>,
    /// Its answer to a probe.
    pub proof: Option<Proof>,
}

/// Who waits for the check that is under way.
#[derive(Debug, Default)]
pub(crate) struct Checking {
    waiting: Vec<oneshot::Sender<Reply>>,
    tell: bool,
    /// When each hotkey was pressed last.
    pressed: BTreeMap<Hotkey, Time>,
}

impl Checking {
    /// A press is the only proof of a hotkey.
    pub(crate) fn pressed(&mut self, hotkey: Hotkey, at: Time) {
        self.pressed.insert(hotkey, at);
    }

    /// It is other keys from here on.
    pub(crate) fn unproven(&mut self, hotkey: Hotkey) {
        self.pressed.remove(&hotkey);
    }
}

impl Loop {
    /// Begins a check, or waits for the one under way.
    pub(crate) fn check(&mut self, tell: bool, reply: oneshot::Sender<Reply>) {
        self.checking.tell |= tell;
        self.checking.waiting.push(reply);
        if self.checking.waiting.len() > 1 {
            return;
        }
        let settings = self.core.settings().clone();
        let proofs = settings.accounts.iter().map(|account| {
            let (reply, proof) = oneshot::channel();
            self.order(&account.id, Order::Prove(reply));
            (account.id.clone(), proof)
        });
        let proofs: Vec<_> = proofs.collect();
        let (desk, secrets) = (self.parts.desk.clone(), Arc::clone(&self.parts.secrets));
        let measuring = tokio::spawn(measure(settings, proofs, desk, secrets));
        let sender = self.sender.clone();
        tokio::spawn(async move {
            // Whatever went wrong in a part that was looked at, those who wait are answered.
            let measured = measuring.await.unwrap_or_default();
            drop(sender.send(Incoming::Measured(Box::new(measured))).await);
        });
    }

    /// Judges what was measured and answers those who wait.
    pub(crate) fn judge(&mut self, measured: &Measured) {
        let wall = self.parts.clock.wall();
        let network = self.core.wrong_with("network");
        let mut found = findings(&self.core.view(), self.core.settings(), measured, network, wall);
        found.extend(self.core.wrong_with("history").map(|problem| {
            Finding::warn("history", "Calls are not kept from here on.", problem.text.clone())
        }));
        let wanted = hotkeys::wanted(self.core.settings());
        let problem = self.core.wrong_with("hotkeys");
        found.push(hotkeys::finding(&wanted, &self.checking.pressed, problem));
        let checked = Checked { at: wall, findings: found };
        if std::mem::take(&mut self.checking.tell) {
            self.tell(outcome(&checked));
        }
        self.core.checked(checked);
        for reply in self.checking.waiting.drain(..) {
            // Whoever asked may have gone.
            drop(reply.send(Ok(())));
        }
    }

    /// Tells the person, where there is a desktop.
    pub(crate) fn tell(&mut self, notice: Notice) {
        let Some(desk) = &self.parts.desk else { return };
        if let (true, Some(folder)) = (notice.once, &self.parts.state_folder) {
            let told = folder.join(format!("told-{}", notice.key));
            if told.exists() {
                return;
            }
            if let Err(error) = crate::write_atomically(&told, b"") {
                tracing::debug!(%error, "that something was told cannot be remembered");
            }
        }
        desk.tell(notice);
    }
}

type Proofs = Vec<(AccountId, oneshot::Receiver<Proof>)>;

async fn measure(
    settings: Settings,
    proofs: Proofs,
    desk: Option<Arc<dyn Desk>>,
    secrets: Arc<dyn Secrets>,
) -> Measured {
    let looking = tokio::spawn(async move {
        match desk {
            Some(desk) => tokio::time::timeout(DESK_WITHIN, desk.look()).await.unwrap_or_default(),
            None => Vec::new(),
        }
    });
    let ids: Vec<AccountId> = settings.accounts.iter().map(|account| account.id.clone()).collect();
    let keeping = tokio::spawn(async move {
        let mut faults = BTreeMap::new();
        for id in ids {
            let read = tokio::time::timeout(SECRET_WITHIN, secrets.read(&id)).await;
            let fault = read.map_or(Some(SecretFault::Locked), Result::err);
            faults.insert(id, fault);
        }
        faults
    });
    let deadline = tokio::time::Instant::now() + ANSWER_WITHIN;
    let mut accounts: BTreeMap<AccountId, Measurement> = BTreeMap::new();
    for (id, proof) in proofs {
        let proof = tokio::time::timeout_at(deadline, proof).await.ok().and_then(Result::ok);
        accounts.insert(id, Measurement { secret: None, proof });
    }
    for (id, fault) in keeping.await.unwrap_or_default() {
        accounts.entry(id).or_default().secret = fault;
    }
    let files = settings.accounts.iter().flat_map(files).collect();
    Measured { desk: looking.await.unwrap_or_default(), files, accounts }
}

/// What is in the files that an account's keys name.
pub fn files(account: &Account) -> Vec<Finding> {
    let keys = account.vendor.keys.iter().filter_map(|key| Some((key.name, key.form?)));
    keys.filter_map(|(name, form)| {
        let path = account.keys.get(name)?.as_str()?;
        let faults = match std::fs::read_to_string(path) {
            Ok(text) => (form.check)(&text),
            Err(error) => vec![format!("{path} cannot be read: {error}.")],
        };
        let finding = match faults.as_slice() {
            [] => Finding::ok(name, format!("{path} is good.")),
            [first, rest @ ..] => {
                let more =
                    if rest.is_empty() { String::new() } else { format!(" … and {} more", rest.len()) };
                let remedy = format!(
                    "Mend the file; `ringside settings check {}.{name} {path}` names every fault.",
                    account.vendor.name
                );
                Finding::fail(name, format!("{first}{more}"), remedy)
            }
        };
        Some(finding.of(account.id.as_str()))
    })
    .collect()
}
