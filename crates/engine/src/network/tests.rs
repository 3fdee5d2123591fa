mod addresses;
mod server;

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use protocols::{Body, Fault, FaultKind, Method, Open, Request, secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message;

use self::server::{Authority, OK, accept, answer, head, listen, zeros_in_gzip};
use super::{Proxies, Reach, Wire, address};
use crate::Network;

fn open(url: impl Into<String>) -> Open {
    Open::new(url, Duration::from_secs(10))
}

fn wire(network: &Network) -> Wire {
    Reach::new(network).unwrap().wire().unwrap()
}

fn plain() -> Wire {
    wire(&Network::default())
}

async fn refused(wire: &Wire, url: String) -> Fault {
    wire.open(&open(url)).await.err().unwrap()
}

fn through(port: u16, authority: &Authority) -> Network {
    Network {
        proxy: Some(format!("http://anna:p%40ss@127.0.0.1:{port}")),
        ca_file: Some(authority.ca_file()),
    }
}

#[tokio::test]
async fn a_websocket_carries_text_both_ways() {
    let (listener, port) = listen().await;
    let server = async {
        let mut socket = tokio_tungstenite::accept_async(accept(&listener).await).await.unwrap();
        socket.send(Message::text("to you")).await.unwrap();
        socket.next().await.unwrap().unwrap().into_text().unwrap().to_string()
    };
    let client = async {
        let mut socket = plain().open(&open(format!("ws://127.0.0.1:{port}/faye"))).await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap().into_text().unwrap().as_str(), "to you");
        socket.send(Message::text("to me")).await.unwrap();
    };
    let (heard, ()) = tokio::join!(server, client);
    assert_eq!(heard, "to me");
}

#[tokio::test]
async fn a_private_authority_is_trusted_when_the_settings_name_it() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let wire = wire(&Network { proxy: None, ca_file: Some(authority.ca_file()) });
    let server = async {
        let socket = authority.accept(accept(&listener).await).await.unwrap();
        tokio_tungstenite::accept_async(socket).await.unwrap();
        let mut http = authority.accept(accept(&listener).await).await.unwrap();
        answer(&mut http, OK).await
    };
    let client = async {
        wire.open(&open(format!("wss://localhost:{port}/faye"))).await.unwrap();
        wire.fetch(Request::get(format!("https://localhost:{port}/employees"))).await.unwrap()
    };
    let (_, response) = tokio::join!(server, client);
    assert_eq!((response.status, response.body.as_str()), (200, "ok"));
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_by_websocket_and_http() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let server = async {
        for _ in 0..2 {
            authority.accept(accept(&listener).await).await.unwrap_err();
        }
    };
    let client = async {
        let wire = plain();
        let socket = refused(&wire, format!("wss://localhost:{port}/")).await;
        assert!(wire.door().is_shut());
        let http = wire.fetch(Request::get(format!("https://localhost:{port}/"))).await.unwrap_err();
        assert!(wire.door().is_shut());
        (socket, http)
    };
    let ((), (socket, http)) = tokio::join!(server, client);
    assert_eq!((socket.kind, http.kind), (FaultKind::Tls, FaultKind::Tls), "{socket:?} {http:?}");
}

