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

macro_rules! layers {
    ($($name:literal),*) => {
        &[$(($name, include_bytes!(concat!("../../icons/tray/", $name, "-32.png")).as_slice())),*]
    };
}

const LAYERS: &[(&str, &[u8])] =
    layers!["available", "busy", "dnd", "ringing", "away", "offline", "unknown", "missed", "trouble"];

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
                    Some(Problem::new(ProblemCode::Internal, NO_TRAY))
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
    let (icon, tooltip) = (compose(&tray.layers)?, markup(&tray.tooltip));
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

/// The layers over each other, bottom first; unknown names are left out.
fn compose(names: &[&str]) -> tauri::Result<Image<'static>> {
    let layers = names.iter().filter_map(|name| LAYERS.iter().find(|(layer, _)| layer == name));
    let mut picture: Option<Image<'static>> = None;
    for (_, png) in layers {
        let layer = Image::from_bytes(png)?;
        picture = Some(match picture {
            Some(below) => over(&below, &layer),
            None => layer,
        });
    }
    picture.map_or_else(|| Image::from_bytes(include_bytes!("../../icons/tray/unknown-32.png")), Ok)
}

/// Source over destination, with straight alpha; both are of one size.
fn over(below: &Image<'_>, above: &Image<'_>) -> Image<'static> {
    let mut mixed = below.rgba().to_vec();
    for (pixel, source) in mixed.as_chunks_mut::<4>().0.iter_mut().zip(above.rgba().as_chunks::<4>().0) {
        *pixel = mix(*pixel, *source);
    }
    Image::new_owned(mixed, below.width(), below.height())
}

fn mix([r, g, b, a]: [u8; 4], [over_r, over_g, over_b, over_a]: [u8; 4]) -> [u8; 4] {
    let (over, under) = (u32::from(over_a) * 255, u32::from(a) * (255 - u32::from(over_a)));
    let part = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let channel = |over_c: u8, c: u8| {
        part((u32::from(over_c) * over + u32::from(c) * under).checked_div(over + under).unwrap_or_default())
    };
    [channel(over_r, r), channel(over_g, g), channel(over_b, b), part((over + under) / 255)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_a_picture_of_one_size() {
        for (name, _) in LAYERS {
            let picture = compose(&[name]).unwrap();
            assert_eq!((picture.width(), picture.height()), (32, 32), "{name}");
        }
    }

    #[test]
    fn a_layer_covers_what_is_below_it_and_leaves_the_rest() {
        let (clear, solid) = ([9, 9, 9, 0], [10, 20, 30, 255]);
        assert_eq!(mix(solid, clear), solid);
        assert_eq!(mix(clear, solid), solid);
        assert_eq!(mix([0, 0, 0, 255], [255, 255, 255, 128]), [128, 128, 128, 255]);
    }

    #[test]
    fn a_caller_cannot_draw_a_tooltip() {
        assert_eq!(markup("<b>Anna & Co</b>"), "&lt;b&gt;Anna &amp; Co&lt;/b&gt;");
        assert_eq!(label("Anna & Co"), "Anna && Co");
    }
}
