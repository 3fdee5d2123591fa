//! The two ids that make a session's address.

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LENGTH: usize = 20;

/// SplitMix64; the ids need to differ, not to be secret.
#[derive(Debug)]
pub(super) struct Ids(u64);

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Three digits for load balancers, a slash, and the session's own id.
    pub(super) fn path(&mut self) -> String {
        let server = 100 + self.number() % 900;
        let mut path = format!("{server}/");
        let mut bits = 0;
        for at in 0..LENGTH {
            if at % 12 == 0 {
                bits = self.number();
            }
            path.extend(LETTERS.get((bits % 32) as usize).map(|&letter| char::from(letter)));
            bits /= 32;
        }
        path
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn paths_have_their_form_and_are_never_the_same() {
        let mut seen = BTreeSet::new();
        for seed in 0..200 {
            let mut ids = Ids::new(seed);
            for _ in 0..10 {
                let path = ids.path();
                let (server, session) = path.split_once('/').unwrap();
                assert!(server.len() == 3 && server.parse::<u16>().is_ok(), "{path}");
                assert!(session.len() == LENGTH && session.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                assert!(seen.insert(path));
            }
        }
    }
}
