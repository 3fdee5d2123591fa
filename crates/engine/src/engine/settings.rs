//! The settings in force: read again when their file changes, and put into effect.

use std::{collections::BTreeMap, sync::Arc};

use model::{AccountId, Problem, ProblemCode};

use super::{Loop, links::Running};
use crate::{Order, Reach, Settings, contacts::CONTACTS, settings_form::SettingsForm, store::Keeping};

impl Loop {
    /// The settings as a form; empty where they are fixed.
    pub(super) fn settings_form(&self) -> SettingsForm {
        match &self.parts.settings_file {
            Some(path) => SettingsForm::of(self.core.settings(), path),
            None => SettingsForm::default(),
        }
    }

    pub(super) fn settings_written_at(&self) -> Option<std::time::SystemTime> {
        std::fs::metadata(self.parts.settings_file.as_ref()?).and_then(|file| file.modified()).ok()
    }

    /// What a file says that cannot be read is not known, so what it said before holds.
    pub(crate) fn reread_settings(&mut self) {
        let Some(path) = &self.parts.settings_file else { return };
        let now = self.parts.clock.now();
        let written_at = self.settings_written_at();
        let settings = std::fs::read_to_string(path).map(|text| Settings::layered(&text));
        self.dirty = true;
        let settings = match settings {
            Ok(settings) => settings,
            Err(error) => {
                let text = format!(
                    "The settings cannot be read, and what they said before holds; look at {}: {error}.",
                    path.display()
                );
                self.core.part(now, "settings", Some(Problem::new(ProblemCode::Settings, text)));
                return;
            }
        };
        self.core.part(now, "settings", None);
        self.settings_read_at = written_at;
        self.use_settings(settings.after(self.core.settings()));
    }

    pub(super) fn use_settings(&mut self, settings: Settings) {
        words::speak(settings.language());
        let now = self.parts.clock.now();
        let same_reach = self.reach.is_some() && settings.network == self.core.settings().network;
        if !same_reach {
            self.reach = match Reach::new(&settings.network) {
                Ok(reach) => {
                    self.core.part(now, "network", None);
                    Some(Arc::new(reach.knowing(self.parts.names.clone())))
                }
                Err(problem) => {
                    self.core.part(now, "network", Some(problem));
                    None
                }
            };
        }
        let kept = |link: &Running| same_reach && settings.accounts.contains(&link.account);
        let ended: Vec<AccountId> =
            self.links.iter().filter(|(_, link)| !kept(link)).map(|(id, _)| id.clone()).collect();
        let mut leaving = BTreeMap::new();
        for id in ended {
            if let Some(link) = self.links.remove(&id) {
                drop(link.orders.try_send(Order::Stop));
                leaving.insert(id, link.task);
            }
        }
        if let Some(reach) = self.reach.clone() {
            for account in &settings.accounts {
                if !self.links.contains_key(&account.id) {
                    let former = leaving.remove(&account.id);
                    let link = self.link(account.clone(), Arc::clone(&reach), former);
                    self.links.insert(account.id.clone(), link);
                }
            }
        }
        self.bind_hotkeys(&settings);
        self.contacts.settings(settings.section(CONTACTS.name));
        self.core.replace_settings(settings);
        self.keep_calls();
    }

    /// Tells the history what to keep, as far as that is known.
    pub(super) fn keep_calls(&mut self) {
        self.kept_at = Some(self.parts.clock.now());
        if let (Some(store), Some(keeping)) = (&self.store, Keeping::of(self.core.settings())) {
            store.keep(self.parts.clock.wall(), keeping);
        }
    }
}
