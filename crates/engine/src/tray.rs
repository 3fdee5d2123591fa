//! The tray as a value: what it shows is a function of the view, drawn by whoever has a tray.

use model::View;

use crate::{Command, DndLength, Window};

/// A tray item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    /// What is drawn, bottom first: names of `icons/tray/<layer>-<px>.png`.
    pub layers: Vec<&'static str>,
    /// Whether it asks for attention.
    pub attention: bool,
    /// One or two lines: own state, connections, missed calls.
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

impl Tray {
    /// What the tray shows of `view`.
    pub fn of(view: &View) -> Self {
        let _ = view;
        Self {
            layers: vec!["unknown"],
            attention: false,
            tooltip: "Ringside".to_owned(),
            menu: vec![
                Item::Act {
                    label: "Do not disturb for 30 minutes".to_owned(),
                    command: Command::DndOn { length: DndLength::For { minutes: 30 } },
                    checked: false,
                },
                Item::Separator,
                Item::Act {
                    label: "Open Ringside".to_owned(),
                    command: Command::Open { window: Window::Main },
                    checked: false,
                },
                Item::Act { label: "Quit".to_owned(), command: Command::Quit, checked: false },
            ],
        }
    }
}
