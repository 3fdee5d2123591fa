//! What is done to an NGUC account, and what is to be seen of it.

mod sign_in;

use std::{
    io::Write,
    time::{Duration, Instant},
};

use engine::Order;
use model::{Availability, Event};
use providers::Action;
use serde_json::json;
use sign_in::*;
use simulator::nguc::{Callee, Closing, Heartbeat, HttpAnswer, Options, Surface, Websocket};

use crate::{
    Verdict,
    account::{Account, PASSWORD, availability, call, names_me, queue, simulate, skipped},
};

cases!(Options:
    a_session_and_its_goodbye(Websocket::Offered),
    a_session_and_its_goodbye(Websocket::Refused),
    a_session_and_its_goodbye(Websocket::Swallowed),
    a_session_and_its_goodbye(Websocket::ClosedAfterUpgrade),
    a_session_and_its_goodbye(Websocket::Disabled),
    a_snapshot_and_what_follows(Websocket::Offered),
    a_snapshot_and_what_follows(Websocket::Refused),
    a_caller_picked_up,
    a_caller_that_somebody_else_took,
    a_wrong_password,
    a_code_that_is_asked_for,
    a_code_that_is_given,
    a_bad_token(Closing::CodeAndReason),
    a_bad_token(Closing::Code),
    a_bad_token(Closing::Empty),
    a_bad_token_that_can_be_renewed,
    a_token_renewed_on_an_open_connection(Websocket::Offered),
    a_token_renewed_on_an_open_connection(Websocket::Refused),
    a_token_renewed_in_the_words_of_the_public_client,
    a_token_that_ends_early,
    tokens_that_are_revoked,
    a_password_changed_while_live,
    no_time_to_authenticate,
    a_cut(Websocket::Offered),
    a_cut(Websocket::Refused),
    a_restart(Websocket::Offered),
    a_restart(Websocket::Refused),
    a_close_by_the_server(3000),
    a_close_by_the_server(4001),
    a_frozen_link_that_is_probed,
    a_bad_gateway,
    a_rest_that_is_busy,
    heartbeats_by_ping,
    a_server_that_says_nothing,
    a_call_before_the_owner_is_known,
    events_that_nobody_knows,
    events_that_a_map_explains,
    the_vendors_broken_sample,
    a_day_of_the_office,
);

async fn a_session_and_its_goodbye(options: Options, websocket: Websocket) -> Verdict {
    let mut account = Account::start(Options { websocket, ..options }).await;
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    account.stop().await?;
    account.nguc().until(|requests| requests.sessions == 0).await;
    let requests = account.nguc().requests();
    Ok(format!(
        "live over {over}, {call}; {} sign-in, {} authenticated",
        requests.sign_ins, requests.authenticated
    ))
}

async fn a_snapshot_and_what_follows(options: Options, websocket: Websocket) -> Verdict {
    let simulator = simulate(Options { websocket, ..options }).await;
    simulator.nguc().set_status(101, "away");
    simulator.nguc().incoming_call(Callee::Queue(42), Some("46701234567"), &[]);
    let going = simulator.nguc().incoming_call(Callee::User(102), None, &[]);
    let mut account = Account::at(simulator, PASSWORD, "");
    account.live().await?;
    let (mut people, mut waiting, mut call_state) = (None, None, None);
    // In whichever order they are told.
    let seen = |event: &Event| {
        if let Event::People(told) = event {
            people = Some(told.clone());
        }
        waiting = queue(event, "42").map(|queue| queue.waiting.len()).or(waiting);
        call_state = call(event, &going).and_then(|fact| fact.state).or(call_state);
        Some((people.clone()?, waiting?, call_state?))
    };
    let (people, waiting, call_state) = account.until("the snapshot", seen).await?;
    let is = |id: &str| people.iter().find(|fact| fact.id == id).and_then(|fact| fact.availability);
    let me = people.iter().find(|fact| fact.me == Some(true)).map(|fact| fact.id.clone());
    let told = format!(
        "{} people, 101 {:?}, 102 {:?}, me {me:?}; {waiting} waiting; a call {call_state:?}",
        people.len(),
        is("101"),
        is("102")
    );
    account.nguc().set_dnd(101, true);
    let then = account.until("101 anew", |event| availability(event, "101")).await?;
    Ok(format!("{told}; then 101 {then:?}"))
}

