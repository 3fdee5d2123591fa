use std::collections::{BTreeMap, HashMap};

use engine::{Desk as _, Hotkey, Incoming};
use os::{Activation, Bus, Desktop, Hotkeys, Places};
use tokio::sync::mpsc;
use zbus::{
    Connection,
    message::Header,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{bus::TestBus, soon};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SESSION: &str = "/org/freedesktop/portal/desktop/session/1_1/ringside";

/// A portal that binds what it is asked for, or refuses.
struct Portal {
    code: u32,
    bound: mpsc::UnboundedSender<(String, String)>,
}

/// Not a code of the portal: a person has not answered yet.
const SILENT: u32 = u32::MAX;

type About = HashMap<String, OwnedValue>;

#[zbus::interface(name = "org.freedesktop.portal.GlobalShortcuts")]
impl Portal {
    async fn create_session(
        &self,
        options: About,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        let results = HashMap::from([("session_handle", Value::from(SESSION))]);
        answer(bus, &header, &options, 0, results).await
    }

    async fn bind_shortcuts(
        &self,
        session: ObjectPath<'_>,
        shortcuts: Vec<(String, About)>,
        _parent: String,
        options: About,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) -> OwnedObjectPath {
        assert_eq!(session.as_str(), SESSION);
        let request = answer(bus, &header, &options, self.code, HashMap::new()).await;
        // Nothing is pressed before the answer is on its way.
        for (id, about) in shortcuts {
            let trigger = about.get("preferred_trigger").unwrap().downcast_ref::<String>().unwrap();
            self.bound.send((id, trigger)).unwrap();
        }
        request
    }
}

/// The answer may come before the call returns.
async fn answer(
    bus: &Connection,
    header: &Header<'_>,
    options: &About,
    code: u32,
    results: HashMap<&str, Value<'_>>,
) -> OwnedObjectPath {
    let sender = header.sender().unwrap().trim_start_matches(':').replace('.', "_");
    let token = options["handle_token"].downcast_ref::<String>().unwrap();
    let path = format!("{PATH}/request/{sender}/{token}");
    if code == SILENT {
        return path.try_into().unwrap();
    }
    let to = Some(header.sender().unwrap().to_owned());
    bus.emit_signal(to, path.as_str(), "org.freedesktop.portal.Request", "Response", &(code, results))
        .await
        .unwrap();
    path.try_into().unwrap()
}

async fn portal(bus: &TestBus, code: u32) -> (Connection, mpsc::UnboundedReceiver<(String, String)>) {
    let (bound, told) = mpsc::unbounded_channel();
    let builder = bus.builder().serve_at(PATH, Portal { code, bound }).unwrap().name(NAME).unwrap();
    (builder.build().await.unwrap(), told)
}

async fn press(portal: &Connection, id: &str) {
    let session = ObjectPath::try_from(SESSION).unwrap();
    let about = (session, id, 7_u64, HashMap::<String, Value<'_>>::new());
    let to = None::<&str>;
    portal
        .emit_signal(to, PATH, "org.freedesktop.portal.GlobalShortcuts", "Activated", &about)
        .await
        .unwrap();
}

/// The portal ends the session by itself.
async fn close(portal: &Connection) {
    let about = HashMap::<String, Value<'_>>::new();
    portal
        .emit_signal(None::<&str>, SESSION, "org.freedesktop.portal.Session", "Closed", &about)
        .await
        .unwrap();
}

/// Waits until all that is [`wanted`] was asked for.
async fn all_bound(bound: &mut mpsc::UnboundedReceiver<(String, String)>) {
    for expected in [("dnd", "CTRL+ALT+d"), ("window", "CTRL+ALT+r")] {
        let (id, trigger) = soon(bound.recv()).await.unwrap();
        assert_eq!((id.as_str(), trigger.as_str()), expected);
    }
}

/// Whether hotkeys work, once that changes.
async fn works(incoming: &mut mpsc::Receiver<Incoming>) -> bool {
    match soon(incoming.recv()).await.unwrap() {
        Incoming::Part("hotkeys", problem) => problem.is_none(),
        other => panic!("{other:?}"),
    }
}

fn wanted() -> BTreeMap<Hotkey, String> {
    BTreeMap::from([(Hotkey::Dnd, "CTRL+ALT+d".into()), (Hotkey::Window, "CTRL+ALT+r".into())])
}

#[tokio::test]
async fn hotkeys_are_bound_by_the_portal_and_presses_are_told() {
    let bus = TestBus::start();
    let (portal, mut bound) = portal(&bus, 0).await;
    let (sender, mut incoming) = mpsc::channel(16);
    let _hotkeys = Hotkeys::bind(bus.bus(), wanted(), sender);
    all_bound(&mut bound).await;
    press(&portal, "unheard-of").await;
    press(&portal, "window").await;
    match soon(incoming.recv()).await.unwrap() {
        Incoming::Hotkey(hotkey) => assert_eq!(hotkey, Hotkey::Window),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn hotkeys_are_bound_again_by_a_portal_that_starts_again() {
    let bus = TestBus::start();
    let (former, mut bound) = portal(&bus, 0).await;
    let (sender, mut incoming) = mpsc::channel(16);
    let _hotkeys = Hotkeys::bind(bus.bus(), wanted(), sender);
    all_bound(&mut bound).await;
    former.close().await.unwrap();
    assert!(!works(&mut incoming).await);
    let (later, mut bound) = portal(&bus, 0).await;
    all_bound(&mut bound).await;
    assert!(works(&mut incoming).await);
    press(&later, "dnd").await;
    assert!(matches!(soon(incoming.recv()).await, Some(Incoming::Hotkey(Hotkey::Dnd))));
}

#[tokio::test]
async fn hotkeys_whose_session_is_closed_are_bound_again_but_not_for_ever() {
    let bus = TestBus::start();
    let (portal, mut bound) = portal(&bus, 0).await;
    let (sender, mut incoming) = mpsc::channel(16);
    let _hotkeys = Hotkeys::bind(bus.bus(), wanted(), sender);
    all_bound(&mut bound).await;
    close(&portal).await;
    all_bound(&mut bound).await;
    press(&portal, "dnd").await;
    assert!(matches!(soon(incoming.recv()).await, Some(Incoming::Hotkey(Hotkey::Dnd))));
    close(&portal).await;
    assert!(!works(&mut incoming).await, "a portal that closes at once is not asked for ever");
    assert!(bound.is_empty());
}

#[tokio::test]
async fn a_portal_that_ends_while_a_person_is_asked_is_followed_by_the_next() {
    let bus = TestBus::start();
    let (bound, mut asked) = mpsc::unbounded_channel();
    let builder = bus.builder().serve_at(PATH, Portal { code: SILENT, bound }).unwrap().name(NAME).unwrap();
    let former = builder.build().await.unwrap();
    let (sender, mut incoming) = mpsc::channel(16);
    let _hotkeys = Hotkeys::bind(bus.bus(), wanted(), sender);
    all_bound(&mut asked).await;
    former.close().await.unwrap();
    assert!(!works(&mut incoming).await);
    let (_later, mut bound) = portal(&bus, 0).await;
    all_bound(&mut bound).await;
    assert!(works(&mut incoming).await);
}

#[tokio::test]
async fn other_hotkeys_take_the_place_of_the_former_ones() {
    let bus = TestBus::start();
    let (portal, mut bound) = portal(&bus, 0).await;
    let (sender, mut incoming) = mpsc::channel(16);
    let places = Places {
        session: bus.bus(),
        system: Bus::at("unix:path=/nowhere"),
        state_folder: None,
        config_folder: None,
        keyring: false,
        hotkeys: true,
    };
    let passing =
        Desktop::new(Places { hotkeys: false, ..places.clone() }, sender.clone(), Activation::default());
    passing.bind(wanted());
    let desktop = Desktop::new(places, sender, Activation::default());
    desktop.bind(BTreeMap::from([(Hotkey::Dnd, "CTRL+ALT+d".into())]));
    assert_eq!(soon(bound.recv()).await.unwrap().1, "CTRL+ALT+d", "a program that only looks binds nothing");
    desktop.bind(BTreeMap::from([(Hotkey::Window, "LOGO+r".into())]));
    let (id, trigger) = soon(bound.recv()).await.unwrap();
    assert_eq!((id.as_str(), trigger.as_str()), ("window", "LOGO+r"));
    press(&portal, "window").await;
    assert!(matches!(soon(incoming.recv()).await, Some(Incoming::Hotkey(Hotkey::Window))));
}

#[tokio::test]
async fn complaint_18_a_desktop_without_the_portal_or_that_refuses_is_told_of() {
    for refuses in [false, true] {
        let bus = TestBus::start();
        let _portal = if refuses { Some(portal(&bus, 1).await) } else { None };
        let (sender, mut incoming) = mpsc::channel(16);
        let _hotkeys = Hotkeys::bind(bus.bus(), wanted(), sender);
        match soon(incoming.recv()).await.unwrap() {
            Incoming::Part("hotkeys", Some(problem)) => {
                assert_eq!(problem.text.contains("did not bind"), refuses, "{}", problem.text);
            }
            other => panic!("{other:?}"),
        }
    }
}
