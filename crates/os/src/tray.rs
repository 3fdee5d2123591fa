use std::time::Instant;

use engine::{
    Command, Incoming, Window,
    tray::{Item, Tray},
};
use futures_util::stream::{self, StreamExt};
use ksni::{
    Category, Handle, Icon, MenuItem, OfflineReason, Status, ToolTip, TrayMethods,
    menu::{CheckmarkItem, StandardItem, SubMenu},
};
use model::{Problem, ProblemCode};
use tokio::sync::{mpsc, oneshot, watch};
use tracing::{debug, warn};
use zbus::{
    MessageStream,
    fdo::DBusProxy,
    names::{BusName, WellKnownName},
};

use crate::{Activation, Bus, bus, icon, part::Part, text};

const WATCHER: WellKnownName<'static> =
    WellKnownName::from_static_str_unchecked("org.kde.StatusNotifierWatcher");
const NO_TRAY: &str = "This desktop shows no tray; open Ringside from the menu, or switch on a tray (GNOME: the AppIndicator extension).";
const NO_BUS: &str = "There is no session bus, so there is no tray; start Ringside within a desktop session.";

/// A StatusNotifierItem that shows an [`engine::tray::Tray`]; it leaves the tray when it is dropped.
pub struct TrayIcon {
    latest: watch::Sender<Tray>,
}

impl TrayIcon {
    /// Starts the item's task on the current tokio runtime. What is clicked goes to `incoming` as
    /// [`Incoming::Command`], and so does [`Incoming::Part`] `"tray"`; a click's leave to raise a window goes to
    /// `activation` first. `bus` must be the session's bus as the environment names it, which is where ksni goes.
    pub fn spawn(bus: Bus, first: Tray, incoming: mpsc::Sender<Incoming>, activation: Activation) -> Self {
        let (latest, shown) = watch::channel(first);
        tokio::spawn(run(bus, shown, incoming, activation));
        Self { latest }
    }

    /// Whether there is a tray on this bus.
    ///
    /// # Errors
    ///
    /// One sentence that says what to do.
    pub async fn probe(bus: &Bus) -> Result<(), Problem> {
        match has_watcher(bus).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Problem::new(ProblemCode::Desktop, NO_TRAY)),
            Err(_) => Err(Problem::new(ProblemCode::Desktop, NO_BUS)),
        }
    }

    /// Shows this; nothing is drawn or sent if it is equal to what is shown.
    pub fn update(&self, tray: Tray) {
        self.latest.send_if_modified(|shown| {
            let is_other = *shown != tray;
            *shown = tray;
            is_other
        });
    }
}

/// What ksni's thread tells.
enum Event {
    Clicked(Command),
    Online,
    Offline,
}

async fn run(
    bus: Bus,
    mut latest: watch::Receiver<Tray>,
    incoming: mpsc::Sender<Incoming>,
    activation: Activation,
) {
    let mut part = Part::new("tray", incoming.clone());
    let (events, mut queue) = mpsc::unbounded_channel();
    let first = latest.borrow_and_update().clone();
    let drawn = || Drawn {
        icons: icon::compose(&first.layers),
        tray: first.clone(),
        events: events.clone(),
        activation: activation.clone(),
    };
    let started = {
        let mut starting = std::pin::pin!(start(&bus, drawn, &mut queue));
        match tokio::time::timeout(bus.answers_within(), &mut starting).await {
            Ok(started) => started,
            Err(_) => {
                part.fails(NO_TRAY).await;
                starting.await
            }
        }
    };
    let (mut item, mut owners) = match (started, owners(&bus).await) {
        (Ok(item), Ok(owners)) => (Some(item), owners.left_stream()),
        (item, owners) => {
            debug!(item = ?item.err(), bus = ?owners.err(), "no tray");
            part.fails(NO_BUS).await;
            (None, stream::pending().right_stream())
        }
    };
    loop {
        tokio::select! {
            message = owners.next() => {
                // Without its bus ksni would spin, and so it is told to end.
                if !matches!(message, Some(Ok(_))) {
                    if let Some(item) = item.take() {
                        item.shutdown().await;
                    }
                    part.fails(NO_BUS).await;
                    owners = stream::pending().right_stream();
                }
            }
            changed = latest.changed() => {
                if changed.is_err() {
                    break;
                }
                if let Some(item) = &item {
                    let tray = latest.borrow_and_update().clone();
                    item.update(|drawn| drawn.show(tray)).await;
                }
            }
            Some(event) = queue.recv() => match event {
                Event::Clicked(command) => send(&incoming, command).await,
                Event::Online => part.works().await,
                Event::Offline => part.fails(NO_TRAY).await,
            }
        }
    }
    if let Some(item) = item {
        item.shutdown().await;
    }
}

