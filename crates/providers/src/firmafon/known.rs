//! Who was listed or heard of.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// Everybody's id as a hash, a fifth of what the ids would take. Somebody new whose hash is another's is asked for
/// with the next reading of all.
#[derive(Debug, Default)]
pub(super) struct Known(HashSet<u64>);

impl Known {
    /// Takes note of somebody; whether that is news.
    pub(super) fn add(&mut self, id: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        self.0.insert(hasher.finish())
    }
}