async fn a_caller_picked_up(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    let guid = account.nguc().incoming_call(Callee::Queue(42), Some("46701234567"), &[101]);
    let caller = account.queue("42", 1).await?.pop().ok_or("no id")?;
    let done = account.act(Action::PickUp { queue: "42".into(), caller: caller.clone() }).await?;
    let left = account.queue("42", 0).await.map(|_| "nobody waits");
    let asked = account.nguc().requests().rest(&format!("POST /queue/42/caller/{caller}/pickup"));
    Ok(format!("{done} by {asked} request, {}; answered: {}", left?, account.nguc().is_answered(&guid)))
}

async fn a_caller_that_somebody_else_took(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    account.act(Action::PickUp { queue: "42".into(), caller: "1".into() }).await
}

async fn a_cut(options: Options, websocket: Websocket) -> Verdict {
    let mut account = Account::start(Options { websocket, ..options }).await;
    account.live().await?;
    account.nguc().until(|requests| requests.websockets > 0 || requests.held > 0).await;
    account.nguc().drop_connections();
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    Ok(format!("live again over {over}, {call}; {} sign-in", account.nguc().requests().sign_ins))
}

async fn a_restart(options: Options, websocket: Websocket) -> Verdict {
    let mut account = Account::start(Options { websocket, ..options }).await;
    account.live().await?;
    account.nguc().restart();
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    Ok(format!("live again over {over}, {call}; {} sign-in", account.nguc().requests().sign_ins))
}

async fn a_close_by_the_server(options: Options, code: u16) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    // Before anything came of the server, a close would be its answer to the token.
    account.hears_a_call().await?;
    account.nguc().close(code, "Go away!");
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    let requests = account.nguc().requests();
    Ok(format!(
        "live again over {over}, {call}; {} sign-in, {} renewed",
        requests.sign_ins, requests.refreshes
    ))
}

async fn a_frozen_link_that_is_probed(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    account.nguc().freeze(true);
    account.order(Order::Probe).await;
    let waits = account.waiting().await?;
    account.nguc().freeze(false);
    let over = account.live().await?;
    Ok(format!("{waits}; live again over {over}"))
}

async fn a_bad_gateway(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    let down = HttpAnswer { status: 502, body: "<html>Bad Gateway</html>".into(), retry_after: None };
    account.nguc().answer_http(Surface::Events, down);
    account.nguc().drop_connections();
    let waits = account.waiting().await?;
    account.nguc().answer_truly(Surface::Events);
    let over = account.live().await?;
    Ok(format!("{waits}; live again over {over}"))
}

async fn a_rest_that_is_busy(options: Options) -> Verdict {
    let simulator = simulate(options).await;
    let busy = HttpAnswer { status: 503, body: "{}".into(), retry_after: Some(Duration::from_secs(600)) };
    simulator.nguc().answer_http(Surface::Rest, busy);
    let mut account = Account::at(simulator, PASSWORD, "");
    let waits = account.waiting().await?;
    account.nguc().answer_truly(Surface::Rest);
    account.order(Order::Retry).await;
    Ok(format!("{waits}; on demand live over {}", account.live().await?))
}

async fn heartbeats_by_ping(options: Options) -> Verdict {
    let heartbeat = Heartbeat::Ping(Duration::from_millis(100));
    let mut account = Account::start(Options { heartbeat, ..options }).await;
    account.live().await?;
    account.nguc().until(|requests| requests.pongs >= 5).await;
    account.hears_a_call().await
}

async fn a_server_that_says_nothing(options: Options) -> Verdict {
    let mut account = Account::start(Options { heartbeat: Heartbeat::Silent, ..options }).await;
    let began = Instant::now();
    let over = account.live().await?;
    let in_time = began.elapsed().as_secs() < 30;
    Ok(format!("live over {over}, within 30 s: {in_time}, {}", account.hears_a_call().await?))
}