#[tokio::test]
async fn a_knock_at_a_secure_door_is_answered_by_a_server_that_is_trusted() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let place = format!("https://localhost:{port}").parse().unwrap();
    for (wire, trusted) in
        [(plain(), false), (wire(&Network { proxy: None, ca_file: Some(authority.ca_file()) }), true)]
    {
        let door = wire.door();
        door.try_at(&place);
        let server = async { authority.accept(accept(&listener).await).await.is_ok() };
        assert_eq!(tokio::join!(door.knock(), server), (trusted, trusted));
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_no_matter_of_certificates() {
    let (listener, port) = listen().await;
    let server = async {
        for _ in 0..2 {
            let mut stream = accept(&listener).await;
            stream.read_u8().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        }
    };
    let client = async {
        let wire = plain();
        let socket = refused(&wire, format!("wss://localhost:{port}/")).await;
        let http = wire.fetch(Request::get(format!("https://localhost:{port}/"))).await.unwrap_err();
        (socket, http)
    };
    let ((), (socket, http)) = tokio::join!(server, client);
    assert_eq!((socket.kind, http.kind), (FaultKind::Malformed, FaultKind::Malformed), "{socket:?} {http:?}");
}

#[tokio::test]
async fn websocket_and_http_go_through_the_proxy_with_its_password() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let wire = wire(&through(port, &authority));
    let server = async {
        let mut proxied = accept(&listener).await;
        let socket_head = answer(&mut proxied, "HTTP/1.1 200 Connection established\r\n\r\n").await;
        tokio_tungstenite::accept_async(authority.accept(proxied).await.unwrap()).await.unwrap();
        let mut proxied = accept(&listener).await;
        let http_head = answer(&mut proxied, "HTTP/1.1 200 Connection established\r\n\r\n").await;
        let inner_head = answer(&mut authority.accept(proxied).await.unwrap(), OK).await;
        (socket_head, http_head, inner_head)
    };
    let client = async {
        wire.open(&open("wss://provider.test/faye")).await.unwrap();
        wire.fetch(Request::get("https://provider.test/employees").bearer("t0ken")).await.unwrap()
    };
    let ((socket_head, http_head, inner_head), response) = tokio::join!(server, client);
    assert_eq!(response.status, 200);
    for head in [socket_head, http_head] {
        assert!(head.starts_with("CONNECT provider.test:443 HTTP/1.1\r\n"), "{head}");
        // anna:p@ss
        assert!(head.to_lowercase().contains("proxy-authorization: basic yw5uytpwqhnz\r\n"), "{head}");
        assert!(!head.contains("t0ken"), "{head}");
    }
    assert!(inner_head.contains("Bearer t0ken") && !inner_head.to_lowercase().contains("proxy-"));
}

#[tokio::test]
async fn a_socks_proxy_is_gone_through_as_well() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let proxy = Some(format!("socks5h://127.0.0.1:{port}"));
    let wire = wire(&Network { proxy, ca_file: Some(authority.ca_file()) });
    let server = async {
        let mut proxied = accept(&listener).await;
        let mut greeting = [0; 3];
        proxied.read_exact(&mut greeting).await.unwrap();
        assert_eq!(greeting, [5, 1, 0]);
        proxied.write_all(&[5, 0]).await.unwrap();
        let mut request = [0; 7 + 13];
        proxied.read_exact(&mut request).await.unwrap();
        assert_eq!(&request[..5], [5, 1, 0, 3, 13]);
        assert_eq!(&request[5..18], b"provider.test");
        proxied.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await.unwrap();
        tokio_tungstenite::accept_async(authority.accept(proxied).await.unwrap()).await.unwrap();
    };
    let target = open("wss://provider.test/faye");
    let ((), opened) = tokio::join!(server, wire.open(&target));
    opened.unwrap();
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_not_there_is_named_as_the_cause() {
    let authority = Authority::new();
    let (listener, port) = listen().await;
    let wire = wire(&through(port, &authority));
    let server = async {
        for _ in 0..2 {
            let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
            answer(&mut accept(&listener).await, refusal).await;
        }
    };
    let client = async {
        let socket = refused(&wire, "wss://provider.test/".to_owned()).await;
        let http = wire.fetch(Request::get("https://provider.test/")).await.unwrap_err();
        (socket, http)
    };
    let ((), (socket, http)) = tokio::join!(server, client);
    assert_eq!((socket.kind, http.kind), (FaultKind::Proxy, FaultKind::Proxy), "{socket:?} {http:?}");

    drop(listener);
    let socket = refused(&wire, "wss://provider.test/".to_owned()).await;
    let http = wire.fetch(Request::get("https://provider.test/")).await.unwrap_err();
    assert_eq!((socket.kind, http.kind), (FaultKind::Proxy, FaultKind::Proxy), "{socket:?} {http:?}");
    for fault in [socket, http] {
        assert!(!fault.detail.contains("p@ss") && !fault.detail.contains("p%40ss"), "{fault:?}");
    }
}

