use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use futures_util::StreamExt;
use tempfile::TempDir;
use zbus::{Connection, connection::Builder, fdo::DBusProxy};

/// A message bus that ends with the test. Nothing starts by itself on it: what is not there is truly missing.
pub struct TestBus {
    daemon: Child,
    folder: TempDir,
    pub address: String,
}

impl TestBus {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        let listen = folder.path().display();
        fs::write(
            &config,
            format!(
                r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={listen}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#
            ),
        )
        .unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg("--nofork")
            .arg("--print-address")
            .arg(format!("--config-file={}", config.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("dbus-daemon did not start ({error}); run ./dev setup to install it.")
            });
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { daemon, folder, address: address.trim().to_owned() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn bus(&self) -> os::Bus {
        os::Bus::at(&self.address)
    }

    pub fn builder(&self) -> Builder<'static> {
        Builder::address(self.address.as_str()).unwrap()
    }

    pub async fn connect(&self) -> Connection {
        self.builder().build().await.unwrap()
    }

    /// Waits until somebody owns the name.
    pub async fn owned(&self, name: &'static str) {
        let connection = self.connect().await;
        let daemon = DBusProxy::new(&connection).await.unwrap();
        let mut changes = daemon.receive_name_owner_changed_with_args(&[(0, name)]).await.unwrap();
        while !daemon.name_has_owner(name.try_into().unwrap()).await.unwrap() {
            changes.next().await.unwrap();
        }
    }
}

impl Drop for TestBus {
    fn drop(&mut self) {
        stop(&mut self.daemon);
    }
}

pub fn stop(child: &mut Child) {
    child.kill().ok();
    child.wait().ok();
}