async fn a_call_before_the_owner_is_known(options: Options) -> Verdict {
    let simulator = simulate(Options { lists_calls: false, ..options }).await;
    let down = HttpAnswer { status: 502, body: "<html>Bad Gateway</html>".into(), retry_after: None };
    simulator.nguc().answer_http(Surface::Rest, down);
    let mut account = Account::at(simulator, r#"{"access_token":"good-token"}"#, "");
    account.live().await?;
    let guid = account.nguc().incoming_call(Callee::User(77), None, &[]);
    let mut mine = None;
    let mine_in = |event: &Event| call(event, &guid).map(|fact| fact.mine);
    let first = account.until("call", mine_in).await?;
    account.nguc().answer_truly(Surface::Rest);
    let until_known = |event: &Event| {
        mine = mine_in(event).flatten().or(mine);
        names_me(event).then_some(())
    };
    account.until("the owner", until_known).await?;
    // Whatever is told with that comes before this.
    account.nguc().event("Weather", &json!({}));
    let until_later = |event: &Event| {
        mine = mine_in(event).flatten().or(mine);
        skipped(event).filter(|name| name.starts_with("Weather")).map(drop)
    };
    account.until("the weather", until_later).await?;
    Ok(format!("mine: {first:?} and then {mine:?}"))
}

async fn unknown(account: &mut Account) -> Result<String, String> {
    account.until("something unknown", |event| skipped(event).map(str::to_owned)).await
}

async fn events_that_nobody_knows(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    account.nguc().event("Weather", &json!({"degrees": 7, "secret": "46701234567"}));
    let name = unknown(&mut account).await?;
    Ok(format!("counts `{name}`, {}", account.hears_a_call().await?))
}

async fn events_that_a_map_explains(options: Options) -> Verdict {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let map = r#"
version = 1
[[event]]
name = "Anknytning"
kind = "person"
[event.fields]
id = ["anst.nr"]
availability = ["läge"]
[values.availability]
away = ["fika"]
"#;
    file.write_all(map.as_bytes()).unwrap();
    let more = format!("event_map = '{}'", file.path().display());
    let mut account = Account::at(simulate(options).await, PASSWORD, &more);
    account.live().await?;
    account.nguc().event("Anknytning", &json!({"anst": {"nr": 101}, "läge": "Fika"}));
    let found = account.until("the colleague", |event| availability(event, "101")).await?;
    Ok(format!("101 {found:?}, {}", account.hears_a_call().await?))
}

async fn the_vendors_broken_sample(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    account.nguc().send_raw(simulator::nguc::VENDOR_SAMPLE);
    let (first, second) = (unknown(&mut account).await?, unknown(&mut account).await?);
    let call = account.hears_a_call().await?;
    Ok(format!("counts `{first}` and `{second}`, {call}; {} session", account.nguc().requests().sessions))
}

async fn a_day_of_the_office(options: Options) -> Verdict {
    let office = simulator::Options {
        people: 12,
        rate: 20.0,
        vendors: &["nguc"],
        nguc: options,
        ..simulator::Options::default()
    };
    let mut account = Account::at(simulator::Simulator::start(office).await.unwrap(), PASSWORD, "");
    account.live().await?;
    let began = Instant::now();
    let (mut rings_me, mut waits, mut busy, mut odd) = (false, false, false, Vec::new());
    let seen = |event: &Event| {
        rings_me |= matches!(event, Event::Call(fact) if fact.mine == Some(true));
        waits |= matches!(event, Event::Queue(queue) if !queue.waiting.is_empty());
        busy |= matches!(event, Event::Person(fact) if fact.availability == Some(Availability::Busy));
        odd.extend(skipped(event).map(str::to_owned));
        (rings_me && waits && busy).then_some(())
    };
    account.until("a call to me, a caller who waits and a colleague who is busy", seen).await?;
    let in_time = began.elapsed().as_secs() < 40;
    Ok(format!(
        "a call rings me, somebody waits, a colleague is busy, within 40 s: {in_time}; skipped: {odd:?}"
    ))
}
