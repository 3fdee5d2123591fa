//! Numbers as people and exchanges write them, to E.164.

use std::{collections::BTreeMap, str::FromStr as _};

use model::PhoneNumber;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

/// So many spellings are remembered: a day's callers, mostly.
const REMEMBERED: usize = 512;

/// How an account's numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// ISO 3166 code of the country whose national numbers are meant, such as `DK`; `None`: only numbers with their
    /// country code are understood.
    pub country: Option<String>,
    /// What the exchange puts before a number and is no part of it, such as `L0#`.
    pub strip: Vec<String>,
}

/// Turns spellings into numbers, by one [`Plan`].
#[derive(Debug, Default)]
pub struct Numbers {
    plan: Plan,
    region: Option<Region>,
    known: BTreeMap<String, Option<PhoneNumber>>,
}

impl Numbers {
    /// By this plan; a country that is not known counts as none.
    pub fn new(plan: Plan) -> Self {
        let region = plan.country.as_deref().and_then(region);
        Self { plan, region, known: BTreeMap::new() }
    }

    /// The number that is meant; `None` for an extension, a word, or what is no number in that country.
    pub fn e164(&mut self, raw: &str) -> Option<PhoneNumber> {
        if let Some(known) = self.known.get(raw) {
            return known.clone();
        }
        let found = self.find(raw);
        if raw.len() <= 64 {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            self.known.insert(raw.to_owned(), found.clone());
        }
        found
    }

    fn find(&self, raw: &str) -> Option<PhoneNumber> {
        let number = self.stripped(user_part(raw.trim()));
        if number.starts_with('+') || number.starts_with("00") {
            return PhoneNumber::international(number);
        }
        let Some(region) = self.region else { return PhoneNumber::international(number) };
        if number.chars().any(char::is_alphabetic) || number.chars().filter(char::is_ascii_digit).count() > 17
        {
            return None;
        }
        let parsed = PHONE_NUMBER_UTIL.parse(number, Some(region)).ok()?;
        let valid = PHONE_NUMBER_UTIL.is_valid_number(&parsed);
        if valid {
            let written = PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::E164);
            return PhoneNumber::international(&written);
        }
        // Many exchanges leave out the plus.
        let with_plus = PHONE_NUMBER_UTIL.parse(format!("+{number}"), None).ok()?;
        let valid = PHONE_NUMBER_UTIL.is_valid_number(&with_plus);
        valid.then(|| PhoneNumber::international(number)).flatten()
    }

    fn stripped<'a>(&self, number: &'a str) -> &'a str {
        let longest = self.plan.strip.iter().filter_map(|prefix| number.strip_prefix(prefix.as_str()));
        longest.min_by_key(|rest| rest.len()).unwrap_or(number)
    }
}

/// Whether there is such a country.
pub fn is_country(code: &str) -> bool {
    region(code).is_some()
}

fn region(code: &str) -> Option<Region> {
    let region = Region::from_str(&code.to_ascii_uppercase()).ok()?;
    PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| region)
}

/// `sip:+4511223344@host;user=phone` and `tel:+4511223344;ext=1`, without what surrounds the number.
fn user_part(raw: &str) -> &str {
    let bare = ["sip:", "sips:", "tel:"]
        .into_iter()
        .find_map(|scheme| raw.get(..scheme.len()).filter(|head| head.eq_ignore_ascii_case(scheme)))
        .and_then(|scheme| raw.get(scheme.len()..))
        .unwrap_or(raw);
    bare.split(['@', ';']).next().unwrap_or(bare)
}
