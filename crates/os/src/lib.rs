//! What the operating system gives: keyring, notifications, tray, windows, clipboard and browser, sleep,
//! network and lock signals, autostart.
//!
//! It implements the traits that `engine` declares, decides nothing and links no toolkit. Whatever is missing on
//! this computer becomes an [`Incoming::Part`](engine::Incoming::Part) with a sentence, and comes back by itself.
//! Every part that talks to a message bus is given its [`Bus`]; constructors that start a task need a tokio runtime.
//! Start reading at [`Notifications`].

mod activation;
mod autostart;
mod bus;
mod credentials;
mod desktop;
mod discretion;
mod errands;
mod host;
mod hotkeys;
mod icon;
mod keyring;
mod notify;
mod part;
mod shell;
mod text;
mod tray;

pub use activation::Activation;
pub use autostart::{Autostart, Starts};
pub use bus::Bus;
pub use credentials::Credentials;
pub use desktop::{Desktop, Places};
pub use discretion::Discretion;
pub use errands::Errands;
pub use host::Host;
pub use hotkeys::Hotkeys;
pub use icon::{Picture, pictures};
pub use keyring::Keyring;
pub use notify::Notifications;
pub use shell::Shell;
pub use tray::TrayIcon;
