//! Where contacts come from, read again when they change; one that fails keeps what it had and stops no other.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use model::{AccountId, AddressBook, Problem, ProblemCode, SkippedPlace, Time};
use protocols::Instant;
use providers::{Key, SettingsFault};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::{Book, Plan, carddav, import, is_country};
use crate::{Incoming, Reach, Secrets, Section};

/// The table `[contacts]` of the settings.
pub const CONTACTS: Section = Section {
    name: "contacts",
    title: "Who is calling: address books of your own; nothing of them leaves this computer",
    keys: &[
        Key::list(
            "files",
            "Files",
            "vCard (.vcf) and CSV files, the most trusted first; ~ is your home folder",
        ),
        Key::text("country", "Country", "whose national numbers are in them, such as DK"),
        Key::text("carddav_url", "Address book on a server", "the CardDAV address of one address book"),
        Key::text("carddav_user", "User there", "its password is in the keyring: ringside contacts sign-in"),
    ],
    check,
};

/// The keyring's entry for the server's password: no account can be called so.
const SECRET: &str = "carddav.contacts";
const FILES_EVERY: Duration = Duration::from_secs(60);
const SERVER_EVERY: Duration = Duration::from_secs(60 * 60);
const SERVER_AGAIN: Duration = Duration::from_secs(5 * 60);
/// A larger file is no address book.
const LARGEST: u64 = 256 << 20;

fn check(values: &Map<String, Value>) -> Result<(), SettingsFault> {
    let text = |key: &str| values.get(key).and_then(Value::as_str);
    if let Some(country) = text("country").filter(|country| !is_country(country)) {
        let text = format!("`country` \"{country}\" is not a country; write two letters such as \"DK\".");
        return Err(SettingsFault::in_key("country", text));
    }
    if let Some(url) = text("carddav_url") {
        providers::check_address("carddav_url", url)?;
    }
    Ok(())
}

/// What the engine's loop keeps of the sources.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    settings: Map<String, Value>,
    known: BTreeMap<String, Known>,
    is_reading: bool,
    /// They are others than those whose books were told last.
    is_changed: bool,
    next_at: Option<Instant>,
}

/// One source as it was read last.
#[derive(Debug, Clone, Default)]
struct Known {
    /// When the file was written, or when the server is to be asked again.
    stamp: Option<Stamp>,
    book: Arc<Book>,
    state: AddressBook,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stamp {
    File { written_at: SystemTime, bytes: u64 },
    Server { again_at: Instant },
}

/// What became of a reading.
#[derive(Debug)]
pub struct Loaded {
    /// By these settings.
    settings: Map<String, Value>,
    known: BTreeMap<String, Known>,
    differs: bool,
}

impl Sources {
    /// Uses these settings from here on.
    pub(crate) fn settings(&mut self, settings: &Map<String, Value>) {
        if self.settings != *settings {
            self.settings = settings.clone();
            self.known.clear();
            self.is_changed = true;
            self.next_at = None;
        }
    }

    /// Reads what is due, on a thread of its own; what comes of it is [`Incoming::Contacts`].
    pub(crate) fn look(
        &mut self,
        now: Instant,
        wall: Time,
        reach: Option<&Arc<Reach>>,
        secrets: &Arc<dyn Secrets>,
        out: &mpsc::Sender<Incoming>,
    ) {
        let is_due = self.next_at.is_none_or(|at| at <= now);
        if self.is_reading || !is_due || (self.settings.is_empty() && !self.is_changed) {
            return;
        }
        self.is_reading = true;
        self.next_at = Some(now + FILES_EVERY);
        let reading = Reading {
            settings: self.settings.clone(),
            known: self.known.clone(),
            now,
            wall,
            reach: reach.cloned(),
            secrets: Arc::clone(secrets),
        };
        let out = out.clone();
        tokio::spawn(async move {
            let loaded = reading.all().await;
            drop(out.send(Incoming::Contacts(Box::new(loaded))).await);
        });
    }

