//! One leg: one phone's or one carrier's part of a call.

use std::sync::Arc;

use model::Time;
use protocols::{
    Instant,
    kazoo::{ChannelEvent, user},
};

use super::presence::Doing;
use crate::firehose::me::{Part, Way};

/// The id that Kazoo gives the leg by which a click-to-call rings one's own phone (`quickcall.md` of Kazoo).
const QUICKCALL: &str = "-quickcall";

#[derive(Debug)]
pub(super) struct Leg {
    pub(super) id: Arc<str>,
    /// The number of the event by which it was first heard of.
    pub(super) number: u64,
    /// Likewise for that by which it was answered …
    pub(super) up_by: Option<u64>,
    /// … and was joined to another.
    pub(super) joined_by: Option<u64>,
    pub(super) way: Option<Way>,
    pub(super) part: Part,
    /// The user whose phone it is.
    pub(super) owner: Option<Arc<str>>,
    pub(super) phase: Phase,
    /// It was answered, and may have ended since.
    pub(super) was_up: bool,
    pub(super) held: bool,
    held_at: Option<i64>,
    /// The leg for which it rings.
    pub(super) parent: Option<Arc<str>>,
    /// Others ring for it.
    pub(super) rings: bool,
    /// The leg it is joined to, or was last.
    pub(super) partner: Option<Arc<str>>,
    /// A click-to-call's first leg: one's own phone rings, yet one is who calls.
    pub(super) click: bool,
    /// Heard of only after who it rang for had gone.
    pub(super) stale: bool,
    /// Its call was told to have ended.
    pub(super) past: bool,
    /// Of another account than the one whose channels can be asked for.
    pub(super) foreign: bool,
    pub(super) began: Instant,
    pub(super) up: Option<Instant>,
    pub(super) joined: Option<Instant>,
    pub(super) heard: Instant,
    pub(super) began_at: Time,
    pub(super) up_at: Option<Time>,
    pub(super) ended_at: Option<Time>,
    pub(super) caller: Named,
    pub(super) callee: Named,
    /// As dialled, on a leg into the switch.
    pub(super) dialled: Option<Box<str>>,
}

/// ```text
///  Ringing ──► Up ──► Ended
///     └──────────────────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Ringing,
    Up,
    Ended { at: Instant, cause: Cause },
}

/// A number and a name, as an event gives them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) number: Option<Box<str>>,
    pub(super) name: Option<Box<str>>,
}

/// Why a leg ended, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Another phone took the call.
    Elsewhere,
    /// Nobody answered, or the caller gave up.
    Unanswered,
    Busy,
    Rejected,
    Transferred,
    /// The usual end, or no cause given.
    Normal,
    /// It could not be reached.
    Failed,
    /// Its end was not heard.
    Lost,
}

impl Cause {
    fn of(text: Option<&str>) -> Self {
        match text {
            None | Some("NORMAL_CLEARING" | "NONE" | "SUCCESS") => Self::Normal,
            Some("LOSE_RACE" | "PICKED_OFF") => Self::Elsewhere,
            Some(
                "ORIGINATOR_CANCEL" | "NO_ANSWER" | "ALLOTTED_TIMEOUT" | "NO_USER_RESPONSE"
                | "PROGRESS_TIMEOUT",
            ) => Self::Unanswered,
            Some("USER_BUSY") => Self::Busy,
            Some("CALL_REJECTED") => Self::Rejected,
            Some("ATTENDED_TRANSFER" | "BLIND_TRANSFER") => Self::Transferred,
            Some(_) => Self::Failed,
        }
    }

    pub(super) fn of_event(event: &ChannelEvent<'_>) -> Self {
        Self::of(event.texts.hangup_cause.as_deref())
    }
}

