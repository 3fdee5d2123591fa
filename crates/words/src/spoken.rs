use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use model::Language;

use crate::Words;

/// As places in [`Language::ALL`].
static SYSTEM: AtomicU8 = AtomicU8::new(0);
static SPOKEN: AtomicU8 = AtomicU8::new(0);

/// From here on the desktop's language is the usual one of this program.
pub fn follow_system() {
    let language = of_desktop(|name| std::env::var(name).ok()).unwrap_or_default();
    SYSTEM.store(place(language), Relaxed);
    speak(language);
}

/// As gettext finds it: the first known of the list `LANGUAGE`, if there is a locale that it can stand for; else the
/// locale's own, by `LC_ALL`, `LC_MESSAGES` or `LANG`.
fn of_desktop(variable: impl Fn(&str) -> Option<String>) -> Option<Language> {
    let named = |name| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(named)?;
    if ["C", "POSIX"].contains(&locale.split('.').next()?) {
        return None;
    }
    let wished = named("LANGUAGE").unwrap_or_default();
    wished.split(':').find_map(Language::of).or_else(|| Language::of(&locale))
}

/// The language that a setting names; the usual one if it names none.
pub fn choose(setting: Option<&str>) -> Language {
    let code = setting.filter(|setting| *setting != "system");
    code.and_then(Language::of).unwrap_or_else(|| at(SYSTEM.load(Relaxed)))
}

/// Makes a language the one of this program's notifications and lines.
pub fn speak(language: Language) {
    SPOKEN.store(place(language), Relaxed);
}

/// The words of this program's notifications and lines.
pub fn spoken() -> Words {
    Words::of(at(SPOKEN.load(Relaxed)))
}

fn place(language: Language) -> u8 {
    let place = Language::ALL.iter().position(|one| *one == language);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

fn at(place: u8) -> Language {
    Language::ALL.get(usize::from(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_names_a_language_and_what_it_does_not_name_is_the_usual_one() {
        assert_eq!(choose(Some("da")), Language::Da);
        assert_eq!(choose(Some("system")), Language::En);
        assert_eq!(choose(Some("klingon")), Language::En);
        assert_eq!(choose(None), Language::En);
    }

    #[test]
    fn locales_are_read_as_desktops_write_them() {
        let read = |locale| Language::of(locale);
        assert_eq!(read("da_DK.UTF-8"), Some(Language::Da));
        assert_eq!(read("sv"), Some(Language::Sv));
        assert_eq!(read("de_AT@euro"), Some(Language::De));
        assert_eq!(read("fr-CA"), Some(Language::Fr));
        assert_eq!(read("C.UTF-8"), None);
        assert_eq!(read("POSIX"), None);
        assert_eq!(read("dan"), None);
    }

    #[test]
    fn the_desktops_language_is_the_first_known_of_what_it_wishes() {
        let found = |variables: &[(&str, &str)]| {
            of_desktop(|name| {
                let found = variables.iter().find(|(one, _)| *one == name)?;
                Some(found.1.to_owned())
            })
        };
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[("LANG", "da_DK.UTF-8")]), Some(Language::Da));
        assert_eq!(found(&[("LANG", "da_DK.UTF-8"), ("LC_ALL", "")]), Some(Language::Da));
        assert_eq!(found(&[("LANG", "da_DK.UTF-8"), ("LC_MESSAGES", "sv_SE")]), Some(Language::Sv));
        assert_eq!(found(&[("LC_MESSAGES", "sv_SE"), ("LC_ALL", "de_DE")]), Some(Language::De));
        assert_eq!(found(&[("LANG", "en_DK.UTF-8"), ("LANGUAGE", "nb:da_DK:en")]), Some(Language::Da));
        assert_eq!(found(&[("LANG", "da_DK.UTF-8"), ("LANGUAGE", "nb")]), Some(Language::Da));
        assert_eq!(found(&[("LC_ALL", "C.UTF-8"), ("LANGUAGE", "da")]), None);
        assert_eq!(found(&[("LANGUAGE", "da")]), None);
    }
}
