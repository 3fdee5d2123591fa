use std::{future::Future, io, path::PathBuf, pin::Pin, sync::Arc};

use model::{Problem, ProblemCode, View};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    net::UnixStream,
    sync::mpsc,
};

use super::{Answer, Ask, Control};
use crate::{
    Command, Reply,
    history::{Page, Query},
    patch::Update,
    settings_form::SettingsForm,
};

/// The engine behind a control socket. Each call makes its own connection.
#[derive(Debug, Clone)]
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// A client of the agent that listens on `socket`.
    ///
    /// # Errors
    /// If nobody listens there.
    pub async fn connect(socket: PathBuf) -> io::Result<Self> {
        UnixStream::connect(&socket).await?;
        Ok(Self { socket })
    }

    /// How many tasks the agent has that have not ended.
    ///
    /// # Errors
    /// If it is gone, or too old to tell.
    pub async fn tasks(&self) -> Result<usize, Problem> {
        match Self::once(self.socket.clone(), Ask::Tasks).await? {
            Answer::Tasks { tasks } => Ok(tasks),
            Answer::Done { problem } => Err(problem.unwrap_or_else(misunderstood)),
            Answer::View { .. } | Answer::Update { .. } | Answer::Calls { .. } | Answer::Settings { .. } => {
                Err(misunderstood())
            }
        }
    }

    async fn ask(socket: PathBuf, ask: Ask) -> io::Result<Lines<BufReader<UnixStream>>> {
        let mut stream = UnixStream::connect(&socket).await?;
        let mut line = serde_json::to_vec(&ask)?;
        line.push(b'\n');
        stream.write_all(&line).await?;
        Ok(BufReader::new(stream).lines())
    }

    async fn once(socket: PathBuf, ask: Ask) -> Result<Answer, Problem> {
        let gone = || Problem::new(ProblemCode::Internal, "Ringside is not running; start `ringside agent`.");
        let mut lines = Self::ask(socket, ask).await.map_err(|_| gone())?;
        let line = lines.next_line().await.map_err(|_| gone())?.ok_or_else(gone)?;
        serde_json::from_str(&line).map_err(|_| misunderstood())
    }
}

fn misunderstood() -> Problem {
    Problem::new(ProblemCode::Internal, "The running Ringside is of another version; restart it.")
}

impl Control for Client {
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>> {
        let socket = self.socket.clone();
        Box::pin(async move {
            match Self::once(socket, Ask::View).await? {
                Answer::View { view } => Ok(view),
                Answer::Done { problem } => Err(problem.unwrap_or_else(misunderstood)),
                Answer::Update { .. }
                | Answer::Calls { .. }
                | Answer::Settings { .. }
                | Answer::Tasks { .. } => Err(misunderstood()),
            }
        })
    }

    fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>> {
        let socket = self.socket.clone();
        Box::pin(async move {
            match Self::once(socket, Ask::Settings).await? {
                Answer::Settings { form } => Ok(form),
                Answer::Done { problem } => Err(problem.unwrap_or_else(misunderstood)),
                Answer::View { .. } | Answer::Update { .. } | Answer::Calls { .. } | Answer::Tasks { .. } => {
                    Err(misunderstood())
                }
            }
        })
    }

    fn follow(&self) -> mpsc::Receiver<Update> {
        let socket = self.socket.clone();
        let (updates, receiver) = mpsc::channel(16);
        tokio::spawn(async move {
            if let Ok(mut lines) = Self::ask(socket, Ask::Follow).await {
                loop {
                    let line = tokio::select! {
                        line = lines.next_line() => line,
                        () = updates.closed() => return,
                    };
                    let Ok(Some(line)) = line else { break };
                    if let Ok(Answer::Update { update }) = serde_json::from_str(&line)
                        && updates.send(update).await.is_err()
                    {
                        return;
                    }
                }
            }
            drop(updates.send(Update::Detached).await);
        });
        receiver
    }

    fn calls(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Page, Problem>> + Send>> {
        let socket = self.socket.clone();
        Box::pin(async move {
            match Self::once(socket, Ask::Calls { query }).await? {
                Answer::Calls { page } => Ok(page),
                Answer::Done { problem } => Err(problem.unwrap_or_else(misunderstood)),
                Answer::View { .. }
                | Answer::Update { .. }
                | Answer::Settings { .. }
                | Answer::Tasks { .. } => Err(misunderstood()),
            }
        })
    }

    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let socket = self.socket.clone();
        Box::pin(async move {
            match Self::once(socket, Ask::Act { command }).await? {
                Answer::Done { problem } => problem.map_or(Ok(()), Err),
                Answer::View { .. }
                | Answer::Update { .. }
                | Answer::Calls { .. }
                | Answer::Settings { .. }
                | Answer::Tasks { .. } => Err(misunderstood()),
            }
        })
    }
}
