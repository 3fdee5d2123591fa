//! The commands about calls of the past, and about times in which nothing was heard.

use engine::{
    Command,
    control::{Client, Control as _},
    history::{Erase, Format, LONGEST_PAGE, PastCall, Query},
};
use jiff::{Span, Timestamp, Zoned, civil, tz::TimeZone};
use model::{AccountId, Gap, Time};
use serde_json::json;

use crate::{
    args::{Calls, CallsCommand, Export, Json, Note, Remind},
    ask::{agent, view},
    failure::Failure,
    lines::{call_words, clock, fetched_words, offline_words},
    print::{self, heard, said},
};

/// Without a limit of the person's own.
const USUALLY: u32 = 100;

pub async fn calls(args: Calls) -> Result<(), Failure> {
    if let Some(command) = args.command {
        return change(command).await;
    }
    let now = Zoned::now();
    let time = |text: Option<&str>| text.map(|text| moment(text, &now)).transpose();
    let mut query = Query {
        search: args.search,
        missed: args.missed,
        since: time(args.since.as_deref())?,
        before: time(args.before.as_deref())?,
        ..Query::default()
    };
    let mut left = args.limit.unwrap_or(if args.export.is_some() { u32::MAX } else { USUALLY });
    let print: fn(&PastCall) = match args.export {
        Some(Export::Csv) => |past| print::raw(&Format::Csv.encode(past)),
        Some(Export::Json) => |past| print::versioned(past),
        None if args.json => |past| print::versioned(past),
        None => |past| print::told(words(past)),
    };
    let agent = agent().await?;
    if args.export == Some(Export::Csv) {
        print::raw(&Format::Csv.heading());
    }
    while left > 0 {
        query.limit = left.min(LONGEST_PAGE);
        let page = agent.calls(query.clone()).await?;
        page.calls.iter().for_each(print);
        print::all_said()?;
        left = left.saturating_sub(u32::try_from(page.calls.len()).unwrap_or(left));
        if page.next.is_none() {
            break;
        }
        query.after = page.next;
    }
    Ok(())
}

async fn change(command: CallsCommand) -> Result<(), Failure> {
    match command {
        CallsCommand::Seen { call: None } => {
            agent().await?.act(Command::MissedSeen).await?;
            print::line("No missed call is new any more.");
        }
        CallsCommand::Seen { call: Some(call) } => {
            let (agent, past) = find(&call).await?;
            agent.act(Command::CallSeen { call: past.call.id.clone() }).await?;
            print::told(format_args!("{}: {}", said("Seen"), words(&past)));
        }
        CallsCommand::Private { call } => {
            let (agent, past) = find(&call).await?;
            agent.act(Command::MakePrivate { call: past.call.id.clone() }).await?;
            print::told(format_args!("{}: {}", said("The other end is forgotten of"), words(&past)));
        }
        CallsCommand::Erase { before, number, call, all: _ } => {
            let calls = match (before, number, call) {
                (Some(before), _, _) => Erase::Before { before: moment(&before, &Zoned::now())? },
                (None, Some(number), _) => Erase::Number { number },
                (None, None, Some(call)) if call.contains('/') => {
                    Erase::Call { call: find(&call).await?.1.call.id }
                }
                (None, None, Some(call)) => {
                    let text = format!("`{call}` is no id of a call; `ringside calls --json` shows them.");
                    return Err(Failure::usage(text));
                }
                (None, None, None) => Erase::All,
            };
            agent().await?.act(Command::Erase { calls }).await?;
            print::line("Erased.");
        }
    }
    Ok(())
}

pub async fn note(args: Note) -> Result<(), Failure> {
    let (agent, past) = find(&args.call).await?;
    agent.act(Command::Note { call: past.call.id.clone(), text: args.text }).await?;
    print::told(format_args!("{}: {}", said("Noted"), words(&past)));
    Ok(())
}

pub async fn remind(args: Remind) -> Result<(), Failure> {
    let at = if args.at == "off" { None } else { Some(coming(&args.at, &Zoned::now())?) };
    let (agent, past) = find(&args.call).await?;
    agent.act(Command::Remind { call: past.call.id.clone(), at }).await?;
    let when = at.map_or_else(|| "No reminder".to_owned(), |at| format!("You are reminded at {}", stamp(at)));
    print::told(format_args!("{}: {}", said(&when), words(&past)));
    Ok(())
}

