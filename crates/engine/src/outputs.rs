//! From a change to an alert: the rules, as functions without memory.
//!
//! What is decided first is told as the reason, in this order: whose call it is (the first `[[rule]]` that fits, else
//! the account's `popups`), quiet for this call or caller, do-not-disturb, and at last who may see the screen.

use std::borrow::Cow;

use model::{Alerted, Call, CallState, Direction, Outcome, Reason};

use crate::{
    Account, Alert, AlertAction, AlertKind, Popups,
    alert::{
        rules::{Rule, first_that_fits},
        wishes::{Naming, Wishes},
    },
    dnd::Says,
};

/// What to put before the person about a call, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Show this.
    Show {
        /// What.
        alert: Alert,
        /// Whether the popup window opens as well.
        pops_up: bool,
        /// Why.
        why: Alerted,
    },
    /// Show nothing.
    Quiet(Alerted),
}

/// What else a decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    /// What the settings say of alerts.
    pub(crate) wishes: &'a Wishes,
    /// Whether the popup window opens where no rule says otherwise.
    pub(crate) popup_window: bool,
    /// What do-not-disturb says to it.
    pub(crate) dnd: Says,
    /// Whether the person has asked for quiet about this call.
    pub(crate) silenced: bool,
    /// Whether the person has asked for quiet about this caller.
    pub(crate) quiet_caller: bool,
    /// Whether this call was seen before it ended, or ended while this program was to see it.
    pub(crate) fresh: bool,
    /// Who may see the screen.
    pub(crate) screen: Screen,
    /// What can be done about the call.
    pub(crate) able: Able,
}

/// Who may see the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Screen {
    /// Whoever comes by.
    pub(crate) locked: bool,
    /// An audience.
    pub(crate) sharing: bool,
    /// The desktop's own do-not-disturb is on.
    pub(crate) inhibited: bool,
}

impl Screen {
    /// How much may be said, and because of what.
    pub(crate) fn naming(self, wishes: &Wishes, kind: AlertKind) -> (Naming, Reason) {
        let locked = if self.locked { wishes.on_lock(kind) } else { Naming::Show };
        let sharing = if self.sharing { wishes.while_sharing(kind) } else { Naming::Show };
        if locked >= sharing { (locked, Reason::Locked) } else { (sharing, Reason::Sharing) }
    }
}

/// What the provider and this computer can do about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Able {
    /// The caller waits in a queue and can be taken out of it.
    pub(crate) pick_up: bool,
    /// The account can call.
    pub(crate) dial: bool,
    /// There is a clipboard.
    pub(crate) copy: bool,
    /// There is a browser.
    pub(crate) browse: bool,
}

/// What to do about a call as it is; `None` if there is nothing to decide (it is not incoming, or was answered).
pub(crate) fn decide(call: &Call, account: &Account, circumstances: Circumstances<'_>) -> Option<Decision> {
    if call.direction != Direction::Incoming {
        return None;
    }
    let kind = match (call.state, call.outcome) {
        (CallState::Ringing, _) => AlertKind::Incoming,
        (CallState::Ended, Some(Outcome::Missed | Outcome::Voicemail)) => AlertKind::Missed,
        (CallState::Answered | CallState::Held | CallState::Ended, _) => return None,
    };
    let rule = first_that_fits(&circumstances.wishes.rules, call, kind);
    let concern = concern(call, account, kind, rule)?;
    let (reason, why) = match hushed(concern, kind, &circumstances) {
        Ok(shown) => shown,
        Err((reason, why)) => {
            return Some(Decision::Quiet(Alerted { shown: false, reason, why, same_as: None }));
        }
    };
    Some(show(call, account, kind, rule.map(|(_, rule)| rule), (reason, why), &circumstances))
}

