//! The loop around the [`Core`]: it starts and stops links, carries out effects and publishes the view.

mod links;
mod settings;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use model::{AccountId, Problem, ProblemCode, Time, View};
use protocols::Instant;
use providers::Attention;
use tokio::{
    sync::{broadcast, mpsc, oneshot, watch},
    task::JoinHandle,
    time::Instant as Alarm,
};

use crate::{
    Clock, Desk, Errands, Face, FixedSecrets, Handle, Incoming, Names, Observed, Order, Reach, Recorder,
    Secrets, Settings, SystemClock, Window, Windows,
    asked::Asked,
    backlog::{Backlog, room},
    check::Checking,
    contacts::Sources,
    core::{Core, Effect},
    favourites,
    store::{Loaded, Mark, Store},
};

use links::Running;

/// Twenty views a second are more than anybody sees.
const VIEW_EVERY: Duration = Duration::from_millis(50);
/// How often the settings file is looked at and overdue things are let go.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often calls that have become too old are forgotten.
const KEEP_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// What is due all the time must not take all the time.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);
const STOP_WITHIN: Duration = Duration::from_millis(1_500);
/// A disk that has not given the history by then does not hold up the rest.
const LOAD_WITHIN: Duration = Duration::from_secs(2);

/// What the engine is given besides its settings.
pub struct Parts {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// What is known of the names of servers.
    pub names: Names,
    /// Where secrets are kept.
    pub secrets: Arc<dyn Secrets>,
    /// Where alerts are shown.
    pub faces: Vec<Box<dyn Face>>,
    /// What opens windows when no shell follows; `None` where there can be none.
    pub windows: Option<Box<dyn Windows>>,
    /// What else the desktop offers; `None` where there is none.
    pub desk: Option<Arc<dyn Desk>>,
    /// What it does for a person besides showing.
    pub errands: Option<Box<dyn Errands>>,
    /// Who hears of every change and decision, in order; much may wait for it, and if it reads nothing at all
    /// [`Observed::Skipped`] tells it what it missed.
    pub observer: Option<mpsc::Sender<Vec<(Time, Observed)>>>,
    /// Read again when it changes, written by [`crate::Command::AddAccount`]; `None`: the settings are fixed.
    pub settings_file: Option<PathBuf>,
    /// Where what must outlast the program is kept; `None`: nothing does.
    pub state_folder: Option<PathBuf>,
    /// What writes down all that is heard and sent.
    pub recorder: Option<Arc<Recorder>>,
}

impl Default for Parts {
    /// This computer's clock and nothing else: no secrets, nothing that shows or keeps.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            names: Names::default(),
            secrets: Arc::new(FixedSecrets::default()),
            faces: Vec::new(),
            windows: None,
            desk: None,
            errands: None,
            observer: None,
            settings_file: None,
            state_folder: None,
            recorder: None,
        }
    }
}

/// The one queue into the engine; its sender goes to faces and host signals before the engine starts.
pub fn queue() -> (mpsc::Sender<Incoming>, mpsc::Receiver<Incoming>) {
    // A report holds some hundred events, and what waits here is memory.
    mpsc::channel(16)
}

/// Starts the engine; it ends on [`crate::Command::Quit`].
pub fn start(
    settings: Settings,
    parts: Parts,
    (sender, queue): (mpsc::Sender<Incoming>, mpsc::Receiver<Incoming>),
) -> (Handle, JoinHandle<()>) {
    let (view, seen) = watch::channel(Arc::new(View::default()));
    let (windows, _) = broadcast::channel(8);
    // Whoever observes everything keeps what it wants itself.
    let (store, loaded) = match parts.observer {
        Some(_) => (None, None),
        None => {
            let (store, loaded) = Store::open(parts.state_folder.clone(), sender.clone());
            (Some(store), Some(loaded))
        }
    };
    let handle = Handle::new(sender.clone(), seen, windows.clone(), store.clone());
    let core = Core::new(Settings::default(), parts.clock.wall(), parts.observer.is_some());
    let run = Loop {
        core,
        links: BTreeMap::new(),
        reach: None,
        asked: Asked::default(),
        contacts: Sources::default(),
        store,
        checking: Checking::default(),
        parts,
        sender,
        view,
        windows,
        settings_read_at: None,
        kept_at: None,
        keeping: None,
        backlog: Backlog::default(),
        dirty: true,
        quit: false,
    };
    (handle, tokio::spawn(run.run(settings, loaded, queue)))
}

pub(crate) struct Loop {
    pub(crate) core: Core,
    links: BTreeMap<AccountId, Running>,
    reach: Option<Arc<Reach>>,
    pub(crate) asked: Asked,
    contacts: Sources,
    /// `None`: nothing is kept.
    pub(crate) store: Option<Store>,
    pub(crate) checking: Checking,
    pub(crate) parts: Parts,
    pub(crate) sender: mpsc::Sender<Incoming>,
    view: watch::Sender<Arc<View>>,
    windows: broadcast::Sender<Window>,
    settings_read_at: Option<std::time::SystemTime>,
    /// When the history was told last what to keep.
    kept_at: Option<Instant>,
    /// What is being written down.
    pub(crate) keeping: Option<JoinHandle<()>>,
    /// What the observer has not taken yet.
    backlog: Backlog,
    dirty: bool,
    pub(crate) quit: bool,
}

