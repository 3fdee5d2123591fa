//! Keys that work whatever window has the keyboard. Off until the settings name some.

use std::collections::BTreeMap;

use model::{Finding, Problem, Time};
use providers::{Key, SettingsFault};
use serde_json::{Map, Value};

use crate::{Command, Section, Settings, Window, engine::Loop};

/// What a hotkey does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hotkey {
    /// Switches do-not-disturb on or off.
    Dnd,
    /// Opens the window.
    Window,
}

impl Hotkey {
    const ALL: [Self; 2] = [Self::Dnd, Self::Window];

    /// Its name in the settings and at the desktop.
    pub fn id(self) -> &'static str {
        match self {
            Self::Dnd => "dnd",
            Self::Window => "window",
        }
    }

    /// What it does, in words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Dnd => "Switch do-not-disturb on or off",
            Self::Window => "Open Ringside",
        }
    }

    /// The hotkey with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hotkey| hotkey.id() == id)
    }

    /// What it stands for.
    pub(crate) fn meaning(self) -> Command {
        match self {
            Self::Dnd => Command::DndToggle,
            Self::Window => Command::Open { window: Window::Main },
        }
    }
}

/// `[hotkeys]` of the settings.
pub(crate) const SECTION: Section = Section {
    name: "hotkeys",
    title: "Keys that work whatever window has the keyboard",
    keys: &[
        Key::text("dnd", "Do not disturb", "Switches do-not-disturb on or off, such as Ctrl+Alt+D.")
            .optional(),
        Key::text("window", "Window", "Opens the window, such as Ctrl+Alt+R.").optional(),
    ],
    check,
};

fn check(values: &Map<String, Value>) -> Result<(), SettingsFault> {
    for (name, value) in values {
        if value.as_str().and_then(trigger).is_none() {
            let text = format!("`{name}` is no hotkey; write modifiers and one key, such as Ctrl+Alt+D.");
            return Err(SettingsFault::in_key(name, text));
        }
    }
    Ok(())
}

/// The hotkeys that the settings name, each as the shortcuts specification of freedesktop.org spells its keys:
/// `CTRL+ALT+d`.
pub(crate) fn wanted(settings: &Settings) -> BTreeMap<Hotkey, String> {
    let values = settings.section(SECTION.name);
    let named = Hotkey::ALL.into_iter().filter_map(|hotkey| {
        let text = values.get(hotkey.id())?.as_str()?;
        Some((hotkey, trigger(text)?))
    });
    named.collect()
}

impl Loop {
    /// Has other keys bound if these settings name others.
    pub(crate) fn bind_hotkeys(&mut self, settings: &Settings) {
        let (keys, former) = (wanted(settings), wanted(self.core.settings()));
        let Some(desk) = self.parts.desk.as_ref().filter(|_| keys != former) else { return };
        for hotkey in Hotkey::ALL {
            if keys.get(&hotkey) != former.get(&hotkey) {
                self.checking.unproven(hotkey);
            }
        }
        self.core.part(self.parts.clock.now(), "hotkeys", None);
        desk.bind(keys);
    }
}

/// `Ctrl+Alt+D` as `CTRL+ALT+d`; `None` without a modifier, since a plain key would be taken from everybody.
fn trigger(text: &str) -> Option<String> {
    let (modifiers, key) = text.rsplit_once('+')?;
    let modifiers: Option<Vec<&str>> = modifiers
        .split('+')
        .map(|modifier| match modifier.trim().to_ascii_lowercase().as_str() {
            "ctrl" | "control" => Some("CTRL"),
            "alt" => Some("ALT"),
            "shift" => Some("SHIFT"),
            "super" | "logo" | "meta" | "win" => Some("LOGO"),
            _ => None,
        })
        .collect();
    let key = key.trim();
    let is_name =
        !key.is_empty() && key.len() <= 20 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let key = if key.len() == 1 { key.to_ascii_lowercase() } else { key.to_owned() };
    is_name.then_some(())?;
    Some(format!("{}+{key}", modifiers?.join("+")))
}

