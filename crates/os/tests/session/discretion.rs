use std::collections::HashMap;

use engine::{Incoming, Surroundings};
use os::Discretion;
use tokio::sync::mpsc;
use zbus::{Connection, object_server::SignalEmitter, zvariant::OwnedObjectPath};

use crate::{bus::TestBus, soon};

struct Saver {
    active: bool,
}

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl Saver {
    fn get_active(&self) -> bool {
        self.active
    }

    #[zbus(signal)]
    async fn active_changed(emitter: &SignalEmitter<'_>, active: bool) -> zbus::Result<()>;
}

struct Notifications {
    inhibited: bool,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.inhibited
    }
}

struct Logind;

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    fn get_session(&self, id: &str) -> OwnedObjectPath {
        assert_eq!(id, "auto");
        OwnedObjectPath::try_from("/org/freedesktop/login1/session/_32").unwrap()
    }
}

struct Session {
    locked: bool,
}

#[zbus::interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        self.locked
    }
}

struct Xfconf;

#[zbus::interface(name = "org.xfce.Xfconf")]
impl Xfconf {
    fn get_property(&self, channel: &str, property: &str) -> zbus::zvariant::OwnedValue {
        assert_eq!((channel, property), ("xfce4-notifyd", "/do-not-disturb"));
        true.into()
    }

    #[zbus(signal)]
    async fn property_changed(
        emitter: &SignalEmitter<'_>,
        channel: &str,
        property: &str,
        value: zbus::zvariant::Value<'_>,
    ) -> zbus::Result<()>;
}

const SAVER_PATH: &str = "/org/freedesktop/ScreenSaver";
const NOTIFICATIONS_PATH: &str = "/org/freedesktop/Notifications";
const SESSION_PATH: &str = "/org/freedesktop/login1/session/_32";

async fn saver(bus: &TestBus, active: bool) -> Connection {
    let builder = bus.builder().serve_at(SAVER_PATH, Saver { active }).unwrap();
    builder.name("org.freedesktop.ScreenSaver").unwrap().build().await.unwrap()
}

async fn next(told: &mut mpsc::Receiver<Incoming>) -> (bool, bool) {
    match soon(told.recv()).await.unwrap() {
        Incoming::Surroundings(Surroundings { locked, inhibited }) => (locked, inhibited),
        other => panic!("{other:?}"),
    }
}

fn watch(bus: &TestBus) -> (Discretion, mpsc::Receiver<Incoming>) {
    let (sender, told) = mpsc::channel(16);
    (Discretion::watch(bus.bus(), bus.bus(), sender), told)
}

#[tokio::test]
async fn complaint_14_a_screen_that_is_locked_is_told_and_told_again_when_it_is_not() {
    let bus = TestBus::start();
    let service = saver(&bus, true).await;
    let (_watching, mut told) = watch(&bus);
    assert_eq!(next(&mut told).await, (true, false), "it was locked before");
    let emitter = SignalEmitter::new(&service, SAVER_PATH).unwrap();
    Saver::active_changed(&emitter, false).await.unwrap();
    assert_eq!(next(&mut told).await, (false, false));
    Saver::active_changed(&emitter, true).await.unwrap();
    assert_eq!(next(&mut told).await, (true, false));
    service.close().await.unwrap();
    assert_eq!(next(&mut told).await, (false, false), "a screen saver that has ended locks nothing");
    let _again = saver(&bus, true).await;
    assert_eq!(next(&mut told).await, (true, false), "one that comes late is heard");
}

#[tokio::test]
async fn logind_tells_of_a_locked_session() {
    let bus = TestBus::start();
    let service = bus
        .builder()
        .serve_at("/org/freedesktop/login1", Logind)
        .unwrap()
        .serve_at(SESSION_PATH, Session { locked: true })
        .unwrap()
        .name("org.freedesktop.login1")
        .unwrap()
        .build()
        .await
        .unwrap();
    let (_watching, mut told) = watch(&bus);
    assert_eq!(next(&mut told).await, (true, false));
    let session = service.object_server().interface::<_, Session>(SESSION_PATH).await.unwrap();
    session.get_mut().await.locked = false;
    session.get().await.locked_hint_changed(session.signal_emitter()).await.unwrap();
    assert_eq!(next(&mut told).await, (false, false));
}

#[tokio::test]
async fn the_desktops_own_do_not_disturb_is_told() {
    let bus = TestBus::start();
    let service = bus
        .builder()
        .serve_at(NOTIFICATIONS_PATH, Notifications { inhibited: true })
        .unwrap()
        .name("org.freedesktop.Notifications")
        .unwrap()
        .build()
        .await
        .unwrap();
    let (_watching, mut told) = watch(&bus);
    assert_eq!(next(&mut told).await, (false, true));
    let server = service.object_server().interface::<_, Notifications>(NOTIFICATIONS_PATH).await.unwrap();
    server.get_mut().await.inhibited = false;
    server.get().await.inhibited_changed(server.signal_emitter()).await.unwrap();
    assert_eq!(next(&mut told).await, (false, false));
    let dunst = HashMap::from([("paused", zbus::zvariant::Value::from(true))]);
    let changed = ("org.dunstproject.cmd0", dunst, Vec::<String>::new());
    let properties = "org.freedesktop.DBus.Properties";
    service
        .emit_signal(None::<&str>, NOTIFICATIONS_PATH, properties, "PropertiesChanged", &changed)
        .await
        .unwrap();
    assert_eq!(next(&mut told).await, (false, true), "dunst has a word of its own for it");
    service.close().await.unwrap();
    assert_eq!(next(&mut told).await, (false, false));
}

#[tokio::test]
async fn xfces_own_do_not_disturb_is_told() {
    let bus = TestBus::start();
    let builder = bus.builder().serve_at("/org/xfce/Xfconf", Xfconf).unwrap();
    let service = builder.name("org.xfce.Xfconf").unwrap().build().await.unwrap();
    let (_watching, mut told) = watch(&bus);
    assert_eq!(next(&mut told).await, (false, true));
    let emitter = SignalEmitter::new(&service, "/org/xfce/Xfconf").unwrap();
    let said =
        |value: bool| Xfconf::property_changed(&emitter, "xfce4-notifyd", "/do-not-disturb", value.into());
    said(false).await.unwrap();
    assert_eq!(next(&mut told).await, (false, false));
}
