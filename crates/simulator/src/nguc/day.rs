//! Acts out the office's day at NGUC.

use std::collections::BTreeMap;

use tokio::time::{Instant, sleep_until};

use super::company::{queue_id, user_id};
use super::{Callee, Handle, Unanswered};
use crate::office::{self, CallId, Ending, Happening, Office, Quiet};

/// Lets the office live until the future is dropped.
pub(super) async fn live(handle: Handle, mut office: Office) {
    let opened = Instant::now();
    let mut moves = handle.shared.moved.subscribe();
    let mut calls = BTreeMap::new();
    let mut watched = false;
    loop {
        let now = opened.elapsed();
        let watches = handle.listeners() > 0;
        if watches && !watched {
            office.watched(now);
        }
        watched = watches;
        for happening in office.next(now) {
            act(&handle, &mut calls, happening);
        }
        let due = async {
            match office.next_at() {
                Some(at) => sleep_until(opened + at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => {}
            moved = moves.changed() => if moved.is_err() { return },
        }
    }
}

fn act(handle: &Handle, calls: &mut BTreeMap<CallId, String>, happening: Happening) {
    match happening {
        Happening::CallCame { call, to, from } => {
            let (to, rings) = match to {
                office::Callee::Person(who) => (Callee::User(user_id(who)), Vec::new()),
                office::Callee::Line(line, who) => {
                    (Callee::Queue(queue_id(line)), who.into_iter().map(user_id).collect())
                }
            };
            calls.insert(call, handle.incoming_call(to, from.as_deref(), &rings));
        }
        Happening::CallMade { call, by, to_number } => {
            calls.insert(call, handle.outgoing_call(user_id(by), &to_number));
        }
        Happening::CallAnswered { call, by } => {
            // One that was picked up from its queue has been answered already.
            if let Some(guid) = calls.get(&call).filter(|guid| !handle.is_answered(guid)) {
                handle.answer(guid, user_id(by));
            }
        }
        Happening::CallTransferred { call, to } => {
            if let Some(guid) = calls.get(&call) {
                handle.transfer(guid, user_id(to));
            }
        }
        Happening::CallEnded { call, how } => {
            if let Some(guid) = calls.remove(&call) {
                match how {
                    Ending::HungUp | Ending::Missed => handle.hang_up(&guid),
                    Ending::Voicemail => handle.end_unanswered(&guid, Unanswered::Voicemail),
                };
            }
        }
        Happening::QuietChanged { who, quiet } => {
            handle.set_dnd(user_id(who), quiet != Quiet::Off);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::nguc::{Options, Server};
    use crate::office::Plan;

    #[tokio::test]
    async fn an_hour_of_the_office_leaves_only_calls_that_still_go_on() {
        let office = |rate| Office::new(&Plan { people: 20, rate, seed: 5 });
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(listen, Options::default(), office(0.0)).await.unwrap();
        let handle = server.handle();
        let mut calls = BTreeMap::new();
        let mut office = office(3.0);
        for happening in office.next(Duration::from_secs(3600)) {
            act(handle, &mut calls, happening);
        }
        assert!(!calls.is_empty());
        assert_eq!(handle.shared.lock().company.calls_going(), calls.len());
        server.stop().await;
    }
}
