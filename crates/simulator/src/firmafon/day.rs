//! Acts out the office's day at Firmafon.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, sleep_until};

use super::company::{COMPANY, Company, ME, employee_id, reception_id};
use super::{Caller, Dnd, Endpoint, Handle, Unanswered};
use crate::office::{self, CallId, Callee, Ending, Happening, Line, Office, Quiet, Who};

/// Lets the office live until the future is dropped.
pub(super) async fn live(handle: Handle, mut office: Office) {
    let opened = Instant::now();
    let mut moves = handle.shared.moved.subscribe();
    let mut calls = BTreeMap::new();
    let mut watched = false;
    loop {
        let now = opened.elapsed();
        let watches = handle.subscribers(&format!("/call2/employee/{ME}")) > 0
            || handle.subscribers(&format!("/call2/company/{COMPANY}")) > 0;
        if watches && !watched {
            office.watched(now);
        }
        watched = watches;
        let dialled = std::mem::take(&mut handle.shared.lock().company.dialled);
        for uuid in dialled {
            calls.insert(office.adopt(now, office::ME), uuid);
        }
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
            let from = from.map_or(Caller::Hidden, Caller::Number);
            let (to, rings) = match to {
                Callee::Person(who) => (Endpoint::Employee(employee_id(who)), Vec::new()),
                Callee::Line(line, who) => {
                    (Endpoint::Reception(reception_id(line)), who.into_iter().map(employee_id).collect())
                }
            };
            calls.insert(call, handle.incoming_call(to, &from, &rings));
        }
        Happening::CallMade { call, by, to_number } => {
            calls.insert(call, handle.outgoing_call(employee_id(by), &to_number));
        }
        Happening::CallAnswered { call, by } => {
            if let Some(uuid) = calls.get(&call) {
                handle.answer(uuid, employee_id(by));
            }
        }
        Happening::CallTransferred { call, to } => {
            if let Some(uuid) = calls.get(&call) {
                handle.transfer(uuid, employee_id(to));
            }
        }
        Happening::CallEnded { call, how } => {
            if let Some(uuid) = calls.remove(&call) {
                match how {
                    Ending::HungUp => handle.hang_up(&uuid),
                    Ending::Missed => handle.end_unanswered(&uuid, Unanswered::Missed),
                    Ending::Voicemail => handle.end_unanswered(&uuid, Unanswered::Voicemail),
                };
            }
        }
        Happening::QuietChanged { who, quiet } => {
            let until = |length: Duration| {
                SignedDuration::try_from(length)
                    .ok()
                    .and_then(|length| Timestamp::now().checked_add(length).ok())
            };
            let dnd = match quiet {
                Quiet::Off => Dnd::Off,
                Quiet::On => Dnd::On { until: None },
                Quiet::For(length) => Dnd::On { until: until(length) },
            };
            handle.set_dnd(employee_id(who), dnd);
        }
    }
}

/// The calls of the hours before the simulator was started, so that a call list is not empty.
pub(super) fn remember_morning(company: &mut Company, office: &Office, now: Timestamp) {
    let numbers: Vec<&str> = office.contacts().iter().map(|contact| contact.number.as_str()).collect();
    for ago in (1..=18_i64).rev() {
        let turn = usize::try_from(ago).unwrap_or_default();
        let number = numbers.get(turn * 7 % numbers.len().max(1)).copied().unwrap_or_default();
        let from = if turn % 6 == 5 { Caller::Hidden } else { Caller::Number(number.to_owned()) };
        let at = |seconds: i64| now - SignedDuration::from_secs(ago * 583 - seconds);
        let uuid = match turn % 3 {
            0 => company.incoming(at(0), Endpoint::Employee(ME), &from, &[]),
            1 => company.incoming(at(0), Endpoint::Reception(reception_id(Line(0))), &from, &[ME]),
            _ => company.outgoing(at(0), ME, number),
        };
        if turn % 4 != 1 {
            company.answer(at(7), &uuid, if turn % 5 == 1 { employee_id(Who(1)) } else { ME });
        }
        company.hang_up(at(30 + ago * 11), &uuid);
    }
    drop(company.take_outbox());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::firmafon::Options;
    use crate::firmafon::faye::Origin;
    use crate::firmafon::server::Server;
    use crate::office::Plan;

    /// A quiet server of the same people, and the office that would make them lively.
    async fn open() -> (Server, Office) {
        let office = |rate| Office::new(&Plan { people: 20, rate, seed: 5 });
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(listen, Options::default(), office(0.0)).await.unwrap();
        (server, office(3.0))
    }

    #[tokio::test]
    async fn an_hour_of_the_office_leaves_only_calls_that_still_go_on() {
        let (server, mut office) = open().await;
        let handle = server.handle();
        let mut calls = BTreeMap::new();
        for happening in office.next(Duration::from_secs(3600)) {
            act(handle, &mut calls, happening);
        }
        assert!(!calls.is_empty());
        assert_eq!(handle.shared.lock().company.calls_going(), calls.len());
        server.stop().await;
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_begins_to_look_is_called_within_eight_seconds() {
        let (server, office) = open().await;
        let handle = server.handle();
        let day = tokio::spawn(live(handle.clone(), office));
        let post = |body: serde_json::Value| {
            let origin = Origin { sticky: false, socket: None };
            let taken = handle.shared.with(|state, now| {
                state.faye.receive_body(now.instant, &state.gate, origin, &body.to_string())
            });
            taken.unwrap().try_recv().unwrap()
        };
        let shaken = post(
            json!({"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"]}),
        );
        let shaken: serde_json::Value = serde_json::from_str(&shaken).unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
        post(json!({
            "channel": "/meta/subscribe", "clientId": shaken[0]["clientId"], "subscription": "/call2/employee/77",
            "ext": {"access_token": "good-token"},
        }));
        let began = Instant::now();
        let mine = |handle: &Handle| handle.shared.lock().company.rung_at(ME);
        let before = mine(handle);
        handle.watch(|handle| mine(handle) > before).await;
        assert!(began.elapsed() <= Duration::from_secs(8), "{:?}", began.elapsed());
        day.abort();
        server.stop().await;
    }

    #[tokio::test]
    async fn the_morning_is_remembered_and_over() {
        let (server, office) = open().await;
        let mut state = server.handle().shared.lock();
        remember_morning(&mut state.company, &office, Timestamp::now());
        assert_eq!(state.company.calls_going(), 0);
        assert!(state.company.take_outbox().is_empty());
    }
}
