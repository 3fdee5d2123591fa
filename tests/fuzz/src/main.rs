//! The targets under libFuzzer; `RINGSIDE_FUZZ` names the one. It must never be part of a usual build.
#![no_main]

use std::sync::LazyLock;

static RUN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("RINGSIDE_FUZZ").unwrap_or_default();
    match fuzz::TARGETS.iter().find(|target| target.name == name) {
        Some(target) => target.run,
        None => panic!("RINGSIDE_FUZZ is `{name}`, which is none of the targets"),
    }
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| RUN(input));