impl Loop {
    async fn run(
        mut self,
        settings: Settings,
        loaded: Option<oneshot::Receiver<Loaded>>,
        mut queue: mpsc::Receiver<Incoming>,
    ) {
        if let Some(loaded) = loaded
            && let Ok(Ok(loaded)) = tokio::time::timeout(LOAD_WITHIN, loaded).await
        {
            self.core.load(loaded);
        }
        self.settings_read_at = self.settings_written_at();
        self.prepare_alerts();
        self.use_settings(settings);
        self.load_favourites();
        self.recall();
        let mut look = tokio::time::interval(LOOK_EVERY);
        let mut batch = Vec::new();
        let mut published_at = Alarm::now();
        let observer = self.parts.observer.clone();
        self.publish();
        while !self.quit {
            let held_up = self.backlog.holds_up_until();
            let due_in = self.core.due_in(self.parts.clock.now()).map(|wait| wait.max(SHORTEST_WAIT));
            tokio::select! {
                room = room(observer.as_ref()), if self.backlog.is_behind() => match room {
                    Some(room) => room.send(self.backlog.take()),
                    None => self.quit = true,
                },
                () = tokio::time::sleep_until(held_up.unwrap_or(published_at)), if held_up.is_some() => {
                    self.backlog.give_up(self.parts.clock.wall());
                }
                taken = queue.recv_many(&mut batch, 64), if held_up.is_none() => {
                    if taken == 0 {
                        break;
                    }
                    for incoming in batch.drain(..) {
                        self.handle(incoming);
                    }
                    self.dirty = true;
                }
                _ = look.tick() => self.look(),
                () = tokio::time::sleep(due_in.unwrap_or_default()), if due_in.is_some() => self.dirty = true,
                () = tokio::time::sleep_until(published_at + VIEW_EVERY), if self.dirty => {
                    self.publish();
                    published_at = Alarm::now();
                }
            }
            self.advance();
            self.carry_out();
        }
        self.core.note_alive(self.parts.clock.now());
        self.carry_out();
        self.backlog.end(observer.as_ref(), STOP_WITHIN).await;
        self.stop_links().await;
        self.publish();
        if let Some(store) = &self.store
            && tokio::time::timeout(STOP_WITHIN, store.close()).await.is_err()
        {
            tracing::warn!("the history was not closed in time");
        }
    }

    fn handle(&mut self, incoming: Incoming) {
        let now = self.parts.clock.now();
        match incoming {
            Incoming::Report { account, at, events } => self.core.report(now, &account, at, events),
            Incoming::Capabilities(account, capabilities) => self.core.able(account, capabilities),
            Incoming::Done(id, result) => {
                self.core.done(now, id, &result);
                self.asked.done(id, result);
            }
            Incoming::Command(command, reply) => self.command(command, reply),
            Incoming::Pressed(call, action) => {
                let (reply, _) = oneshot::channel();
                if let Some(command) = self.core.meaning(call, action) {
                    self.command(command, reply);
                }
            }
            Incoming::Host(event) => self.core.host(event),
            Incoming::Part(part, problem) => self.core.part(now, part, problem),
            Incoming::Hotkey(hotkey) => {
                let (reply, _) = oneshot::channel();
                self.checking.pressed(hotkey, self.parts.clock.wall());
                self.command(hotkey.meaning(), reply);
            }
            Incoming::Measured(measured) => self.judge(&measured),
            Incoming::Surroundings(surroundings) => self.core.surroundings(surroundings),
            Incoming::Look(reply) => drop(reply.send(Arc::new(self.core.view()))),
            Incoming::LookAtSettings(reply) => drop(reply.send(self.settings_form())),
            Incoming::Followed => self.attend(),
            Incoming::Remembered(known) => self.core.remember(*known),
            Incoming::Contacts(loaded) => {
                if let Some((books, states)) = self.contacts.loaded(*loaded) {
                    self.core.address_books(now, books, states);
                }
            }
            Incoming::SettingsChanged => self.reread_settings(),
        }
    }

