//! What others wrote, made fit for a desktop: a caller chooses their name, so it is never markup and never commands.

const LONGEST_LINE: usize = 200;
const MOST_LINES: usize = 8;

/// What a person is told, in their language.
pub(crate) fn said(english: &str) -> std::borrow::Cow<'_, str> {
    words::spoken().sentence(english)
}

/// One line without control characters, line breaks and writing-direction overrides.
pub(crate) fn line(text: &str) -> String {
    text.chars()
        .map(|c| if is_break(c) { ' ' } else { c })
        .filter(|&c| !is_unprintable(c))
        .take(LONGEST_LINE)
        .collect()
}

/// Some lines, each as [`line()`] makes them.
pub(crate) fn lines(text: &str) -> String {
    text.lines().take(MOST_LINES).map(line).collect::<Vec<_>>().join("\n")
}

/// Text for a place that reads markup, to be shown as it is.
pub(crate) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut markup, c| {
        match c {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            c => markup.push(c),
        }
        markup
    })
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_writing_direction_or_break_the_line() {
        assert_eq!(line("Anna\u{202e}+45\n12\u{7}\u{2067}"), "Anna+45 12");
        assert_eq!(lines("one\u{1b}[31m\r\ntwo"), "one[31m\ntwo");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(line(&"å".repeat(100_000)).chars().count(), LONGEST_LINE);
        assert_eq!(lines(&"x\n".repeat(1000)).lines().count(), MOST_LINES);
    }

    #[test]
    fn markup_is_shown_as_it_is_written() {
        assert_eq!(escaped("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
    }
}
