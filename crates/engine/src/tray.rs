//! The tray as a value: what it shows is a function of the view, drawn by whoever has a tray.

use model::{Availability, Call, CallState, ConnectionState, Direction, Discretion, Outcome, Time, View};
use words::Words;

use crate::{Command, DndLength, Window, peer_title};

/// A tray item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    /// What is drawn, bottom first: names of `icons/tray/<layer>-<px>.png`.
    pub layers: Vec<&'static str>,
    /// Whether it asks for attention.
    pub attention: bool,
    /// Own state, connections, missed calls: a line each.
    pub tooltip: String,
    /// The menu.
    pub menu: Vec<Item>,
}

/// A line of the tray's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Words only.
    Text(String),
    /// Something to do.
    Act {
        /// What it says.
        label: String,
        /// What it does.
        command: Command,
        /// Whether it is ticked.
        checked: bool,
    },
    /// Further lines.
    Menu {
        /// What it says.
        label: String,
        /// What is in it.
        items: Vec<Item>,
    },
    /// A line between.
    Separator,
}

const RECENT: usize = 8;
/// As `ringside share on` without a length.
const SHARED_FOR_MINUTES: u32 = 120;

impl Tray {
    /// What the tray shows of `view`. Green is only what every account has proven.
    pub fn of(view: &View) -> Self {
        let own = own_state(view);
        let trouble: Vec<String> = view
            .accounts
            .iter()
            .filter_map(|account| Some(format!("{}: {}", account.id, trouble(account.connection.as_ref())?)))
            .collect();
        let ringing: Vec<&Call> =
            view.calls.iter().map(AsRef::as_ref).filter(|call| rings_me(call)).collect();
        let base = layer(own, view.dnd.on, !ringing.is_empty());
        let proven = trouble.is_empty() && !view.hindered && !view.accounts.is_empty();
        let mut layers =
            vec![if matches!(base, "available" | "unknown") && !proven { "unproven" } else { base }];
        if !proven {
            layers.push("trouble");
        } else if view.missed > 0 && base != "ringing" {
            // Over the ringing bell it would cover the waves.
            layers.push(missed_layer(view.missed));
        }
        let mut lines = vec![words(own, view)];
        lines.extend(ringing.iter().map(|call| {
            let who = if view.discretion.hides_names { "Somebody".to_owned() } else { peer_title(call) };
            format!("{who} is calling")
        }));
        lines.extend(shared(view));
        lines.extend(trouble);
        if view.hindered {
            lines.push("Something of this computer keeps calls from being seen: check it".to_owned());
        }
        if view.missed > 0 {
            lines.push(missed(view.missed));
        }
        let menu = menu(view, &lines);
        let mut tray = Self { layers, attention: !ringing.is_empty(), tooltip: lines.join("\n"), menu };
        let words = Words::of(view.look.language);
        tray.tooltip = words.sentence(&tray.tooltip).into_owned();
        translate(&mut tray.menu, words);
        tray
    }
}

fn translate(items: &mut [Item], words: Words) {
    for item in items {
        match item {
            Item::Text(text) | Item::Act { label: text, .. } => *text = words.sentence(text).into_owned(),
            Item::Menu { label, items } => {
                *label = words.sentence(label).into_owned();
                translate(items, words);
            }
            Item::Separator => {}
        }
    }
}

fn menu(view: &View, lines: &[String]) -> Vec<Item> {
    let mut menu: Vec<Item> = lines.iter().cloned().map(Item::Text).collect();
    menu.push(Item::Separator);
    let on = |label, length| act(label, Command::DndOn { length });
    menu.push(on("Do not disturb for 30 minutes", DndLength::For { minutes: 30 }));
    menu.push(on("Do not disturb for 1 hour", DndLength::For { minutes: 60 }));
    let until = |hour| Item::Act {
        label: format!("{hour:02}:00"),
        command: Command::DndOn { length: DndLength::Clock { hour, minute: 0 } },
        checked: false,
    };
    menu.push(Item::Menu { label: "Do not disturb until".to_owned(), items: (8..=20).map(until).collect() });
    menu.push(on("Do not disturb until tomorrow", DndLength::Tomorrow));
    menu.push(on("Do not disturb until I turn it off", DndLength::Open));
    if view.dnd.asking {
        menu.push(act("Keep do not disturb on", Command::DndKeep));
    }
    if view.dnd.on {
        menu.push(act("Switch do not disturb off", Command::DndOff));
    }
    menu.push(Item::Separator);
    let recent: Vec<Item> = view
        .recent
        .iter()
        .filter(|call| call.mine == Some(true))
        .take(RECENT)
        .map(|call| recent(call))
        .collect();
    if recent.is_empty() {
        menu.push(Item::Text("No recent calls".to_owned()));
    } else {
        menu.push(Item::Menu { label: "Recent calls".to_owned(), items: recent });
    }
    if view.missed > 0 {
        menu.push(act("Mark missed calls as seen", Command::MissedSeen));
    }
    menu.push(Item::Separator);
    let shares = view.discretion.sharing;
    menu.push(Item::Act {
        label: "I am sharing my screen".to_owned(),
        command: Command::Share { minutes: (!shares).then_some(SHARED_FOR_MINUTES) },
        checked: shares,
    });
    menu.push(act("Check the connections", Command::Check { tell: true }));
    menu.push(act("Open Ringside", Command::Open { window: Window::Main }));
    menu.push(act("Quit", Command::Quit));
    menu
}

