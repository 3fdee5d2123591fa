use super::*;
use crate::office::{Line, Plan};

fn organisation(call_end: CallEnd) -> Organisation {
    Organisation::of(&Office::new(&Plan { people: 3, rate: 0.0, seed: 1 }), call_end)
}

/// What was heard since the last time: channel and event, times left out.
fn heard(organisation: &mut Organisation) -> Vec<(String, Value)> {
    let publications = organisation.take_outbox().into_iter();
    publications
        .map(|publication| {
            let mut event: Value = serde_json::from_str(publication.data.get()).unwrap();
            let data = event["data"].as_object_mut().unwrap();
            data.retain(|key, _| !key.ends_with("_at") && key != "timestamp");
            (publication.channel, event)
        })
        .collect()
}

#[test]
fn a_call_through_a_queue_is_heard_twice_and_whoever_takes_it_is_on_call() {
    let mut organisation = organisation(CallEnd::Ended);
    let at = Timestamp::UNIX_EPOCH;
    let queue = queue_id(Line(0));
    let call = organisation.incoming(at, Some(&queue), None, Some("+45-11-22-33-44"));
    let heard_first = heard(&mut organisation);
    let channels: Vec<&str> = heard_first.iter().map(|(channel, _)| channel.as_str()).collect();
    assert_eq!(channels, ["voice:calls", "voice:queue:queue_10"]);
    let number = organisation.queues[0].1.clone();
    assert_eq!(
        heard_first[0].1,
        json!({"type": "call.started", "data": {
            "call_id": "call_1", "direction": "inbound", "from": "+45-11-22-33-44", "to": number,
            "queue_id": "queue_10",
        }})
    );

    assert!(organisation.answer(at, &call, ME));
    let told = heard(&mut organisation);
    let change = json!({"type": "agent.status_changed", "data": {
        "agent_id": ME, "previous_status": "available", "new_status": "on_call",
    }});
    assert_eq!(told[0], ("voice:agents".to_owned(), change));
    let answered = json!({"type": "call.answered", "data": {"call_id": "call_1", "agent_id": ME}});
    assert_eq!(told[1], ("voice:calls".to_owned(), answered));

    let later = at + jiff::SignedDuration::from_secs(9);
    assert!(organisation.end(later, &call));
    let told = heard(&mut organisation);
    assert_eq!(told[0].1["data"]["new_status"], "available");
    assert_eq!(told[1].1["type"], "call.ended");
    assert_eq!(
        (&told[1].1["data"]["status"], &told[1].1["data"]["duration"]),
        (&json!("completed"), &json!(9))
    );
    assert!(!organisation.end(later, &call));
}

#[test]
fn a_call_that_is_passed_on_frees_the_first_agent() {
    let mut organisation = organisation(CallEnd::Completed);
    let at = Timestamp::UNIX_EPOCH;
    let call = organisation.outgoing(at, ME, "+45-11-22-33-44");
    assert_eq!(organisation.agent(ME).unwrap().shown(), "on_call");
    organisation.answer(at, &call, ME);
    organisation.transfer(at, &call, "agent_101");
    assert_eq!(organisation.agent(ME).unwrap().shown(), "available");
    organisation.answer(at, &call, "agent_101");
    assert_eq!(organisation.agent("agent_101").unwrap().shown(), "on_call");
    heard(&mut organisation);
    organisation.end(at, &call);
    let told = heard(&mut organisation);
    assert_eq!(told.last().unwrap().1["type"], "call.completed");
    assert_eq!(organisation.agent("agent_101").unwrap().shown(), "available");
}

#[test]
fn a_status_chosen_during_a_call_shows_after_it() {
    let mut organisation = organisation(CallEnd::Ended);
    let at = Timestamp::UNIX_EPOCH;
    let call = organisation.outgoing(at, ME, "+45-11-22-33-44");
    assert!(organisation.choose(at, ME, "status_3"));
    assert!(!organisation.choose(at, ME, "on_call"));
    assert!(!organisation.choose(at, "agent_9", "status_3"));
    assert_eq!(organisation.agent(ME).unwrap().shown(), "on_call");
    organisation.end(at, &call);
    assert_eq!(organisation.agent(ME).unwrap().shown(), "lunch_break");
    assert_eq!(organisation.agent(ME).unwrap().changes.len(), 2);
}

#[test]
fn a_ticket_of_mine_is_heard_on_three_channels() {
    let mut organisation = organisation(CallEnd::Ended);
    organisation.ticket("ticket.updated", "tkt_1", &json!({"ticket_id": "tkt_1"}), true);
    let channels: Vec<String> = heard(&mut organisation).into_iter().map(|(channel, _)| channel).collect();
    assert_eq!(channels, ["tickets:all", "tickets:tkt_1", "tickets:mine"]);
}

#[test]
fn numbers_are_written_as_in_the_examples() {
    assert_eq!(dashed("4511223344"), "+45-11-22-33-44");
    assert_eq!(dashed("461"), "+46-1");
}
