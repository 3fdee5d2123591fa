use std::future::Future;
use std::{
    collections::HashMap,
    process::{Command as Process, Stdio},
    time::Duration,
};

use engine::{
    Command, Incoming, Window,
    tray::{Item, Tray},
};
use futures_util::StreamExt;
use os::{Activation, Bus, TrayIcon};
use tokio::sync::mpsc;
use zbus::{Connection, Proxy, connection::Builder, zvariant::OwnedValue};

use crate::{bus::TestBus, soon};

const ADDRESS: &str = "RINGSIDE_TEST_BUS";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// Width, height and ARGB32 of each.
type Pictures = Vec<(i32, i32, Vec<u8>)>;

/// ksni finds its bus in the environment, and only another process can be given one: this test, once more.
fn on_a_bus_of_its_own<F: Future<Output = ()>>(test: &str, body: impl FnOnce(String) -> F) {
    if let Ok(address) = std::env::var(ADDRESS) {
        return tokio::runtime::Runtime::new().unwrap().block_on(body(address));
    }
    let bus = TestBus::start();
    let child = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("tray::{test}"), "--nocapture"])
        .env(ADDRESS, &bus.address)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && output.contains("1 passed"),
        "{output}{}",
        String::from_utf8_lossy(&child.stderr)
    );
}

