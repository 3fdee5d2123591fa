/// Longer names are cut: nothing that shows them has room for more.
const LONGEST: usize = 200;

/// Text from outside as it may be shown: without control, line-breaking and direction-changing characters, which
/// could make a caller's name look like something else; markup stays, as plain text. `None` if nothing is left.
pub(crate) fn clean(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(text.to_owned());
    }
    let mut kept: String = text.chars().filter(|&c| !is_deceptive(c)).take(LONGEST).collect();
    kept.truncate(kept.trim_end().len());
    let leading = kept.len() - kept.trim_start().len();
    kept.drain(..leading);
    (!kept.is_empty()).then_some(kept)
}

/// Nearly all that comes is short and plain, and is not looked at character by character.
fn is_plain(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last()) else { return false };
    text.len() <= LONGEST
        && ![first, last].contains(&&b' ')
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn names_lose_what_could_deceive_and_keep_what_is_only_odd() {
        assert_eq!(clean("Anna\u{202e}gpj.exe\r\n\0").as_deref(), Some("Annagpj.exe"));
        assert_eq!(clean("<b>Åse & Co</b>").as_deref(), Some("<b>Åse & Co</b>"));
        assert_eq!(clean("  👩‍🔧 Rør "), Some("👩‍🔧 Rør".to_owned()));
        assert_eq!(clean("\u{2066}\u{feff} \t"), None);
        assert_eq!(clean(&"ø".repeat(1_000)).unwrap().chars().count(), 200);
    }
}
