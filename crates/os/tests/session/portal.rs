use std::collections::HashMap;

use engine::{AlertAction, AlertKind, Face, Incoming};
use os::{Activation, Notifications};
use tokio::sync::mpsc;
use zbus::{
    object_server::SignalEmitter,
    zvariant::{OwnedValue, Value},
};

use crate::{bus::TestBus, notifications::alert, soon};

const PATH: &str = "/org/freedesktop/portal/desktop";

/// A portal that shows nothing and tells everything.
struct Portal {
    version: u32,
    heard: mpsc::UnboundedSender<Heard>,
}

#[derive(Debug)]
enum Heard {
    Add(String, HashMap<String, OwnedValue>),
    Remove(String),
}

#[zbus::interface(name = "org.freedesktop.portal.Notification")]
impl Portal {
    fn add_notification(&self, id: String, notification: HashMap<String, OwnedValue>) {
        self.heard.send(Heard::Add(id, notification)).ok();
    }

    fn remove_notification(&self, id: String) {
        self.heard.send(Heard::Remove(id)).ok();
    }

    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        self.version
    }

    #[zbus(property)]
    fn supported_options(&self) -> HashMap<String, OwnedValue> {
        let list = |words: Vec<&str>| OwnedValue::try_from(Value::from(words)).unwrap();
        HashMap::from([
            ("category".to_owned(), list(vec!["call.incoming", "call.unanswered"])),
            ("button-purpose".to_owned(), list(vec!["call.accept"])),
        ])
    }

    #[zbus(signal)]
    async fn action_invoked(
        emitter: &SignalEmitter<'_>,
        id: &str,
        action: &str,
        parameter: Vec<Value<'_>>,
    ) -> zbus::Result<()>;
}

/// A running [`Portal`].
pub struct Service {
    heard: mpsc::UnboundedReceiver<Heard>,
    connection: zbus::Connection,
}

impl Service {
    pub async fn start(bus: &TestBus, version: u32) -> Self {
        let (sender, heard) = mpsc::unbounded_channel();
        let builder = bus.builder().serve_at(PATH, Portal { version, heard: sender }).unwrap();
        let connection = builder.name("org.freedesktop.portal.Desktop").unwrap().build().await.unwrap();
        Self { heard, connection }
    }

    pub async fn added(&mut self) -> (String, HashMap<String, OwnedValue>) {
        match soon(self.heard.recv()).await.unwrap() {
            Heard::Add(id, notification) => (id, notification),
            Heard::Remove(id) => panic!("{id} was removed"),
        }
    }
}

struct Desk {
    notifications: Notifications,
    incoming: mpsc::Receiver<Incoming>,
    activation: Activation,
    service: Service,
    _bus: TestBus,
}

impl Desk {
    async fn start(version: u32) -> Self {
        let bus = TestBus::start();
        let service = Service::start(&bus, version).await;
        let (sender, incoming) = mpsc::channel(16);
        let activation = Activation::default();
        let notifications = Notifications::new(bus.bus(), sender, activation.clone());
        Self { notifications, incoming, activation, service, _bus: bus }
    }
}

fn text(notification: &HashMap<String, OwnedValue>, key: &str) -> String {
    notification.get(key).and_then(|value| value.downcast_ref::<String>().ok()).unwrap_or_default()
}

#[tokio::test]
async fn without_the_classic_service_the_portal_shows_calls_with_their_category_and_purpose() {
    let mut desk = Desk::start(2).await;
    let mut ringing = alert("a/1", AlertKind::Incoming, "Anna");
    ringing.actions.insert(1, AlertAction::PickUp);
    desk.notifications.show(&ringing);
    let (id, shown) = desk.service.added().await;
    assert_eq!(text(&shown, "title"), "Anna");
    assert_eq!(text(&shown, "category"), "call.incoming");
    assert_eq!(text(&shown, "priority"), "urgent");
    assert_eq!(text(&shown, "sound"), "silent");
    assert_eq!(text(&shown, "default-action"), "default");
    let buttons = format!("{:?}", shown["buttons"]);
    assert!(buttons.contains("call.accept") && buttons.contains("Silence"), "{buttons}");

    desk.notifications.show(&alert("a/1", AlertKind::Missed, "Missed"));
    let (again, shown) = desk.service.added().await;
    assert_eq!((again.as_str(), text(&shown, "category").as_str()), (id.as_str(), "call.unanswered"));
    desk.notifications.withdraw(&"a/1".into());
    assert!(matches!(soon(desk.service.heard.recv()).await, Some(Heard::Remove(removed)) if removed == id));
}

#[tokio::test]
async fn a_portal_of_the_first_version_is_told_nothing_it_does_not_know() {
    let mut desk = Desk::start(1).await;
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    let (_, shown) = desk.service.added().await;
    let mut keys: Vec<_> = shown.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["body", "buttons", "default-action", "priority", "title"]);
}

#[tokio::test]
async fn a_button_of_the_portal_comes_back_with_the_leave_to_raise_a_window() {
    let mut desk = Desk::start(2).await;
    desk.notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    let (id, _) = desk.service.added().await;
    let emitter = SignalEmitter::new(&desk.service.connection, PATH).unwrap();
    let data = HashMap::from([("activation-token", Value::from("token-1"))]);
    Portal::action_invoked(&emitter, "somebody-elses", "silence", Vec::new()).await.unwrap();
    Portal::action_invoked(&emitter, &id, "silence", vec![data.into()]).await.unwrap();
    loop {
        match soon(desk.incoming.recv()).await.unwrap() {
            Incoming::Pressed(call, action) => {
                assert_eq!((call, action), ("a/1".into(), AlertAction::Silence));
                break;
            }
            Incoming::Part("notifications", None) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(desk.activation.take().as_deref(), Some("token-1"));
}
