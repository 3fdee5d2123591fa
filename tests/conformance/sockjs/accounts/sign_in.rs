//! Signing in, and tokens that end.

use std::time::Duration;

use model::Availability;
use simulator::nguc::{Closing, Expired, Heartbeat, Options, RefreshGrant, Websocket};

use crate::{
    Verdict,
    account::{Account, availability, simulate},
};

pub async fn a_wrong_password(options: Options) -> Verdict {
    let secret = r#"{"username":"ase","password":"wrong"}"#;
    let mut account = Account::at(simulate(options).await, secret, "");
    let rest = account.at_rest().await?;
    let requests = account.nguc().requests();
    Ok(format!("{rest}; {} refused sign-in, {} connections", requests.refused_sign_ins, requests.connections))
}

pub async fn a_code_that_is_asked_for(options: Options) -> Verdict {
    let mut account = Account::start(Options { tfa: Some("123456".into()), ..options }).await;
    let rest = account.at_rest().await?;
    Ok(format!("{rest}; {} refused sign-in", account.nguc().requests().refused_sign_ins))
}

pub async fn a_code_that_is_given(options: Options) -> Verdict {
    let secret = r#"{"username":"ase","password":"good-password","tfa":"123456"}"#;
    let simulator = simulate(Options { tfa: Some("123456".into()), ..options }).await;
    let mut account = Account::at(simulator, secret, "");
    let over = account.live().await?;
    // The code is good no more; what was got for it is.
    account.nguc().set_tfa(Some("654321"));
    account.nguc().restart();
    account.live().await?;
    let secret = account.secret();
    let kept: Vec<&str> = ["username", "password", "tfa", "refresh_token"]
        .into_iter()
        .filter(|field| secret.get(field).is_some())
        .collect();
    let requests = account.nguc().requests();
    Ok(format!(
        "live over {over} and again; keeps {kept:?}; {} sign-in, {} refused",
        requests.sign_ins, requests.refused_sign_ins
    ))
}

pub async fn a_bad_token(options: Options, closing: Closing) -> Verdict {
    // A heartbeat that comes before the refusal would pass for being accepted.
    let heartbeat = Heartbeat::Silent;
    let simulator = simulate(Options { closing, heartbeat, ..options }).await;
    let mut account = Account::at(simulator, r#"{"access_token":"bad-token"}"#, "");
    let rest = account.at_rest().await?;
    let requests = account.nguc().requests();
    Ok(format!("{rest}; {} refused, {} requests for tokens", requests.refused, requests.refused_sign_ins))
}

pub async fn a_bad_token_that_can_be_renewed(options: Options) -> Verdict {
    let secret = r#"{"access_token":"bad-token","refresh_token":"good-refresh-token"}"#;
    let mut account = Account::at(simulate(options).await, secret, "");
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    let secret = account.secret();
    Ok(format!(
        "live over {over}, {call}; {} renewed, keeps {} and {}",
        account.nguc().requests().refreshes,
        secret.get("access_token").ok_or("no token")?,
        secret.get("refresh_token").ok_or("no token")?,
    ))
}

/// Every change is waited for before the next, so that one that is lost is missed.
async fn hears_all_until_renewed(account: &mut Account, times: u64) -> Result<(), String> {
    let mut busy = true;
    while account.nguc().requests().refreshes < times {
        account.nguc().set_status(101, if busy { "busy" } else { "away" });
        let wanted = if busy { Availability::Busy } else { Availability::Away };
        account
            .until("the change", |event| availability(event, "101").filter(|found| *found == wanted))
            .await?;
        busy = !busy;
    }
    Ok(())
}

pub async fn a_token_renewed_on_an_open_connection(options: Options, websocket: Websocket) -> Verdict {
    let expires_in = Duration::from_secs(4);
    let mut account = Account::start(Options { expires_in, websocket, ..options }).await;
    let over = account.live().await?;
    hears_all_until_renewed(&mut account, 2).await?;
    account.nguc().until(|requests| requests.authenticated >= 3).await;
    let call = account.hears_a_call().await?;
    let requests = account.nguc().requests();
    Ok(format!(
        "over {over}, hears all, {call}; {} sign-in, {} session",
        requests.sign_ins, requests.sessions
    ))
}

pub async fn a_token_renewed_in_the_words_of_the_public_client(options: Options) -> Verdict {
    let secret = r#"{"access_token":"bad-token","refresh_token":"good-refresh-token"}"#;
    let simulator = simulate(Options { refresh_grant: RefreshGrant::Password, ..options }).await;
    let mut account = Account::at(simulator, secret, "");
    let over = account.live().await?;
    let requests = account.nguc().requests();
    Ok(format!("live over {over}; {} renewed, {} refused", requests.refreshes, requests.refused_sign_ins))
}

pub async fn a_token_that_ends_early(options: Options) -> Verdict {
    let mut account = Account::start(options).await;
    account.live().await?;
    account.nguc().expire_tokens();
    let over = account.live().await?;
    let call = account.hears_a_call().await?;
    let requests = account.nguc().requests();
    Ok(format!(
        "live again over {over}, {call}; {} sign-in, {} renewed",
        requests.sign_ins, requests.refreshes
    ))
}

pub async fn tokens_that_are_revoked(options: Options) -> Verdict {
    let secret = r#"{"access_token":"good-token","refresh_token":"good-refresh-token"}"#;
    let mut account = Account::at(simulate(options).await, secret, "");
    account.live().await?;
    account.nguc().revoke_tokens();
    let rest = account.at_rest().await?;
    // REST and the socket may both find out.
    Ok(format!("{rest}; at most 3 refused: {}", account.nguc().requests().refused_sign_ins <= 3))
}

pub async fn a_password_changed_while_live(options: Options) -> Verdict {
    let mut account = Account::start(Options { expired: Expired::Kept, ..options }).await;
    account.live().await?;
    account.nguc().set_password("another");
    account.nguc().revoke_tokens();
    account.nguc().restart();
    let rest = account.at_rest().await?;
    // REST and the socket may both find out.
    Ok(format!("{rest}; at most 3 refused: {}", account.nguc().requests().refused_sign_ins <= 3))
}

pub async fn no_time_to_authenticate(options: Options) -> Verdict {
    let mut account = Account::start(Options {
        authenticate_within: Duration::ZERO,
        heartbeat: Heartbeat::Silent,
        ..options
    })
    .await;
    let waits = account.waiting().await?;
    Ok(format!("{waits}; {} sign-in", account.nguc().requests().sign_ins))
}