#[test]
fn a_proxy_is_taken_for_every_secure_address_but_not_for_exceptions_nor_for_this_computer() {
    let proxies = Proxies::named("http://proxy.test:3128", "direct.test, 10.0.0.0/8").unwrap();
    let proxied = |url: &str| proxies.intercept(&address(url).unwrap()).is_some();
    assert!(proxied("https://provider.test/") && proxied("wss://provider.test:8443/faye"));
    assert!(
        !proxied("wss://direct.test/") && !proxied("https://api.direct.test/") && !proxied("wss://10.1.2.3/")
    );
    for here in
        ["ws://127.0.0.1:1/", "http://localhost/", "wss://localhost/", "https://[::1]/", "wss://127.8.8.8/"]
    {
        assert!(!proxied(here), "{here}");
    }
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let problem = |network: Network| Reach::new(&network).err().unwrap().text;
    for proxy in ["ftp://proxy.test", "socks4://proxy.test", ""] {
        let proxy = Some(proxy.to_owned());
        assert!(problem(Network { proxy, ca_file: None }).contains("`proxy`"));
    }
    let broken = folder.path().join("ca.pem");
    let with_ca = || Network { proxy: None, ca_file: Some(broken.clone()) };
    assert!(problem(with_ca()).contains("`ca_file`"));
    for content in ["no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&broken, content).unwrap();
        assert!(problem(with_ca()).contains("`ca_file`"), "{content}");
    }
}

#[tokio::test]
async fn unencrypted_addresses_elsewhere_are_not_used() {
    let wire = plain();
    for url in ["ws://provider.test/", "ws://192.0.2.1/", "ftp://localhost/", "no address"] {
        assert_eq!(refused(&wire, url.to_owned()).await.kind, FaultKind::Malformed, "{url}");
    }
    for url in ["http://provider.test/", "http://192.0.2.1/", "no address"] {
        assert_eq!(wire.fetch(Request::get(url)).await.unwrap_err().kind, FaultKind::Malformed, "{url}");
    }
}

#[tokio::test]
async fn an_upgrade_answered_by_a_status_says_which_and_when_to_come_back() {
    let (listener, port) = listen().await;
    let answers = [
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", 502, None),
        ("HTTP/1.1 429 Too Many Requests\r\nretry-after: 17\r\ncontent-length: 4\r\n\r\nwait", 429, Some(17)),
        ("HTTP/1.1 401 Unauthorized\r\n\r\n", 401, None),
    ];
    for (text, status, seconds) in answers {
        let server = async { answer(&mut accept(&listener).await, text).await };
        let wire = plain();
        let (_, fault) = tokio::join!(server, refused(&wire, format!("ws://127.0.0.1:{port}/")));
        let retry_after = seconds.map(Duration::from_secs);
        assert_eq!(fault.kind, FaultKind::Status { status, retry_after });
    }
}

#[tokio::test]
async fn silence_ends_with_the_time_limit() {
    let (listener, port) = listen().await;
    let wire = plain();
    let within = Duration::from_millis(20);
    let silent = Open { within, ..open(format!("ws://127.0.0.1:{port}/")) };
    assert_eq!(wire.open(&silent).await.err().unwrap().kind, FaultKind::TimedOut);
    let silent = Request::get(format!("http://127.0.0.1:{port}/")).within(within);
    assert_eq!(wire.fetch(silent).await.unwrap_err().kind, FaultKind::TimedOut);
    drop(listener);
    let gone = refused(&wire, format!("ws://127.0.0.1:{port}/")).await;
    assert_eq!(gone.kind, FaultKind::Unreachable, "{gone:?}");
    let gone = wire.fetch(Request::get(format!("http://127.0.0.1:{port}/"))).await.unwrap_err();
    assert_eq!(gone.kind, FaultKind::Unreachable, "{gone:?}");
}

