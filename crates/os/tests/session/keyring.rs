use std::{
    fs::{self, DirBuilder},
    io::Write,
    os::unix::fs::DirBuilderExt,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use engine::{SecretFault, Secrets};
use os::{Bus, Keyring};
use secrecy::ExposeSecret;
use zbus::{
    Connection,
    zvariant::{DynamicDeserialize, DynamicType, OwnedObjectPath, OwnedValue, Value},
};

use crate::{
    bus::{TestBus, stop},
    soon,
};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const PASSWORD: &str = "throw-away";

/// GNOME Keyring with a home of its own.
struct Daemon(Child);

impl Daemon {
    async fn start(bus: &TestBus, arguments: &[&str], password: &str) -> Self {
        let daemon = Self(gnome_keyring(bus, arguments, password));
        soon(bus.owned(NAME)).await;
        daemon
    }

    async fn unlocked(bus: &TestBus) -> Self {
        Self::start(bus, &["--unlock", "--foreground"], PASSWORD).await
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        stop(&mut self.0);
    }
}

fn gnome_keyring(bus: &TestBus, arguments: &[&str], password: &str) -> Child {
    let (home, run) = (bus.folder().join("home"), bus.folder().join("run"));
    DirBuilder::new().recursive(true).mode(0o700).create(&run).unwrap();
    fs::create_dir_all(&home).unwrap();
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--components=secrets"])
        .args(arguments)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", &run)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .env_remove("GNOME_KEYRING_CONTROL")
        .env_remove("DISPLAY")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("gnome-keyring-daemon did not start ({error}); run ./dev setup to install it.")
        });
    daemon.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    daemon
}

/// The person's side: what a desktop does when it locks and unlocks.
struct Person(Connection);

impl Person {
    async fn at(bus: &TestBus) -> Self {
        Self(bus.connect().await)
    }

    async fn call<A, R>(&self, interface: &str, method: &str, arguments: &A) -> R
    where
        A: serde::Serialize + DynamicType,
        R: for<'d> DynamicDeserialize<'d>,
    {
        let reply = self.0.call_method(Some(NAME), PATH, Some(interface), method, arguments).await.unwrap();
        reply.body().deserialize().unwrap()
    }

    async fn lock(&self) {
        let collection: OwnedObjectPath = self.call(SERVICE, "ReadAlias", &"default").await;
        let _: (Vec<OwnedObjectPath>, OwnedObjectPath) = self.call(SERVICE, "Lock", &vec![collection]).await;
    }

    async fn unlock(&self) {
        let collection: OwnedObjectPath = self.call(SERVICE, "ReadAlias", &"default").await;
        let plain = ("plain", Value::from(""));
        let (_, session): (OwnedValue, OwnedObjectPath) = self.call(SERVICE, "OpenSession", &plain).await;
        let password = (session, Vec::<u8>::new(), PASSWORD.as_bytes().to_vec(), "text/plain");
        let internal = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
        let () = self.call(internal, "UnlockWithMasterPassword", &(collection, password)).await;
    }
}

#[tokio::test]
async fn secrets_are_written_read_and_forgotten() {
    let bus = TestBus::start();
    let _daemon = Daemon::unlocked(&bus).await;
    let keyring = Keyring::new(bus.bus());
    let (work, home) = ("work".into(), "home".into());
    assert_eq!(keyring.read(&work).await.unwrap_err(), SecretFault::Missing);
    keyring.write(&work, r#"{"access_token":"old"}"#.into()).await.unwrap();
    keyring.write(&work, r#"{"access_token":"ny nøgle"}"#.into()).await.unwrap();
    keyring.write(&home, "{}".into()).await.unwrap();
    assert_eq!(keyring.read(&work).await.unwrap().expose_secret(), r#"{"access_token":"ny nøgle"}"#);
    keyring.delete(&work).await.unwrap();
    keyring.delete(&work).await.unwrap();
    assert_eq!(keyring.read(&work).await.unwrap_err(), SecretFault::Missing);
    assert_eq!(keyring.read(&home).await.unwrap().expose_secret(), "{}");
    keyring.probe().await.unwrap();
    keyring.unlocked().await;
}

#[tokio::test]
async fn a_locked_keyring_is_not_a_missing_secret_and_tells_when_it_is_unlocked() {
    let bus = TestBus::start();
    let _daemon = Daemon::unlocked(&bus).await;
    let keyring = Keyring::new(bus.bus());
    let work = "work".into();
    keyring.write(&work, "{}".into()).await.unwrap();
    let person = Person::at(&bus).await;
    person.lock().await;
    assert_eq!(soon(keyring.read(&work)).await.unwrap_err(), SecretFault::Locked);
    assert_eq!(soon(keyring.read(&"other".into())).await.unwrap_err(), SecretFault::Locked);
    assert_eq!(soon(keyring.write(&work, "{}".into())).await.unwrap_err(), SecretFault::Locked);
    assert_eq!(soon(keyring.probe()).await.unwrap_err(), SecretFault::Locked);

    let unlocked = tokio::spawn({
        let keyring = keyring.clone();
        async move { keyring.unlocked().await }
    });
    assert!(!unlocked.is_finished());
    person.unlock().await;
    soon(unlocked).await.unwrap();
    assert_eq!(soon(keyring.read(&work)).await.unwrap().expose_secret(), "{}");
}

#[tokio::test]
async fn a_keyring_that_was_never_set_up_asks_and_keeps_nothing_without_an_answer() {
    let bus = TestBus::start();
    let _daemon = Daemon::start(&bus, &["--foreground"], "").await;
    let keyring = Keyring::new(bus.bus());
    assert_eq!(soon(keyring.read(&"work".into())).await.unwrap_err(), SecretFault::Missing);
    assert_eq!(soon(keyring.write(&"work".into(), "{}".into())).await.unwrap_err(), SecretFault::Locked);
}

#[tokio::test]
async fn without_a_keyring_or_a_bus_it_is_unreachable() {
    let bus = TestBus::start();
    for bus in [bus.bus(), Bus::at("unix:path=/nowhere")] {
        let keyring = Keyring::new(bus);
        let fault = soon(keyring.read(&"work".into())).await.unwrap_err();
        assert!(matches!(fault, SecretFault::Unreachable(_)), "{fault:?}");
        let fault = soon(keyring.probe()).await.unwrap_err();
        assert!(matches!(fault, SecretFault::Unreachable(_)), "{fault:?}");
    }
}

#[tokio::test]
async fn a_keyring_that_never_answers_is_given_up_at_the_deadline() {
    let bus = TestBus::start();
    // An owner of the name whose executor never runs: calls arrive and stay unread.
    let silent: Connection = bus.connect().await;
    silent.request_name(NAME).await.unwrap();
    let _unread = zbus::MessageStream::from(&silent);
    let keyring = Keyring::new(bus.bus().answering_within(Duration::from_millis(300)));
    let begun_at = Instant::now();
    let fault = soon(keyring.read(&"work".into())).await.unwrap_err();
    assert!(matches!(fault, SecretFault::Unreachable(_)), "{fault:?}");
    assert!(begun_at.elapsed() >= Duration::from_millis(300));
}