    /// What was kept when the program ran last.
    fn recall(&mut self) {
        let Some(folder) = &self.parts.state_folder else { return };
        let text = match std::fs::read(folder.join(crate::dnd::FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            // As one that cannot be understood: left alone, and said.
            Err(_) => Vec::new(),
        };
        self.core.recall_dnd(self.parts.clock.now(), self.parts.clock.wall(), &text);
    }

    fn advance(&mut self) {
        let now = self.parts.clock.now();
        self.core.advance(now, self.parts.clock.wall());
        if self.asked.waits_for_dnd()
            && let Some(verdict) = self.core.dnd_verdict(now)
        {
            self.asked.dnd_settled(&verdict);
        }
    }

    fn remember_dnd(&mut self, text: &[u8]) {
        let file = crate::dnd::FILE;
        let Some(folder) = &self.parts.state_folder else { return };
        let problem = crate::write_atomically(&folder.join(file), text).err().map(|error| {
            let text = format!(
                "{file} in the state folder cannot be written ({error}); make room or mend its rights."
            );
            Problem::new(ProblemCode::Storage, text)
        });
        self.core.part(self.parts.clock.now(), file, problem);
    }

    /// Tells the links whether anybody looks at more than alerts.
    fn attend(&mut self) {
        let looked_at = self.parts.observer.is_some() || self.windows.receiver_count() > 0;
        let attention = if looked_at { Attention::Details } else { Attention::Alerts };
        for link in self.links.values_mut() {
            if link.attention != attention && link.orders.try_send(Order::Attend(attention)).is_ok() {
                link.attention = attention;
            }
        }
    }

    fn look(&mut self) {
        let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall());
        self.core.tick(now, wall);
        self.attend();
        self.asked.expire(now);
        self.mend_links();
        self.contacts.look(now, wall, self.reach.as_ref(), &self.parts.secrets, &self.sender);
        if self.settings_written_at() != self.settings_read_at {
            self.reread_settings();
        }
        if self.kept_at.is_some_and(|at| now - at >= KEEP_EVERY) {
            self.keep_calls();
        }
    }

    fn carry_out(&mut self) {
        let effects = self.core.settled();
        let wall = self.parts.clock.wall();
        let mut observed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Show(alert) => self.parts.faces.iter_mut().for_each(|face| face.show(&alert)),
                Effect::Withdraw(call) => self.parts.faces.iter_mut().for_each(|face| face.withdraw(&call)),
                Effect::PopUp(_) => {
                    if let Err(problem) = self.open(Window::Popup) {
                        tracing::debug!(text = problem.text, "no popup window");
                    }
                }
                Effect::Tell(notice) => self.tell(notice),
                Effect::TakeBack(key) => {
                    if let Some(desk) = &self.parts.desk {
                        desk.take_back(key);
                    }
                }
                Effect::Order(account, order) => {
                    let action = if let Order::Act(id, _) = &order { Some(*id) } else { None };
                    if let (false, Some(id)) = (self.order(&account, order), action) {
                        let busy = Problem::new(ProblemCode::Unreachable, "The account is not ready.");
                        self.core.done(self.parts.clock.now(), id, &Err(busy));
                    }
                }
                Effect::Keep(what) => {
                    if let Some(store) = &self.store {
                        store.write(wall, what);
                    }
                }
                Effect::Remember(text) => self.remember_dnd(&text),
                Effect::Observed(what) => observed.push((wall, what)),
            }
        }
        if let (false, Some(observer)) = (observed.is_empty(), &self.parts.observer)
            && self.backlog.tell(observer, observed).is_err()
        {
            self.quit = true;
        }
    }

    /// Opens a window: in the shell that follows, else in a fresh one.
    pub(crate) fn open(&mut self, window: Window) -> crate::Reply {
        if self.windows.send(window).is_ok() {
            return Ok(());
        }
        match &mut self.parts.windows {
            Some(windows) => {
                windows.open(window);
                Ok(())
            }
            None => Err(Problem::new(ProblemCode::Settings, "There is no desktop to open a window on.")),
        }
    }

    /// Whether the account has a link to give the order to.
    pub(crate) fn order(&self, account: &AccountId, order: Order) -> bool {
        // A link that is 32 orders behind is not going to do the next one in time either.
        self.links.get(account).is_some_and(|link| link.orders.try_send(order).is_ok())
    }

    fn publish(&mut self) {
        self.dirty = false;
        if self.view.receiver_count() == 0 {
            return;
        }
        let view = self.core.view();
        self.view.send_if_modified(|known| {
            let differs = **known != view;
            if differs {
                *known = Arc::new(view);
            }
            differs
        });
    }

    fn load_favourites(&mut self) {
        match self.parts.state_folder.as_deref().map(favourites::load) {
            Some(Ok(people)) => self.core.favourites = people,
            Some(Err(error)) => {
                let text = format!("The favourites cannot be read: {error}; mend or remove the file.");
                self.core.part(
                    self.parts.clock.now(),
                    "favourites",
                    Some(Problem::new(ProblemCode::Settings, text)),
                );
            }
            None => {}
        }
    }

    /// Has the history changed as a person wants it.
    pub(crate) fn mark(&mut self, mark: Mark, reply: oneshot::Sender<crate::Reply>) {
        let Some(store) = &self.store else {
            drop(reply.send(Err(Problem::new(ProblemCode::Storage, "Nothing keeps calls here."))));
            return;
        };
        self.core.marked(&mark);
        store.mark(self.parts.clock.wall(), mark, reply);
    }
}
