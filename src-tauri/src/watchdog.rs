//! What happens when the web engine shows nothing: the page once more, then the windows once more with plain drawing,
//! then words and an end. Calls are announced all the same, for that is not done here.

use std::{
    collections::HashSet,
    ffi::OsString,
    os::unix::process::CommandExt as _,
    process::Command as Program,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use engine::{Desk as _, Notice};
use tauri::{AppHandle, Manager as _, WebviewWindow};

/// A page comes within two seconds also where everything is cold.
const COMES_WITHIN: Duration = Duration::from_secs(15);
/// Without any graphics card, on a computer that is busy.
const COMES_PLAINLY_WITHIN: Duration = Duration::from_secs(40);
/// The notification daemon gets this long to take the words.
const SAID_WITHIN: Duration = Duration::from_secs(3);
/// `EX_UNAVAILABLE` of sysexits.h: the windows cannot be shown on this computer.
const CANNOT_SHOW: i32 = 69;
/// Set for the process that draws plainly.
const PLAINLY: &str = "RINGSIDE_DRAW_PLAINLY";

/// Whether this process may start itself anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It has windows and nothing else.
    Windows,
    /// It has the connections too.
    Everything,
}

/// Which pages have come, and which have been loaded anew.
#[derive(Debug)]
pub struct Watchdog {
    holds: Holds,
    there: Mutex<HashSet<String>>,
    reloaded: Mutex<HashSet<String>>,
}

impl Watchdog {
    /// No page is expected yet.
    pub fn new(holds: Holds) -> Self {
        Self { holds, there: Mutex::default(), reloaded: Mutex::default() }
    }

    /// A page has painted something.
    pub fn came(&self, label: &str) {
        lock(&self.there).insert(label.to_owned());
    }

    /// A window is gone; the next one of its name begins anew.
    pub fn forget(&self, label: &str) {
        lock(&self.there).remove(label);
        lock(&self.reloaded).remove(label);
    }

    fn is_there(&self, label: &str) -> bool {
        lock(&self.there).contains(label)
    }

    /// Whether it is the first time that this page has to be loaded anew.
    fn may_reload(&self, label: &str) -> bool {
        lock(&self.there).remove(label);
        lock(&self.reloaded).insert(label.to_owned())
    }
}

fn lock(set: &Mutex<HashSet<String>>) -> MutexGuard<'_, HashSet<String>> {
    set.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Minds the page of a fresh window.
pub fn mind(window: &WebviewWindow) {
    #[cfg(target_os = "linux")]
    if let Err(error) = reload_when_it_crashes(window) {
        tracing::warn!(window = window.label(), "a crash of the page would not be noticed: {error}");
    }
    expect(window.app_handle().clone(), window.label().to_owned());
}

fn expect(app: AppHandle, label: String) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(if is_plain() { COMES_PLAINLY_WITHIN } else { COMES_WITHIN }).await;
        let is_open = app.get_webview_window(&label).is_some();
        if is_open && !app.state::<Watchdog>().is_there(&label) {
            tracing::error!(window = label, plainly = is_plain(), "the page has not come up");
            give_up(&app).await;
        }
    });
}

#[cfg(target_os = "linux")]
fn reload_when_it_crashes(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;
    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    window.with_webview(move |page| {
        page.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(window = label, ?reason, "the web process has ended");
            if app.state::<Watchdog>().may_reload(&label) {
                view.reload();
                expect(app.clone(), label.clone());
            } else {
                let app = app.clone();
                tauri::async_runtime::spawn(async move { give_up(&app).await });
            }
        });
    })
}

/// Draws plainly from here on, or says that the windows cannot be shown.
async fn give_up(app: &AppHandle) {
    if app.state::<Watchdog>().holds == Holds::Windows && !is_plain() {
        let error = again().exec();
        tracing::error!("the windows cannot be started again: {error}");
    }
    say().await;
    match app.state::<Watchdog>().holds {
        Holds::Windows => app.exit(CANNOT_SHOW),
        Holds::Everything => app.webview_windows().into_values().for_each(|window| drop(window.destroy())),
    }
}

/// This program with its arguments, drawing without compositing.
fn again() -> Program {
    let program = std::env::current_exe().unwrap_or_else(|_| "ringside-desktop".into());
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut again = Program::new(program);
    again.args(arguments).env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env(PLAINLY, "1");
    again
}

fn is_plain() -> bool {
    std::env::var_os(PLAINLY).is_some()
}

/// Says in words what cannot be seen.
async fn say() {
    let places = os::Places {
        session: os::Bus::session(),
        system: os::Bus::system(),
        state_folder: None,
        config_folder: None,
        keyring: false,
        hotkeys: false,
    };
    let (incoming, _nobody) = tokio::sync::mpsc::channel(1);
    let desktop = os::Desktop::new(places, incoming, os::Activation::default());
    desktop.tell(Notice {
        key: "no-window",
        once: false,
        title: "Ringside's window cannot be shown".to_owned(),
        body: "The web engine of this computer does not draw it. Calls are announced all the same; go on with the \
               tray, or with `ringside status` and `ringside doctor` in a terminal."
            .to_owned(),
        buttons: Vec::new(),
    });
    let said = async {
        while !desktop.is_shown("no-window") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if tokio::time::timeout(SAID_WITHIN, said).await.is_err() {
        tracing::warn!("nobody could be told that the window cannot be shown");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaint_21_a_page_that_crashes_is_loaded_anew_once_and_a_new_window_begins_anew() {
        let watchdog = Watchdog::new(Holds::Windows);
        watchdog.came("main");
        assert!(watchdog.is_there("main"));
        assert!(watchdog.may_reload("main"));
        assert!(!watchdog.is_there("main"), "it has to come again");
        watchdog.came("main");
        assert!(!watchdog.may_reload("main"), "once is enough");
        assert!(watchdog.may_reload("popup"), "the other window has had no trouble");
        watchdog.forget("main");
        assert!(watchdog.may_reload("main"));
    }

    #[test]
    fn complaint_21_the_second_attempt_draws_without_compositing_and_keeps_its_arguments() {
        let again = again();
        let set: Vec<_> = again.get_envs().collect();
        for name in ["WEBKIT_DISABLE_COMPOSITING_MODE", PLAINLY] {
            assert!(set.contains(&(name.as_ref(), Some("1".as_ref()))), "{set:?}");
        }
        assert_eq!(again.get_args().count(), std::env::args_os().count() - 1);
    }
}