impl Leg {
    pub(super) fn new(id: Arc<str>, number: u64, now: Instant, at: Time) -> Self {
        Self {
            click: id.ends_with(QUICKCALL),
            id,
            number,
            up_by: None,
            joined_by: None,
            way: None,
            part: Part::Far,
            owner: None,
            phase: Phase::Ringing,
            was_up: false,
            held: false,
            held_at: None,
            parent: None,
            rings: false,
            partner: None,
            stale: false,
            past: false,
            foreign: false,
            began: now,
            up: None,
            joined: None,
            heard: now,
            began_at: at,
            up_at: None,
            ended_at: None,
            caller: Named::default(),
            callee: Named::default(),
            dialled: None,
        }
    }

    /// Takes over what the event says and was not known.
    pub(super) fn learn(&mut self, event: &ChannelEvent<'_>) {
        let texts = &event.texts;
        self.way = self.way.or_else(|| Way::of(event));
        keep(&mut self.caller.number, texts.caller_number.as_deref());
        keep(&mut self.caller.name, texts.caller_name.as_deref());
        keep(&mut self.callee.number, texts.callee_number.as_deref());
        keep(&mut self.callee.name, texts.callee_name.as_deref());
        let dialled = texts.request.as_deref().or(texts.to.as_deref()).map(user);
        keep(&mut self.dialled, dialled);
    }

    pub(super) fn is_alive(&self) -> bool {
        matches!(self.phase, Phase::Ringing | Phase::Up)
    }

    pub(super) fn is_up(&self) -> bool {
        self.phase == Phase::Up
    }

    /// Whether it is a phone whose call can be shown.
    pub(super) fn counts(&self) -> bool {
        matches!(self.part, Part::Mine | Part::Theirs) && !self.stale
    }

    pub(super) fn is_mine(&self) -> bool {
        self.part == Part::Mine && !self.stale
    }

    /// Whether its owner is who calls.
    pub(super) fn calls(&self) -> bool {
        self.way == Some(Way::Inbound) || self.click
    }

    pub(super) fn cause(&self) -> Option<Cause> {
        match self.phase {
            Phase::Ended { cause, .. } => Some(cause),
            Phase::Ringing | Phase::Up => None,
        }
    }

    pub(super) fn ended(&self) -> Option<Instant> {
        match self.phase {
            Phase::Ended { at, .. } => Some(at),
            Phase::Ringing | Phase::Up => None,
        }
    }

    /// What its owner does by it.
    pub(super) fn doing(&self) -> Option<Doing> {
        if !self.counts() {
            return None;
        }
        match self.phase {
            Phase::Ringing if self.calls() => Some(Doing::Busy),
            Phase::Ringing => Some(Doing::Ringing),
            Phase::Up => Some(Doing::Busy),
            Phase::Ended { .. } => None,
        }
    }

    pub(super) fn answer(&mut self, by: u64, now: Instant, at: Time) {
        if self.phase == Phase::Ringing {
            self.phase = Phase::Up;
            self.up_by = Some(by);
            (self.up, self.up_at) = (Some(now), Some(at));
            self.was_up = true;
            self.stale = false;
        }
    }

    pub(super) fn join(&mut self, by: u64, now: Instant, other: Option<Arc<str>>) {
        self.partner = other.or(self.partner.take());
        self.joined_by = Some(by);
        self.joined = Some(now);
    }

    /// `at` orders what comes out of order.
    pub(super) fn hold(&mut self, held: bool, at: Option<i64>) {
        if self.held_at.zip(at).is_none_or(|(before, at)| before <= at) {
            self.held = held;
            self.held_at = at.or(self.held_at);
        }
    }

    pub(super) fn end(&mut self, now: Instant, at: Time, cause: Cause) {
        if self.is_alive() {
            self.phase = Phase::Ended { at: now, cause };
            self.ended_at = Some(at);
        }
    }
}

fn keep(known: &mut Option<Box<str>>, heard: Option<&str>) {
    if known.is_none() {
        *known = heard.map(Into::into);
    }
}
