//! Acts out the office's day at the switch.

use std::collections::BTreeMap;

use tokio::time::{Instant, sleep_until};

use super::people::Seat;
use super::{Cause, Handle, Target};
use crate::office::{CallId, Callee, Ending, Happening, Office, Quiet, Who};

/// A call of the day.
#[derive(Debug)]
struct Going {
    call: String,
    /// Who of the office talks in it.
    talks: Option<String>,
    /// The call in which they ask a colleague to take it.
    question: Option<String>,
}

impl Going {
    fn new(call: String) -> Going {
        Going { call, talks: None, question: None }
    }
}

/// Lets the office live until the future is dropped.
pub(super) async fn live(handle: Handle, mut office: Office) {
    let opened = Instant::now();
    let mut moves = handle.shared.moved.subscribe();
    let mut calls = BTreeMap::new();
    let mut watched = false;
    loop {
        let now = opened.elapsed();
        let watches = handle.requests().open > 0;
        if watches && !watched {
            office.watched(now);
        }
        watched = watches;
        let dialled = std::mem::take(&mut handle.shared.lock().switch.dialled);
        for (call, Seat(by)) in dialled {
            // A click-to-call: the own phone is picked up at once, and the day goes on with it.
            let by_id = person(&handle, Who(by));
            handle.answer(&call, &by_id);
            calls.insert(office.adopt(now, Who(by)), Going::new(call));
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

/// The user's id: people of the office have the account's first seats.
fn person(handle: &Handle, Who(at): Who) -> String {
    handle.users().get(at).cloned().unwrap_or_default()
}

fn act(handle: &Handle, calls: &mut BTreeMap<CallId, Going>, happening: Happening) {
    let person = |who: Who| person(handle, who);
    match happening {
        Happening::CallCame { call, to, from } => {
            let from = from.map(|number| format!("+{number}"));
            let target = match to {
                Callee::Person(who) => Target::User(person(who)),
                Callee::Line(line, who) => {
                    let users = who.into_iter().map(person).collect();
                    // The main number's calls wait in a queue, the departments' ring at once.
                    match line.0 {
                        0 => Target::Queue { line: 0, users },
                        line => Target::RingGroup { line, users },
                    }
                }
            };
            let going = handle.incoming_call(&target, from.as_deref());
            calls.insert(call, Going::new(going));
        }
        Happening::CallMade { call, by, to_number } => {
            if let Some(going) = handle.outgoing_call(&person(by), &format!("+{to_number}")) {
                calls.insert(call, Going::new(going));
            }
        }
        Happening::CallAnswered { call, by } => {
            if let Some(going) = calls.get_mut(&call) {
                match going.question.take() {
                    Some(question) => {
                        // Whoever does not disturb cannot be asked.
                        let asked = handle.answer(&question, &person(by));
                        if !(asked && handle.transfer_consulted(&going.call)) {
                            handle.hang_up(&question);
                        }
                    }
                    None => {
                        handle.answer(&going.call, &person(by));
                    }
                }
                going.talks = Some(person(by));
            }
        }
        Happening::CallTransferred { call, to } => {
            if let Some(going) = calls.get_mut(&call)
                && let Some(by) = going.talks.take()
            {
                // Every other one asks first.
                going.question =
                    call.0.is_multiple_of(2).then(|| handle.consult(&going.call, &by, &person(to))).flatten();
                if going.question.is_none() {
                    handle.transfer(&going.call, &by, &person(to));
                }
            }
        }
        Happening::CallEnded { call, how } => {
            if let Some(Going { call, question, .. }) = calls.remove(&call) {
                if let Some(question) = question {
                    handle.hang_up(&question);
                }
                match how {
                    Ending::HungUp => handle.hang_up(&call),
                    Ending::Missed => handle.end_unanswered(&call, Cause::NoAnswer) || handle.hang_up(&call),
                    Ending::Voicemail => handle.send_to_voicemail(&call) && handle.hang_up(&call),
                };
            }
        }
        Happening::QuietChanged { who, quiet } => {
            handle.set_do_not_disturb(&person(who), quiet != Quiet::Off);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::firehose::{Options, Server};
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
        let questions = calls.values().filter(|going| going.question.is_some()).count();
        assert_eq!(handle.calls_going(), calls.len() + questions);
        server.stop().await;
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_begins_to_look_is_called_within_eight_seconds() {
        let (server, office) = open().await;
        let handle = server.handle();
        let day = tokio::spawn(live(handle.clone(), office));
        tokio::time::sleep(Duration::from_secs(60)).await;
        let me = handle.me();
        let _looks =
            handle.shared.with(|state, _| state.audience.join(crate::firehose::gate::Filter::default()));
        let began = Instant::now();
        handle.watch(|handle| !handle.is_engaged(&me)).await;
        handle.watch(|handle| handle.is_engaged(&me)).await;
        assert!(began.elapsed() <= Duration::from_secs(8), "{:?}", began.elapsed());
        day.abort();
        server.stop().await;
    }
}
