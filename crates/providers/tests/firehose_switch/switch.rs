//! A model of the switch: what happens, leg by leg, and what it truly is to the account's owner.

use model::Outcome;

/// The owner of the account.
pub(crate) const ME: &str = "anna";

/// Everybody with a phone, with extension and devices.
const PHONES: [(&str, &str, [&str; 2]); 4] = [
    (ME, "1001", ["anna-desk", "anna-cell"]),
    ("bengt", "1002", ["bengt-desk", "bengt-cell"]),
    ("cilla", "1003", ["cilla-desk", "cilla-cell"]),
    ("dora", "1004", ["dora-desk", "dora-cell"]),
];

/// A leg, as the switch knows it.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) id: String,
    pub(crate) inbound: bool,
    /// Whose phone, and which; a carrier's if nobody's.
    pub(crate) phone: Option<(usize, usize)>,
    /// For which leg it rings.
    pub(crate) bridge: Option<String>,
    pub(crate) loopback: bool,
    pub(crate) caller: &'static str,
    pub(crate) dialled: &'static str,
}

impl Leg {
    pub(crate) fn owner(&self) -> Option<&'static str> {
        Some(PHONES.get(self.phone?.0)?.0)
    }

    pub(crate) fn device(&self) -> Option<&'static str> {
        let (person, device) = self.phone?;
        PHONES.get(person)?.2.get(device).copied()
    }

    pub(crate) fn extension(&self) -> Option<&'static str> {
        Some(PHONES.get(self.phone?.0)?.1)
    }

    pub(crate) fn is_mine(&self) -> bool {
        self.owner() == Some(ME) && !self.loopback
    }
}

/// Something that happened to a leg.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    /// Milliseconds since the beginning.
    pub(crate) at: u64,
    pub(crate) leg: usize,
    pub(crate) name: &'static str,
    pub(crate) other: Option<String>,
    pub(crate) cause: Option<&'static str>,
}

/// One conversation with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) title: &'static str,
    pub(crate) legs: Vec<Leg>,
    pub(crate) happenings: Vec<Happening>,
    /// What the owner is to see, call by call.
    pub(crate) mine: Vec<&'static [Outcome]>,
    prefix: String,
    pub(crate) now: u64,
}

const OUTSIDE: &str = "+46701234567";
const COMPANY: &str = "+46812345678";

impl Story {
    /// The `number`th story of an interleaving.
    pub(crate) fn draw(rng: &mut fastrand::Rng, number: usize) -> Self {
        let mut story = Self {
            title: "",
            legs: Vec::new(),
            happenings: Vec::new(),
            mine: Vec::new(),
            prefix: format!("s{number}"),
            now: rng.u64(0..30_000),
        };
        let stories = [
            Self::direct,
            Self::ring_group,
            Self::queue,
            Self::outgoing,
            Self::internal,
            Self::forward,
            Self::blind_transfer,
            Self::attended_transfer,
            Self::park,
            Self::click_to_call,
        ];
        let tell = rng.choice(stories).unwrap();
        tell(&mut story, rng);
        story
    }

    pub(crate) fn add(
        &mut self,
        inbound: bool,
        phone: Option<(usize, usize)>,
        bridge: Option<usize>,
    ) -> usize {
        let number = self.legs.len();
        let bridge = bridge.map(|leg| self.legs[leg].id.clone());
        let dialled = match phone {
            Some((person, _)) if !inbound => PHONES[person].1,
            _ if inbound => COMPANY,
            _ => OUTSIDE,
        };
        let caller = match phone {
            Some((person, _)) if inbound => PHONES[person].1,
            _ => OUTSIDE,
        };
        let id = format!("{}-{number}@switch", self.prefix);
        self.legs.push(Leg { id, inbound, phone, bridge, loopback: false, caller, dialled });
        number
    }

    /// A leg comes to be.
    pub(crate) fn create(
        &mut self,
        inbound: bool,
        phone: Option<(usize, usize)>,
        bridge: Option<usize>,
    ) -> usize {
        let leg = self.add(inbound, phone, bridge);
        self.happen(leg, "CHANNEL_CREATE");
        leg
    }

    pub(crate) fn happen(&mut self, leg: usize, name: &'static str) {
        self.now += 7;
        self.happenings.push(Happening { at: self.now, leg, name, other: None, cause: None });
    }

    pub(crate) fn answer(&mut self, leg: usize) {
        self.happen(leg, "CHANNEL_ANSWER");
    }

    pub(crate) fn bridge(&mut self, one: usize, other: usize) {
        self.happen(one, "CHANNEL_BRIDGE");
        let other = self.legs[other].id.clone();
        self.happenings.last_mut().unwrap().other = Some(other);
    }

    pub(crate) fn destroy(&mut self, leg: usize, cause: &'static str) {
        self.happen(leg, "CHANNEL_DESTROY");
        self.happenings.last_mut().unwrap().cause = Some(cause);
    }

    pub(crate) fn pass(&mut self, rng: &mut fastrand::Rng, seconds: std::ops::Range<u64>) {
        self.now += rng.u64(seconds.start * 1_000..seconds.end * 1_000);
    }

    /// The phones of a person.
    pub(crate) fn ring(&mut self, rng: &mut fastrand::Rng, person: usize, caller: usize) -> Vec<usize> {
        (0..rng.usize(1..=2)).map(|device| self.create(false, Some((person, device)), Some(caller))).collect()
    }

    /// One of the phones that ring is answered, the others stop.
    pub(crate) fn pick_up(
        &mut self,
        rng: &mut fastrand::Rng,
        phones: &[usize],
        winner: usize,
        caller: usize,
    ) {
        self.answer(winner);
        if rng.bool() {
            self.answer(caller);
        }
        self.bridge(caller, winner);
        for &phone in phones.iter().filter(|phone| **phone != winner) {
            self.destroy(phone, "LOSE_RACE");
        }
    }

    /// They speak, perhaps with a pause, and one of them hangs up.
    pub(crate) fn speak(&mut self, rng: &mut fastrand::Rng, phone: usize, caller: usize) {
        self.pass(rng, 10..40);
        if rng.bool() {
            self.happen(phone, "CHANNEL_HOLD");
            self.pass(rng, 5..20);
            self.happen(phone, "CHANNEL_UNHOLD");
            self.pass(rng, 5..20);
        }
        for leg in if rng.bool() { [phone, caller] } else { [caller, phone] } {
            self.destroy(leg, "NORMAL_CLEARING");
        }
    }

    pub(crate) fn give_up(&mut self, phones: &[usize], caller: usize) {
        for &phone in phones {
            self.destroy(phone, "ORIGINATOR_CANCEL");
        }
        self.destroy(caller, "ORIGINATOR_CANCEL");
    }

    /// Nobody took it; the caller speaks to a machine.
    pub(crate) fn voicemail(&mut self, rng: &mut fastrand::Rng, phones: &[usize], caller: usize) {
        for &phone in phones {
            self.destroy(phone, "NO_ANSWER");
        }
        self.answer(caller);
        self.pass(rng, 12..40);
        self.destroy(caller, "NORMAL_CLEARING");
    }
}
