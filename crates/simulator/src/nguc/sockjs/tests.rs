use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn server(heartbeat: Heartbeat) -> SockJs {
    SockJs::new(Rules { heartbeat, pong_within: 10 * SECOND, disconnect_after: 5 * SECOND })
}

fn told(pushes: &mut mpsc::UnboundedReceiver<Push>) -> Vec<String> {
    let mut told = Vec::new();
    while let Ok(push) = pushes.try_recv() {
        told.push(match push {
            Push::Text(text) => text,
            Push::Ping => "(ping)".to_owned(),
            Push::Close(code, reason) => format!("(close {code} {reason})"),
        });
    }
    told
}

fn answer(server: &mut SockJs, now: Instant, name: &str) -> Option<String> {
    let (poll, mut answer) = server.poll(now, Application::Events, name);
    let answer = answer.try_recv().ok();
    if answer.is_none() {
        server.poll_given_up(poll);
    }
    answer
}

fn heard(server: &mut SockJs) -> Vec<Heard> {
    server.take_heard().into_iter().map(|(_, _, heard)| heard).collect()
}

#[test]
fn a_websocket_opens_hears_and_closes() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    let (id, mut pushes) = server.open_socket(now, Application::Events, Framing::SockJs);
    server.receive_text(id, r#"["one","two"]"#);
    server.receive_text(id, "");
    server.receive_text(id, "[]");
    server.send(now, id, Message::of("hello"));
    server.close(now, id, "c[3000,\"Go away!\"]", 3000, "Go away!");
    assert_eq!(
        told(&mut pushes),
        ["o", r#"a["hello"]"#, r#"c[3000,"Go away!"]"#, "(close 1000 Normal closure)"]
    );
    let said = |text| Heard::Said(Message::of(text));
    assert_eq!(heard(&mut server), [Heard::Opened, said("one"), said("two"), Heard::Gone]);
    assert_eq!(server.session_count(), 0);
}

#[test]
fn broken_json_closes_without_a_frame() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    let (id, mut pushes) = server.open_socket(now, Application::Events, Framing::SockJs);
    server.receive_text(id, "[\"a");
    assert_eq!(told(&mut pushes), ["o", "(close 3000 Broken framing.)"]);
    assert_eq!(heard(&mut server), [Heard::Opened, Heard::Gone]);
}

