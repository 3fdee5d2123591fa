//! What must outlast the program: what was switched on, and until when.

use std::collections::BTreeMap;

use model::{AccountId, Problem, ProblemCode, Time};
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;

/// The file `dnd.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    version: u32,
    pub(super) manual: Option<KeptManual>,
    pub(super) held_off_until: Option<Time>,
    pub(super) accounts: BTreeMap<AccountId, KeptSite>,
}

/// What a person switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptManual {
    pub(super) since: Time,
    #[serde(flatten)]
    pub(super) end: KeptEnd,
}

/// How it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub(super) enum KeptEnd {
    After { until: Time },
    At { until: Time },
    Open { asks_at: Time },
}

/// What stands between us and an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptSite {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ours: Option<Ours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) yielded: Option<Yielded>,
}

/// We switched it on there, or are about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ours {
    pub(super) layer: LayerId,
    /// The end it was given; `None`: none.
    pub(super) until: Option<Time>,
    /// It was seen to be on.
    pub(super) proven: bool,
    /// The end that was seen there before `until` was asked for, as long as that one is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) former: Option<Given>,
}

/// An end it was given; `None`: none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Given {
    pub(super) until: Option<Time>,
}

/// This layer is not wanted any more in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Yielded {
    pub(super) layer: LayerId,
    /// Somebody switched it off there; otherwise its time was over there a little before it was here.
    pub(super) elsewhere: bool,
}

/// What do-not-disturb is on by: which one, told from others by when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LayerId {
    Manual(Time),
    Schedule(Time),
}

impl Kept {
    pub(super) fn of(
        manual: Option<KeptManual>,
        held_off_until: Option<Time>,
        accounts: BTreeMap<AccountId, KeptSite>,
    ) -> Self {
        Self { version: VERSION, manual, held_off_until, accounts }
    }

    /// # Errors
    /// If it is not such a file, or one of a newer program.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Problem> {
        let kept = serde_json::from_slice::<Self>(text).ok().filter(|kept| kept.version == VERSION);
        kept.ok_or_else(|| {
            let text = "What do-not-disturb remembers (dnd.json in the state folder) cannot be read and is left as it \
                        is; remove the file, and look whether do-not-disturb is on in your accounts.";
            Problem::new(ProblemCode::Storage, text)
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
