//! Acts out the office's day at Semaswift: its calls, and people who come and go.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::Handle;
use super::organisation::{agent_id, dashed, queue_id};
use crate::office::{CallId, Callee, Happening, Office, Quiet, Who};

/// Some colleague comes or goes so often, at one happening a second.
const COMINGS_EVERY: Duration = Duration::from_secs(12);

/// Lets the office live until the future is dropped.
pub(super) async fn live(handle: Handle, mut office: Office) {
    let opened = Instant::now();
    let mut moves = handle.shared.moved.subscribe();
    let mut calls = BTreeMap::new();
    let mut watched = false;
    let mut comings = Comings::new(office.people().len());
    loop {
        let now = opened.elapsed();
        let watches = handle.subscribers("voice:calls") > 0;
        if watches && !watched {
            office.watched(now);
        }
        watched = watches;
        for happening in office.next(now) {
            act(&handle, &mut calls, happening);
        }
        comings.act(&handle, now);
        let due = office.next_at().map_or(comings.next_at, |at| at.min(comings.next_at));
        tokio::select! {
            () = sleep_until(opened + due) => {}
            moved = moves.changed() => if moved.is_err() { return },
        }
    }
}

fn act(handle: &Handle, calls: &mut BTreeMap<CallId, String>, happening: Happening) {
    match happening {
        Happening::CallCame { call, to, from } => {
            let (queue, agent) = match to {
                Callee::Person(who) => (None, Some(agent_id(who))),
                Callee::Line(line, _) => (Some(queue_id(line)), None),
            };
            let from = from.as_deref().map(dashed);
            let id = handle.incoming_call(queue.as_deref(), agent.as_deref(), from.as_deref());
            calls.insert(call, id);
        }
        Happening::CallMade { call, by, to_number } => {
            calls.insert(call, handle.outgoing_call(&agent_id(by), &dashed(&to_number)));
        }
        Happening::CallAnswered { call, by } => {
            if let Some(id) = calls.get(&call) {
                handle.answer(id, &agent_id(by));
            }
        }
        Happening::CallTransferred { call, to } => {
            if let Some(id) = calls.get(&call) {
                handle.transfer(id, &agent_id(to));
            }
        }
        Happening::CallEnded { call, how: _ } => {
            if let Some(id) = calls.remove(&call) {
                handle.hang_up(&id);
            }
        }
        Happening::QuietChanged { who, quiet } => {
            let status = match quiet {
                Quiet::Off => "available",
                Quiet::On => "do_not_disturb",
                Quiet::For(_) => "lunch_break",
            };
            handle.set_status(&agent_id(who), status);
        }
    }
}

/// Everybody but the owner, whose own client is the one that looks, and whether they are here.
struct Comings {
    random: fastrand::Rng,
    clients: BTreeMap<usize, String>,
    people: usize,
    next_at: Duration,
}

impl Comings {
    fn new(people: usize) -> Comings {
        Comings {
            random: fastrand::Rng::with_seed(people as u64),
            clients: BTreeMap::new(),
            people,
            next_at: Duration::ZERO,
        }
    }

    fn act(&mut self, handle: &Handle, now: Duration) {
        if now < self.next_at {
            return;
        }
        self.next_at = now + COMINGS_EVERY;
        if self.people < 2 {
            return;
        }
        let is_opening = self.clients.is_empty();
        if is_opening {
            // One in ten has not come yet.
            let here: Vec<usize> = (1..self.people).filter(|at| at % 10 != 9).collect();
            let users: Vec<String> = here.iter().map(|at| user(*at)).collect();
            let users: Vec<&str> = users.iter().map(String::as_str).collect();
            self.clients = here.into_iter().zip(handle.come_online(&users)).collect();
            return;
        }
        let who = self.random.usize(1..self.people);
        match self.clients.remove(&who) {
            Some(client) => drop(handle.go_offline(&[client])),
            None => {
                let clients = handle.come_online(&[&user(who)]);
                self.clients.extend(clients.into_iter().map(|client| (who, client)));
            }
        }
    }
}

fn user(at: usize) -> String {
    agent_id(Who(at)).replace("agent_", "usr_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Plan;
    use crate::semaswift::{Options, Server};

    #[tokio::test]
    async fn an_hour_of_the_office_leaves_only_calls_that_still_go_on() {
        let office = |rate| Office::new(&Plan { people: 20, rate, seed: 5 });
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(listen, Options::default(), office(0.0)).await.unwrap();
        let handle = server.handle();
        let (mut office, mut calls) = (office(3.0), BTreeMap::new());
        let mut comings = Comings::new(20);
        for second in 0..3600 {
            let now = Duration::from_secs(second);
            for happening in office.next(now) {
                act(handle, &mut calls, happening);
            }
            comings.act(handle, now);
        }
        assert!(!calls.is_empty());
        assert_eq!(handle.shared.lock().organisation.calls(), calls.len());
        assert_eq!(handle.present("presence:online").len(), comings.clients.len());
        server.stop().await;
    }
}
