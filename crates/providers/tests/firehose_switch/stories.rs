//! What can happen, and what it is to the account's owner.

use model::Outcome;

use crate::switch::Story;

const ANSWERED: &[Outcome] = &[Outcome::Answered];
const MISSED: &[Outcome] = &[Outcome::Missed];
const ELSEWHERE: &[Outcome] = &[Outcome::AnsweredElsewhere];
const TRANSFERRED: &[Outcome] = &[Outcome::Transferred];

impl Story {
    pub(crate) fn direct(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a call to my number";
        let caller = self.create(true, None, None);
        let phones = self.ring(rng, 0, caller);
        self.pass(rng, 3..20);
        match rng.u8(0..5) {
            0 | 1 => {
                let winner = rng.choice(&phones).copied().unwrap();
                self.pick_up(rng, &phones, winner, caller);
                self.speak(rng, winner, caller);
                self.mine.push(ANSWERED);
            }
            2 => {
                self.give_up(&phones, caller);
                self.mine.push(MISSED);
            }
            3 => {
                self.voicemail(rng, &phones, caller);
                self.mine.push(MISSED);
            }
            _ => {
                let cause = if rng.bool() { "USER_BUSY" } else { "CALL_REJECTED" };
                for phone in phones {
                    self.destroy(phone, cause);
                }
                self.destroy(caller, cause);
                self.mine.push(if cause == "USER_BUSY" { &[Outcome::Busy] } else { &[Outcome::Declined] });
            }
        }
    }

    pub(crate) fn ring_group(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a ring group";
        let caller = self.create(true, None, None);
        if rng.bool() {
            self.answer(caller);
        }
        let with_me = rng.u8(0..4) > 0;
        let mut phones = if with_me { self.ring(rng, 0, caller) } else { Vec::new() };
        let mine = phones.len();
        for person in 1..rng.usize(2..=4) {
            phones.extend(self.ring(rng, person, caller));
        }
        rng.shuffle(phones.get_mut(mine..).unwrap());
        self.pass(rng, 3..20);
        match rng.u8(0..4) {
            0 | 1 => {
                let winner = rng.choice(&phones).copied().unwrap();
                self.pick_up(rng, &phones, winner, caller);
                self.speak(rng, winner, caller);
                if with_me {
                    self.mine.push(if self.legs[winner].is_mine() { ANSWERED } else { ELSEWHERE });
                }
            }
            2 => {
                self.give_up(&phones, caller);
                self.mine.extend(with_me.then_some(MISSED));
            }
            _ => {
                self.voicemail(rng, &phones, caller);
                self.mine.extend(with_me.then_some(MISSED));
            }
        }
    }

    pub(crate) fn queue(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a queue that tries one after the other";
        let caller = self.create(true, None, None);
        self.answer(caller);
        self.pass(rng, 1..60);
        let mut order = vec![0, 1, 2, 3];
        rng.shuffle(&mut order);
        let tries = rng.usize(1..=4);
        let mut rang_me = false;
        for (at, person) in order.into_iter().take(tries).enumerate() {
            let phones = self.ring(rng, person, caller);
            rang_me |= person == 0;
            self.pass(rng, 4..15);
            if at + 1 < tries {
                for phone in phones {
                    self.destroy(phone, "ALLOTTED_TIMEOUT");
                }
                self.now += rng.u64(100..1_500);
            } else if rng.bool() {
                let winner = rng.choice(&phones).copied().unwrap();
                self.pick_up(rng, &phones, winner, caller);
                self.speak(rng, winner, caller);
                self.mine.extend(rang_me.then_some(if person == 0 { ANSWERED } else { ELSEWHERE }));
            } else {
                self.give_up(&phones, caller);
                self.mine.extend(rang_me.then_some(MISSED));
            }
        }
    }

