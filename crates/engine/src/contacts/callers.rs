use std::{collections::BTreeMap, sync::Arc};

use model::{AccountId, Peer};

use super::{Book, Numbers, Plan, book::find};

/// What the core asks about every caller.
#[derive(Debug, Default)]
pub(crate) struct Callers {
    numbers: BTreeMap<AccountId, Numbers>,
    books: Vec<Arc<Book>>,
}

impl Callers {
    /// How each account's numbers are written.
    pub(crate) fn plans(&mut self, plans: impl Iterator<Item = (AccountId, Plan)>) {
        self.numbers = plans
            .filter(|(_, plan)| *plan != Plan::default())
            .map(|(account, plan)| (account, Numbers::new(plan)))
            .collect();
    }

    /// Other address books, the most trusted first.
    pub(crate) fn books(&mut self, books: Vec<Arc<Book>>) {
        self.books = books;
    }

    /// Puts in the number that is meant and whose it is.
    pub(crate) fn name(&mut self, account: &AccountId, peer: &mut Peer) {
        if let (Some(numbers), Some(raw)) = (self.numbers.get_mut(account), peer.raw.as_deref()) {
            // The provider may have taken a national number for an international one.
            peer.number = numbers.e164(raw);
        }
        self.find(peer);
    }

    /// Whose the number is by the books there are.
    pub(crate) fn find(&self, peer: &mut Peer) {
        let number = peer.number.as_ref().filter(|_| !self.books.is_empty());
        peer.contact = number.and_then(|number| find(&self.books, number)).map(Arc::new);
    }
}
