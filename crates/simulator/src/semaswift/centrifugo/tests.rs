//! Conversations as recorded from a real Centrifugo 6, in which ids, epochs and tokens are named.

mod refusals;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::*;
use crate::semaswift::jwt::{Claims, sign};

const SECRET: &str = "secret";

struct Talk {
    centrifugo: Centrifugo,
    now: Now,
    inboxes: BTreeMap<ClientKey, Inbox>,
}

impl Talk {
    fn new(change: impl FnOnce(&mut Setup)) -> Talk {
        let mut setup = Setup {
            secret: SECRET.to_owned(),
            ping: Duration::from_secs(5),
            pong_within: Duration::from_secs(2),
            connect_within: Duration::from_secs(5),
            grace: Duration::from_secs(5),
            needs_subscription_tokens: false,
            kept: 10,
            most_waiting: 1024 * 1024,
            most_connections: 100,
        };
        change(&mut setup);
        let now = Now { instant: Instant::now(), at: Timestamp::UNIX_EPOCH };
        Talk { centrifugo: Centrifugo::new(setup), now, inboxes: BTreeMap::new() }
    }

    fn open(&mut self) -> ClientKey {
        let (key, inbox) = self.centrifugo.open(self.now);
        self.inboxes.insert(key, inbox);
        key
    }

    /// What this connection has heard, closing included, with the clients' ids as `A`, `B` and so on.
    fn heard(&mut self, key: ClientKey) -> Vec<String> {
        let mut heard = Vec::new();
        while let Ok(push) = self.inboxes.get_mut(&key).unwrap().pushes.try_recv() {
            heard.push(match push {
                Push::Text(text) => self.named(&text),
                Push::Binary(bytes) => format!("{bytes:?}"),
                Push::Close(why) => format!("{} {}", why.code, why.reason),
            });
        }
        heard
    }

    fn named(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (key, client) in &self.centrifugo.clients {
            let name = char::from(b'A' + u8::try_from(*key - 1).unwrap()).to_string();
            if let Some(connected) = client.connected() {
                text = text.replace(&connected.id, &name);
            }
        }
        for channel in self.centrifugo.channels.values() {
            text = text.replace(&channel.epoch, "EPOCH");
        }
        text
    }

    /// Says this and gives what comes back.
    fn say(&mut self, key: ClientKey, frame: &str) -> Vec<String> {
        self.centrifugo.receive(self.now, key, frame);
        self.heard(key)
    }

