//! Whatever a server, a network and a vendor's session do, in whatever order: what a Centrifugo client never does.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test ends where its own JSON is not as it thinks"
)]

mod world;

use std::collections::BTreeSet;

use proptest::prelude::*;
use protocols::{
    Input, Machine as _, Output,
    centrifugo::{Event, Subscription},
};
use world::World;

/// What happens next; numbers choose among what there is to answer.
#[derive(Debug, Clone)]
enum Step {
    Opened,
    OpenFailed(u8),
    Closed(Option<u16>),
    Answer { which: usize, how: How },
    Publish { channel: u8, times: u8, per_frame: bool },
    Push(&'static str, u8),
    Garbage(String),
    Heard,
    Token { which: usize, given: bool },
    Pass(u64),
    Sleep(u64),
    Timeout,
    Probe,
    Subscribe { channel: u8, needs_token: bool },
    Unsubscribe(u8),
    Presence(u8),
    History(u8),
    Stop,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Well,
    Recovered,
    Lost,
    Error(u32),
    Again,
    Odd,
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        12 => Just(How::Well),
        4 => Just(How::Recovered),
        1 => Just(How::Lost),
        2 => proptest::sample::select(vec![100, 103, 105, 109, 111]).prop_map(How::Error),
        1 => Just(How::Again),
        1 => Just(How::Odd),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let code = proptest::sample::select(vec![1000, 1006, 3000, 3005, 3012, 3014, 3500, 3503, 4000, 4501]);
    prop_oneof![
        8 => Just(Step::Opened),
        1 => any::<u8>().prop_map(Step::OpenFailed),
        2 => proptest::option::of(code).prop_map(Step::Closed),
        30 => (0..4_usize, how()).prop_map(|(which, how)| Step::Answer { which, how }),
        6 => (0..5_u8, 1..5_u8, any::<bool>())
            .prop_map(|(channel, times, per_frame)| Step::Publish { channel, times, per_frame }),
        4 => (proptest::sample::select(vec![
            r#""join":{"info":{"user":"u","client":"k"}}"#,
            r#""leave":{"info":{"user":"u","client":"k"}}"#,
            r#""unsubscribe":{"code":2000}"#,
            r#""unsubscribe":{"code":2501}"#,
            r#""unsubscribe":{"code":2502}"#,
            r#""subscribe":{"recoverable":true,"epoch":"e","offset":3}"#,
            r#""refresh":{"expires":true,"ttl":1}"#,
            r#""disconnect":{"code":3001}"#,
            r#""message":{"data":1}"#,
        ]), 0..5_u8).prop_map(|(what, channel)| Step::Push(what, channel)),
        1 => prop_oneof![
            any::<String>(),
            r#"[\[\]{}",:a-z0-9\n]{0,40}"#,
            Just("[".repeat(3000)),
            Just("{}\n\n{}\n".to_owned()),
            Just(r#"{"push":{}}"#.to_owned()),
        ].prop_map(Step::Garbage),
        1 => Just(Step::Heard),
        8 => (0..3_usize, any::<bool>()).prop_map(|(which, given)| Step::Token { which, given }),
        3 => (0..60_000_u64).prop_map(Step::Pass),
        1 => (0..600_000_u64).prop_map(Step::Sleep),
        4 => Just(Step::Timeout),
        1 => Just(Step::Probe),
        3 => (0..5_u8, any::<bool>())
            .prop_map(|(channel, needs_token)| Step::Subscribe { channel, needs_token }),
        2 => (0..5_u8).prop_map(Step::Unsubscribe),
        1 => (0..5_u8).prop_map(Step::Presence),
        1 => (0..5_u8).prop_map(Step::History),
        1 => Just(Step::Stop),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No panic, connect first and once, ids that grow, one subscription at a time, one end, nothing after it, and
    /// until then always an instant to wait for.
    #[test]
    fn holds_its_promises(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new();
        world.give(Input::Start);
        world.step(Step::Token { which: 0, given: true });
        for step in steps {
            world.step(step);
        }
        if !world.over {
            world.give(Input::Stop);
        }
        prop_assert!(world.over, "not ended by Stop");
    }

    /// Each publication is told once, in order, however lines are packed into frames and whatever blank lines and
    /// unknown fields lie between.
    #[test]
    fn packing_does_not_matter(
        packs in prop::collection::vec((1..6_usize, "[ \r\n]{0,3}", 0..3_u8), 1..20),
    ) {
        let mut world = World::new();
        world.give(Input::Start);
        world.step(Step::Token { which: 0, given: true });
        world.step(Step::Opened);
        for _ in 0..2 {
            world.answer(0, How::Well);
        }
        let (mut n, mut expected) = (0, Vec::new());
        let mut got = Vec::new();
        for (count, blank, odd) in packs {
            let mut frame = String::new();
            for _ in 0..count {
                n += 1;
                expected.push(n.to_string());
                let more = [r#""x":[{}],"#, "", r#""id":0,"#][usize::from(odd)];
                frame.push_str(&format!(
                    "{{{more}\"push\":{{\"channel\":\"c0\",\"pub\":{{\"data\":{n},\"offset\":{n}}}}}}}\n{blank}"
                ));
            }
            world.client.handle(world.now, Input::Text(&frame));
            while let Output::Event(event) = world.client.poll() {
                if let Event::Publication { content, .. } = event {
                    got.push(content.get().to_owned());
                }
            }
        }
        prop_assert_eq!(got, expected);
    }

    /// Of many channels with a token each, those with bad ones are lost and no other, however they lie.
    #[test]
    fn bad_channel_tokens_cost_their_channels_only(bad in prop::collection::btree_set(0..6_usize, 0..6)) {
        let mut world = World::new();
        for n in 1..6 {
            let subscription =
                Subscription { channel: format!("c{n}"), needs_token: true, ..Subscription::default() };
            world.client.subscribe(world.now, subscription);
        }
        world.give(Input::Start);
        let mut refused = BTreeSet::new();
        for _ in 0..200 {
            if world.told_live {
                break;
            }
            world.step(Step::Opened);
            while !world.tokens.is_empty() {
                world.token(0, true);
            }
            let Some(ask) = world.asks.first() else { continue };
            let channel = ask["subscribe"]["channel"].as_str().map(|name| name.trim_start_matches('c').parse::<usize>().unwrap());
            match channel.filter(|channel| *channel > 0 && bad.contains(channel)) {
                Some(channel) => {
                    refused.insert(channel);
                    world.step(Step::Closed(Some(3500)));
                }
                None => world.answer(0, How::Well),
            }
        }
        prop_assert!(world.told_live && !world.over);
        for n in 0..6 {
            let good = n == 0 || !bad.contains(&n);
            prop_assert_eq!(world.client.is_subscribed(&format!("c{n}")), good);
        }
    }
}
