//! The running program without a face: links, the supervisor, and the one loop that owns what is known.
//!
//! It knows neither a toolkit nor, outside the table in `providers`, a vendor's name; what the operating system
//! gives comes in through the traits [`Face`], [`Secrets`] and [`Windows`].
//! Start reading at [`Incoming`], the one enum of all that can happen, then at [`start`], the loop.

mod alert;
mod asked;
mod backlog;
mod camp;
pub mod check;
mod clock;
mod command;
pub mod contacts;
pub mod control;
mod core;
mod desk;
mod dnd;
mod engine;
mod face;
mod favourites;
mod file;
mod handle;
pub mod history;
mod hotkeys;
mod incoming;
mod link;
pub mod logs;
mod look;
mod network;
mod outputs;
#[doc(hidden)]
pub mod outside;
pub mod patch;
pub mod paths;
mod recording;
mod secrets;
mod settings;
pub mod store;
mod supervisor;
pub mod tray;

pub use alert::{Alert, AlertAction, AlertKind, peer_title};
pub use asked::check_account;
pub use clock::{Clock, SystemClock};
pub use command::{Command, DndLength, NewAccount, Reply, Secret, SettingChange, Window};
pub use core::Observed;
pub use desk::{Desk, Notice};
pub use engine::{Parts, queue, start};
pub use face::{Errands, Face, Possible, Windows};
pub use file::write_atomically;
pub use handle::Handle;
pub use hotkeys::Hotkey;
pub use incoming::{HostEvent, Incoming, Order, Surroundings};
pub use link::{Link, Replayed, replay};
pub use network::{Names, Reach};
pub use recording::Recorder;
pub use secrets::{FixedSecrets, SecretFault, Secrets};
pub use settings::{
    Account, Fault, Network, Popups, REPEATED, SECTIONS, Section, Settings, add_account,
    form as settings_form, remove_account, schema,
};
