//! The commands that talk to the running agent.

use std::sync::Arc;

use engine::{
    Command,
    control::{Client, Control as _},
    paths,
};
use model::{AccountView, Connection, ConnectionState, View};
use serde_json::json;

use crate::{
    args::{Dial, Json, People, PickUp},
    dnd::dnd_words,
    failure::Failure,
    lines::{
        call_words, connection_words, gap_words, person_name, person_words, queue_words, standing_words,
    },
    print::{self, heard, said},
};

/// Older gaps are for `ringside gaps`.
const GAPS: usize = 3;

/// The running agent.
pub async fn agent() -> Result<Client, Failure> {
    let socket = paths::socket().ok_or_else(Failure::no_agent)?;
    Client::connect(socket).await.map_err(|_| Failure::no_agent())
}

pub async fn view() -> Result<Arc<View>, Failure> {
    Ok(agent().await?.view().await?)
}

pub async fn quit() -> Result<(), Failure> {
    Ok(agent().await?.act(Command::Quit).await?)
}

pub async fn status(args: Json) -> Result<(), Failure> {
    let view = view().await?;
    if args.json {
        print::json(&json!({
            "v": 1,
            "accounts": view.accounts,
            "dnd": view.dnd,
            "missed": view.missed,
            "calls": view.calls,
            "people": view.people.len(),
            "problems": view.problems,
        }));
        return Ok(());
    }
    for account in &view.accounts {
        let connection = account.connection.as_ref().map_or_else(|| said("not tried yet"), connection_words);
        let me = account
            .me
            .as_ref()
            .map_or_else(String::new, |me| format!(", {} ({})", person_name(me), standing_words(me)));
        print::told(format_args!("{} ({}): {connection}{me}", account.id, account.provider));
        if let Some(problem) = account.connection.as_ref().and_then(|connection| connection.problem.as_ref())
        {
            print::told(format_args!("  {}", heard(&problem.text)));
        }
        for gap in account.gaps.iter().rev().take(GAPS).rev() {
            print::told(format_args!("  {}", gap_words(gap)));
        }
        // Who waits where nothing is heard is not known.
        let is_live = |connection: &Connection| connection.state == ConnectionState::Live;
        if !account.connection.as_ref().is_some_and(is_live) {
            continue;
        }
        for queue in account.queues.iter().filter(|queue| !queue.waiting.is_empty()) {
            print::told(format_args!("  {} ({})", queue_words(queue), queue.id));
        }
    }
    if view.accounts.is_empty() {
        print::line("No account yet; run `ringside account add`.");
    }
    if let Some(reach) = reach_words(&view) {
        print::told(reach);
    }
    print::told(count_words(&view));
    for call in &view.calls {
        print::told(call_words(call));
    }
    for problem in &view.problems {
        print::told(heard(&problem.text));
    }
    Ok(())
}

/// Whether calls are heard of and seen, as far as anything can say so; without an account nothing can.
fn reach_words(view: &View) -> Option<String> {
    if view.dnd.on {
        return Some(dnd_words(&view.dnd));
    }
    let words = if view.accounts.is_empty() {
        return None;
    } else if view.accounts.iter().any(is_deaf) {
        said("Calls may not come through: see the accounts above")
    } else if view.hindered {
        said("Calls come in, but may not be seen: see what is wrong below")
    } else {
        said("Calls come through")
    };
    Some(words.into_owned())
}

fn count_words(view: &View) -> String {
    let colleagues = match view.people.len() {
        1 => said("1 colleague").into_owned(),
        count => said(&format!("{count} colleagues")).into_owned(),
    };
    let missed = match view.missed {
        1 => said("1 missed call").into_owned(),
        count => said(&format!("{count} missed calls")).into_owned(),
    };
    format!("{colleagues}, {missed}")
}

/// Whether something of the account cannot be heard.
fn is_deaf(account: &AccountView) -> bool {
    account
        .connection
        .as_ref()
        .is_none_or(|connection| connection.state != ConnectionState::Live || connection.problem.is_some())
}

/// A length of time, as a person writes it.
pub fn minutes(length: &str) -> Result<u32, Failure> {
    let span: Option<jiff::SignedDuration> = length.parse().ok();
    span.and_then(|span| u32::try_from(span.as_secs().div_euclid(60)).ok())
        .filter(|&minutes| minutes > 0)
        .ok_or_else(|| Failure::usage(format!("`{length}` is not a length of time; write 30m or 2h.")))
}

pub async fn people(args: People) -> Result<(), Failure> {
    let view = view().await?;
    let mut people: Vec<_> = view
        .people
        .iter()
        .filter(|person| {
            let text = format!("{} {}", person_name(person), person.number.as_deref().unwrap_or(""));
            args.search.as_deref().is_none_or(|search| contains(&text, search))
        })
        .collect();
    people.sort_by_key(|person| person_name(person).to_lowercase());
    for person in people {
        if args.json {
            print::versioned(person);
        } else {
            print::told(person_words(person));
        }
    }
    Ok(())
}

fn contains(text: &str, search: &str) -> bool {
    text.to_lowercase().contains(&search.to_lowercase())
}

pub async fn dial(args: Dial) -> Result<(), Failure> {
    let account = args.account.as_deref().map(model::AccountId::from);
    agent().await?.act(Command::Dial { number: args.number, account }).await?;
    print::line("Your phone rings first; answer it to be put through.");
    Ok(())
}

pub async fn pick_up(args: PickUp) -> Result<(), Failure> {
    agent().await?.act(Command::PickUp { queue: args.queue, caller: args.caller }).await?;
    print::line("The caller comes to your phone.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::{Connection, Problem, ProblemCode, Time};

    use super::*;

    fn view(state: ConnectionState) -> View {
        let connection = Connection {
            state,
            since: Time::from_millis(0),
            retry_at: None,
            problem: None,
            last_heard_at: None,
            transport: None,
        };
        let account = AccountView {
            id: "work".into(),
            provider: "firmafon".to_owned(),
            connection: Some(connection),
            me: None,
            can_dnd: false,
            can_dial: false,
            can_pick_up: false,
            queues: Vec::new(),
            gaps: Vec::new(),
            unknown: Vec::new(),
        };
        View { accounts: vec![account], ..View::default() }
    }

    #[test]
    fn calls_are_said_to_come_through_only_where_they_are_heard_and_seen() {
        let says = |view: &View| reach_words(view).unwrap_or_default();
        let live = view(ConnectionState::Live);
        assert_eq!(says(&live), "Calls come through");

        let problems = vec![Problem::new(ProblemCode::Storage, "No notification daemon answers.")];
        let unseen = View { hindered: true, problems: problems.clone(), ..live.clone() };
        assert_eq!(says(&unseen), "Calls come in, but may not be seen: see what is wrong below");
        let without_tray = View { problems, ..live };
        assert_eq!(
            says(&without_tray),
            "Calls come through",
            "not every problem keeps calls from being seen"
        );

        let deaf = View { hindered: true, ..view(ConnectionState::Waiting) };
        assert_eq!(says(&deaf), "Calls may not come through: see the accounts above");
        assert_eq!(reach_words(&View::default()), None, "no account hears of any");
    }

    #[test]
    fn one_missed_call_is_not_many() {
        let mut view = View { missed: 1, ..View::default() };
        assert_eq!(count_words(&view), "0 colleagues, 1 missed call");
        view.missed = 2;
        assert_eq!(count_words(&view), "0 colleagues, 2 missed calls");
    }
}
