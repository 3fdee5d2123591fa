use std::{
    fs::{File, OpenOptions},
    future::Future,
    io::{ErrorKind, Read},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    pin::Pin,
};

use engine::{SecretFault, Secrets};
use model::AccountId;
use secrecy::SecretString;

const MOST_BYTES: u64 = 64 * 1024;
const ROOT: u32 = 0;

/// Secrets in a folder, for machines without a keyring: one file for each account, named by its id, holding the same
/// JSON as the keyring would. Ringside only reads them.
#[derive(Debug, Clone)]
pub struct Credentials {
    folder: PathBuf,
}

impl Credentials {
    /// The folder of `--credentials`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder that systemd names in `$CREDENTIALS_DIRECTORY`.
    pub fn from_environment() -> Option<Self> {
        std::env::var_os("CREDENTIALS_DIRECTORY").filter(|folder| !folder.is_empty()).map(Self::new)
    }

    fn path(&self, account: &AccountId) -> Result<PathBuf, SecretFault> {
        let id = account.as_str();
        let is_plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if id.is_empty() || !is_plain {
            return Err(SecretFault::Unsafe(
                "An account's id may hold only a-z, 0-9 and -; give the account another one.".to_owned(),
            ));
        }
        Ok(self.folder.join(id))
    }

    fn read_only(&self, account: &AccountId) -> SecretFault {
        let folder = self.folder.display();
        SecretFault::Unsafe(format!(
            "Ringside does not write to {folder}; change {folder}/{account} yourself, and start Ringside again."
        ))
    }
}

impl Secrets for Credentials {
    fn read(
        &self,
        account: &AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<SecretString, SecretFault>> + Send>> {
        let path = self.path(account);
        Box::pin(async move {
            let path = path?;
            tokio::task::spawn_blocking(move || read(&path))
                .await
                .unwrap_or_else(|error| Err(SecretFault::Unreachable(error.to_string())))
        })
    }

    fn write(
        &self,
        account: &AccountId,
        _: SecretString,
    ) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        let fault = self.read_only(account);
        Box::pin(async move { Err(fault) })
    }

    fn delete(&self, account: &AccountId) -> Pin<Box<dyn Future<Output = Result<(), SecretFault>> + Send>> {
        let (path, fault) = (self.path(account), self.read_only(account));
        Box::pin(async move { if path?.exists() { Err(fault) } else { Ok(()) } })
    }
}

fn read(path: &Path) -> Result<SecretString, SecretFault> {
    let refused = |why: &str| SecretFault::Unsafe(format!("{} {why}", path.display()));
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    // A pipe in the file's place must not hold anybody up.
    let file = match OpenOptions::new().read(true).custom_flags(nonblocking).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(match path.parent() {
                Some(folder) if !folder.is_dir() => SecretFault::Unsafe(format!(
                    "There is no folder {}; name an existing one with --credentials.",
                    folder.display()
                )),
                _ => SecretFault::Missing,
            });
        }
        Err(error) => {
            return Err(refused(&format!("cannot be read ({error}); make it yours, with mode 600.")));
        }
    };
    check(&file).map_err(refused)?;
    let mut text = String::new();
    match file.take(MOST_BYTES + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 > MOST_BYTES => {
            Err(refused("is too long for a secret; put only its JSON there."))
        }
        Ok(_) if serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok() => Ok(text.into()),
        _ => Err(refused("holds no JSON; write it there, such as {\"access_token\":\"…\"}.")),
    }
}

/// Nobody but its owner, and root, may be able to read it. Under systemd it may belong to root, who then gives us
/// leave by an access control list, whose mask looks like the rights of root's group.
fn check(file: &File) -> Result<(), &'static str> {
    let about = file.metadata().map_err(|_| "cannot be examined; make it yours, with mode 600.")?;
    let is_of_root = about.uid() == ROOT && about.gid() == ROOT;
    let others = if is_of_root { 0o007 } else { 0o077 };
    if !about.is_file() {
        Err("is not a file; put a file there.")
    } else if about.uid() != rustix::process::getuid().as_raw() && about.uid() != ROOT {
        Err("belongs to somebody else; make it yours, with mode 600.")
    } else if about.mode() & others != 0 {
        Err("can be read by others; run `chmod 600` on it.")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use secrecy::ExposeSecret;

    use super::*;

    fn folder(mode: u32, content: &str) -> (tempfile::TempDir, Credentials) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work");
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let credentials = Credentials::new(folder.path());
        (folder, credentials)
    }

    fn text(fault: SecretFault) -> String {
        match fault {
            SecretFault::Unsafe(text) => text,
            SecretFault::Missing | SecretFault::Locked | SecretFault::Unreachable(_) => panic!("{fault:?}"),
        }
    }

    #[tokio::test]
    async fn a_private_file_is_read() {
        let (_folder, credentials) = folder(0o600, "{\"access_token\":\"t\"}\n");
        let secret = credentials.read(&"work".into()).await.unwrap();
        assert_eq!(secret.expose_secret().trim_end(), "{\"access_token\":\"t\"}");
        assert_eq!(credentials.read(&"home".into()).await.unwrap_err(), SecretFault::Missing);
    }

    #[tokio::test]
    async fn a_file_that_others_can_read_is_refused() {
        let (_folder, credentials) = folder(0o604, "{}");
        assert!(text(credentials.read(&"work".into()).await.unwrap_err()).contains("chmod 600"));
    }

    #[tokio::test]
    async fn what_is_no_json_is_refused_and_not_repeated() {
        let (_folder, credentials) = folder(0o600, "hunter2");
        let text = text(credentials.read(&"work".into()).await.unwrap_err());
        assert!(text.contains("no JSON") && !text.contains("hunter2"));
    }

    #[tokio::test]
    async fn an_id_cannot_lead_out_of_the_folder() {
        let (_folder, credentials) = folder(0o600, "{}");
        assert!(text(credentials.read(&"../work".into()).await.unwrap_err()).contains("another"));
    }

    #[tokio::test]
    async fn writing_says_where_to_write_oneself() {
        let (_folder, credentials) = folder(0o600, "{}");
        let fault = credentials.write(&"work".into(), "{}".into()).await.unwrap_err();
        assert!(text(fault).ends_with("/work yourself, and start Ringside again."));
        assert!(credentials.delete(&"work".into()).await.is_err());
        assert_eq!(credentials.delete(&"home".into()).await, Ok(()));
    }

    #[tokio::test]
    async fn a_pipe_in_its_place_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work");
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        let fault = Credentials::new(folder.path()).read(&"work".into()).await.unwrap_err();
        assert!(text(fault).contains("not a file"));
    }
}
