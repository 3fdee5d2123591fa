use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use model::Language;

use crate::Words;

/// As places in [`Language::ALL`].
static SYSTEM: AtomicU8 = AtomicU8::new(0);
static SPOKEN: AtomicU8 = AtomicU8::new(0);

/// From here on the desktop's language, by `LC_ALL`, `LC_MESSAGES` or `LANG`, is the usual one of this program.
pub fn follow_system() {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let language = locale.as_deref().and_then(Language::of).unwrap_or_default();
    SYSTEM.store(place(language), Relaxed);
    speak(language);
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
}
