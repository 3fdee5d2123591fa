//! Who listens, and what each of them gets.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;
use tokio::sync::mpsc;

use super::gate::Filter;
use super::people::{OWN, PARENT};
use super::switch::{Occurrence, Switch};
use super::{Framing, Options, wire};

/// What a socket is to do.
#[derive(Clone, Debug)]
pub(super) enum Push {
    Text(String),
    /// Close politely, with this code.
    Close(u16),
}

#[derive(Debug)]
struct Listener {
    filter: Filter,
    pushes: mpsc::UnboundedSender<Push>,
}

/// The open sockets.
#[derive(Debug, Default)]
pub(super) struct Audience {
    listeners: BTreeMap<u64, Listener>,
    opened: u64,
    told: u64,
}

impl Audience {
    pub(super) fn open(&self) -> usize {
        self.listeners.len()
    }

    /// Another socket, and what it gets.
    pub(super) fn join(&mut self, filter: Filter) -> (u64, mpsc::UnboundedReceiver<Push>) {
        let (pushes, pushed) = mpsc::unbounded_channel();
        self.opened += 1;
        self.listeners.insert(self.opened, Listener { filter, pushes });
        (self.opened, pushed)
    }

    pub(super) fn leave(&mut self, socket: u64) {
        self.listeners.remove(&socket);
    }

    /// Every socket gets this.
    pub(super) fn push(&self, push: &Push) {
        for listener in self.listeners.values() {
            // One that is closing hears no more.
            listener.pushes.send(push.clone()).ok();
        }
    }

    /// Tells what happened at once to all whom it concerns, with the switch's quirks.
    pub(super) fn tell(&mut self, switch: &Switch, options: &Options, occurrences: Vec<Occurrence>) {
        let quirks = &switch.quirks;
        let heard = occurrences.into_iter().filter(|occurrence| !quirks.lost.contains(&occurrence.name));
        let mut heard: Vec<Occurrence> = heard.collect();
        if let Some(seed) = quirks.reordered {
            self.told += 1;
            heard = reordered(heard, &mut fastrand::Rng::with_seed(seed.wrapping_add(self.told)));
        }
        let subscriber = |at: usize| switch.directory.account(at).map_or("", |account| account.id.as_str());
        let encode = |occurrence: &Occurrence, subscriber: &str| {
            wire::encode(occurrence, options.shape, subscriber, quirks.numbers_as_text)
        };
        let mut events: Vec<(&Occurrence, Value)> = Vec::new();
        for occurrence in &heard {
            events.push((occurrence, encode(occurrence, subscriber(OWN))));
            if quirks.twice {
                events.push((occurrence, encode(occurrence, subscriber(PARENT))));
            }
        }
        if quirks.twice {
            // The second subscription is one event behind.
            for pair in events.chunks_mut(4).filter(|pair| pair.len() == 4) {
                pair.swap(1, 2);
            }
        }
        let texts: Vec<(&Occurrence, String)> = match options.framing {
            Framing::Single => events.iter().map(|(of, event)| (*of, event.to_string())).collect(),
            Framing::List => Vec::new(),
        };
        for listener in self.listeners.values() {
            let send = |text: String| listener.pushes.send(Push::Text(text)).ok();
            match options.framing {
                Framing::Single => {
                    for (_, text) in texts.iter().filter(|(of, _)| listener.filter.passes(of)) {
                        send(text.clone());
                    }
                }
                Framing::List => {
                    let passed = events.iter().filter(|(of, _)| listener.filter.passes(of));
                    let list: Vec<&Value> = passed.map(|(_, event)| event).collect();
                    if !list.is_empty() {
                        send(serde_json::json!(list).to_string());
                    }
                }
            }
        }
    }
}

/// Any order in which the events of each leg keep theirs.
fn reordered(events: Vec<Occurrence>, random: &mut fastrand::Rng) -> Vec<Occurrence> {
    let mut queues: Vec<VecDeque<Occurrence>> = Vec::new();
    for event in events {
        match queues.iter_mut().find(|queue| queue.front().is_some_and(|first| first.leg == event.leg)) {
            Some(queue) => queue.push_back(event),
            None => queues.push(VecDeque::from([event])),
        }
    }
    let mut mixed = Vec::new();
    while !queues.is_empty() {
        let turn = random.usize(0..queues.len());
        match queues.get_mut(turn).and_then(VecDeque::pop_front) {
            Some(event) => mixed.push(event),
            None => drop(queues.swap_remove(turn)),
        }
    }
    mixed
}
