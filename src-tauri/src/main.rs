//! The windows of Ringside, and nothing else.
//!
//! It attaches to the resident agent, which it starts if there is none, and ends with its last window; so what
//! renders web content holds no secret and no connection to the outside. With `--embedded` it hosts the engine
//! itself, for systems whose tray needs the toolkit's loop. It must never decide anything about calls or people.
//! Start reading at [`commands`], all that a page can ask for.

mod arguments;
mod attached;
mod commands;
mod embedded;
mod instance;
mod popup;
mod shell;
mod tray;
mod watchdog;
#[cfg(target_os = "linux")]
mod webkit;
mod windows;

use std::{
    fs,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow};
use clap::Parser as _;
use engine::{Command, Window, control::Control};
use tauri::{Manager as _, RunEvent, WindowEvent};

use crate::{
    arguments::Arguments,
    attached::Agent,
    embedded::Engine,
    instance::First,
    popup::Popup,
    shell::Shell,
    watchdog::{Holds, Watchdog},
};

fn main() -> ExitCode {
    let started_at = began_at();
    let arguments = Arguments::parse();
    #[cfg(target_os = "linux")]
    webkit::prefer_plain_buffers();
    engine::logs::begin("info");
    words::follow_system();
    match start(arguments, started_at) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// When the process began: the web engine is linked before `main`.
fn began_at() -> Instant {
    let now = Instant::now();
    age().and_then(|age| now.checked_sub(age)).unwrap_or(now)
}

/// To a hundredth of a second; `None` where the system does not say (`proc(5)`).
fn age() -> Option<Duration> {
    let up: f64 = fs::read_to_string("/proc/uptime").ok()?.split(' ').next()?.parse().ok()?;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(") ")?;
    let began_at: f64 = after_name.split(' ').nth(19)?.parse().ok()?;
    Duration::try_from_secs_f64(up - began_at / 100.0).ok()
}

fn start(arguments: Arguments, started_at: Instant) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let _inside = runtime.enter();
    let socket = engine::paths::socket().context("this user has no home folder; set RINGSIDE_SOCKET")?;
    let agent = Agent::new(socket.clone(), &arguments);
    let window = arguments.window.map(Window::from);
    let Some(first) = instance::claim(&socket, window.unwrap_or(Window::Main))? else {
        tracing::info!("the Ringside that runs already opens the window");
        return runtime.block_on(wake(agent, arguments.call));
    };
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| {
        anyhow!(
            "no display can be opened, so there are no windows here; use `ringside` in the terminal instead"
        )
    })?;
    if arguments.embedded {
        install_tls();
        let engine = runtime.block_on(Engine::start(&arguments, &socket))?;
        let app = build(Arc::new(engine.handle.clone()), started_at, first, Holds::Everything)?;
        if let Some(window) = window {
            windows::open(app.handle(), window);
        }
        tokio::spawn(engine.stay(app.handle().clone()));
        tokio::spawn(logged(wake(agent, arguments.call)));
        run(app, Without::Stay);
    } else {
        tokio::spawn(logged(wake(agent.clone(), arguments.call)));
        let app = build(Arc::new(agent), started_at, first, Holds::Windows)?;
        windows::open(app.handle(), window.unwrap_or(Window::Main));
        run(app, Without::End);
    }
    Ok(())
}

/// What to do without windows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    End,
    Stay,
}

fn build(
    control: Arc<dyn Control>,
    started_at: Instant,
    first: First,
    holds: Holds,
) -> tauri::Result<tauri::App> {
    use commands::{act, calls, follow, hide_popup, mounted, save_calls, settings};
    let app = tauri::Builder::default()
        .manage(Shell::new(control, started_at))
        .manage(Watchdog::new(holds))
        .manage(Popup::default())
        .invoke_handler(tauri::generate_handler![
            follow, act, calls, save_calls, settings, mounted, hide_popup
        ])
        .build(tauri::generate_context!())?;
    let handle = app.handle().clone();
    first.receive(move |window| windows::open(&handle, window));
    Ok(app)
}

/// Runs the windows until the program ends.
fn run(app: tauri::App, windows: Without) {
    app.run(move |app, event| {
        if let RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } = event {
            app.state::<Shell>().forget(&label);
            app.state::<Watchdog>().forget(&label);
            popup::closed(app, &label);
        } else if let RunEvent::ExitRequested { code: None, api, .. } = event
            && windows == Without::Stay
        {
            api.prevent_exit();
        }
    });
}

/// Who else provides TLS in this process is no matter: there is one provider in the whole tree.
fn install_tls() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

async fn logged(doing: impl Future<Output = anyhow::Result<()>>) {
    if let Err(error) = doing.await {
        tracing::error!("{error:#}");
    }
}

/// Has the agent running, and asks it for the call there may be; its number stays out of the log.
async fn wake(agent: Agent, number: Option<String>) -> anyhow::Result<()> {
    let client = agent.attach().await?;
    let Some(number) = number else { return Ok(()) };
    let called = client.act(Command::Dial { number, account: None }).await;
    called.map_err(|problem| anyhow!("the call was not made: {}", problem.text))
}
