//! What the history gives to the present: missed calls nobody has looked at, notes, reminders, and how long nobody
//! was here to hear anything.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use model::{AccountId, Call, CallId, CallState, ConnectionState, Event, Noted, PhoneNumber, Time};
use protocols::Instant;

use super::{Core, Effect};
use crate::{
    Alert, AlertAction, AlertKind,
    alert::wishes::Naming,
    history::Reminder,
    store::{Loaded, Mark, Remembered, Write},
};

/// So much of a gap may have been heard, if the program ended without a word.
const NOTE_ALIVE_EVERY: Duration = Duration::from_secs(60);

/// So many characters of a note are shown while it rings.
const NOTE_SHOWN: usize = 200;

/// What is at hand of the past.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Missed calls nobody has looked at, as far as the history knows of them already.
    unseen: BTreeSet<CallId>,
    /// Calls that an earlier run of the program knew to be missed.
    missed_before: BTreeSet<CallId>,
    notes: BTreeMap<PhoneNumber, String>,
    reminders: Vec<Reminder>,
    /// The last sign of life of each account in the program's last run.
    alive: BTreeMap<AccountId, Time>,
    pub(super) note_alive_at: Instant,
}

impl Past {
    /// Whoever adds an account of this name again begins anew.
    pub(super) fn forget(&mut self, account: &AccountId) {
        self.alive.remove(account);
    }
}

impl Core {
    /// What was known when the program ended last.
    pub fn load(&mut self, loaded: Loaded) {
        for (account, gap) in loaded.gaps {
            self.snapshot.remember_gap(&account, gap);
        }
        for (key, call) in loaded.keys {
            self.snapshot.remember_key(key, call);
        }
        self.past.missed_before = loaded.missed.into_iter().collect();
        self.past.alive = loaded.alive;
        self.remember(loaded.remembered);
    }

    /// What the history has from here on.
    pub fn remember(&mut self, known: Remembered) {
        self.past.unseen = known.unseen.into_iter().collect();
        self.missed.retain(|call| !self.past.unseen.contains(call));
        self.past.notes = known.notes;
        self.past.reminders = known.reminders;
    }

    /// When this account was heard of last, by a former link or before the program was started.
    pub fn heard_until(&self, account: &AccountId) -> Option<Time> {
        let connection = self.snapshot.connection_of(account);
        let heard_at = connection.and_then(|connection| connection.last_heard_at);
        heard_at.or_else(|| self.past.alive.get(account).copied())
    }

    /// The missed calls have been looked at.
    pub fn missed_seen(&mut self) {
        let unseen = std::mem::take(&mut self.past.unseen);
        for call in std::mem::take(&mut self.missed).into_iter().chain(unseen) {
            self.withdraw(&call);
        }
        self.effects.push(Effect::Keep(Write::Seen(None)));
    }

    /// What makes this call the same one in another account, if that is heard for the first time.
    pub(super) fn unknown_key(&self, event: &Event) -> Option<String> {
        let Event::Call(fact) = event else { return None };
        let key = fact.key.as_deref().filter(|key| self.snapshot.call_of_key(key).is_none());
        key.map(str::to_owned)
    }

    /// It must make it the same one also after the program was started again.
    pub(super) fn keep_key(&mut self, key: Option<String>) {
        if let Some(key) = key
            && let Some(call) = self.snapshot.call_of_key(&key)
        {
            self.effects.push(Effect::Keep(Write::Key(call.clone(), key)));
        }
    }

    /// Whether the end of a call is news: clocks differ, and so a time alone does not tell what an earlier run has heard.
    pub(super) fn is_news(&self, call: &Call, seen_open: bool) -> bool {
        seen_open
            || !self.past.missed_before.contains(&call.id)
                && call.ended_at.is_none_or(|at| at >= self.started_at)
    }

    /// How many missed calls nobody has looked at.
    pub(super) fn missed_count(&self) -> u32 {
        // Of what rings on in another account it is not known yet.
        let is_over = |call: &&CallId| self.alerts.same.group(call).is_none();
        let unseen = self.past.unseen.iter().filter(is_over).count();
        u32::try_from(self.missed.len() + unseen).unwrap_or(u32::MAX)
    }

    /// One missed call has been looked at.
    pub fn missed_call_seen(&mut self, call: &CallId) {
        // The alert may stand under the name that another account has for it.
        let is_it = |missed: &CallId| missed == call || self.same_call(missed) == Some(call);
        let mut seen: Vec<CallId> = self.missed.iter().chain(&self.past.unseen).cloned().collect();
        seen.retain(is_it);
        self.missed.retain(|missed| !seen.contains(missed));
        self.past.unseen.retain(|missed| !seen.contains(missed));
        if !seen.is_empty() {
            self.withdraw(call);
        }
        if !seen.contains(call) {
            seen.push(call.clone());
        }
        self.effects.extend(seen.into_iter().map(|call| Effect::Keep(Write::Seen(Some(call)))));
    }

