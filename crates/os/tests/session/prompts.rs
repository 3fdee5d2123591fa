use std::collections::HashMap;

use engine::{SecretFault, Secrets};
use os::Keyring;
use tokio::sync::mpsc;
use zbus::{
    Connection,
    object_server::SignalEmitter,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{bus::TestBus, soon};

const PROMPT: &str = "/org/freedesktop/secrets/prompt/1";
const ITEM: &str = "/org/freedesktop/secrets/collection/login/1";

/// A keyring that is locked, with a person who answers its prompts when the test says so.
struct Locked;

#[zbus::interface(name = "org.freedesktop.Secret.Service")]
impl Locked {
    fn open_session(&self, _algorithm: &str, _input: Value<'_>) -> (OwnedValue, OwnedObjectPath) {
        (Value::from(vec![1_u8]).try_into().unwrap(), path("/org/freedesktop/secrets/session/1"))
    }

    fn search_items(
        &self,
        _attributes: HashMap<String, String>,
    ) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        (Vec::new(), vec![path(ITEM)])
    }

    fn unlock(&self, _objects: Vec<OwnedObjectPath>) -> (Vec<OwnedObjectPath>, OwnedObjectPath) {
        (Vec::new(), path(PROMPT))
    }
}

struct Prompt(mpsc::UnboundedSender<()>);

#[zbus::interface(name = "org.freedesktop.Secret.Prompt")]
impl Prompt {
    fn prompt(&self, _window: &str) {
        self.0.send(()).ok();
    }

    #[zbus(signal)]
    async fn completed(emitter: &SignalEmitter<'_>, dismissed: bool, result: Value<'_>) -> zbus::Result<()>;
}

fn path(path: &'static str) -> OwnedObjectPath {
    ObjectPath::from_static_str(path).unwrap().into()
}

async fn start(bus: &TestBus) -> (Connection, mpsc::UnboundedReceiver<()>) {
    let (sender, prompts) = mpsc::unbounded_channel();
    let builder = bus.builder().serve_at("/org/freedesktop/secrets", Locked).unwrap();
    let builder = builder.serve_at(PROMPT, Prompt(sender)).unwrap();
    (builder.name("org.freedesktop.secrets").unwrap().build().await.unwrap(), prompts)
}

#[tokio::test]
async fn a_person_is_asked_once_and_never_again_after_saying_no() {
    let bus = TestBus::start();
    let (service, mut prompts) = start(&bus).await;
    let keyring = Keyring::new(bus.bus());
    let reads =
        tokio::spawn(futures_util::future::join(keyring.read(&"a".into()), keyring.read(&"b".into())));
    soon(prompts.recv()).await.unwrap();
    let emitter = SignalEmitter::new(&service, PROMPT).unwrap();
    Prompt::completed(&emitter, true, "".into()).await.unwrap();
    let (a, b) = soon(reads).await.unwrap();
    assert_eq!([a.unwrap_err(), b.unwrap_err()], [SecretFault::Locked, SecretFault::Locked]);
    assert_eq!(soon(keyring.read(&"a".into())).await.unwrap_err(), SecretFault::Locked);
    assert!(prompts.try_recv().is_err());

    keyring.ask_again();
    let read = tokio::spawn(keyring.read(&"a".into()));
    soon(prompts.recv()).await.unwrap();
    service.close().await.unwrap();
    let fault = soon(read).await.unwrap().unwrap_err();
    assert!(matches!(fault, SecretFault::Unreachable(_)), "{fault:?}");
}
