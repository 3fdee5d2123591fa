//! What is done to the connection, and what is to be seen of it.

use std::{pin::Pin, time::Duration};

use engine::Order;
use jiff::SignedDuration;
use model::ConnectionState;
use simulator::firehose::{AtExpiry, HttpAnswer, Options, Requests, Surface, Target, TokenForm};

use crate::{
    content::{
        a_call_from_here, a_day_at_the_office, a_destroy_that_is_lost, a_filter_by_account,
        a_filter_that_hides_ringing, a_stream_without_ringing, bad_input, crossbar_in_trouble,
        do_not_disturb, two_thousand_calls, without_crossbar,
    },
    subject::{DEADLINE, Subject, in_words, serve},
};

pub type Verdict = Result<String, String>;
type Case = fn() -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

macro_rules! cases {
    ($($name:ident $(($($with:expr),+))?),+ $(,)?) => {
        /// All of them, with their names.
        pub const ALL: &[(&str, Case)] = &[
            $((stringify!($name $(($($with),+))?), || Box::pin($name($($($with),+)?)))),+
        ];
    };
}

cases!(
    a_session_and_its_goodbye("header"),
    a_session_and_its_goodbye("query"),
    a_token_that_cannot_be_decoded,
    a_server_whose_clock_is_wrong(-2),
    a_server_whose_clock_is_wrong(2),
    a_wrong_password,
    a_token_that_only_the_login_takes,
    a_token_that_is_renewed_in_time,
    a_token_that_ends_before_its_time,
    a_socket_that_is_closed_with_its_token,
    a_password_that_is_changed_while_live,
    a_cut,
    a_cut_in_which_a_call_ends,
    a_restart,
    a_frozen_link_that_is_probed,
    a_filter_that_hides_ringing,
    a_stream_without_ringing,
    a_filter_by_account,
    a_destroy_that_is_lost,
    bad_input,
    do_not_disturb,
    a_call_from_here,
    without_crossbar,
    crossbar_in_trouble,
    a_bad_gateway,
    a_wish_for_a_pause,
    two_thousand_calls,
    a_day_at_the_office,
);

pub async fn live(options: Options, more: &str) -> Result<Subject, String> {
    let mut subject = Subject::start(6, options, more).await;
    subject.live().await?;
    Ok(subject)
}

/// A call rings me and ends, and both are heard.
pub async fn hears_a_call(subject: &mut Subject) -> Result<(), String> {
    let me = subject.server().me();
    let before = subject.ended_calls().count();
    let call = subject.server().incoming_call(&Target::User(me), Some("+46701234567"));
    subject.until("ringing", |subject| subject.mine().contains("incoming ringing")).await?;
    subject.server().hang_up(&call);
    subject.until("end of the call", |subject| subject.ended_calls().count() > before).await
}

/// Live again after the server has asked for it: another socket than the first.
pub async fn live_again(subject: &mut Subject, sockets: u64) -> Result<(), String> {
    let server = subject.server().clone();
    let again = server.until(|asked| asked.websockets >= sockets && asked.open > 0);
    tokio::time::timeout(DEADLINE, again).await.map_err(|_| "no other socket".to_owned())?;
    subject.forget_marks();
    subject.live().await
}

pub fn logins(asked: &Requests) -> String {
    format!("{} logins, {} sockets asked for", asked.logins, asked.upgrades)
}

async fn a_session_and_its_goodbye(token_in: &str) -> Verdict {
    let mut subject = live(Options::default(), &format!("token_in = \"{token_in}\"")).await?;
    hears_a_call(&mut subject).await?;
    let asked = subject.server().requests();
    let by_query = asked.upgrades_by_query;
    let server = subject.server().clone();
    subject.leave().await?;
    let closed = server.until(|asked| asked.open == 0);
    tokio::time::timeout(DEADLINE, closed).await.map_err(|_| "no goodbye".to_owned())?;
    Ok(format!("live, hears a call; {}, {by_query} by query; the socket is closed", logins(&asked)))
}

async fn a_token_that_cannot_be_decoded() -> Verdict {
    let mut subject = live(Options { token_form: TokenForm::Opaque, ..Options::default() }, "").await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_server_whose_clock_is_wrong(hours: i64) -> Verdict {
    let clock_ahead = SignedDuration::from_hours(hours);
    let mut subject = live(Options { clock_ahead, ..Options::default() }, "").await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_wrong_password() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    simulator.firehose().accept_password("another");
    let mut subject = Subject::join(simulator, "");
    subject.until("rest", |subject| subject.is(ConnectionState::SignIn)).await?;
    Ok(format!("{}; {}", subject.connection(), logins(&subject.server().requests())))
}

async fn a_token_that_only_the_login_takes() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    simulator.firehose().refuse_tokens(true);
    let mut subject = Subject::join(simulator, "");
    let rests = |subject: &Subject| {
        [ConnectionState::SignIn, ConnectionState::Stopped, ConnectionState::Waiting]
            .iter()
            .any(|state| subject.is(*state))
    };
    subject.until("rest", rests).await?;
    Ok(format!("{}; {}", subject.connection(), logins(&subject.server().requests())))
}

