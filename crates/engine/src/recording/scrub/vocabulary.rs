use std::{collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("vocabulary.txt").split_whitespace().collect());

/// Whether a word says nothing of anybody: `CHANNEL`, `answered`, `upptagen`.
pub(super) fn is_known(word: &str) -> bool {
    word.len() == 1 && word.is_ascii() || WORDS.contains(word.to_lowercase().as_str())
}

/// The words of `onlineStatus`, `CHANNEL_CREATE` or `call2`, digits left out.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).flat_map(humps).filter(|word| !word.is_empty())
}

/// `onlineStatus` at its humps.
fn humps(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut begin, mut before) = (0, None);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
        let hump = c.is_uppercase()
            && before
                .is_some_and(|before: char| before.is_lowercase() || next_is_small && before.is_uppercase());
        if hump {
            words.extend(text.get(begin..at));
            begin = at;
        }
        before = Some(c);
    }
    words.extend(text.get(begin..));
    words
}
