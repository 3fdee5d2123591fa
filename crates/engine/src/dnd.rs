//! Do-not-disturb.

mod caller;

pub(crate) use caller::Says;
