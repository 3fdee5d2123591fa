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
    /// Why it is shown, for `watch --json`.
    pub why: &'static str,
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

/// A button of an [`Alert`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertAction {
    /// Open the window (the default action).
    Open,
    /// Be quiet about this call.
    Silence,
    /// Call the number back.
    CallBack,
    /// Call the colleague it is about.
    Call,
}

impl AlertAction {
    /// The action key on the wire of the notification service.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "default",
            Self::Silence => "silence",
            Self::CallBack => "call-back",
            Self::Call => "call",
        }
    }

    /// What the button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Silence => "Silence",
            Self::CallBack => "Call back",
            Self::Call => "Call",
        }
    }

    /// The action behind a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Open, Self::Silence, Self::CallBack, Self::Call].into_iter().find(|action| action.key() == key)
    }
}

impl Alert {
    /// The alert of a call that rings.
    pub fn incoming(call: &Call, account_title: &str, why: &'static str) -> Self {
        Self {
            call: call.id.clone(),
            kind: AlertKind::Incoming,
            title: peer_title(call),
            body: format!("Incoming call\n{}", lines(call, account_title)),
            actions: vec![AlertAction::Open, AlertAction::Silence],
            why,
        }
    }

    /// The alert of a call that nobody answered.
    pub fn missed(call: &Call, account_title: &str, why: &'static str) -> Self {
        let mut actions = vec![AlertAction::Open];
        if call.peer.number.is_some() {
            actions.push(AlertAction::CallBack);
        }
        Self {
            call: call.id.clone(),
            kind: AlertKind::Missed,
            title: format!("Missed call: {}", peer_title(call)),
            body: lines(call, account_title),
            actions,
            why,
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
