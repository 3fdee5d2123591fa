use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

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

/// Secrets that are given once, of which each can be renewed, in memory: for the demo, and for commands that need
/// none.
#[derive(Debug, Default)]
pub struct FixedSecrets(Mutex<BTreeMap<AccountId, SecretString>>);

impl FixedSecrets {
    /// Knows these.
    pub fn new(secrets: impl IntoIterator<Item = (AccountId, SecretString)>) -> Self {
        Self(Mutex::new(secrets.into_iter().collect()))
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<AccountId, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets for FixedSecrets {
    fn read(
        &self,
        account: &AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, SecretFault>> + Send>> {
        let secret = self.known().get(account).cloned().ok_or(SecretFault::Missing);
        Box::pin(async move { secret })
    }

    fn write(
        &self,
        account: &AccountId,
        secret: SecretString,
    ) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        let kept = match self.known().get_mut(account) {
            Some(known) => {
                *known = secret;
                Ok(())
            }
            None => Err(SecretFault::Unsafe("The demo keeps no secrets.".to_owned())),
        };
        Box::pin(async move { kept })
    }

    fn delete(&self, _: &AccountId) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[tokio::test]
    async fn the_demos_sign_ins_can_be_renewed_and_no_further_ones_be_given() {
        let secrets = FixedSecrets::new([("work".into(), "former".into())]);
        assert!(secrets.write(&"work".into(), "newer".into()).await.is_ok());
        assert_eq!(secrets.read(&"work".into()).await.unwrap().expose_secret(), "newer");
        let refused = secrets.write(&"other".into(), "given".into()).await;
        assert!(matches!(refused, Err(SecretFault::Unsafe(_))), "{refused:?}");
        assert!(matches!(secrets.read(&"other".into()).await, Err(SecretFault::Missing)));
    }
}
