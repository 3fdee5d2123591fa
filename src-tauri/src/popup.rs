//! The popup window: made for the first call, kept out of sight while the main window is open, gone with it.
//!
//! It is seen when both have come, in whatever order: the engine's wish, and a page with a call in it.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager as _, Monitor, WebviewWindow};

use crate::windows;

pub const LABEL: &str = "popup";
/// In logical pixels, with text of the usual size.
const SIZE: LogicalSize<f64> = LogicalSize { width: 360.0, height: 168.0 };
const MARGIN: f64 = 16.0;
/// A page that has no call by then is not going to have the one that the engine meant.
const WANTED_FOR: Duration = Duration::from_secs(10);

/// What is known of the popup.
#[derive(Debug, Default)]
pub struct Popup(Mutex<State>);

#[derive(Debug, Default, Clone, Copy)]
struct State {
    wanted_at: Option<Instant>,
    /// The size of the text of a page with a call in it, in percent.
    filled: Option<u16>,
}

impl State {
    fn is_wanted(self, now: Instant) -> bool {
        self.wanted_at.is_some_and(|at| now.saturating_duration_since(at) < WANTED_FOR)
    }

    /// For what size of text it is to be seen.
    fn seen(self, now: Instant) -> Option<u16> {
        self.filled.filter(|_| self.is_wanted(now))
    }
}

impl Popup {
    /// The engine wants it seen.
    pub fn want(&self, app: &AppHandle) -> tauri::Result<()> {
        self.change(app, |state| state.wanted_at = Some(Instant::now()))
    }

    /// Its page shows a call, in text of this size.
    pub fn fill(&self, app: &AppHandle, text_percent: u16) -> tauri::Result<()> {
        self.change(app, |state| state.filled = Some(text_percent))
    }

    /// Its page has nothing to show: it is kept while the main window is open, for the next call.
    pub fn clear(&self, window: &WebviewWindow) -> tauri::Result<()> {
        self.forget();
        if window.get_webview_window(windows::MAIN).is_some() { window.hide() } else { window.destroy() }
    }

    fn forget(&self) {
        self.lock(|state| *state = State::default());
    }

    /// Whether it is to be seen, with or without a page.
    pub fn is_wanted(&self) -> bool {
        self.lock(|state| state.is_wanted(Instant::now()))
    }

    fn change(&self, app: &AppHandle, change: impl FnOnce(&mut State)) -> tauri::Result<()> {
        let seen = self.lock(|state| {
            change(state);
            state.seen(Instant::now())
        });
        match (seen, app.get_webview_window(LABEL)) {
            (Some(text_percent), Some(window)) => {
                make_room(&window, text_percent)?;
                windows::show(&window)
            }
            (Some(_) | None, _) => Ok(()),
        }
    }

    fn lock<T>(&self, with: impl FnOnce(&mut State) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A window is gone: with the main one goes a popup that was kept for its time, while one that is seen stays.
pub fn closed(app: &AppHandle, label: &str) {
    if label == LABEL {
        app.state::<Popup>().forget();
    } else if let Some(popup) = app.get_webview_window(LABEL)
        && matches!(popup.is_visible(), Ok(false))
        && let Err(error) = popup.destroy()
    {
        tracing::warn!("the popup stays without a window: {error}");
    }
}

/// A hidden window of its size and in its place; it never takes the keyboard.
pub fn make<'a>(app: &'a AppHandle, page: windows::Builder<'a>) -> tauri::Result<windows::Builder<'a>> {
    // Not `resizable(false)`, which makes it at least 200 px high.
    let mut popup = page
        .title("Ringside call")
        .inner_size(SIZE.width, SIZE.height)
        .min_inner_size(SIZE.width, SIZE.height)
        .max_inner_size(SIZE.width, SIZE.height)
        .decorations(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .focused(false)
        .focusable(false);
    if let Some(monitor) = app.primary_monitor()? {
        let corner = corner(&monitor, SIZE);
        popup = popup.position(corner.x, corner.y);
    }
    Ok(popup)
}

/// Room for text of this size, as far as the screen has it, in the corner.
fn make_room(window: &WebviewWindow, text_percent: u16) -> tauri::Result<()> {
    let mut size = scaled(text_percent);
    let Some(monitor) = window.primary_monitor()? else { return Ok(()) };
    let screen = monitor.work_area().size.to_logical::<f64>(monitor.scale_factor());
    size.width = size.width.min(screen.width - 2.0 * MARGIN).max(SIZE.width);
    if window.inner_size()?.to_logical::<f64>(window.scale_factor()?) != size {
        window.set_min_size(None::<LogicalSize<f64>>)?;
        window.set_max_size(None::<LogicalSize<f64>>)?;
        window.set_size(size)?;
        window.set_min_size(Some(size))?;
        window.set_max_size(Some(size))?;
    }
    window.set_position(corner(&monitor, size))
}

fn scaled(text_percent: u16) -> LogicalSize<f64> {
    let scale = f64::from(text_percent.clamp(100, 200)) / 100.0;
    LogicalSize { width: SIZE.width * scale, height: SIZE.height * scale }
}

/// Where notifications do not cover it.
fn corner(monitor: &Monitor, size: LogicalSize<f64>) -> LogicalPosition<f64> {
    let scale = monitor.scale_factor();
    let free = monitor.work_area();
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    place(free.position.to_logical(scale), free.size.to_logical(scale), size, notifies_below(&desktop))
}

/// Notifications come at the top everywhere but here, by the desktops' own settings.
fn notifies_below(desktop: &str) -> bool {
    desktop.split(':').any(|name| ["KDE", "LXQt"].contains(&name))
}

fn place(
    from: LogicalPosition<f64>,
    free: LogicalSize<f64>,
    size: LogicalSize<f64>,
    is_at_top: bool,
) -> LogicalPosition<f64> {
    let below = if is_at_top { MARGIN } else { free.height - size.height - MARGIN };
    LogicalPosition::new(from.x + free.width - size.width - MARGIN, from.y + below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_seen_when_it_is_wanted_and_has_a_call_and_not_for_an_older_wish() {
        let now = Instant::now();
        let wanted = State { wanted_at: Some(now), filled: None };
        let filled = State { wanted_at: None, filled: Some(150) };
        assert_eq!((wanted.seen(now), filled.seen(now)), (None, None));
        let both = State { filled: Some(150), ..wanted };
        assert_eq!(both.seen(now), Some(150));
        assert_eq!(both.seen(now + WANTED_FOR), None);
    }

    #[test]
    fn larger_text_gets_a_larger_window() {
        assert_eq!(scaled(200), LogicalSize::new(720.0, 336.0));
        assert_eq!(scaled(900), scaled(200));
        assert_eq!(scaled(10), SIZE);
    }

    #[test]
    fn it_is_in_the_corner_where_the_desktop_shows_no_notifications() {
        let (from, free) = (LogicalPosition::new(0.0, 30.0), LogicalSize::new(1280.0, 770.0));
        assert_eq!(place(from, free, SIZE, notifies_below("XFCE")), LogicalPosition::new(904.0, 616.0));
        assert_eq!(place(from, free, SIZE, notifies_below("")), LogicalPosition::new(904.0, 616.0));
        assert_eq!(
            place(from, free, SIZE, notifies_below("ubuntu:GNOME")),
            LogicalPosition::new(904.0, 616.0)
        );
        assert_eq!(place(from, free, SIZE, notifies_below("KDE")), LogicalPosition::new(904.0, 46.0));
    }
}
