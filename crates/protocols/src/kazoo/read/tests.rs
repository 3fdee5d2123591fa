use super::*;

/// Each event as `KIND call-id` and what else is asked for, or what was skipped.
fn told(text: &str) -> Vec<String> {
    let mut told = Vec::new();
    read(text, &mut Keys::default(), &mut |found| {
        told.push(match found {
            Found::Event { event, .. } => {
                let texts = &event.texts;
                let rest: String =
                    [&texts.owner_id, &texts.bridge_id, &texts.caller_number, &texts.hangup_cause]
                        .into_iter()
                        .flatten()
                        .map(|text| format!(" {text}"))
                        .collect();
                format!("{:?} {}{rest}", event.kind, event.call_id)
            }
            Found::Skipped(what) => format!("skipped {what}"),
        });
    });
    told
}

#[test]
fn every_spelling_of_a_key_is_the_same_key() {
    for text in [
        r#"{"Event-Name":"CHANNEL_CREATE","Call-ID":"b","Caller-ID-Number":"+46","Custom-Channel-Vars":{"Owner-ID":"anna","Bridge-ID":"a"}}"#,
        r#"{"event_name":"CHANNEL_CREATE","call_id":"b","caller_id_number":"+46","custom_channel_vars":{"owner_id":"anna","bridge_id":"a"}}"#,
        r#"{"eventName":"channelCreate","callId":"b","callerIdNumber":"+46","customChannelVars":{"ownerId":"anna","bridgeId":"a"}}"#,
        r#"{"hook_event":"channel_create","call_id":"b","owner_id":"anna","caller_id_number":"+46","custom_channel_vars":{"Bridge-ID":"a"}}"#,
        r#"{"EVENT-NAME":"Channel-Create","CALL_ID":"b","Owner-ID":"anna","bridge_id":"a","CallerIdNumber":"+46"}"#,
    ] {
        assert_eq!(told(text), ["Create b anna a +46"], "{text}");
    }
}

#[test]
fn every_envelope_is_unwrapped() {
    let event = r#"{"Event-Name":"CHANNEL_ANSWER","Call-ID":"b"}"#;
    for text in [
        r#"{"data":EVENT}"#,
        r#"{"action":"event","name":"CHANNEL_ANSWER","routing_key":"call.x","data":EVENT}"#,
        r#"{"name":"CHANNEL_ANSWER","args":{"Call-ID":"b"}}"#,
        r#"{"args":{"Call-ID":"b"},"name":"CHANNEL_ANSWER"}"#,
        r#"{"type":"channel_answer","payload":{"callId":"b"}}"#,
        r#"{"type":"call","event":EVENT}"#,
        r#"{"event":"CHANNEL_ANSWER","data":{"call_id":"b"}}"#,
        "[EVENT]",
        r#"{"data":[EVENT]}"#,
        r#"{"name":"events","payload":{"data":EVENT}}"#,
    ] {
        assert_eq!(told(&text.replace("EVENT", event)), ["Answer b"], "{text}");
    }
}

