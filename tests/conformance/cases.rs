//! What is done to an account, and what is to be seen of it.

use std::{pin::Pin, time::Instant};

use engine::Order;

use crate::{
    server::{At, Half, Kind, Server, Upgrade},
    subject::{Subject, show},
};

type Verdict = Result<String, String>;
type Case = fn(Kind) -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

macro_rules! cases {
    ($($name:ident $(($($with:expr),+))?),+ $(,)?) => {
        /// All of them, with their names.
        pub const ALL: &[(&str, Case)] = &[
            $((stringify!($name $(($($with),+))?), |kind| Box::pin($name(kind $($(, $with)+)?)))),+
        ];
    };
}

cases!(
    a_session_and_its_goodbye("auto"),
    a_session_and_its_goodbye("websocket"),
    a_session_and_its_goodbye("long-polling"),
    a_burst_in_its_order("websocket"),
    a_burst_in_its_order("long-polling"),
    a_token_that_was_never_good,
    a_token_revoked_while_live(At::Handshake),
    a_token_revoked_while_live(At::Connect),
    a_token_revoked_while_live(At::Subscribe),
    a_token_revoked_while_live(At::All),
    a_token_that_only_rest_takes(At::Handshake),
    a_token_that_only_rest_takes(At::Connect),
    a_token_that_only_rest_takes(At::Subscribe),
    a_token_that_only_rest_takes(At::All),
    a_restart("websocket"),
    a_restart("long-polling"),
    a_cut("websocket"),
    a_cut("long-polling"),
    a_forgotten_session("websocket"),
    a_forgotten_session("long-polling"),
    a_frozen_link("websocket"),
    a_frozen_link("long-polling"),
    a_frozen_link_that_is_probed("websocket"),
    a_frozen_link_that_is_probed("long-polling"),
    no_websocket(Upgrade::Refused),
    no_websocket(Upgrade::Swallowed),
    no_websocket(Upgrade::Closed),
    a_bad_gateway,
    a_wish_for_a_pause,
    advice_none("auto"),
    advice_none("long-polling"),
);

async fn a_session_and_its_goodbye(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    subject.stop().await?;
    let counts = server.counts().await;
    Ok(format!(
        "live over {over}, hears a call; {} handshake, {} subscriptions, {} goodbye",
        counts.handshakes, counts.subscribes, counts.disconnects
    ))
}

async fn a_burst_in_its_order(kind: Kind, transport: &str) -> Verdict {
    const CALLS: usize = 100;
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    let sent: Vec<String> = (0..CALLS).map(|n| format!("c{n}")).collect();
    let (heard, ()) = tokio::join!(
        async {
            let mut heard = Vec::new();
            while heard.len() < CALLS {
                heard.push(subject.next_call().await?);
            }
            Ok::<_, String>(heard)
        },
        async {
            for uuid in &sent {
                server.call(uuid).await;
            }
        }
    );
    Ok(format!("hears all calls in their order: {}", heard? == sent))
}

async fn a_token_that_was_never_good(kind: Kind) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    server.revoke().await;
    let mut subject = Subject::start(&server, "auto");
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; {} handshakes", server.counts().await.handshakes))
}

async fn a_token_revoked_while_live(kind: Kind, at: At) -> Verdict {
    let server = Server::start(kind, at).await;
    let mut subject = Subject::start(&server, "auto");
    subject.live().await?;
    server.settled().await;
    let before = server.counts().await.handshakes;
    server.revoke().await;
    server.restart().await;
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; {} handshakes since", server.counts().await.handshakes - before))
}

async fn a_token_that_only_rest_takes(kind: Kind, at: At) -> Verdict {
    let server = Server::start(kind, at).await;
    server.revoke().await;
    server.let_rest_accept_all().await;
    let mut subject = Subject::start(&server, "auto");
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; {} handshakes", server.counts().await.handshakes))
}

async fn a_restart(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    server.restart().await;
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    let counts = server.counts().await;
    Ok(format!(
        "live again over {over}, hears a call; {} handshakes, {} subscriptions",
        counts.handshakes, counts.subscribes
    ))
}

async fn a_cut(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    server.settled().await;
    server.cut().await;
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    let counts = server.counts().await;
    Ok(format!(
        "live again over {over}, hears a call; {} handshake, {} subscriptions",
        counts.handshakes, counts.subscribes
    ))
}

async fn a_forgotten_session(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    server.forget().await;
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    let counts = server.counts().await;
    Ok(format!(
        "live again over {over}, hears a call; {} handshakes, {} subscriptions",
        counts.handshakes, counts.subscribes
    ))
}

async fn a_frozen_link(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    server.freeze(true).await;
    let frozen = Instant::now();
    let noticed = subject.waiting().await?;
    let in_time = frozen.elapsed().as_secs() < 31;
    server.freeze(false).await;
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!(
        "{}, within 31 s: {in_time}; live again over {over}, hears a call; {} handshakes",
        show(&noticed),
        server.counts().await.handshakes
    ))
}

async fn a_frozen_link_that_is_probed(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, transport);
    subject.live().await?;
    server.freeze(true).await;
    let frozen = Instant::now();
    subject.order(Order::Probe).await;
    let noticed = subject.waiting().await?;
    let in_time = frozen.elapsed().as_secs() < 10;
    server.freeze(false).await;
    let over = subject.live().await?;
    Ok(format!("{}, within 10 s: {in_time}; live again over {over}", show(&noticed)))
}

async fn no_websocket(kind: Kind, upgrade: Upgrade) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    server.upgrade(upgrade).await;
    let mut subject = Subject::start(&server, "auto");
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("live over {over}, hears a call"))
}

async fn a_bad_gateway(kind: Kind) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let mut subject = Subject::start(&server, "auto");
    subject.live().await?;
    server.answer(Half::Faye, 502, None, "<html>Bad Gateway</html>").await;
    server.cut().await;
    let noticed = subject.waiting().await?;
    server.answer_truly(Half::Faye).await;
    let over = subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{}; live again over {over}, hears a call", show(&noticed)))
}

async fn a_wish_for_a_pause(kind: Kind) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    server.answer(Half::Faye, 503, Some(600), "<html>Later</html>").await;
    let mut subject = Subject::start(&server, "auto");
    let noticed = subject.waiting().await?;
    let pause = noticed.retry_at.map_or(0, |at| at.as_millis() - noticed.since.as_millis());
    server.answer_truly(Half::Faye).await;
    subject.order(Order::Retry).await;
    let over = subject.live().await?;
    Ok(format!("{}, as long as asked: {}; on demand live over {over}", show(&noticed), pause >= 590_000))
}

async fn advice_none(kind: Kind, transport: &str) -> Verdict {
    let server = Server::start(kind, At::Subscribe).await;
    let none = r#"[{"id":"1","channel":"/meta/handshake","successful":false,"error":"500::Closed","advice":{"reconnect":"none"}}]"#;
    server.answer(Half::Faye, 200, None, none).await;
    let mut subject = Subject::start(&server, transport);
    Ok(match subject.live().await {
        Ok(over) => format!("live over {over}"),
        Err(rest) => rest,
    })
}
