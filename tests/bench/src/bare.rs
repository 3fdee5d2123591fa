//! The least that can be done with Centrifugo's publications: a websocket and one borrowed look at each frame. Not a
//! client, but what a client is measured against; it runs as a process of its own: `bench --bare URL COUNT`.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};

#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(borrow)]
    push: Option<Push<'a>>,
}

#[derive(Deserialize)]
struct Push<'a> {
    channel: &'a str,
    #[serde(borrow, rename = "pub")]
    publication: Publication<'a>,
}

#[derive(Deserialize)]
struct Publication<'a> {
    #[serde(borrow)]
    data: Data<'a>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(borrow)]
    data: Change<'a>,
}

#[derive(Deserialize)]
struct Change<'a> {
    agent_id: &'a str,
    new_status: &'a str,
}

/// Counts publications: prints READY when subscribed and DONE when so many have come.
pub async fn count(url: &str, events: usize) -> Result<()> {
    let config = WebSocketConfig::default().read_buffer_size(16 << 10);
    let (mut socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(config), true)
        .await
        .context("no websocket")?;
    let hello = "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"voice:agents\"}}";
    socket.send(Message::text(hello)).await?;
    let mut seen = 0;
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message? else { continue };
        for line in text.as_str().lines() {
            let frame: Frame = serde_json::from_str(line)?;
            match frame.push {
                Some(Push { channel: "voice:agents", publication: Publication { data } }) => {
                    let Data { kind, data: Change { agent_id, new_status } } = data;
                    seen += usize::from(!kind.is_empty() && !agent_id.is_empty() && !new_status.is_empty());
                }
                Some(_) => {}
                None if line.contains("subscribe") => say("READY")?,
                None => {}
            }
        }
        if seen == events {
            say("DONE")?;
        }
    }
    Ok(())
}

fn say(word: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{word}")?)
}