async fn a_token_that_is_renewed_in_time() -> Verdict {
    let options = Options {
        token_lifetime: Duration::from_secs(26),
        at_expiry: AtExpiry::Closes,
        ..Options::default()
    };
    let mut subject = live(options, "").await?;
    let me = subject.server().me();
    let call = subject.server().incoming_call(&Target::User(me.clone()), Some("+46701234567"));
    subject.settled().await?;
    live_again(&mut subject, 2).await?;
    let during = subject.mine();
    subject.server().answer(&call, &me);
    subject.settled().await?;
    let after = subject.mine();
    subject.server().hang_up(&call);
    subject.until("end of the call", |subject| subject.open_calls().next().is_none()).await?;
    let gaps = subject.facts().map_or(0, |facts| facts.gaps.len());
    let asked = subject.server().requests();
    Ok(format!("{during}, then {after}; {gaps} gaps; {}", logins(&asked)))
}

async fn a_token_that_ends_before_its_time() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().forget_tokens();
    subject.server().drop_connections();
    live_again(&mut subject, 2).await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live again, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_socket_that_is_closed_with_its_token() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().forget_tokens();
    subject.server().close_sockets(1008);
    live_again(&mut subject, 2).await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live again, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_password_that_is_changed_while_live() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().accept_password("another");
    hears_a_call(&mut subject).await?;
    subject.server().restart();
    subject.until("rest", |subject| subject.is(ConnectionState::SignIn)).await?;
    Ok(format!(
        "hears calls until the socket ends, then {}; {}",
        subject.connection(),
        logins(&subject.server().requests())
    ))
}

async fn a_cut() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().drop_connections();
    live_again(&mut subject, 2).await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live again, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_cut_in_which_a_call_ends() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    let (me, users) = (subject.server().me(), subject.server().users());
    let anna = users.get(1).ok_or("too few people")?.clone();
    let mine = subject.server().incoming_call(&Target::User(me.clone()), Some("+46701234567"));
    let hers = subject.server().incoming_call(&Target::User(anna.clone()), Some("+46702222222"));
    subject.server().answer(&mine, &me);
    subject.settled().await?;
    let before = format!("{}, Anna {}", subject.mine(), subject.availability(&anna));
    // Down for so long that only Crossbar can tell what happened.
    let down = HttpAnswer { status: 503, body: "{}".to_owned(), retry_after: None };
    subject.server().answer_http(Surface::CallEvents, down);
    subject.server().drop_connections();
    subject.until("pause", |subject| subject.is(ConnectionState::Waiting)).await?;
    subject.server().hang_up(&mine);
    subject.server().answer(&hers, &anna);
    subject.server().answer_truly(Surface::CallEvents);
    subject.order(Order::Retry).await;
    live_again(&mut subject, 2).await?;
    subject.until("end of my call", |subject| subject.mine() == "no call").await?;
    let is_busy = |subject: &Subject| subject.availability(&anna) == "busy";
    subject.until("Anna's state", is_busy).await?;
    let outcome = subject.ended_calls().last().map(|call| in_words(call));
    Ok(format!("{before}; afterwards {}, Anna busy", outcome.unwrap_or_default()))
}

async fn a_restart() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().restart();
    live_again(&mut subject, 2).await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("live again, hears a call; {}", logins(&subject.server().requests())))
}

async fn a_frozen_link_that_is_probed() -> Verdict {
    let mut subject = live(Options::default(), "").await?;
    subject.server().freeze(true);
    subject.order(Order::Probe).await;
    subject.until("end", |subject| !subject.is(ConnectionState::Live)).await?;
    subject.server().freeze(false);
    live_again(&mut subject, 2).await?;
    hears_a_call(&mut subject).await?;
    Ok("found dead; live again, hears a call".to_owned())
}

async fn a_bad_gateway() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    let down = HttpAnswer { status: 502, body: "<html>bad gateway</html>".to_owned(), retry_after: None };
    simulator.firehose().answer_http(Surface::Login, down);
    let mut subject = Subject::join(simulator, "");
    subject.until("pause", |subject| subject.is(ConnectionState::Waiting)).await?;
    let waits = subject.connection();
    subject.server().answer_truly(Surface::Login);
    subject.order(Order::Retry).await;
    subject.live().await?;
    hears_a_call(&mut subject).await?;
    Ok(format!("{waits}; on demand live, hears a call"))
}

async fn a_wish_for_a_pause() -> Verdict {
    let simulator = serve(6, Options::default()).await;
    let busy =
        HttpAnswer { status: 429, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(3_000)) };
    simulator.firehose().answer_http(Surface::Login, busy);
    let mut subject = Subject::join(simulator, "");
    subject.until("pause", |subject| subject.is(ConnectionState::Waiting)).await?;
    let connection = subject.facts().and_then(|facts| facts.connection.as_ref());
    let long = connection.and_then(|connection| Some(connection.retry_at?.since(connection.since)));
    let is_long = long.is_some_and(|pause| pause >= Duration::from_secs(2_900));
    Ok(format!("{}, as long as asked: {is_long}", subject.connection()))
}
