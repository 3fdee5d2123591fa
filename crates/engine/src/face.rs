use model::CallId;

use crate::{Alert, Window};

/// A place where alerts are shown. Calls return at once: whatever takes time happens behind them.
///
/// State goes to faces by the engine's `watch`; only what may neither be merged nor lost comes this way.
pub trait Face: Send {
    /// Shows an alert, in place of a former one for the same call.
    fn show(&mut self, alert: &Alert);

    /// Takes the alert of this call away; nothing if there is none.
    fn withdraw(&mut self, call: &CallId);
}

/// What opens windows when no shell is attached.
pub trait Windows: Send {
    /// Starts the shell with this window.
    fn open(&mut self, window: Window);
}

/// What a desktop does for a person besides showing; calls return at once.
pub trait Errands: Send {
    /// What can be done here.
    fn possible(&self) -> Possible;

    /// Puts a text on the clipboard.
    fn copy(&mut self, text: &str);

    /// Opens an address in the person's browser.
    fn browse(&mut self, address: &str);
}

/// Which [`Errands`] can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Possible {
    /// There is a clipboard that can be reached.
    pub copies: bool,
    /// There is something that opens addresses.
    pub browses: bool,
}
