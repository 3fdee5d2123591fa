mod property;
mod stories;

use std::{collections::BTreeMap, time::Duration};

use jiff::tz::TimeZone;
use model::{AccountId, DndState, Problem, ProblemCode, Time};
use protocols::Instant;
use providers::{ActionId, DndChange};

use super::{Dnd, Moment, Out, Shown, kept::LayerId};
use crate::{DndLength, Settings};

/// Do-not-disturb with three accounts: `ends`, whose provider ends it by itself; `plain`, whose provider does not;
/// `none`, whose provider has none. A clock that is moved by hand, and one of the providers' own.
struct World {
    dnd: Dnd,
    settings: Settings,
    moment: Moment,
    /// The truth, which the clock on this computer's wall may be far from.
    truth: Time,
    servers: BTreeMap<&'static str, Server>,
    next_id: u64,
    kept: Option<Vec<u8>>,
    questions: usize,
    /// What was asked of accounts, in words, since the last look.
    acts: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Answers {
    Truly,
    /// Does nothing and says so.
    Refuses,
    /// Does it and says nothing.
    Silently,
    /// Says that it is done, and does nothing.
    Falsely,
}

struct Server {
    has_ends: bool,
    is_live: bool,
    answers: Answers,
    on: Option<Option<Time>>,
    /// Nobody but us switched it on.
    is_ours: bool,
    /// Somebody elsewhere made it as it is while we could see it, under this layer.
    elsewhere: Option<Option<LayerId>>,
    /// It took our switching on, and does not show it: seen on, it is that for all anybody knows.
    owes_on: bool,
}

const SITES: [&str; 3] = ["ends", "none", "plain"];

impl World {
    fn new(settings: &str, wall: &str) -> Self {
        let accounts: String =
            SITES.iter().map(|id| format!("[[account]]\nid = \"{id}\"\nprovider = \"firmafon\"\n")).collect();
        let settings = Settings::parse(&format!("{settings}\n{accounts}"));
        assert_eq!(settings.faults, []);
        let server = |name: &&'static str| {
            let server = Server {
                has_ends: *name == "ends",
                is_live: true,
                answers: Answers::Truly,
                on: None,
                is_ours: false,
                elsewhere: None,
                owes_on: false,
            };
            (*name, server)
        };
        let wall = wall.parse().unwrap();
        let mut world = Self {
            dnd: Dnd::default(),
            settings,
            moment: Moment { now: Instant::at(Duration::from_secs(1_000)), wall },
            truth: wall,
            servers: SITES.iter().map(server).collect(),
            next_id: 0,
            kept: None,
            questions: 0,
            acts: Vec::new(),
        };
        world.start();
        world.pass(5);
        world
    }

    /// The program starts.
    fn start(&mut self) {
        self.dnd = Dnd::default();
        self.dnd.zone(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap());
        let accounts = self.settings.accounts.iter().map(|account| &account.id);
        self.dnd.settings(self.settings.section("dnd"), accounts);
        if let Some(kept) = &self.kept {
            self.dnd.recall(self.moment, kept).unwrap();
        }
        for site in SITES {
            if self.servers[site].is_live {
                self.appear(site);
            }
        }
        self.run();
    }

    /// The program was not running for so long.
    fn restart(&mut self, seconds: u64) {
        self.drift(seconds);
        self.start();
    }

    fn appear(&mut self, site: &'static str) {
        let account = AccountId::from(site);
        self.dnd.able(&account, site != "none", self.servers[site].has_ends);
        self.dnd.connection(self.moment.now, &account, true);
        self.show(site);
    }

    fn live(&mut self, site: &'static str, is_live: bool) {
        self.servers.get_mut(site).unwrap().is_live = is_live;
        if is_live {
            self.appear(site);
        } else {
            self.dnd.connection(self.moment.now, &AccountId::from(site), false);
        }
        self.run();
    }

    fn show(&mut self, site: &'static str) {
        let server = &self.servers[site];
        if server.is_live && site != "none" {
            let until = server.on.flatten().filter(|_| server.has_ends);
            let shown = Shown { on: server.on.is_some(), until, is_busy: false };
            self.dnd.shows(self.moment.now, &AccountId::from(site), shown);
        }
    }

    /// Somebody switches it at the provider.
    fn elsewhere(&mut self, site: &'static str, on: Option<Option<Time>>) {
        let layer = self.dnd.layer.map(|layer| layer.id);
        let server = self.servers.get_mut(site).unwrap();
        if server.on.is_some() != on.is_some() {
            let is_told_apart = server.is_live && !(server.owes_on && on.is_some());
            server.elsewhere = is_told_apart.then_some(layer);
            (server.on, server.is_ours) = (on, false);
            self.show(site);
            self.run();
        }
    }

