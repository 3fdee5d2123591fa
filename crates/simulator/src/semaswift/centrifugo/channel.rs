//! A channel: what was published on it, who listens, who is present.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde_json::value::{RawValue, to_raw_value};

use super::ClientKey;
use super::wire::{History, Position, Publication, Subscribed};

/// A recovery that would bring more than this is a gap instead.
const MOST_RECOVERED: usize = 300;

/// Who hears of those who come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joins {
    Nobody,
    Askers,
    Everybody,
}

/// What the channels of one namespace (the part of a name before `:`) can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Namespace {
    /// May be subscribed to without a token of its own.
    pub(super) open: bool,
    pub(super) presence: bool,
    joins: Joins,
    /// How many publications are kept; without any, nothing is recovered.
    pub(super) kept: usize,
}

impl Namespace {
    /// The namespace of a channel at Semaswift, where calls and tickets keep `kept` publications.
    pub(super) fn of(channel: &str, open: bool, kept: usize) -> Option<Namespace> {
        let bare = Namespace { open, presence: false, joins: Joins::Nobody, kept: 0 };
        let (name, _) = channel.split_once(':')?;
        match name {
            "voice" => Some(Namespace { kept, ..bare }),
            "tickets" => Some(Namespace { kept, presence: true, joins: Joins::Askers, ..bare }),
            "presence" | "org" => Some(Namespace { presence: true, joins: Joins::Everybody, ..bare }),
            "user" | "engagement" => Some(bare),
            "plain" => Some(Namespace { open: true, ..bare }),
            _ => None,
        }
    }

    /// Whether a listener hears of those who come and go.
    pub(super) fn tells_joins(self, asked: bool) -> bool {
        match self.joins {
            Joins::Nobody => false,
            Joins::Askers => asked,
            Joins::Everybody => true,
        }
    }
}

#[derive(Debug)]
pub(super) struct Channel {
    pub(super) epoch: String,
    /// The offset of the last publication.
    top: u64,
    /// Oldest first, with their offsets.
    kept: VecDeque<(u64, Arc<RawValue>)>,
    /// Who gets what is published, and whether joins and leaves as well.
    pub(super) listeners: BTreeMap<ClientKey, bool>,
    /// By client id, as JSON.
    pub(super) present: BTreeMap<String, Arc<RawValue>>,
}

impl Channel {
    pub(super) fn new(epoch: String) -> Channel {
        Channel { epoch, top: 0, kept: VecDeque::new(), listeners: BTreeMap::new(), present: BTreeMap::new() }
    }

    /// Puts `data` into the stream, if there is one; gives what listeners get.
    pub(super) fn publish(&mut self, namespace: Namespace, data: &RawValue) -> Option<Arc<RawValue>> {
        if namespace.kept == 0 {
            let bare = Publication { data, offset: 0, epoch: None };
            return Some(to_raw_value(&bare).ok()?.into());
        }
        self.top += 1;
        // Seen on the first publication of a stream only.
        let epoch = (self.top == 1).then_some(self.epoch.as_str());
        let publication = Publication { data, offset: self.top, epoch };
        let publication: Arc<RawValue> = to_raw_value(&publication).ok()?.into();
        self.kept.push_back((self.top, Arc::clone(&publication)));
        if self.kept.len() > namespace.kept {
            self.kept.pop_front();
        }
        Some(publication)
    }

    /// As after the process ended; whoever is present elsewhere still is.
    pub(super) fn begin_anew(&mut self, epoch: String) {
        let present = std::mem::take(&mut self.present);
        *self = Channel { present, ..Channel::new(epoch) };
    }

    /// What was published is forgotten; its number is not.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
    }

    /// What a subscription finds, wherever it wants to go on from.
    pub(super) fn subscribed(&self, namespace: Namespace, from: &Position) -> Subscribed {
        if namespace.kept == 0 {
            return Subscribed::default();
        }
        let now = Subscribed {
            recoverable: true,
            epoch: self.epoch.clone(),
            offset: self.top,
            positioned: true,
            was_recovering: from.recover,
            ..Subscribed::default()
        };
        if !from.recover {
            return now;
        }
        let missed: Vec<_> = self.kept.iter().filter(|(offset, _)| *offset > from.offset).collect();
        let is_whole = match missed.first() {
            None => from.offset == self.top,
            Some((first, _)) => *first == from.offset + 1 && missed.len() <= MOST_RECOVERED,
        };
        if !is_whole || (!from.epoch.is_empty() && from.epoch != self.epoch) {
            return now;
        }
        let publications = missed.into_iter().map(|(_, publication)| Arc::clone(publication)).collect();
        // The offset is the requested one, and the publications lead on from it.
        Subscribed { recovered: true, offset: from.offset, publications, ..now }
    }

    /// The publications that are asked for, if the position is one of this stream.
    pub(super) fn past(&self, asked: &History) -> Option<Vec<Arc<RawValue>>> {
        let since = asked.since.as_ref();
        if since.is_some_and(|since| !since.epoch.is_empty() && since.epoch != self.epoch) {
            return None;
        }
        let most = usize::try_from(asked.limit).unwrap_or(usize::MAX);
        let is_wanted = |offset: u64| match since {
            Some(since) if asked.reverse => offset < since.offset,
            Some(since) => offset > since.offset,
            None => true,
        };
        let wanted = self.kept.iter().filter(|(offset, _)| is_wanted(*offset));
        let wanted = wanted.map(|(_, publication)| Arc::clone(publication));
        Some(if asked.reverse { wanted.rev().take(most).collect() } else { wanted.take(most).collect() })
    }

    pub(super) fn top(&self) -> u64 {
        self.top
    }
}
