use std::{
    io::{BufWriter, Write as _},
    path::Path,
    sync::Arc,
    time::Duration,
};

use engine::{Clock, Observed, Parts, Recorder, control::Control as _};
use model::{AccountId, Change, ConnectionState, Time};
use tokio::sync::{mpsc, oneshot};

use crate::{
    args::{Replay, Watch},
    assemble::{ended_by_person, faces, secrets, settings},
    failure::{Exit, Failure},
    lines::{Line, words},
    print,
};

/// Whoever ends it and reads on gets what is still to be printed, if they take it within this time.
const LAST_WORDS_WITHIN: Duration = Duration::from_secs(1);

/// Connects and prints until a person ends it, or until every account needs one.
pub async fn run(args: Watch) -> Result<(), Failure> {
    let (mut settings, _) = settings(&args.sources)?;
    for fault in &settings.faults {
        print::error(&fault.problem.text);
    }
    for wanted in &args.accounts {
        if !settings.accounts.iter().any(|account| account.id.as_str() == wanted) {
            return Err(Failure::usage(format!(
                "There is no account `{wanted}` in the settings without faults."
            )));
        }
    }
    if !args.accounts.is_empty() {
        settings.accounts.retain(|account| args.accounts.iter().any(|wanted| wanted == account.id.as_str()));
    }
    if settings.accounts.is_empty() {
        let text = if settings.faults.is_empty() {
            "There is no account to watch; run `ringside account add`."
        } else {
            "No account in the settings is without faults; mend the lines named above."
        };
        return Err(Failure::usage(text));
    }
    // Here nobody else would say why no account is heard of.
    engine::Reach::new(&settings.network)?;
    let queue = engine::queue();
    let faces = if args.notify { faces(&queue.0) } else { Vec::new() };
    let secrets = secrets(&args.sources);
    let parts = Parts::default();
    let recorder = args.record.as_deref().map(|path| record(path, parts.clock.as_ref())).transpose()?;
    print_all(settings, Parts { secrets, faces, recorder, ..parts }, queue, args.json).await
}

fn record(path: &Path, clock: &dyn Clock) -> Result<Arc<Recorder>, Failure> {
    Recorder::create(path, clock).map_err(|error| {
        let path = path.display();
        Failure::usage(if error.kind() == std::io::ErrorKind::AlreadyExists {
            format!("{path} is there already; give --record a name that is not taken.")
        } else {
            format!("{path} cannot be written: {error}.")
        })
    })
}

/// Runs an engine and prints what it observes.
pub async fn print_all(
    settings: engine::Settings,
    parts: Parts,
    queue: (mpsc::Sender<engine::Incoming>, mpsc::Receiver<engine::Incoming>),
    json: bool,
) -> Result<(), Failure> {
    let hopeful = settings.accounts.iter().map(|account| account.id.clone()).collect();
    let (observer, observed) = mpsc::channel::<Vec<(Time, Observed)>>(2);
    let (handle, running) = engine::start(settings, Parts { observer: Some(observer), ..parts }, queue);
    let (done, mut printed) = oneshot::channel();
    // A pipe that nobody reads stands still, and must not take the connections with it.
    std::thread::spawn(move || done.send(print_each(observed, hopeful, json)));
    let verdict = tokio::select! {
        verdict = &mut printed => Some(verdict),
        () = ended_by_person() => None,
    };
    drop(handle.act(engine::Command::Quit).await);
    drop(running.await);
    let verdict = match verdict {
        Some(verdict) => verdict,
        None => tokio::time::timeout(LAST_WORDS_WITHIN, printed).await.unwrap_or(Ok(Ok(()))),
    };
    // Printing ends without a word only by a panic, which has said so itself.
    verdict
        .unwrap_or_else(|_| Err(Failure::failed("Printing ended by a fault of Ringside; please report it.")))
}

/// Until nobody tells or reads anything more, or every account needs a person.
fn print_each(
    mut observed: mpsc::Receiver<Vec<(Time, Observed)>>,
    mut hopeful: Vec<AccountId>,
    json: bool,
) -> Result<(), Failure> {
    let mut sign_in = false;
    let mut out = BufWriter::with_capacity(64 * 1024, std::io::stdout());
    while let Some(batch) = observed.blocking_recv() {
        for (at, what) in batch {
            if let Err(error) = write(&mut out, at, &what, json) {
                return print::unwritten(&error);
            }
            if let Observed::Change(Change::Connection { account, connection }) = &what {
                match connection.state {
                    ConnectionState::SignIn | ConnectionState::Stopped => {
                        hopeful.retain(|id| id != account);
                        sign_in |= connection.state == ConnectionState::SignIn;
                    }
                    ConnectionState::Connecting | ConnectionState::Live | ConnectionState::Waiting => {}
                }
            }
        }
        if (observed.is_empty() || hopeful.is_empty())
            && let Err(error) = out.flush()
        {
            return print::unwritten(&error);
        }
        if hopeful.is_empty() {
            return Err(if sign_in {
                let text = "No account can go on without a sign-in; run `ringside account sign-in ID` and start again.";
                Failure::new(Exit::SignIn, text)
            } else {
                Failure::failed("No account can go on; what is wrong with each was said above.")
            });
        }
    }
    Ok(())
}

/// Plays a recording again and prints what it comes to.
pub fn replay(args: &Replay) -> Result<(), Failure> {
    let mut set = Vec::new();
    for pair in &args.set {
        let (key, value) = pair
            .split_once('=')
            .ok_or_else(|| Failure::usage(format!("`{pair}` is not a setting; write KEY=VALUE.")))?;
        set.push((key.to_owned(), value.to_owned()));
    }
    let file = std::fs::File::open(&args.file)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}.", args.file.display())))?;
    let mut out = BufWriter::with_capacity(64 * 1024, std::io::stdout());
    let mut written = Ok(());
    let done = engine::replay(std::io::BufReader::new(file), &set, |at, what| {
        if written.is_ok() {
            written = write(&mut out, at, what, args.json);
        }
    })?;
    written.and_then(|()| out.flush()).or_else(|error| print::unwritten(&error))?;
    if !args.json {
        print::error(&format!(
            "{} sessions in {} s; {} inputs, {} answers to what was not asked.",
            done.sessions,
            done.lasted.as_secs(),
            done.inputs,
            done.unasked
        ));
    }
    Ok(())
}

fn write(out: &mut impl std::io::Write, at: Time, what: &Observed, json: bool) -> std::io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, &Line::of(at, what))?;
        out.write_all(b"\n")
    } else {
        words(at, what).map_or(Ok(()), |text| writeln!(out, "{text}"))
    }
}
