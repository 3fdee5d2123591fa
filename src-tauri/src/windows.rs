//! The windows: made when they are wanted, gone when they are closed, shown when their page is there.

use std::time::Duration;

use engine::Window;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry, webview::NewWindowResponse,
};

#[cfg(target_os = "linux")]
use crate::webkit;
use crate::{
    popup::{self, Popup},
    watchdog,
};

pub const MAIN: &str = "main";
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
        Window::Popup => popup::LABEL,
    };
    if window == Window::Popup {
        app.state::<Popup>().want(app)?;
    }
    match app.get_webview_window(label) {
        Some(_) if window == Window::Popup => Ok(()),
        // One that is not visible yet comes to the front when its page is there.
        Some(open) if open.is_visible()? => show(&open),
        Some(_) => Ok(()),
        None => {
            let made = match window {
                Window::Main => beside_others(main(app), app)?.build()?,
                Window::Popup => {
                    beside_others(popup::make(app, page(app, popup::LABEL, "popup.html"))?, app)?.build()?
                }
            };
            #[cfg(target_os = "linux")]
            webkit::write_as_the_desktop(&made)?;
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

/// A page in the making.
pub type Builder<'a> = WebviewWindowBuilder<'a, Wry, AppHandle>;

/// A hidden window on a page of ours that can go nowhere else.
fn page<'a>(app: &'a AppHandle, label: &str, file: &str) -> Builder<'a> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(file.into()))
        .visible(false)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
}

/// Beside another window a page starts sooner.
fn beside_others<'a>(page: Builder<'a>, app: &AppHandle) -> tauri::Result<Builder<'a>> {
    #[cfg(target_os = "linux")]
    if let Some(open) = app.webview_windows().into_values().next() {
        return webkit::beside(page, &open);
    }
    Ok(page)
}

fn is_ours(url: &Url) -> bool {
    (url.scheme(), url.host_str()) == (ORIGIN.0, Some(ORIGIN.1))
}

async fn show_anyway(window: WebviewWindow) {
    tokio::time::sleep(SHOWN_ANYWAY_AFTER).await;
    let is_wanted = window.label() == MAIN || window.state::<Popup>().is_wanted();
    if is_wanted && matches!(window.is_visible(), Ok(false)) {
        tracing::warn!(window = window.label(), "the page has not come up; showing the window without it");
        drop(show(&window));
    }
}