pub async fn gaps(args: Json) -> Result<(), Failure> {
    let view = view().await?;
    let mut gaps: Vec<_> =
        view.accounts.iter().flat_map(|account| account.gaps.iter().map(|gap| (&account.id, gap))).collect();
    gaps.sort_by_key(|(_, gap)| gap.from);
    if args.json {
        for (account, gap) in gaps {
            print::json(&json!({ "v": 1, "account": account, "gap": gap }));
        }
    } else {
        outages(gaps).into_iter().for_each(print::told);
    }
    Ok(())
}

/// A line for each time offline, with what became of it at each account; `gaps` are in order.
fn outages<'a>(gaps: impl IntoIterator<Item = (&'a AccountId, &'a Gap)>) -> Vec<String> {
    let mut outages: Vec<(Time, Time, String)> = Vec::new();
    for (account, gap) in gaps {
        let words = format!("; {account}: {}", fetched_words(gap));
        match outages.last_mut() {
            Some((_, to, text)) if gap.from <= *to => {
                *to = (*to).max(gap.to);
                text.push_str(&words);
            }
            _ => outages.push((gap.from, gap.to, words)),
        }
    }
    let line = |(from, to, words)| format!("{} {}{words}", day(from), offline_words(from, to));
    outages.into_iter().map(line).collect()
}

/// A call by its id, `last`, or the newest that a search finds.
async fn find(call: &str) -> Result<(Client, PastCall), Failure> {
    let query = match call.trim() {
        "last" => Query { limit: 1, ..Query::default() },
        id if id.contains('/') => Query { call: Some(id.into()), limit: 1, ..Query::default() },
        "" => return Err(Failure::usage("Say which call: an id, `last` or a text to be searched for.")),
        search => Query { search: Some(search.to_owned()), limit: 1, ..Query::default() },
    };
    let agent = agent().await?;
    let found = agent.calls(query).await?.calls.pop();
    let nothing = || Failure::usage(format!("`{call}` is no call of the history; see `ringside calls`."));
    Ok((agent, found.ok_or_else(nothing)?))
}

/// A moment of the past.
fn moment(text: &str, now: &Zoned) -> Result<Time, Failure> {
    let day = |date: civil::Date| date.to_zoned(now.time_zone().clone()).ok();
    let at = match text {
        "today" => day(now.date()),
        "yesterday" => now.date().yesterday().ok().and_then(day),
        _ => None,
    };
    at.map(|at| at.timestamp())
        .or_else(|| text.parse::<Timestamp>().ok())
        .or_else(|| {
            text.parse::<civil::DateTime>().ok()?.to_zoned(now.time_zone().clone()).ok().map(Into::into)
        })
        .or_else(|| text.parse::<Span>().ok().and_then(|ago| now.checked_sub(ago).ok()).map(Into::into))
        .map(Time::from)
        .ok_or_else(|| Failure::usage(format!("`{text}` is not a time; write 2026-11-21, yesterday or 7d.")))
}

/// A moment to come.
fn coming(text: &str, now: &Zoned) -> Result<Time, Failure> {
    // A moment is a time of day as well, but not the day that is meant.
    let date = text.parse::<civil::DateTime>().ok();
    date.and_then(|date| date.to_zoned(now.time_zone().clone()).ok())
        .or_else(|| if date.is_none() { until_time(text, now) } else { None })
        .or_else(|| text.parse::<Span>().ok().and_then(|span| now.checked_add(span).ok()))
        .filter(|at| at > now)
        .map(|at| at.timestamp().into())
        .ok_or_else(|| {
            Failure::usage(format!("`{text}` is no time to come; write 15:00, 2h or 2026-11-21T15:00."))
        })
}

/// The next moment at which the clock shows this time.
fn until_time(text: &str, now: &Zoned) -> Option<Zoned> {
    let time: civil::Time = text.parse().ok()?;
    let today = now.with().time(time).build().ok()?;
    if today > *now { Some(today) } else { today.tomorrow().ok() }
}

fn local(at: Time) -> Zoned {
    at.timestamp().to_zoned(TimeZone::system())
}

fn day(at: Time) -> String {
    local(at).strftime("%Y-%m-%d").to_string()
}

fn stamp(at: Time) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

