//! The organisation's settings below a person's own: what is set there holds where the person says nothing, and
//! what it locks holds always.

use std::collections::BTreeSet;

use super::{SECTIONS, Settings, read};

/// Where the values of [`Settings`] come from, each by its path: `proxy`, `window.theme`, `account.work`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    /// In the person's own file.
    pub(super) own: BTreeSet<String>,
    /// In the organisation's file.
    pub(super) organisation: BTreeSet<String>,
    /// What the organisation's file locks: paths of keys, or of whole tables.
    pub(super) locked: BTreeSet<String>,
}

impl Origins {
    /// Whether the person's own file has no say in what is at this path.
    pub(crate) fn is_locked(&self, path: &str) -> bool {
        let mut part = path;
        loop {
            if self.locked.contains(part) {
                return true;
            }
            match part.rsplit_once('.') {
                Some((before, _)) => part = before,
                None => return false,
            }
        }
    }

    /// Whether the organisation's value is the one that holds.
    pub(super) fn is_organisations(&self, path: &str) -> bool {
        self.organisation.contains(path) && (self.is_locked(path) || !self.own.contains(path))
    }
}

/// A person's own settings over the organisation's.
pub(super) fn over(own: &str, organisation: &str) -> Settings {
    let mut mine = read::parse(own);
    let theirs = read::parse_organisations(organisation);
    mine.is_illegible |= theirs.is_illegible;
    mine.bad_sections.extend(&theirs.bad_sections);
    mine.origins = Origins {
        own: mine.origins.own,
        organisation: theirs.origins.own.clone(),
        locked: theirs.origins.locked.clone(),
    };
    let origins = mine.origins.clone();
    let decided = |path: &str| origins.is_locked(path) || origins.is_organisations(path);
    if decided("popup_window") {
        mine.popup_window = theirs.popup_window;
    }
    if decided("proxy") {
        mine.network.proxy.clone_from(&theirs.network.proxy);
    }
    if decided("ca_file") {
        mine.network.ca_file.clone_from(&theirs.network.ca_file);
    }
    for section in SECTIONS {
        let mut values = mine.sections.remove(section.name).unwrap_or_default();
        for key in section.keys.iter().filter(|key| decided(&format!("{}.{}", section.name, key.name))) {
            match theirs.section(section.name).get(key.name) {
                Some(value) => values.insert(key.name.to_owned(), value.clone()),
                None => values.remove(key.name),
            };
        }
        // Values that are good by themselves and bad together: the organisation's are taken alone.
        if (section.check)(&values).is_err() {
            values = theirs.section(section.name).clone();
        }
        if !values.is_empty() {
            mine.sections.insert(section.name, values);
        }
    }
    if origins.locked.contains("account") {
        mine.accounts.retain(|account| theirs.account(&account.id).is_some());
    }
    for account in theirs.accounts {
        let known = mine.accounts.iter_mut().find(|known| known.id == account.id);
        match known {
            Some(known) if origins.is_locked(&format!("account.{}", account.id)) => *known = account,
            Some(_) => {}
            None => mine.accounts.push(account),
        }
    }
    for mut fault in theirs.faults {
        fault.problem.text = fault.problem.text.replacen("Settings,", "The organisation's settings,", 1);
        mine.faults.push(fault);
    }
    mine
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_decides_where_the_person_says_nothing_or_it_is_locked() {
        let theirs = "locked = [\"proxy\", \"window.theme\"]\nproxy = \"http://theirs:1\"\npopup_window = true\n\
                      [window]\ntheme = \"dark\"\ndensity = \"compact\"\n";
        let mine = "proxy = \"http://mine:1\"\n[window]\ntheme = \"light\"\ndensity = \"roomy\"\n";
        let settings = over(mine, theirs);
        assert_eq!(settings.network.proxy.as_deref(), Some("http://theirs:1"));
        assert!(settings.popup_window);
        assert_eq!(settings.section("window").get("theme"), Some(&"dark".into()));
        assert_eq!(settings.section("window").get("density"), Some(&"roomy".into()));
        assert!(settings.origins.is_organisations("proxy") && settings.origins.is_locked("proxy"));
        assert!(!settings.origins.is_organisations("window.density"));
        assert_eq!(settings.faults, []);
    }

    #[test]
    fn a_locked_table_leaves_nothing_of_the_persons_own() {
        let settings = over("[window]\ntheme = \"light\"\n", "locked = [\"window\"]\n");
        assert!(settings.section("window").is_empty());
    }

    #[test]
    fn accounts_of_both_are_there_unless_only_the_organisations_may_be() {
        let account = |id: &str, popups: &str| {
            format!("[[account]]\nid = \"{id}\"\nprovider = \"firmafon\"\npopups = \"{popups}\"\n")
        };
        let theirs = account("work", "all");
        let mine = account("work", "none") + &account("home", "mine");
        let ids = |settings: &Settings| -> Vec<String> {
            settings.accounts.iter().map(|one| format!("{} {:?}", one.id, one.popups)).collect()
        };
        assert_eq!(ids(&over(&mine, &theirs)), ["work None", "home Mine"]);
        assert_eq!(ids(&over("", &theirs)), ["work All"]);
        let only = format!("locked = [\"account\"]\n{theirs}");
        assert_eq!(ids(&over(&mine, &only)), ["work All"]);
    }

    #[test]
    fn faults_name_whose_file_they_are_in_and_only_the_organisation_locks() {
        let settings = over("locked = [\"proxy\"]\n", "proxi = \"http://theirs:1\"\n");
        let texts: Vec<_> = settings.faults.iter().map(|fault| fault.problem.text.as_str()).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().any(|text| text.starts_with("Settings, line 1: `locked`")), "{texts:?}");
        assert!(
            texts.iter().any(|text| text.starts_with("The organisation's settings, line 1: `proxi`")),
            "{texts:?}"
        );
    }
}
