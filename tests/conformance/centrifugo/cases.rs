//! What is done to an account, and what is to be seen of it.

mod people;

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use engine::Order;
use people::{a_storm_of_people, people_online, people_who_leave_unseen};
use simulator::semaswift::{Disconnect, Handle, HttpAnswer, Method, Refusal, Requests, Surface};

use crate::{
    server::{Kind, Server},
    subject::{PASSWORD, PERSONAL, Subject, show},
};

type Verdict = Result<String, String>;
type Case = fn(Kind) -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// Which servers a case can be set up at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Any,
    /// It takes what only the simulator can be told to do.
    Simulated,
}

macro_rules! cases {
    ($($scope:ident $name:ident $(($($with:expr),+))?),+ $(,)?) => {
        /// All of them, with their names.
        pub const ALL: &[(&str, Scope, Case)] = &[
            $((
                stringify!($name $(($($with),+))?),
                Scope::$scope,
                |kind| Box::pin($name(kind $($(, $with)+)?)),
            )),+
        ];
    };
}

cases!(
    Any a_session_and_its_goodbye,
    Any a_burst_in_its_order,
    Any a_cut,
    Any a_frozen_server,
    Any a_token_that_ends_while_live,
    Any a_token_that_was_never_good,
    Any a_channel_that_is_taken_away,
    Simulated a_password,
    Simulated a_password_that_is_wrong,
    Simulated a_second_factor,
    Simulated an_access_token_that_has_ended,
    Simulated tokens_for_every_channel,
    Simulated a_channel_without_its_token,
    Simulated a_channel_that_is_refused,
    Simulated a_channel_that_is_refused_for_now,
    Simulated a_token_that_ended_out_of_sight,
    Simulated what_is_missed_in_a_cut,
    Simulated more_is_missed_than_is_kept,
    Simulated a_restart,
    Simulated a_longer_outage,
    Simulated a_subscription_the_server_renews(2500),
    Simulated a_subscription_the_server_renews(2501),
    Simulated codes_after_which_to_come_back,
    Simulated a_code_after_which_not_to(3500),
    Simulated a_code_after_which_not_to(3503),
    Simulated a_code_after_which_not_to(3504),
    Simulated a_code_after_which_not_to(3507),
    Simulated a_code_after_which_not_to(4501),
    Simulated a_page_in_place_of_the_websocket,
    Simulated a_page_in_place_of_rest,
    Simulated a_frame_that_is_none,
    Simulated a_wish_for_a_pause,
    Simulated a_storm_of_people,
    Simulated people_online(10000),
    Simulated people_who_leave_unseen,
);

async fn a_session_and_its_goodbye(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    subject.stop().await?;
    Ok("live, hears a call, leaves".to_owned())
}

async fn a_burst_in_its_order(kind: Kind) -> Verdict {
    const CALLS: usize = 100;
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    let sent: Vec<String> = (0..CALLS).map(|n| format!("b{n}")).collect();
    for id in &sent {
        server.call(id).await;
    }
    subject.hears(&format!("b{}", CALLS - 1)).await?;
    let heard: Vec<&String> = subject.calls().iter().filter(|id| id.starts_with('b')).collect();
    Ok(format!("hears all calls in their order: {}", heard.into_iter().eq(sent.iter())))
}

async fn a_cut(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.cut();
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok("live again, hears a call".to_owned())
}

async fn a_frozen_server(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.freeze(true);
    let frozen = Instant::now();
    subject.interrupted().await?;
    let in_time = frozen.elapsed() < Duration::from_secs(1 + 10 + 1);
    let noticed = subject.waiting().await?;
    server.freeze(false);
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("noticed within ping + 10 s: {in_time}; {}; live again, hears a call", show(&noticed)))
}

async fn a_token_that_ends_while_live(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.token_for = Duration::from_secs(2)).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    let renewed = |asked: &Requests| asked.rest("POST /realtime/token");
    let mut sent = Vec::new();
    for n in 0..3 {
        let before = renewed(&server.handle().requests());
        // Calls come before, while and after another token is asked for.
        for moment in ["before", "after"] {
            let id = format!("t{n}-{moment}");
            server.call(&id).await;
            sent.push(id);
            server.handle().until(|asked| moment == "after" || renewed(asked) > before).await;
        }
    }
    subject.hears("t2-after").await?;
    let heard: Vec<&String> = subject.calls().iter().filter(|id| id.starts_with('t')).collect();
    let all = heard.into_iter().eq(sent.iter());
    Ok(format!("hears all calls over three tokens: {all}"))
}