#[tokio::test]
async fn requests_say_who_we_are_and_carry_their_body() {
    let (listener, port) = listen().await;
    let url = format!("http://127.0.0.1:{port}/calls");
    let json = secret::Text::new(r#"{"a":1}"#);
    let request = Request::new(Method::Post, url, Body::Json(json)).bearer("t0ken");
    let server = async {
        let mut stream = accept(&listener).await;
        let head = head(&mut stream).await;
        let mut body = [0; 7];
        stream.read_exact(&mut body).await.unwrap();
        stream.write_all(b"HTTP/1.1 503 Later\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        (head, body)
    };
    let wire = plain();
    let ((head, body), response) = tokio::join!(server, wire.fetch(request));
    let response = response.unwrap();
    assert_eq!((response.status, response.retry_after), (503, Some(Duration::from_secs(5))));
    assert_eq!(&body, br#"{"a":1}"#);
    let head = head.to_lowercase();
    assert!(head.starts_with("post /calls http/1.1\r\n"), "{head}");
    for line in ["user-agent: ringside/", "authorization: bearer t0ken", "content-type: application/json"] {
        assert!(head.contains(line), "{line} in {head}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_within_its_origin_only() {
    let (listener, port) = listen().await;
    let wire = plain();
    let within = "HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n";
    let away = "HTTP/1.1 302 Found\r\nlocation: http://localhost:1/\r\ncontent-length: 0\r\n\r\n";
    let server = async {
        let mut stream = accept(&listener).await;
        answer(&mut stream, within).await;
        let second = answer(&mut stream, OK).await;
        answer(&mut stream, away).await;
        second
    };
    let client = async {
        let url = format!("http://127.0.0.1:{port}/here");
        let first = wire.fetch(Request::get(url.clone()).bearer("t0ken")).await.unwrap();
        let second = wire.fetch(Request::get(url).bearer("t0ken")).await.unwrap();
        (first.status, second.status)
    };
    let (second, statuses) = tokio::join!(server, client);
    assert!(second.starts_with("GET /there ") && second.contains("t0ken"));
    assert_eq!(statuses, (200, 302));
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let (listener, port) = listen().await;
    let server = async {
        let mut stream = accept(&listener).await;
        answer(&mut stream, "HTTP/1.1 200 OK\r\n\r\n").await;
        let megabyte = vec![b' '; 1 << 20];
        while stream.write_all(&megabyte).await.is_ok() {}
    };
    let wire = plain();
    let ((), answer) = tokio::join!(server, wire.fetch(Request::get(format!("http://127.0.0.1:{port}/"))));
    assert_eq!(answer.unwrap_err().kind, FaultKind::Malformed);
}

#[tokio::test]
async fn a_cookie_from_an_http_answer_goes_along_with_the_websocket_and_back() {
    let (listener, port) = listen().await;
    let server = async {
        let sticky = "HTTP/1.1 200 OK\r\nset-cookie: node=b7; Path=/\r\ncontent-length: 0\r\n\r\n";
        let mut http = accept(&listener).await;
        answer(&mut http, sticky).await;
        let moved = "HTTP/1.1 503 Later\r\nset-cookie: node=c8; Path=/\r\ncontent-length: 0\r\n\r\n";
        let upgrade = answer(&mut accept(&listener).await, moved).await;
        (upgrade, answer(&mut http, OK).await)
    };
    let client = async {
        let wire = plain();
        wire.fetch(Request::get(format!("http://127.0.0.1:{port}/faye"))).await.unwrap();
        refused(&wire, format!("ws://127.0.0.1:{port}/faye")).await;
        wire.fetch(Request::get(format!("http://127.0.0.1:{port}/faye"))).await.unwrap();
    };
    let ((upgrade, after), ()) = tokio::join!(server, client);
    assert!(upgrade.to_lowercase().contains("cookie: node=b7\r\n"), "{upgrade}");
    assert!(after.to_lowercase().contains("cookie: node=c8\r\n"), "{after}");
}

#[tokio::test]
async fn an_answer_that_unfolds_without_end_is_cut_off() {
    let (listener, port) = listen().await;
    let server = async {
        let mut stream = accept(&listener).await;
        answer(&mut stream, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n").await;
        // The client may have had enough before the end.
        stream.write_all(&zeros_in_gzip(64 << 20)).await.ok();
    };
    let client = async {
        let request = Request::get(format!("http://127.0.0.1:{port}/employees"));
        plain().fetch(request).await.unwrap_err()
    };
    let ((), fault) = tokio::join!(server, client);
    assert_eq!(fault.kind, FaultKind::Malformed, "{fault:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_trickles_is_given_up_in_time() {
    let (listener, port) = listen().await;
    let server = tokio::spawn(async move {
        let mut stream = accept(&listener).await;
        answer(&mut stream, "HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(b".").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let request = Request::get(format!("http://127.0.0.1:{port}/employees"));
    let within = request.within;
    let begun = tokio::time::Instant::now();
    let fault = plain().fetch(request).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::TimedOut, "{fault:?}");
    assert!(begun.elapsed() <= within + Duration::from_secs(1));
    server.abort();
}

#[tokio::test]
async fn a_switch_to_another_protocol_than_was_asked_for_is_refused() {
    let (listener, port) = listen().await;
    let server = async {
        let mut stream = accept(&listener).await;
        let wrong = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n";
        answer(&mut stream, wrong).await;
    };
    let wire = plain();
    let ((), fault) = tokio::join!(server, refused(&wire, format!("ws://127.0.0.1:{port}/faye")));
    assert_eq!(fault.kind, FaultKind::Malformed, "{fault:?}");
}
