//! What reads bytes from outside and has no public name of its own, for `tests/fuzz` and for nothing else.
//!
//! Each takes any bytes, and panics only where the program would be wrong.

use std::{cell::RefCell, time::Duration};

use http::{HeaderMap, HeaderValue, header};
use jiff::tz::TimeZone;
use model::{AccountId, Time};
use protocols::Instant;
use providers::ActionId;
use rusqlite::Connection;
use serde_json::Map;

use crate::{
    SettingChange, Settings,
    dnd::{Dnd, Moment, Out},
    history::{LONGEST_PAGE, Query},
    network, settings, store,
};

const NOON: Time = Time::from_millis(1_795_000_000_000);

/// What do-not-disturb remembers, and what becomes of it: it does not turn in circles, what it keeps can be read
/// again, and what had an end is off after it.
pub fn dnd_file(bytes: &[u8]) {
    const STEPS: usize = 2_000;
    const CIRCLES: usize = 50;
    let accounts = ["one", "two"].map(AccountId::from);
    let mut moment = Moment { now: Instant::at(Duration::from_secs(1_000)), wall: NOON };
    let mut dnd = Dnd::default();
    dnd.zone(TimeZone::UTC);
    if dnd.recall(moment, bytes).is_err() {
        return;
    }
    dnd.settings(&Map::new(), accounts.iter());
    for account in &accounts {
        dnd.able(account, true, false);
        dnd.connection(moment.now, account, true);
    }
    let (mut ids, mut circles) = (0, 0);
    for _ in 0..STEPS {
        dnd.advance(moment, &mut || {
            ids += 1;
            ActionId(ids)
        });
        for out in dnd.out() {
            match out {
                Out::Keep(kept) => {
                    let again = Dnd::default().recall(moment, &kept);
                    assert!(
                        again.is_ok(),
                        "what it keeps cannot be read: {}",
                        String::from_utf8_lossy(&kept)
                    );
                }
                Out::Act(_, id, _) => dnd.done(moment.now, id, &Ok(())),
                Out::Ask => dnd.off(moment),
                Out::Changed => {}
            }
        }
        match dnd.due_in(moment.now) {
            None => break,
            Some(Duration::ZERO) => {
                circles += 1;
                assert!(circles < CIRCLES, "it turns in circles");
            }
            Some(pause) => {
                circles = 0;
                moment = Moment { now: moment.now + pause, wall: moment.wall.plus(pause) };
            }
        }
    }
    let view = dnd.view();
    let over = view.until.is_some_and(|until| until <= moment.wall);
    assert!(!(view.on && over), "it is on after its end");
}

/// The pause that an answer asks for: `seconds or date`, then the answer's own date in a second line.
pub fn retry_after(bytes: &[u8]) {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    let mut headers = HeaderMap::new();
    let mut put = |name| {
        if let Some(Ok(value)) = lines.next().map(HeaderValue::from_bytes) {
            headers.insert(name, value);
        }
    };
    put(header::RETRY_AFTER);
    put(header::DATE);
    if let Some(pause) = network::retry_after(&headers) {
        // Whoever waits for it adds it to a moment.
        assert!(Instant::at(pause) >= Instant::at(Duration::ZERO), "it turns round");
    }
}

thread_local! {
    static HISTORY: RefCell<Option<Connection>> = RefCell::new(store::some_history(NOON));
}

/// A question to the history as JSON: its pages are what was asked for, each call once, and as many as were counted.
/// Anything else is the name of a caller, who is found by it.
pub fn history(bytes: &[u8]) {
    HISTORY.with_borrow_mut(|db| {
        let Some(db) = db else { return };
        match serde_json::from_slice::<Query>(bytes) {
            Ok(query) => walk(db, query),
            Err(_) => assert!(
                store::is_found_by_name(db, &String::from_utf8_lossy(bytes)) != Some(false),
                "who calls is not found by name"
            ),
        }
    });
}

fn walk(db: &Connection, mut query: Query) {
    query.count = true;
    let first = query.after.is_none();
    let mut seen = Vec::new();
    for _ in 0..200 {
        let page =
            store::page(db, &query).unwrap_or_else(|error| panic!("{query:?} is no question: {error}"));
        assert!(page.calls.len() <= LONGEST_PAGE as usize);
        for past in page.calls {
            let call = past.call;
            assert!(!query.missed || past.seen.is_some(), "it was not missed");
            assert!(!query.unseen || past.seen == Some(false), "it was looked at");
            assert!(query.account.as_ref().is_none_or(|account| call.account == *account));
            assert!(query.direction.is_none_or(|direction| call.direction == direction));
            assert!(query.call.as_ref().is_none_or(|id| call.id == *id));
            seen.push(call.id);
        }
        match page.next {
            None => {
                let all = u32::try_from(seen.len()).ok();
                assert!(!first || page.total == all, "{all:?} calls, and {:?} were counted", page.total);
                break;
            }
            next => {
                assert!(next < query.after || query.after.is_none(), "a page leads back");
                query.after = next;
            }
        }
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all, "a call is on two pages");
}

/// A change of the settings as JSON in the first line, and the file that is changed: it stays one that can be read,
/// with the same accounts, nothing else is wrong with it, and a second time changes nothing.
pub fn settings_change(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some((change, file)) = text.split_once('\n') else { return };
    let Ok(change) = serde_json::from_str::<SettingChange>(change) else { return };
    let Some(changed) = settings::changed_text(file, &change) else { return };
    let ids =
        |text: &str| Settings::parse(text).accounts.into_iter().map(|account| account.id).collect::<Vec<_>>();
    assert!(change.group.starts_with("account.") || ids(file) == ids(&changed), "other accounts");
    assert_eq!(settings::changed_text(&changed, &change).as_ref(), Some(&changed), "another one again");
}
