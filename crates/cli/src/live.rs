//! The live view in a terminal: people, calls, connections.

use std::{borrow::Cow, sync::Arc, time::Duration};

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use engine::{Incoming, Parts, Settings, control::Control as _, peer_title};
use model::{Availability, Call, CallState, ConnectionState, Direction, Outcome, Person, View};
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::{Color, Modifier, Style, Stylize as _},
    text::{Line, Span},
    widgets::{Block, List, ListItem, Paragraph},
};
use tokio::sync::mpsc;

use crate::{
    assemble::ended_by_person,
    failure::Failure,
    lines::{availability_words, clock, connection_words, person_name, state_words},
    print::{heard, said},
};

/// Shows an engine's view until `q` or a signal.
pub async fn run(
    settings: Settings,
    parts: Parts,
    queue: (mpsc::Sender<Incoming>, mpsc::Receiver<Incoming>),
) -> Result<(), Failure> {
    let (handle, running) = engine::start(settings, parts, queue);
    let mut views = handle.views();
    let mut keys = keys();
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut terminal = ratatui::try_init().map_err(Failure::failed)?;
    let mut ended = std::pin::pin!(ended_by_person());
    let shown = loop {
        let view = Arc::clone(&views.borrow_and_update());
        if let Err(error) = terminal.draw(|frame| draw(frame, &view)) {
            break Err(Failure::failed(error));
        }
        tokio::select! {
            changed = views.changed() => if changed.is_err() { break Ok(()) },
            _ = second.tick() => {}
            key = keys.recv() => match key {
                None | Some(Key::Quit) => break Ok(()),
                Some(Key::Redraw) => {}
            },
            () = &mut ended => break Ok(()),
        }
    };
    ratatui::restore();
    drop(handle.act(engine::Command::Quit).await);
    drop(running.await);
    shown
}

enum Key {
    Quit,
    Redraw,
}

/// Reads keys on a thread of its own: the terminal has no other way.
fn keys() -> mpsc::Receiver<Key> {
    let (keys, receiver) = mpsc::channel(8);
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            let key = if let Event::Key(key) = event
                && key.kind == KeyEventKind::Press
            {
                let interrupts =
                    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
                if !interrupts && !matches!(key.code, KeyCode::Char('q') | KeyCode::Esc) {
                    continue;
                }
                Key::Quit
            } else if matches!(event, Event::Resize(..)) {
                Key::Redraw
            } else {
                continue;
            };
            if keys.blocking_send(key).is_err() {
                return;
            }
        }
    });
    receiver
}

fn draw(frame: &mut Frame<'_>, view: &View) {
    let connections = u16::try_from(view.accounts.len()).unwrap_or(u16::MAX).clamp(1, 5);
    let [top, middle, bottom] =
        Layout::vertical([Constraint::Length(connections + 2), Constraint::Min(5), Constraint::Length(1)])
            .areas(frame.area());
    let [left, right] = Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(middle);
    let [now, recent] = Layout::vertical([Constraint::Percentage(40), Constraint::Fill(1)]).areas(right);
    frame.render_widget(
        List::new(view.accounts.iter().map(connection))
            .block(Block::bordered().title(format!(" {} ", said("Connections")))),
        top,
    );
    people(frame, view, left);
    calls(frame, &said("Calls"), view.calls.iter(), now);
    calls(frame, &said("Recent"), view.recent.iter(), recent);
    let missed = format!("{} missed", view.missed);
    let missed = if view.missed > 0 { format!("  {}", said(&missed)) } else { String::new() };
    frame.render_widget(Paragraph::new(format!(" {}{missed}", said("q quits"))).dim(), bottom);
}

