use std::{
    collections::VecDeque,
    fs::{self, File},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use model::{Problem, ProblemCode};
use rustix::fs::FlockOperation;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream, unix::OwnedWriteHalf},
    task::{AbortHandle, JoinHandle},
};

use super::{Answer, Ask, Control, LONGEST_ASK};

const MOST_CLIENTS: usize = 64;

/// A client that asks nothing, or does not read its answer, gives its place to another after this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// The control socket, open until dropped.
#[derive(Debug)]
pub struct Server {
    socket: PathBuf,
    accepting: JoinHandle<()>,
    /// Held for as long as this is the only one.
    _lock: File,
}

/// Why there is no control socket.
#[derive(Debug, thiserror::Error)]
pub enum ServerFault {
    /// Another agent of the same user has it.
    #[error("another Ringside is running; stop it first, or use that one")]
    Taken,
    /// The socket cannot be made.
    #[error("the control socket cannot be made at {0}: {1}")]
    Io(PathBuf, io::Error),
}

impl Server {
    /// Takes the socket, if no other agent has it.
    ///
    /// # Errors
    /// See [`ServerFault`]. Must be called inside a tokio runtime.
    pub fn bind(socket: &Path) -> Result<Bound, ServerFault> {
        let fault = |error| ServerFault::Io(socket.to_owned(), error);
        let folder = socket.parent().unwrap_or_else(|| Path::new("."));
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fault)?;
        let mut options = File::options();
        options.write(true).create(true).truncate(false).mode(0o600);
        let lock = options.open(socket.with_extension("lock")).map_err(fault)?;
        rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).map_err(|_| ServerFault::Taken)?;
        match fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fault(error)),
            _ => {}
        }
        let listener = UnixListener::bind(socket).map_err(fault)?;
        fs::set_permissions(socket, fs::Permissions::from_mode(0o600)).map_err(fault)?;
        Ok(Bound { socket: socket.to_owned(), listener, lock })
    }
}

/// A socket that is taken and does not answer yet.
#[derive(Debug)]
pub struct Bound {
    socket: PathBuf,
    listener: UnixListener,
    lock: File,
}

impl Bound {
    /// Begins to answer.
    pub fn serve(self, control: Arc<dyn Control>) -> Server {
        let accepting = tokio::spawn(accept(self.listener, control));
        Server { socket: self.socket, accepting, _lock: self.lock }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
        drop(fs::remove_file(&self.socket));
    }
}

/// A connection, until it is closed.
struct Visit {
    has_asked: Arc<AtomicBool>,
    task: AbortHandle,
}

async fn accept(listener: UnixListener, control: Arc<dyn Control>) {
    let mut visits: VecDeque<Visit> = VecDeque::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a control connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let ours = stream.peer_cred().is_ok_and(|peer| peer.uid() == rustix::process::geteuid().as_raw());
        if !ours {
            tracing::warn!("a control connection of another user was refused");
            continue;
        }
        visits.retain(|visit| !visit.task.is_finished());
        if visits.len() >= MOST_CLIENTS {
            // Whoever has been silent for longest gives way, so that silence keeps nobody out.
            let silent = visits.iter().position(|visit| !visit.has_asked.load(Ordering::Relaxed));
            let Some(silent) = silent.and_then(|at| visits.remove(at)) else {
                tracing::warn!("too many control connections");
                continue;
            };
            silent.task.abort();
        }
        let (control, has_asked) = (Arc::clone(&control), Arc::new(AtomicBool::new(false)));
        let asked = Arc::clone(&has_asked);
        let task = tokio::spawn(async move {
            if let Err(error) = converse(stream, control.as_ref(), &asked).await {
                tracing::debug!(%error, "a control connection broke");
            }
        });
        visits.push_back(Visit { has_asked, task: task.abort_handle() });
        // What it has written already is read before others come.
        tokio::task::yield_now().await;
    }
}

async fn converse(stream: UnixStream, control: &dyn Control, has_asked: &AtomicBool) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = Vec::new();
    let mut read = BufReader::new(read);
    within_patience((&mut read).take(LONGEST_ASK).read_until(b'\n', &mut line)).await?;
    if line.is_empty() {
        return Ok(());
    }
    has_asked.store(true, Ordering::Relaxed);
    let Ok(ask) = serde_json::from_slice::<Ask>(&line) else {
        // The parser's own words could quote a secret.
        let problem =
            Problem::new(ProblemCode::Protocol, "This request is not understood; see the contract.");
        return send(&mut write, &Answer::Done { problem: Some(problem) }).await;
    };
    match ask {
        Ask::View => {
            let answer = match control.view().await {
                Ok(view) => Answer::View { view },
                Err(problem) => Answer::Done { problem: Some(problem) },
            };
            send(&mut write, &answer).await
        }
        Ask::Calls { query } => {
            let answer = match control.calls(query).await {
                Ok(page) => Answer::Calls { page },
                Err(problem) => Answer::Done { problem: Some(problem) },
            };
            send(&mut write, &answer).await
        }
        Ask::Settings => {
            let answer = match control.settings().await {
                Ok(form) => Answer::Settings { form },
                Err(problem) => Answer::Done { problem: Some(problem) },
            };
            send(&mut write, &answer).await
        }
        Ask::Act { command } => {
            send(&mut write, &Answer::Done { problem: control.act(command).await.err() }).await
        }
        Ask::Tasks => {
            let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
            send(&mut write, &Answer::Tasks { tasks }).await
        }
        Ask::Follow => {
            let mut updates = control.follow();
            let mut rest = [0; 64];
            loop {
                tokio::select! {
                    update = updates.recv() => match update {
                        Some(update) => send(&mut write, &Answer::Update { update }).await?,
                        None => return Ok(()),
                    },
                    // The follower has nothing more to say: whatever comes is its end.
                    read = read.read(&mut rest) => if read? == 0 { return Ok(()) },
                }
            }
        }
    }
}

async fn send(write: &mut OwnedWriteHalf, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    within_patience(write.write_all(&line)).await
}

async fn within_patience<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    tokio::time::timeout(PATIENCE, work).await.map_err(|_| io::ErrorKind::TimedOut)?
}
