//! How the office's calls go: who calls whom, who answers, how long they talk.

use std::time::Duration;

use super::{CallId, Callee, Ending, Happening, Line, ME, Office, Quiet, Step, Who, people};

impl Office {
    /// One thing that somebody else than me begins; nothing when everybody is occupied.
    pub(super) fn story(&mut self, at: Duration) -> Option<Happening> {
        let who = self.somebody()?;
        let talk = self.talk();
        match self.random.u32(0..100) {
            0..45 => {
                let call = self.engage(vec![who]);
                self.plan_incoming(at, call, who, talk);
                Some(Happening::CallCame { call, to: Callee::Person(who), from: self.caller() })
            }
            45..70 => {
                let line = Line(self.random.usize(0..self.lines.len().max(1)));
                let mut rung = vec![who];
                rung.extend(self.somebody().filter(|other| *other != who));
                rung.retain(|who| !self.is_quiet(*who));
                let by = *rung.first()?;
                let call = self.engage(rung.clone());
                self.plan_incoming(at, call, by, talk);
                Some(Happening::CallCame { call, to: Callee::Line(line, rung), from: self.caller() })
            }
            70..88 => {
                let call = self.engage(vec![who]);
                self.plan_outgoing(at, call, who);
                Some(Happening::CallMade { call, by: who, to_number: self.number_outside() })
            }
            _ => {
                let quiet = if self.is_quiet(who) {
                    Quiet::Off
                } else if self.random.bool() {
                    Quiet::For(self.between(60.0, 900.0))
                } else {
                    Quiet::On
                };
                self.set_quiet(who, quiet != Quiet::Off);
                if let Quiet::For(length) = quiet {
                    self.plan(at + length, Step::QuietOver(who));
                }
                Some(Happening::QuietChanged { who, quiet })
            }
        }
    }

    /// A call for me, and the plan for the one after it.
    pub(super) fn call_me(&mut self, at: Duration, happenings: &mut Vec<Happening>) {
        if self.is_occupied(ME) {
            self.plan(at + Duration::from_secs(4), Step::CallMe);
            return;
        }
        let first = !std::mem::replace(&mut self.called_me, true);
        let direct = first || self.random.u32(0..100) < 45;
        let rings = self.between(6.0, 13.0);
        let talk = self.between(8.0, 25.0);
        let dice = self.random.u32(0..100);
        let from = if first { self.contact_number() } else { self.caller() };
        if direct {
            let call = self.engage(vec![ME]);
            happenings.push(Happening::CallCame { call, to: Callee::Person(ME), from });
            match dice {
                0..45 => self.plan_talk(at + rings, call, ME, talk),
                45..60 => {
                    self.plan(at + rings, Step::Answer(call, ME));
                    self.plan(at + rings + talk, Step::Transfer(call));
                }
                60..85 => self.plan(at + rings, Step::End(call, Ending::Missed)),
                _ => self.plan(at + rings, Step::End(call, Ending::Voicemail)),
            }
        } else {
            let mut rung = vec![ME];
            let colleague = self.somebody().filter(|who| !self.is_quiet(*who));
            rung.extend(colleague);
            let call = self.engage(rung.clone());
            happenings.push(Happening::CallCame { call, to: Callee::Line(Line(0), rung), from });
            match (dice, colleague) {
                (0..40, Some(colleague)) => self.plan_talk(at + rings, call, colleague, talk),
                (0..75, _) => self.plan_talk(at + rings, call, ME, talk),
                (_, _) => self.plan(at + rings, Step::End(call, Ending::Missed)),
            }
        }
        let gap = self.between(20.0, 55.0);
        self.plan(at + gap, Step::CallMe);
    }

    fn plan_incoming(&mut self, at: Duration, call: CallId, by: Who, talk: Duration) {
        let rings = self.between(3.0, 15.0);
        match self.random.u32(0..100) {
            0..62 => self.plan_talk(at + rings, call, by, talk),
            62..70 => {
                self.plan(at + rings, Step::Answer(call, by));
                self.plan(at + rings + talk / 3, Step::Transfer(call));
            }
            70..92 => self.plan(at + rings, Step::End(call, Ending::Missed)),
            _ => self.plan(at + rings, Step::End(call, Ending::Voicemail)),
        }
    }

    pub(super) fn plan_outgoing(&mut self, at: Duration, call: CallId, by: Who) {
        let rings = self.between(3.0, 9.0);
        if self.random.u32(0..100) < 80 {
            let talk = self.talk();
            self.plan_talk(at + rings, call, by, talk);
        } else {
            self.plan(at + rings + Duration::from_secs(8), Step::End(call, Ending::Missed));
        }
    }

    fn plan_talk(&mut self, from: Duration, call: CallId, by: Who, talk: Duration) {
        self.plan(from, Step::Answer(call, by));
        self.plan(from + talk, Step::End(call, Ending::HungUp));
    }

    /// How long people talk: short enough that about a third of them is in a call.
    fn talk(&mut self) -> Duration {
        #[expect(clippy::cast_precision_loss, reason = "a number of people")]
        let people = self.people.len() as f64;
        let mean = if self.rate > 0.0 { (people / self.rate).clamp(4.0, 120.0) } else { 30.0 };
        self.between(mean * 0.4, mean * 1.6)
    }

    /// The number of somebody outside; now and then withheld.
    fn caller(&mut self) -> Option<String> {
        match self.random.u32(0..100) {
            0..15 => None,
            15..65 => self.contact_number(),
            _ => Some(people::mobile(&mut self.random)),
        }
    }

    fn number_outside(&mut self) -> String {
        self.contact_number().unwrap_or_else(|| people::mobile(&mut self.random))
    }

    fn contact_number(&mut self) -> Option<String> {
        let at = self.random.usize(0..self.contacts.len().max(1));
        self.contacts.get(at).map(|contact| contact.number.clone())
    }
}