async fn start(
    bus: &Bus,
    drawn: impl Fn() -> Drawn,
    queue: &mut mpsc::UnboundedReceiver<Event>,
) -> Result<Handle<Drawn>, ksni::Error> {
    let begun_at = Instant::now();
    loop {
        let drawn = drawn();
        let events = drawn.events.clone();
        let item = drawn.assume_sni_available(true).spawn().await?;
        if !matches!(queue.try_recv(), Ok(Event::Offline)) {
            debug!(after_ms = begun_at.elapsed().as_millis(), "registered with the tray");
            return Ok(item);
        }
        // ksni listens for the watcher only after it was refused: one that came in between would stay unseen.
        if !has_watcher(bus).await.is_ok_and(|there| there) {
            events.send(Event::Offline).ok();
            return Ok(item);
        }
        item.shutdown().await;
    }
}

async fn owners(bus: &Bus) -> zbus::Result<MessageStream> {
    bus::owner_changes(&bus.connect().await?, WATCHER.as_str()).await
}

async fn has_watcher(bus: &Bus) -> zbus::Result<bool> {
    let connection = bus.connect().await?;
    Ok(DBusProxy::new(&connection).await?.name_has_owner(BusName::from(WATCHER)).await?)
}

async fn send(incoming: &mpsc::Sender<Incoming>, command: Command) {
    let (reply, outcome) = oneshot::channel();
    if incoming.send(Incoming::Command(command, reply)).await.is_ok() {
        tokio::spawn(async move {
            if let Ok(Err(problem)) = outcome.await {
                warn!(code = ?problem.code, "what was clicked in the tray was not done");
                debug!("{}", problem.text);
            }
        });
    }
}

/// The item as ksni has it.
struct Drawn {
    tray: Tray,
    icons: Vec<Icon>,
    events: mpsc::UnboundedSender<Event>,
    activation: Activation,
}

impl Drawn {
    fn show(&mut self, tray: Tray) {
        if tray.layers != self.tray.layers {
            self.icons = icon::compose(&tray.layers);
        }
        self.tray = tray;
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more only while the program ends.
        self.events.send(event).ok();
    }

    fn click(&self, command: Command) {
        if let Some(token) = ksni::current_xdg_activation_token() {
            self.activation.put(token);
        }
        self.tell(Event::Clicked(command));
    }
}

impl ksni::Tray for Drawn {
    fn id(&self) -> String {
        "ringside".to_owned()
    }

    fn title(&self) -> String {
        "Ringside".to_owned()
    }

    fn category(&self) -> Category {
        Category::Communications
    }

    fn status(&self) -> Status {
        if self.tray.attention { Status::NeedsAttention } else { Status::Active }
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        self.icons.clone()
    }

    fn attention_icon_pixmap(&self) -> Vec<Icon> {
        self.icons.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        // The description is read as markup, the title is not.
        let lines = text::lines(&self.tray.tooltip);
        let (title, rest) = lines.split_once('\n').unwrap_or((&lines, ""));
        ToolTip { title: title.to_owned(), description: text::escaped(rest), ..ToolTip::default() }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.tray.menu.iter().map(menu_item).collect()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.click(Command::Open { window: Window::Main });
    }

    fn watcher_online(&self) {
        self.tell(Event::Online);
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        debug!(?reason, "no tray");
        self.tell(Event::Offline);
        true
    }
}

fn menu_item(item: &Item) -> MenuItem<Drawn> {
    match item {
        Item::Text(words) => {
            StandardItem { label: label(words), enabled: false, ..StandardItem::default() }.into()
        }
        Item::Act { label: words, command, checked } => {
            let (label, command) = (label(words), command.clone());
            let activate = Box::new(move |drawn: &mut Drawn| drawn.click(command.clone()));
            if *checked {
                CheckmarkItem { label, checked: true, activate, ..CheckmarkItem::default() }.into()
            } else {
                StandardItem { label, activate, ..StandardItem::default() }.into()
            }
        }
        Item::Menu { label: words, items } => {
            let submenu = items.iter().map(menu_item).collect();
            SubMenu { label: label(words), submenu, ..SubMenu::default() }.into()
        }
        Item::Separator => MenuItem::Separator,
    }
}

/// A single underscore would mark an access key.
fn label(words: &str) -> String {
    text::line(words).replace('_', "__")
}