fn connection(account: &model::AccountView) -> ListItem<'_> {
    let (mark, words, color) = match &account.connection {
        Some(connection) if connection.state == ConnectionState::Live => {
            ("●", connection_words(connection), Color::Green)
        }
        Some(connection) => ("▲", connection_words(connection), Color::Yellow),
        None => ("○", said("not tried yet"), Color::DarkGray),
    };
    let me = account.me.as_ref().map_or_else(String::new, |me| format!(" · {}", person_name(me)));
    let transport = account.connection.as_ref().and_then(|connection| connection.transport.as_deref());
    let by = transport.map_or_else(String::new, |transport| format!(" {}", said(&format!("by {transport}"))));
    ListItem::new(Line::from(vec![
        Span::styled(format!("{mark} "), Style::new().fg(color)),
        Span::styled(account.id.as_str(), Style::new().add_modifier(Modifier::BOLD)),
        Span::raw(format!(" {words}{by}{me}")),
    ]))
}

fn people(frame: &mut Frame<'_>, view: &View, area: Rect) {
    let rank =
        |person: &Person| (!person.me, state(person.availability).2, person_name(person).to_lowercase());
    let mut people: Vec<_> = view.people.iter().collect();
    people.sort_by_cached_key(|person| rank(person));
    let rows = people.iter().take(usize::from(area.height)).map(|person| {
        let (mark, color, _) = state(person.availability);
        let style = if person.stale { Style::new().fg(Color::DarkGray) } else { Style::new() };
        let me = if person.me { format!(" {}", said("(you)")) } else { String::new() };
        ListItem::new(Line::from(vec![
            Span::styled(format!("{mark} "), Style::new().fg(color)),
            Span::raw(format!("{:<10} ", short(person.availability))),
            Span::styled(format!("{}{me}", person_name(person)), style),
        ]))
    });
    let title = format!(" {} ({}) ", said("People"), view.people.len());
    frame.render_widget(List::new(rows).block(Block::bordered().title(title)), area);
}

fn calls<'a>(frame: &mut Frame<'_>, title: &str, calls: impl Iterator<Item = &'a Arc<Call>>, area: Rect) {
    let rows: Vec<_> = calls
        .take(usize::from(area.height))
        .map(|call| {
            let at = call.started_at.map_or_else(|| "        ".to_owned(), clock);
            let style = match call.state {
                CallState::Ringing if call.mine == Some(true) => {
                    Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD)
                }
                CallState::Ringing => Style::new().fg(Color::Yellow),
                CallState::Answered | CallState::Held => Style::new().fg(Color::Cyan),
                CallState::Ended => Style::new(),
            };
            let you = said("you");
            let you = if call.mine == Some(true) { you } else { " ".repeat(you.chars().count()).into() };
            let way = match call.direction {
                Direction::Incoming => "←",
                Direction::Outgoing => "→",
            };
            let line = call.line.as_ref().and_then(|line| line.name.as_deref());
            let line = line.map_or_else(String::new, |line| format!(" · {line}"));
            let text = format!("{at} {:<13} {you} {way} {}{line}", brief(call), heard(&peer_title(call)));
            ListItem::new(Line::styled(text, style))
        })
        .collect();
    frame.render_widget(List::new(rows).block(Block::bordered().title(format!(" {title} "))), area);
}

/// Shape, colour and place in the list: never colour alone.
fn state(availability: Availability) -> (&'static str, Color, u8) {
    match availability {
        Availability::Ringing => ("♪", Color::Yellow, 0),
        Availability::Busy => ("■", Color::Red, 1),
        Availability::Available => ("●", Color::Green, 2),
        Availability::Dnd => ("⊘", Color::Magenta, 3),
        Availability::Away => ("◐", Color::Blue, 4),
        Availability::Offline => ("○", Color::DarkGray, 5),
        Availability::Unknown => ("?", Color::DarkGray, 6),
    }
}

/// At most 13 letters, so that names stand below each other.
fn brief(call: &Call) -> Cow<'static, str> {
    match call.outcome {
        Some(Outcome::AnsweredElsewhere) => said("elsewhere"),
        Some(Outcome::Voicemail) => said("voicemail"),
        Some(Outcome::Lost) => said("lost"),
        Some(_) | None => state_words(call),
    }
}

fn short(availability: Availability) -> Cow<'static, str> {
    match availability {
        Availability::Dnd => said("no calls"),
        Availability::Available
        | Availability::Ringing
        | Availability::Busy
        | Availability::Away
        | Availability::Offline
        | Availability::Unknown => availability_words(availability),
    }
}
