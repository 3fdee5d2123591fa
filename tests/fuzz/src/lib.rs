//! Targets: each takes any bytes, and panics only where the program would be wrong.
//!
//! What is a conversation is written as in `tests/scenarios`, so that every scenario is a seed, and a finding can be
//! read and becomes a scenario. It must never need more than the bytes: no clock, no files, no network.
//! Start reading at [`TARGETS`].

mod conversation;
mod session;
mod text;
mod wire;

/// Something that reads what comes from outside.
#[derive(Debug)]
pub struct Target {
    /// As `./dev fuzz` calls it, and its folder in `corpora`.
    pub name: &'static str,
    /// A folder of `tests/scenarios` whose scripts are seeds as well.
    pub scenarios: Option<&'static str>,
    /// Reads `input`.
    pub run: fn(&[u8]),
}

const fn target(name: &'static str, scenarios: Option<&'static str>, run: fn(&[u8])) -> Target {
    Target { name, scenarios, run }
}

/// All of them.
pub static TARGETS: &[Target] = &[
    target("bayeux", Some("bayeux"), wire::bayeux),
    target("centrifugo", Some("centrifugo"), wire::centrifugo),
    target("kazoo", Some("kazoo"), wire::kazoo),
    target("sockjs", Some("sockjs"), wire::sockjs),
    target("stringee-frames", Some("stringee-frames"), wire::stringee),
    target("firmafon", Some("firmafon"), session::firmafon),
    target("semaswift", Some("semaswift"), session::semaswift),
    target("stringee", Some("stringee"), session::stringee),
    target("firehose", Some("firehose"), session::firehose),
    target("nguc", Some("nguc"), session::nguc),
    target("settings", None, text::settings),
    target("event-map", None, text::event_map),
    target("control", None, text::control),
    target("recording", None, text::recording),
    target("address", None, text::address),
    target("contacts", None, text::contacts),
    target("settings-change", None, engine::outside::settings_change),
    target("history", None, engine::outside::history),
    target("dnd-file", None, engine::outside::dnd_file),
    target("retry-after", None, engine::outside::retry_after),
];
