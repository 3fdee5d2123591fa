use std::collections::HashSet;

use anyhow::{Context as _, Result};
use zbus::{Connection, Proxy, fdo::DBusProxy, zvariant::OwnedObjectPath};

use crate::{Desktop, Process, process::Start, until};

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// Where things of every program are found (AT-SPI 2).
const REGISTRY: (&str, &str) = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root");
const LAUNCHERS: [&str; 2] =
    ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"];
/// More than a window shows.
const MOST: usize = 3_000;

/// What a screen reader is told of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is, as `AtspiRole` numbers it; [`role`] has the names.
    pub role: u32,
    /// What it is called.
    pub name: String,
    place: (String, OwnedObjectPath),
}

/// The roles that are asked for (atspi-constants.h).
pub mod role {
    #![expect(missing_docs, reason = "they are named as people say them")]
    pub const MENU_BUTTON: u32 = 11;
    pub const LIST: u32 = 31;
    pub const BUTTON: u32 = 43;
    pub const ENTRY: u32 = 79;
    pub const HEADING: u32 = 83;
    pub const ALERT: u32 = 101;
}

/// A screen reader's way into a [`Desktop`]: the accessibility bus, and all that programs put there.
#[derive(Debug)]
pub struct Reader {
    bus: Connection,
    _launcher: Process,
}

impl Reader {
    /// Begins to listen, before the programs under test start.
    ///
    /// # Errors
    /// If at-spi2-core is not installed (`./dev setup`) or does not come up.
    pub async fn start(desktop: &Desktop) -> Result<Self> {
        let launcher = LAUNCHERS.into_iter().find(|path| std::path::Path::new(path).exists());
        let launcher = launcher.context("at-spi2-core is needed; run ./dev setup")?;
        let launcher = Process::start(&Start {
            command: &[launcher, "--launch-immediately", "--a11y=1", "--screen-reader=1"],
            environment: desktop.environment(),
            log: desktop.log("at-spi"),
            input: None,
        })?;
        let session = desktop.bus();
        let names = DBusProxy::new(session).await?;
        until("the accessibility bus is there", async || {
            Ok(names.name_has_owner("org.a11y.Bus".try_into()?).await?.then_some(()))
        })
        .await?;
        let place = Proxy::new(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").await?;
        let address: String = place.call("GetAddress", &()).await?;
        let bus = zbus::connection::Builder::address(address.as_str())?.build().await?;
        Ok(Self { bus, _launcher: launcher })
    }

    /// Everything that is said of the window with this title, from its top to its end.
    ///
    /// # Errors
    /// If the bus is gone.
    pub async fn read(&self, window: &str) -> Result<Vec<Said>> {
        let root = (REGISTRY.0.to_owned(), OwnedObjectPath::try_from(REGISTRY.1)?);
        let mut seen = HashSet::new();
        let mut next = vec![(root, false)];
        let mut said = Vec::new();
        while let Some((place, inside)) = next.pop() {
            if said.len() >= MOST || !seen.insert(place.clone()) {
                continue;
            }
            // What goes away while it is looked at is not there.
            let Ok((one, children)) = self.look(place).await else { continue };
            let inside = inside || one.name == window;
            if inside {
                said.push(one);
            }
            next.extend(children.into_iter().rev().map(|child| (child, inside)));
        }
        Ok(said)
    }

    async fn look(&self, place: (String, OwnedObjectPath)) -> Result<(Said, Vec<(String, OwnedObjectPath)>)> {
        let proxy = Proxy::new(&self.bus, place.0.clone(), place.1.clone(), ACCESSIBLE).await?;
        let role: u32 = proxy.call("GetRole", &()).await?;
        let name: String = proxy.get_property("Name").await.unwrap_or_default();
        let mut children: Vec<(String, OwnedObjectPath)> =
            proxy.call("GetChildren", &()).await.unwrap_or_default();
        // A page lies in another process, and the window's list leaves it out.
        if children.is_empty() && proxy.get_property::<i32>("ChildCount").await.unwrap_or_default() > 0 {
            children.push(proxy.call("GetChildAtIndex", &(0_i32,)).await?);
        }
        children.retain(|(program, path)| !program.is_empty() && !path.ends_with("/null"));
        Ok((Said { role, name, place }, children))
    }

    /// Waits until a window says that it has this, among other things.
    ///
    /// # Errors
    /// If it does not.
    pub async fn until_said(&self, window: &str, role: u32, name: &str) -> Result<Said> {
        let mut all = Vec::new();
        let found = until(&format!("a screen reader is told of “{name}” ({role})"), async || {
            all = self.read(window).await?;
            Ok(all.iter().find(|one| one.role == role && one.name.contains(name)).cloned())
        })
        .await;
        found.with_context(|| {
            all.iter().map(|one| format!("{} “{}”\n", one.role, one.name)).collect::<String>()
        })
    }

    /// Presses something, as a screen reader does: wherever the keyboard is.
    ///
    /// # Errors
    /// If it cannot be pressed.
    pub async fn press(&self, said: &Said) -> Result<()> {
        let (program, path) = said.place.clone();
        let proxy = Proxy::new(&self.bus, program, path, "org.a11y.atspi.Action").await?;
        let done: bool = proxy.call("DoAction", &(0_i32,)).await?;
        anyhow::ensure!(done, "it cannot be pressed: {said:?}");
        Ok(())
    }
}
