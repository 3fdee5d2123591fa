//! Names that lead to several addresses, to none, or nowhere yet.

use std::{net::Ipv4Addr, time::Duration};

use protocols::{FaultKind, Request};

use super::{
    refused,
    server::{OK, accept, answer, listen},
};
use crate::{
    Network,
    network::{Names, Reach},
};

/// One that takes no more connections, and one that does, at the same port of two addresses.
async fn deaf_and_good() -> (impl Sized, tokio::net::TcpListener) {
    let deaf = tokio::net::TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let deaf = deaf.listen(0).unwrap();
    let address = deaf.local_addr().unwrap();
    // Linux leaves further connections without an answer when its queue of unaccepted ones is full.
    let queued = std::net::TcpStream::connect(address).unwrap();
    let good = tokio::net::TcpListener::bind((Ipv4Addr::new(127, 0, 0, 2), address.port())).await.unwrap();
    ((deaf, queued), good)
}

fn both() -> Names {
    Names::by(|_| async { Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv4Addr::new(127, 0, 0, 2).into()]) })
}

#[tokio::test(start_paused = true)]
async fn an_address_that_does_not_answer_does_not_keep_the_next_from_being_tried() {
    let (_deaf, good) = deaf_and_good().await;
    let place = format!("http://provider.test:{}/", good.local_addr().unwrap().port());
    let (names, began) = (both(), tokio::time::Instant::now());
    let connected = crate::network::connect::tcp(&names, place.parse().unwrap()).await.unwrap();
    assert_eq!(connected.peer_addr().unwrap(), good.local_addr().unwrap());
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    // Next time it is the first.
    assert_eq!(names.addresses("provider.test").await.unwrap()[0], good.local_addr().unwrap().ip());
}

#[tokio::test(start_paused = true)]
async fn an_address_that_refuses_is_tried_again_while_another_one_is_silent() {
    let (_deaf, good) = deaf_and_good().await;
    let address = good.local_addr().unwrap();
    drop(good);
    let place = format!("http://provider.test:{}/", address.port()).parse().unwrap();
    let (names, began) = (both(), tokio::time::Instant::now());
    let back = async {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        tokio::net::TcpListener::bind(address).await.unwrap()
    };
    let (connected, _good) = tokio::join!(crate::network::connect::tcp(&names, place), back);
    assert_eq!(connected.unwrap().peer_addr().unwrap(), address);
    assert!(began.elapsed() < Duration::from_millis(1_500 + 500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_request_goes_to_the_address_that_answers() {
    let (_deaf, good) = deaf_and_good().await;
    let port = good.local_addr().unwrap().port();
    let wire = Reach::new(&Network::default()).unwrap().knowing(both()).wire().unwrap();
    let server = async {
        // The knock that finds it says nothing.
        drop(accept(&good).await);
        answer(&mut accept(&good).await, OK).await
    };
    let request = wire.fetch(Request::get(format!("http://localhost:{port}/employees")));
    let (_, response) = tokio::join!(server, request);
    assert_eq!(response.unwrap().status, 200);
}

#[tokio::test]
async fn a_name_without_a_living_address_is_unreachable_and_its_door_shut() {
    let (listener, port) = listen().await;
    drop(listener);
    let wire = Reach::new(&Network::default()).unwrap().knowing(both()).wire().unwrap();
    let fault = refused(&wire, format!("wss://provider.test:{port}/faye")).await;
    assert_eq!(fault.kind, FaultKind::Unreachable, "{fault:?}");
    assert!(wire.door().is_shut() && !wire.door().knock().await);
    let nobody = Names::by(|_| async { Ok(Vec::new()) });
    let wire = Reach::new(&Network::default()).unwrap().knowing(nobody).wire().unwrap();
    let fault = refused(&wire, format!("wss://provider.test:{port}/faye")).await;
    assert_eq!(fault.kind, FaultKind::Unreachable, "{fault:?}");
}

#[tokio::test(start_paused = true)]
async fn a_knock_goes_on_asking_for_a_name_until_somebody_answers() {
    let (_listener, port) = listen().await;
    let began = tokio::time::Instant::now();
    let names = Names::by(move |_| async move {
        if began.elapsed() < Duration::from_secs(4) {
            std::future::pending::<()>().await;
        }
        Ok(vec![Ipv4Addr::LOCALHOST.into()])
    });
    let door = Reach::new(&Network::default()).unwrap().knowing(names).wire().unwrap().door();
    door.try_at(&format!("http://provider.test:{port}").parse().unwrap());
    assert!(door.knock().await);
    assert!(began.elapsed() < Duration::from_millis(5_500), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_request_that_waits_for_a_name_in_vain_leaves_a_shut_door() {
    let silent = Names::by(|_| std::future::pending());
    let wire = Reach::new(&Network::default()).unwrap().knowing(silent).wire().unwrap();
    let fault = wire.fetch(Request::get("https://provider.test/v2".to_owned())).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::TimedOut, "{fault:?}");
    assert!(wire.door().is_shut());
}