#[test]
fn a_list_is_read_to_its_end_whatever_is_in_it() {
    let event = r#"{"Event-Name":"CHANNEL_HOLD","Call-ID":"b"}"#;
    assert_eq!(
        told(&format!(r#"[7,{event},null,"x",[{event}],{{}},{event}]"#)),
        [
            "skipped a message that is no event",
            "Hold b",
            "skipped a message that is no event",
            "skipped a message that is no event",
            "Hold b",
            "skipped an event without a name",
            "Hold b"
        ]
    );
    assert_eq!(told(&format!("[{event},{{\"Event")), ["Hold b", "skipped a message that is not JSON"]);
}

#[test]
fn numbers_may_be_texts_and_texts_numbers() {
    let text = r#"{"Event-Name":"CHANNEL_DESTROY","Call-ID":12345,"Hangup-Cause":true,"Timestamp":"63610891956","Caller-ID-Number":4670}"#;
    assert_eq!(told(text), ["Destroy 12345 4670 true"]);
    let mut at = None;
    read(text, &mut Keys::default(), &mut |found| {
        if let Found::Event { event, .. } = found {
            at = event.at;
        }
    });
    assert_eq!(at, Some(1_443_672_756_000_000));
}

#[test]
fn a_message_id_tells_the_time_better_than_the_timestamp() {
    let mut at = None;
    read(
        r#"{"Event-Name":"CHANNEL_HOLD","Call-ID":"b","Timestamp":63610891957,"Msg-ID":"1443672756993309"}"#,
        &mut Keys::default(),
        &mut |found| {
            if let Found::Event { event, .. } = found {
                at = event.at;
            }
        },
    );
    assert_eq!(at, Some(1_443_672_756_993_309));
}

#[test]
fn what_is_wrong_is_named_and_what_it_holds_is_not() {
    for (text, skipped) in [
        ("", "a message that is not JSON"),
        ("<html>", "a message that is not JSON"),
        (r#"{"Event-Name":"CHANNEL_CREATE""#, "a message that is not JSON"),
        ("7", "a message that is no event"),
        ("{}", "an event without a name"),
        (r#"{"Event-Name":{"a":1},"Call-ID":"b"}"#, "an event without a name"),
        (r#"{"Event-Name":"CHANNEL_CREATE"}"#, "CHANNEL_CREATE without Call-ID"),
        (r#"{"Event-Name":"CHANNEL_CREATE","Call-ID":""}"#, "CHANNEL_CREATE without Call-ID"),
        (r#"{"Event-Name":"CHANNEL_CREATE","Call-ID":["b"]}"#, "CHANNEL_CREATE without Call-ID"),
        (r#"{"Event-Name":"CHANNEL_MOOD","Call-ID":"b"}"#, "CHANNEL_MOOD"),
        (r#"{"Event-Name":"call from +46701234567","Call-ID":"b"}"#, "an event with an odd name"),
        (r#"{"Event-Name":"46701234567","Call-ID":"b"}"#, "an event with an odd name"),
    ] {
        assert_eq!(told(text), [format!("skipped {skipped}")], "{text}");
    }
}

#[test]
fn what_is_known_and_of_no_use_is_passed_over() {
    for text in [
        r#"{"Event-Name":"CHANNEL_PROGRESS","Call-ID":"b"}"#,
        r#"{"action":"reply","status":"success","request_id":"r","data":{"subscribed":["call"]}}"#,
        r#"{"Event-Name":"CHANNEL_EXECUTE","Call-ID":"b"}"#,
        "[]",
    ] {
        assert!(told(text).is_empty(), "{text}");
    }
}

#[test]
fn odd_values_in_odd_places_cost_nothing_else() {
    for odd in
        ["null", "true", "-7", "1e99", "[1,[2]]", r#"{"a":{"b":[]}}"#, r#""\u0000""#, "18446744073709551616"]
    {
        let text = format!(
            r#"{{"Custom-Channel-Vars":{odd},"Timestamp":{odd},"Msg-ID":{odd},"data":{odd},"To":{odd},"x":{odd},"Event-Name":"CHANNEL_HOLD","Call-ID":"b"}}"#
        );
        let told = told(&text);
        assert!(told.iter().any(|told| told == "Hold b"), "{odd}: {told:?}");
    }
}

#[test]
fn depth_and_length_are_no_danger() {
    let deep = format!(
        r#"{{"Event-Name":"CHANNEL_HOLD","Call-ID":"b","x":{}{}}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    assert_eq!(told(&deep), ["Hold b"]);
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(told(&nested), ["skipped a message that is no event"]);
    let data = format!("{}{{}}{}", r#"{"data":"#.repeat(50), "}".repeat(50));
    assert_eq!(told(&data), ["skipped an event without a name"]);
    let long = format!(
        r#"{{"{}":1,"Remote-SDP":"{}","Event-Name":"CHANNEL_HOLD","Call-ID":"b"}}"#,
        "k".repeat(10_000),
        "v=0\\r\\n".repeat(20_000)
    );
    assert_eq!(told(&long), ["Hold b"]);
}

#[test]
fn a_call_id_may_have_any_characters() {
    let text = r#"{"Event-Name":"CHANNEL_HOLD","Call-ID":"a\"/@\u00e5 \ud83d\ude00;tag=<1>"}"#;
    assert_eq!(told(text), ["Hold a\"/@å 😀;tag=<1>"]);
}

#[test]
fn more_keys_than_are_remembered_are_read_all_the_same() {
    let mut keys = Keys::default();
    let mut told = 0;
    for n in 0..2_000 {
        let text =
            format!(r#"{{"X-Odd-Key-{n}":1,"event_name":"CHANNEL_HOLD","callId":"b","Owner{n}ID":"x"}}"#);
        read(&text, &mut keys, &mut |found| {
            let Found::Event { event, .. } = found else { panic!("{found:?}") };
            assert_eq!((&*event.call_id, event.texts.owner_id.as_deref()), ("b", None));
            told += 1;
        });
    }
    let text = r#"{"Event-Name":"CHANNEL_HOLD","Call-ID":"b","Owner-ID":"anna"}"#;
    read(text, &mut keys, &mut |found| {
        let Found::Event { event, .. } = found else { panic!("{found:?}") };
        assert_eq!(event.texts.owner_id.as_deref(), Some("anna"));
        told += 1;
    });
    assert_eq!(told, 2_001);
    assert!(keys.count() <= 512);
}
