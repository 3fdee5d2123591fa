//! The windows of Ringside, and nothing else.
//!
//! It attaches to the resident agent, which it starts if there is none, and ends with its last window; so what
//! renders web content holds no secret and no connection to the outside. With `--embedded` it hosts the engine
//! itself, for systems whose tray needs the toolkit's loop. It must never decide anything about calls or people.
//! Start reading at [`commands`], all that a page can ask for.

mod arguments;
mod attached;
mod commands;

mod instance;
mod shell;
mod windows;

use std::{process::ExitCode, sync::Arc, time::Instant};

use anyhow::Context as _;
use clap::Parser as _;
use engine::{Command, Window, control::Control};
use tauri::{Manager as _, RunEvent, WindowEvent};

use crate::{arguments::Arguments, attached::Agent, instance::First, shell::Shell};

fn main() -> ExitCode {
    let started_at = Instant::now();
    let arguments = Arguments::parse();
    prefer_plain_buffers();
    log();
    match start(arguments, started_at) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Without a GPU, `WebKitGTK`'s DMABUF renderer takes 70 MB and 190 ms more, and with some drivers shows nothing.
fn prefer_plain_buffers() {
    #[cfg(target_os = "linux")]
    drop(glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
}

fn log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn start(arguments: Arguments, started_at: Instant) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let _inside = runtime.enter();
    let socket = engine::paths::socket().context("this user has no home folder; set RINGSIDE_SOCKET")?;
    let agent = Agent::new(socket.clone(), &arguments);
    let window = arguments.window.map_or(Window::Main, Window::from);
    let Some(first) = instance::claim(&socket, window)? else {
        tracing::info!("the Ringside that runs already opens the window");
        runtime.block_on(dial(&agent, arguments.call));
        return Ok(());
    };
    let waking = agent.clone();
    tokio::spawn(async move {
        if waking.attach().await.is_ok() {
            dial(&waking, arguments.call).await;
        }
    });
    let app = build(Arc::new(agent), started_at, first)?;
    windows::open(app.handle(), window);
    app.run(|app, event| {
        if let RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } = event {
            app.state::<Shell>().forget(&label);
        }
    });
    Ok(())
}

fn build(control: Arc<dyn Control>, started_at: Instant, first: First) -> tauri::Result<tauri::App> {
    use commands::{act, follow, hide_popup, mounted};
    let app = tauri::Builder::default()
        .manage(Shell::new(control, started_at))
        .invoke_handler(tauri::generate_handler![follow, act, mounted, hide_popup])
        .build(tauri::generate_context!())?;
    let handle = app.handle().clone();
    first.receive(move |window| windows::open(&handle, window));
    Ok(app)
}

/// Asks for a call; its number stays out of the log.
async fn dial(control: &dyn Control, number: Option<String>) {
    let Some(number) = number else { return };
    if let Err(problem) = control.act(Command::Dial { number, account: None }).await {
        tracing::error!("the call was not made: {}", problem.text);
    }
}
