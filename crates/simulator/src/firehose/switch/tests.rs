//! Every story as the legs tell it.

mod samples;

use serde_json::Value;

use super::*;
use crate::firehose::people::{Account, Device, User};
use crate::firehose::{Shape, wire};

const ACCOUNT: &str = "1bf77e27463db7ade4cf89d6f039196c";
const ANNA: Seat = Seat(0);
const BENGT: Seat = Seat(1);
const CLARA: Seat = Seat(2);
const START: i64 = 1_637_776_466_000_000;

/// Anna has two phones, the others one each.
fn switch() -> Switch {
    let device = |id: &str, username: &str| Device {
        id: id.to_owned(),
        name: username.to_owned(),
        username: username.to_owned(),
        registered: true,
    };
    let user = |letter: &str, extension: &str, devices: Vec<Device>| User {
        id: letter.repeat(32),
        account: OWN,
        username: format!("user{extension}"),
        first_name: extension.to_owned(),
        last_name: String::new(),
        extension: extension.to_owned(),
        number: (extension == "1001").then(|| "+46812345678".to_owned()),
        devices,
        do_not_disturb: false,
        forwards_to: None,
    };
    let account = Account {
        id: ACCOUNT.to_owned(),
        name: "Acme".to_owned(),
        realm: "acme.example.com".to_owned(),
        number: "+46812345678".to_owned(),
    };
    let users = vec![
        user(
            "a",
            "1001",
            vec![
                device("d1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "user_anna0"),
                device("d2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "user_anna1"),
            ],
        ),
        user("b", "1002", vec![device("d1b", "user_bengt")]),
        user("c", "1003", vec![device("d1c", "user_clara")]),
    ];
    let directory = Directory::new(vec![account], users, vec!["+46812345000".to_owned()]);
    Switch::new(directory, Quirks::default(), 7)
}

#[test]
fn times_are_gregorian_seconds_rounded_up_and_rising_microseconds() {
    let mut switch = switch();
    let call = switch.incoming(START, &Target::User(ANNA), Some("+46701234567"));
    switch.answer(START + 200_000, &call, ANNA);
    let mut last = 0;
    for occurrence in switch.take_outbox() {
        let at: i64 = occurrence.fields["Msg-ID"].as_str().unwrap().parse().unwrap();
        assert!(at > last);
        last = at;
        let seconds = if at == START { 63_804_995_666 } else { 63_804_995_667_i64 };
        assert_eq!(occurrence.fields["Timestamp"], seconds, "{at}");
    }
    // The example of Kazoo's own documentation: Msg-ID 1443672756993309 was Timestamp 63610891956 before rounding.
    assert_eq!(gregorian(1_443_672_756_993_309), 63_610_891_957);
}

/// What was told since the last time: event, leg by order of appearance, and what there is to say about it.
#[derive(Default)]
struct Story {
    legs: Vec<String>,
}

impl Story {
    fn letter(&mut self, id: &str) -> char {
        let known = self.legs.iter().position(|leg| leg == id);
        let at = known.unwrap_or_else(|| {
            self.legs.push(id.to_owned());
            self.legs.len() - 1
        });
        char::from(b'a' + u8::try_from(at).unwrap())
    }

    fn told(&mut self, switch: &mut Switch) -> Vec<String> {
        switch.take_outbox().iter().map(|occurrence| self.line(occurrence)).collect()
    }

    fn line(&mut self, occurrence: &Occurrence) -> String {
        let fields = &occurrence.fields;
        let name = occurrence.name.trim_start_matches("CHANNEL_").to_lowercase();
        let mut line = format!("{name} {}", self.letter(&occurrence.leg));
        let text = |key: &str| fields.get(key).and_then(Value::as_str);
        match name.as_str() {
            "create" => {
                let variables = &fields["Custom-Channel-Vars"];
                let whose = match variables["Owner-ID"].as_str() {
                    Some(owner) => owner.chars().next().unwrap().to_string(),
                    None => "carrier".to_owned(),
                };
                line += &format!(
                    " {} {whose} to {}",
                    text("Call-Direction").unwrap(),
                    text("Callee-ID-Number").unwrap()
                );
                if let Some(bridge) = variables["Bridge-ID"].as_str() {
                    line += &format!(" for {}", self.letter(bridge));
                }
                if fields["Channel-Is-Loopback"] == true {
                    line += " loopback";
                }
            }
            "bridge" | "unbridge" => {
                line += &format!(" {}", self.letter(text("Bridge-B-Unique-ID").unwrap()));
            }
            "destroy" => line += &format!(" {}", text("Hangup-Cause").unwrap()),
            _ => {}
        }
        line
    }
}

#[test]
fn a_queue_answers_the_caller_before_anybody_rings_and_tries_the_next_one() {
    let (mut switch, mut story) = (switch(), Story::default());
    let queue = Target::Queue { line: 0, users: vec![BENGT] };
    let call = switch.incoming(START, &queue, Some("+4670"));
    assert_eq!(
        story.told(&mut switch),
        ["create a inbound carrier to +46812345000", "answer a", "create b outbound b to 1002 for a"]
    );
    assert!(switch.ring_others(START, &call, &[CLARA]));
    assert!(switch.answer(START, &call, CLARA));
    assert!(switch.hang_up(START, &call));
    assert_eq!(
        story.told(&mut switch),
        [
            "destroy b ALLOTTED_TIMEOUT",
            "create c outbound c to 1003 for a",
            "answer c",
            "bridge a c",
            "destroy c NORMAL_CLEARING",
            "destroy a NORMAL_CLEARING"
        ]
    );
}

#[test]
fn a_ring_group_leaves_out_who_does_not_disturb_and_the_slower_phone_loses() {
    let (mut switch, mut story) = (switch(), Story::default());
    switch.set_do_not_disturb(ANNA, true);
    let group = Target::RingGroup { line: 0, users: vec![ANNA, BENGT, CLARA] };
    let call = switch.incoming(START, &group, None);
    assert!(switch.answer(START, &call, CLARA));
    assert_eq!(
        story.told(&mut switch),
        [
            "create a inbound carrier to +46812345000",
            "create b outbound b to 1002 for a",
            "create c outbound c to 1003 for a",
            "answer c",
            "answer a",
            "bridge a c",
            "destroy b LOSE_RACE"
        ]
    );
}

#[test]
fn a_forwarded_call_goes_through_a_loopback_that_steps_aside() {
    let (mut switch, mut story) = (switch(), Story::default());
    switch.directory.users[1].forwards_to = Some("+4699".to_owned());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    assert!(switch.answer_forwarded(START, &call));
    assert!(switch.hang_up(START, &call));
    assert_eq!(
        story.told(&mut switch),
        [
            "create a inbound carrier to 1002",
            "create b outbound b to 1002 for a",
            "create c outbound b to +4699 for a loopback",
            "create d inbound b to +4699 for a loopback",
            "create e outbound carrier to +4699 for d",
            "answer e",
            "answer d",
            "answer c",
            "answer a",
            "bridge d e",
            "bridge a c",
            "destroy b LOSE_RACE",
            "bridge a e",
            "destroy c NORMAL_UNSPECIFIED",
            "destroy d NORMAL_UNSPECIFIED",
            "destroy e NORMAL_CLEARING",
            "destroy a NORMAL_CLEARING"
        ]
    );
}

#[test]
fn a_forwarded_call_answered_at_the_desk_takes_the_loopback_away() {
    let (mut switch, mut story) = (switch(), Story::default());
    switch.directory.users[1].forwards_to = Some("+4699".to_owned());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    story.told(&mut switch);
    assert!(switch.answer(START, &call, BENGT));
    assert_eq!(
        story.told(&mut switch),
        [
            "answer b",
            "answer a",
            "bridge a b",
            "destroy e LOSE_RACE",
            "destroy d LOSE_RACE",
            "destroy c LOSE_RACE"
        ]
    );
    assert_eq!(switch.legs().count(), 2);
}

#[test]
fn a_blind_transfer_rings_the_colleague_for_the_leg_that_stays() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    switch.answer(START, &call, BENGT);
    story.told(&mut switch);
    assert!(!switch.transfer_blind(START, &call, CLARA, ANNA), "she is not in it");
    assert!(switch.transfer_blind(START, &call, BENGT, CLARA));
    assert!(switch.answer(START, &call, CLARA));
    assert!(switch.hang_up(START, &call));
    assert_eq!(
        story.told(&mut switch),
        [
            "unbridge a b",
            "destroy b BLIND_TRANSFER",
            "create c outbound c to 1003 for a",
            "answer c",
            "bridge a c",
            "destroy c NORMAL_CLEARING",
            "destroy a NORMAL_CLEARING"
        ]
    );
}

#[test]
fn the_far_leg_of_an_outgoing_call_stays_when_it_is_transferred() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.outgoing(START, BENGT, "+4670").unwrap();
    switch.answer(START, &call, BENGT);
    story.told(&mut switch);
    assert!(switch.transfer_blind(START, &call, BENGT, CLARA));
    assert_eq!(
        story.told(&mut switch),
        ["unbridge b a", "destroy a BLIND_TRANSFER", "create c outbound c to 1003 for b"]
    );
    let shown = switch.legs().find(|leg| leg.is_of(CLARA)).unwrap().caller.number.clone();
    assert_eq!(shown, "+4670", "who is at the other end, not who transferred");
}

