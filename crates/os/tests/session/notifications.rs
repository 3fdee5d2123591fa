use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use engine::{Alert, AlertAction, AlertKind, Face, Incoming};
use os::{Activation, Notifications};
use tokio::sync::{Semaphore, mpsc, watch};
use zbus::{Connection, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{bus::TestBus, soon};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
pub const ALL: &[&str] = &["actions", "body", "body-markup", "persistence"];

/// A notification daemon that shows nothing and tells everything.
struct Recorder {
    abilities: &'static [&'static str],
    heard: mpsc::UnboundedSender<Heard>,
    last_id: AtomicU32,
    /// A permit for each answer to `Notify`.
    answers: Arc<Semaphore>,
    /// Without a permit nothing else is answered either.
    is_awake: Arc<Semaphore>,
    asked: watch::Sender<u32>,
}

#[derive(Debug)]
enum Heard {
    Notify(Box<Notify>),
    Close(u32),
}

#[derive(Debug)]
pub struct Notify {
    pub id: u32,
    pub replaces: u32,
    pub summary: String,
    body: String,
    actions: Vec<String>,
    hints: HashMap<String, OwnedValue>,
    expires: i32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Recorder {
    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    async fn notify(
        &self,
        app_name: String,
        replaces: u32,
        app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> u32 {
        assert_eq!((app_name.as_str(), app_icon.as_str()), ("Ringside", "ringside"));
        let id = if replaces == 0 { self.last_id.fetch_add(1, Ordering::Relaxed) + 1 } else { replaces };
        let notify = Notify { id, replaces, summary, body, actions, hints, expires };
        self.heard.send(Heard::Notify(Box::new(notify))).ok();
        self.answers.acquire().await.unwrap().forget();
        id
    }

    fn close_notification(&self, id: u32) {
        self.heard.send(Heard::Close(id)).ok();
    }

    async fn get_capabilities(&self) -> Vec<&str> {
        drop(self.is_awake.acquire().await.unwrap());
        self.asked.send_modify(|asked| *asked += 1);
        self.abilities.to_vec()
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("recorder", "Ringside", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn activation_token(emitter: &SignalEmitter<'_>, id: u32, token: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

/// A running [`Recorder`].
pub struct Daemon {
    connection: Connection,
    heard: mpsc::UnboundedReceiver<Heard>,
    pub answers: Arc<Semaphore>,
    is_awake: Arc<Semaphore>,
    /// How often it was asked what it can do.
    pub asked: watch::Receiver<u32>,
}

impl Daemon {
    pub async fn start(bus: &TestBus, abilities: &'static [&'static str], first_id: u32) -> Self {
        let (sender, heard) = mpsc::unbounded_channel();
        let answers = Arc::new(Semaphore::new(1000));
        let is_awake = Arc::new(Semaphore::new(1));
        let (asking, asked) = watch::channel(0);
        let recorder = Recorder {
            abilities,
            heard: sender,
            last_id: AtomicU32::new(first_id - 1),
            answers: Arc::clone(&answers),
            is_awake: Arc::clone(&is_awake),
            asked: asking,
        };
        let builder = bus.builder().serve_at(PATH, recorder).unwrap().name(NAME).unwrap();
        Self { connection: builder.build().await.unwrap(), heard, answers, is_awake, asked }
    }

    pub async fn notify(&mut self) -> Notify {
        match soon(self.heard.recv()).await.unwrap() {
            Heard::Notify(notify) => *notify,
            Heard::Close(id) => panic!("{id} was closed"),
        }
    }

    pub async fn close(&mut self) -> u32 {
        match soon(self.heard.recv()).await.unwrap() {
            Heard::Close(id) => id,
            Heard::Notify(notify) => panic!("{notify:?} was shown"),
        }
    }

    /// It reads and answers nothing, once it was asked what it can do.
    pub async fn sleeps(&mut self) {
        soon(self.asked.wait_for(|asked| *asked > 0)).await.unwrap();
        self.is_awake.forget_permits(1);
        self.answers.forget_permits(1000);
    }

    pub fn wakes(&self) {
        self.is_awake.add_permits(1);
        self.answers.add_permits(1000);
    }

    pub async fn press(&self, id: u32) {
        Recorder::action_invoked(&self.emitter(), id, "default").await.unwrap();
    }

    fn emitter(&self) -> SignalEmitter<'static> {
        SignalEmitter::new(&self.connection, PATH).unwrap()
    }
}

pub struct Desk {
    pub notifications: Notifications,
    incoming: mpsc::Receiver<Incoming>,
    activation: Activation,
}

impl Desk {
    fn start(bus: &TestBus) -> Self {
        Self::at(bus.bus())
    }

    /// One that waits for no answer for long.
    pub fn hurried(bus: &TestBus) -> Self {
        Self::at(bus.bus().answering_within(Duration::from_millis(300)))
    }

    fn at(bus: os::Bus) -> Self {
        let (sender, incoming) = mpsc::channel(16);
        let activation = Activation::default();
        let notifications = Notifications::new(bus, sender, activation.clone());
        Self { notifications, incoming, activation }
    }

    /// Waits until the number of this daemon's notification is known, which a press then proves.
    pub async fn knows(&mut self, daemon: &Daemon, id: u32) {
        daemon.press(id).await;
        assert!(matches!(soon(self.incoming.recv()).await, Some(Incoming::Pressed(..))));
    }

    /// Whether notifications work, once that changes.
    pub async fn works(&mut self) -> bool {
        match soon(self.incoming.recv()).await.unwrap() {
            Incoming::Part("notifications", problem) => problem.is_none(),
            other => panic!("{other:?}"),
        }
    }
}

pub fn alert(call: &str, kind: AlertKind, title: &str) -> Alert {
    Alert {
        call: call.into(),
        kind,
        title: title.into(),
        body: "+45 11 22\n<b>Sales</b> & more".into(),
        actions: vec![AlertAction::Open, AlertAction::Silence],
        crm_host: None,
        sound: None,
    }
}

fn ringing(call: &str, title: &str) -> Alert {
    alert(call, AlertKind::Incoming, title)
}

fn missed(call: &str) -> Alert {
    Alert { actions: vec![AlertAction::CallBack], ..alert(call, AlertKind::Missed, "Missed") }
}

#[tokio::test]
async fn a_call_is_shown_changed_in_place_and_taken_away() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna\u{202e}"));
    let shown = daemon.notify().await;
    assert_eq!((shown.replaces, shown.summary.as_str(), shown.expires), (0, "Anna", 0));
    assert_eq!(shown.body, "+45 11 22\n&lt;b&gt;Sales&lt;/b&gt; &amp; more");
    assert_eq!(shown.actions, ["default", "Open", "silence", "Silence"]);
    assert_eq!(
        shown.hints["category"],
        OwnedValue::try_from(zbus::zvariant::Value::from("call.incoming")).unwrap()
    );
    assert_eq!(shown.hints["urgency"], OwnedValue::from(2_u8));
    assert_eq!(shown.hints["resident"], OwnedValue::from(true));

    desk.notifications.show(&ringing("a/1", "Anna of Sales"));
    assert_eq!(daemon.notify().await.replaces, 7);
    desk.notifications.show(&missed("a/1"));
    let shown = daemon.notify().await;
    assert_eq!((shown.replaces, shown.expires), (7, -1));
    assert_eq!(shown.hints["urgency"], OwnedValue::from(1_u8));
    assert!(!shown.hints.contains_key("resident"));
    desk.notifications.withdraw(&"a/1".into());
    assert_eq!(daemon.close().await, 7);
}

#[tokio::test]
async fn a_call_that_ends_before_the_daemon_answers_is_taken_away() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let mut desk = Desk::start(&bus);
    daemon.answers.forget_permits(1000);
    desk.notifications.show(&ringing("a/1", "Anna"));
    daemon.notify().await;
    desk.notifications.withdraw(&"a/1".into());
    daemon.answers.add_permits(1);
    assert_eq!(daemon.close().await, 7);
}

#[tokio::test]
async fn a_plain_daemon_gets_neither_markup_nor_buttons() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["body"], 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    let shown = daemon.notify().await;
    assert!(shown.actions.is_empty());
    assert_eq!(shown.body, "+45 11 22\n<b>Sales</b> & more");
}

#[tokio::test]
async fn complaint_6_a_daemon_that_is_slow_with_one_alert_holds_up_no_other() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    let mut desk = Desk::start(&bus);
    daemon.answers.forget_permits(1000);
    desk.notifications.show(&ringing("a/1", "Anna"));
    daemon.notify().await;
    desk.notifications.show(&ringing("a/2", "Bo"));
    assert_eq!(daemon.notify().await.summary, "Bo");
    daemon.answers.add_permits(2);
}