/// A tray that shows nothing and tells who registers.
struct Recorder(mpsc::UnboundedSender<String>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Recorder {
    fn register_status_notifier_item(&self, name: String) {
        self.0.send(name).ok();
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

struct Watcher {
    connection: Connection,
    registered: mpsc::UnboundedReceiver<String>,
}

impl Watcher {
    async fn start(address: &str) -> Self {
        let (sender, registered) = mpsc::unbounded_channel();
        let connection = Builder::address(address)
            .unwrap()
            .serve_at("/StatusNotifierWatcher", Recorder(sender))
            .unwrap()
            .name("org.kde.StatusNotifierWatcher")
            .unwrap()
            .build()
            .await
            .unwrap();
        Self { connection, registered }
    }

    async fn registered(&mut self) -> String {
        soon(self.registered.recv()).await.unwrap()
    }

    async fn item(&self, name: String) -> Proxy<'static> {
        Proxy::new(&self.connection, name, "/StatusNotifierItem", ITEM).await.unwrap()
    }
}

fn tray(layers: &[&'static str], attention: bool) -> Tray {
    Tray {
        layers: layers.to_vec(),
        attention,
        tooltip: "2 missed\n<Anna>".into(),
        menu: vec![
            Item::Text("Connected".into()),
            Item::Menu {
                label: "Do not disturb".into(),
                items: vec![Item::Act { label: "Off".into(), command: Command::DndOff, checked: true }],
            },
            Item::Separator,
            Item::Act { label: "Quit".into(), command: Command::Quit, checked: false },
        ],
    }
}

async fn clicked(incoming: &mut mpsc::Receiver<Incoming>) -> Command {
    match soon(incoming.recv()).await.unwrap() {
        Incoming::Command(command, _) => command,
        other => panic!("{other:?}"),
    }
}

async fn works(incoming: &mut mpsc::Receiver<Incoming>) -> bool {
    match soon(incoming.recv()).await.unwrap() {
        Incoming::Part("tray", problem) => problem.is_none(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_shows_the_value_and_brings_clicks_back() {
    on_a_bus_of_its_own("it_shows_the_value_and_brings_clicks_back", async |address| {
        let mut watcher = Watcher::start(&address).await;
        let (sender, mut incoming) = mpsc::channel(16);
        let icon =
            TrayIcon::spawn(Bus::session(), tray(&["available"], false), sender, Activation::default());
        let name = watcher.registered().await;
        let item = watcher.item(name.clone()).await;
        assert_eq!(item.get_property::<String>("Category").await.unwrap(), "Communications");
        assert_eq!(item.get_property::<String>("Status").await.unwrap(), "Active");
        let pictures: Pictures = item.get_property("IconPixmap").await.unwrap();
        assert_eq!(pictures.iter().map(|picture| picture.0).collect::<Vec<_>>(), [16, 22, 24, 32, 48]);
        let tip: (String, Pictures, String, String) = item.get_property("ToolTip").await.unwrap();
        assert_eq!((tip.2.as_str(), tip.3.as_str()), ("2 missed", "&lt;Anna&gt;"));

        item.call_method("Activate", &(0, 0)).await.unwrap();
        assert_eq!(clicked(&mut incoming).await, Command::Open { window: Window::Main });
        let menu = Proxy::new(&watcher.connection, name, "/MenuBar", MENU).await.unwrap();
        let lines: Vec<(i32, HashMap<String, OwnedValue>)> =
            menu.call("GetGroupProperties", &(Vec::<i32>::new(), vec!["label"])).await.unwrap();
        let line = |label: &str| {
            let label: OwnedValue = zbus::zvariant::Str::from(label).into();
            lines.iter().find(|(_, about)| about.get("label") == Some(&label)).map(|(id, _)| *id)
        };
        for (label, command) in [("Off", Command::DndOff), ("Quit", Command::Quit)] {
            let id = line(label).unwrap_or_else(|| panic!("{label} is not in {lines:?}"));
            let event = (id, "clicked", zbus::zvariant::Value::from(0), 0_u32);
            menu.call_method("Event", &event).await.unwrap();
            assert_eq!(clicked(&mut incoming).await, command);
        }

        let mut statuses = item.receive_signal("NewStatus").await.unwrap();
        icon.update(tray(&["ringing", "missed-1"], true));
        let status = soon(statuses.next()).await.unwrap();
        assert_eq!(status.body().deserialize::<String>().unwrap(), "NeedsAttention");
    });
}

#[test]
fn a_tray_that_never_answers_is_said_and_holds_nobody_up() {
    on_a_bus_of_its_own("a_tray_that_never_answers_is_said_and_holds_nobody_up", async |address| {
        let silent = Builder::address(address.as_str()).unwrap().build().await.unwrap();
        silent.request_name("org.kde.StatusNotifierWatcher").await.unwrap();
        let _unread = zbus::MessageStream::from(&silent);
        let (sender, mut incoming) = mpsc::channel(16);
        let bus = Bus::session().answering_within(Duration::from_millis(300));
        let icon = TrayIcon::spawn(bus, tray(&["available"], false), sender, Activation::default());
        assert!(!works(&mut incoming).await);
        icon.update(tray(&["ringing"], true));
    });
}

#[test]
fn a_tray_that_comes_late_or_again_gets_the_item() {
    on_a_bus_of_its_own("a_tray_that_comes_late_or_again_gets_the_item", async |address| {
        let (sender, mut incoming) = mpsc::channel(16);
        let _icon =
            TrayIcon::spawn(Bus::session(), tray(&["available"], false), sender, Activation::default());
        assert!(!works(&mut incoming).await);
        assert!(TrayIcon::probe(&Bus::session()).await.is_err());
        for _ in 0..2 {
            let mut watcher = Watcher::start(&address).await;
            watcher.registered().await;
            TrayIcon::probe(&Bus::session()).await.unwrap();
            assert!(works(&mut incoming).await);
            watcher.connection.close().await.unwrap();
            assert!(!works(&mut incoming).await);
        }
    });
}

#[test]
fn the_menu_is_not_made_anew_while_it_says_the_same() {
    on_a_bus_of_its_own("the_menu_is_not_made_anew_while_it_says_the_same", async |address| {
        let mut watcher = Watcher::start(&address).await;
        let (sender, _incoming) = mpsc::channel(16);
        let icon =
            TrayIcon::spawn(Bus::session(), tray(&["available"], false), sender, Activation::default());
        let name = watcher.registered().await;
        let item = watcher.item(name.clone()).await;
        let menu = Proxy::new(&watcher.connection, name, "/MenuBar", MENU).await.unwrap();
        let mut told = menu.receive_all_signals().await.unwrap();
        let mut statuses = item.receive_signal("NewStatus").await.unwrap();
        // A phone that rings again and again changes the picture, and nothing in the menu.
        for attention in [true, false, true, false] {
            for _ in 0..10 {
                icon.update(tray(&["ringing"], attention));
            }
            soon(statuses.next()).await.unwrap();
        }
        let mut other = tray(&["available"], false);
        other.menu.push(Item::Text("1 missed call".into()));
        icon.update(other);
        let first = soon(told.next()).await.unwrap();
        assert_eq!(first.header().member().unwrap().as_str(), "LayoutUpdated");
    });
}
