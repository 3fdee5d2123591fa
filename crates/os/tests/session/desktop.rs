use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use engine::{Command, Desk, Incoming, Notice, Window};
use model::{Finding, Grade};
use os::{Activation, Bus, Desktop, Places};
use tokio::sync::mpsc;
use zbus::{Connection, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{bus::TestBus, soon};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification daemon that shows nothing.
struct Recorder {
    closed: mpsc::UnboundedSender<u32>,
    abilities: &'static [&'static str],
    is_quiet: bool,
    shown: mpsc::UnboundedSender<(u32, u32, String, Vec<String>)>,
    last_id: AtomicU32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Recorder {
    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    fn notify(
        &self,
        _app_name: String,
        replaces: u32,
        _app_icon: String,
        summary: String,
        _body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let id = if replaces == 0 { self.last_id.fetch_add(1, Ordering::Relaxed) + 1 } else { replaces };
        self.shown.send((id, replaces, summary, actions)).ok();
        id
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.closed.send(id).ok();
        Self::notification_closed(&emitter, id, 3).await.ok();
    }

    fn get_capabilities(&self) -> Vec<&str> {
        self.abilities.to_vec()
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("recorder", "Ringside", "1", "1.2")
    }

    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.is_quiet
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn activation_token(emitter: &SignalEmitter<'_>, id: u32, token: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

struct Daemon {
    connection: Connection,
    shown: mpsc::UnboundedReceiver<(u32, u32, String, Vec<String>)>,
    closed: mpsc::UnboundedReceiver<u32>,
}

impl Daemon {
    async fn start(bus: &TestBus, abilities: &'static [&'static str], is_quiet: bool) -> Self {
        let (sender, shown) = mpsc::unbounded_channel();
        let (closing, closed) = mpsc::unbounded_channel();
        let recorder =
            Recorder { closed: closing, abilities, is_quiet, shown: sender, last_id: AtomicU32::new(6) };
        let builder = bus.builder().serve_at(PATH, recorder).unwrap().name(NAME).unwrap();
        Self { connection: builder.build().await.unwrap(), shown, closed }
    }

    async fn invoke(&self, id: u32, key: &str) {
        let emitter = SignalEmitter::new(&self.connection, PATH).unwrap();
        Recorder::activation_token(&emitter, id, "leave").await.unwrap();
        Recorder::action_invoked(&emitter, id, key).await.unwrap();
    }
}

fn desktop(bus: &TestBus) -> (Desktop, mpsc::Receiver<Incoming>, Activation) {
    let (sender, incoming) = mpsc::channel(16);
    let places = Places {
        session: bus.bus(),
        system: Bus::at("unix:path=/nowhere"),
        state_folder: Some(bus.folder().join("state")),
        config_folder: Some(bus.folder().join("config")),
        keyring: true,
        hotkeys: true,
    };
    let activation = Activation::default();
    (Desktop::new(places, sender, activation.clone()), incoming, activation)
}

fn notice(title: &str) -> Notice {
    Notice {
        key: "check",
        once: false,
        title: title.to_owned(),
        body: "<b>Look</b>".to_owned(),
        buttons: vec![("Open", Command::Open { window: Window::Main }), ("Quit", Command::Quit)],
    }
}

fn verdict(found: &[Finding], check: &str) -> Grade {
    found
        .iter()
        .find(|finding| finding.check == check)
        .unwrap_or_else(|| panic!("{check} in {found:?}"))
        .verdict
}

#[tokio::test]
async fn a_notice_is_told_and_what_is_pressed_is_done() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["actions", "body-markup"], false).await;
    for (key, command) in [
        ("default", Command::Open { window: Window::Main }),
        ("0", Command::Open { window: Window::Main }),
        ("1", Command::Quit),
    ] {
        let (desktop, mut incoming, activation) = desktop(&bus);
        desktop.tell(notice("Calls will reach you"));
        let (id, _, title, actions) = soon(daemon.shown.recv()).await.unwrap();
        assert_eq!(title, "Calls will reach you");
        assert_eq!(actions, ["default", "Open", "0", "Open", "1", "Quit"]);
        daemon.invoke(id + 1, "1").await;
        daemon.invoke(id, key).await;
        match soon(incoming.recv()).await.unwrap() {
            Incoming::Command(done, _) => assert_eq!(done, command),
            other => panic!("{other:?}"),
        }
        assert_eq!(activation.take().as_deref(), Some("leave"));
    }
}

#[tokio::test]
async fn a_later_notice_takes_the_place_of_an_earlier_one() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &[], false).await;
    let (desktop, _incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    let (id, replaces, _, actions) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!((replaces, actions.len()), (0, 0), "a daemon without buttons is given none");
    // What is known of the first is stored when its answer has come.
    until_shown(&desktop, true).await;
    desktop.tell(notice("two"));
    let (again, replaces, title, _) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!((again, replaces, title.as_str()), (id, id, "two"));
}

#[tokio::test]
async fn a_notice_is_taken_back_also_before_the_daemon_has_answered() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["actions"], false).await;
    let (desktop, _incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    desktop.take_back("check");
    let (id, ..) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!(soon(daemon.closed.recv()).await, Some(id));
    desktop.take_back("check");
    desktop.tell(notice("two"));
    let (again, replaces, ..) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!(replaces, 0, "the first is gone");
    desktop.take_back("check");
    assert_eq!(soon(daemon.closed.recv()).await, Some(again), "each is closed once");
}