    /// The history is about to be changed so: what is shown must not say otherwise.
    pub fn marked(&mut self, mark: &Mark) {
        match mark {
            Mark::Private(call) => self.snapshot.forget_peer(call),
            Mark::Erase(what) => {
                let snapshot = &self.snapshot;
                let gone = |id: &CallId| snapshot.find_call(id).is_some_and(|call| what.concerns(call));
                let gone: Vec<CallId> = self.missed.iter().filter(|id| gone(id)).cloned().collect();
                for call in gone {
                    self.missed.retain(|missed| *missed != call);
                    self.withdraw(&call);
                }
                self.snapshot.forget_ended(|call| what.concerns(call));
            }
            Mark::Note(..) | Mark::Remind(..) => {}
        }
    }

    /// An account that was never heard of before is; one that was has a time without the program to account for first.
    pub(super) fn note_first_alive(&mut self, account: &AccountId, heard_at: Option<Time>) {
        if let (Some(at), false) = (heard_at, self.past.alive.contains_key(account)) {
            self.past.alive.insert(account.clone(), at);
            self.effects.push(Effect::Keep(Write::Alive(account.clone(), at)));
        }
    }

    /// Says which accounts are heard of at this moment.
    pub fn note_alive(&mut self, now: Instant) {
        self.past.note_alive_at = now + NOTE_ALIVE_EVERY;
        for (account, facts) in self.snapshot.accounts() {
            let Some(connection) = &facts.connection else { continue };
            if let (ConnectionState::Live, Some(heard_at)) = (connection.state, connection.last_heard_at) {
                self.effects.push(Effect::Keep(Write::Alive(account.clone(), heard_at)));
            }
        }
    }

    /// Reminds of the calls to be returned by now.
    pub(super) fn remind(&mut self, wall: Time) {
        let (naming, _) = self.screen().naming(&self.alerts.wishes, AlertKind::Missed);
        if naming == Naming::None || self.dnd.is_on() {
            return;
        }
        let due: Vec<Reminder> = self.past.reminders.extract_if(.., |reminder| reminder.at <= wall).collect();
        for reminder in due {
            let mut actions = vec![AlertAction::Open];
            if reminder.number.is_some() {
                actions.push(AlertAction::CallBack);
            }
            let number =
                reminder.number.map(|number| number.to_string()).filter(|text| *text != reminder.title);
            let body: Vec<String> = number.into_iter().chain(reminder.note).collect();
            let names = naming == Naming::Show;
            let alert = Alert {
                call: reminder.call.clone(),
                kind: AlertKind::Missed,
                title: if names { format!("Call back: {}", reminder.title) } else { "Call back".to_owned() },
                body: if names { body.join("\n") } else { String::new() },
                actions,
                crm_host: None,
                sound: None,
            };
            self.show(alert);
            self.effects.push(Effect::Keep(Write::Reminded(reminder.call)));
        }
    }

    /// What was noted about this caller, beside who it is.
    pub(super) fn add_note(&self, call: &Call, alert: &mut Alert) {
        if alert.kind != AlertKind::Incoming {
            return;
        }
        let Some(Noted { note, call_back }) = self.noted(call) else { return };
        if let Some(line) = note.as_deref().and_then(|note| note.lines().next()) {
            let note = format!("Note: {line}");
            alert.body.extend(["\n", &note]);
        }
        if call_back {
            alert.body.push_str("\nYou wanted to call back.");
        }
    }

    /// The same of all calls whose ringing is shown with the caller's name.
    pub(super) fn notes_of(&self, calls: &[Arc<Call>]) -> BTreeMap<CallId, Noted> {
        if self.discretion().hides_names {
            return BTreeMap::new();
        }
        let is_shown = |call: &&Arc<Call>| {
            call.state == CallState::Ringing && self.decision(&call.id).is_some_and(|decided| decided.shown)
        };
        calls.iter().filter(is_shown).filter_map(|call| Some((call.id.clone(), self.noted(call)?))).collect()
    }

    fn noted(&self, call: &Call) -> Option<Noted> {
        let number = call.peer.number.as_ref()?;
        let note = self.past.notes.get(number).map(|note| beginning(note));
        let call_back = self.past.reminders.iter().any(|reminder| reminder.number.as_ref() == Some(number));
        (note.is_some() || call_back).then_some(Noted { note, call_back })
    }
}

fn beginning(note: &str) -> String {
    if note.chars().nth(NOTE_SHOWN).is_none() {
        return note.to_owned();
    }
    note.chars().take(NOTE_SHOWN - 1).chain(['…']).collect()
}
