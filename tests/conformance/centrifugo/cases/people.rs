//! Who is online, in large numbers and out of sight.

use simulator::semaswift::Handle;

use super::{Verdict, away};
use crate::{
    server::{Kind, Server},
    subject::Subject,
};

fn users(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("usr_{}", 10_000 + n)).collect()
}

fn come(handle: &Handle, users: &[String]) -> Vec<String> {
    handle.come_online(&users.iter().map(String::as_str).collect::<Vec<_>>())
}

pub async fn a_storm_of_people(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let handle = server.handle();
    let mut subject = Subject::start(&server);
    subject.live().await?;
    handle.until_subscribed("presence:online").await;
    let users = users(500);
    let clients = come(handle, &users);
    subject.gone(&users, 0).await?;
    // All leave at once; half of them are back before that is told, and some with two clients.
    handle.go_offline(&clients);
    let (back, gone) = users.split_at(250);
    let again = come(handle, back);
    let twice = come(handle, back);
    handle.go_offline(&again);
    subject.gone(gone, gone.len()).await?;
    subject.gone(back, 0).await?;
    handle.go_offline(&twice);
    subject.gone(&users, users.len()).await?;
    Ok("500 come, 500 leave, 250 come back twice and leave once, all leave: nobody lost, no ghost".to_owned())
}

// The link reads no message above 1 MiB, which is the presence of some 7,000 people.
pub async fn people_online(kind: Kind, count: usize) -> Verdict {
    let server = Server::start(kind).await;
    let users = users(count);
    let clients = come(server.handle(), &users);
    let mut subject = Subject::start(&server);
    subject.live().await?;
    subject.gone(&users, 0).await?;
    let gone: Vec<String> = clients.into_iter().take(500).collect();
    server.handle().go_offline(&gone);
    subject.gone(&users, 500).await?;
    Ok("knows all of them, and the 500 who leave".to_owned())
}

pub async fn people_who_leave_unseen(kind: Kind) -> Verdict {
    let server = Server::start(kind).await;
    let handle = server.handle();
    let users = users(4);
    let clients = come(handle, &users);
    let mut subject = Subject::start(&server);
    subject.live().await?;
    subject.gone(&users, 0).await?;
    away(handle, async || {
        handle.go_offline(&clients);
        come(handle, users.split_at(1).0);
    })
    .await;
    subject.live().await?;
    subject.gone(users.split_at(1).1, 3).await?;
    subject.gone(users.split_at(1).0, 0).await?;
    Ok("those who left are offline, who came back is not".to_owned())
}
