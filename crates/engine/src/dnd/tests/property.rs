use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Op {
    On(DndLength),
    Off,
    Toggle,
    Keep,
    Elsewhere(&'static str, bool),
    Live(&'static str, bool),
    Answers(&'static str, Answers),
    Pass(u64),
    Sleep(u64),
    Jump(i64),
    Restart(u64),
}

const DAY: i64 = 24 * 60 * 60;

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let site = || prop_oneof![Just("ends"), Just("plain"), Just("none")];
    let able = || prop_oneof![Just("ends"), Just("plain")];
    let answers = prop_oneof![
        3 => Just(Answers::Truly),
        1 => Just(Answers::Refuses),
        1 => Just(Answers::Silently),
        1 => Just(Answers::Falsely),
    ];
    let length = prop_oneof![
        (1..300_u32).prop_map(|minutes| DndLength::For { minutes }),
        (0..24_u8).prop_map(|hour| DndLength::Clock { hour, minute: 30 }),
        Just(DndLength::Tomorrow),
        Just(DndLength::Open),
    ];
    let op = prop_oneof![
        4 => length.prop_map(Op::On),
        1 => Just(Op::Off),
        1 => Just(Op::Toggle),
        1 => Just(Op::Keep),
        3 => (able(), any::<bool>()).prop_map(|(site, on)| Op::Elsewhere(site, on)),
        3 => (site(), any::<bool>()).prop_map(|(site, live)| Op::Live(site, live)),
        2 => (able(), answers).prop_map(|(site, answers)| Op::Answers(site, answers)),
        4 => (1..40_000_u64).prop_map(Op::Pass),
        1 => (1..40_000_u64).prop_map(Op::Sleep),
        1 => (-DAY..DAY).prop_map(Op::Jump),
        1 => (0..40_000_u64).prop_map(Op::Restart),
    ];
    proptest::collection::vec(op, 1..30)
}

fn play(world: &mut World, op: Op) {
    match op {
        // Refused only for an end that is too near or too far.
        Op::On(length) => {
            drop(world.dnd.on(world.moment, length));
            world.run();
        }
        Op::Off => world.off(),
        Op::Toggle => {
            world.meant(|dnd, moment| dnd.toggle(moment).unwrap());
        }
        Op::Keep => {
            world.dnd.keep(world.moment);
            world.run();
        }
        // Two changes within an answer's way are not told apart by anybody.
        Op::Elsewhere(site, on) => {
            world.pass(60);
            world.elsewhere(site, on.then_some(None));
        }
        Op::Live(site, is_live) => world.live(site, is_live),
        Op::Answers(site, answers) => world.answers(site, answers),
        Op::Pass(seconds) => world.pass(seconds),
        Op::Sleep(seconds) => {
            world.drift(seconds);
            world.run();
        }
        Op::Jump(seconds) => world.jump(seconds),
        Op::Restart(seconds) => {
            world.restart(seconds);
            world.pass(5);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens, [`World::act`] sees to it that nothing set elsewhere is undone.
    #[test]
    fn do_not_disturb_always_ends(ops in ops(), is_scheduled in any::<bool>()) {
        let schedule = if is_scheduled { "[dnd]\nschedule = [\"mon-fri 17:00-08:00\"]\n" } else { "" };
        let mut world = World::new(schedule, "2026-11-18T12:00:00+01:00");
        for op in ops {
            play(&mut world, op);
        }
        for site in SITES {
            world.answers(site, Answers::Truly);
            if !world.servers[site].is_live {
                world.live(site, true);
            }
        }
        if world.dnd.view().asks_again_at.is_some() {
            world.pass(9 * 60 * 60);
            prop_assert!(world.dnd.view().asking);
            world.off();
        }
        // No end is further away by the clock on the wall than all its changes together.
        let mut free = 0;
        for _ in 0..100 * 24 * 6 {
            world.pass(10 * 60);
            free = if world.dnd.layer.is_none() { free + 1 } else { 0 };
            if free == 2 {
                break;
            }
        }
        prop_assert_eq!(world.dnd.layer, None, "at {}", world.wall());
        for (site, server) in &world.servers {
            prop_assert!(server.on.is_none() || !server.is_ours, "{} is left on: {:?}", site, world.state(site));
        }
    }
}
