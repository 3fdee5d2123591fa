//! What people ask for about alerts and callers.

use std::{path::PathBuf, time::Duration};

use model::{CallId, PhoneNumber, Problem, ProblemCode, Time};

use crate::{Reply, engine::Loop};

/// Nobody presents for longer without being asked again.
const LONGEST_SHARE: u32 = 24 * 60;
const MINUTE: Duration = Duration::from_secs(60);

/// Files in the state folder.
const QUIET_CALLERS: &str = "quiet-callers.json";
const SHARING: &str = "sharing.json";

/// What is kept of a shared screen: who presents is not to be named to an audience by a restart.
#[derive(serde::Serialize, serde::Deserialize)]
struct Sharing {
    until: Time,
}

impl Loop {
    /// Takes in what was kept of alerts when the program ran last, and what can be done here.
    pub(crate) fn prepare_alerts(&mut self) {
        if let Some(errands) = &self.parts.errands {
            self.core.possible(errands.possible());
        }
        let kept = self.file(QUIET_CALLERS).and_then(|file| std::fs::read_to_string(file).ok());
        self.core.use_quiet_callers(&kept.unwrap_or_default());
        let shared = self.file(SHARING).and_then(|file| std::fs::read(file).ok());
        let until =
            shared.and_then(|kept| serde_json::from_slice::<Sharing>(&kept).ok()).map(|kept| kept.until);
        let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall());
        if let Some(until) = until.filter(|until| *until > wall) {
            self.core.share(now, wall, Some(until.since(wall).min(LONGEST_SHARE * MINUTE)));
        }
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        Some(self.parts.state_folder.as_ref()?.join(name))
    }

    pub(super) fn quiet_caller_of(&mut self, call: &CallId) -> Reply {
        let number = self.number_of(call)?;
        self.quiet(number);
        Ok(())
    }

    pub(super) fn quiet_number(&mut self, number: &str) -> Reply {
        let number = international(number)?;
        self.quiet(number);
        Ok(())
    }

    fn quiet(&mut self, number: PhoneNumber) {
        let wall = self.parts.clock.wall();
        self.core.quiet_caller(number, wall);
        self.keep_quiet_callers();
    }

    pub(super) fn allow_caller(&mut self, number: Option<&str>) -> Reply {
        let number = number.map(international).transpose()?;
        let was_quiet = self.core.allow_caller(number.as_ref());
        self.keep_quiet_callers();
        if number.is_some() && !was_quiet {
            return Err(problem("This caller was not quiet; `ringside quiet list` shows who is."));
        }
        Ok(())
    }

    fn keep_quiet_callers(&mut self) {
        self.keep(QUIET_CALLERS, self.core.quiet_callers_to_keep());
    }

    /// Written behind the loop, one after the other.
    fn keep(&mut self, name: &'static str, contents: Vec<u8>) {
        let Some(file) = self.file(name) else { return };
        let former = self.keeping.take();
        self.keeping = Some(tokio::spawn(async move {
            if let Some(former) = former {
                drop(former.await);
            }
            let written =
                tokio::task::spawn_blocking(move || crate::write_atomically(&file, &contents)).await;
            if !matches!(written, Ok(Ok(()))) {
                tracing::warn!(name, "this could not be kept; it is forgotten when the program ends");
            }
        }));
    }

    pub(super) fn open_crm(&mut self, call: &CallId) -> Reply {
        let address = self.core.crm_address(call).ok_or_else(|| {
            problem("There is no address to look this caller up at; set `crm_url` under [alerts].")
        })?;
        let errands = self.parts.errands.as_mut().filter(|errands| errands.possible().browses);
        let errands = errands.ok_or_else(|| problem("There is no browser here; install xdg-utils."))?;
        errands.browse(&address);
        Ok(())
    }

    pub(super) fn copy_number(&mut self, call: &CallId) -> Reply {
        let number = self.number_of(call)?;
        let errands = self.parts.errands.as_mut().filter(|errands| errands.possible().copies);
        let errands = errands.ok_or_else(|| {
            problem("The clipboard cannot be reached; install wl-clipboard (Wayland) or xclip (X11).")
        })?;
        errands.copy(number.as_str());
        Ok(())
    }

    pub(super) fn share(&mut self, minutes: Option<u32>) -> Reply {
        if minutes.is_some_and(|minutes| !(1..=LONGEST_SHARE).contains(&minutes)) {
            return Err(problem(
                "A screen is shared for a minute at least and a day at most; choose such a time.",
            ));
        }
        let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall());
        let lasts_for = minutes.map(|minutes| minutes * MINUTE);
        self.core.share(now, wall, lasts_for);
        let kept = Sharing { until: lasts_for.map_or(wall, |lasts_for| wall.plus(lasts_for)) };
        self.keep(SHARING, serde_json::to_vec(&kept).unwrap_or_default());
        Ok(())
    }

    fn number_of(&self, call: &CallId) -> Result<PhoneNumber, Problem> {
        let number = self.core.call(call).and_then(|call| call.peer.number.clone());
        number.ok_or_else(|| problem("This caller's number is not known."))
    }
}

fn international(number: &str) -> Result<PhoneNumber, Problem> {
    PhoneNumber::international(number).ok_or_else(|| {
        problem("This is no full phone number; write it with its country code, such as +45 11 22 33 44.")
    })
}

fn problem(text: &str) -> Problem {
    Problem::new(ProblemCode::Settings, text)
}
