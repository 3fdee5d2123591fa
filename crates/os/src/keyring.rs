//! Secrets in the Secret Service (GNOME Keyring, KWallet, KeePassXC), never anywhere else.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use engine::{SecretFault, Secrets};
use futures_util::StreamExt;
use model::AccountId;
use secrecy::{ExposeSecret, SecretString};
use secret_service::{Collection, EncryptionType, Error, Item, SecretService};
use tokio::sync::Mutex;
use tracing::debug;
use zbus::{Connection, MatchRule, MessageStream, message::Type};

use crate::{Bus, bus};

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "ringside";
const PROBE: &str = "ringside-probe";

/// The secrets of accounts: entries with `service` = `ringside` and `username` = the account's id.
///
/// Every answer has the [`Bus`]'s deadline, a person has none: a prompt stays until it is answered. There is one prompt
/// at a time, and one that was dismissed does not come back by itself: reading then answers [`SecretFault::Locked`]
/// until the keyring is unlocked elsewhere, something is written, or [`Keyring::ask_again`] is called.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

struct Inner {
    bus: Bus,
    prompt: Mutex<()>,
    was_dismissed: AtomicBool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// A person waits for the outcome.
    Always,
    UnlessDismissed,
}

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send>>;

impl Keyring {
    /// The keyring on this bus; nothing is asked yet.
    pub fn new(bus: Bus) -> Self {
        Self(Arc::new(Inner { bus, prompt: Mutex::new(()), was_dismissed: AtomicBool::new(false) }))
    }

    /// Whether secrets can be kept: writes one, reads it and deletes it.
    pub fn probe(&self) -> impl Future<Output = Result<(), SecretFault>> + Send + use<> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let talk = Talk::open(&inner).await?;
            let secret = SecretString::from("{}");
            talk.write(PROBE, PROBE, &secret).await?;
            let read = talk.read(PROBE, PROBE, Asking::Always).await?;
            talk.delete(PROBE, PROBE).await?;
            if read.expose_secret() == secret.expose_secret() {
                Ok(())
            } else {
                Err(SecretFault::Unreachable("it gave back another secret than was written".to_owned()))
            }
        })
    }
}

impl Secrets for Keyring {
    fn ask_again(&self) {
        self.0.was_dismissed.store(false, Ordering::Relaxed);
    }

    /// At once if it is unlocked.
    fn unlocked(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            if let Err(error) = inner.until_unlocked().await {
                debug!(%error, "the keyring cannot be watched");
                std::future::pending::<()>().await;
            }
        })
    }

    fn read(&self, account: &AccountId) -> Answer<SecretString> {
        let (inner, account) = (Arc::clone(&self.0), account.clone());
        Box::pin(async move {
            Talk::open(&inner).await?.read(SERVICE, account.as_str(), Asking::UnlessDismissed).await
        })
    }

    fn write(&self, account: &AccountId, secret: SecretString) -> Answer<()> {
        let (inner, account) = (Arc::clone(&self.0), account.clone());
        Box::pin(async move { Talk::open(&inner).await?.write(SERVICE, account.as_str(), &secret).await })
    }

    fn delete(&self, account: &AccountId) -> Answer<()> {
        let (inner, account) = (Arc::clone(&self.0), account.clone());
        Box::pin(async move { Talk::open(&inner).await?.delete(SERVICE, account.as_str()).await })
    }
}

impl Inner {
    async fn until_unlocked(&self) -> zbus::Result<()> {
        let connection = self.bus.connect().await?;
        let owners = bus::owner_changes(&connection, NAME).await?;
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(NAME)?
            .interface("org.freedesktop.DBus.Properties")?
            .member("PropertiesChanged")?
            .arg(0, "org.freedesktop.Secret.Collection")?
            .build();
        let changes = MessageStream::for_match_rule(rule, &connection, None).await?;
        let mut signs = futures_util::stream::select(owners, changes);
        loop {
            if is_unlocked(&connection).await.is_ok_and(|unlocked| unlocked) {
                self.was_dismissed.store(false, Ordering::Relaxed);
                return Ok(());
            }
            signs.next().await.ok_or(zbus::Error::Failure("the bus is gone".to_owned()))??;
        }
    }
}

async fn is_unlocked(connection: &Connection) -> Result<bool, Error> {
    let service = SecretService::connect_with_existing(EncryptionType::Plain, connection.clone()).await?;
    service.get_default_collection().await?.is_locked().await.map(|locked| !locked)
}

/// One conversation with the keyring, on a connection of its own: when it is dropped, the keyring forgets the session
/// and takes its prompt away.
struct Talk<'a> {
    inner: &'a Inner,
    connection: Connection,
    service: SecretService<'static>,
}

