//! Bytes to text, whatever an address book was saved as.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of `bytes`: by the name of its encoding if one is known, else UTF-8 if it is that, else Windows-1252,
/// which is what spreadsheets in western Europe write.
pub(super) fn decode(bytes: &[u8], named: Option<&str>) -> String {
    let named = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or(named).unwrap_or_else(|| guess(bytes));
    let (text, _, _) = encoding.decode(bytes);
    // A name is printed in terminals and menus.
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // UTF-16 without a mark: every other byte of western text is zero.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(64).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0..8, 24..) => UTF_16LE,
        (24.., 0..8) => UTF_16BE,
        _ => WINDOWS_1252,
    }
}
