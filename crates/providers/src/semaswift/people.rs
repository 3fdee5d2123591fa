//! Who works here and what they do: agents by REST and their events, and who is online by presence.
//!
//! Presence counts clients: somebody is online while any of theirs is there. A user who is an agent is one person.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use model::{Availability, PersonFact, Time};
use protocols::{Instant, centrifugo::Member};
use serde::Deserialize;

use super::{
    events::StatusChange,
    rest::AgentRow,
    status::Statuses,
    wire::{Word, read},
};
use crate::text::clean;

/// Somebody who comes back within this time was never away.
const HOLD: Duration = Duration::from_secs(7);
/// More people than any organisation has.
const MOST_AGENTS: usize = 20_000;
const MOST_CLIENTS: usize = 50_000;
/// After so many users who left, those who are not agents are forgotten.
const MOST_GONE: usize = 1_000;

/// A channel of presence, by its place among them.
pub(super) type Roll = u8;

#[derive(Debug, Default)]
pub(super) struct People {
    /// The owner's agent, as told by the settings or found by the user.
    pub(super) my_agent: Option<String>,
    pub(super) my_user: Option<String>,
    /// When the owner's do-not-disturb ends.
    pub(super) dnd_until: Option<Time>,
    pub(super) statuses: Statuses,
    agents: BTreeMap<String, Agent>,
    agents_by_user: BTreeMap<String, String>,
    clients: BTreeMap<(Roll, Box<str>), Arc<str>>,
    users: BTreeMap<Arc<str>, User>,
    /// Users whose last client left, by when that is told.
    leaving: VecDeque<(Instant, Arc<str>)>,
    /// What happened on a channel since it was asked who is there: who came, or that the client left.
    readings: BTreeMap<Roll, BTreeMap<Box<str>, Option<Member>>>,
    gone: usize,
}

#[derive(Debug, Default)]
struct Agent {
    user: Option<String>,
    name: Option<Arc<str>>,
    number: Option<Arc<str>>,
    status: Option<String>,
    since: Option<Time>,
    /// The status before this one was a call's, which nobody chooses.
    after_call: bool,
    /// Presence showed them, so that it can show that they left.
    seen: bool,
    /// Whether the newest list has them.
    listed: bool,
    /// Their status is newer than the list that is being read.
    touched: bool,
}

#[derive(Debug, Default)]
struct User {
    clients: usize,
    name: Option<Arc<str>>,
    empty_since: Option<Instant>,
    /// Whether they stand in `leaving`.
    held: bool,
}

impl Agent {
    /// Whether that is another status than before.
    fn take_status(&mut self, status: String, statuses: &Statuses) -> bool {
        if self.status.as_deref() == Some(&*status) {
            return false;
        }
        let former = self.status.replace(status).map(|former| statuses.meant(&former).seen);
        self.after_call = matches!(former, Some(Availability::Busy | Availability::Ringing));
        true
    }
}