    fn answers(&mut self, site: &'static str, answers: Answers) {
        self.servers.get_mut(site).unwrap().answers = answers;
    }

    fn on(&mut self, length: DndLength) {
        self.dnd.on(self.moment, length).unwrap();
        self.run();
    }

    fn off(&mut self) {
        self.meant(Dnd::off);
    }

    /// A person here does something, which counts for more than what was done elsewhere before.
    fn meant(&mut self, what: impl FnOnce(&mut Dnd, Moment)) {
        let was_on = self.dnd.view().on;
        what(&mut self.dnd, self.moment);
        if was_on {
            self.servers
                .values_mut()
                .filter(|server| server.on.is_some())
                .for_each(|server| server.elsewhere = None);
        }
        self.run();
    }

    /// Everything that is due at this moment.
    fn run(&mut self) {
        for _ in 0..100 {
            let next = &mut self.next_id;
            self.dnd.advance(self.moment, &mut || {
                *next += 1;
                ActionId(*next)
            });
            let out = self.dnd.out();
            if out.is_empty() && self.dnd.due_in(self.moment.now) != Some(Duration::ZERO) {
                return;
            }
            for out in out {
                match out {
                    Out::Keep(text) => self.kept = Some(text),
                    Out::Act(account, id, change) => self.act(&account, id, change),
                    Out::Ask => self.questions += 1,
                    Out::Changed => {}
                }
            }
        }
        panic!("it never comes to rest");
    }

    fn act(&mut self, account: &AccountId, id: ActionId, change: DndChange) {
        let site = SITES.into_iter().find(|site| *site == account.as_str()).unwrap();
        let layer = self.dnd.layer.map(|layer| layer.id);
        let server = self.servers.get_mut(site).unwrap();
        assert!(server.is_live && site != "none");
        let on = match change {
            DndChange::On { until } => {
                assert!(server.has_ends || until.is_none());
                assert!(
                    server.on.is_some() || server.elsewhere.is_none_or(|at| at != layer),
                    "somebody switched it off in {site}, and it is switched on again"
                );
                Some(until)
            }
            DndChange::Off => {
                assert!(
                    server.on.is_none() || server.elsewhere.is_none(),
                    "somebody switched it on in {site}, and it is switched off"
                );
                None
            }
        };
        let word = if on.is_some() { "on" } else { "off" };
        let done = match server.answers {
            Answers::Truly | Answers::Silently => {
                (server.on, server.elsewhere, server.is_ours) = (on, None, on.is_some());
                server.owes_on = false;
                self.acts.push(format!("{site} {word}"));
                self.show(site);
                Ok(())
            }
            Answers::Falsely => {
                server.owes_on = on.is_some();
                Ok(())
            }
            Answers::Refuses => {
                self.acts.push(format!("{site} refuses {word}"));
                Err(Problem::new(ProblemCode::Protocol, "Not today."))
            }
        };
        if self.servers[site].answers != Answers::Silently {
            self.dnd.done(self.moment.now, id, &done);
        }
    }

    /// Time goes by that nobody looks at, as in sleep.
    fn drift(&mut self, seconds: u64) {
        let by = Duration::from_secs(seconds);
        self.moment = Moment { now: self.moment.now + by, wall: self.moment.wall.plus(by) };
        self.truth = self.truth.plus(by);
        for site in SITES {
            let server = self.servers.get_mut(site).unwrap();
            let is_over = server.on.flatten().is_some_and(|until| server.has_ends && until <= self.truth);
            if is_over {
                (server.on, server.elsewhere) = (None, None);
                self.show(site);
            }
        }
    }

    /// Time goes by.
    fn pass(&mut self, seconds: u64) {
        let mut left = Duration::from_secs(seconds);
        while !left.is_zero() {
            let due = self.dnd.due_in(self.moment.now).unwrap_or(left);
            let step = due.max(Duration::from_secs(1)).min(left);
            self.drift(step.as_secs().max(1));
            left = left.saturating_sub(step.max(Duration::from_secs(1)));
            self.run();
        }
    }

    /// Somebody changes the clock on the wall.
    fn jump(&mut self, seconds: i64) {
        self.moment.wall = Time::from_millis(self.moment.wall.as_millis() + seconds * 1_000);
        self.run();
    }

    fn acts(&mut self) -> Vec<String> {
        std::mem::take(&mut self.acts)
    }

    fn is_on(&self, site: &str) -> bool {
        self.servers[site].on.is_some()
    }

    fn state(&self, site: &str) -> DndState {
        self.dnd.view().states.into_iter().find(|state| state.account.as_str() == site).unwrap()
    }

    fn wall(&self) -> String {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        self.moment.wall.timestamp().to_zoned(zone).strftime("%a %H:%M").to_string()
    }
}