#[tokio::test]
async fn a_daemon_that_never_answers_is_said_and_holds_nobody_up() {
    let bus = TestBus::start();
    let silent = bus.connect().await;
    silent.request_name(NAME).await.unwrap();
    let unread = zbus::MessageStream::from(&silent);
    let mut desk = Desk::hurried(&bus);
    for call in 0..1_000 {
        desk.notifications.show(&ringing(&format!("a/{call}"), "Anna"));
        desk.notifications.withdraw(&format!("a/{call}").as_str().into());
    }
    desk.notifications.show(&ringing("b/1", "Bo"));
    assert!(!desk.works().await);
    drop((unread, silent));
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    assert!(desk.works().await);
    assert_eq!(daemon.notify().await.summary, "Bo", "and nothing of what is over");
}

#[tokio::test]
async fn a_sound_of_the_theme_is_named_once_and_only_if_it_is_wanted() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, &["actions", "body", "sound"], 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    let shown = daemon.notify().await;
    assert!(!shown.hints.contains_key("sound-name"));
    assert_eq!(shown.hints["suppress-sound"], OwnedValue::from(true));
    let loud = |title| Alert { sound: Some(AlertKind::Incoming.sound()), ..ringing("a/2", title) };
    desk.notifications.show(&loud("Bo"));
    let shown = daemon.notify().await;
    let name = shown.hints["sound-name"].downcast_ref::<String>().unwrap();
    assert_eq!((name.as_str(), shown.hints.contains_key("suppress-sound")), ("phone-incoming-call", false));
    desk.notifications.show(&loud("Bo Berg"));
    assert!(!daemon.notify().await.hints.contains_key("sound-name"), "it does not ring again for a name");
}