type Because = (Reason, Cow<'static, str>);

fn because(reason: Reason) -> Because {
    (reason, reason.words().into())
}

/// Whether the call concerns the person at all; `None` if nobody has to be told either.
fn concern(
    call: &Call,
    account: &Account,
    kind: AlertKind,
    rule: Option<(usize, &Rule)>,
) -> Option<Result<Because, Because>> {
    match rule.and_then(|(number, rule)| Some((number, rule.shows?))) {
        Some((number, true)) => return Some(Ok((Reason::Rule, format!("rule {number} shows it").into()))),
        Some((number, false)) => {
            return Some(Err((Reason::Rule, format!("rule {number} keeps it quiet").into())));
        }
        None => {}
    }
    if kind == AlertKind::Missed && call.mine != Some(true) {
        return None;
    }
    Some(match (account.popups, call.mine, kind) {
        (Popups::None, _, _) => Err(because(Reason::SwitchedOff)),
        (Popups::Mine, Some(false), _) => Err(because(Reason::SomebodyElse)),
        (Popups::Mine, None, _) => Err(because(Reason::ProviderSilent)),
        (_, _, AlertKind::Missed | AlertKind::Free) => Ok(because(Reason::Missed)),
        (_, Some(true), AlertKind::Incoming) => Ok(because(Reason::RingsMe)),
        (Popups::All, _, AlertKind::Incoming) => Ok(because(Reason::AllCalls)),
    })
}

/// Whether the person is to be left in peace about it.
fn hushed(
    concern: Result<Because, Because>,
    kind: AlertKind,
    circumstances: &Circumstances<'_>,
) -> Result<Because, Because> {
    let shown = concern?;
    if kind == AlertKind::Missed && !circumstances.fresh {
        return Err(because(Reason::Earlier));
    }
    if kind == AlertKind::Incoming && circumstances.silenced {
        return Err(because(Reason::Silenced));
    }
    if circumstances.quiet_caller {
        return Err(because(Reason::QuietCaller));
    }
    let shown = match circumstances.dnd {
        Says::Nothing => shown,
        Says::Through(why) => (Reason::LetThrough, why.into()),
        Says::Quiet(why) => return Err((Reason::Dnd, why.into())),
    };
    match circumstances.screen.naming(circumstances.wishes, kind) {
        (Naming::None, reason) => Err(because(reason)),
        (Naming::Show | Naming::HideName, _) => Ok(shown),
    }
}

fn show(
    call: &Call,
    account: &Account,
    kind: AlertKind,
    rule: Option<&Rule>,
    (reason, why): Because,
    circumstances: &Circumstances<'_>,
) -> Decision {
    let Circumstances { wishes, screen, able, .. } = circumstances;
    let (naming, seen_because) = screen.naming(wishes, kind);
    let title = account.id.as_str();
    let mut alert = match (naming, kind) {
        (Naming::HideName | Naming::None, kind) => Alert::discreet(call, kind),
        (Naming::Show, AlertKind::Incoming) => Alert::incoming(call, title),
        (Naming::Show, AlertKind::Missed | AlertKind::Free) => Alert::missed(call, title),
    };
    let mut why = why;
    if naming == Naming::Show {
        offer(&mut alert, call, wishes, *able);
    } else {
        why = format!("{why}; {}, so the caller is not named", seen_because.words()).into();
    }
    let wants_sound = rule.and_then(|rule| rule.sounds).unwrap_or(wishes.sound(kind));
    let wants_popup = rule.and_then(|rule| rule.pops_up).unwrap_or(circumstances.popup_window);
    if screen.inhibited {
        why = format!("{why}; the desktop's own do-not-disturb is on").into();
    } else if wants_sound {
        alert.sound = Some(kind.sound());
    }
    let pops_up = wants_popup && kind == AlertKind::Incoming && !screen.inhibited;
    Decision::Show { alert, pops_up, why: Alerted { shown: true, reason, why, same_as: None } }
}

/// Whether an alert says whose call it is.
pub(crate) fn names_caller(alert: &Alert) -> bool {
    !alert.body.is_empty()
}

/// Adds what can be done about the call; most desktops show the first three or four.
fn offer(alert: &mut Alert, call: &Call, wishes: &Wishes, able: Able) {
    let has_number = call.peer.number.is_some();
    let crm = wishes.crm.as_ref().filter(|crm| able.browse && crm.address(call).is_some());
    alert.crm_host = crm.map(|crm| crm.host().into());
    let is_ringing = alert.kind == AlertKind::Incoming;
    if is_ringing && able.pick_up {
        alert.actions.insert(1, AlertAction::PickUp);
    }
    let more = [
        (AlertAction::CallBack, !is_ringing && has_number && able.dial),
        (AlertAction::OpenCrm, crm.is_some()),
        (AlertAction::QuietCaller, is_ringing && has_number),
        (AlertAction::CopyNumber, has_number && able.copy),
    ];
    alert.actions.extend(more.into_iter().filter(|(_, offered)| *offered).map(|(action, _)| action));
}
