//! The engine in this process, for systems whose tray needs the toolkit's loop. It stays without windows.

use std::{path::Path, sync::Arc, time::Duration};

use engine::{
    Command, Handle, Incoming, Parts, Secrets, Settings, SystemClock,
    control::{Control as _, Server},
    patch::Update,
};
use tauri::AppHandle;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc,
    task::JoinHandle,
};

use crate::{arguments::Arguments, tray, windows};

/// The notification service gets this long to take away what would stay for ever.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);
#[cfg(feature = "demo")]
const COLLEAGUES: usize = 40;

/// A running engine and what it works with.
pub struct Engine {
    /// The engine.
    pub handle: Handle,
    ended: JoinHandle<()>,
    queue: mpsc::Sender<Incoming>,
    notifications: os::Notifications,
    server: Server,
    _host: os::Host,
    _discretion: os::Discretion,
    #[cfg(feature = "demo")]
    _office: Option<simulator::Simulator>,
}

/// What the engine works on.
struct Sources {
    settings: Settings,
    file: Option<std::path::PathBuf>,
    secrets: Arc<dyn Secrets>,
    #[cfg(feature = "demo")]
    office: Option<simulator::Simulator>,
}

impl Engine {
    /// Starts the engine and lets the command line reach it at `socket`.
    pub async fn start(arguments: &Arguments, socket: &Path) -> anyhow::Result<Self> {
        let socket = Server::bind(socket)?;
        let sources = Sources::of(arguments).await?;
        for fault in &sources.settings.faults {
            tracing::warn!("{}", fault.problem.text);
        }
        let queue = engine::queue();
        let incoming = queue.0.clone();
        let activation = os::Activation::default();
        let notifications = os::Notifications::new(os::Bus::session(), incoming.clone(), activation.clone());
        let places = os::Places {
            session: os::Bus::session(),
            system: os::Bus::system(),
            state_folder: engine::paths::state_folder(),
            config_folder: engine::paths::config_folder(),
            keyring: true,
            hotkeys: true,
        };
        let host = os::Host::watch(os::Bus::system(), incoming.clone()).await;
        let discretion = os::Discretion::watch(os::Bus::session(), os::Bus::system(), incoming.clone());
        let parts = Parts {
            clock: Arc::new(SystemClock),
            names: engine::Names::default(),
            secrets: sources.secrets,
            faces: vec![Box::new(notifications.clone())],
            windows: None,
            desk: Some(Arc::new(os::Desktop::new(places, incoming.clone(), activation.clone()))),
            errands: Some(Box::new(os::Errands::new(os::Bus::session(), activation))),
            observer: None,
            state_folder: sources.file.as_ref().and_then(|_| engine::paths::state_folder()),
            settings_file: sources.file,
            recorder: None,
        };
        let (handle, ended) = engine::start(sources.settings, parts, queue);
        let server = socket.serve(Arc::new(handle.clone()));
        Ok(Self {
            handle,
            ended,
            queue: incoming,
            notifications,
            server,
            _host: host,
            _discretion: discretion,
            #[cfg(feature = "demo")]
            _office: sources.office,
        })
    }

    /// Shows the tray and the windows that are asked for, until the engine ends, and the program with it.
    pub async fn stay(self, app: AppHandle) {
        tokio::spawn(tray::draw(app.clone(), self.handle.clone(), self.queue.clone()));
        tokio::spawn(open_windows(app.clone(), self.handle.clone()));
        tokio::spawn(quit_when_asked(self.handle.clone()));
        let code = match self.ended.await {
            Ok(()) => 0,
            Err(error) => {
                tracing::error!("Ringside ended by a fault of its own; please report it: {error}");
                1
            }
        };
        drop(self.server);
        self.notifications.close_all(CLOSE_WITHIN).await;
        app.exit(code);
    }
}

impl Sources {
    async fn of(arguments: &Arguments) -> anyhow::Result<Self> {
        #[cfg(feature = "demo")]
        if arguments.demo {
            return Self::demo().await;
        }
        let (settings, file) =
            Settings::load(arguments.config.as_deref()).map_err(|problem| anyhow::anyhow!(problem.text))?;
        Ok(Self {
            settings,
            file: Some(file),
            secrets: Arc::new(os::Keyring::new(os::Bus::session())),
            #[cfg(feature = "demo")]
            office: None,
        })
    }
}

#[cfg(feature = "demo")]
impl Sources {
    /// The built-in demo office.
    async fn demo() -> anyhow::Result<Self> {
        let options = simulator::Options { people: COLLEAGUES, rate: 1.0, ..Default::default() };
        let office = simulator::Simulator::start(options).await?;
        let secrets = office.secrets().map(|(account, secret)| (account.into(), secret.into()));
        Ok(Self {
            settings: Settings::parse(&office.settings()),
            secrets: Arc::new(engine::FixedSecrets::new(secrets)),
            file: None,
            office: Some(office),
        })
    }
}

async fn open_windows(app: AppHandle, handle: Handle) {
    let mut updates = handle.follow();
    while let Some(update) = updates.recv().await {
        match update {
            Update::Open { window } => windows::open(&app, window),
            Update::View { .. } | Update::Patch(_) | Update::Detached => {}
        }
    }
}

async fn quit_when_asked(handle: Handle) {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    drop(handle.act(Command::Quit).await);
}
