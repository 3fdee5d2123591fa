//! The table `[window]` of the settings: how windows look and what all faces speak.

use model::{Density, Language, Look, Theme};
use providers::{Key, SettingsFault};
use serde_json::{Map, Value};

use crate::{Section, Settings};

pub(crate) const SECTION: Section = Section {
    name: "window",
    title: "Windows",
    keys: &[
        Key::text("theme", "Colours", "system, light, dark or contrast")
            .choices(&["system", "light", "dark", "contrast"])
            .default("system"),
        Key::text("density", "Spacing", "roomy: two lines a colleague; compact: one line")
            .choices(&["roomy", "compact"])
            .default("roomy"),
        Key::number("text_percent", "Size of text", "in percent, from 100 to 200").default("100"),
        Key::text("language", "Language", "of windows, tray, notifications and the command line")
            .choices(&["system", "en", "da", "sv", "vi", "de", "fr"])
            .default("system"),
    ],
    check,
};

fn check(values: &Map<String, Value>) -> Result<(), SettingsFault> {
    match values.get("text_percent").and_then(Value::as_u64) {
        None | Some(100..=200) => Ok(()),
        Some(_) => Err(SettingsFault::in_key(
            "text_percent",
            "`text_percent` must be from 100 to 200; the default is used.",
        )),
    }
}

impl Settings {
    /// What people are spoken to in.
    pub fn language(&self) -> Language {
        words::choose(self.section(SECTION.name).get("language").and_then(Value::as_str))
    }
}

/// How windows are to look.
pub(crate) fn of(settings: &Settings) -> Look {
    let values = settings.section(SECTION.name);
    let word = |key: &str| values.get(key).and_then(Value::as_str);
    Look {
        theme: match word("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some("contrast") => Theme::Contrast,
            Some(_) | None => Theme::System,
        },
        density: if word("density") == Some("compact") { Density::Compact } else { Density::Roomy },
        text_percent: values
            .get("text_percent")
            .and_then(Value::as_u64)
            .and_then(|percent| u16::try_from(percent).ok())
            .unwrap_or(Look::default().text_percent),
        language: settings.language(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_look_as_the_settings_say_and_as_usual_where_those_make_no_sense() {
        let look = |text: &str| of(&Settings::parse(text));
        let wanted =
            Look { theme: Theme::Dark, density: Density::Compact, text_percent: 150, language: Language::Sv };
        assert_eq!(
            look(
                "[window]\ntheme = \"dark\"\ndensity = \"compact\"\ntext_percent = 150\nlanguage = \"sv\"\n"
            ),
            wanted
        );
        assert_eq!(look("[window]\ntheme = \"pink\"\ntext_percent = 900\n"), Look::default());
    }
}
