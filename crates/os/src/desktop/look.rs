//! A look at each part, with a remedy for what is wrong. Nothing here waits for longer than its bus does.

use std::{
    collections::HashMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use engine::SecretFault;
use futures_util::StreamExt;
use model::Finding;
use zbus::{Connection, fdo::DBusProxy, names::BusName};

use super::{
    Places,
    notice::{self, Heard, Words},
};
use crate::{Autostart, Keyring, TrayIcon, autostart::Starts, shell};

const LOGIND: &str = "org.freedesktop.login1";
/// A test notification that is not taken away by then stays for its daemon to end.
const GONE_WITHIN: Duration = Duration::from_secs(2);
/// A person must answer a keyring's prompt; a check does not wait for that.
const KEYRING_WITHIN: Duration = Duration::from_secs(6);

pub(super) async fn look(places: Arc<Places>) -> Vec<Finding> {
    let (keyring, sleep, notifications, tray) =
        tokio::join!(keyring(&places), sleep(&places), notifications(&places), tray(&places));
    let mut found = Vec::new();
    found.extend(places.state_folder.as_deref().map(state_folder));
    found.extend(keyring);
    found.push(sleep);
    found.extend(notifications);
    found.push(tray);
    found.push(windows());
    found.extend(places.config_folder.as_deref().map(autostart));
    found
}

/// Whether what must outlast the program can be written.
fn state_folder(folder: &Path) -> Finding {
    let probe = folder.join("check");
    // An empty file fits on a full disk.
    let written = engine::write_atomically(&probe, &[b' '; 4096]).and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Finding::ok("state_folder", "What must outlast the program can be written."),
        Err(error) => Finding::fail(
            "state_folder",
            format!("Nothing can be written to {}: {error}.", folder.display()),
            "Make the folder writable and see that the disk is not full, or missed calls are forgotten.",
        ),
    }
}

async fn keyring(places: &Places) -> Option<Finding> {
    if !places.keyring {
        return None;
    }
    let probe = Keyring::new(places.session.clone()).probe();
    let fault = match tokio::time::timeout(KEYRING_WITHIN, probe).await {
        Ok(Ok(())) => return Some(Finding::ok("keyring", "The keyring stores and gives secrets.")),
        Ok(Err(fault)) => fault,
        Err(_) => SecretFault::Locked,
    };
    Some(Finding::warn("keyring", "The keyring cannot be used.", fault.problem(&"ID".into()).text))
}

async fn sleep(places: &Places) -> Finding {
    let told = async {
        let connection = places.system.connect().await?;
        let bus = DBusProxy::new(&connection).await?;
        zbus::Result::Ok(bus.name_has_owner(BusName::try_from(LOGIND)?).await?)
    };
    match told.await {
        Ok(true) => Finding::ok("sleep", "The system tells when the computer sleeps and wakes."),
        Ok(false) | Err(_) => Finding::ok(
            "sleep",
            "The system does not tell of sleep; Ringside notices lost time by itself within seconds.",
        ),
    }
}

async fn notifications(places: &Places) -> Vec<Finding> {
    let daemon = async {
        let connection = places.session.connect().await?;
        let name = notice::server(&connection).await?;
        let abilities = notice::abilities(&connection).await?;
        zbus::Result::Ok((connection, name, abilities))
    };
    let Ok((connection, name, abilities)) = daemon.await else {
        return vec![Finding::fail(
            "notifications",
            "No notification daemon answers, so calls do not pop up.",
            "Start a notification daemon (such as dunst) within the desktop session.",
        )];
    };
    vec![
        Finding::ok("notifications", format!("Notifications are shown by {name}.")),
        round_trip(&connection).await,
        buttons(&abilities),
        quiet(&connection).await,
    ]
}

/// Shows a notification and takes it away again.
async fn round_trip(connection: &Connection) -> Finding {
    let shown = async {
        let mut signals = notice::signals(connection).await?;
        let words = Words {
            title: "Ringside is testing notifications",
            body: "This one goes away by itself.",
            actions: Vec::new(),
            hints: HashMap::from([("transient", true.into()), ("urgency", 0_u8.into())]),
            expires_in_ms: 3_000,
        };
        let began_at = Instant::now();
        let id = notice::notify(connection, notice::NAME, 0, words).await?;
        let took = began_at.elapsed();
        notice::close(connection, notice::NAME, id).await?;
        let gone = async {
            while let Some(Ok(message)) = signals.next().await {
                if matches!(notice::heard(&message, id), Some(Heard::Closed)) {
                    return true;
                }
            }
            false
        };
        let gone = tokio::time::timeout(GONE_WITHIN, gone).await.unwrap_or(false);
        zbus::Result::Ok((took, gone))
    };
    match shown.await {
        Ok((took, true)) => Finding::ok(
            "notification",
            format!("A test notification was taken in {} ms and went away again.", took.as_millis()),
        ),
        Ok((_, false)) => Finding::warn(
            "notification",
            "A test notification was taken, but the daemon does not say that it went away.",
            "Look whether notifications of calls stay on the screen; if so, use another notification daemon.",
        ),
        Err(_) => Finding::fail(
            "notification",
            "The notification daemon did not take a test notification.",
            "Restart the notification daemon of your desktop.",
        ),
    }
}

fn buttons(abilities: &[String]) -> Finding {
    if abilities.iter().any(|ability| ability == "actions") {
        Finding::ok("notification_buttons", "Notifications have buttons.")
    } else {
        Finding::warn(
            "notification_buttons",
            "Notifications have no buttons on this desktop.",
            "Use the window or the tray instead, or another notification daemon.",
        )
    }
}

/// Whether the desktop itself holds notifications back, as far as its daemon tells.
async fn quiet(connection: &Connection) -> Finding {
    let asked = [(notice::NAME, "Inhibited"), ("org.dunstproject.cmd0", "paused")];
    for (interface, property) in asked {
        let proxy =
            zbus::Proxy::new(connection, notice::NAME, "/org/freedesktop/Notifications", interface).await;
        let Ok(proxy) = proxy else { continue };
        if proxy.get_property::<bool>(property).await.unwrap_or(false) {
            return Finding::warn(
                "desktop_quiet",
                "The desktop holds notifications back.",
                "Switch the desktop's own do-not-disturb off if calls shall pop up.",
            );
        }
    }
    Finding::ok("desktop_quiet", "The desktop does not say that it holds notifications back.")
}

async fn tray(places: &Places) -> Finding {
    match TrayIcon::probe(&places.session).await {
        Ok(()) => Finding::ok("tray", "A panel shows tray items."),
        Err(problem) => Finding::warn("tray", "Ringside cannot be seen in a tray.", problem.text),
    }
}

fn windows() -> Finding {
    match shell::find() {
        Some(_) => Finding::ok("windows", "The windows are installed."),
        None => Finding::warn(
            "windows",
            "The windows are not installed; calls are announced all the same.",
            "Install ringside-desktop, or go on with the tray and `ringside`.",
        ),
    }
}

fn autostart(config: &Path) -> Finding {
    match Autostart::new(config).starts() {
        Starts::Not => Finding::ok("autostart", "Ringside does not start with the session."),
        Starts::Program => Finding::ok("autostart", "Ringside starts with the session."),
        Starts::Nothing(program) => Finding::fail(
            "autostart",
            format!("The entry that starts Ringside with the session names {program}, which is not there."),
            "Run `ringside autostart on` to write it anew.",
        ),
    }
}
