//! The notification services that people have, on a screen of their own.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use engine::{AlertAction, AlertKind, Face as _, Incoming};
use os::{Activation, Notifications};
use tokio::sync::mpsc;
use zbus::Connection;

use crate::{
    bus::{TestBus, stop},
    notifications::alert,
    soon,
};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Neither service tells when something is on the screen.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const DUNST: &str = "org.dunstproject.cmd0";

/// A screen with one notification service; what was started first ends last.
struct Screen {
    started: Vec<Child>,
    display: String,
    bus: TestBus,
}

impl Screen {
    async fn start(service: &[&str]) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Xvfb did not start ({error}); run ./dev setup to install it."));
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let mut screen =
            Self { started: vec![server], display: format!(":{}", number.trim()), bus: TestBus::start() };
        let (program, arguments) = service.split_first().unwrap();
        let mut command = screen.command(program);
        let started = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        screen.started.push(started.unwrap_or_else(|error| {
            panic!("{} did not start ({error}); run ./dev setup to install it.", program)
        }));
        soon(screen.bus.owned(NAME)).await;
        screen
    }

    /// A program that sees this screen and this bus, and nobody's settings.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .env("HOME", self.bus.folder())
            .env("XDG_CONFIG_HOME", self.bus.folder())
            .env("XDG_RUNTIME_DIR", self.bus.folder())
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "memory")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY");
        command
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.started.iter_mut().rev().for_each(stop);
    }
}

async fn count(connection: &Connection, property: &str) -> u32 {
    let properties = zbus::fdo::PropertiesProxy::new(connection, NAME, PATH).await.unwrap();
    let value = properties.get(DUNST.try_into().unwrap(), property).await.unwrap();
    value.downcast_ref::<u32>().unwrap()
}

/// Dunst does not tell when it shows; it is asked until it does.
async fn until_displayed(connection: &Connection, wanted: u32) {
    soon(async {
        while count(connection, "displayedLength").await != wanted {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    })
    .await;
}

async fn pressed(incoming: &mut mpsc::Receiver<Incoming>) -> AlertAction {
    loop {
        match soon(incoming.recv()).await.unwrap() {
            Incoming::Pressed(call, action) => {
                assert_eq!(call, "a/1".into());
                return action;
            }
            Incoming::Part("notifications", None) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn complaint_2_dunst_shows_a_call_once_and_takes_it_away_when_it_is_answered() {
    let screen = Screen::start(&["dunst", "-config", "/dev/null"]).await;
    let connection = screen.bus.connect().await;
    let (sender, _incoming) = mpsc::channel(16);
    let mut notifications = Notifications::new(screen.bus.bus(), sender, Activation::default());
    notifications.show(&alert("a/1", AlertKind::Incoming, "+4511223344"));
    until_displayed(&connection, 1).await;
    notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    notifications.show(&alert("a/2", AlertKind::Incoming, "Bo"));
    until_displayed(&connection, 2).await;
    notifications.withdraw(&"a/2".into());
    notifications.show(&alert("a/1", AlertKind::Incoming, "Anna of Sales"));
    notifications.withdraw(&"a/1".into());
    until_displayed(&connection, 0).await;
}

/// XFCE's service tells nothing; what is on the screen is looked at.
fn windows(screen: &Screen) -> Vec<String> {
    let found = screen
        .command("xdotool")
        .args(["search", "--onlyvisible", "--class", "xfce4-notifyd"])
        .output()
        .unwrap_or_else(|error| panic!("xdotool did not start ({error}); run ./dev setup to install it."));
    String::from_utf8(found.stdout).unwrap().lines().map(str::to_owned).collect()
}

async fn until_windows(screen: &Screen, wanted: usize) -> Vec<String> {
    soon(async {
        loop {
            let windows = windows(screen);
            if windows.len() == wanted {
                return windows;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    })
    .await
}

#[tokio::test]
async fn complaint_5_xfces_service_shows_a_call_and_a_press_comes_back() {
    let file = "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service";
    let file = std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("xfce4-notifyd is missing ({error}); run ./dev setup to install it."));
    let service = file.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
    let screen = Screen::start(&[service]).await;
    let (sender, mut incoming) = mpsc::channel(16);
    let mut notifications = Notifications::new(screen.bus.bus(), sender, Activation::default());
    notifications.show(&alert("a/1", AlertKind::Incoming, "Anna"));
    let window = until_windows(&screen, 1).await.remove(0);
    // A click on its text only closes it, but what that would do is its first button.
    let press = ["mousemove", "--window", &window, "40", "90", "click", "1"];
    assert!(screen.command("xdotool").args(press).status().unwrap().success());
    assert_eq!(pressed(&mut incoming).await, AlertAction::Open);
    notifications.withdraw(&"a/1".into());
    until_windows(&screen, 0).await;
}
