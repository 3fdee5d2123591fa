//! All that a page can ask for. Which window may ask for what stands in `capabilities/`.

use std::sync::Arc;

use engine::{
    Command,
    history::{Format, Page, Query, Saved, save},
    patch::Update,
    settings_form::SettingsForm,
};
use model::{Problem, ProblemCode};
use tauri::{AppHandle, Manager, WebviewWindow, ipc::Channel};

use crate::{
    popup::{self, Popup},
    shell::Shell,
    watchdog::Watchdog,
    windows,
};

/// Sends the page what there is, then what changes. Asked again, it attaches again.
#[tauri::command]
pub async fn follow(app: AppHandle, window: WebviewWindow, channel: Channel<Update>) {
    app.state::<Shell>().follow(window, channel);
}

/// Asks the engine for something; what comes back is what went wrong.
#[tauri::command]
pub async fn act(app: AppHandle, command: Command) -> Option<Problem> {
    let done = app.state::<Shell>().control.act(command);
    done.await.err()
}

/// Some calls of the past, or what keeps them from being read.
#[tauri::command]
pub async fn calls(app: AppHandle, query: Query) -> Result<Page, Problem> {
    let page = app.state::<Shell>().control.calls(query);
    page.await
}

/// Saves calls of the past where people look for what was saved, and says where.
#[tauri::command]
pub async fn save_calls(app: AppHandle, query: Query, format: Format) -> Result<Saved, Problem> {
    let folder = app.path().download_dir().or_else(|_| app.path().home_dir()).map_err(|_| {
        Problem::new(
            ProblemCode::Storage,
            "This user has no folder to save calls in; use `ringside calls --export`.",
        )
    })?;
    let control = Arc::clone(&app.state::<Shell>().control);
    save(&*control, query, format, &folder).await
}

/// The settings as a form.
#[tauri::command]
pub async fn settings(app: AppHandle) -> Result<SettingsForm, Problem> {
    let form = app.state::<Shell>().control.settings();
    form.await
}

/// The page is there: its window can be seen, with room for text of this size.
#[tauri::command]
pub fn mounted(app: AppHandle, window: WebviewWindow, text_percent: Option<u16>) -> tauri::Result<()> {
    app.state::<Watchdog>().came(window.label());
    if window.label() == popup::LABEL {
        return app.state::<Popup>().fill(&app, text_percent.unwrap_or(100));
    }
    if window.is_visible()? {
        return Ok(());
    }
    let after = app.state::<Shell>().started_at.elapsed();
    tracing::info!(window = window.label(), ms = after.as_millis(), "mounted");
    windows::show(&window)
}

/// Takes the popup away.
#[tauri::command]
pub fn hide_popup(window: WebviewWindow) -> tauri::Result<()> {
    window.state::<Watchdog>().came(window.label());
    window.state::<Popup>().clear(&window)
}