    /// Takes in what was read; the books, in order, if they differ from before.
    pub(crate) fn loaded(&mut self, loaded: Loaded) -> Option<(Vec<Arc<Book>>, Vec<AddressBook>)> {
        self.is_reading = false;
        if loaded.settings != self.settings {
            return None;
        }
        let differs = loaded.differs | std::mem::take(&mut self.is_changed);
        self.known = loaded.known;
        let names = names(&self.settings);
        let ordered: Vec<&Known> = names.iter().filter_map(|name| self.known.get(name)).collect();
        differs.then(|| {
            let books = ordered.iter().map(|known| Arc::clone(&known.book)).collect();
            (books, ordered.iter().map(|known| known.state.clone()).collect())
        })
    }
}

/// Files in the order of the settings, then the server.
fn names(settings: &Map<String, Value>) -> Vec<String> {
    let files = settings.get("files").and_then(Value::as_array).into_iter().flatten();
    let server = settings.get("carddav_url");
    files.chain(server).filter_map(Value::as_str).map(str::to_owned).collect()
}

struct Reading {
    settings: Map<String, Value>,
    known: BTreeMap<String, Known>,
    now: Instant,
    wall: Time,
    reach: Option<Arc<Reach>>,
    secrets: Arc<dyn Secrets>,
}

impl Reading {
    async fn all(mut self) -> Loaded {
        let names = names(&self.settings);
        let differs = names.len() != self.known.len();
        let mut loaded = Loaded { settings: self.settings.clone(), known: BTreeMap::new(), differs };
        let server = self.text("carddav_url").map(str::to_owned);
        for name in names {
            let before = self.known.remove(&name).unwrap_or_default();
            let after = if server.as_deref() == Some(&name) {
                self.server(&name, before.clone()).await
            } else {
                self.file(&name, before.clone()).await
            };
            loaded.differs |= after.state != before.state || !Arc::ptr_eq(&after.book, &before.book);
            loaded.known.insert(name, after);
        }
        loaded
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.settings.get(key).and_then(Value::as_str)
    }

    fn plan(&self) -> Plan {
        Plan { country: self.text("country").map(str::to_owned), strip: Vec::new() }
    }

    async fn file(&self, name: &str, before: Known) -> Known {
        let path = at_home(name);
        let stamp = match stamp(&path) {
            Ok(stamp) if before.stamp.as_ref() == Some(&stamp) => return before,
            Ok(stamp) => stamp,
            Err(problem) => return before.failed(name, problem),
        };
        let (plan, name, wall) = (self.plan(), name.to_owned(), self.wall);
        let read = tokio::task::spawn_blocking(move || match std::fs::read(&path) {
            Ok(bytes) => Ok(Known::read(&name, Some(stamp), &plan, &bytes, Some(wall))),
            Err(error) => Err((name, cannot_be_read(&path, &error))),
        });
        match read.await {
            Ok(Ok(known)) => known,
            Ok(Err((name, problem))) => before.failed(&name, problem),
            Err(_) => before,
        }
    }

    async fn server(&self, url: &str, before: Known) -> Known {
        if let Some(Stamp::Server { again_at }) = before.stamp
            && again_at > self.now
        {
            return before;
        }
        let due = |after| Some(Stamp::Server { again_at: self.now + after });
        match self.ask(url).await {
            Ok(cards) => {
                let (plan, name, wall) = (self.plan(), url.to_owned(), self.wall);
                let stamp = due(SERVER_EVERY);
                let read = tokio::task::spawn_blocking(move || {
                    Known::read(&name, stamp, &plan, cards.as_bytes(), Some(wall))
                });
                read.await.unwrap_or(before)
            }
            Err(problem) => Known { stamp: due(SERVER_AGAIN), ..before.failed(url, problem) },
        }
    }