#[tokio::test]
async fn what_is_pressed_needs_no_taking_back() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["actions"], false).await;
    let (desktop, mut incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    let (id, ..) = soon(daemon.shown.recv()).await.unwrap();
    daemon.invoke(id, "1").await;
    assert!(matches!(soon(incoming.recv()).await, Some(Incoming::Command(Command::Quit, _))));
    desktop.take_back("check");
    desktop.tell(notice("two"));
    let (next, ..) = soon(daemon.shown.recv()).await.unwrap();
    desktop.take_back("check");
    assert_eq!(soon(daemon.closed.recv()).await, Some(next));
}

/// Waits until the notice of [`notice`] is before the person, or is not.
async fn until_shown(desktop: &Desktop, wanted: bool) {
    soon(async {
        while desktop.is_shown("check") != wanted {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// Another program's notification.
async fn strangers(bus: &TestBus, daemon: &mut Daemon) -> u32 {
    let arguments =
        ("Other", 0_u32, "", "Mail", "", Vec::<String>::new(), HashMap::<String, OwnedValue>::new(), -1);
    bus.connect().await.call_method(Some(NAME), PATH, Some(NAME), "Notify", &arguments).await.unwrap();
    let (id, _, title, _) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!(title, "Mail");
    id
}

#[tokio::test]
async fn a_notice_does_not_take_the_place_of_a_strangers_at_a_later_daemon() {
    let bus = TestBus::start();
    let mut former = Daemon::start(&bus, &["actions"], false).await;
    let (desktop, mut incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    let (id, ..) = soon(former.shown.recv()).await.unwrap();
    until_shown(&desktop, true).await;
    former.connection.close().await.unwrap();

    let mut daemon = Daemon::start(&bus, &["actions"], false).await;
    assert_eq!(strangers(&bus, &mut daemon).await, id);
    daemon.invoke(id, "1").await;
    desktop.tell(notice("two"));
    let (own, replaces, ..) = soon(daemon.shown.recv()).await.unwrap();
    assert_eq!((replaces, own != id), (0, true));
    daemon.invoke(own, "0").await;
    let pressed = soon(incoming.recv()).await;
    let is_own = matches!(pressed, Some(Incoming::Command(Command::Open { .. }, _)));
    assert!(is_own, "what a stranger's button says is not for us: {pressed:?}");
}

#[tokio::test]
async fn a_notice_is_not_taken_back_from_a_later_daemon() {
    let bus = TestBus::start();
    let mut former = Daemon::start(&bus, &[], false).await;
    let (desktop, _incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    let (id, ..) = soon(former.shown.recv()).await.unwrap();
    until_shown(&desktop, true).await;
    former.connection.close().await.unwrap();

    let mut daemon = Daemon::start(&bus, &[], false).await;
    assert_eq!(strangers(&bus, &mut daemon).await, id);
    desktop.take_back("check");
    desktop.tell(notice("two"));
    let (own, ..) = soon(daemon.shown.recv()).await.unwrap();
    desktop.take_back("check");
    assert_eq!(soon(daemon.closed.recv()).await, Some(own));
}

#[tokio::test]
async fn a_notice_is_gone_with_its_daemon() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &[], false).await;
    let (desktop, _incoming, _) = desktop(&bus);
    desktop.tell(notice("one"));
    soon(daemon.shown.recv()).await.unwrap();
    until_shown(&desktop, true).await;
    daemon.connection.close().await.unwrap();
    until_shown(&desktop, false).await;
}

#[tokio::test]
async fn a_look_tells_each_part_and_takes_its_test_notification_away() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["actions"], false).await;
    let (desktop, _incoming, _) = desktop(&bus);
    let found = soon(desktop.look()).await;
    for check in [
        "state_folder",
        "sleep",
        "notifications",
        "notification",
        "notification_buttons",
        "desktop_quiet",
        "autostart",
    ] {
        assert_eq!(verdict(&found, check), Grade::Ok, "{check}: {found:?}");
    }
    for check in ["keyring", "tray"] {
        assert_eq!(verdict(&found, check), Grade::Warn, "{check} is not there: {found:?}");
    }
    let (_, _, title, _) = soon(daemon.shown.recv()).await.unwrap();
    assert!(title.contains("testing"));
    assert!(!bus.folder().join("state/check").exists());
    assert!(
        found.iter().all(|finding| (finding.verdict == Grade::Ok) == finding.remedy.is_none()),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_look_sees_what_keeps_calls_from_popping_up() {
    let bus = TestBus::start();
    let (desktop, _incoming, _) = desktop(&bus);
    let found = soon(desktop.look()).await;
    assert_eq!(verdict(&found, "notifications"), Grade::Fail, "there is no daemon");
    let _daemon = Daemon::start(&bus, &[], true).await;
    std::fs::remove_dir(bus.folder().join("state")).unwrap();
    std::fs::write(bus.folder().join("state"), "a file in the folder's place").unwrap();
    let autostart = os::Autostart::new(&bus.folder().join("config"));
    autostart.switch_on(&bus.folder().join("gone")).unwrap();
    let found = soon(desktop.look()).await;
    assert_eq!(verdict(&found, "notification_buttons"), Grade::Warn);
    assert_eq!(verdict(&found, "desktop_quiet"), Grade::Warn);
    assert_eq!(verdict(&found, "state_folder"), Grade::Fail);
    assert_eq!(verdict(&found, "autostart"), Grade::Fail);
}
