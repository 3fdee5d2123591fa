//! `ringside dnd`.

use engine::{Command, DndLength, control::Control as _};
use model::{Dnd, DndBy, DndOrigin, DndState, Time};
use serde_json::json;

use crate::{
    args::{self, DndCommand, Json},
    ask::{agent, minutes, view},
    failure::Failure,
    lines::clock,
    print::{self, heard, said},
};

pub async fn run(args: args::Dnd) -> Result<(), Failure> {
    let command = match args.command {
        DndCommand::Status(Json { json }) => {
            let view = view().await?;
            if json {
                print::json(&json!({ "v": 1, "dnd": view.dnd }));
            } else {
                print_status(&view.dnd);
            }
            return Ok(());
        }
        DndCommand::Off => Command::DndOff,
        DndCommand::Toggle => Command::DndToggle,
        DndCommand::Keep => Command::DndKeep,
        DndCommand::On { open_ended: true, .. } => Command::DndOn { length: DndLength::Open },
        DndCommand::On { length, until, .. } => {
            Command::DndOn { length: dnd_length(length.as_deref(), until.as_deref())? }
        }
    };
    let done = agent().await?.act(command).await;
    print_status(&view().await?.dnd);
    Ok(done?)
}

fn print_status(dnd: &Dnd) {
    print::told(dnd_words(dnd));
    for state in &dnd.states {
        print::told(format_args!("  {}: {}", state.account, state_words(state, dnd.on)));
    }
}

/// What is on here, and until when.
pub fn dnd_words(dnd: &Dnd) -> String {
    let Some(origin) = dnd.origin else {
        return said(&match dnd.held_off_until {
            Some(until) => format!("Do not disturb is off, the schedule too until {}", clock(until)),
            None => "Do not disturb is off".to_owned(),
        })
        .into_owned();
    };
    let end = match (dnd.until, dnd.asks_again_at) {
        (Some(until), _) => format!(" until {}", clock(until)),
        (None, _) if dnd.asking => ": is it to stay on? `ringside dnd keep` or `ringside dnd off`".to_owned(),
        (None, Some(at)) => format!(" until you turn it off; you are asked again at {}", clock(at)),
        (None, None) => ", without an end".to_owned(),
    };
    let what = match origin {
        DndOrigin::Manual => "Do not disturb".to_owned(),
        DndOrigin::Schedule => "Do not disturb by schedule".to_owned(),
        DndOrigin::Elsewhere => format!(
            "Do not disturb, switched on in {}",
            dnd.accounts[..].iter().map(model::AccountId::as_str).collect::<Vec<_>>().join(", ")
        ),
    };
    said(&format!("{what}{end}")).into_owned()
}

fn state_words(state: &DndState, is_on: bool) -> String {
    let since = state.since.map(|since: Time| format!("since {}", clock(since)));
    let until = state.until.map(|until| format!("until {}", clock(until)));
    let words = |words: &[Option<&str>]| {
        words.iter().flatten().map(|words| said(words)).collect::<Vec<_>>().join(" ")
    };
    match (state.wanted, state.is, state.by) {
        _ if state.trouble.is_some() => {
            let here =
                if state.wanted { "quiet here, not at the provider" } else { "still on at the provider" };
            let text = state.trouble.as_ref().map_or("", |problem| &problem.text);
            let retry = state.retry_at.map(|at| format!("It is tried again at {}.", clock(at)));
            format!("{}: {} {}", said(here), heard(text), words(&[retry.as_deref()])).trim_end().to_owned()
        }
        _ if state.settling => words(&[Some("a change is under way")]),
        (true, _, _) if !state.able => {
            words(&[Some("quiet here; the provider has none, or is not connected yet")])
        }
        (_, Some(true), Some(DndBy::Elsewhere)) => {
            let on = words(&[Some("on"), until.as_deref()]);
            format!("{on}, {}", words(&[Some("switched on elsewhere"), since.as_deref()]))
        }
        (_, Some(true), _) => words(&[Some("on at the provider"), until.as_deref(), since.as_deref()]),
        (_, Some(false), Some(DndBy::Elsewhere)) => {
            words(&[Some("off, switched off elsewhere"), since.as_deref()])
        }
        (true, Some(false) | None, _) => {
            words(&[Some("quiet here; the provider shows it once it is connected and no call hides it")])
        }
        (false, None, _) => words(&[Some("the provider does not show it")]),
        (false, Some(false), _) if is_on => words(&[Some("off")]),
        (false, Some(false), _) => words(&[Some("off"), since.as_deref()]),
    }
}

fn dnd_length(length: Option<&str>, until: Option<&str>) -> Result<DndLength, Failure> {
    if let Some(length) = length {
        return minutes(length).map(|minutes| DndLength::For { minutes });
    }
    match until {
        None => Ok(DndLength::For { minutes: 60 }),
        Some("tomorrow") => Ok(DndLength::Tomorrow),
        Some(text) => until_length(text)
            .ok_or_else(|| Failure::usage(format!("`{text}` is not a time; write 17:00 or tomorrow."))),
    }
}

/// A time of day, or a moment as JSON has it.
fn until_length(text: &str) -> Option<DndLength> {
    if let Ok(until) = text.parse() {
        return Some(DndLength::Until { until });
    }
    let time: jiff::civil::Time = text.parse().ok()?;
    Some(DndLength::Clock { hour: time.hour().try_into().ok()?, minute: time.minute().try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_ends_are_read_as_people_write_them() {
        assert_eq!(dnd_length(Some("30m"), None).unwrap(), DndLength::For { minutes: 30 });
        assert_eq!(dnd_length(Some("2h"), None).unwrap(), DndLength::For { minutes: 120 });
        assert_eq!(dnd_length(None, None).unwrap(), DndLength::For { minutes: 60 });
        assert!(dnd_length(Some("soon"), None).is_err());
        assert!(dnd_length(Some("0m"), None).is_err());
        assert_eq!(dnd_length(None, Some("17:05")).unwrap(), DndLength::Clock { hour: 17, minute: 5 });
        assert_eq!(dnd_length(None, Some("tomorrow")).unwrap(), DndLength::Tomorrow);
        let until = "2026-11-21T17:00:00Z".parse().unwrap();
        assert_eq!(dnd_length(None, Some("2026-11-21T17:00:00Z")).unwrap(), DndLength::Until { until });
        assert!(dnd_length(None, Some("lunch")).is_err());
    }
}
