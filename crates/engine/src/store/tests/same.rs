//! One call that several accounts tell of.

use model::{Outcome, Peer};

use super::{Desk, NOON, ended, from};
use crate::{
    history::{Erase, Query},
    store::{Mark, Write},
};

/// A call that work and home tell of; what work says stands for both.
async fn told_twice() -> Desk {
    let desk = Desk::new().await;
    let call = |account: &str| {
        let mut call = from(ended("u1", -30, Outcome::Missed), Some("Bo Berg"), "+4511223344");
        (call.id, call.account) = (format!("{account}/u1").as_str().into(), account.into());
        call
    };
    desk.write(call("work"));
    desk.write(call("home"));
    desk.store.write(NOON, Write::Same("home/u1".into(), "work/u1".into()));
    desk
}

fn ids(page: &crate::history::Page) -> Vec<&str> {
    page.calls.iter().map(|past| past.call.id.as_str()).collect()
}

#[tokio::test]
async fn history_wrong_or_duplicated_one_call_of_two_accounts_is_one_row() {
    let desk = told_twice().await.again().await;
    let page = desk.page(Query { count: true, ..Query::default() }).await;
    assert_eq!((ids(&page), page.total), (vec!["work/u1"], Some(1)));
    assert_eq!(desk.found("berg").await, ["u1"]);
    let of_home = Query { account: Some("home".into()), ..Query::default() };
    assert_eq!(ids(&desk.page(of_home).await), ["home/u1"]);
    let by_id = Query { call: Some("home/u1".into()), ..Query::default() };
    assert_eq!(ids(&desk.page(by_id).await), ["home/u1"]);
}

#[tokio::test]
async fn what_is_written_about_either_report_is_written_about_the_call() {
    let desk = told_twice().await;
    desk.mark(Mark::Note("home/u1".into(), "wants a quote".to_owned())).await.unwrap();
    assert_eq!(desk.all().await[0].note.as_deref(), Some("wants a quote"));
    desk.mark(Mark::Private("home/u1".into())).await.unwrap();
    let of_home = Query { account: Some("home".into()), ..Query::default() };
    for past in desk.all().await.iter().chain(&desk.page(of_home).await.calls) {
        assert_eq!((past.private, &past.call.peer), (true, &Peer::default()));
    }
}

#[tokio::test]
async fn a_call_that_is_erased_is_gone_by_whichever_account_it_was_told() {
    for erased in ["work/u1", "home/u1"] {
        let desk = told_twice().await;
        desk.mark(Mark::Erase(Erase::Call { call: erased.into() })).await.unwrap();
        assert_eq!(desk.all().await, []);
        let of_home = Query { account: Some("home".into()), ..Query::default() };
        assert_eq!(desk.page(of_home).await.calls, []);
    }
}