impl People {
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.leaving.front().map(|(at, _)| *at)
    }

    // --- agents ---

    /// A list of all agents is about to be read.
    pub(super) fn begin_list(&mut self) {
        for agent in self.agents.values_mut() {
            (agent.listed, agent.touched) = (false, false);
        }
    }

    /// Whether the list had not named them before.
    pub(super) fn listed(&mut self, row: AgentRow) -> bool {
        if self.my_agent.is_none() && row.user.is_some() && row.user == self.my_user {
            self.my_agent = Some(row.id.clone());
        }
        if self.agents.len() >= MOST_AGENTS && !self.agents.contains_key(&row.id) {
            return false;
        }
        if let Some(user) = &row.user {
            self.agents_by_user.insert(user.clone(), row.id.clone());
        }
        if let Some(status) = &row.status {
            self.statuses.meet(status);
        }
        let seen = row.user.as_deref().is_some_and(|user| self.users.contains_key(user));
        let agent = self.agents.entry(row.id).or_default();
        let is_new = !std::mem::replace(&mut agent.listed, true);
        agent.seen |= seen;
        agent.user = row.user.or(agent.user.take());
        agent.name = row.name.map(Arc::from).or(agent.name.take());
        agent.number = row.number.map(Arc::from).or(agent.number.take());
        if let Some(status) = row.status
            && !agent.touched
            && agent.take_status(status, &self.statuses)
        {
            agent.since = None;
        }
        is_new
    }

    /// The list is complete: who is not on it has left. Everybody, in one.
    pub(super) fn end_list(&mut self) -> Vec<PersonFact> {
        self.agents.retain(|_, agent| agent.listed || agent.touched);
        let agents = &self.agents;
        self.agents_by_user.retain(|_, agent| agents.contains_key(agent));
        self.everybody()
    }

    /// All who are agents or online, and the owner.
    pub(super) fn everybody(&mut self) -> Vec<PersonFact> {
        self.gone = 0;
        let users = self.users.keys().filter(|user| !self.agents_by_user.contains_key(&***user));
        let mut all: Vec<PersonFact> = self.agents.keys().map(|id| self.agent(id.clone())).collect();
        all.extend(users.map(|user| self.user(user)));
        if let Some(me) = &self.my_agent
            && !self.agents.contains_key(me)
        {
            all.push(PersonFact { me: Some(true), ..PersonFact::of(me.as_str()) });
        }
        all
    }

    /// What an agent's event changes, and whether nobody knew of that agent.
    pub(super) fn status_changed(&mut self, change: StatusChange) -> (Option<PersonFact>, bool) {
        let StatusChange { agent: id, status, at } = change;
        let full = self.agents.len() >= MOST_AGENTS;
        let (agent, is_new) = match self.agents.get_mut(&id) {
            Some(agent) => (agent, false),
            None if full => return (None, false),
            None => (self.agents.entry(id.clone()).or_default(), true),
        };
        self.statuses.meet(&status);
        agent.touched = true;
        agent.take_status(status, &self.statuses);
        agent.since = at;
        (Some(self.agent(id)), is_new)
    }

    /// The owner's status, as REST had it just now.
    pub(super) fn read_back(&mut self, row: AgentRow) -> PersonFact {
        let id = row.id.clone();
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.touched = false;
        }
        self.listed(row);
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.touched = true;
        }
        self.agent(id)
    }

    pub(super) fn my_status(&self) -> Option<&str> {
        self.agents.get(self.my_agent.as_ref()?)?.status.as_deref()
    }

    fn agent(&self, id: String) -> PersonFact {
        let Some(agent) = self.agents.get(&id) else { return PersonFact::of(id) };
        let user = agent.user.as_deref();
        let online = user.is_some_and(|user| self.users.contains_key(user));
        let status = agent.status.as_deref().map(|status| self.statuses.meant(status));
        let meaning = status.as_ref().map(|status| status.seen);
        let availability = match meaning {
            Some(busy @ (Availability::Busy | Availability::Ringing)) => Some(busy),
            _ if agent.seen && !online => Some(Availability::Offline),
            Some(Availability::Unknown) | None if online => Some(Availability::Available),
            other => other,
        };
        let me = self.my_agent.as_deref() == Some(&*id);
        // What is shown during a call says nothing of what was chosen before it.
        let quiet = match meaning {
            Some(Availability::Dnd) => Some(true),
            Some(Availability::Available | Availability::Away | Availability::Offline) => Some(false),
            // Who wraps a call up has not chosen that either.
            Some(Availability::Unknown) if agent.after_call => None,
            Some(Availability::Unknown) => Some(false),
            Some(Availability::Busy | Availability::Ringing) | None => None,
        };
        PersonFact {
            name: agent.name.clone().or_else(|| self.users.get(user?)?.name.clone()),
            number: agent.number.clone(),
            me: Some(me),
            availability,
            since: agent.since,
            dnd: quiet.map(|quiet| quiet.then_some(self.dnd_until.filter(|_| me))),
            status: status.map(|status| status.name),
            ..PersonFact::of(id)
        }
    }

    fn user(&self, user: &str) -> PersonFact {
        if let Some(agent) = self.agents_by_user.get(user) {
            return self.agent(agent.clone());
        }
        let known = self.users.get(user);
        let availability = if known.is_some() { Availability::Available } else { Availability::Offline };
        PersonFact {
            name: known.and_then(|known| known.name.clone()),
            me: Some(self.my_agent.is_none() && self.my_user.as_deref() == Some(user)),
            availability: Some(availability),
            ..PersonFact::of(user)
        }
    }

    // --- presence ---

    /// Who is there on a channel is about to be asked.
    pub(super) fn begin_reading(&mut self, roll: Roll) {
        self.readings.insert(roll, BTreeMap::new());
    }

    pub(super) fn joined(&mut self, roll: Roll, member: Member) -> Option<PersonFact> {
        if let Some(reading) = self.readings.get_mut(&roll).filter(|reading| reading.len() < MOST_CLIENTS) {
            reading.insert(member.client.clone(), Some(member.clone()));
        }
        self.add(roll, member)
    }

    pub(super) fn left(&mut self, now: Instant, roll: Roll, member: &Member) {
        if let Some(reading) = self.readings.get_mut(&roll).filter(|reading| reading.len() < MOST_CLIENTS) {
            reading.insert(member.client.clone(), None);
        }
        self.remove(now, &(roll, member.client.clone()));
    }

    /// Takes the answer to who is there; what happened since the question counts for more.
    pub(super) fn present(&mut self, now: Instant, roll: Roll, members: Vec<Member>) -> Vec<PersonFact> {
        let mut there: BTreeMap<Box<str>, Member> =
            members.into_iter().map(|member| (member.client.clone(), member)).collect();
        for (client, change) in self.readings.remove(&roll).unwrap_or_default() {
            match change {
                Some(member) => there.insert(client, member),
                None => there.remove(&client),
            };
        }
        let absent = |(at, client): &&(Roll, Box<str>)| *at == roll && !there.contains_key(client);
        let absent: Vec<(Roll, Box<str>)> = self.clients.keys().filter(absent).cloned().collect();
        for client in &absent {
            self.remove(now, client);
        }
        there.into_values().filter_map(|member| self.add(roll, member)).collect()
    }

    /// Nobody tells who is there: those who were may be anywhere. Whether there were any.
    pub(super) fn forget_presence(&mut self, roll: Roll) -> bool {
        self.readings.remove(&roll);
        let before = self.clients.len();
        self.clients.retain(|(at, _), _| *at != roll);
        if self.clients.len() == before {
            return false;
        }
        for online in self.users.values_mut() {
            online.clients = 0;
        }
        for user in self.clients.values() {
            if let Some(online) = self.users.get_mut(user) {
                online.clients += 1;
            }
        }
        self.users.retain(|_, online| online.clients > 0);
        let users = &self.users;
        for agent in self.agents.values_mut() {
            agent.seen &= agent.user.as_deref().is_some_and(|user| users.contains_key(user));
        }
        true
    }

    fn add(&mut self, roll: Roll, member: Member) -> Option<PersonFact> {
        if member.user.is_empty() || self.clients.len() >= MOST_CLIENTS {
            return None;
        }
        let user: Arc<str> = match self.users.get_key_value(&*member.user) {
            Some((user, _)) => Arc::clone(user),
            None => Arc::from(clean(&member.user)?),
        };
        if self.clients.insert((roll, member.client), Arc::clone(&user)).is_some() {
            return None;
        }
        let is_new = !self.users.contains_key(&user);
        let online = self.users.entry(Arc::clone(&user)).or_default();
        online.clients += 1;
        online.empty_since = None;
        if online.name.is_none() {
            online.name = member.about.as_deref().and_then(name);
        }
        if !is_new {
            return None;
        }
        if let Some(agent) = self.agents_by_user.get(&*user).and_then(|id| self.agents.get_mut(id)) {
            agent.seen = true;
        }
        Some(self.user(&user))
    }

    fn remove(&mut self, now: Instant, client: &(Roll, Box<str>)) {
        let Some(user) = self.clients.remove(client) else { return };
        let Some(online) = self.users.get_mut(&user) else { return };
        online.clients = online.clients.saturating_sub(1);
        if online.clients == 0 {
            online.empty_since = Some(now);
            if !std::mem::replace(&mut online.held, true) {
                self.leaving.push_back((now + HOLD, user));
            }
        }
    }

    /// Tells of those who left and did not come back; `true` if that were many, so that all should be told anew.
    pub(super) fn due(&mut self, now: Instant) -> (Vec<PersonFact>, bool) {
        let mut facts = Vec::new();
        while let Some((_, user)) = self.leaving.pop_front_if(|(at, _)| *at <= now) {
            let Some(online) = self.users.get_mut(&user) else { continue };
            online.held = false;
            match online.empty_since.map(|since| since + HOLD) {
                Some(at) if at > now => {
                    online.held = true;
                    self.leaving.push_back((at, user));
                }
                Some(_) => {
                    self.users.remove(&user);
                    self.gone += 1;
                    facts.push(self.user(&user));
                }
                None => {}
            }
        }
        (facts, self.gone > MOST_GONE)
    }
}

/// What a user's token calls them.
fn name(about: &serde_json::value::RawValue) -> Option<Arc<str>> {
    #[derive(Deserialize)]
    struct About<'a> {
        #[serde(borrow, default)]
        name: Word<'a>,
        #[serde(borrow, default)]
        display_name: Word<'a>,
    }
    let About { name, display_name } = read(about)?;
    Some(name.or(display_name).clean()?.into())
}
