//! What is left to do once all that came together has been considered.

use std::collections::BTreeMap;

use model::{Alerted, CallId, Reason};

use crate::{
    AlertKind,
    core::{Core, Effect},
    store::Write,
};

/// What becomes of a call's alert in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Rings,
    Missed,
    Withdrawn,
}

impl Core {
    /// What is to be done since the last call, in order, but for alerts that are replaced or over by now: of a call
    /// that came and went while nobody could hear, nobody is to see a flash.
    pub fn settled(&mut self) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.effects().collect();
        let fates = fates(&effects);
        if fates.is_empty() {
            return effects;
        }
        let was_decided = |call: &CallId| {
            let is_it = |effect: &Effect| matches!(effect, Effect::Keep(Write::Decided { call: of, shown: true, .. }) if of == call);
            effects.iter().any(is_it)
        };
        let never_shown: Vec<CallId> = fates
            .iter()
            .filter(|&(call, (_, fate))| *fate == Fate::Withdrawn && was_decided(call))
            .map(|(call, _)| call.clone())
            .collect();
        let mut place = 0;
        effects.retain(|effect| {
            place += 1;
            if let Effect::Show(alert) = effect {
                fates.get(&alert.call).is_none_or(|(last, _)| *last == place)
            } else if let Effect::PopUp(call) = effect {
                fates.get(call).is_none_or(|(_, fate)| *fate == Fate::Rings)
            } else {
                true
            }
        });
        // What observers are told depends on the facts alone, not on how they came together.
        if !self.observed {
            never_shown.iter().for_each(|call| self.decided(call, Alerted::quiet(Reason::NeverRang)));
            effects.append(&mut self.effects);
        }
        effects
    }
}

/// What is last done about each call's alert, and as the how manieth effect.
fn fates(effects: &[Effect]) -> BTreeMap<CallId, (usize, Fate)> {
    let fate = |(place, effect): (usize, &Effect)| {
        let (call, fate) = if let Effect::Show(alert) = effect {
            let rings = alert.kind != AlertKind::Missed;
            (&alert.call, if rings { Fate::Rings } else { Fate::Missed })
        } else if let Effect::Withdraw(call) = effect {
            (call, Fate::Withdrawn)
        } else {
            return None;
        };
        Some((call.clone(), (place + 1, fate)))
    };
    effects.iter().enumerate().filter_map(fate).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use model::{AccountId, CallFact, CallState, Direction, Event, Outcome, Time};
    use protocols::Instant;

    use super::*;
    use crate::Settings;

    const AT: Time = Time::from_millis(1_763_712_000_000);

    /// Calls to one account, told by hand and all at once.
    struct Office(Core);

    impl Office {
        fn new() -> Self {
            let mut core = Core::new(Settings::default(), AT, false);
            let settings = "popup_window = true\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n";
            core.replace_settings(Settings::parse(settings));
            core.settled();
            Self(core)
        }

        fn hear(&mut self, id: &str, state: CallState, outcome: Option<Outcome>) {
            let fact = CallFact {
                state: Some(state),
                direction: Some(Direction::Incoming),
                mine: Some(true),
                outcome,
                ..CallFact::of(id)
            };
            let now = Instant::at(Duration::from_secs(1_000));
            self.0.report(now, &AccountId::from("work"), AT, vec![Event::from(fact)]);
        }

        fn settled(&mut self) -> Vec<String> {
            let word = |effect: Effect| {
                if let Effect::Show(alert) = effect {
                    Some(format!("show {:?} {}", alert.kind, alert.call))
                } else if let Effect::PopUp(call) = effect {
                    Some(format!("pop up {call}"))
                } else if let Effect::Withdraw(call) = effect {
                    Some(format!("withdraw {call}"))
                } else if let Effect::Keep(Write::Decided { call, shown, why }) = effect {
                    Some(format!("keep {call} {shown} {why}"))
                } else {
                    None
                }
            };
            self.0.settled().into_iter().filter_map(word).collect()
        }
    }

    #[test]
    fn a_call_that_came_and_went_meanwhile_does_not_flash() {
        let mut office = Office::new();
        office.hear("u1", CallState::Ringing, None);
        office.hear("u1", CallState::Ended, Some(Outcome::AnsweredElsewhere));
        office.hear("u2", CallState::Ringing, None);
        let told = office.settled();
        let alerts = told.iter().filter(|word| !word.starts_with("keep"));
        assert_eq!(
            alerts.collect::<Vec<_>>(),
            ["withdraw work/u1", "show Incoming work/u2", "pop up work/u2"],
            "what still rings is shown"
        );
        assert_eq!(told.last().unwrap(), "keep work/u1 false it was not seen to ring");
        assert!(!office.0.decision(&"work/u1".into()).unwrap().shown);
    }

    #[test]
    fn a_call_that_was_missed_meanwhile_is_told_as_missed_and_nothing_pops_up() {
        let mut office = Office::new();
        office.hear("u1", CallState::Ringing, None);
        office.hear("u1", CallState::Ended, Some(Outcome::Missed));
        let told = office.settled();
        let alerts: Vec<_> = told.iter().filter(|word| !word.starts_with("keep")).collect();
        assert_eq!(alerts, ["show Missed work/u1"]);
        assert_eq!(told.last().unwrap(), "keep work/u1 true missed");
        assert_eq!(office.0.view().missed, 1);
    }

    #[test]
    fn what_was_before_the_person_is_withdrawn_as_ever() {
        let mut office = Office::new();
        office.hear("u1", CallState::Ringing, None);
        assert_eq!(office.settled()[..2], ["show Incoming work/u1", "pop up work/u1"]);
        office.hear("u1", CallState::Answered, None);
        assert_eq!(office.settled(), ["withdraw work/u1"]);
        assert!(office.0.decision(&"work/u1".into()).unwrap().shown, "it was shown");
    }
}
