//! `ringside`: the command line, and as `ringside agent` the program that stays in the tray.
//!
//! It only puts the pieces together; what it does lives in `engine`, what the computer gives in `os`.
//! Start reading at [`args`], then at the module of a command.

mod account;
mod agent;
mod alerts;
mod args;
mod ask;
mod assemble;
mod autostart;
mod contacts;
#[cfg(feature = "demo")]
mod demo;
mod dnd;
mod doctor;
mod failure;
mod help;
mod lines;
mod live;
mod past;
mod print;
#[cfg(feature = "demo")]
mod simulate;
mod watch;
mod wishes;

use std::process::ExitCode;

use clap::Parser as _;
use engine::Settings;

use args::{Args, Command};
use failure::Failure;

fn main() -> ExitCode {
    words::follow_system();
    let args = Args::try_parse().unwrap_or_else(|error| help::explain(&error));
    engine::logs::begin(if matches!(args.command, Command::Agent(_)) { "info" } else { "warn" });
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider was installed already");
    }
    // Most commands need no settings but this one; those that are told of others follow them.
    if let Ok((settings, _)) = Settings::load(None) {
        words::speak(settings.language());
    }
    match run(args.command).and_then(|()| print::all_said()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            print::error(&failure.text);
            failure.exit.into()
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    // One thread is enough for what is mostly idle, and the cheapest for what is not.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::failed)?;
    let done = runtime.block_on(dispatch(command));
    // A keyring that hangs must not keep the program from ending.
    runtime.shutdown_background();
    done
}

async fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Agent(args) => agent::run(args).await,
        Command::Watch(args) => watch::run(args).await,
        #[cfg(feature = "demo")]
        Command::Demo(args) => demo::run(args).await,
        #[cfg(feature = "demo")]
        Command::Simulate(args) => simulate::run(args).await,
        Command::Status(args) => ask::status(args).await,
        Command::Dnd(args) => dnd::run(args).await,
        Command::Calls(args) => past::calls(args).await,
        Command::Gaps(args) => past::gaps(args).await,
        Command::Note(args) => past::note(args).await,
        Command::Remind(args) => past::remind(args).await,
        Command::Share(args) => alerts::share(args).await,
        Command::Quiet(args) => alerts::quiet(args).await,
        Command::People(args) => ask::people(args).await,
        Command::Dial(args) => ask::dial(args).await,
        Command::TellWhenFree(args) => wishes::tell_when_free(args).await,
        Command::Replay(args) => watch::replay(&args),
        Command::PickUp(args) => ask::pick_up(args).await,
        Command::Account(args) => account::run(args).await,
        Command::Contacts(args) => contacts::run(args).await,
        Command::Doctor(args) => doctor::run(args).await,
        Command::Autostart(args) => autostart::run(&args),
        Command::Quit => ask::quit().await,
        Command::Settings(args) => account::settings_command(&args).await,
        Command::Completions(args) => {
            help::completions(&args);
            Ok(())
        }
    }
}
