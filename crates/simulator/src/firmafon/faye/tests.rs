//! The numbered probes are those measured against npm faye 1.4.3.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::firmafon::gate::RefuseTokenAt;

struct Lab {
    faye: Faye,
    gate: Gate,
    now: Instant,
}

const TIMEOUT: Duration = Duration::from_secs(4);

impl Lab {
    fn new() -> Lab {
        let gate = Gate {
            token: Some("good".to_owned()),
            refuse_at: RefuseTokenAt::Nothing,
            company: 1234,
            employees: BTreeSet::from([77]),
            patterns: true,
        };
        Lab { faye: Faye::new(TIMEOUT, false), gate, now: Instant::now() }
    }

    fn post(&mut self, body: &Value) -> oneshot::Receiver<String> {
        let origin = Origin { sticky: false, socket: None };
        self.faye.receive_body(self.now, &self.gate, origin, &body.to_string()).unwrap()
    }

    fn posted(&mut self, body: &Value) -> String {
        self.post(body).try_recv().expect("answered at once")
    }

    fn say(&mut self, socket: SocketId, body: &Value) {
        let origin = Origin { sticky: false, socket: Some(socket) };
        self.faye.receive_text(self.now, &self.gate, origin, &body.to_string());
    }

    fn handshake(&mut self) -> String {
        let reply = self.posted(
            &json!({"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["websocket"], "id": "h"}),
        );
        let reply: Value = serde_json::from_str(&reply).unwrap();
        reply[0]["clientId"].as_str().unwrap().to_owned()
    }

    fn subscribed(&mut self) -> String {
        let id = self.handshake();
        self.posted(
            &json!({"channel": "/meta/subscribe", "clientId": id, "subscription": "/presence/company/1234"}),
        );
        id
    }

    fn publish(&mut self, data: &Value) {
        let data = serde_json::value::to_raw_value(data).unwrap();
        self.faye.publish(self.now, "/presence/company/1234", &data);
        self.faye.wake(self.now);
    }

    fn pass(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.faye.wake(self.now);
    }
}

fn connect(client: &str, kind: &str, id: &str) -> Value {
    json!({"channel": "/meta/connect", "clientId": client, "connectionType": kind, "id": id})
}

fn drained(pushes: &mut mpsc::UnboundedReceiver<Push>) -> Vec<Push> {
    std::iter::from_fn(|| pushes.try_recv().ok()).collect()
}

fn connected(id: &str, client: &str) -> String {
    format!(
        r#"{{"id":"{id}","clientId":"{client}","channel":"/meta/connect","successful":true,"advice":{{"reconnect":"retry","interval":0,"timeout":4000}}}}"#
    )
}

#[test]
fn handshake_answers_byte_for_byte_like_the_original() {
    let mut lab = Lab::new();
    let reply = lab.posted(&json!([{"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["websocket"], "id": "h"}]));
    let client = lab.faye.sessions.keys().next().unwrap();
    assert_eq!(client.len(), 31);
    assert_eq!(
        reply,
        format!(
            r#"[{{"id":"h","channel":"/meta/handshake","successful":true,"version":"1.0","supportedConnectionTypes":["long-polling","cross-origin-long-polling","callback-polling","websocket","eventsource","in-process"],"clientId":"{client}","advice":{{"reconnect":"retry","interval":0,"timeout":4000}}}}]"#
        )
    );
}

#[test]
fn nothing_is_pushed_before_a_connect_binds_the_socket() {
    let mut lab = Lab::new();
    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.handshake();
    lab.say(
        socket,
        &json!({"channel": "/meta/subscribe", "clientId": client, "subscription": ["/presence/company/1234", "/call2/company/1234"], "id": "s"}),
    );
    lab.publish(&json!({"n": 1}));
    assert_eq!(
        drained(&mut pushes),
        [Push::Text(format!(
            r#"[{{"id":"s","clientId":"{client}","channel":"/meta/subscribe","successful":true,"subscription":["/presence/company/1234","/call2/company/1234"]}}]"#
        ))]
    );
    lab.say(socket, &connect(&client, "websocket", "c1"));
    assert_eq!(
        drained(&mut pushes),
        [Push::Text(r#"[{"channel":"/presence/company/1234","data":{"n":1},"id":"3"}]"#.to_owned())]
    );
}

#[test]
fn a_second_connect_drops_the_first_and_waits_for_its_timer() {
    let mut lab = Lab::new();
    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.handshake();
    lab.say(socket, &connect(&client, "websocket", "c1"));
    let mut at_once = connect(&client, "websocket", "c2");
    at_once["advice"] = json!({"timeout": 0});
    lab.say(socket, &at_once);
    assert_eq!(drained(&mut pushes), []);
    lab.pass(4);
    assert_eq!(drained(&mut pushes), [Push::Text(format!("[{}]", connected("c2", &client)))]);
}

#[test]
fn another_sessions_connect_on_the_same_socket_unbinds_the_first() {
    let mut lab = Lab::new();
    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.subscribed();
    lab.say(socket, &connect(&client, "websocket", "c2"));
    lab.say(socket, &connect("nope", "websocket", "e1"));
    assert_eq!(
        drained(&mut pushes),
        [
            Push::Text(format!("[{}]", connected("c2", &client))),
            Push::Text(
                r#"[{"id":"e1","channel":"/meta/connect","successful":false,"error":"401:nope:Unknown client","advice":{"reconnect":"handshake"}}]"#
                    .to_owned()
            ),
        ]
    );
    lab.publish(&json!(1));
    assert_eq!(drained(&mut pushes), []);
}

#[test]
fn errors_read_like_the_originals() {
    let mut lab = Lab::new();
    let c = lab.handshake();
    let types = r#""supportedConnectionTypes":["long-polling","cross-origin-long-polling","callback-polling","websocket","eventsource","in-process"]"#;
    let again = r#""advice":{"reconnect":"handshake"}"#;
    let cases = [
        (
            json!({"channel":"/meta/connect","connectionType":"websocket","id":"e2"}),
            format!(r#"{{"id":"e2","channel":"/meta/connect","successful":false,"error":"402:clientId:Missing required parameter",{again}}}"#),
        ),
        (
            connect(&c, "foo", "e3"),
            format!(r#"{{"id":"e3","channel":"/meta/connect","successful":false,"error":"301:foo:Connection types not supported",{again}}}"#),
        ),
        (
            json!({"channel":"/meta/bogus","clientId":c,"id":"e4"}),
            format!(r#"{{"id":"e4","clientId":"{c}","channel":"/meta/bogus","successful":false,"error":"403:/meta/bogus:Forbidden channel"}}"#),
        ),
        (
            json!({"channel":"/meta/subscribe","clientId":c,"id":"e5"}),
            format!(r#"{{"id":"e5","clientId":"{c}","channel":"/meta/subscribe","successful":false,"error":"402:subscription:Missing required parameter","subscription":[]}}"#),
        ),
        (
            json!({"channel":"/meta/subscribe","clientId":c,"subscription":"/meta/foo","id":"e6"}),
            format!(r#"{{"id":"e6","clientId":"{c}","channel":"/meta/subscribe","successful":false,"subscription":"/meta/foo","error":"403:/meta/foo:Forbidden channel"}}"#),
        ),
        (
            json!({"channel":"/meta/subscribe","clientId":c,"subscription":"noslash","id":"e7"}),
            format!(r#"{{"id":"e7","clientId":"{c}","channel":"/meta/subscribe","successful":false,"subscription":"noslash","error":"405:noslash:Invalid channel"}}"#),
        ),
        (
            json!({"channel":"/meta/subscribe","clientId":"gone","subscription":"/presence/company/1234","id":"e8"}),
            r#"{"id":"e8","clientId":"gone","channel":"/meta/subscribe","successful":false,"error":"401:gone:Unknown client","subscription":"/presence/company/1234"}"#.to_owned(),
        ),
        (
            json!({"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["smoke"],"id":"e9"}),
            format!(r#"{{"id":"e9","channel":"/meta/handshake","successful":false,"version":"1.0",{types},"error":"301:smoke:Connection types not supported",{again}}}"#),
        ),
        (
            json!({"channel":"/meta/handshake","supportedConnectionTypes":["websocket"],"id":"e10"}),
            format!(r#"{{"id":"e10","channel":"/meta/handshake","successful":false,"version":"1.0","error":"402:version:Missing required parameter",{types},{again}}}"#),
        ),
        (
            json!({"channel":"/meta/disconnect","clientId":"gone","id":"e12"}),
            r#"{"id":"e12","channel":"/meta/disconnect","successful":false,"error":"401:gone:Unknown client"}"#.to_owned(),
        ),
        (
            json!({"channel":"/a","data":1,"clientId":c,"id":"p"}),
            format!(r#"{{"id":"p","clientId":"{c}","channel":"/a","error":"403::Publishing is not allowed","successful":false}}"#),
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(lab.posted(&message), format!("[{expected}]"));
    }
}

#[test]
fn what_is_no_bayeux_is_a_bad_request_and_an_empty_array_is_answered() {
    let mut lab = Lab::new();
    assert_eq!(lab.posted(&json!([])), "[]");
    for body in ["{not json", "", "5", "null", "[1]"] {
        let origin = Origin { sticky: false, socket: None };
        let answer = lab.faye.receive_body(lab.now, &lab.gate, origin, body);
        assert_eq!(answer.err(), Some(BadRequest), "{body}");
    }
}

#[test]
fn the_first_sockets_death_closes_the_second_of_the_same_session() {
    let mut lab = Lab::new();
    let (a, _a_pushes) = lab.faye.open_socket();
    let (b, mut b_pushes) = lab.faye.open_socket();
    let client = lab.subscribed();
    lab.say(a, &connect(&client, "websocket", "c1"));
    lab.say(b, &connect(&client, "websocket", "c3"));
    lab.publish(&json!(2));
    assert_eq!(drained(&mut b_pushes).len(), 1);
    lab.faye.socket_closed(a);
    assert_eq!(drained(&mut b_pushes), [Push::Close]);
    lab.faye.socket_closed(b);

    let (c, mut c_pushes) = lab.faye.open_socket();
    lab.publish(&json!(3));
    lab.say(c, &connect(&client, "websocket", "c4"));
    assert_eq!(
        drained(&mut c_pushes),
        [Push::Text(r#"[{"channel":"/presence/company/1234","data":3,"id":"4"}]"#.to_owned())]
    );
}

#[test]
fn a_session_is_forgotten_twice_the_timeout_after_its_last_connect_and_its_socket_closed() {
    let mut lab = Lab::new();
    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.handshake();
    lab.say(socket, &connect(&client, "websocket", "c4"));
    lab.pass(4);
    assert_eq!(drained(&mut pushes), [Push::Text(format!("[{}]", connected("c4", &client)))]);
    lab.pass(3);
    assert_eq!(drained(&mut pushes), []);
    lab.pass(1);
    assert_eq!(drained(&mut pushes), [Push::Close]);
    assert_eq!(lab.faye.next_wake(), None);
}

#[test]
fn long_polling_gets_its_events_together_behind_the_connect_answer() {
    let mut lab = Lab::new();
    let client = lab.subscribed();
    let mut held = lab.post(&json!([connect(&client, "long-polling", "4")]));
    assert!(held.try_recv().is_err());
    for n in [1, 2] {
        let data = serde_json::value::to_raw_value(&json!(n)).unwrap();
        lab.faye.publish(lab.now, "/presence/company/1234", &data);
    }
    lab.faye.wake(lab.now);
    assert_eq!(
        held.try_recv().unwrap(),
        format!(
            r#"[{},{{"channel":"/presence/company/1234","data":1,"id":"3"}},{{"channel":"/presence/company/1234","data":2,"id":"4"}}]"#,
            connected("4", &client)
        )
    );
}

#[test]
fn a_connect_batched_with_others_comes_back_last_and_at_once_when_it_asks() {
    let mut lab = Lab::new();
    let c = lab.handshake();
    let mut first = connect(&c, "long-polling", "2");
    first["advice"] = json!({"timeout": 0});
    let reply = lab.posted(&json!([
        first,
        {"channel": "/meta/subscribe", "clientId": c, "subscription": "/call2/company/1234", "id": "3"},
    ]));
    assert_eq!(
        reply,
        format!(
            r#"[{{"id":"3","clientId":"{c}","channel":"/meta/subscribe","successful":true,"subscription":"/call2/company/1234"}},{}]"#,
            connected("2", &c)
        )
    );
}

#[test]
fn disconnect_answers_the_held_poll_but_only_closes_a_socket() {
    let mut lab = Lab::new();
    let client = lab.handshake();
    let mut held = lab.post(&connect(&client, "long-polling", "6"));
    let reply = lab.posted(&json!({"channel": "/meta/disconnect", "clientId": client, "id": "7"}));
    assert_eq!(
        reply,
        format!(r#"[{{"id":"7","clientId":"{client}","channel":"/meta/disconnect","successful":true}}]"#)
    );
    assert_eq!(held.try_recv().unwrap(), format!("[{}]", connected("6", &client)));

    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.handshake();
    lab.say(socket, &connect(&client, "websocket", "5"));
    lab.say(socket, &json!({"channel": "/meta/disconnect", "clientId": client, "id": "6"}));
    let pushed = drained(&mut pushes);
    assert_eq!(pushed.len(), 2);
    assert_eq!(pushed[1], Push::Close);
}

#[test]
fn a_forgotten_session_is_unknown_on_its_next_message() {
    let mut lab = Lab::new();
    let (socket, mut pushes) = lab.faye.open_socket();
    let client = lab.subscribed();
    lab.say(socket, &connect(&client, "websocket", "1"));
    lab.faye.forget();
    lab.publish(&json!(1));
    assert_eq!(drained(&mut pushes), []);
    lab.pass(4);
    assert_eq!(drained(&mut pushes), [Push::Text(format!("[{}]", connected("1", &client)))]);
    lab.say(socket, &connect(&client, "websocket", "2"));
    let [Push::Text(text)] = &drained(&mut pushes)[..] else { panic!("one answer") };
    assert!(text.contains("Unknown client"), "{text}");
}

#[test]
fn without_the_cookie_a_session_is_unknown_where_cookies_are_required() {
    let mut lab = Lab::new();
    lab.faye.needs_cookie = true;
    let client = lab.handshake();
    let message =
        json!({"channel": "/meta/subscribe", "clientId": client, "subscription": "/presence/company/1234"});
    assert!(lab.posted(&message).contains("Unknown client"));
    let origin = Origin { sticky: true, socket: None };
    let mut reply = lab.faye.receive_body(lab.now, &lab.gate, origin, &message.to_string()).unwrap();
    assert!(reply.try_recv().unwrap().contains(r#""successful":true"#));
}
