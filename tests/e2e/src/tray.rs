use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result};
use zbus::{
    Connection, Proxy, interface,
    message::Header,
    object_server::SignalEmitter,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::until;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// Where tray items register, as a panel would offer it.
#[derive(Debug, Clone)]
pub struct Watcher {
    items: Arc<Mutex<Vec<Item>>>,
    bus: Connection,
}

#[derive(Debug, Clone)]
struct Item {
    owner: String,
    path: String,
}

struct Server {
    items: Arc<Mutex<Vec<Item>>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Server {
    async fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        let path = if service.starts_with('/') { service } else { "/StatusNotifierItem".to_owned() };
        let name = format!("{owner}{path}");
        self.items.lock().unwrap_or_else(PoisonError::into_inner).push(Item { owner, path });
        drop(Self::status_notifier_item_registered(&emitter, &name).await);
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.iter().map(|item| format!("{}{}", item.owner, item.path)).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(emitter: &SignalEmitter<'_>, item: &str) -> zbus::Result<()>;
}

impl Watcher {
    pub(crate) async fn serve(bus: &Connection) -> Result<Self> {
        let items = Arc::<Mutex<Vec<_>>>::default();
        bus.object_server().at("/StatusNotifierWatcher", Server { items: Arc::clone(&items) }).await?;
        bus.request_name(WATCHER).await?;
        Ok(Self { items, bus: bus.clone() })
    }

    /// The tray item that is there, or comes.
    ///
    /// # Errors
    /// If none registers.
    pub async fn item(&self) -> Result<Tray> {
        let item = until("a tray item registers", async || {
            Ok(self.items.lock().unwrap_or_else(PoisonError::into_inner).last().cloned())
        })
        .await?;
        Ok(Tray { bus: self.bus.clone(), item })
    }
}

/// A tray item as a panel sees it.
#[derive(Debug)]
pub struct Tray {
    bus: Connection,
    item: Item,
}

/// `com.canonical.dbusmenu.GetLayout`: number, properties, children.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Tray {
    /// Which process shows it.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn process(&self) -> Result<u32> {
        let bus = zbus::fdo::DBusProxy::new(&self.bus).await?;
        Ok(bus.get_connection_unix_process_id(self.item.owner.as_str().try_into()?).await?)
    }

    /// `Active` or `NeedsAttention`.
    ///
    /// # Errors
    /// If the item is gone.
    pub async fn status(&self) -> Result<String> {
        Ok(self.proxy(ITEM, &self.item.path).await?.get_property("Status").await?)
    }

    /// Title and description of the tooltip, one after the other.
    ///
    /// # Errors
    /// If the item is gone.
    pub async fn tooltip(&self) -> Result<String> {
        type Pixmaps = Vec<(i32, i32, Vec<u8>)>;
        let item = self.proxy(ITEM, &self.item.path).await?;
        let (_, _, title, description): (String, Pixmaps, String, String) =
            item.get_property("ToolTip").await?;
        Ok(format!("{title}\n{description}"))
    }

    /// Waits until the tooltip says this, among other things.
    ///
    /// # Errors
    /// If it does not.
    pub async fn until_says(&self, words: &str) -> Result<()> {
        let mut seen = String::new();
        let said = until(&format!("the tray says “{words}”"), async || {
            seen = self.tooltip().await?;
            Ok(seen.contains(words).then_some(()))
        })
        .await;
        said.with_context(|| format!("it says “{seen}”"))
    }

    /// Clicks a line of the menu, once it is there.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn click(&self, label: &str) -> Result<()> {
        let number = until(&format!("the tray's menu has “{label}”"), async || {
            Ok(self.lines().await?.into_iter().find(|(_, other)| other == label).map(|(number, _)| number))
        })
        .await
        .with_context(|| format!("looking for “{label}”"))?;
        let menu = self.menu_proxy().await?;
        // What is clicked may end the program before it can answer.
        Ok(menu.call_noreply("Event", &(number, "clicked", Value::from(0), 0_u32)).await?)
    }

    async fn lines(&self) -> Result<Vec<(i32, String)>> {
        let menu = self.menu_proxy().await?;
        let (_, (_, _, children)): (u32, Node) =
            menu.call("GetLayout", &(0_i32, 1_i32, Vec::<&str>::new())).await?;
        children.into_iter().map(line).collect()
    }

    async fn menu_proxy(&self) -> Result<Proxy<'_>> {
        let path: OwnedObjectPath = self.proxy(ITEM, &self.item.path).await?.get_property("Menu").await?;
        self.proxy(MENU, path.as_str()).await
    }

    async fn proxy<'a>(&'a self, interface: &'static str, path: &str) -> Result<Proxy<'a>> {
        let proxy = zbus::proxy::Builder::<Proxy<'_>>::new(&self.bus)
            .destination(self.item.owner.clone())?
            .path(path.to_owned())?
            .interface(interface)?
            .cache_properties(zbus::proxy::CacheProperties::No);
        Ok(proxy.build().await?)
    }
}

fn line(child: OwnedValue) -> Result<(i32, String)> {
    let (number, properties, _): Node = child.try_into()?;
    let label = properties.get("label").and_then(|label| label.downcast_ref::<String>().ok());
    Ok((number, label.unwrap_or_default().replace("__", "_")))
}
