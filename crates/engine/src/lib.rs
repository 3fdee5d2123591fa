//! The running program without a face: links, the supervisor, and the one loop that owns what is known.
//!
//! It knows neither a toolkit nor, outside the table in `providers`, a vendor's name; what the operating system
//! gives comes in through the traits [`Face`], [`Secrets`] and [`Windows`].
//! Start reading at [`Incoming`], the one enum of all that can happen, then at `core`, the loop.

mod alert;
mod clock;
mod command;
pub mod control;
mod core;
mod face;
mod incoming;
mod outputs;
pub mod patch;
mod secrets;
mod settings;
pub mod tray;

pub use alert::{Alert, AlertAction, AlertKind};
pub use clock::{Clock, SystemClock};
pub use command::{Command, DndLength, NewAccount, Reply, Secret, Window};
pub use core::Observed;
pub use face::{Face, Windows};
pub use incoming::{HostEvent, Incoming, Order};
pub use secrets::{SecretFault, Secrets};
pub use settings::{Account, Fault, Network, Popups, Settings, add_account, remove_account, schema};