#[tokio::test]
async fn complaint_5_a_button_comes_back_with_the_leave_to_raise_a_window() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    let id = daemon.notify().await.id;
    let emitter = daemon.emitter();
    Recorder::action_invoked(&emitter, id + 1, "default").await.unwrap();
    Recorder::action_invoked(&emitter, id, "surprise").await.unwrap();
    Recorder::activation_token(&emitter, id, "token-1").await.unwrap();
    Recorder::action_invoked(&emitter, id, "silence").await.unwrap();
    match soon(desk.incoming.recv()).await.unwrap() {
        Incoming::Pressed(call, action) => assert_eq!((call, action), ("a/1".into(), AlertAction::Silence)),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.activation.take().as_deref(), Some("token-1"));
    assert_eq!(desk.activation.take(), None);
}

#[tokio::test]
async fn a_dismissed_ring_stays_away_until_the_call_is_missed() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    let id = daemon.notify().await.id;
    let emitter = daemon.emitter();
    Recorder::notification_closed(&emitter, id, 2).await.unwrap();
    // The button of another call shows that the closing was heard.
    desk.notifications.show(&ringing("a/2", "Bo"));
    let other = daemon.notify().await.id;
    Recorder::action_invoked(&emitter, other, "default").await.unwrap();
    assert!(matches!(soon(desk.incoming.recv()).await, Some(Incoming::Pressed(..))));
    desk.notifications.show(&ringing("a/1", "Anna of Sales"));
    desk.notifications.show(&missed("a/1"));
    assert_eq!(daemon.notify().await.summary, "Missed");
}

