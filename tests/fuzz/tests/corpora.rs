//! Every seed and every finding, as they are and a little changed; the same on every machine, unless
//! `RINGSIDE_CHANGES` (how often each is changed) and `RINGSIDE_SEED` say otherwise.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends by a panic")]

use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

const CHANGES: u64 = 4;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn seeds(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scenarios = target.scenarios.map(|folder| here.join("../scenarios").join(folder));
    let mut all = files(&here.join("corpora").join(target.name));
    all.extend(scenarios.iter().flat_map(|folder| files(folder)));
    all.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// A few bytes other, a piece gone, a piece twice, or a piece of another one in it.
fn changed(rng: &mut fastrand::Rng, seed: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..rng.usize(1..6) {
        if bytes.is_empty() {
            return other.to_vec();
        }
        let from = rng.usize(..bytes.len());
        let until = (from + rng.usize(1..40)).min(bytes.len());
        match rng.u8(..5) {
            0 => bytes[from] = rng.u8(..),
            1 => drop(bytes.drain(from..until)),
            2 => {
                let piece = bytes[from..until].to_vec();
                bytes.splice(from..from, piece);
            }
            3 if !other.is_empty() => {
                let at = rng.usize(..other.len());
                bytes.splice(from..from, other[at..(at + 60).min(other.len())].iter().copied());
            }
            _ => bytes[from] ^= 1 << rng.u8(..8),
        }
    }
    bytes
}

fn play(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds(target);
    assert!(seeds.len() > 4, "{name} has hardly any seeds");
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    let changes = number("RINGSIDE_CHANGES").unwrap_or(CHANGES);
    let mut rng = fastrand::Rng::with_seed(number("RINGSIDE_SEED").unwrap_or(8));
    for (path, seed) in &seeds {
        let run = |bytes: &[u8], how: &str| {
            let outcome = std::panic::catch_unwind(|| (target.run)(bytes));
            let text = String::from_utf8_lossy(bytes);
            assert!(outcome.is_ok(), "{name}: {}, {how}, is:\n{text}", path.display());
        };
        run(seed, "as it is");
        for _ in 0..changes {
            let other = &seeds[rng.usize(..seeds.len())].1;
            run(&changed(&mut rng, seed, other), "changed");
        }
    }
}

macro_rules! targets {
    ($($test:ident: $name:literal,)+) => {
        $(
            #[test]
            fn $test() {
                play($name);
            }
        )+

        #[test]
        fn every_target_is_played() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$($name),+]);
        }
    };
}

targets! {
    nothing_over_bayeux_is_wrong: "bayeux",
    nothing_over_centrifugo_is_wrong: "centrifugo",
    nothing_over_kazoo_is_wrong: "kazoo",
    nothing_over_sockjs_is_wrong: "sockjs",
    nothing_in_stringees_frames_is_wrong: "stringee-frames",
    nothing_from_firmafon_is_wrong: "firmafon",
    nothing_from_semaswift_is_wrong: "semaswift",
    nothing_from_stringee_is_wrong: "stringee",
    nothing_from_firehose_is_wrong: "firehose",
    nothing_from_nguc_is_wrong: "nguc",
    nothing_in_settings_is_wrong: "settings",
    nothing_in_an_event_map_is_wrong: "event-map",
    nothing_asked_over_the_control_socket_is_wrong: "control",
    nothing_in_a_recording_is_wrong: "recording",
    nothing_in_an_address_is_wrong: "address",
    nothing_in_an_address_book_is_wrong: "contacts",
    nothing_in_a_change_of_the_settings_is_wrong: "settings-change",
    nothing_asked_of_the_history_is_wrong: "history",
    nothing_in_what_do_not_disturb_remembers_is_wrong: "dnd-file",
    nothing_in_a_retry_after_is_wrong: "retry-after",
}
