use std::{future::Future, pin::Pin, sync::Arc};

use model::{Problem, ProblemCode, View};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::{
    Command, Incoming, Reply, Window,
    control::Control,
    history::{Page, Query},
    patch::{Patch, Update},
    settings_form::SettingsForm,
    store::Store,
};

/// The engine as seen in its own process.
#[derive(Clone)]
pub struct Handle {
    queue: mpsc::Sender<Incoming>,
    view: watch::Receiver<Arc<View>>,
    windows: broadcast::Sender<Window>,
    store: Option<Store>,
}

impl Handle {
    pub(crate) fn new(
        queue: mpsc::Sender<Incoming>,
        view: watch::Receiver<Arc<View>>,
        windows: broadcast::Sender<Window>,
        store: Option<Store>,
    ) -> Self {
        Self { queue, view, windows, store }
    }

    /// The views as they come, at most 20 a second.
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.view.clone()
    }
}

impl Control for Handle {
    fn view(&self) -> Pin<Box<dyn Future<Output = Result<Arc<View>, Problem>> + Send>> {
        let queue = self.queue.clone();
        Box::pin(async move {
            let (reply, view) = oneshot::channel();
            queue.send(Incoming::Look(reply)).await.map_err(|_| ending())?;
            view.await.map_err(|_| ending())
        })
    }

    fn follow(&self) -> mpsc::Receiver<Update> {
        let (updates, receiver) = mpsc::channel(16);
        let (mut views, mut windows) = (self.view.clone(), self.windows.subscribe());
        let queue = self.queue.clone();
        tokio::spawn(async move {
            // An engine that is ending tells so by its views.
            drop(queue.send(Incoming::Followed).await);
            drop(queue);
            let mut sent = Arc::clone(&views.borrow_and_update());
            let mut next = Some(Update::View { view: Arc::clone(&sent) });
            loop {
                if let Some(update) = next.take()
                    && updates.send(update).await.is_err()
                {
                    return;
                }
                tokio::select! {
                    changed = views.changed() => {
                        if changed.is_err() {
                            drop(updates.send(Update::Detached).await);
                            return;
                        }
                        let view = Arc::clone(&views.borrow_and_update());
                        next = Patch::between(&sent, &view).map(Update::Patch);
                        sent = view;
                    }
                    window = windows.recv() => next = window.ok().map(|window| Update::Open { window }),
                    () = updates.closed() => return,
                }
            }
        });
        receiver
    }

    fn calls(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Page, Problem>> + Send>> {
        let store = self.store.clone();
        Box::pin(async move {
            match store {
                Some(store) => store.page(query).await,
                None => {
                    Err(Problem::new(ProblemCode::Storage, "Nothing keeps calls here; use `ringside agent`."))
                }
            }
        })
    }

    fn settings(&self) -> Pin<Box<dyn Future<Output = Result<SettingsForm, Problem>> + Send>> {
        let queue = self.queue.clone();
        Box::pin(async move {
            let (reply, form) = oneshot::channel();
            queue.send(Incoming::LookAtSettings(reply)).await.map_err(|_| ending())?;
            form.await.map_err(|_| ending())
        })
    }

    fn act(&self, command: Command) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let queue = self.queue.clone();
        Box::pin(async move {
            let (reply, done) = oneshot::channel();
            queue.send(Incoming::Command(command, reply)).await.map_err(|_| ending())?;
            done.await.map_err(|_| ending())?
        })
    }
}

fn ending() -> Problem {
    Problem::new(ProblemCode::Internal, "Ringside is ending; start it again.")
}
