//! What a desktop offers beside alerts: words that are not about a call, and a look at its parts.

use std::{collections::BTreeMap, future::Future, pin::Pin, time::Duration};

use model::{Finding, Problem};
use protocols::Instant;

use crate::{Command, Hotkey, Window};

/// The desktop around the engine.
pub trait Desk: Send + Sync {
    /// Tells the person something; returns at once.
    fn tell(&self, notice: Notice);

    /// Takes away the notice with this key, if there is one; returns at once.
    fn take_back(&self, key: &'static str);

    /// Binds these keys in place of former ones; nothing where the program does not stay. Returns at once.
    fn bind(&self, hotkeys: BTreeMap<Hotkey, String>);

    /// Looks at each part of this computer that a call has to pass; ends within some seconds.
    fn look(&self) -> Pin<Box<dyn Future<Output = Vec<Finding>> + Send>>;
}

/// Something to tell a person that is not about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// A notice takes the place of an earlier one with the same key.
    pub key: &'static str,
    /// Whether it is told to a person once and never again.
    pub once: bool,
    /// First line, plain text.
    pub title: String,
    /// Further lines, plain text.
    pub body: String,
    /// What can be done from it: a label and what it does; the first is also what a click on the text does.
    pub buttons: Vec<(&'static str, Command)>,
}

/// A panel that starts with the session, or again, has come by then.
const TRAY_COMES_WITHIN: Duration = Duration::from_secs(30);

/// The notice that there is none.
pub(crate) const NO_TRAY: &str = "no-tray";

/// Notices that a resident program cannot be seen, so that its person is told by other means.
///
/// ```text
///  seen ──(no tray)──► unseen ──(30 s)──► told ──(tray)──► seen
/// ```
#[derive(Debug, Default)]
pub(crate) struct Stranded {
    unseen_since: Option<Instant>,
    told: bool,
}

impl Stranded {
    /// The tray is there, or is not; whether what was told of it is no longer true.
    pub(crate) fn tray(&mut self, now: Instant, problem: Option<&Problem>) -> bool {
        match problem {
            Some(_) => {
                self.unseen_since.get_or_insert(now);
                false
            }
            None => std::mem::take(self).told,
        }
    }

    /// What is to be told by now.
    pub(crate) fn tick(&mut self, now: Instant) -> Option<Notice> {
        let due = self.unseen_since.is_some_and(|since| since + TRAY_COMES_WITHIN <= now);
        if !due || std::mem::replace(&mut self.told, true) {
            return None;
        }
        Some(Notice {
            key: NO_TRAY,
            once: true,
            title: "Ringside runs without a tray".to_owned(),
            body: "This desktop shows no tray. Calls are announced all the same; open Ringside from the menu of \
                   programs, where its entry also switches do-not-disturb."
                .to_owned(),
            buttons: vec![("Open", Command::Open { window: Window::Main })],
        })
    }
}

#[cfg(test)]
mod tests {
    use model::ProblemCode;

    use super::*;

    fn at(seconds: u64) -> Instant {
        Instant::at(Duration::from_secs(1_000 + seconds))
    }

    #[test]
    fn complaint_4_a_person_without_a_tray_is_told_once_and_can_open_the_window() {
        let mut stranded = Stranded::default();
        let problem = Problem::new(ProblemCode::Desktop, "no tray");
        assert_eq!(stranded.tick(at(100)), None, "nothing is known of a tray");
        assert!(!stranded.tray(at(100), Some(&problem)));
        assert!(!stranded.tray(at(120), Some(&problem)));
        assert_eq!(stranded.tick(at(129)), None, "the panel may still come");
        let notice = stranded.tick(at(130)).unwrap();
        assert_eq!(notice.buttons, [("Open", Command::Open { window: Window::Main })]);
        assert!(notice.once);
        assert_eq!(stranded.tick(at(500)), None, "it is told once");
        assert!(stranded.tray(at(501), None), "it is true no longer");
        assert!(!stranded.tray(at(502), None));
    }

    #[test]
    fn a_panel_that_starts_again_is_no_matter() {
        let mut stranded = Stranded::default();
        let problem = Problem::new(ProblemCode::Desktop, "no tray");
        for start in [0, 100] {
            assert!(!stranded.tray(at(start), Some(&problem)));
            assert!(!stranded.tray(at(start + 5), None));
            assert_eq!(stranded.tick(at(start + 60)), None);
        }
    }
}
