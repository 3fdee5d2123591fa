use std::{path::Path, sync::Arc};

use engine::{
    Command, Handle, Incoming, Parts, Settings, SystemClock,
    control::{Control as _, Server},
    paths,
    tray::Tray,
};
use tokio::sync::mpsc;

use crate::{
    args::Agent,
    assemble::{ended_by_person, secrets, settings},
    failure::Failure,
};

/// Stays until somebody asks it to end.
pub async fn run(args: Agent) -> Result<(), Failure> {
    #[cfg(feature = "demo")]
    if args.demo {
        let (office, settings, secrets) = crate::demo::office(1.0, None).await?;
        resident(settings, None, secrets).await?;
        office.stop().await;
        return Ok(());
    }
    let (settings, path) = settings(&args.sources)?;
    for fault in &settings.faults {
        tracing::warn!("{}", fault.problem.text);
    }
    resident(settings, Some(&path), secrets(&args.sources)).await
}

async fn resident(
    settings: Settings,
    path: Option<&Path>,
    secrets: Arc<dyn engine::Secrets>,
) -> Result<(), Failure> {
    let socket = paths::socket()
        .ok_or_else(|| Failure::failed("There is no folder for the control socket; set XDG_RUNTIME_DIR."))?;
    let socket = Server::bind(&socket).map_err(|fault| Failure::failed(format!("{fault}.")))?;
    let queue = engine::queue();
    let tray = os::TrayItem::spawn(Tray::of(&model::View::default()), queue.0.clone());
    let notifications = os::Notifications::new(queue.0.clone());
    let closing = notifications.closer();
    os::host::listen(queue.0.clone());
    let parts = Parts {
        clock: Arc::new(SystemClock),
        secrets,
        faces: vec![Box::new(notifications)],
        windows: Some(Box::new(os::Shell::new(queue.0.clone()))),
        observer: None,
        settings_file: path.map(Path::to_owned),
    };
    let (handle, mut running) = engine::start(settings, parts, queue);
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
    closing.close_all().await;
    Ok(())
}

async fn draw(handle: Handle, tray: os::TrayItem) {
    let mut views = handle.views();
    while views.changed().await.is_ok() {
        let value = Tray::of(&views.borrow_and_update().clone());
        tray.update(value);
    }
}
