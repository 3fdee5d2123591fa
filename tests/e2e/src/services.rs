use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use zbus::{Connection, fdo::DBusProxy, proxy::CacheProperties};

use crate::{Desktop, Process, until};

const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The service that shows notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notifier {
    /// dunst.
    Dunst,
    /// XFCE's own.
    Xfce,
}

/// What people have on their desktops, in place of what records: a notification service and XFCE's panel.
#[derive(Debug)]
pub struct Services {
    bus: Connection,
    notifier: Notifier,
    panel: Option<Process>,
    _others: Vec<Process>,
}

const PANEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="30"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
"#;

impl Services {
    /// Starts them; what records gives way.
    ///
    /// # Errors
    /// If one of them is not installed (`./dev setup`) or does not come up.
    pub async fn start(desktop: &Desktop, notifier: Notifier) -> Result<Self> {
        let bus = desktop.give_way().await?;
        let settings = desktop.folder().join("home/.config/xfce4/xfconf/xfce-perchannel-xml");
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("xfce4-panel.xml"), PANEL)?;
        let xfconf = desktop.start_program(&[&service("org.xfce.Xfconf")?])?;
        let mut services = Self { bus, notifier, panel: None, _others: vec![xfconf] };
        services.until_owned("org.xfce.Xfconf").await?;
        let started = match notifier {
            Notifier::Dunst => desktop.start_program(&["dunst", "-config", "/dev/null"])?,
            Notifier::Xfce => desktop.start_program(&[&service("org.xfce.xfce4-notifyd.Notifications")?])?,
        };
        services._others.push(started);
        services.until_owned(NOTIFICATIONS).await?;
        services.start_panel(desktop).await?;
        Ok(services)
    }

    /// Starts the panel, which must not be there.
    ///
    /// # Errors
    /// If it does not come up.
    pub async fn start_panel(&mut self, desktop: &Desktop) -> Result<()> {
        self.panel = Some(desktop.start_program(&["xfce4-panel", "--disable-wm-check"])?);
        self.until_owned(WATCHER).await
    }

    /// Ends the panel.
    ///
    /// # Errors
    /// If it stays.
    pub async fn end_panel(&mut self) -> Result<()> {
        drop(self.panel.take());
        let names = DBusProxy::new(&self.bus).await?;
        until("the panel is gone", async || {
            Ok((!names.name_has_owner(WATCHER.try_into()?).await?).then_some(()))
        })
        .await
    }

    /// Waits until the panel has this many tray items.
    ///
    /// # Errors
    /// If it has another number of them.
    pub async fn until_items(&self, wanted: usize) -> Result<()> {
        let watcher = zbus::proxy::Builder::<zbus::Proxy<'_>>::new(&self.bus)
            .destination(WATCHER)?
            .path("/StatusNotifierWatcher")?
            .interface(WATCHER)?
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        until("the panel has the tray item", async || {
            let items: Vec<String> = watcher.get_property("RegisteredStatusNotifierItems").await?;
            Ok((items.len() == wanted).then_some(()))
        })
        .await
    }

    /// Waits until this many notifications are before the person.
    ///
    /// # Errors
    /// If there are others.
    pub async fn until_notifications(&self, desktop: &Desktop, wanted: usize) -> Result<()> {
        until(&format!("{wanted} notifications are shown"), async || {
            let shown = match self.notifier {
                Notifier::Dunst => self.shown_by_dunst().await?,
                Notifier::Xfce => desktop.visible("xfce4-notifyd")?.len(),
            };
            Ok((shown == wanted).then_some(()))
        })
        .await
    }

    async fn shown_by_dunst(&self) -> Result<usize> {
        let properties =
            zbus::fdo::PropertiesProxy::new(&self.bus, NOTIFICATIONS, "/org/freedesktop/Notifications")
                .await?;
        let shown = properties.get("org.dunstproject.cmd0".try_into()?, "displayedLength").await?;
        Ok(usize::try_from(shown.downcast_ref::<u32>()?)?)
    }

    async fn until_owned(&self, name: &str) -> Result<()> {
        let names = DBusProxy::new(&self.bus).await?;
        until(&format!("{name} comes up"), async || {
            Ok(names.name_has_owner(name.try_into()?).await?.then_some(()))
        })
        .await
    }
}

/// The program of a service, which lies in no folder for programs.
fn service(name: &str) -> Result<String> {
    let file = Path::new("/usr/share/dbus-1/services").join(format!("{name}.service"));
    let text = fs::read_to_string(&file)
        .with_context(|| format!("{} is needed; run ./dev setup", file.display()))?;
    let program = text.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap_or_default();
    ensure!(!program.is_empty(), "{} names no program", file.display());
    Ok(program.to_owned())
}