fn act(label: &str, command: Command) -> Item {
    Item::Act { label: label.to_owned(), command, checked: false }
}

fn recent(call: &Call) -> Item {
    let what = match (call.direction, call.outcome) {
        (Direction::Outgoing, _) => "called",
        (Direction::Incoming, Some(Outcome::Missed | Outcome::Voicemail)) => "missed",
        (Direction::Incoming, Some(Outcome::AnsweredElsewhere)) => "answered by a colleague",
        (Direction::Incoming, _) => "was here",
    };
    let label = format!("{} ({what})", peer_title(call));
    match call.peer.number {
        Some(_) => Item::Act { label, command: Command::CallBack { call: call.id.clone() }, checked: false },
        None => Item::Text(label),
    }
}

fn state(connection: Option<&model::Connection>) -> Option<ConnectionState> {
    connection.map(|connection| connection.state)
}

fn rings_me(call: &Call) -> bool {
    call.state == CallState::Ringing && call.mine == Some(true) && call.direction == Direction::Incoming
}

/// The most occupied of one's states; `Unknown` unless at least one connected account shows one.
fn own_state(view: &View) -> Availability {
    let live = view
        .accounts
        .iter()
        .filter(|account| state(account.connection.as_ref()) == Some(ConnectionState::Live));
    let rank = |availability: &Availability| match availability {
        Availability::Ringing => 6,
        Availability::Busy => 5,
        Availability::Dnd => 4,
        Availability::Away => 3,
        Availability::Available => 2,
        Availability::Offline => 1,
        Availability::Unknown => 0,
    };
    live.filter_map(|account| account.me.as_ref())
        .map(|me| me.availability)
        .max_by_key(rank)
        .unwrap_or_default()
}

fn layer(own: Availability, dnd: bool, ringing: bool) -> &'static str {
    match own {
        _ if ringing => "ringing",
        Availability::Ringing => "ringing",
        Availability::Busy => "busy",
        _ if dnd => "dnd",
        Availability::Dnd => "dnd",
        Availability::Away => "away",
        Availability::Available => "available",
        Availability::Offline => "offline",
        Availability::Unknown => "unknown",
    }
}

fn words(own: Availability, view: &View) -> String {
    let words = match own {
        Availability::Ringing => "Your phone rings",
        Availability::Busy => "You are in a call",
        Availability::Away => "You are away",
        Availability::Available => "You are available",
        Availability::Offline => "You are signed out",
        Availability::Dnd | Availability::Unknown if view.dnd.on => "Do not disturb is on",
        Availability::Dnd => "Do not disturb is on",
        Availability::Unknown if view.accounts.is_empty() => "No account yet: open Ringside to add one",
        Availability::Unknown => "Your state is not known",
    };
    if view.dnd.asking {
        return format!("{words} · do not disturb is still on: is it to stay on?");
    }
    if !view.dnd.on {
        return words.to_owned();
    }
    let dnd =
        if words.starts_with("Do not") { words.to_owned() } else { format!("{words} · do not disturb") };
    match view.dnd.until {
        Some(until) => format!("{dnd} until {}", clock(until)),
        None => dnd,
    }
}

/// That others see the screen, and until when; `None` if they do not.
fn shared(view: &View) -> Option<String> {
    let Discretion { sharing: true, sharing_until, hides_names, .. } = view.discretion else { return None };
    let until = sharing_until.map_or_else(String::new, |until| format!(" until {}", clock(until)));
    let names = if hides_names { ", callers are not named" } else { "" };
    Some(format!("Your screen is shared{until}{names}"))
}

fn clock(at: Time) -> String {
    at.timestamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%a %H:%M").to_string()
}

/// What keeps an account from being proven; `None` if nothing does.
fn trouble(connection: Option<&model::Connection>) -> Option<&'static str> {
    let Some(connection) = connection else { return Some("connecting") };
    match connection.state {
        ConnectionState::Connecting => Some("connecting"),
        ConnectionState::Live => {
            connection.problem.is_some().then_some("connected, but not everything can be heard")
        }
        ConnectionState::Waiting => Some("not connected, trying again"),
        ConnectionState::SignIn => Some("sign-in needed"),
        ConnectionState::Stopped => Some("stopped"),
    }
}

/// The picture that counts missed calls.
fn missed_layer(count: u32) -> &'static str {
    match count {
        0 | 1 => "missed-1",
        2 => "missed-2",
        3 => "missed-3",
        4 => "missed-4",
        5 => "missed-5",
        6 => "missed-6",
        7 => "missed-7",
        8 => "missed-8",
        9 => "missed-9",
        10.. => "missed-many",
    }
}

fn missed(count: u32) -> String {
    if count == 1 { "1 missed call".to_owned() } else { format!("{count} missed calls") }
}

#[cfg(test)]
#[path = "tray_tests.rs"]
mod tests;
