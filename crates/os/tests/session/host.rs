use engine::{HostEvent, Incoming};
use os::{Bus, Host};
use tokio::sync::mpsc;

use crate::{bus::TestBus, soon};

#[tokio::test]
async fn sleep_and_waking_are_told() {
    let bus = TestBus::start();
    let logind = bus.builder().name("org.freedesktop.login1").unwrap().build().await.unwrap();
    let (sender, mut incoming) = mpsc::channel(16);
    let _host = Host::watch(bus.bus(), sender).await;
    for (starts, event) in [(true, HostEvent::Sleeping), (false, HostEvent::Woken)] {
        logind
            .emit_signal(
                None::<&str>,
                "/org/freedesktop/login1",
                "org.freedesktop.login1.Manager",
                "PrepareForSleep",
                &starts,
            )
            .await
            .unwrap();
        match soon(incoming.recv()).await.unwrap() {
            Incoming::Host(told) => assert_eq!(told, event),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_computer_without_a_system_bus_is_no_trouble() {
    let (sender, mut incoming) = mpsc::channel(16);
    let host = Host::watch(Bus::at("unix:path=/nowhere"), sender).await;
    assert!(incoming.try_recv().is_err());
    drop(host);
    assert!(soon(incoming.recv()).await.is_none());
}
