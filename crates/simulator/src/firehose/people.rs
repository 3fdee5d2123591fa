//! Who has telephones: accounts, their users, the users' devices.

use std::collections::BTreeMap;

use crate::office::{self, Office};

/// A user, by place in [`Directory::users`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat(pub(super) usize);

/// The user who logs in.
pub(super) const ME: Seat = Seat(0);
/// The account of the login, by place in [`Directory::accounts`].
pub(super) const OWN: usize = 0;
/// A child of that account.
pub(super) const CHILD: usize = 1;
/// Its parent, which has subscriptions of its own.
pub(super) const PARENT: usize = 2;

#[derive(Clone, Debug)]
pub(super) struct Account {
    /// 32 hexadecimal digits, as are all ids.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) realm: String,
    /// What outgoing calls show, with `+`.
    pub(super) number: String,
}

#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) id: String,
    pub(super) name: String,
    /// The SIP name.
    pub(super) username: String,
    pub(super) registered: bool,
}

#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) id: String,
    /// A place in [`Directory::accounts`].
    pub(super) account: usize,
    pub(super) username: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) extension: String,
    /// The direct number from outside, with `+`.
    pub(super) number: Option<String>,
    pub(super) devices: Vec<Device>,
    pub(super) do_not_disturb: bool,
    /// Where calls are forwarded to while the own phones ring too.
    pub(super) forwards_to: Option<String>,
}

impl User {
    pub(super) fn email(&self) -> String {
        format!("{}@example.com", self.extension)
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim_end().to_owned()
    }

    /// The devices that ring when the user is called.
    pub(super) fn phones(&self) -> impl Iterator<Item = usize> + '_ {
        let rings = |device: &Device| device.registered && !self.do_not_disturb;
        self.devices.iter().enumerate().filter(move |(_, device)| rings(device)).map(|(at, _)| at)
    }
}

/// Everybody and everything with an id.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    pub(super) accounts: Vec<Account>,
    pub(super) users: Vec<User>,
    /// The numbers of the shared lines, with `+`.
    pub(super) lines: Vec<String>,
    seats: BTreeMap<String, Seat>,
}

impl Directory {
    pub(super) fn new(accounts: Vec<Account>, users: Vec<User>, lines: Vec<String>) -> Directory {
        let seats = users.iter().enumerate().map(|(at, user)| (user.id.clone(), Seat(at))).collect();
        Directory { accounts, users, lines, seats }
    }

    /// The office's people in one account, and one more person in a child account. Every third person has a second
    /// phone; whoever has no number has no phone either.
    pub(super) fn of(office: &Office, realm: &str) -> Directory {
        let account = |at: u64, name: &str, realm: String| Account {
            id: hex_id(1, at),
            name: name.to_owned(),
            realm,
            number: format!("+4670{at:06}"),
        };
        let accounts = vec![
            account(0, "Kontoret", realm.to_owned()),
            account(1, "Filialen", format!("filial.{realm}")),
            account(2, "Huset", format!("huset.{realm}")),
        ];
        let people = office.people().iter().enumerate();
        let mut users: Vec<User> = people.map(|(at, person)| user(at, person)).collect();
        let branch = office::Person {
            name: "Filip Filialsen".to_owned(),
            number: Some("4533000001".to_owned()),
            departments: Vec::new(),
            private: false,
        };
        users.push(User { account: CHILD, ..user(users.len(), &branch) });
        let lines = office.lines().iter().map(|line| format!("+{}", line.number)).collect();
        Directory::new(accounts, users, lines)
    }

    pub(super) fn seat(&self, id: &str) -> Option<Seat> {
        self.seats.get(id).copied()
    }

    pub(super) fn user(&self, seat: Seat) -> Option<&User> {
        self.users.get(seat.0)
    }

    pub(super) fn account(&self, at: usize) -> Option<&Account> {
        self.accounts.get(at)
    }

    /// Those who belong to an account, with their seats.
    pub(super) fn of_account(&self, at: usize) -> impl Iterator<Item = (Seat, &User)> {
        let users = self.users.iter().enumerate().map(|(seat, user)| (Seat(seat), user));
        users.filter(move |(_, user)| user.account == at)
    }
}

fn user(at: usize, person: &office::Person) -> User {
    let n = u64::try_from(at).unwrap_or_default();
    let (first, last) = person.name.rsplit_once(' ').unwrap_or((&person.name, ""));
    let device = |turn: u64, name: &str| Device {
        id: hex_id(3, n * 2 + turn),
        name: format!("{} {name}", person.name),
        username: format!("user_{}{turn}", 1001 + at),
        registered: true,
    };
    let mut devices = Vec::new();
    if person.number.is_some() {
        devices.push(device(0, "bordtelefon"));
        if at.is_multiple_of(3) {
            devices.push(device(1, "softphone"));
        }
    }
    User {
        id: hex_id(2, n),
        account: OWN,
        username: format!("user{}@example.com", 1001 + at),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        extension: (1001 + at).to_string(),
        number: person.number.as_ref().map(|number| format!("+{number}")),
        devices,
        do_not_disturb: false,
        forwards_to: None,
    }
}

/// An id as CouchDB makes them: 32 hexadecimal digits, always the same for the same thing.
fn hex_id(kind: u64, at: u64) -> String {
    let mut random = fastrand::Rng::with_seed((kind << 32) | at);
    format!("{:032x}", random.u128(..))
}
