//! The people, lines and contacts of an office.

use std::collections::BTreeSet;

use super::names::{COMPANIES, DEPARTMENTS, FIRST, LAST, MIDDLE};

/// Somebody who works here.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// Digits with the country's code; none for a data subscription that only looks like a person.
    pub(crate) number: Option<String>,
    /// Places in [`super::Office::departments`].
    pub(crate) departments: Vec<usize>,
    /// Does not show when free.
    pub(crate) private: bool,
}

/// A shared line.
#[derive(Clone, Debug)]
pub(crate) struct LineCard {
    pub(crate) name: String,
    pub(crate) number: String,
}

/// Somebody outside whom the company knows.
#[derive(Clone, Debug)]
pub(crate) struct ContactCard {
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) email: String,
}

/// People to one department.
const DEPARTMENT_SIZE: usize = 12;

/// One department for every dozen people; beyond the words, with numbers.
pub(super) fn departments(people: usize) -> Vec<String> {
    let count = people.div_ceil(DEPARTMENT_SIZE).max(1);
    let name = |at: usize| {
        let word = DEPARTMENTS.get(at % DEPARTMENTS.len()).copied().unwrap_or_default();
        match at / DEPARTMENTS.len() {
            0 => word.to_owned(),
            more => format!("{word} {}", more + 1),
        }
    };
    (0..count).map(name).collect()
}

/// The people; the first is me and always the same.
pub(super) fn people(count: usize, departments: usize, random: &mut fastrand::Rng) -> Vec<Person> {
    let mut taken = BTreeSet::from(["Åse Ærø".to_owned()]);
    let mut all = vec![Person {
        name: "Åse Ærø".to_owned(),
        number: Some("4571999917".to_owned()),
        departments: vec![0],
        private: false,
    }];
    for at in 1..count {
        let home = at / DEPARTMENT_SIZE;
        let second = random.usize(0..departments.max(1));
        let mut of = vec![home];
        if random.u32(0..100) < 15 && second != home {
            of.push(second);
        }
        // Large companies list their data subscriptions among the employees.
        let is_modem = at % 50 == 49;
        all.push(Person {
            name: if is_modem {
                format!("Mobilt bredbånd {}", at / 50 + 1)
            } else {
                unused_name(&mut taken, random)
            },
            number: (!is_modem).then(|| mobile(random)),
            departments: of,
            private: at % 40 == 39,
        });
    }
    all
}

fn unused_name(taken: &mut BTreeSet<String>, random: &mut fastrand::Rng) -> String {
    loop {
        let (first, last) = (pick(FIRST, random), pick(LAST, random));
        let name = if random.u32(0..100) < 40 {
            format!("{first} {last}")
        } else {
            format!("{first} {} {last}", pick(MIDDLE, random))
        };
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

/// The main number, then one line for each of the first departments.
pub(super) fn lines(departments: &[String], random: &mut fastrand::Rng) -> Vec<LineCard> {
    let names = std::iter::once("Hovednummer").chain(departments.iter().take(4).map(String::as_str));
    names.map(|name| LineCard { name: name.to_owned(), number: landline(random) }).collect()
}

/// Customers and suppliers: some people, some companies.
pub(super) fn contacts(people: usize, random: &mut fastrand::Rng) -> Vec<ContactCard> {
    let count = people.clamp(20, 400);
    let contact = |at: usize| {
        let person = format!("{} {}", pick(FIRST, random), pick(LAST, random));
        let name = match COMPANIES.get(at % (2 * COMPANIES.len())) {
            Some(company) => format!("{person}, {company}"),
            None => person,
        };
        ContactCard { name, number: mobile(random), email: format!("kontakt{at}@example.com") }
    };
    (0..count).map(contact).collect()
}

fn pick(words: &[&'static str], random: &mut fastrand::Rng) -> &'static str {
    words.get(random.usize(0..words.len())).copied().unwrap_or_default()
}

/// A mobile number, now and then a Swedish or German one.
pub(super) fn mobile(random: &mut fastrand::Rng) -> String {
    match random.u32(0..20) {
        0 => format!("4670{:07}", random.u32(0..10_000_000)),
        1 => format!("49151{:08}", random.u32(0..100_000_000)),
        _ => format!("45{}{:06}", random.u32(20..32), random.u32(0..1_000_000)),
    }
}

fn landline(random: &mut fastrand::Rng) -> String {
    format!("4570{:06}", random.u32(0..1_000_000))
}
