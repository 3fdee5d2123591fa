//! What a doctor wants to know of this desktop.

use zbus::fdo::DBusProxy;

use crate::Bus;

/// The name and version of the notification daemon; `None` if none answers.
pub async fn notification_daemon(bus: &Bus) -> Option<String> {
    let connection = bus.connect().await.ok()?;
    let answer = connection
        .call_method(
            Some("org.freedesktop.Notifications"),
            "/org/freedesktop/Notifications",
            Some("org.freedesktop.Notifications"),
            "GetServerInformation",
            &(),
        )
        .await
        .ok()?;
    let (name, _, version, _): (String, String, String, String) = answer.body().deserialize().ok()?;
    Some(format!("{name} {version}"))
}

/// Whether a panel on this desktop shows tray items.
pub async fn has_tray_host(bus: &Bus) -> bool {
    let Ok(connection) = bus.connect().await else { return false };
    let Ok(names) = DBusProxy::new(&connection).await else { return false };
    let Ok(watcher) = "org.kde.StatusNotifierWatcher".try_into() else { return false };
    names.name_has_owner(watcher).await.unwrap_or(false)
}
