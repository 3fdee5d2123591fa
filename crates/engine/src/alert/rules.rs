use model::{Call, PhoneNumber};
use providers::{Key, SettingsFault};
use serde_json::{Map, Value};

use crate::{AlertKind, settings::Section};

/// `[[rule]]`: the first one that fits a call decides.
pub(crate) const RULE: Section = Section {
    name: "rule",
    title: "What is done about some calls: the first rule that fits decides",
    keys: &[
        Key::text("account", "Account", "calls of this account").optional(),
        Key::text("line", "Line", "calls through the line with this name or id").optional(),
        Key::text(
            "number",
            "Number",
            "calls from this number; +4570* for all that begin so, hidden for withheld ones",
        )
        .optional(),
        Key::text("kind", "Kind", "calls that ring, or those nobody answered; default: both")
            .choices(&["ringing", "missed"])
            .optional(),
        Key::text("alert", "Alert", "whether they are shown, whoever they ring")
            .choices(&["show", "quiet"])
            .optional(),
        Key::switch("sound", "Sound", "whether the desktop makes a sound").optional(),
        Key::switch("popup", "Popup window", "whether the small window opens as well").optional(),
    ],
    check,
};

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rule {
    account: Option<String>,
    line: Option<String>,
    number: Option<Numbers>,
    kind: Option<AlertKind>,
    /// `Some(true)`: show; `Some(false)`: be quiet.
    pub(crate) shows: Option<bool>,
    pub(crate) sounds: Option<bool>,
    pub(crate) pops_up: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Numbers {
    One(PhoneNumber),
    /// All that begin so.
    Begin(String),
    Hidden,
}

impl Numbers {
    fn of(text: &str) -> Option<Self> {
        if text == "hidden" {
            return Some(Self::Hidden);
        }
        match text.strip_suffix('*') {
            Some(begin) => {
                let begin: String = begin.chars().filter(|c| !c.is_whitespace()).collect();
                let digits = begin.strip_prefix('+')?;
                (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
                    .then_some(Self::Begin(begin))
            }
            None => PhoneNumber::international(text).map(Self::One),
        }
    }

    fn fits(&self, call: &Call) -> bool {
        let number = call.peer.number.as_ref();
        match self {
            Self::One(one) => number == Some(one),
            Self::Begin(begin) => number.is_some_and(|number| number.as_str().starts_with(begin.as_str())),
            Self::Hidden => call.peer.hidden,
        }
    }
}

fn check(values: &Map<String, Value>) -> Result<(), SettingsFault> {
    let number = values.get("number").and_then(Value::as_str);
    if number.is_some_and(|number| Numbers::of(number).is_none()) {
        let text = "`number` must be a full number such as \"+4511223344\", a beginning such as \"+4570*\", or \"hidden\".";
        return Err(SettingsFault::in_key("number", text));
    }
    if !["alert", "sound", "popup"].iter().any(|key| values.contains_key(*key)) {
        let text = "the rule does nothing; add alert = \"show\", alert = \"quiet\", sound or popup.";
        return Err(SettingsFault { key: None, text: text.to_owned() });
    }
    Ok(())
}

impl Rule {
    /// From the values of a checked `[[rule]]`.
    pub(crate) fn of(values: &Map<String, Value>) -> Self {
        let text = |key: &str| values.get(key).and_then(Value::as_str);
        let switch = |key: &str| values.get(key).and_then(Value::as_bool);
        Self {
            account: text("account").map(str::to_owned),
            line: text("line").map(str::to_lowercase),
            number: text("number").and_then(Numbers::of),
            kind: text("kind")
                .map(|kind| if kind == "missed" { AlertKind::Missed } else { AlertKind::Incoming }),
            shows: text("alert").map(|alert| alert == "show"),
            sounds: switch("sound"),
            pops_up: switch("popup"),
        }
    }

    fn fits(&self, call: &Call, kind: AlertKind) -> bool {
        let line = |wanted: &String| {
            let line = call.line.as_ref();
            line.is_some_and(|line| {
                line.id.to_lowercase() == *wanted
                    || line.name.as_ref().is_some_and(|name| name.to_lowercase() == *wanted)
            })
        };
        self.account.as_ref().is_none_or(|account| call.account.as_str() == account)
            && self.kind.is_none_or(|wanted| wanted == kind)
            && self.number.as_ref().is_none_or(|numbers| numbers.fits(call))
            && self.line.as_ref().is_none_or(line)
    }
}

/// The rule that decides on a call, and its number in the settings, counted from 1.
pub(crate) fn first_that_fits<'r>(
    rules: &'r [Rule],
    call: &Call,
    kind: AlertKind,
) -> Option<(usize, &'r Rule)> {
    (1..).zip(rules).find(|(_, rule)| rule.fits(call, kind))
}