/// How the hotkeys are: one counts as working only after a press.
pub(crate) fn finding(
    wanted: &BTreeMap<Hotkey, String>,
    pressed: &BTreeMap<Hotkey, Time>,
    problem: Option<&Problem>,
) -> Finding {
    let unproven: Vec<&str> = wanted
        .iter()
        .filter(|(hotkey, _)| !pressed.contains_key(hotkey))
        .map(|(_, keys)| keys.as_str())
        .collect();
    match (wanted.is_empty(), problem) {
        (true, _) => Finding::ok("hotkeys", "No hotkey is set."),
        (false, Some(problem)) => {
            Finding::warn("hotkeys", "The hotkeys cannot be bound on this desktop.", problem.text.clone())
        }
        (false, None) if unproven.is_empty() => {
            Finding::ok("hotkeys", "Each hotkey has been pressed and heard.")
        }
        (false, None) => Finding::warn(
            "hotkeys",
            format!("Not heard since Ringside started: {}.", unproven.join(", ")),
            "Press it once; a desktop may take a hotkey and never tell of it.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, path::Path, pin::Pin, sync::Arc, time::Duration};

    use model::{Grade, ProblemCode};
    use tokio::sync::mpsc;

    use super::*;
    use crate::{Desk, FixedSecrets, Incoming, Names, Notice, Parts, SystemClock, control::Control as _};

    #[test]
    fn keys_are_read_as_people_write_them() {
        for (written, read) in [
            ("Ctrl+Alt+D", "CTRL+ALT+d"),
            ("super + F9", "LOGO+F9"),
            ("Control+Shift+space", "CTRL+SHIFT+space"),
        ] {
            assert_eq!(trigger(written).as_deref(), Some(read));
        }
        for wrong in ["D", "Ctrl+", "+D", "Hyper+D", "Ctrl+D D", ""] {
            assert_eq!(trigger(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn none_is_bound_until_the_settings_name_it_and_a_wrong_one_is_named() {
        assert!(wanted(&Settings::parse("version = 1\n")).is_empty());
        let good = Settings::parse("version = 1\n[hotkeys]\ndnd = \"Ctrl+Alt+D\"\n");
        assert_eq!(wanted(&good), BTreeMap::from([(Hotkey::Dnd, "CTRL+ALT+d".to_owned())]));
        let bad = Settings::parse("version = 1\n[hotkeys]\ndnd = \"D\"\n");
        assert!(wanted(&bad).is_empty());
        assert!(bad.faults.iter().any(|fault| fault.problem.text.contains("no hotkey")), "{:?}", bad.faults);
    }

    type Keys = BTreeMap<Hotkey, String>;

    /// A desk that tells what is bound.
    struct Keyboard(mpsc::UnboundedSender<Keys>);

    impl Desk for Keyboard {
        fn tell(&self, _: Notice) {}
        fn take_back(&self, _: &'static str) {}
        fn bind(&self, hotkeys: Keys) {
            self.0.send(hotkeys).unwrap();
        }
        fn look(&self) -> Pin<Box<dyn Future<Output = Vec<Finding>> + Send>> {
            Box::pin(std::future::ready(Vec::new()))
        }
    }

    fn parts(settings: &Path, desk: Keyboard) -> Parts {
        Parts {
            clock: Arc::new(SystemClock),
            names: Names::default(),
            secrets: Arc::new(FixedSecrets::new([])),
            faces: Vec::new(),
            windows: None,
            desk: Some(Arc::new(desk)),
            errands: None,
            observer: None,
            settings_file: Some(settings.to_owned()),
            state_folder: None,
            recorder: None,
        }
    }

    #[tokio::test]
    async fn keys_are_bound_anew_whenever_the_settings_name_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let (bound, mut keys) = mpsc::unbounded_channel();
        let queue = crate::queue();
        let incoming = queue.0.clone();
        let (handle, running) = crate::start(Settings::default(), parts(&file, Keyboard(bound)), queue);
        for (table, expected) in [
            ("dnd = \"Ctrl+Alt+D\"", vec![(Hotkey::Dnd, "CTRL+ALT+d")]),
            ("dnd = \"Super+D\"", vec![(Hotkey::Dnd, "LOGO+d")]),
            ("", vec![]),
        ] {
            // Other settings beside it are no reason to bind anything.
            for theme in ["light", "dark"] {
                let text = format!("version = 1\n[window]\ntheme = \"{theme}\"\n[hotkeys]\n{table}\n");
                std::fs::write(&file, text).unwrap();
                incoming.send(Incoming::SettingsChanged).await.unwrap();
            }
            let told = tokio::time::timeout(Duration::from_secs(20), keys.recv()).await.unwrap().unwrap();
            let expected: Keys = expected.into_iter().map(|(key, keys)| (key, keys.to_owned())).collect();
            assert_eq!(told, expected);
        }
        handle.act(Command::Quit).await.unwrap();
        running.await.unwrap();
        assert_eq!(keys.recv().await, None, "nothing else was bound");
    }

    #[test]
    fn complaint_18_a_hotkey_counts_as_working_only_after_a_real_press() {
        let wanted = BTreeMap::from([(Hotkey::Dnd, "CTRL+ALT+d".to_owned())]);
        let mut pressed = BTreeMap::new();
        assert_eq!(finding(&wanted, &pressed, None).verdict, Grade::Warn);
        let problem = Problem::new(ProblemCode::Desktop, "Bind it yourself.");
        assert_eq!(finding(&wanted, &pressed, Some(&problem)).verdict, Grade::Warn);
        pressed.insert(Hotkey::Dnd, Time::from_millis(5));
        assert_eq!(finding(&wanted, &pressed, None).verdict, Grade::Ok);
        assert_eq!(finding(&BTreeMap::new(), &BTreeMap::new(), None).verdict, Grade::Ok);
    }
}
