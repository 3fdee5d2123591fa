//! The windows: made when they are wanted, gone when they are closed, shown when their page is there.

use std::time::Duration;

use engine::Window;
use tauri::{
    AppHandle, LogicalPosition, Manager, Monitor, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry,
    webview::NewWindowResponse,
};

use crate::watchdog;

const MAIN: &str = "main";
const POPUP: &str = "popup";
const POPUP_SIZE: (f64, f64) = (360.0, 168.0);
const POPUP_MARGIN: f64 = 16.0;
/// A page that fails to start must be seen to fail.
const SHOWN_ANYWAY_AFTER: Duration = Duration::from_secs(3);
/// Where Tauri serves the pages of the bundle.
const ORIGIN: (&str, &str) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };

/// Opens a window, or brings it to the front.
pub fn open(app: &AppHandle, window: Window) {
    let asked = app.clone();
    let done = app.run_on_main_thread(move || {
        if let Err(error) = open_here(&asked, window) {
            tracing::error!(?window, "the window cannot be opened: {error}");
        }
    });
    if let Err(error) = done {
        tracing::error!(?window, "the window cannot be opened: {error}");
    }
}

fn open_here(app: &AppHandle, window: Window) -> tauri::Result<()> {
    let label = match window {
        Window::Main => MAIN,
        Window::Popup => POPUP,
    };
    match app.get_webview_window(label) {
        // One that is not visible yet comes to the front when its page is there.
        Some(open) if open.is_visible()? => show(&open),
        Some(_) => Ok(()),
        None => {
            let made = match window {
                Window::Main => main(app).build()?,
                Window::Popup => popup(app)?.build()?,
            };
            watchdog::mind(&made);
            tauri::async_runtime::spawn(show_anyway(made));
            Ok(())
        }
    }
}

/// Shows a window; the popup leaves the keyboard where it is.
pub fn show(window: &WebviewWindow) -> tauri::Result<()> {
    window.show()?;
    if window.label() == MAIN {
        window.unminimize()?;
        window.set_focus()?;
    }
    Ok(())
}

fn main(app: &AppHandle) -> Builder<'_> {
    page(app, MAIN, "index.html").title("Ringside").inner_size(960.0, 640.0).min_inner_size(320.0, 400.0)
}

fn popup(app: &AppHandle) -> tauri::Result<Builder<'_>> {
    let (width, height) = POPUP_SIZE;
    // Not `resizable(false)`, which makes it at least 200 px high.
    let mut popup = page(app, POPUP, "popup.html")
        .title("Ringside call")
        .inner_size(width, height)
        .min_inner_size(width, height)
        .max_inner_size(width, height)
        .decorations(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .focused(false)
        .focusable(false);
    if let Some(monitor) = app.primary_monitor()? {
        let corner = top_right(&monitor);
        popup = popup.position(corner.x, corner.y);
    }
    Ok(popup)
}

fn top_right(monitor: &Monitor) -> LogicalPosition<f64> {
    let scale = monitor.scale_factor();
    let corner = monitor.work_area().position.to_logical::<f64>(scale);
    let size = monitor.work_area().size.to_logical::<f64>(scale);
    LogicalPosition::new(corner.x + size.width - POPUP_SIZE.0 - POPUP_MARGIN, corner.y + POPUP_MARGIN)
}

type Builder<'a> = WebviewWindowBuilder<'a, Wry, AppHandle>;

/// A hidden window on a page of ours that can go nowhere else.
fn page<'a>(app: &'a AppHandle, label: &str, file: &str) -> Builder<'a> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(file.into()))
        .visible(false)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
}

fn is_ours(url: &Url) -> bool {
    (url.scheme(), url.host_str()) == (ORIGIN.0, Some(ORIGIN.1))
}

async fn show_anyway(window: WebviewWindow) {
    tokio::time::sleep(SHOWN_ANYWAY_AFTER).await;
    if matches!(window.is_visible(), Ok(false)) {
        tracing::warn!(window = window.label(), "the page has not come up; showing the window without it");
        drop(show(&window));
    }
}