    pub(crate) fn outgoing(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a call to the outside";
        let person = rng.usize(0..2);
        let caller = self.create(true, Some((person, 0)), None);
        self.now += rng.u64(100..2_000);
        let far = self.create(false, None, Some(caller));
        self.pass(rng, 3..20);
        let outcome = match rng.u8(0..5) {
            0 | 1 => {
                self.answer(far);
                self.answer(caller);
                self.bridge(caller, far);
                self.speak(rng, caller, far);
                ANSWERED
            }
            2 => {
                self.destroy(far, "USER_BUSY");
                self.destroy(caller, "USER_BUSY");
                &[Outcome::Busy]
            }
            3 => {
                self.destroy(caller, "ORIGINATOR_CANCEL");
                self.destroy(far, "ORIGINATOR_CANCEL");
                MISSED
            }
            _ => {
                self.destroy(far, "UNALLOCATED_NUMBER");
                self.destroy(caller, "UNALLOCATED_NUMBER");
                &[Outcome::Failed]
            }
        };
        self.mine.extend((person == 0).then_some(outcome));
    }

    pub(crate) fn internal(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a call between colleagues";
        let mut people = [0, 1, 2];
        rng.shuffle(&mut people);
        let [from, to, _] = people;
        let caller = self.create(true, Some((from, 0)), None);
        let phones = self.ring(rng, to, caller);
        self.pass(rng, 3..20);
        let outcome = match rng.u8(0..3) {
            0 => {
                let winner = rng.choice(&phones).copied().unwrap();
                self.pick_up(rng, &phones, winner, caller);
                self.speak(rng, winner, caller);
                ANSWERED
            }
            1 => {
                self.give_up(&phones, caller);
                MISSED
            }
            _ => {
                for phone in phones {
                    self.destroy(phone, "NO_ANSWER");
                }
                self.destroy(caller, "NO_ANSWER");
                MISSED
            }
        };
        self.mine.extend((from == 0 || to == 0).then_some(outcome));
    }

    pub(crate) fn forward(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a forward";
        let person = rng.usize(0..2);
        let caller = self.create(true, None, None);
        let phones = if rng.bool() { self.ring(rng, person, caller) } else { Vec::new() };
        let hidden = self.add(false, Some((person, 0)), Some(caller));
        self.legs[hidden].loopback = true;
        self.happen(hidden, "CHANNEL_CREATE");
        let carrier = self.create(false, None, Some(hidden));
        self.pass(rng, 3..20);
        let rings_me = person == 0 && !phones.is_empty();
        if rng.bool() {
            self.answer(carrier);
            self.answer(hidden);
            self.pick_up(rng, &phones, hidden, caller);
            self.pass(rng, 10..40);
            for leg in [caller, hidden, carrier] {
                self.destroy(leg, "NORMAL_CLEARING");
            }
            self.mine.extend(rings_me.then_some(ELSEWHERE));
        } else {
            self.destroy(carrier, "ORIGINATOR_CANCEL");
            self.destroy(hidden, "ORIGINATOR_CANCEL");
            self.give_up(&phones, caller);
            self.mine.extend(rings_me.then_some(MISSED));
        }
    }

    pub(crate) fn blind_transfer(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a blind transfer";
        let mut people = [0, 1, 2];
        rng.shuffle(&mut people);
        let [by, to, _] = people;
        let caller = self.create(true, None, None);
        let phones = self.ring(rng, by, caller);
        self.pass(rng, 3..20);
        let winner = rng.choice(&phones).copied().unwrap();
        self.pick_up(rng, &phones, winner, caller);
        self.pass(rng, 10..40);
        self.happen(caller, "CHANNEL_UNBRIDGE");
        let other = self.legs[winner].id.clone();
        self.happenings.last_mut().unwrap().other = Some(other);
        let first = rng.bool();
        if first {
            self.destroy(winner, "BLIND_TRANSFER");
        }
        let phones = self.ring(rng, to, caller);
        if !first {
            self.destroy(winner, "BLIND_TRANSFER");
        }
        self.mine.extend((by == 0).then_some(TRANSFERRED));
        self.pass(rng, 3..20);
        let outcome = if rng.bool() {
            let winner = rng.choice(&phones).copied().unwrap();
            self.pick_up(rng, &phones, winner, caller);
            self.speak(rng, winner, caller);
            ANSWERED
        } else {
            self.voicemail(rng, &phones, caller);
            MISSED
        };
        self.mine.extend((to == 0).then_some(outcome));
    }

