//! The built programs in a desktop of their own: from a frame on the wire to a notification, a tray and a window.
//!
//! The programs are taken as cargo has last built them (`./dev test` builds all), or from `RINGSIDE_BIN_DIR`.
//! `RINGSIDE_SHOTS` names a folder for pictures of what the scenarios see.
//! Nothing of the workspace is linked but the simulator, so what is tested is what people get. Start reading at
//! [`Desktop`], the throw-away desktop, then at [`App`], the programs in it; the scenarios are in `tests/`.

mod app;
mod browser;
mod desktop;
mod notifications;
mod play;
mod process;
mod reader;
mod services;
mod tray;
mod until;

pub use app::{ACCOUNT, App, Mode, secret};
pub use browser::Browser;
pub use desktop::{Audience, Desktop, Level, Looks, Seen};
pub use notifications::{Notification, Notifications};
pub use play::play;
pub use process::Process;
pub use reader::{Reader, Said, role};
pub use services::{Notifier, Services};
pub use tray::{Tray, Watcher};
pub use until::{DEADLINE, until};
