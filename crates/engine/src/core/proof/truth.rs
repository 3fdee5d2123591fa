//! What is so in a generated world, whoever hears of it.

use model::{Availability, CallFact, CallState, Direction, Outcome, Peer, PersonFact, PhoneNumber, Time};

/// A call as it is.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) id: String,
    /// The accounts that see it.
    pub(super) seats: Vec<usize>,
    pub(super) direction: Direction,
    pub(super) phase: Phase,
    pub(super) whose: Whose,
    pub(super) rang_me: bool,
    answered: bool,
    pub(super) ended_at: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Ringing,
    Answered,
    Held,
    Ended(Outcome),
}

/// Whom it rings, or who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Me,
    Colleague,
    Line,
}

/// Whether a call that ended is one that I missed, and have not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missed {
    Yes,
    Perhaps,
    No,
}

impl Truth {
    pub(super) fn new(number: usize, seats: Vec<usize>, choice: u8) -> Self {
        let whose = match choice % 4 {
            0 | 1 => Whose::Me,
            2 => Whose::Colleague,
            _ => Whose::Line,
        };
        let direction = if choice % 16 < 13 { Direction::Incoming } else { Direction::Outgoing };
        Self {
            id: format!("c{number}"),
            seats,
            direction,
            phase: Phase::Ringing,
            whose,
            rang_me: whose == Whose::Me,
            answered: false,
            ended_at: None,
        }
    }

    pub(super) fn open(&self) -> bool {
        !matches!(self.phase, Phase::Ended(_))
    }

    pub(super) fn rings_me(&self) -> bool {
        self.phase == Phase::Ringing && self.whose == Whose::Me && self.direction == Direction::Incoming
    }

    /// Whether it ended as one that I missed.
    pub(super) fn missed(&self) -> Missed {
        let unanswered = matches!(self.phase, Phase::Ended(Outcome::Missed | Outcome::Voicemail));
        match self.whose {
            _ if !unanswered || self.direction == Direction::Outgoing || !self.rang_me => Missed::No,
            Whose::Me => Missed::Yes,
            // Whether it was passed on may have happened out of sight.
            Whose::Colleague | Whose::Line => Missed::Perhaps,
        }
    }

    /// What comes next in it; whether that is possible.
    pub(super) fn go(&mut self, step: Next, wall: Time) -> bool {
        let to = match (step, self.phase) {
            (Next::Answer(whose), Phase::Ringing) => {
                (self.whose, self.answered) = (whose, true);
                Phase::Answered
            }
            (Next::Hold, Phase::Answered) => Phase::Held,
            (Next::Resume, Phase::Held) => Phase::Answered,
            (Next::Transfer, Phase::Answered | Phase::Held)
                if self.whose != Whose::Me && self.direction == Direction::Incoming =>
            {
                (self.whose, self.rang_me) = (Whose::Me, true);
                Phase::Ringing
            }
            // Ringing again after an answer is told from a late report only by ringing me.
            (Next::PassOn, Phase::Ringing) if self.whose == Whose::Me && !self.answered => {
                self.whose = Whose::Line;
                Phase::Ringing
            }
            (Next::RingColleague, Phase::Ringing) if self.whose == Whose::Line => {
                self.whose = Whose::Colleague;
                Phase::Ringing
            }
            (Next::RingMe, Phase::Ringing) if self.whose != Whose::Me => {
                (self.whose, self.rang_me) = (Whose::Me, true);
                Phase::Ringing
            }
            (Next::End(choice), phase) if self.open() => {
                self.ended_at = Some(wall);
                Phase::Ended(self.outcome(phase, choice))
            }
            _ => return false,
        };
        self.phase = to;
        true
    }

    fn outcome(&self, phase: Phase, choice: u8) -> Outcome {
        let among: &[Outcome] = match (phase, self.whose) {
            (Phase::Ringing, Whose::Me) => {
                &[Outcome::Missed, Outcome::AnsweredElsewhere, Outcome::Declined, Outcome::Voicemail]
            }
            (Phase::Ringing, _) => &[Outcome::Missed, Outcome::Busy, Outcome::Failed, Outcome::Voicemail],
            (_, Whose::Me) => &[Outcome::Answered, Outcome::Transferred],
            _ if self.rang_me => &[Outcome::AnsweredElsewhere],
            _ => &[Outcome::Answered],
        };
        among[usize::from(choice) % among.len()]
    }

    /// What an account that sees it says of it.
    pub(super) fn facts(&self) -> Vec<CallFact> {
        let fact = || CallFact {
            key: Some(format!("switch:{}", self.id)),
            direction: Some(self.direction),
            peer: Some(Peer {
                number: PhoneNumber::international(&self.number()),
                raw: Some(self.number()),
                ..Peer::default()
            }),
            ..CallFact::of(self.id.as_str())
        };
        let ringing =
            |mine, passed_on| CallFact { state: Some(CallState::Ringing), mine, passed_on, ..fact() };
        let spoken = match self.whose {
            Whose::Me => Some(true),
            Whose::Colleague => Some(false),
            Whose::Line => None,
        };
        match (self.phase, self.whose) {
            (Phase::Ringing, Whose::Me) => vec![ringing(Some(true), false)],
            (Phase::Ringing, Whose::Line) => vec![ringing(None, true)],
            (Phase::Ringing, Whose::Colleague) => vec![ringing(None, true), ringing(Some(false), false)],
            (Phase::Answered, _) => {
                vec![CallFact { state: Some(CallState::Answered), mine: spoken, ..fact() }]
            }
            // As a session does that sees a call for the first time.
            (Phase::Held, _) => vec![
                CallFact { state: Some(CallState::Answered), mine: spoken, ..fact() },
                CallFact { state: Some(CallState::Held), ..fact() },
            ],
            (Phase::Ended(outcome), whose) => vec![CallFact {
                state: Some(CallState::Ended),
                outcome: Some(outcome),
                mine: (whose == Whose::Me).then_some(true),
                ended_at: self.ended_at,
                ..fact()
            }],
        }
    }

    /// Nobody else's, so that no two calls can be taken for one.
    pub(super) fn number(&self) -> String {
        format!("+4570{:06}", self.id.trim_start_matches(char::is_alphabetic).parse::<u32>().unwrap())
    }

    /// What must be shown of its state in the end.
    pub(super) fn state(&self) -> (CallState, Option<bool>) {
        match (self.phase, self.whose) {
            (Phase::Ringing, Whose::Line) => (CallState::Ringing, None),
            (Phase::Ringing, whose) => (CallState::Ringing, Some(whose == Whose::Me)),
            (Phase::Answered, whose) => (CallState::Answered, Some(whose == Whose::Me)),
            (Phase::Held, whose) => (CallState::Held, Some(whose == Whose::Me)),
            (Phase::Ended(_), whose) => (CallState::Ended, Some(whose == Whose::Me)),
        }
    }
}

/// What may become of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Answer(Whose),
    Hold,
    Resume,
    /// Whoever answered sends it to me.
    Transfer,
    /// It rings on, but not for me.
    PassOn,
    RingColleague,
    RingMe,
    End(u8),
}

/// Somebody as they are; the first of an account is its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Somebody {
    pub(super) availability: Availability,
    pub(super) dnd: Option<Option<Time>>,
}

impl Somebody {
    pub(super) const NEW: Self = Self { availability: Availability::Available, dnd: None };

    pub(super) fn fact(self, number: usize) -> PersonFact {
        PersonFact {
            availability: Some(self.availability),
            dnd: Some(self.dnd),
            me: Some(number == 0),
            ..PersonFact::of(format!("p{number}"))
        }
    }
}
