use std::{io, sync::Arc, time::Duration};

use zbus::{
    Connection, MatchRule, Message, MessageStream, Proxy,
    connection::Builder,
    message::Type,
    proxy::{self, CacheProperties},
    zvariant::{DynamicDeserialize, DynamicType},
};

const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Which message bus to use, and how long an answer from it may take.
#[derive(Debug, Clone)]
pub struct Bus {
    place: Place,
    answer_within: Duration,
}

#[derive(Debug, Clone)]
enum Place {
    Session,
    System,
    At(String),
}

impl Bus {
    /// The session's bus, as the environment names it; answers within 5 s.
    pub const fn session() -> Self {
        Self { place: Place::Session, answer_within: ANSWER_WITHIN }
    }

    /// The computer's bus; answers within 5 s.
    pub const fn system() -> Self {
        Self { place: Place::System, answer_within: ANSWER_WITHIN }
    }

    /// The bus at an address such as `unix:path=/run/user/1000/bus`.
    pub fn at(address: impl Into<String>) -> Self {
        Self { place: Place::At(address.into()), answer_within: ANSWER_WITHIN }
    }

    /// The same bus, with another deadline for each answer.
    #[must_use]
    pub fn answering_within(self, answer_within: Duration) -> Self {
        Self { answer_within, ..self }
    }

    /// How long an answer may take.
    pub(crate) const fn answers_within(&self) -> Duration {
        self.answer_within
    }

    /// A connection of its own, driven by the runtime's threads.
    pub(crate) async fn connect(&self) -> zbus::Result<Connection> {
        let builder = match &self.place {
            Place::Session => Builder::session(),
            Place::System => Builder::system(),
            Place::At(address) => Builder::address(address.as_str()),
        }?;
        let connecting = builder.method_timeout(self.answer_within).internal_executor(false).build();
        let connection = tokio::time::timeout(self.answer_within, connecting)
            .await
            .map_err(|_| zbus::Error::InputOutput(Arc::new(io::ErrorKind::TimedOut.into())))??;
        let executor = connection.executor().clone();
        tokio::spawn(async move {
            // It is empty when the last of the connection is dropped.
            while !executor.is_empty() {
                executor.tick().await;
            }
        });
        Ok(connection)
    }
}

/// Calls a method and waits for its answer for as long as that takes: with [`Connection::call_method`] an answer that
/// comes after the connection's deadline would be lost.
pub(crate) async fn call_patiently<B, R>(
    connection: &Connection,
    destination: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &B,
) -> zbus::Result<R>
where
    B: serde::Serialize + DynamicType,
    R: for<'d> DynamicDeserialize<'d>,
{
    let proxy = proxy::Builder::<Proxy<'_>>::new(connection)
        .destination(destination)?
        .path(path)?
        .interface(interface)?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    let answer = proxy.call_with_flags(method, Default::default(), arguments).await?;
    answer.ok_or(zbus::Error::InvalidReply)
}

/// The changes of who owns a name, from the moment this returns.
pub(crate) async fn owner_changes(connection: &Connection, name: &str) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")?
        .interface("org.freedesktop.DBus")?
        .member("NameOwnerChanged")?
        .arg(0, name)?
        .build();
    MessageStream::for_match_rule(rule, connection, None).await
}

/// The name of this `NameOwnerChanged`, and who owns it from here on.
pub(crate) fn owner_change(message: &Message) -> Option<(String, Option<String>)> {
    let (name, _, owner) = message.body().deserialize::<(String, String, String)>().ok()?;
    Some((name, (!owner.is_empty()).then_some(owner)))
}
