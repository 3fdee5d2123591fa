//! Whose phone a leg is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use protocols::kazoo::{ChannelEvent, user};

/// Devices and extensions beyond this number are not remembered.
const DIRECTORY: usize = 20_000;

/// Who the account's owner is, as far as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Me {
    pub(super) owner: Option<Arc<str>>,
    pub(super) devices: BTreeSet<String>,
    pub(super) extension: Option<String>,
}

/// Which user a device or an extension belongs to.
#[derive(Debug, Default)]
pub(super) struct Directory(BTreeMap<String, Arc<str>>);

impl Directory {
    pub(super) fn learn(&mut self, device_or_extension: &str, owner: &str) {
        if self.0.len() < DIRECTORY || self.0.contains_key(device_or_extension) {
            self.0.insert(device_or_extension.to_owned(), owner.into());
        }
    }

    pub(super) fn owner(&self, device_or_extension: &str) -> Option<&Arc<str>> {
        self.0.get(device_or_extension)
    }
}

/// How a leg goes, as the switch sees it: a person's incoming call is a leg out of the switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Into the switch: somebody calls.
    Inbound,
    /// Out of the switch: somebody is called.
    Outbound,
}

impl Way {
    pub(super) fn of(event: &ChannelEvent<'_>) -> Option<Self> {
        let direction = event.texts.direction.as_deref()?;
        if direction.eq_ignore_ascii_case("inbound") {
            Some(Self::Inbound)
        } else if direction.eq_ignore_ascii_case("outbound") {
            Some(Self::Outbound)
        } else {
            None
        }
    }
}

/// Of which account a leg is: an extension is somebody else's in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// My own, for all that is known.
    Own,
    Other,
}

/// Whose leg it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A phone of the account's owner.
    Mine,
    /// Another phone of the company.
    Theirs,
    /// The other end: a carrier, or what is not known to be anything else.
    Far,
    /// A forward, or a leg that the switch leads back into itself: shown to nobody.
    Hidden,
}

impl Me {
    pub(super) fn is_known(&self) -> bool {
        self.owner.is_some() || !self.devices.is_empty() || self.extension.is_some()
    }

    /// Whose leg the event is about; `owner` as known by now.
    pub(super) fn part(
        &self,
        event: &ChannelEvent<'_>,
        way: Option<Way>,
        owner: Option<&str>,
        account: Account,
    ) -> Part {
        let texts = &event.texts;
        let says =
            |text: &Option<_>| text.as_deref().is_some_and(|text: &str| text.eq_ignore_ascii_case("true"));
        if says(&texts.loopback) || says(&texts.forward) {
            return Part::Hidden;
        }
        if texts.authorizing_type.as_deref() == Some("resource") {
            return Part::Far;
        }
        if self.is_mine(event, way, owner, account) {
            Part::Mine
        } else if owner.is_some() || texts.authorizing_id.is_some() {
            Part::Theirs
        } else {
            Part::Far
        }
    }

    fn is_mine(
        &self,
        event: &ChannelEvent<'_>,
        way: Option<Way>,
        owner: Option<&str>,
        account: Account,
    ) -> bool {
        if let (Some(me), Some(owner)) = (self.owner.as_deref(), owner) {
            return me == owner;
        }
        let texts = &event.texts;
        if let Some(device) = texts.authorizing_id.as_deref()
            && self.devices.contains(device)
        {
            return true;
        }
        let Some(extension) = self.extension.as_deref().filter(|_| account == Account::Own) else {
            return false;
        };
        let is_mine =
            |address: &Option<_>| address.as_deref().is_some_and(|text: &str| user(text) == extension);
        if texts.presence_id.is_some() {
            return is_mine(&texts.presence_id);
        }
        match way {
            Some(Way::Inbound) => is_mine(&texts.from),
            Some(Way::Outbound) => is_mine(&texts.to) || is_mine(&texts.request),
            None => false,
        }
    }
}
