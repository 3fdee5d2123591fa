//! What is put before a person about a call, and what the person wants of it.

pub(crate) mod callers;
pub(crate) mod crm;
pub(crate) mod decisions;
pub(crate) mod rules;
pub(crate) mod same;
pub(crate) mod wishes;

use std::{borrow::Cow, sync::Arc};

use model::{Call, CallId};
use serde::{Deserialize, Serialize};

/// What is put before a person about one call; there is never more than one for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The call it is about.
    pub call: CallId,
    /// What kind.
    pub kind: AlertKind,
    /// First line, plain text: who it is.
    pub title: String,
    /// Further lines, plain text: number, line, account.
    pub body: String,
    /// What can be done from it, the first being what a click on the text does.
    pub actions: Vec<AlertAction>,
    /// The host that [`AlertAction::OpenCrm`] leads to.
    pub crm_host: Option<Arc<str>>,
    /// The sound of the desktop's theme that is heard when it comes; `None`: none.
    pub sound: Option<&'static str>,
}

/// The kinds of [`Alert`], by the freedesktop category they are shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// `call.incoming`: critical, stays until the call is answered, ended or out of sight.
    Incoming,
    /// `call.unanswered`: normal, stays in the notification list.
    Missed,
    /// `presence.online`: a colleague is free, as was asked for; normal.
    Free,
}

impl AlertKind {
    /// Its name in the freedesktop sound naming specification.
    pub fn sound(self) -> &'static str {
        match self {
            Self::Incoming => "phone-incoming-call",
            Self::Missed | Self::Free => "message",
        }
    }
}

/// A button of an [`Alert`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertAction {
    /// Open the window (the default action).
    Open,
    /// Take the caller out of the queue, to one's own phone.
    PickUp,
    /// Be quiet about this call.
    Silence,
    /// Call the number back.
    CallBack,
    /// Call the colleague it is about.
    Call,
    /// Look the caller up.
    OpenCrm,
    /// Be quiet about this caller for today.
    QuietCaller,
    /// Put the number on the clipboard.
    CopyNumber,
}

impl AlertAction {
    const ALL: [Self; 8] = [
        Self::Open,
        Self::PickUp,
        Self::Silence,
        Self::CallBack,
        Self::Call,
        Self::OpenCrm,
        Self::QuietCaller,
        Self::CopyNumber,
    ];

    /// The action key on the wire of the notification service.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "default",
            Self::PickUp => "pick-up",
            Self::Silence => "silence",
            Self::CallBack => "call-back",
            Self::Call => "call",
            Self::OpenCrm => "open-crm",
            Self::QuietCaller => "quiet-caller",
            Self::CopyNumber => "copy-number",
        }
    }

    /// The action behind a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.key() == key)
    }
}

impl Alert {
    /// The alert of a call that rings.
    pub fn incoming(call: &Call, account_title: &str) -> Self {
        Self {
            title: peer_title(call),
            body: format!("Incoming call\n{}", lines(call, account_title)),
            ..Self::discreet(call, AlertKind::Incoming)
        }
    }

    /// The alert of a call that nobody answered.
    pub fn missed(call: &Call, account_title: &str) -> Self {
        Self {
            title: format!("Missed call: {}", peer_title(call)),
            body: lines(call, account_title),
            ..Self::discreet(call, AlertKind::Missed)
        }
    }

    /// An alert that says nothing of the caller.
    pub fn discreet(call: &Call, kind: AlertKind) -> Self {
        let (title, actions) = match kind {
            AlertKind::Incoming => ("Incoming call", vec![AlertAction::Open, AlertAction::Silence]),
            AlertKind::Missed | AlertKind::Free => ("Missed call", vec![AlertAction::Open]),
        };
        Self {
            call: call.id.clone(),
            kind,
            title: title.to_owned(),
            body: String::new(),
            actions,
            crm_host: None,
            sound: None,
        }
    }

    /// What a button says.
    pub fn label(&self, action: AlertAction) -> Cow<'static, str> {
        match (action, &self.crm_host) {
            (AlertAction::Open, _) => "Open".into(),
            (AlertAction::PickUp, _) => "Pick up".into(),
            (AlertAction::Silence, _) => "Silence".into(),
            (AlertAction::CallBack, _) => "Call back".into(),
            (AlertAction::Call, _) => "Call".into(),
            (AlertAction::OpenCrm, Some(host)) => format!("Look up at {host}").into(),
            (AlertAction::OpenCrm, None) => "Look up".into(),
            (AlertAction::QuietCaller, _) => "Quiet today".into(),
            (AlertAction::CopyNumber, _) => "Copy number".into(),
        }
    }
}

/// Who is at the other end, in words: the name, else the number, else what is known.
pub fn peer_title(call: &Call) -> String {
    let peer = &call.peer;
    match (peer.title(), &peer.number, &peer.raw) {
        (Some(name), _, _) => name.to_owned(),
        (None, Some(number), _) => number.to_string(),
        (None, None, Some(raw)) if !raw.is_empty() => raw.clone(),
        _ if peer.hidden => "Hidden number".to_owned(),
        _ => "Unknown caller".to_owned(),
    }
}

fn lines(call: &Call, account_title: &str) -> String {
    let mut lines = Vec::new();
    if let (Some(_), Some(number)) = (&call.peer.name, &call.peer.number) {
        lines.push(number.to_string());
    }
    match call.line.as_ref().and_then(|line| line.name.clone()) {
        Some(line) => lines.push(format!("{line} · {account_title}")),
        None => lines.push(account_title.to_owned()),
    }
    lines.join("\n")
}
