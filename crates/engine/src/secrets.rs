use std::{future::Future, pin::Pin};

use model::{AccountId, Problem, ProblemCode};
use secrecy::SecretString;

/// Where secrets are kept. No call blocks the thread, and each ends within some seconds or when a person
/// has answered the keyring's prompt.
pub trait Secrets: Send + Sync {
    /// The secret of an account.
    fn read(
        &self,
        account: &AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, SecretFault>> + Send>>;

    /// Stores the secret of an account.
    fn write(
        &self,
        account: &AccountId,
        secret: SecretString,
    ) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>>;

    /// A person has asked for another try: a prompt they closed before may come again.
    fn ask_again(&self) {}

    /// Ends when a locked keyring was unlocked by somebody else; never prompts, and never ends where nothing tells.
    fn unlocked(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }

    /// Forgets the secret of an account; `Ok` if there was none.
    fn delete(&self, account: &AccountId) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>>;
}

/// Why a secret could not be had: three different states with three different remedies, and never plain text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretFault {
    /// The keyring works and has no secret for this account.
    #[error("no secret is stored")]
    Missing,
    /// The keyring is locked, or its owner closed the prompt.
    #[error("the keyring is locked")]
    Locked,
    /// There is no keyring on this computer, or it does not answer.
    #[error("no keyring answers: {0}")]
    Unreachable(String),
    /// The file is not safe to read.
    #[error("{0}")]
    Unsafe(String),
}

impl SecretFault {
    /// For a person.
    pub fn problem(&self, account: &AccountId) -> Problem {
        match self {
            Self::Missing => Problem::new(
                ProblemCode::RefusedToken,
                format!("No sign-in is stored for `{account}`; run `ringside account sign-in {account}`."),
            ),
            Self::Locked => Problem::new(
                ProblemCode::Keyring,
                "The keyring is locked; unlock it (your login password), and Ringside goes on by itself.",
            ),
            Self::Unreachable(_) => Problem::new(
                ProblemCode::Keyring,
                "No keyring answers on this computer; start one (such as gnome-keyring), or use --credentials DIR.",
            ),
            Self::Unsafe(text) => Problem::new(ProblemCode::Keyring, text.clone()),
        }
    }
}

/// Secrets that are given once and kept in memory: for the demo, and for commands that need none.
#[derive(Debug, Default)]
pub struct FixedSecrets(std::collections::BTreeMap<AccountId, SecretString>);

impl FixedSecrets {
    /// Knows these.
    pub fn new(secrets: impl IntoIterator<Item = (AccountId, SecretString)>) -> Self {
        Self(secrets.into_iter().collect())
    }
}

impl Secrets for FixedSecrets {
    fn read(
        &self,
        account: &AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, SecretFault>> + Send>> {
        let secret = self.0.get(account).cloned().ok_or(SecretFault::Missing);
        Box::pin(async move { secret })
    }

    fn write(
        &self,
        _: &AccountId,
        _: SecretString,
    ) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        Box::pin(async { Err(SecretFault::Unsafe("The demo keeps no secrets.".to_owned())) })
    }

    fn delete(&self, _: &AccountId) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        Box::pin(async { Ok(()) })
    }
}