impl<'a> Talk<'a> {
    async fn open(inner: &'a Inner) -> Result<Self, SecretFault> {
        let connection = inner.bus.connect().await.map_err(|error| fault(error.into()))?;
        let service = SecretService::connect_with_existing(EncryptionType::Dh, connection.clone()).await;
        Ok(Self { inner, connection, service: service.map_err(fault)? })
    }

    async fn read(&self, service: &str, user: &str, asking: Asking) -> Result<SecretString, SecretFault> {
        let attributes = attributes(service, user);
        let found = self.service.search_items(attributes.clone()).await.map_err(fault)?;
        if let Some(item) = found.unlocked.first() {
            return secret(item).await;
        }
        if let Some(item) = found.locked.first() {
            self.prompting(asking, item.unlock()).await?;
            return secret(item).await;
        }
        // Some keyrings do not even say what a locked collection holds.
        let Some(collection) = self.default().await? else { return Err(SecretFault::Missing) };
        if !collection.is_locked().await.map_err(fault)? {
            return Err(SecretFault::Missing);
        }
        self.prompting(asking, collection.unlock()).await?;
        match collection.search_items(attributes).await.map_err(fault)?.first() {
            Some(item) => secret(item).await,
            None => Err(SecretFault::Missing),
        }
    }

    async fn write(&self, service: &str, user: &str, secret: &SecretString) -> Result<(), SecretFault> {
        let collection = match self.default().await? {
            Some(collection) => collection,
            None => {
                let creating = self.service.create_collection("Default keyring", "default");
                self.prompting(Asking::Always, creating).await?
            }
        };
        if collection.is_locked().await.map_err(fault)? {
            self.prompting(Asking::Always, collection.unlock()).await?;
        }
        let label = format!("Ringside: {user}");
        let secret = secret.expose_secret().as_bytes();
        let writing = collection.create_item(&label, attributes(service, user), secret, true, "text/plain");
        self.prompting(Asking::Always, writing).await.map(drop)
    }

    async fn delete(&self, service: &str, user: &str) -> Result<(), SecretFault> {
        let found = self.service.search_items(attributes(service, user)).await.map_err(fault)?;
        for item in &found.locked {
            self.prompting(Asking::Always, item.unlock()).await?;
        }
        for item in found.unlocked.iter().chain(&found.locked) {
            self.prompting(Asking::Always, item.delete()).await?;
        }
        Ok(())
    }

    async fn default(&self) -> Result<Option<Collection<'_>>, SecretFault> {
        match self.service.get_default_collection().await {
            Ok(collection) => Ok(Some(collection)),
            Err(Error::NoResult) => Ok(None),
            Err(error) => Err(fault(error)),
        }
    }

    /// Does what may prompt a person, for as long as there is a keyring to answer them.
    async fn prompting<T>(
        &self,
        asking: Asking,
        doing: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, SecretFault> {
        let _one_at_a_time = self.inner.prompt.lock().await;
        if asking == Asking::UnlessDismissed && self.inner.was_dismissed.load(Ordering::Relaxed) {
            return Err(SecretFault::Locked);
        }
        let mut owners =
            bus::owner_changes(&self.connection, NAME).await.map_err(|error| fault(error.into()))?;
        let done = tokio::select! {
            done = doing => done.map_err(fault),
            _ = owners.next() => Err(SecretFault::Unreachable("the keyring has ended".to_owned())),
        };
        let is_dismissed = matches!(done, Err(SecretFault::Locked));
        self.inner.was_dismissed.store(is_dismissed, Ordering::Relaxed);
        done
    }
}

fn attributes<'a>(service: &'a str, user: &'a str) -> HashMap<&'a str, &'a str> {
    HashMap::from([("service", service), ("username", user)])
}

async fn secret(item: &Item<'_>) -> Result<SecretString, SecretFault> {
    let bytes = item.get_secret().await.map_err(fault)?;
    String::from_utf8(bytes).map(SecretString::from).map_err(|_| {
        SecretFault::Unsafe("What the keyring holds for this account is not text; sign in again.".to_owned())
    })
}

fn fault(error: Error) -> SecretFault {
    if matches!(error, Error::Locked | Error::Prompt) {
        return SecretFault::Locked;
    }
    if let Error::Zbus(zbus::Error::MethodError(name, ..)) = &error {
        match name.as_str() {
            "org.freedesktop.Secret.Error.IsLocked" => return SecretFault::Locked,
            "org.freedesktop.Secret.Error.NoSuchObject" => return SecretFault::Missing,
            _ => {}
        }
    }
    SecretFault::Unreachable(error.to_string())
}
