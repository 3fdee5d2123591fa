//! Acts out the office's day at Stringee.

use std::collections::BTreeMap;

use tokio::time::{Instant, sleep_until};

use super::project::MANUAL;
use super::{CallKind, Caller, Handle, Told};
use crate::office::{CallId, Callee, Ending, Happening, Line, Office, Quiet, Who};

/// Every so many calls are with picture.
const VIDEO_EVERY: u64 = 5;

/// Lets the office live until the future is dropped.
pub(super) async fn live(handle: Handle, mut office: Office) {
    let opened = Instant::now();
    let mut moves = handle.shared.moved.subscribe();
    let mut calls = BTreeMap::new();
    let mut watched = false;
    loop {
        let now = opened.elapsed();
        let watches = !handle.clients().is_empty();
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
    handle.shared.with(|state, now| {
        let project = &mut state.project;
        match happening {
            Happening::CallCame { call, to, from } => {
                let from = from.map_or(Caller::Hidden, Caller::Number);
                let (line, rung) = match to {
                    Callee::Person(who) => (Line(0), vec![who]),
                    Callee::Line(line, rung) => (line, rung),
                };
                let rung: Vec<String> = rung.into_iter().map(|who| project.user(who).to_owned()).collect();
                let line = project.line(line).to_owned();
                let kind = if call.0.is_multiple_of(VIDEO_EVERY) { CallKind::Video } else { CallKind::Voice };
                calls.insert(call, project.incoming(now.at, kind, &rung, &from, &line));
            }
            Happening::CallMade { call, by, to_number } => {
                let (by, line) = (project.user(by).to_owned(), project.line(Line(0)).to_owned());
                calls.insert(call, project.outgoing(now.at, &by, &to_number, &line));
            }
            Happening::CallAnswered { call, by } => {
                let by = project.user(by).to_owned();
                if let Some(id) = calls.get(&call) {
                    project.answer(now.at, id, &by);
                }
            }
            Happening::CallTransferred { call, to } => {
                let to = project.user(to).to_owned();
                if let Some(id) = calls.get(&call) {
                    project.transfer(now.at, id, &to);
                }
            }
            Happening::CallEnded { call, how: Ending::HungUp | Ending::Missed | Ending::Voicemail } => {
                if let Some(id) = calls.remove(&call) {
                    project.end(now.at, &id, Told::Stopped);
                }
            }
            Happening::QuietChanged { who, quiet } => {
                let word = quiet_word(who, quiet);
                let user = project.user(who).to_owned();
                project.set_attribute(now.at, &user, MANUAL, Some(word.into()));
            }
        }
    });
}

/// Agents choose from a list of their call centre.
fn quiet_word(who: Who, quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::Off => "AVAILABLE",
        Quiet::On if who.0.is_multiple_of(2) => "NOT AVAILABLE",
        Quiet::On => "SHORT BREAK",
        Quiet::For(_) => "LUNCH BREAK",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::office::Plan;
    use crate::stringee::project::Push;
    use crate::stringee::{Identity, Options, Server};

    /// A quiet server of the same people, and the office that would make them lively.
    async fn open() -> (Server, Office) {
        let office = |rate| Office::new(&Plan { people: 20, rate, seed: 5 });
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(listen, Options::default(), office(0.0)).await.unwrap();
        (server, office(3.0))
    }

    #[tokio::test]
    async fn an_hour_of_the_office_leaves_only_calls_that_still_go_on() {
        let (server, mut lively) = open().await;
        let mut calls = BTreeMap::new();
        for happening in lively.next(Duration::from_secs(3600)) {
            act(server.handle(), &mut calls, happening);
        }
        assert!(!calls.is_empty());
        assert_eq!(server.handle().shared.lock().project.calls_going(), calls.len());
        server.stop().await;
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_begins_to_look_is_called_within_eight_seconds() {
        let (server, office) = open().await;
        let handle = server.handle();
        let day = tokio::spawn(live(handle.clone(), office));
        tokio::time::sleep(Duration::from_secs(60)).await;
        let me = handle.me();
        // The call that was mine before anybody looked is over first.
        let rings = |handle: &Handle| handle.attribute(&me, "call").is_some_and(|word| word == "Ringing");
        let mut pushes = handle.shared.with(|state, now| {
            let (socket, pushes) = state.project.open_socket();
            let claims = state.project.claims(Identity::Same);
            state.project.sign_in(now.at, socket, claims, &serde_json::json!({}));
            pushes
        });
        let began = Instant::now();
        let rung = async {
            while let Some(push) = pushes.recv().await {
                if let Push::Text(text) = push
                    && text.contains(r#""service":33"#)
                {
                    return;
                }
            }
        };
        rung.await;
        assert!(rings(handle));
        assert!(began.elapsed() <= Duration::from_secs(8), "{:?}", began.elapsed());
        day.abort();
        server.stop().await;
    }
}