    /// A connection of this user, its answer taken.
    fn connect(&mut self, user: &str) -> ClientKey {
        let key = self.open();
        let heard = self.say(key, &format!(r#"{{"id":1,"connect":{{"token":"{}"}}}}"#, token(user, None)));
        assert_eq!(heard.len(), 1, "{heard:?}");
        key
    }

    fn pass(&mut self, seconds: u64) {
        self.now.instant += Duration::from_secs(seconds);
        self.now.at += SignedDuration::from_secs(i64::try_from(seconds).unwrap());
        self.centrifugo.wake(self.now);
    }

    fn publish(&mut self, channel: &str, data: &serde_json::Value) {
        self.centrifugo.publish(channel, &to_raw_value(data).unwrap());
    }
}

fn token(user: &str, exp: Option<i64>) -> String {
    sign(SECRET, &Claims { sub: user.to_owned(), exp, ..Claims::default() })
}

fn subscription_token(user: &str, channel: &str, exp: Option<i64>) -> String {
    let channel = Some(channel.to_owned());
    sign(SECRET, &Claims { sub: user.to_owned(), channel, exp, ..Claims::default() })
}

#[test]
fn a_connect_and_its_subscriptions_in_one_frame() {
    let mut talk = Talk::new(|_| {});
    let info = Some(to_raw_value(&json!({"name": "Alice"})).unwrap());
    let claims = Claims { sub: "alice".to_owned(), exp: Some(3600), info, ..Claims::default() };
    let token = sign(SECRET, &claims);
    let key = talk.open();
    let frame = format!(
        "{{\"connect\":{{\"token\":\"{token}\",\"name\":\"js\"}},\"id\":1}}\n\
         {{\"subscribe\":{{\"channel\":\"voice:calls\",\"flag\":1}},\"id\":2}}\n\
         {{\"subscribe\":{{\"channel\":\"presence:online\",\"flag\":1}},\"id\":3}}"
    );
    assert_eq!(
        talk.say(key, &frame),
        [
            r#"{"id":1,"connect":{"client":"A","version":"0.0.0 OSS","expires":true,"ttl":3600,"ping":5,"pong":true}}"#,
            r#"{"id":2,"subscribe":{"recoverable":true,"epoch":"EPOCH","positioned":true}}"#,
            r#"{"id":3,"subscribe":{}}"#,
            r#"{"push":{"channel":"presence:online","join":{"info":{"user":"alice","client":"A","conn_info":{"name":"Alice"}}}}}"#,
        ]
    );
    talk.publish("voice:calls", &json!({"n": 1}));
    talk.publish("voice:calls", &json!({"n": 2}));
    let first = r#"{"push":{"channel":"voice:calls","pub":{"data":{"n":1},"offset":1,"epoch":"EPOCH"}}}"#;
    let second = r#"{"push":{"channel":"voice:calls","pub":{"data":{"n":2},"offset":2}}}"#;
    assert_eq!(talk.heard(key), [first, second]);
    assert_eq!(
        talk.say(key, r#"{"history":{"channel":"voice:calls","limit":1,"reverse":true},"id":6}"#),
        [r#"{"id":6,"history":{"publications":[{"data":{"n":2},"offset":2}],"epoch":"EPOCH","offset":2}}"#]
    );
    assert_eq!(
        talk.say(key, r#"{"history":{"channel":"voice:calls"},"id":7}"#),
        [r#"{"id":7,"history":{"publications":[],"epoch":"EPOCH","offset":2}}"#]
    );
    let elsewhere =
        r#"{"history":{"channel":"voice:calls","since":{"offset":1,"epoch":"zzzz"},"limit":5},"id":8}"#;
    let refused = r#"{"id":8,"error":{"code":112,"message":"unrecoverable position"}}"#;
    assert_eq!(talk.say(key, elsewhere), [refused]);
}

#[test]
fn others_see_who_comes_and_goes() {
    let mut talk = Talk::new(|_| {});
    let alice = talk.connect("alice");
    talk.say(alice, r#"{"id":2,"subscribe":{"channel":"presence:online"}}"#);
    let bob = talk.connect("bob");
    talk.say(bob, r#"{"id":2,"subscribe":{"channel":"presence:online"}}"#);
    let join = r#"{"push":{"channel":"presence:online","join":{"info":{"user":"bob","client":"B"}}}}"#;
    assert_eq!(talk.heard(alice), [join]);
    let present = talk.say(alice, r#"{"presence":{"channel":"presence:online"},"id":4}"#).remove(0);
    let present: serde_json::Value = serde_json::from_str(&present).unwrap();
    let both = json!({"A": {"user": "alice", "client": "A"}, "B": {"user": "bob", "client": "B"}});
    assert_eq!(present["presence"]["presence"], both);
    assert_eq!(
        talk.say(alice, r#"{"presence_stats":{"channel":"presence:online"},"id":5}"#),
        [r#"{"id":5,"presence_stats":{"num_clients":2,"num_users":2}}"#]
    );
    // Named while the client is still known.
    let id = talk.centrifugo.clients[&bob].connected().unwrap().id.clone();
    let answered = talk.say(bob, r#"{"unsubscribe":{"channel":"presence:online"},"id":3}"#);
    assert_eq!(answered, [r#"{"id":3,"unsubscribe":{}}"#]);
    let leave = r#"{"push":{"channel":"presence:online","leave":{"info":{"user":"bob","client":"B"}}}}"#;
    assert_eq!(talk.heard(alice), [leave]);
    talk.say(bob, r#"{"id":4,"subscribe":{"channel":"presence:online"}}"#);
    talk.heard(alice);
    talk.centrifugo.closed(bob);
    assert_eq!(talk.heard(alice), [leave.replace("\"B\"", &format!("\"{id}\""))]);
}

#[test]
fn joins_come_to_whoever_asks_where_asking_is_needed() {
    let mut talk = Talk::new(|_| {});
    let (asks, does_not) = (talk.connect("alice"), talk.connect("bob"));
    let join_leave = r#"{"id":2,"subscribe":{"channel":"tickets:jl","join_leave":true}}"#;
    assert_eq!(talk.say(asks, join_leave).len(), 2);
    assert_eq!(talk.say(does_not, r#"{"id":2,"subscribe":{"channel":"tickets:jl"}}"#).len(), 1);
    assert_eq!(talk.heard(asks).len(), 1);
}

#[test]
fn what_was_missed_is_recovered_or_its_loss_told() {
    let mut talk = Talk::new(|setup| setup.kept = 3);
    let key = talk.connect("alice");
    talk.say(key, r#"{"id":2,"subscribe":{"channel":"voice:rec"}}"#);
    for n in 1..=5 {
        talk.publish("voice:rec", &json!({ "n": n }));
    }
    talk.heard(key);
    let epoch = talk.centrifugo.channels["voice:rec"].epoch.clone();
    let mut recover = |offset: u64, epoch: &str| {
        let key = talk.connect("alice");
        let frame = format!(
            r#"{{"subscribe":{{"channel":"voice:rec","flag":1,"recover":true,"offset":{offset},"epoch":"{epoch}"}},"id":4}}"#
        );
        talk.say(key, &frame).remove(0)
    };
    assert_eq!(
        recover(3, &epoch),
        r#"{"id":4,"subscribe":{"recoverable":true,"epoch":"EPOCH","publications":[{"data":{"n":4},"offset":4},{"data":{"n":5},"offset":5}],"recovered":true,"offset":3,"positioned":true,"was_recovering":true}}"#
    );
    assert_eq!(
        recover(5, &epoch),
        r#"{"id":4,"subscribe":{"recoverable":true,"epoch":"EPOCH","recovered":true,"offset":5,"positioned":true,"was_recovering":true}}"#
    );
    let lost = r#"{"id":4,"subscribe":{"recoverable":true,"epoch":"EPOCH","offset":5,"positioned":true,"was_recovering":true}}"#;
    for (offset, epoch) in [(1, epoch.as_str()), (9, &epoch), (3, "zzzz")] {
        assert_eq!(recover(offset, epoch), lost);
    }
    talk.centrifugo.forget_history("voice:rec");
    let key = talk.connect("alice");
    let rejecting = format!(
        r#"{{"subscribe":{{"channel":"voice:rec","flag":2,"recover":true,"offset":4,"epoch":"{epoch}"}},"id":4}}"#
    );
    let refused = r#"{"id":4,"error":{"code":112,"message":"unrecoverable position"}}"#;
    assert_eq!(talk.say(key, &rejecting), [refused]);
}

#[test]
fn silence_is_ended_and_pongs_are_awaited() {
    let mut talk = Talk::new(|_| {});
    let opened = talk.open();
    let silent = talk.connect("alice");
    let answers = talk.connect("bob");
    assert!(talk.centrifugo.next_wake(talk.now).unwrap() > talk.now.instant);
    talk.pass(5);
    assert_eq!(talk.heard(opened), ["3502 stale"]);
    assert_eq!(talk.heard(silent), ["{}"]);
    assert_eq!(talk.heard(answers), ["{}"]);
    assert_eq!(talk.say(answers, "{}"), [""; 0]);
    talk.pass(2);
    assert_eq!(talk.heard(silent), ["3012 no pong"]);
    assert_eq!(talk.heard(answers), [""; 0]);
    assert_eq!(talk.say(answers, "{}"), ["3501 bad request"]);
    assert_eq!(talk.centrifugo.connected(), 0);
}

#[test]
fn a_connection_whose_token_is_over_has_some_seconds_left() {
    let mut talk = Talk::new(|setup| setup.ping = Duration::ZERO);
    let key = talk.open();
    let frame = format!(r#"{{"id":1,"connect":{{"token":"{}"}}}}"#, token("alice", Some(1)));
    let answer = r#"{"id":1,"connect":{"client":"A","version":"0.0.0 OSS","expires":true,"ttl":1}}"#;
    assert_eq!(talk.say(key, &frame), [answer]);
    talk.pass(5);
    assert_eq!(talk.heard(key), [""; 0]);
    talk.pass(1);
    assert_eq!(talk.heard(key), ["3005 connection expired"]);
}

#[test]
fn the_server_subscribes_and_unsubscribes_too() {
    let mut talk = Talk::new(|_| {});
    let key = talk.open();
    let claims =
        Claims { sub: "carol".to_owned(), channels: vec!["user:carol".to_owned()], ..Claims::default() };
    let frame = format!(r#"{{"id":1,"connect":{{"token":"{}"}}}}"#, sign(SECRET, &claims));
    let answer = r#"{"id":1,"connect":{"client":"A","version":"0.0.0 OSS","subs":{"user:carol":{}},"ping":5,"pong":true}}"#;
    assert_eq!(talk.say(key, &frame), [answer]);
    talk.centrifugo.subscribe("carol", "plain:srv");
    talk.publish("plain:srv", &json!({"n": 1}));
    talk.centrifugo.unsubscribe("plain:srv", 2000, "server unsubscribe");
    talk.publish("plain:srv", &json!({"n": 2}));
    assert_eq!(
        talk.heard(key),
        [
            r#"{"push":{"channel":"plain:srv","subscribe":{}}}"#,
            r#"{"push":{"channel":"plain:srv","pub":{"data":{"n":1}}}}"#,
            r#"{"push":{"channel":"plain:srv","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}}"#,
        ]
    );
}

#[test]
fn who_reads_too_slowly_is_cut_off() {
    let mut talk = Talk::new(|setup| setup.most_waiting = 1000);
    let key = talk.connect("alice");
    talk.say(key, r#"{"id":2,"subscribe":{"channel":"plain:a"}}"#);
    talk.publish("plain:a", &json!("x".repeat(2000)));
    assert_eq!(talk.heard(key).last().unwrap(), "3008 slow");
    assert!(talk.inboxes[&key].is_too_slow());
    assert_eq!(talk.centrifugo.listeners("plain:a"), 0);
}

#[test]
fn after_a_restart_streams_are_new_and_the_others_still_there() {
    let mut talk = Talk::new(|_| {});
    let key = talk.connect("alice");
    talk.say(key, r#"{"id":2,"subscribe":{"channel":"voice:calls"}}"#);
    talk.publish("voice:calls", &json!(1));
    talk.centrifugo.come(&["presence:online"], "bob", None);
    let before = talk.centrifugo.channels["voice:calls"].epoch.clone();
    talk.centrifugo.disconnect_all(&Disconnect::shutdown());
    talk.centrifugo.forget_all();
    assert_eq!(talk.heard(key).last().unwrap(), "3001 shutdown");
    assert_eq!(talk.centrifugo.present("presence:online").len(), 1);
    let key = talk.connect("alice");
    let frame = format!(
        r#"{{"subscribe":{{"channel":"voice:calls","recover":true,"offset":1,"epoch":"{before}"}},"id":4}}"#
    );
    assert_eq!(
        talk.say(key, &frame),
        [
            r#"{"id":4,"subscribe":{"recoverable":true,"epoch":"EPOCH","positioned":true,"was_recovering":true}}"#
        ]
    );
}