#[test]
fn an_attended_transfer_joins_the_outer_legs_of_two_calls() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    switch.answer(START, &call, BENGT);
    story.told(&mut switch);
    let question = switch.consult(START, &call, BENGT, CLARA).unwrap();
    assert!(!switch.transfer_attended(START, &call), "she has not answered");
    assert!(switch.answer(START, &question, CLARA));
    assert!(switch.transfer_attended(START, &call));
    assert!(switch.hang_up(START, &call));
    assert_eq!(
        story.told(&mut switch),
        [
            "hold b",
            "create c inbound b to 1003",
            "create d outbound c to 1003 for c",
            "answer d",
            "answer c",
            "bridge c d",
            "unbridge a b",
            "unbridge c d",
            "bridge a d",
            "destroy b ATTENDED_TRANSFER",
            "destroy c ATTENDED_TRANSFER",
            "destroy d NORMAL_CLEARING",
            "destroy a NORMAL_CLEARING"
        ]
    );
    assert_eq!((switch.calls_going(), switch.legs().count()), (0, 0));
}

#[test]
fn a_parked_call_waits_in_a_slot_until_somebody_fetches_it() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    switch.answer(START, &call, BENGT);
    story.told(&mut switch);
    assert_eq!(switch.park(START, &call, BENGT), Some(101));
    assert_eq!(switch.take_outbox().last().unwrap().fields["Parking-Slot"], "101");
    assert!(switch.retrieve(START, &call, CLARA));
    assert_eq!(
        story.told(&mut switch),
        ["create c inbound c to *3101", "answer c", "park_retrieved a", "bridge c a"]
    );
    assert_eq!(switch.park(START, &call, CLARA), Some(101));
    story.told(&mut switch);
    assert!(switch.hang_up(START, &call));
    assert_eq!(story.told(&mut switch), ["park_abandoned a", "destroy a NORMAL_CLEARING"]);
}

