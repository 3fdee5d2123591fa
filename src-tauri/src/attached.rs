//! The engine of the resident agent, which is started if it does not run.

use std::{
    ffi::OsString,
    future::Future,
    os::unix::process::CommandExt as _,
    path::PathBuf,
    pin::Pin,
    process::{Command as Program, Stdio},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail};
use engine::{
    Command, Reply,
    control::{Client, Control},
    history::{Page, Query},
    patch::Update,
    settings_form::SettingsForm,
};
use model::{Problem, ProblemCode, View};
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::arguments::Arguments;

/// A healthy agent listens after some 40 ms.
const LISTENS_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(10);
const LOOK_AGAIN_EVERY: Duration = Duration::from_secs(1);

/// The resident agent, running or not. Clones are the same agent.
#[derive(Debug, Clone)]
pub struct Agent {
    socket: PathBuf,
    arguments: Vec<OsString>,
    starting: Arc<Mutex<()>>,
}

impl Agent {
    /// The agent that listens on `socket`, or will when it is started with these arguments.
    pub fn new(socket: PathBuf, arguments: &Arguments) -> Self {
        let mut given = vec![OsString::from("agent")];
        if arguments.demo {
            given.push("--demo".into());
        }
        if let Some(file) = &arguments.config {
            given.extend(["--config".into(), file.into()]);
        }
        Self { socket, arguments: given, starting: Arc::default() }
    }

    /// A client of the agent, which runs from then on.
    ///
    /// # Errors
    /// If it neither runs nor can be started.
    pub async fn attach(&self) -> anyhow::Result<Client> {
        let _alone = self.starting.lock().await;
        if let Ok(client) = self.client().await {
            return Ok(client);
        }
        let mut ended = self.start()?;
        let deadline = tokio::time::Instant::now() + LISTENS_WITHIN;
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                _ = look.tick() => if let Ok(client) = self.client().await {
                    return Ok(client);
                },
                // Another one may have been quicker.
                _ = &mut ended => return self.client().await.context(
                    "Ringside's resident part ends at once; run `ringside agent` in a terminal to see why",
                ),
                () = tokio::time::sleep_until(deadline) => {
                    bail!("Ringside's resident part does not answer; end `ringside agent` and try again")
                }
            }
        }
    }

    async fn client(&self) -> std::io::Result<Client> {
        Client::connect(self.socket.clone()).await
    }

    async fn pass_on(self, updates: mpsc::Sender<Update>) {
        match self.attach().await {
            Ok(client) => relay(client, &updates).await,
            Err(error) => {
                tracing::error!("{error:#}");
                drop(updates.send(Update::Detached).await);
            }
        }
        // Whoever ended the agent did not ask for another one, so it is only waited for.
        let mut look = tokio::time::interval(LOOK_AGAIN_EVERY);
        while !updates.is_closed() {
            look.tick().await;
            if let Ok(client) = self.client().await {
                relay(client, &updates).await;
            }
        }
    }

    /// Starts the agent; the receiver hears when it has ended.
    fn start(&self) -> anyhow::Result<oneshot::Receiver<()>> {
        let beside = std::env::current_exe()?.with_file_name("ringside");
        let program = if beside.exists() { beside } else { "ringside".into() };
        let mut agent = Program::new(&program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // A Ctrl-C for the windows is not meant for what stays.
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} cannot be started; install it again", program.display()))?;
        tracing::info!(pid = agent.id(), "started the agent");
        let (tell, ended) = oneshot::channel();
        std::thread::spawn(move || {
            match agent.wait() {
                Ok(status) => tracing::info!("the agent has ended: {status}"),
                Err(error) => tracing::warn!("the agent's end cannot be seen: {error}"),
            }
            drop(tell);
        });
        Ok(ended)
    }
}

async fn relay(client: Client, updates: &mpsc::Sender<Update>) {
    let mut source = client.follow();
    while let Some(update) = source.recv().await {
        if updates.send(update).await.is_err() {
            return;
        }
    }
}

fn not_running() -> Problem {
    Problem::new(ProblemCode::Internal, "Ringside's resident part is not running; open Ringside again.")
}

impl Control for Agent {
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>> {
        let agent = self.clone();
        Box::pin(async move { agent.client().await.map_err(|_| not_running())?.view().await })
    }

    /// Goes on after [`Update::Detached`] when an agent is there again.
    fn follow(&self) -> mpsc::Receiver<Update> {
        let (updates, receiver) = mpsc::channel(16);
        tokio::spawn(self.clone().pass_on(updates));
        receiver
    }

    fn calls(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Page, Problem>> + Send>> {
        let agent = self.clone();
        Box::pin(async move { agent.client().await.map_err(|_| not_running())?.calls(query).await })
    }

    fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>> {
        let agent = self.clone();
        Box::pin(async move { agent.client().await.map_err(|_| not_running())?.settings().await })
    }

    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let agent = self.clone();
        Box::pin(async move { agent.client().await.map_err(|_| not_running())?.act(command).await })
    }
}
