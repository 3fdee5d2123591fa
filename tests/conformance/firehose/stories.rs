//! What happens at the telephones, and what the account makes of it.

use std::pin::Pin;

use futures_util::{StreamExt, stream};
use simulator::firehose::{Cause, Framing, Quirks, Shape, Target};

use crate::stage::{CALLER, Stage};

/// Who is called.
const CALLED: &str = "+46812345678";
/// Where calls are forwarded to.
const MOBILE: &str = "+46709999999";

/// A name, how the stream is spelled, and what is odd about it.
type Way = (&'static str, Shape, Framing, fn() -> Quirks);

/// The ways in which every story is told.
pub const WAYS: [Way; 12] = [
    ("raw", Shape::Raw, Framing::Single, Quirks::default),
    ("blackhole", Shape::Blackhole, Framing::Single, Quirks::default),
    ("blackhole with args", Shape::BlackholeArguments, Framing::Single, Quirks::default),
    ("webhook", Shape::Webhook, Framing::Single, Quirks::default),
    ("camel", Shape::Camel, Framing::Single, Quirks::default),
    ("lists", Shape::Raw, Framing::List, Quirks::default),
    ("twice", Shape::Raw, Framing::Single, || Quirks { twice: true, ..Quirks::default() }),
    ("reordered", Shape::Raw, Framing::Single, || Quirks { reordered: Some(7), ..Quirks::default() }),
    ("odd ids", Shape::Raw, Framing::Single, || Quirks {
        odd_ids: true,
        self_reference: true,
        random_message_ids: true,
        ..Quirks::default()
    }),
    ("numbers as text", Shape::Raw, Framing::Single, || Quirks {
        numbers_as_text: true,
        ..Quirks::default()
    }),
    ("large", Shape::Raw, Framing::Single, || Quirks { sdp_bytes: 100_000, ..Quirks::default() }),
    ("twice, reordered webhooks", Shape::Webhook, Framing::Single, || Quirks {
        twice: true,
        reordered: Some(7),
        ..Quirks::default()
    }),
];

type Told = Result<(), String>;
type Story = for<'a> fn(&'a mut Stage) -> Pin<Box<dyn Future<Output = Told> + Send + 'a>>;

macro_rules! stories {
    ($($name:ident),+ $(,)?) => {
        const STORIES: &[(&str, Story)] = &[$((stringify!($name), |stage| Box::pin($name(stage)))),+];
    };
}

stories!(
    i_answer_at_one_of_two_phones,
    the_caller_gives_up,
    a_caller_withholds_the_number,
    i_decline,
    it_rings_out_into_voicemail,
    a_colleague_of_the_ring_group_is_faster,
    a_queue_tries_a_colleague_and_then_me,
    a_colleague_picks_my_call_up,
    my_forwarding_takes_the_call,
    i_take_it_before_my_forwarding,
    i_call_out,
    i_call_out_and_they_are_busy,
    i_call_a_colleague,
    a_colleague_calls_me_and_holds,
    i_pass_a_call_on_blindly,
    i_pass_a_call_on_after_asking,
    a_call_is_passed_on_to_me_blindly,
    a_call_is_passed_on_to_me_after_asking,
    i_park_a_call_that_a_colleague_fetches,
    i_fetch_a_parked_call,
    a_program_calls_for_me,
    two_calls_at_once,
    a_colleagues_call,
    the_media_server_is_lost,
);

/// Every story in every way; ways with the same outcome in one line.
pub async fn all() -> Vec<String> {
    let runs = STORIES.iter().flat_map(|story| WAYS.iter().map(move |way| (story, way)));
    let told: Vec<(&str, &str, String)> = stream::iter(runs)
        .map(|((name, story), (way, shape, framing, quirks))| async move {
            let told = live_through(*story, *shape, *framing, quirks()).await;
            (*name, *way, told.unwrap_or_else(|failure| format!("FAILED: {failure}")))
        })
        .buffered(crate::AT_A_TIME)
        .collect()
        .await;
    let mut lines = Vec::new();
    for (name, _) in STORIES {
        let mut alike: Vec<(&str, Vec<&str>)> = Vec::new();
        for (_, way, told) in told.iter().filter(|(of, _, _)| of == name) {
            match alike.iter_mut().find(|(known, _)| known == told) {
                Some((_, ways)) => ways.push(way),
                None => alike.push((told, vec![way])),
            }
        }
        for (told, ways) in alike {
            let ways = if ways.len() == WAYS.len() { "every way".to_owned() } else { ways.join("; ") };
            lines.push(format!("story | {} | {ways} | {told}", name.replace('_', " ")));
        }
    }
    lines
}

async fn live_through(
    story: Story,
    shape: Shape,
    framing: Framing,
    quirks: Quirks,
) -> Result<String, String> {
    let mut stage = Stage::set(shape, framing, quirks).await?;
    story(&mut stage).await?;
    stage.end().await
}

