use std::sync::{Arc, Mutex, PoisonError};

/// The desktop's leave to raise a window, from the click that asked for it to the window that uses it.
#[derive(Debug, Clone, Default)]
pub struct Activation(Arc<Mutex<Option<String>>>);

impl Activation {
    /// Keeps the token of the last click (XDG activation, or a startup id on X11).
    pub fn put(&self, token: String) {
        *self.slot() = Some(token);
    }

    /// The token, once.
    pub fn take(&self) -> Option<String> {
        self.slot().take()
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
