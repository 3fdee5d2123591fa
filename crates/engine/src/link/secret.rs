use std::{future::Future, pin::Pin, sync::Arc};

use model::AccountId;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::JoinHandle;

use crate::{SecretFault, Secrets};

/// So many of the secrets that a renewed one has replaced are known again.
const FORMER: usize = 4;

/// An account's secret: what the keyring has, unless a session has renewed that since.
pub(super) struct KeptSecret {
    secrets: Arc<dyn Secrets>,
    /// The last one a session used or was given, which the keyring may not take (a folder of credentials does not).
    latest: Option<SecretString>,
    /// What it has replaced.
    former: Vec<SecretString>,
    writing: Option<JoinHandle<()>>,
}

impl KeptSecret {
    pub(super) fn new(secrets: Arc<dyn Secrets>) -> Self {
        Self { secrets, latest: None, former: Vec::new(), writing: None }
    }

    pub(super) fn keyring(&self) -> Arc<dyn Secrets> {
        Arc::clone(&self.secrets)
    }

    pub(super) fn read(
        &self,
        account: &AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, SecretFault>> + Send>> {
        self.secrets.read(account)
    }

    /// What a session is to begin with, where the keyring has `read`.
    pub(super) fn latest(&mut self, read: SecretString) -> SecretString {
        let replaced = self.former.iter().any(|former| former.expose_secret() == read.expose_secret());
        if let (true, Some(latest)) = (replaced, &self.latest) {
            return latest.clone();
        }
        // Somebody else has written it.
        self.former.clear();
        self.latest = Some(read.clone());
        read
    }

    /// A session has another one from here on.
    pub(super) fn renew(&mut self, account: &AccountId, secret: SecretString) {
        if let Some(former) = self.latest.replace(secret.clone()) {
            if self.former.len() == FORMER {
                // The first is what the keyring has where it takes no other.
                self.former.remove(1);
            }
            self.former.push(former);
        }
        let (before, write, account) =
            (self.writing.take(), self.secrets.write(account, secret), account.clone());
        self.writing = Some(tokio::spawn(async move {
            if let Some(before) = before {
                drop(before.await);
            }
            if let Err(fault) = write.await {
                tracing::warn!(%account, %fault, "a renewed sign-in could not be kept");
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FixedSecrets;

    fn kept() -> KeptSecret {
        KeptSecret::new(Arc::new(FixedSecrets::new([])))
    }

    #[tokio::test]
    async fn a_keyring_that_takes_nothing_is_known_after_any_number_of_renewals() {
        let mut kept = kept();
        kept.latest("zero".into());
        for n in 1..20 {
            kept.renew(&"work".into(), format!("{n}").into());
        }
        assert_eq!(kept.latest("zero".into()).expose_secret(), "19");
    }

    #[tokio::test]
    async fn a_renewed_secret_is_used_where_the_keyring_still_has_the_former() {
        let mut kept = kept();
        assert_eq!(kept.latest("one".into()).expose_secret(), "one");
        kept.renew(&"work".into(), "two".into());
        kept.renew(&"work".into(), "three".into());
        for read in ["one", "two", "three"] {
            assert_eq!(kept.latest(read.into()).expose_secret(), "three");
            if read == "three" {
                return;
            }
        }
    }

    #[tokio::test]
    async fn what_a_person_has_stored_since_wins() {
        let mut kept = kept();
        kept.latest("one".into());
        kept.renew(&"work".into(), "two".into());
        assert_eq!(kept.latest("mine".into()).expose_secret(), "mine");
        assert_eq!(kept.latest("mine".into()).expose_secret(), "mine");
    }
}