fn must(done: bool) -> Told {
    if done { Ok(()) } else { Err("the switch would not do it".to_owned()) }
}

async fn i_answer_at_one_of_two_phones(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn the_caller_gives_up(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_caller_withholds_the_number(stage: &mut Stage) -> Told {
    let call = stage.server().incoming_call(&Target::User(stage.me.clone()), None);
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_decline(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().decline(&call, &stage.me, Cause::CallRejected))
}

async fn it_rings_out_into_voicemail(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().send_to_voicemail(&call))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_colleague_of_the_ring_group_is_faster(stage: &mut Stage) -> Told {
    let users = vec![stage.me.clone(), stage.anna.clone(), stage.bo.clone()];
    let call = stage.server().incoming_call(&Target::RingGroup { line: 0, users }, Some(CALLER));
    stage.look().await?;
    must(stage.server().answer(&call, &stage.bo))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_queue_tries_a_colleague_and_then_me(stage: &mut Stage) -> Told {
    let users = vec![stage.anna.clone()];
    let call = stage.server().incoming_call(&Target::Queue { line: 0, users }, Some(CALLER));
    stage.look().await?;
    must(stage.server().ring_others(&call, std::slice::from_ref(&stage.me)))?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_colleague_picks_my_call_up(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().pick_up(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn my_forwarding_takes_the_call(stage: &mut Stage) -> Told {
    must(stage.server().set_forwarding(&stage.me, Some(MOBILE)))?;
    let call = stage.rings_me();
    stage.look().await?;
    must(stage.server().answer_forwarded(&call))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_take_it_before_my_forwarding(stage: &mut Stage) -> Told {
    must(stage.server().set_forwarding(&stage.me, Some(MOBILE)))?;
    let call = stage.rings_me();
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_call_out(stage: &mut Stage) -> Told {
    let call = stage.server().outgoing_call(&stage.me, CALLED).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_call_out_and_they_are_busy(stage: &mut Stage) -> Told {
    let call = stage.server().outgoing_call(&stage.me, CALLED).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().end_unanswered(&call, Cause::UserBusy))
}

async fn i_call_a_colleague(stage: &mut Stage) -> Told {
    let call = stage.server().internal_call(&stage.me, &stage.anna).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_colleague_calls_me_and_holds(stage: &mut Stage) -> Told {
    let call = stage.server().internal_call(&stage.anna, &stage.me).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    must(stage.server().hold(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().resume(&call, &stage.anna))?;
    must(stage.server().hold(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().resume(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_pass_a_call_on_blindly(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().transfer(&call, &stage.me, &stage.anna))?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_pass_a_call_on_after_asking(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    must(stage.server().answer(&call, &stage.me))?;
    let question = stage.server().consult(&call, &stage.me, &stage.anna).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&question, &stage.anna))?;
    stage.look().await?;
    must(stage.server().transfer_consulted(&call))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_call_is_passed_on_to_me_blindly(stage: &mut Stage) -> Told {
    let call = stage.rings_anna();
    must(stage.server().answer(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().transfer(&call, &stage.anna, &stage.me))?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_call_is_passed_on_to_me_after_asking(stage: &mut Stage) -> Told {
    let call = stage.rings_anna();
    must(stage.server().answer(&call, &stage.anna))?;
    let question = stage.server().consult(&call, &stage.anna, &stage.me).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&question, &stage.me))?;
    stage.look().await?;
    must(stage.server().transfer_consulted(&call))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_park_a_call_that_a_colleague_fetches(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    must(stage.server().answer(&call, &stage.me))?;
    must(stage.server().park(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().retrieve(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn i_fetch_a_parked_call(stage: &mut Stage) -> Told {
    let call = stage.rings_anna();
    must(stage.server().answer(&call, &stage.anna))?;
    must(stage.server().park(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().retrieve(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn a_program_calls_for_me(stage: &mut Stage) -> Told {
    let call = stage.server().click_to_call(&stage.me, CALLED).ok_or("no call")?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn two_calls_at_once(stage: &mut Stage) -> Told {
    let first = stage.rings_me();
    must(stage.server().answer(&first, &stage.me))?;
    let second = stage.server().incoming_call(&Target::User(stage.me.clone()), Some(CALLED));
    stage.look().await?;
    must(stage.server().hang_up(&first))?;
    stage.look().await?;
    must(stage.server().hang_up(&second))
}

async fn a_colleagues_call(stage: &mut Stage) -> Told {
    let call = stage.rings_anna();
    stage.look().await?;
    must(stage.server().answer(&call, &stage.anna))?;
    stage.look().await?;
    must(stage.server().hang_up(&call))
}

async fn the_media_server_is_lost(stage: &mut Stage) -> Told {
    let call = stage.rings_me();
    must(stage.server().answer(&call, &stage.me))?;
    stage.look().await?;
    stage.server().lose_media_server();
    Ok(())
}