    async fn ask(&self, url: &str) -> Result<String, Problem> {
        let settings = |text: &str| Problem::new(ProblemCode::Settings, text);
        let reach = self.reach.as_ref().ok_or_else(|| {
            settings("The address book on the server waits until the network settings are mended.")
        })?;
        let user = self
            .text("carddav_user")
            .ok_or_else(|| settings("`carddav_url` needs `carddav_user` beside it in [contacts]."))?;
        let secret = self.secrets.read(&secret_id()).await.map_err(|_| {
            Problem::new(
                ProblemCode::Keyring,
                "The password of the address book on the server is not to be had; run `ringside contacts sign-in`.",
            )
        })?;
        let password = serde_json::from_str::<Map<String, Value>>(secret.expose_secret())
            .ok()
            .and_then(|secret| secret.get("password")?.as_str().map(str::to_owned))
            .ok_or_else(|| settings("The keyring's entry for the address book is not understood; run `ringside contacts sign-in`."))?;
        carddav::fetch(reach, url, user, &password).await
    }
}

impl Known {
    fn read(name: &str, stamp: Option<Stamp>, plan: &Plan, bytes: &[u8], wall: Option<Time>) -> Self {
        let import = import(bytes);
        let source = source_name(name);
        let problem = import.cards.is_empty().then(|| {
            Problem::new(
                ProblemCode::Settings,
                format!(
                    "{source} holds no contact that can be used; `ringside contacts check FILE` says why."
                ),
            )
        });
        let state = AddressBook {
            name: source.clone(),
            contacts: u32::try_from(import.cards.len()).unwrap_or(u32::MAX),
            skipped: u32::try_from(import.skipped_count).unwrap_or(u32::MAX),
            places: import.skipped.into_iter().take(SkippedPlace::SHOWN).collect(),
            read_at: wall,
            problem,
        };
        Self { stamp, book: Arc::new(Book::new(&source, plan, import.cards)), state }
    }

    /// What was known stays in use.
    fn failed(mut self, name: &str, problem: Problem) -> Self {
        self.stamp = None;
        self.state.name = source_name(name);
        self.state.problem = Some(problem);
        self
    }
}

/// The books of the files that these settings name, read here and now, and how each stands.
pub fn read_files(settings: &Map<String, Value>) -> Vec<(Arc<Book>, AddressBook)> {
    let plan = Plan {
        country: settings.get("country").and_then(Value::as_str).map(str::to_owned),
        strip: Vec::new(),
    };
    let files =
        settings.get("files").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    files
        .map(|name| {
            let path = at_home(name);
            let known = match stamp(&path)
                .and_then(|_| std::fs::read(&path).map_err(|error| cannot_be_read(&path, &error)))
            {
                Ok(bytes) => Known::read(name, None, &plan, &bytes, None),
                Err(problem) => Known::default().failed(name, problem),
            };
            (known.book, known.state)
        })
        .collect()
}

/// The keyring's entry for the server's password, `{"password"}`.
pub fn secret_id() -> AccountId {
    AccountId::from(SECRET)
}

/// What people call a source: a file's name without its folders, a server's host.
fn source_name(name: &str) -> String {
    let host = url::Url::parse(name).ok().and_then(|url| url.host_str().map(str::to_owned));
    let file = || Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned());
    host.or_else(file).unwrap_or_else(|| name.to_owned())
}

fn at_home(name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(name),
    }
}

fn stamp(path: &Path) -> Result<Stamp, Problem> {
    let about = std::fs::metadata(path).map_err(|error| cannot_be_read(path, &error))?;
    if !about.is_file() || about.len() > LARGEST {
        let text = format!("{} is no address book; name a .vcf or .csv file in [contacts].", path.display());
        return Err(Problem::new(ProblemCode::Settings, text));
    }
    let written_at = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(Stamp::File { written_at, bytes: about.len() })
}

fn cannot_be_read(path: &Path, error: &std::io::Error) -> Problem {
    let text =
        format!("The address book {} cannot be read ({error}); mend `files` in [contacts].", path.display());
    Problem::new(ProblemCode::Settings, text)
}

#[cfg(test)]
#[path = "sources_tests.rs"]
mod tests;