async fn a_token_that_was_never_good(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    server.handle().revoke_tokens();
    let mut subject = Subject::start(&server);
    let rest = subject.at_rest().await?;
    let asked = server.handle().requests();
    Ok(format!("{rest}; {} requests for tokens", asked.rest("POST /realtime/token")))
}

async fn a_channel_that_is_taken_away(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.unsubscribe("tickets:mine").await;
    let lacks = subject.lacks().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{lacks}; hears a call"))
}

async fn a_password(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::with(&server, "", PASSWORD);
    subject.live().await?;
    let asked = server.handle().requests();
    Ok(format!("live; {} sign-in", asked.rest("POST /auth/login")))
}

async fn a_password_that_is_wrong(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.password = "another".to_owned()).await;
    let mut subject = Subject::with(&server, "", PASSWORD);
    let rest = subject.at_rest().await?;
    Ok(format!("{rest}; {} sign-in", server.handle().requests().rest("POST /auth/login")))
}

async fn a_second_factor(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.mfa_code = Some("123456".to_owned())).await;
    Subject::with(&server, "", PASSWORD).at_rest().await
}

async fn an_access_token_that_has_ended(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::with(&server, "", PASSWORD);
    subject.live().await?;
    let is_settled = |asked: &Requests| {
        ["GET /voice/agents", "GET /voice/agent-status-configs"].iter().all(|name| asked.rest(name) > 0)
    };
    server.handle().until(is_settled).await;
    server.handle().revoke_access_tokens();
    server.handle().disconnect(&Disconnect::expired());
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    let asked = server.handle().requests();
    let renewals = asked.rest("POST /auth/refresh");
    Ok(format!("live again, hears a call; {} sign-in, {renewals} renewal", asked.rest("POST /auth/login")))
}

/// Where the vendor's reference has tokens, those of channels as well.
const BY_CHANNEL: &str = "token_path = \"/api/v1/engagements/realtime/tokens\"\n";

async fn tokens_for_every_channel(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.needs_subscription_tokens = true).await;
    let mut subject = Subject::with(&server, BY_CHANNEL, PERSONAL);
    subject.live().await?;
    server.handle().until_subscribed("voice:calls").await;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok("live, hears a call".to_owned())
}

async fn a_channel_without_its_token(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.needs_subscription_tokens = true).await;
    server.handle().withhold_token("tickets:mine");
    let mut subject = Subject::with(&server, BY_CHANNEL, PERSONAL);
    let lacks = subject.lacks().await?;
    server.handle().until_subscribed("voice:calls").await;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{lacks}; hears a call"))
}

async fn a_channel_that_is_refused(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    server.handle().refuse(Method::Subscribe, Some("tickets:mine"), Refusal::permission_denied());
    let mut subject = Subject::start(&server);
    let lacks = subject.lacks().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{lacks}; hears a call"))
}

async fn a_channel_that_is_refused_for_now(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    server.handle().refuse(Method::Subscribe, Some("voice:calls"), Refusal::too_many_requests());
    let mut subject = Subject::start(&server);
    let lacks = subject.lacks().await?;
    server.handle().answer_commands();
    server.handle().until_subscribed("voice:calls").await;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{lacks}; then hears a call"))
}

async fn a_token_that_ended_out_of_sight(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.handle().pass(Duration::from_secs(4000));
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok("live again, hears a call".to_owned())
}

/// Cuts the connection and lets nobody back before `meanwhile` is done.
async fn away(handle: &Handle, meanwhile: impl AsyncFnOnce()) {
    let outage = HttpAnswer { status: 502, body: "<html>".to_owned(), retry_after: None };
    handle.answer_http(Surface::Realtime, outage);
    handle.drop_connections();
    handle.until(|asked| asked.connected == 0).await;
    meanwhile().await;
    handle.answer_truly(Surface::Realtime);
}

async fn what_is_missed_in_a_cut(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    for round in ["c2", "c3"] {
        away(server.handle(), async || server.call(round).await).await;
        subject.live().await?;
        subject.hears(round).await?;
    }
    Ok(format!("hears, in order: {}", subject.calls().join(", ")))
}

