//! Address books as tables: CSV with commas, semicolons or tabs, in the words of several programs and languages.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Card, Import, text};

/// Words in the heading of a column that holds numbers; compared in lower case, anywhere in it.
const NUMBER: &[&str] = &[
    "phone",
    "mobile",
    "cell",
    "tel",
    "nummer",
    "number",
    "mobil",
    "handy",
    "rufnummer",
    "puhelin",
    "portable",
    "điện thoại",
    "số",
];
/// … and of columns that hold something else although they have such a word.
const NOT_NUMBER: &[&str] =
    &["fax", "email", "e-mail", "hotel", "kundenummer", "customer number", "type", "label"];
const COMPANY: &[&str] = &[
    "company",
    "organi",
    "firm",
    "virksomhed",
    "företag",
    "société",
    "entreprise",
    "unternehmen",
    "công ty",
];
const FIRST: &[&str] = &["first name", "given name", "fornavn", "förnamn", "vorname", "prénom", "prenom"];
const LAST: &[&str] =
    &["last name", "family name", "surname", "efternavn", "efternamn", "nachname", "nom de famille", "họ"];
const NAME: &[&str] =
    &["name", "navn", "namn", "nom", "tên", "display name", "full name", "contact", "kontakt"];

/// Reads cards from the bytes of a file whose first line names the columns.
pub(super) fn read(bytes: &[u8]) -> Import {
    let mut text = text::decode(bytes, None).replace("\r\n", "\n").replace('\r', "\n");
    text.push('\n');
    let mut import = Import::default();
    let mut rows = ReaderBuilder::new()
        .delimiter(separator(&text))
        .flexible(true)
        .trim(Trim::All)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut row = StringRecord::new();
    loop {
        let read = rows.read_record(&mut row);
        let within = row.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        // The reader stands at the beginning of the line after the row.
        let line = usize::try_from(rows.position().line()).unwrap_or(usize::MAX).saturating_sub(1 + within);
        match read {
            Ok(false) => break,
            Err(_) => import.skip(line, "the row cannot be read"),
            Ok(true) if row.iter().all(str::is_empty) => {}
            Ok(true) => match &columns {
                None => {
                    let found = Columns::of(&row);
                    if !found.are_enough() {
                        import.skip(
                            line,
                            "no column is called something like name, or none something like phone",
                        );
                        break;
                    }
                    columns = Some(found);
                }
                Some(columns) => import.card(line, columns.card(&row)),
            },
        }
    }
    import
}

/// The character that is most often in the first line, outside quotes.
fn separator(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in heading.bytes() {
        quoted ^= byte == b'"';
        counts.iter_mut().filter(|(one, _)| *one == byte && !quoted).for_each(|(_, count)| *count += 1);
    }
    counts.into_iter().max_by_key(|&(byte, count)| (count, byte == b',')).map_or(b',', |(byte, _)| byte)
}

#[derive(Default)]
struct Columns {
    name: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    company: Option<usize>,
    numbers: Vec<usize>,
}

impl Columns {
    fn of(heading: &StringRecord) -> Self {
        let mut columns = Self::default();
        for (at, title) in heading.iter().enumerate() {
            let title = title.trim_start_matches('\u{feff}').to_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
            if has(FIRST) {
                columns.first.get_or_insert(at);
            } else if has(LAST) {
                columns.last.get_or_insert(at);
            } else if has(COMPANY) {
                columns.company.get_or_insert(at);
            } else if has(NUMBER) && !has(NOT_NUMBER) {
                columns.numbers.push(at);
            } else if has(NAME) && !has(NOT_NUMBER) {
                columns.name.get_or_insert(at);
            }
        }
        columns
    }

    fn are_enough(&self) -> bool {
        let named = self.name.or(self.first).or(self.last).or(self.company).is_some();
        named && !self.numbers.is_empty()
    }

    fn card(&self, row: &StringRecord) -> Card {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default();
        let name = match cell(self.name) {
            "" => format!("{} {}", cell(self.first), cell(self.last)),
            name => name.to_owned(),
        };
        let company = cell(self.company);
        let mut card =
            Card { name, company: (!company.is_empty()).then(|| company.to_owned()), numbers: Vec::new() };
        // Google writes several numbers into one cell.
        let cells = self.numbers.iter().filter_map(|&at| row.get(at));
        cells.flat_map(|cell| cell.split(":::")).for_each(|number| card.number(number));
        card
    }
}