#[tokio::test]
async fn a_daemon_that_comes_late_or_again_shows_what_rings() {
    let bus = TestBus::start();
    let mut desk = Desk::start(&bus);
    assert!(!desk.works().await);
    assert!(Notifications::probe(&bus.bus()).await.unwrap_err().text.contains("start one"));
    desk.notifications.show(&ringing("a/1", "Anna"));
    desk.notifications.show(&missed("a/2"));
    let mut first = Daemon::start(&bus, ALL, 5).await;
    Notifications::probe(&bus.bus()).await.unwrap();
    assert!(desk.works().await);
    let shown = first.notify().await;
    assert_eq!((shown.summary.as_str(), shown.replaces), ("Anna", 0));
    desk.notifications.show(&missed("a/3"));
    first.notify().await;

    first.connection.close().await.unwrap();
    assert!(!desk.works().await);
    let mut second = Daemon::start(&bus, ALL, 1).await;
    assert!(desk.works().await);
    let shown = second.notify().await;
    assert_eq!((shown.summary.as_str(), shown.replaces), ("Anna", 0));
    desk.notifications.withdraw(&"a/1".into());
    assert_eq!(second.close().await, 1);
}

#[tokio::test]
async fn nothing_rings_on_when_the_program_ends() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    desk.notifications.show(&missed("a/2"));
    assert_eq!([daemon.notify().await.id, daemon.notify().await.id], [1, 2]);
    desk.notifications.close_all(Duration::from_secs(10)).await;
    assert_eq!(daemon.close().await, 1);

    desk.notifications.show(&ringing("a/3", "Bo"));
    assert_eq!(daemon.notify().await.id, 3);
    drop(desk);
    assert_eq!(daemon.close().await, 3);
}

#[tokio::test]
async fn without_a_bus_it_says_so_and_holds_nobody_up() {
    let (sender, mut incoming) = mpsc::channel(16);
    let mut notifications =
        Notifications::new(os::Bus::at("unix:path=/nowhere"), sender, Activation::default());
    assert!(matches!(soon(incoming.recv()).await, Some(Incoming::Part("notifications", Some(_)))));
    notifications.show(&ringing("a/1", "Anna"));
    soon(notifications.close_all(Duration::from_secs(10))).await;
}

#[tokio::test]
async fn a_bus_that_ends_is_said() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 1).await;
    let mut desk = Desk::start(&bus);
    desk.notifications.show(&ringing("a/1", "Anna"));
    daemon.notify().await;
    drop(bus);
    assert!(!desk.works().await);
    soon(desk.notifications.close_all(Duration::from_secs(10))).await;
}

/// Shows a call that rings, and is killed then.
fn shows_a_ring_and_is_killed(bus: &TestBus, daemon: &mut Daemon, file: &std::path::Path) {
    let killed = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    killed.block_on(async {
        let (sender, _incoming) = mpsc::channel(16);
        let mut notifications =
            Notifications::noting(bus.bus(), sender, Activation::default(), file.to_owned());
        notifications.show(&missed("a/0"));
        notifications.show(&ringing("a/1", "Anna"));
        let ids = [daemon.notify().await.id, daemon.notify().await.id];
        let noted =
            || std::fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("[{}]", ids[1])));
        soon(async {
            while !noted() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        std::mem::forget(notifications);
    });
    killed.shutdown_background();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rang_when_the_program_was_killed_is_taken_away_by_the_next_run() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("control.notifications");
    tokio::task::block_in_place(|| shows_a_ring_and_is_killed(&bus, &mut daemon, &file));

    let (sender, _incoming) = mpsc::channel(16);
    let mut next = Notifications::noting(bus.bus(), sender, Activation::default(), file.clone());
    next.show(&ringing("a/1", "Anna"));
    assert_eq!(daemon.close().await, 8, "and the missed call stays");
    assert_eq!(daemon.notify().await.id, 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_that_came_since_is_not_told_to_take_away_what_is_somebody_elses() {
    let bus = TestBus::start();
    let mut daemon = Daemon::start(&bus, ALL, 7).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("control.notifications");
    tokio::task::block_in_place(|| shows_a_ring_and_is_killed(&bus, &mut daemon, &file));
    daemon.connection.close().await.unwrap();

    let mut another = Daemon::start(&bus, ALL, 8).await;
    let (sender, _incoming) = mpsc::channel(16);
    let mut next = Notifications::noting(bus.bus(), sender, Activation::default(), file);
    next.show(&ringing("a/1", "Anna"));
    assert_eq!(another.notify().await.id, 8);
}