async fn more_is_missed_than_is_kept(kind: Kind) -> Verdict {
    let server = Server::with(kind, |options| options.kept = 2).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    away(server.handle(), async || {
        for id in ["c2", "c3", "c4", "c5"] {
            server.call(id).await;
        }
    })
    .await;
    let gap = subject.gap().await?;
    subject.hears("c5").await?;
    Ok(format!("gap, filled: {}; knows of {}", gap.filled, subject.calls().join(", ")))
}

async fn a_restart(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    server.handle().restart();
    subject.live().await?;
    server.call("c2").await;
    subject.hears("c2").await?;
    Ok("live again, hears a call".to_owned())
}

async fn a_longer_outage(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    let tried = server.handle().requests().upgrades;
    server.handle().shut_down();
    let noticed = subject.waiting().await?;
    server.handle().until(|asked| asked.upgrades >= tried + 3).await;
    server.handle().start_up();
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok(format!("{}; live again, hears a call", show(&noticed)))
}

async fn a_subscription_the_server_renews(kind: Kind, code: u32) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.handle().unsubscribe("voice:calls", code, "insufficient state");
    server.handle().until_subscribed("voice:calls").await;
    server.call("c1").await;
    subject.hears("c1").await?;
    let connects = server.handle().requests().commands(Method::Connect);
    Ok(format!("hears a call; {connects} connection"))
}

async fn codes_after_which_to_come_back(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    // Each after a new start, as the supervisor grows tired of one account.
    let mut back = Vec::new();
    let all = Disconnect::all().into_iter().map(|why| why.code).filter(|code| *code < 3500);
    for code in all.chain([4000]) {
        server.handle().disconnect(&Disconnect { code, reason: "so".to_owned() });
        subject.live().await?;
        server.call(&format!("c{code}")).await;
        subject.hears(&format!("c{code}")).await?;
        back.push(code.to_string());
        subject = Subject::start(&server);
        subject.live().await?;
    }
    Ok(format!("live again after {}", back.join(", ")))
}

async fn a_code_after_which_not_to(kind: Kind, code: u16) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.handle().disconnect(&Disconnect { code, reason: String::new() });
    let rest = subject.at_rest().await?;
    let connects = server.handle().requests().commands(Method::Connect);
    subject.order(Order::Retry).await;
    subject.live().await?;
    Ok(format!("{rest}, {connects} connection; on demand live again"))
}

async fn a_page_in_place_of_the_websocket(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let page = HttpAnswer { status: 200, body: "<html>Sign in</html>".to_owned(), retry_after: None };
    server.handle().answer_http(Surface::Realtime, page);
    let mut subject = Subject::start(&server);
    let noticed = subject.waiting().await?;
    server.handle().answer_truly(Surface::Realtime);
    subject.live().await?;
    Ok(format!("{}; then live", show(&noticed)))
}

async fn a_page_in_place_of_rest(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let page = HttpAnswer { status: 200, body: "<html>Sign in</html>".to_owned(), retry_after: None };
    server.handle().answer_http(Surface::Tokens, page);
    let mut subject = Subject::start(&server);
    let noticed = subject.waiting().await?;
    server.handle().answer_truly(Surface::Tokens);
    subject.live().await?;
    Ok(format!("{}; then live", show(&noticed)))
}

async fn a_frame_that_is_none(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let mut subject = Subject::start(&server);
    subject.live().await?;
    server.handle().send_text("<html>Sign in to the hotel's network</html>");
    subject.live().await?;
    server.call("c1").await;
    subject.hears("c1").await?;
    Ok("live again, hears a call".to_owned())
}

async fn a_wish_for_a_pause(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let busy = HttpAnswer { status: 429, body: "{}".to_owned(), retry_after: Some(Duration::from_secs(600)) };
    server.handle().answer_http(Surface::Tokens, busy);
    let mut subject = Subject::start(&server);
    let noticed = subject.waiting().await?;
    let pause = noticed.retry_at.map_or(0, |at| at.as_millis() - noticed.since.as_millis());
    server.handle().answer_truly(Surface::Tokens);
    subject.order(Order::Retry).await;
    subject.live().await?;
    Ok(format!("{}, as long as asked: {}; on demand live", show(&noticed), pause >= 590_000))
}