    pub(crate) fn attended_transfer(&mut self, rng: &mut fastrand::Rng) {
        self.title = "an attended transfer";
        let mut people = [0, 1, 2];
        rng.shuffle(&mut people);
        let [by, to, _] = people;
        let caller = self.create(true, None, None);
        let phone = self.create(false, Some((by, 0)), Some(caller));
        self.pass(rng, 3..20);
        self.pick_up(rng, &[phone], phone, caller);
        self.pass(rng, 5..20);
        self.happen(phone, "CHANNEL_HOLD");
        self.pass(rng, 2..5);
        let second = self.create(true, Some((by, 0)), None);
        let target = self.create(false, Some((to, 0)), Some(second));
        self.pass(rng, 3..20);
        self.pick_up(rng, &[target], target, second);
        self.pass(rng, 5..20);
        self.bridge(caller, target);
        self.destroy(phone, "ATTENDED_TRANSFER");
        self.destroy(second, "ATTENDED_TRANSFER");
        self.pass(rng, 10..40);
        self.destroy(target, "NORMAL_CLEARING");
        self.destroy(caller, "NORMAL_CLEARING");
        if by == 0 {
            self.mine.extend([TRANSFERRED, TRANSFERRED]);
        }
        self.mine.extend((to == 0).then_some(ANSWERED));
    }

    pub(crate) fn park(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a parked call";
        let mut people = [0, 1, 2];
        rng.shuffle(&mut people);
        let [by, to, _] = people;
        let caller = self.create(true, None, None);
        let phone = self.create(false, Some((by, 0)), Some(caller));
        self.pass(rng, 3..20);
        self.pick_up(rng, &[phone], phone, caller);
        self.pass(rng, 5..20);
        self.happen(caller, "PARK_PARKED");
        self.destroy(phone, "NORMAL_CLEARING");
        self.mine.extend((by == 0).then_some([Outcome::Transferred, Outcome::Answered].as_slice()));
        self.pass(rng, 10..60);
        if rng.bool() {
            self.happen(caller, "PARK_ABANDONED");
            self.destroy(caller, "NORMAL_CLEARING");
            return;
        }
        let fetches = self.create(true, Some((to, 0)), None);
        self.answer(fetches);
        self.happen(caller, "PARK_RETRIEVED");
        self.bridge(fetches, caller);
        self.speak(rng, fetches, caller);
        self.mine.extend((to == 0).then_some(ANSWERED));
    }

    pub(crate) fn click_to_call(&mut self, rng: &mut fastrand::Rng) {
        self.title = "a click to call";
        let person = rng.usize(0..2);
        let phone = self.add(false, Some((person, 0)), None);
        self.legs[phone].id = format!("{}-quickcall", self.legs[phone].id);
        self.happen(phone, "CHANNEL_CREATE");
        self.pass(rng, 2..10);
        let outcome = match rng.u8(0..3) {
            0 => {
                self.destroy(phone, "NO_ANSWER");
                MISSED
            }
            1 => {
                self.answer(phone);
                self.now += rng.u64(100..1_000);
                let far = self.create(false, None, Some(phone));
                self.pass(rng, 2..10);
                self.destroy(far, "USER_BUSY");
                self.destroy(phone, "NORMAL_CLEARING");
                // My own leg's end may come first, and does not say why.
                &[Outcome::Busy, Outcome::Missed]
            }
            _ => {
                self.answer(phone);
                self.now += rng.u64(100..1_000);
                let far = self.create(false, None, Some(phone));
                self.pass(rng, 2..10);
                self.answer(far);
                self.bridge(phone, far);
                self.speak(rng, phone, far);
                ANSWERED
            }
        };
        self.mine.extend((person == 0).then_some(outcome));
    }
}
