//! What do-not-disturb says to a call.

/// Whether a call is kept quiet, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing: it is off for this call's account.
    Nothing,
    /// Keep quiet about it.
    Quiet(&'static str),
    /// It is on, and this call is put before the person all the same.
    #[expect(dead_code, reason = "no caller can be chosen yet")]
    Through(&'static str),
}
