//! vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350): as much of a file as can be understood, and a list of the rest.

use std::iter::{Enumerate, Peekable};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{Card, Import, text};

/// Reads cards from the bytes of a file.
pub(super) fn read(bytes: &[u8]) -> Import {
    let mut import = Import::default();
    let mut open: Option<Open> = None;
    for (line, bytes) in Lines::new(bytes) {
        let Some(property) = Property::parse(&bytes) else {
            if open.is_none() && !bytes.is_empty() {
                import.skip(line, "not part of a card");
            }
            continue;
        };
        match (property.name.as_str(), &mut open) {
            ("BEGIN", _) if property.is(b"vcard") => {
                if let Some(unfinished) = open.replace(Open { line, ..Open::default() }) {
                    import.skip(
                        unfinished.line,
                        "the card has no end; what it said before the next one is used",
                    );
                    unfinished.close(&mut import);
                }
            }
            ("END", _) if property.is(b"vcard") => {
                if let Some(whole) = open.take() {
                    whole.close(&mut import);
                }
            }
            (_, Some(card)) => card.take(&property),
            (_, None) => import.skip(line, "not part of a card"),
        }
    }
    if let Some(unfinished) = open {
        import.skip(unfinished.line, "the card has no end; what there is of it is used");
        unfinished.close(&mut import);
    }
    import
}

/// A card that has begun.
#[derive(Default)]
struct Open {
    line: usize,
    shown: String,
    parts: String,
    card: Card,
}

impl Open {
    fn take(&mut self, property: &Property<'_>) {
        match property.name.as_str() {
            "FN" => self.shown = unescaped(&property.text()).join(" "),
            "N" => {
                let parts = components(&property.text());
                let order = [3, 1, 2, 0, 4];
                self.parts = order
                    .iter()
                    .filter_map(|&at| parts.get(at).filter(|part| !part.is_empty()).cloned())
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            "ORG" => {
                let parts = components(&property.text());
                self.card.company = parts.into_iter().find(|part| !part.is_empty());
            }
            "TEL" => self.card.number(&property.text()),
            _ => {}
        }
    }

    fn close(mut self, import: &mut Import) {
        let name = if self.shown.trim().is_empty() { self.parts } else { self.shown };
        self.card.name = name;
        import.card(self.line, self.card);
    }
}

/// `group.NAME;PARAM=value:value`.
struct Property<'a> {
    name: String,
    parameters: Vec<(String, String)>,
    value: &'a [u8],
}

impl<'a> Property<'a> {
    fn parse(line: &'a [u8]) -> Option<Self> {
        let mut quoted = false;
        let colon = line.iter().position(|&byte| {
            quoted ^= byte == b'"';
            byte == b':' && !quoted
        })?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let head = String::from_utf8_lossy(head);
        let mut words = head.split(';');
        let name = words.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let parameters = words
            .map(|word| match word.split_once('=') {
                Some((key, value)) => {
                    (key.trim().to_ascii_uppercase(), value.trim_matches('"').to_ascii_uppercase())
                }
                // vCard 2.1 writes the value alone.
                None => ("TYPE".to_owned(), word.trim().to_ascii_uppercase()),
            })
            .collect();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!name.is_empty() && name.bytes().all(plain)).then_some(Self { name, parameters, value })
    }

    fn is(&self, value: &[u8]) -> bool {
        self.value.trim_ascii().eq_ignore_ascii_case(value)
    }

    fn has(&self, word: &str) -> bool {
        self.parameters.iter().any(|(_, value)| value == word)
    }

    fn text(&self) -> String {
        let bytes = if self.has("QUOTED-PRINTABLE") {
            quoted_printable(self.value)
        } else if self.has("BASE64") || self.has("B") {
            BASE64_STANDARD.decode(self.value.trim_ascii()).unwrap_or_default()
        } else {
            self.value.to_vec()
        };
        let charset = self.parameters.iter().find(|(key, _)| key == "CHARSET");
        text::decode(&bytes, charset.map(|(_, name)| name.as_str()))
    }
}

/// Logical lines with the number of their first: continuation lines are joined, in both conventions.
struct Lines<'a> {
    rest: Peekable<Enumerate<Physical<'a>>>,
}

type Physical<'a> = std::slice::Split<'a, u8, fn(&u8) -> bool>;

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let is_end: fn(&u8) -> bool = |byte| *byte == b'\n';
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { rest: bytes.split(is_end).enumerate().peekable() }
    }
}

/// A line that goes on for longer is cut: pictures are the only ones, and they are not used.
const LONGEST_LINE: usize = 64 * 1024;

impl Iterator for Lines<'_> {
    type Item = (usize, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        let (at, first) = self.rest.next()?;
        let mut line = first.strip_suffix(b"\r").unwrap_or(first).to_vec();
        let is_printable = {
            let head = line.split(|&byte| byte == b':').next().unwrap_or_default();
            head.to_ascii_uppercase().windows(16).any(|word| word == b"QUOTED-PRINTABLE")
        };
        while let Some((_, next)) = self.rest.peek() {
            let more = if is_printable && line.ends_with(b"=") {
                line.pop();
                *next
            } else if let [b' ' | b'\t', more @ ..] = next {
                more
            } else {
                break;
            };
            let more = more.strip_suffix(b"\r").unwrap_or(more);
            line.extend_from_slice(
                more.get(..more.len().min(LONGEST_LINE - line.len().min(LONGEST_LINE))).unwrap_or_default(),
            );
            self.rest.next();
        }
        Some((at + 1, line))
    }
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| (byte as char).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, digit(after.first()), digit(after.get(1))) {
            (b'=', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = after.get(2..).unwrap_or_default();
            }
            _ => decoded.push(*first),
        }
    }
    decoded
}

/// The values between unescaped semicolons.
fn components(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        match (escaped, c) {
            (false, ';') => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
        escaped = c == '\\' && !escaped;
    }
    parts.iter().map(|part| unescaped(part).join(" ").trim().to_owned()).collect()
}

/// The lines of a text value.
fn unescaped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let plain = match c {
            '\\' => match chars.next() {
                Some('n' | 'N') | None => None,
                Some(other) => Some(other),
            },
            other => Some(other),
        };
        match plain {
            Some(c) => lines.last_mut().into_iter().for_each(|line| line.push(c)),
            None => lines.push(String::new()),
        }
    }
    lines
}