#[test]
fn a_picked_up_call_is_bridged_from_the_other_side() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    story.told(&mut switch);
    assert!(switch.pick_up(START, &call, CLARA));
    assert_eq!(
        story.told(&mut switch),
        ["create c inbound c to **", "answer c", "answer a", "bridge c a", "destroy b PICKED_OFF"]
    );
}

#[test]
fn a_click_to_call_rings_the_own_phone_first_under_a_telling_id() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.click_to_call(START, BENGT, "+4670").unwrap();
    assert!(call.len() == 46 && call.ends_with("-quickcall"), "{call}");
    assert!(switch.answer(START, &call, BENGT));
    assert!(switch.answer(START, &call, BENGT));
    assert!(switch.hang_up(START, &call));
    assert_eq!(
        story.told(&mut switch),
        [
            "create a outbound b to 1002",
            "answer a",
            "create b outbound carrier to +4670 for a",
            "answer b",
            "bridge a b",
            "destroy b NORMAL_CLEARING",
            "destroy a NORMAL_CLEARING"
        ]
    );
}

#[test]
fn an_internal_call_has_two_owners() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.internal(START, BENGT, CLARA).unwrap();
    assert!(switch.answer(START, &call, CLARA));
    assert!(switch.hold(START, &call, CLARA, true));
    assert!(!switch.hold(START, &call, CLARA, true), "it is held already");
    assert!(switch.hold(START, &call, CLARA, false));
    assert_eq!(
        story.told(&mut switch),
        [
            "create a inbound b to 1003",
            "create b outbound c to 1003 for a",
            "answer b",
            "answer a",
            "bridge a b",
            "hold b",
            "unhold b"
        ]
    );
}

