//! A call of which nothing is known but that it rings my phone.

use model::{CallFact, CallState, Direction, Peer};
use protocols::{
    Instant,
    stringee::{Place, Turn},
};

use super::{Calls, Open, Watch};
use crate::stringee::people::Phone;

impl Calls {
    /// My phone rings, is busy or is free, as a topic said without naming a call. Nothing else may tell of the call.
    pub(in crate::stringee) fn phone(&mut self, now: Instant, phone: Phone) -> Option<CallFact> {
        match (phone, self.nameless.clone()) {
            (Phone::Ringing, None) => {
                let known = |open: &Open| open.mine == Some(true) && !open.answered;
                if self.open.values().any(known) {
                    return None;
                }
                self.nameless_count += 1;
                let id =
                    format!("phone-{}-{:x}", self.nameless_count, (now - Instant::default()).as_millis());
                self.nameless = Some(id.clone());
                let open = self.begin(now, &id);
                (open.rang_me, open.mine) = (true, Some(true));
                open.direction = Some(Direction::Incoming);
                Some(CallFact {
                    key: None,
                    direction: Some(Direction::Incoming),
                    state: Some(CallState::Ringing),
                    mine: Some(true),
                    peer: Some(Peer::default()),
                    people: vec![self.me.clone()],
                    ..CallFact::of(id)
                })
            }
            (Phone::Busy, Some(id)) => {
                let turn = (Turn::Answered, Place::OtherDevice);
                let fact = self.turned(now, &id, turn, Watch::Silent)?;
                Some(CallFact { key: None, ..fact })
            }
            (Phone::Idle, Some(id)) => {
                let fact = self.turned(now, &id, (Turn::Over, Place::Call), Watch::Silent)?;
                Some(CallFact { key: None, ..fact })
            }
            (Phone::Ringing, Some(_)) | (Phone::Busy | Phone::Idle, None) => None,
        }
    }

    /// The call that rings my phone namelessly is this one.
    pub(super) fn adopt_nameless(&mut self, id: &str) {
        if self.open.contains_key(id) {
            return;
        }
        let Some(nameless) = self.nameless.take() else { return };
        match self.open.remove(&nameless) {
            Some(open) if !open.answered => {
                self.open.insert(id.to_owned(), open);
            }
            Some(open) => {
                self.open.insert(nameless.clone(), open);
                self.nameless = Some(nameless);
            }
            None => {}
        }
    }
}
