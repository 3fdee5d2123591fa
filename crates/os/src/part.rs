use engine::Incoming;
use model::{Problem, ProblemCode};
use tokio::sync::mpsc;
use tracing::{debug, warn};

/// Tells the engine whether a part of this computer works, and only when that changes.
pub(crate) struct Part {
    name: &'static str,
    incoming: mpsc::Sender<Incoming>,
    told: Option<&'static str>,
}

impl Part {
    pub(crate) fn new(name: &'static str, incoming: mpsc::Sender<Incoming>) -> Self {
        Self { name, incoming, told: None }
    }

    pub(crate) async fn works(&mut self) {
        self.tell(None).await;
    }

    /// `text`: one sentence that says what to do.
    pub(crate) async fn fails(&mut self, text: &'static str) {
        self.tell(Some(text)).await;
    }

    async fn tell(&mut self, text: Option<&'static str>) {
        if self.told == text {
            return;
        }
        self.told = text;
        match text {
            Some(text) => warn!(part = self.name, "{text}"),
            None => debug!(part = self.name, "works again"),
        }
        let problem = text.map(|text| Problem::new(ProblemCode::Desktop, text));
        // Nobody listens any more only while the program ends.
        self.incoming.send(Incoming::Part(self.name, problem)).await.ok();
    }
}
