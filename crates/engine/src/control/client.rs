use std::{future::Future, io, path::PathBuf, pin::Pin, sync::Arc, time::Duration};

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

/// Longer than the agent itself waits for its disk.
const ANSWERS_WITHIN: Duration = Duration::from_secs(25);

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
        let tasks = |answer| if let Answer::Tasks { tasks } = answer { Some(tasks) } else { None };
        Self::once(self.socket.clone(), Ask::Tasks, tasks).await
    }

    async fn ask(socket: PathBuf, ask: Ask) -> io::Result<Lines<BufReader<UnixStream>>> {
        let mut stream = UnixStream::connect(&socket).await?;
        let mut line = serde_json::to_vec(&ask)?;
        line.push(b'\n');
        stream.write_all(&line).await?;
        Ok(BufReader::new(stream).lines())
    }

    /// One question, and what is to be taken from its answer.
    async fn once<T>(
        socket: PathBuf,
        ask: Ask,
        take: impl FnOnce(Answer) -> Option<T>,
    ) -> Result<T, Problem> {
        let gone = || Problem::new(ProblemCode::Internal, "Ringside is not running; start `ringside agent`.");
        // A person may be asked for the keyring's password before something is done.
        let patience = (!matches!(ask, Ask::Act { .. })).then_some(ANSWERS_WITHIN);
        let answer = async {
            let mut lines = Self::ask(socket, ask).await.map_err(|_| gone())?;
            lines.next_line().await.map_err(|_| gone())?.ok_or_else(gone)
        };
        let line = match patience {
            Some(patience) => tokio::time::timeout(patience, answer).await.map_err(|_| hung())?,
            None => answer.await,
        }?;
        let answer: Answer = serde_json::from_str(&line).map_err(|_| misunderstood())?;
        if let Answer::Done { problem: Some(problem) } = answer {
            return Err(problem);
        }
        take(answer).ok_or_else(misunderstood)
    }
}

fn hung() -> Problem {
    let text = "Ringside is running but does not answer; end it by `pkill -9 -x ringside` and start `ringside agent` again.";
    Problem::new(ProblemCode::Internal, text)
}

fn misunderstood() -> Problem {
    Problem::new(ProblemCode::Internal, "The running Ringside is of another version; restart it.")
}

impl Control for Client {
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>> {
        let view = |answer| if let Answer::View { view } = answer { Some(view) } else { None };
        Box::pin(Self::once(self.socket.clone(), Ask::View, view))
    }

    fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>> {
        let form = |answer| if let Answer::Settings { form } = answer { Some(form) } else { None };
        Box::pin(Self::once(self.socket.clone(), Ask::Settings, form))
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
        let page = |answer| if let Answer::Calls { page } = answer { Some(page) } else { None };
        Box::pin(Self::once(self.socket.clone(), Ask::Calls { query }, page))
    }

    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let done = |answer| matches!(answer, Answer::Done { .. }).then_some(());
        Box::pin(Self::once(self.socket.clone(), Ask::Act { command }, done))
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::UnixListener;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_agent_that_hangs_is_said_to() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        // Who connects is taken in by the system, and nobody answers.
        let _listener = UnixListener::bind(&socket).unwrap();
        let client = Client::connect(socket).await.unwrap();
        let problem = client.view().await.unwrap_err();
        assert!(problem.text.contains("does not answer"), "{}", problem.text);
        assert!(client.tasks().await.is_err() && client.calls(Query::default()).await.is_err());
    }
}
