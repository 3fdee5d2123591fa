//! What is refused, and how.

use super::*;

#[test]
fn tokens_are_refused_as_recorded() {
    let mut talk = Talk::new(|_| {});
    let connect = |token: &str| format!(r#"{{"id":1,"connect":{{"token":"{token}"}}}}"#);
    let expired = r#"{"id":1,"error":{"code":109,"message":"token expired"}}"#;
    let forged = sign("other", &Claims { sub: "x".to_owned(), ..Claims::default() });
    for (token, answer) in [
        (token("alice", Some(0)).as_str(), expired),
        (&forged, "3500 invalid token"),
        ("", "3501 bad request"),
    ] {
        let key = talk.open();
        assert_eq!(talk.say(key, &connect(token)), [answer]);
    }
    let refresh = |token: &str| format!(r#"{{"id":2,"refresh":{{"token":"{token}"}}}}"#);
    for (token, answer) in [
        (token("alice", Some(3)).as_str(), r#"{"id":2,"refresh":{"expires":true,"ttl":3}}"#),
        (&token("alice", None), r#"{"id":2,"refresh":{}}"#),
        (&token("alice", Some(0)), "3005 connection expired"),
        (&token("mallory", None), "3500 invalid token"),
        (&forged, "3500 invalid token"),
        ("", "3501 bad request"),
    ] {
        let key = talk.connect("alice");
        assert_eq!(talk.say(key, &refresh(token)), [answer]);
    }
}

#[test]
fn one_bad_subscription_token_ends_the_connection_and_a_late_one_does_not() {
    let mut talk = Talk::new(|setup| setup.needs_subscription_tokens = true);
    let with =
        |token: &str| format!(r#"{{"id":2,"subscribe":{{"channel":"tickets:mine","token":"{token}"}}}}"#);
    for (token, answer) in [
        (
            subscription_token("alice", "tickets:mine", Some(3)),
            r#"{"id":2,"subscribe":{"expires":true,"ttl":3,"recoverable":true,"epoch":"EPOCH","positioned":true}}"#,
        ),
        (
            subscription_token("alice", "tickets:mine", Some(0)),
            r#"{"id":2,"error":{"code":109,"message":"token expired"}}"#,
        ),
        (subscription_token("bob", "tickets:mine", None), "3500 invalid token"),
        (subscription_token("alice", "tickets:other", None), "3500 invalid token"),
        (token("alice", None), "3500 invalid token"),
        (String::new(), r#"{"id":2,"error":{"code":103,"message":"permission denied"}}"#),
    ] {
        let key = talk.connect("alice");
        assert_eq!(talk.say(key, &with(&token)), [answer]);
    }
}

#[test]
fn subscriptions_are_renewed_as_recorded() {
    let mut talk = Talk::new(|setup| setup.ping = Duration::ZERO);
    let key = talk.connect("alice");
    let command = |method: &str, channel: &str, exp: i64| {
        let token = subscription_token("alice", channel, Some(exp));
        format!(r#"{{"id":3,"{method}":{{"channel":"{channel}","token":"{token}"}}}}"#)
    };
    talk.say(key, &command("subscribe", "user:alice", 4));
    let renewed = r#"{"id":3,"sub_refresh":{"expires":true,"ttl":8}}"#;
    assert_eq!(talk.say(key, &command("sub_refresh", "user:alice", 8)), [renewed]);
    let denied = r#"{"id":3,"error":{"code":103,"message":"permission denied"}}"#;
    assert_eq!(talk.say(key, &command("sub_refresh", "user:bob", 8)), [denied]);
    talk.pass(12);
    assert_eq!(talk.heard(key), [""; 0]);
    talk.pass(1);
    let ended =
        r#"{"push":{"channel":"user:alice","unsubscribe":{"code":2501,"reason":"subscription expired"}}}"#;
    assert_eq!(talk.heard(key), [ended]);
}

#[test]
fn whoever_misbehaves_is_closed_as_recorded() {
    let bad = "3501 bad request";
    let mut talk = Talk::new(|_| {});
    for frame in [
        "not json",
        "{}",
        r#"{"id":1,"subscribe":{"channel":"voice:calls"}}"#,
        r#"{"connect":{}}"#,
        r#"{"id":1,"connect":{"name":"js"}}"#,
    ] {
        let key = talk.open();
        assert_eq!(talk.say(key, frame), [bad], "{frame}");
    }
    for (frame, answer) in [
        (r#"{"id":2,"connect":{"token":"x"}}"#, bad),
        (r#"{"id":2,"foo":{}}"#, bad),
        (r#"{"subscribe":{"channel":"voice:calls"}}"#, bad),
        (r#"{"id":2,"subscribe":{}}"#, bad),
        ("{}", bad),
        (r#"{"id":3,"send":{"data":{}}}"#, "3508 not available"),
    ] {
        let key = talk.connect("alice");
        assert_eq!(talk.say(key, frame), [answer], "{frame}");
    }
}

#[test]
fn what_cannot_be_had_is_refused_as_recorded() {
    let mut talk = Talk::new(|_| {});
    let key = talk.connect("alice");
    let frame = [
        r#"{"id":2,"subscribe":{"channel":"plain:a"}}"#,
        r#"{"id":3,"subscribe":{"channel":"plain:a"}}"#,
        r#"{"id":4,"presence":{"channel":"plain:a"}}"#,
        r#"{"id":5,"history":{"channel":"plain:a"}}"#,
        r#"{"id":6,"subscribe":{"channel":"nope:x"}}"#,
        r#"{"id":7,"subscribe":{"channel":"user:bob"}}"#,
        r#"{"id":8,"presence":{"channel":"tickets:all"}}"#,
        r#"{"id":9,"unsubscribe":{"channel":"plain:never"}}"#,
        r#"{"id":10,"rpc":{"method":"x","data":{}}}"#,
        r#"{"id":11,"publish":{"channel":"plain:a","data":{"x":1}}}"#,
    ];
    assert_eq!(
        talk.say(key, &frame.join("\n")),
        [
            r#"{"id":2,"subscribe":{}}"#,
            r#"{"id":3,"error":{"code":105,"message":"already subscribed"}}"#,
            r#"{"id":4,"error":{"code":108,"message":"not available"}}"#,
            r#"{"id":5,"error":{"code":108,"message":"not available"}}"#,
            r#"{"id":6,"error":{"code":102,"message":"unknown channel"}}"#,
            r#"{"id":7,"error":{"code":103,"message":"permission denied"}}"#,
            r#"{"id":8,"error":{"code":103,"message":"permission denied"}}"#,
            r#"{"id":9,"unsubscribe":{}}"#,
            r#"{"id":10,"error":{"code":108,"message":"not available"}}"#,
            r#"{"id":11,"error":{"code":103,"message":"permission denied"}}"#,
        ]
    );
}

#[test]
fn one_user_has_only_so_many_connections() {
    let mut talk = Talk::new(|setup| setup.most_connections = 1);
    talk.connect("alice");
    let key = talk.open();
    let frame = format!(r#"{{"id":1,"connect":{{"token":"{}"}}}}"#, token("alice", None));
    assert_eq!(talk.say(key, &frame), ["3504 connection limit"]);
}

#[test]
fn any_command_can_be_refused_or_ignored() {
    let mut talk = Talk::new(|_| {});
    talk.centrifugo.set_rule(Method::Subscribe, None, Instead::Refuse(Refusal::internal()));
    talk.centrifugo.set_rule(Method::Subscribe, Some("plain:b"), Instead::Ignore);
    let key = talk.connect("alice");
    let internal = r#"{"id":2,"error":{"code":100,"message":"internal server error","temporary":true}}"#;
    assert_eq!(talk.say(key, r#"{"id":2,"subscribe":{"channel":"plain:a"}}"#), [internal]);
    assert_eq!(talk.say(key, r#"{"id":3,"subscribe":{"channel":"plain:b"}}"#), [""; 0]);
    talk.centrifugo.drop_rules();
    assert_eq!(talk.say(key, r#"{"id":4,"subscribe":{"channel":"plain:b"}}"#).len(), 1);
    assert_eq!(Refusal::all().len(), 14);
}
