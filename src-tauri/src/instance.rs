//! One shell for one agent: who comes second hands its window to the first and ends.
//!
//! A lock and a socket beside the agent's do it without the agent, so that a shell whose agent is gone is still
//! found, and the agent cannot start shell after shell for one that hangs.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io::{Read as _, Write as _},
    os::unix::{
        fs::DirBuilderExt as _,
        net::{UnixListener, UnixStream},
    },
    path::Path,
    time::Duration,
};

use anyhow::Context as _;
use engine::Window;

const READ_WITHIN: Duration = Duration::from_secs(1);
const LONGEST_MESSAGE: u64 = 64;

/// The only shell. The lock ends with the process, however that ends.
#[derive(Debug)]
pub struct First {
    lock: File,
    listener: UnixListener,
}

/// Becomes the only shell beside `socket`; `None` if there is one, which has been handed the window.
pub fn claim(socket: &Path, window: Window) -> anyhow::Result<Option<First>> {
    if let Some(folder) = socket.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let (lock, door) = (socket.with_extension("shell.lock"), socket.with_extension("shell.sock"));
    let lock = File::options().create(true).append(true).open(lock)?;
    match lock.try_lock() {
        Ok(()) => {
            drop(fs::remove_file(&door));
            Ok(Some(First { lock, listener: UnixListener::bind(&door)? }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut first = UnixStream::connect(&door)
                .context("Ringside's window is just opening or closing; try again")?;
            first.write_all(&serde_json::to_vec(&window)?)?;
            Ok(None)
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

impl First {
    /// Calls `open` for every window that a later start hands over, until the process ends.
    pub fn receive(self, open: impl Fn(Window) + Send + 'static) {
        std::thread::spawn(move || {
            let _held = self.lock;
            for stream in self.listener.incoming() {
                match stream.map_err(anyhow::Error::from).and_then(read) {
                    Ok(window) => open(window),
                    Err(error) => tracing::warn!("a second start was not understood: {error:#}"),
                }
            }
        });
    }
}

fn read(stream: UnixStream) -> anyhow::Result<Window> {
    stream.set_read_timeout(Some(READ_WITHIN))?;
    let mut message = Vec::new();
    stream.take(LONGEST_MESSAGE).read_to_end(&mut message)?;
    Ok(serde_json::from_slice(&message)?)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_second_start_hands_its_window_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("control.sock");
        let first = claim(&socket, Window::Main).unwrap().expect("the first is the only one");
        let (opened, windows) = mpsc::channel();
        first.receive(move |window| opened.send(window).unwrap());
        assert!(claim(&socket, Window::Popup).unwrap().is_none());
        assert_eq!(windows.recv(), Ok(Window::Popup));
    }

    #[test]
    fn what_a_killed_shell_leaves_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("control.sock");
        drop(claim(&socket, Window::Main).unwrap());
        assert!(claim(&socket, Window::Main).unwrap().is_some());
    }
}
