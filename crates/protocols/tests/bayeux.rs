//! The scripts of `tests/scenarios/bayeux`.

use std::time::Duration;

use protocols::{
    bayeux::{Client, Event, Options, Transports},
    secret,
};

/// A script may say `: transports websocket` or `long-polling`, and `: channels none`; otherwise the client may
/// use both transports and wants one channel from the beginning.
fn run(script: &str) {
    let settings = script::settings(script);
    let mut options = Options::new("https://pubsub.example/faye");
    options.transports = match settings.get("transports").copied() {
        Some("websocket") => Transports::WebSocket,
        Some("long-polling") => Transports::LongPolling,
        _ => Transports::Auto,
    };
    let mut client = Client::new(options);
    client.set_ext(secret::Text::new(r#"{"access_token":"t1"}"#));
    for channel in settings.get("channels").unwrap_or(&"/presence/company/1234").split_whitespace() {
        if channel != "none" {
            client.subscribe(protocols::Instant::at(Duration::ZERO), channel);
        }
    }
    script::check_with(client, script, render, |client, now, words| match words.split_once(' ') {
        Some(("subscribe", channel)) => client.subscribe(now, channel),
        Some(("unsubscribe", channel)) => client.unsubscribe(now, channel),
        Some(("ext", ext)) => client.set_ext(secret::Text::new(ext)),
        _ => panic!("nobody here does `! {words}`"),
    });
}

fn render(event: &Event) -> Option<String> {
    Some(match event {
        Event::Live { transport, fresh: true } => format!("live over {}", transport.name()),
        Event::Live { transport, fresh: false } => format!("live again over {}", transport.name()),
        Event::Interrupted => "interrupted".into(),
        Event::Message { channel, data } => format!("{channel} {data}"),
        Event::Refused { channel, error } => format!("refused {channel}: {error}"),
        Event::Skipped(why) => format!("skipped {why}"),
        Event::Heard => return None,
    })
}

script::scenarios!("bayeux", run:
    a_session_over_the_websocket,
);
