use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{CallId, PhoneNumber, Time};

/// What was done about an incoming call on this computer, and because of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Alerted {
    /// Whether an alert is shown.
    pub shown: bool,
    /// The reason, for programs.
    pub reason: Reason,
    /// The reason in words, for people.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub why: Cow<'static, str>,
    /// The call of another account that this one is, and whose alert stands for both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub same_as: Option<CallId>,
}

/// Why an alert was shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It rings the account's owner.
    RingsMe,
    /// The account's calls are all to be shown.
    AllCalls,
    /// Nobody answered.
    Missed,
    /// A rule of the settings says so.
    Rule,
    /// Do-not-disturb lets this caller through.
    LetThrough,
    /// It rings a colleague.
    SomebodyElse,
    /// The provider does not say whom it rings.
    ProviderSilent,
    /// The account's calls are not to be shown.
    SwitchedOff,
    /// The person wants quiet about this call.
    Silenced,
    /// The person wants quiet about this caller today.
    QuietCaller,
    /// Do-not-disturb.
    Dnd,
    /// Another report of the same call has the alert.
    SameCall,
    /// The screen is locked, and nothing is to be shown there.
    Locked,
    /// The screen is shared, and nothing is to be shown there.
    Sharing,
    /// The connection is lost: nobody knows whether it still rings.
    OutOfSight,
    /// It was over before this program ran.
    Earlier,
    /// It was answered before it was seen to ring.
    NeverRang,
}

impl Reason {
    /// The reason in words, where nothing more is to be said of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::RingsMe => "rings me",
            Self::AllCalls => "popups are on for all calls",
            Self::Missed => "missed",
            Self::Rule => "a rule says so",
            Self::LetThrough => "do not disturb lets this caller through",
            Self::SomebodyElse => "rings somebody else",
            Self::ProviderSilent => "rings a line, and nothing says that it rings me",
            Self::SwitchedOff => "popups are switched off for this account",
            Self::Silenced => "silenced",
            Self::QuietCaller => "this caller is to be quiet for today",
            Self::Dnd => "do not disturb is on",
            Self::SameCall => "the same call as one that is shown",
            Self::Locked => "the screen is locked",
            Self::Sharing => "the screen is shared",
            Self::OutOfSight => "the connection is lost",
            Self::Earlier => "it had ended before Ringside was started",
            Self::NeverRang => "it was not seen to ring",
        }
    }
}

impl Alerted {
    /// Not shown, for a reason that says all.
    pub fn quiet(reason: Reason) -> Self {
        Self { shown: false, reason, why: reason.words().into(), same_as: None }
    }
}

/// Who may see the screen, and what that means for callers' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Discretion {
    /// The screen is locked.
    pub locked: bool,
    /// The person has said that the screen is shared.
    pub sharing: bool,
    /// When that ends by itself.
    pub sharing_until: Option<Time>,
    /// The desktop's own do-not-disturb is on.
    pub inhibited: bool,
    /// Whether callers are not to be named at this moment.
    pub hides_names: bool,
}

/// A caller the person wants quiet about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct QuietCaller {
    /// Who.
    pub number: PhoneNumber,
    /// Until when.
    pub until: Time,
}
