use std::{path::Path, sync::Arc, time::Duration};

use engine::{
    Command, Handle, Names, Parts, Settings, SystemClock,
    control::{Control as _, Server},
    paths,
    tray::Tray,
};

use crate::{
    args::{Agent, Sources},
    assemble::{Stays, desktop, ended_by_person, secrets, settings},
    failure::Failure,
};

/// The notification service gets this long to take away what would stay for ever.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);

/// Stays until somebody asks it to end.
pub async fn run(args: Agent) -> Result<(), Failure> {
    #[cfg(feature = "demo")]
    if args.demo {
        let (office, settings, secrets) = crate::demo::office(1.0, None).await?;
        resident(settings, None, secrets, &args.sources).await?;
        office.stop().await;
        return Ok(());
    }
    let (settings, path) = settings(&args.sources)?;
    for fault in &settings.faults {
        tracing::warn!("{}", fault.problem.text);
    }
    mend_autostart();
    resident(settings, Some(&path), secrets(&args.sources), &args.sources).await
}

/// An entry that starts a Ringside which has moved is written anew.
fn mend_autostart() {
    let (Some(config), Ok(program)) = (paths::config_folder(), std::env::current_exe()) else { return };
    if let Err(error) = os::Autostart::new(&config).mend(&program) {
        tracing::warn!(%error, "the entry that starts Ringside with the session names another program");
    }
}

async fn resident(
    settings: Settings,
    path: Option<&Path>,
    secrets: Arc<dyn engine::Secrets>,
    sources: &Sources,
) -> Result<(), Failure> {
    let place = paths::socket()
        .ok_or_else(|| Failure::failed("There is no folder for the control socket; set XDG_RUNTIME_DIR."))?;
    let socket = Server::bind(&place).map_err(|fault| Failure::failed(format!("{fault}.")))?;
    let queue = engine::queue();
    let activation = os::Activation::default();
    let tray = os::TrayIcon::spawn(
        os::Bus::session(),
        Tray::of(&model::View::default()),
        queue.0.clone(),
        activation.clone(),
    );
    let notifications = os::Notifications::noting(
        os::Bus::session(),
        queue.0.clone(),
        activation.clone(),
        place.with_extension("notifications"),
    );
    let errands = os::Errands::new(os::Bus::session(), activation.clone());
    let parts = Parts {
        clock: Arc::new(SystemClock),
        names: Names::default(),
        secrets,
        faces: vec![Box::new(notifications.clone())],
        desk: Some(Arc::new(desktop(sources, &queue.0, activation.clone(), Stays::Resident))),
        windows: Some(Box::new(os::Shell::new(None, place, activation, queue.0.clone()))),
        errands: Some(Box::new(errands)),
        observer: None,
        settings_file: path.map(Path::to_owned),
        // The demo leaves nothing behind.
        state_folder: path.and_then(|_| paths::state_folder()),
        recorder: None,
    };
    let (incoming, screens) = (queue.0.clone(), queue.0.clone());
    let (handle, mut running) = engine::start(settings, parts, queue);
    let discretion = os::Discretion::watch(os::Bus::session(), os::Bus::system(), screens);
    // A system bus that does not answer must not hold up the rest.
    let signals = tokio::spawn(async move {
        let _host = os::Host::watch(os::Bus::system(), incoming).await;
        std::future::pending::<()>().await;
    });
    let server = socket.serve(Arc::new(handle.clone()));
    let drawing = tokio::spawn(draw(handle.clone(), tray));
    tokio::select! {
        () = ended_by_person() => {
            drop(handle.act(Command::Quit).await);
            drop((&mut running).await);
        }
        ended = &mut running => ended.map_err(|_| Failure::failed("Ringside ended by a fault of its own; please report it."))?,
    }
    drop(server);
    drawing.abort();
    signals.abort();
    drop(discretion);
    notifications.close_all(CLOSE_WITHIN).await;
    Ok(())
}

async fn draw(handle: Handle, tray: os::TrayIcon) {
    let mut views = handle.views();
    while views.changed().await.is_ok() {
        let value = Tray::of(&views.borrow_and_update().clone());
        tray.update(value);
    }
}