fn words(past: &PastCall) -> String {
    let at = past.call.started_at.map_or_else(|| " ".repeat(16), stamp);
    let mut text = format!("{at} {}", call_words(&past.call));
    if past.seen == Some(false) {
        text.push_str(&format!(" {}", said("(new)")));
    }
    if past.private {
        text.push_str(&format!(" {}", said("(private)")));
    }
    if let Some(alert) = &past.alert {
        let shown = said(if alert.shown { "shown" } else { "not shown" });
        text.push_str(&format!(" · {shown}: {}", heard(&alert.why)));
    }
    if let Some(note) = past.note.as_ref().and_then(|note| note.lines().next()) {
        text.push_str(&format!(" · {note}"));
    }
    if let Some(at) = past.remind_at {
        text.push_str(&format!(" · {}", said(&format!("call back at {}", clock(at)))));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Zoned {
        "2026-11-21T16:30[Europe/Copenhagen]".parse().unwrap()
    }

    #[test]
    fn what_one_outage_cost_each_account_is_one_line() {
        let gap = |from: i64, to: i64, fetched, note: Option<&str>| Gap {
            from: Time::from_millis(from * 60_000),
            to: Time::from_millis(to * 60_000),
            filled: note.is_none(),
            note: note.map(str::to_owned),
            fetched,
        };
        let (work, queue) = (AccountId::from("work"), AccountId::from("queue"));
        let (first, second) = (gap(12, 19, Some(2), None), gap(13, 20, Some(0), Some("no list of calls")));
        let later = gap(40, 41, Some(0), None);
        let lines = outages([(&work, &first), (&queue, &second), (&work, &later)]);
        let said: Vec<&str> =
            lines.iter().filter_map(|line| line.split_once("; ")).map(|(_, said)| said).collect();
        assert_eq!(
            said,
            [
                "work: 2 calls fetched afterwards; queue: cannot be fetched (no list of calls)",
                "work: no call was missed"
            ]
        );
        assert!(
            lines[0].contains(&format!("offline {}–{};", clock(first.from), clock(second.to))),
            "{lines:?}"
        );
    }

    #[test]
    fn moments_of_the_past_are_read_as_people_write_them() {
        let read = |text| moment(text, &now()).map(|at| at.to_string()).unwrap_or_default();
        assert_eq!(read("today"), "2026-11-20T23:00:00.000Z");
        assert_eq!(read("yesterday"), "2026-11-19T23:00:00.000Z");
        assert_eq!(read("2026-11-01"), "2026-10-31T23:00:00.000Z");
        assert_eq!(read("2026-11-01T08:00"), "2026-11-01T07:00:00.000Z");
        assert_eq!(read("2026-11-01T08:00:00Z"), "2026-11-01T08:00:00.000Z");
        assert_eq!(read("7d"), "2026-11-14T15:30:00.000Z");
        assert_eq!(read("recently"), "");
    }

    #[test]
    fn moments_to_come_are_not_past() {
        let read = |text| coming(text, &now()).map(|at| at.to_string()).unwrap_or_default();
        assert_eq!(read("17:00"), "2026-11-21T16:00:00.000Z");
        assert_eq!(read("15:00"), "2026-11-22T14:00:00.000Z");
        assert_eq!(read("2h"), "2026-11-21T17:30:00.000Z");
        assert_eq!(read("2026-11-20T15:00"), "");
        assert_eq!(read("soon"), "");
    }

    #[test]
    fn a_call_says_why_it_was_shown_or_not() {
        let line = |alert: Option<(bool, &str)>| {
            let past = json!({
                "id": "work/u1", "account": "work", "direction": "incoming", "state": "ended", "mine": true,
                "peer": { "hidden": false }, "line": null, "people": [], "started_at": null, "answered_at": null,
                "ended_at": null, "outcome": "missed", "seen": null, "note": null, "remind_at": null,
                "private": false, "alert": alert.map(|(shown, why)| json!({ "shown": shown, "why": why })),
            });
            words(&serde_json::from_value(past).unwrap()).trim_start().to_owned()
        };
        let call = line(None);
        let quiet = line(Some((false, "do not disturb is on")));
        assert_eq!(quiet, format!("{call} · not shown: do not disturb is on"));
        assert_eq!(line(Some((true, "rings me"))), format!("{call} · shown: rings me"));
    }
}