#[test]
fn calls_nobody_takes_end_for_a_reason_or_in_voicemail() {
    let (mut switch, mut story) = (switch(), Story::default());
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    assert!(switch.decline(START, &call, BENGT, Cause::UserBusy));
    assert_eq!(story.told(&mut switch)[2..], ["destroy b USER_BUSY", "destroy a USER_BUSY"]);
    let call = switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    story.told(&mut switch);
    assert!(switch.send_to_voicemail(START, &call));
    assert!(switch.hang_up(START, &call));
    assert_eq!(story.told(&mut switch), ["destroy d NO_ANSWER", "answer c", "destroy c NORMAL_CLEARING"]);
    let call = switch.outgoing(START, BENGT, "+4670").unwrap();
    story.told(&mut switch);
    assert!(switch.end_unanswered(START, &call, Cause::NoUserResponse));
    assert_eq!(story.told(&mut switch), ["destroy f NO_USER_RESPONSE", "destroy e NO_USER_RESPONSE"]);
}

#[test]
fn a_lost_media_server_says_next_to_nothing_of_its_legs() {
    let mut switch = switch();
    switch.incoming(START, &Target::User(BENGT), Some("+4670"));
    switch.take_outbox();
    switch.lose_media_server(START);
    let told = switch.take_outbox();
    assert_eq!(told.len(), 2);
    for occurrence in told {
        assert_eq!(occurrence.name, "CHANNEL_DISCONNECTED");
        assert!(
            !occurrence.fields.contains_key("Hangup-Cause")
                && !occurrence.fields.contains_key("Other-Leg-Call-ID")
        );
    }
    assert_eq!((switch.calls_going(), switch.legs().count()), (0, 0));
}

#[test]
fn quirks_change_ids_and_sizes_and_nothing_else() {
    let mut switch = switch();
    switch.quirks = Quirks {
        odd_ids: true,
        self_reference: true,
        random_message_ids: true,
        sdp_bytes: 100_000,
        ..Quirks::default()
    };
    let call = switch.incoming(START, &Target::User(BENGT), None);
    switch.hang_up(START, &call);
    let told = switch.take_outbox();
    assert!(told[0].leg.contains('"') && told[0].leg.contains('😀'));
    assert_eq!(told[0].fields["Other-Leg-Call-ID"], told[0].leg.as_str());
    assert!(told[0].fields["Msg-ID"].as_str().unwrap().len() == 32);
    assert_eq!(told[0].fields["From"], "anonymous@anonymous.invalid");
    assert!(told[2].fields["Remote-SDP"].as_str().unwrap().len() >= 100_000);
}

#[test]
fn an_event_is_as_large_as_real_ones() {
    let mut switch = switch();
    let call = switch.incoming(START, &Target::User(ANNA), Some("+46701234567"));
    switch.answer(START, &call, ANNA);
    for occurrence in switch.take_outbox() {
        let size = wire::encode(&occurrence, Shape::Raw, ACCOUNT, false).to_string().len();
        assert!((1_300..2_300).contains(&size), "{} has {size} bytes", occurrence.name);
    }
}
