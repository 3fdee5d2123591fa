//! Whether Ringside starts with the session.

use engine::paths;
use os::{Autostart, Starts};
use serde_json::json;

use crate::{
    args::{AutostartArgs, AutostartCommand},
    failure::Failure,
    print,
};

pub fn run(args: &AutostartArgs) -> Result<(), Failure> {
    let config = paths::config_folder().ok_or_else(|| Failure::failed("There is no home folder."))?;
    let entry = Autostart::new(&config);
    match &args.command {
        AutostartCommand::On => {
            let program = std::env::current_exe().map_err(Failure::failed)?;
            entry.switch_on(&program).map_err(|error| {
                Failure::failed(format!("The entry in {} cannot be written: {error}.", config.display()))
            })?;
            print::line("Ringside starts with the session, in the tray and without a window.");
        }
        AutostartCommand::Off => {
            entry.switch_off().map_err(|error| {
                Failure::failed(format!("The entry in {} cannot be removed: {error}.", config.display()))
            })?;
            print::line("Ringside does not start with the session.");
        }
        AutostartCommand::Status(status) => {
            let starts = entry.starts();
            if status.json {
                print::json(&json!({ "v": 1, "autostart": starts == Starts::Program }));
                return Ok(());
            }
            match starts {
                Starts::Program => print::line("Ringside starts with the session."),
                Starts::Not => print::line("Ringside does not start with the session."),
                Starts::Nothing(program) => print::line(format_args!(
                    "{program} would start with the session, but is not there; run `ringside autostart on`."
                )),
            }
        }
    }
    Ok(())
}
