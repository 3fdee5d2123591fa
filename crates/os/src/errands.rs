//! The clipboard and the browser, by the programs and services that desktops have for them.

use std::{
    collections::HashMap,
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use engine::Possible;
use tokio::{io::AsyncWriteExt as _, process::Command, runtime::Handle};
use tracing::debug;
use zbus::zvariant::{OwnedObjectPath, Value};

use crate::{Activation, Bus};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";
const OPEN_URI: &str = "org.freedesktop.portal.OpenURI";

/// What puts a text on the clipboard, reading it from its input: it is no argument that others could list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Copier {
    program: PathBuf,
    arguments: &'static [&'static str],
}

/// This desktop's clipboard and browser.
pub struct Errands {
    bus: Bus,
    activation: Activation,
    copier: Option<Copier>,
    opener: Option<PathBuf>,
    runtime: Handle,
}

impl Errands {
    /// Looks at what there is. Programs are minded on the current tokio runtime.
    pub fn new(bus: Bus, activation: Activation) -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            bus,
            activation,
            copier: copier(&folders, is_set("WAYLAND_DISPLAY"), is_set("DISPLAY")),
            opener: find(&folders, "xdg-open"),
            runtime: Handle::current(),
        }
    }
}

fn copier(folders: &[PathBuf], wayland: bool, x11: bool) -> Option<Copier> {
    let known: [(bool, &str, &'static [&'static str]); 3] = [
        (wayland, "wl-copy", &["--type", "text/plain"]),
        (x11, "xclip", &["-selection", "clipboard", "-in"]),
        (x11, "xsel", &["--clipboard", "--input"]),
    ];
    known
        .into_iter()
        .filter(|(reachable, ..)| *reachable)
        .find_map(|(_, name, arguments)| Some(Copier { program: find(folders, name)?, arguments }))
}

fn find(folders: &[PathBuf], name: &str) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

impl engine::Errands for Errands {
    fn possible(&self) -> Possible {
        Possible { copies: self.copier.is_some(), browses: self.opener.is_some() || is_sandboxed() }
    }

    fn copy(&mut self, text: &str) {
        if let Some(copier) = self.copier.clone() {
            let text = text.to_owned();
            drop(self.runtime.spawn(async move {
                if let Err(error) = copy(&copier, &text).await {
                    debug!(%error, "the clipboard did not take a number");
                }
            }));
        }
    }

    fn browse(&mut self, address: &str) {
        let (bus, token, opener) = (self.bus.clone(), self.activation.take(), self.opener.clone());
        let address = address.to_owned();
        drop(self.runtime.spawn(async move {
            // The portal first: an argument of a program could be listed by others.
            let Err(error) = open_by_portal(&bus, &address, token.as_deref()).await else { return };
            debug!(%error, "no portal opens addresses");
            if let Some(opener) = opener
                && let Err(error) = open_by(&opener, &address, token).await
            {
                debug!(%error, "no browser was opened");
            }
        }));
    }
}

async fn copy(copier: &Copier, text: &str) -> std::io::Result<()> {
    let mut command = Command::new(&copier.program);
    command.args(copier.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).await?;
    }
    child.wait().await.map(drop)
}

async fn open_by_portal(bus: &Bus, address: &str, token: Option<&str>) -> zbus::Result<()> {
    let connection = bus.connect().await?;
    let mut options: HashMap<&str, Value<'_>> = HashMap::new();
    if let Some(token) = token {
        options.insert("activation_token", token.into());
    }
    let arguments = ("", address, options);
    let reply =
        connection.call_method(Some(PORTAL), PORTAL_PATH, Some(OPEN_URI), "OpenURI", &arguments).await?;
    reply.body().deserialize::<OwnedObjectPath>().map(drop)
}

async fn open_by(opener: &Path, address: &str, token: Option<String>) -> std::io::Result<()> {
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(token) = token {
        command.env("XDG_ACTIVATION_TOKEN", &token).env("DESKTOP_STARTUP_ID", token);
    }
    command.status().await.map(drop)
}

/// Whether this program runs in Flatpak or Snap, where only portals reach the desktop.
pub(crate) fn is_sandboxed() -> bool {
    Path::new("/.flatpak-info").exists() || env::var_os("SNAP").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clipboard_is_that_of_the_display_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        assert_eq!(copier(&folders, true, true), None);
        for program in ["wl-copy", "xclip", "xsel"] {
            std::fs::write(folder.path().join(program), "").unwrap();
        }
        let chosen = |wayland, x11| {
            let copier = copier(&folders, wayland, x11)?;
            Some(copier.program.file_name()?.to_string_lossy().into_owned())
        };
        assert_eq!(chosen(true, true).as_deref(), Some("wl-copy"));
        assert_eq!(chosen(false, true).as_deref(), Some("xclip"));
        assert_eq!(chosen(false, false), None);
    }

    #[tokio::test]
    async fn a_number_goes_to_the_clipboard_by_input_and_not_by_argument() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("copy.sh");
        let seen = folder.path().join("seen");
        let text = format!("#!/bin/sh\n{{ echo \"$@\"; cat; }} >{}\n", seen.display());
        std::fs::write(&program, text).unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        copy(&Copier { program, arguments: &["-in"] }, "+4511223344").await.unwrap();
        assert_eq!(std::fs::read_to_string(seen).unwrap(), "-in\n+4511223344");
    }
}
