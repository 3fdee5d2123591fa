use providers::{Key, SettingsFault};
use serde_json::{Map, Value};

use super::{
    crm::Crm,
    rules::{RULE, Rule},
};
use crate::{AlertKind, Settings, settings::Section};

const NAMING: &[&str] = &["show", "hide_name", "none"];

/// `[alerts]`.
pub(crate) const ALERTS: Section = Section {
    name: "alerts",
    title: "What alerts say and do",
    keys: &[
        Key::text("on_lock", "While the screen is locked", "what a ringing call shows")
            .choices(NAMING)
            .default("hide_name"),
        Key::text(
            "missed_on_lock",
            "… of missed calls",
            "what a missed call shows while the screen is locked",
        )
        .choices(NAMING)
        .default("hide_name"),
        Key::text(
            "while_sharing",
            "While the screen is shared",
            "what a ringing call shows; see `ringside share`",
        )
        .choices(NAMING)
        .default("hide_name"),
        Key::text(
            "missed_while_sharing",
            "… of missed calls",
            "what a missed call shows while the screen is shared",
        )
        .choices(NAMING)
        .default("hide_name"),
        Key::switch(
            "sound",
            "Sound",
            "the desktop's own sound for a call that rings, beside the telephone's",
        )
        .default("false"),
        Key::switch("missed_sound", "Sound of missed calls", "the desktop's own sound for a missed call")
            .default("false"),
        Key::text(
            "crm_url",
            "Customer system",
            "where a caller is looked up, such as https://host/search?q={number}",
        )
        .optional(),
    ],
    check,
};

fn check(values: &Map<String, Value>) -> Result<(), SettingsFault> {
    match values.get("crm_url").and_then(Value::as_str) {
        Some(template) => Crm::of(template).map(drop),
        None => Ok(()),
    }
}

/// How much an alert says where others may see the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Naming {
    /// All.
    Show,
    /// That there is a call, and not whose.
    #[default]
    HideName,
    /// Nothing is shown.
    None,
}

/// What the person wants of alerts, from `[alerts]` and `[[rule]]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Wishes {
    on_lock: [Naming; 2],
    while_sharing: [Naming; 2],
    sound: [bool; 2],
    pub(crate) crm: Option<Crm>,
    pub(crate) rules: Vec<Rule>,
}

fn place(kind: AlertKind) -> usize {
    match kind {
        AlertKind::Incoming => 0,
        AlertKind::Missed | AlertKind::Free => 1,
    }
}

impl Wishes {
    pub(crate) fn of(settings: &Settings) -> Self {
        let values = settings.section(ALERTS.name);
        let naming = |key: &str| match values.get(key).and_then(Value::as_str) {
            Some("show") => Naming::Show,
            Some("none") => Naming::None,
            _ => Naming::HideName,
        };
        let switch = |key: &str| values.get(key).and_then(Value::as_bool).unwrap_or(false);
        Self {
            on_lock: [naming("on_lock"), naming("missed_on_lock")],
            while_sharing: [naming("while_sharing"), naming("missed_while_sharing")],
            sound: [switch("sound"), switch("missed_sound")],
            crm: values.get("crm_url").and_then(Value::as_str).and_then(|template| Crm::of(template).ok()),
            rules: settings.rows(RULE.name).iter().map(Rule::of).collect(),
        }
    }

    pub(crate) fn on_lock(&self, kind: AlertKind) -> Naming {
        self.on_lock.get(place(kind)).copied().unwrap_or_default()
    }

    pub(crate) fn while_sharing(&self, kind: AlertKind) -> Naming {
        self.while_sharing.get(place(kind)).copied().unwrap_or_default()
    }

    pub(crate) fn sound(&self, kind: AlertKind) -> bool {
        self.sound.get(place(kind)).copied().unwrap_or_default()
    }
}
