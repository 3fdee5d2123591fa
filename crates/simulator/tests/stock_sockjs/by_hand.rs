//! The simulated SockJS server beside the npm one: the same bytes by hand have to come to the same.

use futures_util::{SinkExt, StreamExt};
use simulator::nguc::Options;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::original;
use crate::peer::NEVER;
use crate::simulate;

/// What is said over websockets: the path, and the texts.
const SOCKETS: &[(&str, &[&str])] = &[
    ("/echo/000/abcdefghij/websocket", &[r#"["a"]"#]),
    ("/echo/x/abcdefghij/websocket/", &[r#"["a"]"#]),
    ("/echo/000/s/websocket", &["", "[]", r#"["after nothing"]"#]),
    ("/echo/000/s/websocket", &[r#""bare""#]),
    ("/echo/000/s/websocket", &["[\"a\",\"b\"]\r\n"]),
    ("/echo/000/s/websocket", &["[1,true]"]),
    ("/echo/000/s/websocket", &[r#"["\ud83d","\udc00\ud83d","\u0000\u001f\b\"\\/"]"#]),
    ("/echo/000/s/websocket", &["[\"é 😀 \u{301}\u{200c}\u{2028}\u{202f}\u{2060}\u{fff0}\u{ffff}\u{7f}\"]"]),
    ("/echo/000/s/websocket", &[r#"["x"#]),
    ("/echo/000/s/websocket", &["not JSON"]),
    ("/echo/websocket", &["plain", r#"["x"]"#, "é 😀 \u{2028}"]),
    ("/close/000/s/websocket", &[]),
    ("/close/websocket", &[]),
    ("/echo/000/s.t/websocket", &[]),
    ("/echo/0.0/s/websocket", &[]),
    ("/echo/000/s/nothing", &[]),
    ("/disabled_websocket_echo/000/s/websocket", &[]),
    ("/disabled_websocket_echo/websocket", &[]),
];

/// What is asked over HTTP, one after the other: the method, the path, the kind of body, the body.
const REQUESTS: &[(&str, &str, &str, &str)] = &[
    ("GET", "/echo", "", ""),
    ("GET", "/echo/", "", ""),
    ("GET", "/echo/000/s/websocket", "", ""),
    ("GET", "/echo/websocket", "", ""),
    ("GET", "/echo/000/s", "", ""),
    ("POST", "/echo/000/s.t/xhr", "", ""),
    ("POST", "/echo/000/p/xhr_send", "text/plain", r#"["too early"]"#),
    ("POST", "/echo/000/p/xhr", "", ""),
    ("POST", "/echo/000/p/xhr_send", "text/plain", r#"["one","two"]"#),
    ("POST", "/echo/001/p/xhr", "", ""),
    ("POST", "/echo/000/p/xhr_send", "application/json", r#"["three"]"#),
    ("POST", "/echo/000/p/xhr", "", ""),
    ("POST", "/echo/000/p/xhr_send", "application/x-www-form-urlencoded", r#"["x"]"#),
    ("POST", "/echo/000/p/xhr_send", "text/plain", ""),
    ("POST", "/echo/000/p/xhr_send", "text/plain", r#""x""#),
    ("POST", "/echo/000/p/xhr_send", "text/plain", r#"["x"#),
    ("POST", "/echo/000/p/xhr_send/", "text/plain", "[]"),
    ("POST", "/close/000/c/xhr", "", ""),
    ("POST", "/close/000/c/xhr", "", ""),
    ("POST", "/close/000/c/xhr", "", ""),
    ("POST", "/close/000/c/xhr_send", "text/plain", r#"["too late"]"#),
    ("POST", "/disabled_websocket_echo/000/d/xhr", "", ""),
    ("GET", "/disabled_websocket_echo/000/d/websocket", "", ""),
];

async fn talk(host: &str, path: &str, texts: &[&str]) -> Vec<String> {
    let stream = TcpStream::connect(host).await.unwrap();
    let mut socket = match tokio_tungstenite::client_async(format!("ws://{host}{path}"), stream).await {
        Ok((socket, _)) => socket,
        Err(Error::Http(answer)) => return vec![format!("HTTP {}", answer.status())],
        Err(error) => return vec![error.to_string()],
    };
    for text in texts {
        socket.send(Message::text(*text)).await.unwrap();
    }
    // The echo of this is the end of what there is to hear.
    let end = if path.ends_with("echo/websocket") { "end" } else { "[\"end\"]" };
    socket.send(Message::text(end)).await.unwrap();
    let mut heard = Vec::new();
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) if text.ends_with("end") || text.ends_with("\"end\"]") => {
                return heard;
            }
            Some(Ok(Message::Close(close))) => {
                heard.push(format!("{close:?}"));
                return heard;
            }
            Some(Ok(message)) => heard.push(message.to_string()),
            Some(Err(error)) => {
                heard.push(error.to_string());
                return heard;
            }
            None => return heard,
        }
    }
}

/// The status and the body of an answer.
async fn ask(host: &str, (method, path, kind, body): (&str, &str, &str, &str)) -> String {
    let mut stream = TcpStream::connect(host).await.unwrap();
    let kind = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\n{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    format!("{} {body:?}", head.split(' ').nth(1).unwrap_or("no answer"))
}

/// All that comes of it all at one server.
async fn found(host: &str) -> Vec<String> {
    let all = async {
        let mut found = Vec::new();
        for (path, texts) in SOCKETS {
            found.push(format!("{path} {texts:?}: {:?}", talk(host, path, texts).await));
        }
        for request in REQUESTS {
            found.push(format!("{request:?}: {}", ask(host, *request).await));
        }
        found
    };
    tokio::time::timeout(2 * NEVER, all).await.expect("it answers")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_by_hand_comes_to_the_same_as_at_the_original_server() {
    let (_server, theirs) = original().await;
    let (simulator, ours) = simulate(Options::default()).await;
    let host = |url: &str| url.strip_prefix("http://").unwrap().to_owned();
    let (ours, theirs) = (found(&host(&ours)).await, found(&host(&theirs)).await);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    simulator.stop().await;
}