#[test]
fn a_raw_websocket_has_no_frames() {
    let (mut server, now) = (server(Heartbeat::Text(SECOND)), Instant::now());
    let (id, mut pushes) = server.open_socket(now, Application::Echo, Framing::Raw);
    server.receive_text(id, r#"["x"]"#);
    server.send(now, id, Message::of("[\"x\"]"));
    server.wake(now + 60 * SECOND);
    server.close(now, id, "c[3000,\"x\"]", 3000, "x");
    assert_eq!(told(&mut pushes), [r#"["x"]"#, "(close 3000 x)"]);
    assert_eq!(heard(&mut server), [Heard::Opened, Heard::Said(Message::of("[\"x\"]")), Heard::Gone]);
}

#[test]
fn heartbeats_are_frames_or_pings() {
    let now = Instant::now();
    for (heartbeat, beat) in [(Heartbeat::Text(25 * SECOND), "h"), (Heartbeat::Ping(25 * SECOND), "(ping)")] {
        let mut server = server(heartbeat);
        let (_, mut pushes) = server.open_socket(now, Application::Events, Framing::SockJs);
        assert_eq!(server.next_wake(), Some(now + 25 * SECOND));
        server.wake(now + 25 * SECOND);
        assert_eq!(told(&mut pushes), ["o", beat]);
    }
}

#[test]
fn a_ping_without_an_answer_ends_the_session_and_any_pong_saves_it() {
    let (mut server, now) = (server(Heartbeat::Ping(6 * SECOND)), Instant::now());
    let (id, mut pushes) = server.open_socket(now, Application::Events, Framing::SockJs);
    server.wake(now + 6 * SECOND);
    server.pong(id);
    server.wake(now + 12 * SECOND);
    server.wake(now + 18 * SECOND);
    server.wake(now + 22 * SECOND);
    let told = told(&mut pushes);
    assert_eq!(told[..4], ["o", "(ping)", "(ping)", "(ping)"]);
    assert_eq!(told[4..], [r#"c[3000,"No response from heartbeat"]"#, "(close 1000 Normal closure)"]);
}

#[test]
fn polls_take_one_frame_each_and_messages_together() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    assert_eq!(answer(&mut server, now, "s").as_deref(), Some("o\n"));
    let id = server.open_sessions(Application::Events)[0];
    for text in ["1", "2"] {
        server.send(now, id, Message::of(text));
    }
    server.send_frame(now, id, "m\"3\"");
    assert_eq!(answer(&mut server, now, "s").as_deref(), Some("a[\"1\",\"2\"]\n"));
    assert_eq!(answer(&mut server, now, "s").as_deref(), Some("m\"3\"\n"));
    assert_eq!(server.xhr_send(Application::Events, "s", r#"["x"]"#), Ok(()));
    assert_eq!(heard(&mut server), [Heard::Opened, Heard::Said(Message::of("x"))]);
}

#[test]
fn a_second_receiver_is_refused_and_the_first_stays() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    answer(&mut server, now, "s");
    let (_, mut first) = server.poll(now, Application::Events, "s");
    assert_eq!(answer(&mut server, now, "s").as_deref(), Some("c[2010,\"Another connection still open\"]\n"));
    let id = server.open_sessions(Application::Events)[0];
    server.send(now, id, Message::of("x"));
    assert_eq!(first.try_recv().as_deref(), Ok("a[\"x\"]\n"));
}

#[test]
fn a_polling_session_ends_five_seconds_after_its_last_poll_or_with_one_given_up() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    answer(&mut server, now, "s");
    server.wake(now + 5 * SECOND - Duration::from_millis(1));
    assert_eq!(server.session_count(), 1);
    server.wake(now + 5 * SECOND);
    assert_eq!(heard(&mut server), [Heard::Opened, Heard::Gone]);
    assert_eq!(server.xhr_send(Application::Events, "s", r#"["x"]"#), Err(Refused::UnknownSession));
    assert_eq!(answer(&mut server, now, "s").as_deref(), Some("o\n"));
    assert_eq!(answer(&mut server, now, "s"), None);
    assert_eq!(server.session_count(), 0);
}

#[test]
fn a_closed_polling_session_repeats_its_last_frame() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    answer(&mut server, now, "s");
    let id = server.open_sessions(Application::Events)[0];
    server.close(now, id, "c[3000,\"Go away!\"]", 3000, "Go away!");
    for _ in 0..2 {
        assert_eq!(answer(&mut server, now, "s").as_deref(), Some("c[3000,\"Go away!\"]\n"));
    }
    assert_eq!(heard(&mut server), [Heard::Opened, Heard::Gone]);
    server.wake(now + 5 * SECOND);
    assert_eq!(server.session_count(), 0);
    assert_eq!(heard(&mut server), []);
}

#[test]
fn a_poll_that_waits_long_gets_a_heartbeat() {
    let (mut server, now) = (server(Heartbeat::Ping(25 * SECOND)), Instant::now());
    answer(&mut server, now, "s");
    let (_, mut waiting) = server.poll(now, Application::Events, "s");
    server.wake(now + 25 * SECOND);
    assert_eq!(waiting.try_recv().as_deref(), Ok("h\n"));
}

#[test]
fn what_xhr_send_does_not_take() {
    let (mut server, now) = (server(Heartbeat::Silent), Instant::now());
    answer(&mut server, now, "s");
    for (body, refused) in
        [("", Refused::NoPayload), ("\"x\"", Refused::NoPayload), ("[\"x", Refused::BrokenJson)]
    {
        assert_eq!(server.xhr_send(Application::Events, "s", body), Err(refused), "{body}");
    }
    assert_eq!(server.xhr_send(Application::Events, "t", "[]"), Err(Refused::UnknownSession));
}
