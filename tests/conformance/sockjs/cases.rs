//! What is done to a client, and what is to be seen of it.

use std::time::{Duration, Instant};

use protocols::sockjs::{Event, Options, Reader, Transports, read};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{
    Verdict,
    drive::Subject,
    server::{Beat, Kind, Server, Upgrade},
};

cases!(Kind:
    an_echo("websocket"),
    an_echo("long-polling"),
    a_goodbye("websocket"),
    a_goodbye("long-polling"),
    characters_that_servers_escape("websocket"),
    characters_that_servers_escape("long-polling"),
    a_burst_in_its_order("websocket"),
    a_burst_in_its_order("long-polling"),
    a_server_that_closes_at_once("websocket"),
    a_server_that_closes_at_once("long-polling"),
    a_close_with_a_code("websocket", 4001),
    a_close_with_a_code("long-polling", 4001),
    a_close_with_a_code("websocket", 1000),
    heartbeats_by_ping("websocket"),
    heartbeats_by_frame("websocket"),
    heartbeats_by_frame("long-polling"),
    no_websocket(Upgrade::Refused),
    no_websocket(Upgrade::Swallowed),
    no_websocket(Upgrade::Closed),
    a_websocket_that_is_disabled("auto"),
    a_websocket_that_is_disabled("websocket"),
    odd_frames_and_one_that_is_not,
    a_second_opening,
    a_cut("websocket"),
    a_cut("long-polling"),
    silence("websocket"),
    silence("long-polling"),
    silence_that_is_probed("websocket"),
    a_place_where_nothing_is("websocket"),
    a_place_where_nothing_is("auto"),
);

fn options(server: &Server, application: &str, transport: &str) -> Options {
    let mut options = Options::new(server.url(application), seed());
    options.transports = match transport {
        "websocket" => Transports::WebSocket,
        "long-polling" => Transports::LongPolling,
        _ => Transports::Auto,
    };
    options.open_within = Duration::from_secs(2);
    options
}

/// Sessions of one server have to differ.
fn seed() -> u64 {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// A client that is open.
async fn open(
    server: &Server,
    application: &str,
    transport: &str,
) -> Result<(Subject, &'static str), String> {
    let mut subject = Subject::start(options(server, application, transport));
    let over = subject.opens().await?;
    Ok((subject, over))
}

/// Every character but the halves of pairs, in messages of some size, and what is special otherwise.
fn messages() -> Vec<String> {
    let all: Vec<char> = (0..=0xffff).chain(0x1_f600..=0x1_f64f).filter_map(char::from_u32).collect();
    let mut messages: Vec<String> = all.chunks(4096).map(|some| some.iter().collect()).collect();
    let special = [
        "data",
        "",
        " ",
        "\0",
        "\r\n",
        "message\t",
        "\"",
        "\\",
        "[]",
        "[\"a\",\"b\"]",
        "{\"a\":1}",
        "null",
        "%20",
        "Τη γλώσσα μου έδωσαν ελληνική",
        "ฉันกินกระจกได้",
        "나는 유리를",
        "\u{fffd}\u{0}",
        "Åsa 😀 \u{2028} \u{301}",
    ];
    messages.extend(special.iter().map(|&text| text.to_owned()));
    messages.extend([8, 13, 17].map(|power| "x".repeat(1 << power)));
    messages
}

async fn an_echo(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    let mut alike = 0;
    let messages = messages();
    for message in &messages {
        subject.send(message);
        alike += usize::from(subject.message().await? == *message);
    }
    Ok(format!("over {over}, {alike} of {} messages come back as they were", messages.len()))
}

async fn a_goodbye(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    subject.stop().await?;
    drop(subject);
    server.is_left().await;
    Ok(format!("over {over}, leaves and is forgotten"))
}

async fn characters_that_servers_escape(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "steered", transport).await?;
    let (mut alike, mut halves) = (0, 0);
    let units = (0..=0x1f).chain(0xd7ff..=0xe000).chain(0x2000..=0x206f).chain(0xfff0..=0xffff);
    let units: Vec<u16> = units.step_by(7).collect();
    for unit in &units {
        server.send(&format!("\"<\\u{unit:04x}>\"")).await;
        let message = subject.message().await?;
        match char::from_u32((*unit).into()) {
            Some(c) => alike += usize::from(message == format!("<{c}>")),
            None => halves += usize::from(message == "<\u{fffd}>"),
        }
    }
    Ok(format!(
        "over {over}, of {} characters {alike} as they are, {halves} halves of pairs as U+FFFD",
        units.len()
    ))
}

async fn a_burst_in_its_order(kind: Kind, transport: &str) -> Verdict {
    const COUNT: usize = 200;
    let server = Server::start(kind).await;
    let (mut subject, _) = open(&server, "steered", transport).await?;
    let sent: Vec<String> = (0..COUNT).map(|n| format!("[\"User\",{{\"id\":{n}}}]")).collect();
    let (heard, ()) = tokio::join!(
        async {
            let mut heard = Vec::new();
            while heard.len() < COUNT {
                heard.push(subject.message().await?);
            }
            Ok::<_, String>(heard)
        },
        async {
            for message in &sent {
                server.send(&Value::from(message.as_str()).to_string()).await;
            }
        }
    );
    Ok(format!("hears all in their order: {}", heard? == sent))
}

