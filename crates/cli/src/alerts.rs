//! The commands about what alerts show and to whom.

use engine::{Command, control::Control as _};
use model::Discretion;
use serde_json::json;

use crate::{
    args::{Json, Quiet, QuietCommand, Share, ShareCommand},
    ask::{agent, minutes},
    failure::Failure,
    lines::{clock, until_words},
    print::{self, said},
};

/// `ringside share`.
pub async fn share(args: Share) -> Result<(), Failure> {
    let minutes = match args.command {
        ShareCommand::Status(Json { json }) => {
            let discretion = agent().await?.view().await?.discretion;
            if json {
                print::json(&json!({ "v": 1, "discretion": discretion }));
            } else {
                print::told(discretion_words(&discretion));
            }
            return Ok(());
        }
        ShareCommand::Off => None,
        ShareCommand::On { length } => Some(minutes(&length)?),
    };
    let agent = agent().await?;
    agent.act(Command::Share { minutes }).await?;
    print::told(discretion_words(&agent.view().await?.discretion));
    Ok(())
}

fn discretion_words(discretion: &Discretion) -> String {
    let mut words: Vec<String> = Vec::new();
    if let Some(until) = discretion.sharing_until {
        words.push(format!("The screen is shared until {}", clock(until)));
    }
    if discretion.locked {
        words.push("The screen is locked".to_owned());
    }
    words.push(if discretion.hides_names { "Callers are not named" } else { "Callers are named" }.to_owned());
    if discretion.inhibited {
        words.push("The desktop's own do-not-disturb is on".to_owned());
    }
    words.iter().map(|words| said(words)).collect::<Vec<_>>().join(". ")
}

/// `ringside quiet`.
pub async fn quiet(args: Quiet) -> Result<(), Failure> {
    let agent = agent().await?;
    let command = match args.command {
        QuietCommand::List(Json { json }) => {
            for caller in &agent.view().await?.quiet_callers {
                if json {
                    print::versioned(caller);
                } else {
                    print::told(format_args!("{} {}", caller.number, until_words(caller.until)));
                }
            }
            return Ok(());
        }
        QuietCommand::Add { number } => Command::QuietNumber { number },
        QuietCommand::Remove { number, all: _ } => Command::AllowCaller { number },
    };
    agent.act(command).await?;
    print::line("Done.");
    Ok(())
}
