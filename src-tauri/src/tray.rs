//! The engine's tray value as Tauri's own tray.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use engine::{
    Command, Handle, Incoming, Window,
    control::Control as _,
    tray::{Item, Tray},
};
use model::{Problem, ProblemCode};
use tauri::{
    AppHandle, Manager as _, Wry,
    image::Image,
    menu::{CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu},
    tray::{MouseButton, TrayIconBuilder, TrayIconEvent},
};
use tokio::sync::{mpsc, oneshot};

const ID: &str = "ringside";
/// Tauri does not tell when a desktop's tray comes.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);
const NO_TRAY: &str = "This desktop shows no tray; open Ringside from the menu, or switch on a tray (GNOME: the AppIndicator extension).";

/// Tauri takes one picture; this size is the nearest to what panels draw.
const PIXELS: u32 = 32;

/// What the lines of the menu do, by their numbers.
#[derive(Default)]
struct Commands(Mutex<Vec<Command>>);

/// Draws the tray whenever it changes, until the engine ends.
pub async fn draw(app: AppHandle, engine: Handle, incoming: mpsc::Sender<Incoming>) {
    app.manage(Commands::default());
    let mut views = engine.views();
    let mut drawn = None;
    loop {
        let tray = Tray::of(&views.borrow_and_update().clone());
        if drawn.as_ref() != Some(&tray) {
            let problem = match draw_once(&app, &engine, tray.clone()).await {
                Ok(()) => None,
                Err(error) => {
                    tracing::debug!("no tray: {error}");
                    Some(Problem::new(ProblemCode::Desktop, NO_TRAY))
                }
            };
            drawn = problem.is_none().then_some(tray);
            if incoming.send(Incoming::Part("tray", problem)).await.is_err() {
                return;
            }
        }
        tokio::select! {
            changed = views.changed() => if changed.is_err() {
                return;
            },
            () = tokio::time::sleep(TRY_AGAIN_AFTER), if drawn.is_none() => {}
        }
    }
}

/// Menus are made on the main thread.
async fn draw_once(app: &AppHandle, engine: &Handle, tray: Tray) -> tauri::Result<()> {
    let (done, result) = oneshot::channel();
    let (there, engine) = (app.clone(), engine.clone());
    app.run_on_main_thread(move || drop(done.send(put(&there, &engine, &tray))))?;
    result.await.unwrap_or(Ok(()))
}

fn put(app: &AppHandle, engine: &Handle, tray: &Tray) -> tauri::Result<()> {
    let mut commands = Vec::new();
    let menu = Menu::new(app)?;
    for item in &tray.menu {
        menu.append(line(app, item, &mut commands)?.as_ref())?;
    }
    let state = app.state::<Commands>();
    *state.0.lock().unwrap_or_else(PoisonError::into_inner) = commands;
    let (icon, tooltip) = (picture(&tray.layers)?, markup(&tray.tooltip));
    if let Some(shown) = app.tray_by_id(ID) {
        shown.set_icon(Some(icon))?;
        shown.set_tooltip(Some(tooltip))?;
        return shown.set_menu(Some(menu));
    }
    let (opening, engine) = (engine.clone(), engine.clone());
    TrayIconBuilder::with_id(ID)
        .icon(icon)
        .title("Ringside")
        .tooltip(tooltip)
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(move |app, event| clicked(app, &engine, &event))
        .on_tray_icon_event(move |_, event| {
            if matches!(event, TrayIconEvent::Click { button: MouseButton::Left, .. }) {
                act(&opening, Command::Open { window: Window::Main });
            }
        })
        .build(app)
        .map(drop)
}

fn clicked(app: &AppHandle, engine: &Handle, event: &MenuEvent) {
    let state = app.state::<Commands>();
    let commands = state.0.lock().unwrap_or_else(PoisonError::into_inner);
    let number: Option<usize> = event.id().as_ref().parse().ok();
    if let Some(command) = number.and_then(|number| commands.get(number)) {
        act(engine, command.clone());
    }
}

fn act(engine: &Handle, command: Command) {
    let doing = engine.act(command);
    tauri::async_runtime::spawn(async move {
        if let Err(problem) = doing.await {
            tracing::warn!(code = ?problem.code, "what was clicked in the tray was not done");
        }
    });
}

fn line(
    app: &AppHandle,
    item: &Item,
    commands: &mut Vec<Command>,
) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match item {
        Item::Text(words) => Box::new(MenuItem::new(app, label(words), false, None::<&str>)?),
        Item::Act { label: words, command, checked } => {
            let id = commands.len().to_string();
            commands.push(command.clone());
            if *checked {
                Box::new(CheckMenuItem::with_id(app, id, label(words), true, true, None::<&str>)?)
            } else {
                Box::new(MenuItem::with_id(app, id, label(words), true, None::<&str>)?)
            }
        }
        Item::Menu { label: words, items } => {
            let menu = Submenu::new(app, label(words), true)?;
            for item in items {
                menu.append(line(app, item, commands)?.as_ref())?;
            }
            Box::new(menu)
        }
        Item::Separator => Box::new(PredefinedMenuItem::separator(app)?),
    })
}

/// A single ampersand would mark an access key.
fn label(words: &str) -> String {
    words.replace('&', "&&")
}

/// `StatusNotifierItem` reads a tooltip as markup; other trays do not.
fn markup(words: &str) -> String {
    if cfg!(target_os = "linux") {
        words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        words.to_owned()
    }
}

fn picture(layers: &[&str]) -> tauri::Result<Image<'static>> {
    let picture = os::pictures(layers).into_iter().find(|picture| picture.width == PIXELS);
    let picture = picture.ok_or(tauri::Error::AssetNotFound("a tray picture".to_owned()))?;
    Ok(Image::new_owned(picture.rgba, picture.width, picture.height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tray_has_a_picture() {
        assert_eq!(picture(&["available", "missed-1"]).unwrap().width(), PIXELS);
    }

    #[test]
    fn a_caller_cannot_draw_a_tooltip() {
        assert_eq!(markup("<b>Anna & Co</b>"), "&lt;b&gt;Anna &amp; Co&lt;/b&gt;");
        assert_eq!(label("Anna & Co"), "Anna && Co");
    }
}