async fn a_server_that_closes_at_once(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "close", transport).await?;
    Ok(format!("over {over}, {}", subject.fails().await?))
}

async fn a_close_with_a_code(kind: Kind, transport: &str, code: u16) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "steered", transport).await?;
    server.close(code, "Enough").await;
    Ok(format!("over {over}, {}", subject.fails().await?))
}

async fn heartbeats_by_ping(kind: Kind, transport: &str) -> Verdict {
    let server = Server::with(kind, Beat::Pings).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    subject.signs_of_life(5).await?;
    subject.send("still there");
    Ok(format!("over {over}, hears them, {}", subject.message().await?))
}

async fn heartbeats_by_frame(kind: Kind, transport: &str) -> Verdict {
    let server = Server::with(kind, Beat::Frames).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    subject.signs_of_life(3).await?;
    subject.send("still there");
    Ok(format!("over {over}, hears them, {}", subject.message().await?))
}

async fn no_websocket(kind: Kind, upgrade: Upgrade) -> Verdict {
    let server = Server::start(kind).await;
    server.upgrade(upgrade).await;
    let (mut subject, over) = open(&server, "echo", "auto").await?;
    subject.send("hello");
    Ok(format!("over {over}, {}", subject.message().await?))
}

async fn a_websocket_that_is_disabled(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    match open(&server, "disabled_websocket_echo", transport).await {
        Ok((mut subject, over)) => {
            subject.send("hello");
            Ok(format!("over {over}, {}", subject.message().await?))
        }
        Err(failure) => Ok(failure),
    }
}

/// Every form that a server was seen or said to send, the vendor page's own example among them.
const ODD: &[&str] = &[
    "a[]",
    "",
    "h",
    "hhhh",
    "x",
    "a",
    "a{}",
    "a[",
    "a[\"",
    "a[1]",
    "a[null]",
    "m",
    "m1",
    "[\"User\"]",
    r#"a["not JSON"]"#,
    r#"a["[\"User\",{\"id\":1}]"]"#,
    r#"a["[\"User\",{\"id\":2}]","[\"User\",{\"id\":3}]"]"#,
    r#"a["[\"User\",{\"id\":4}], [\"User\",{\"id\":5}]"]"#,
    r#"a["[[\"User\",{\"id\":6}],[\"User\",{\"id\":7}]]"]"#,
    r#"a[ "[\"Event 1 name\", {\"id\":8}], [\"Event 2 name\", { \"b\":2} \"]" ]"#,
    r#"a[["User",{"id":9}]]"#,
    r#"a["User",{"id":10}]"#,
    r#"a[{"event":"User","data":{"id":11}}]"#,
    r#"m"[\"User\",{\"id\":12}]""#,
    r#"a["[\"User\",{\"id\":13,\"name\":\"\ud83d\"}]"]"#,
    r#"a["[\"User\",{\"id\":14,\"name\":\"\\ud83d\"}]"]"#,
];

/// An event's number.
struct Number;

impl Reader for Number {
    type Event = Option<u64>;

    fn read<'de, D: Deserializer<'de>>(&self, _: &str, data: D) -> Result<Option<u64>, D::Error> {
        Ok(Value::deserialize(data)?.get("id").and_then(Value::as_u64))
    }
}

async fn odd_frames_and_one_that_is_not(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, _) = open(&server, "steered", "websocket").await?;
    for frame in ODD {
        server.frame(frame).await;
    }
    server.send("\"over\"").await;
    let (mut heard, mut lost, mut skipped) = (Vec::new(), 0, 0);
    loop {
        match subject.event().await? {
            Event::Message(text) if text == "over" => break,
            Event::Message(text) => read(&text, &Number, |event| match event {
                Ok(Some(number)) => heard.push(number),
                Ok(None) | Err(_) => lost += 1,
            }),
            Event::Skipped(_) => skipped += 1,
            Event::Opened { .. } | Event::Heartbeat | Event::Heard => {}
        }
    }
    Ok(format!(
        "of {} frames hears events {heard:?}, {lost} lost, {skipped} frames skipped, and goes on",
        ODD.len()
    ))
}

async fn a_second_opening(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, _) = open(&server, "steered", "websocket").await?;
    server.frame("o").await;
    subject.fails().await
}

async fn a_cut(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    subject.send("hello");
    subject.message().await?;
    server.is_listened_to().await;
    server.cut().await;
    Ok(format!("over {over}, {}", subject.fails().await?))
}

async fn silence(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let mut options = options(&server, "echo", transport);
    options.ping_every = Duration::from_millis(500);
    options.dead_after = Duration::from_millis(1500);
    let mut subject = Subject::start(options);
    let over = subject.opens().await?;
    server.freeze().await;
    Ok(format!("over {over}, {}", subject.fails().await?))
}

async fn silence_that_is_probed(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    let (mut subject, over) = open(&server, "echo", transport).await?;
    server.freeze().await;
    let frozen = Instant::now();
    subject.probe();
    let why = subject.fails().await?;
    Ok(format!("over {over}, {why}, within 5 s: {}", frozen.elapsed().as_secs() < 5))
}

async fn a_place_where_nothing_is(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind).await;
    Subject::start(options(&server, "elsewhere/at/all", transport)).fails().await
}
