use super::*;

fn cards(bytes: &[u8]) -> Vec<(String, Option<String>, Vec<String>)> {
    import(bytes).cards.into_iter().map(|card| (card.name, card.company, card.numbers)).collect()
}

fn skipped(bytes: &[u8]) -> Vec<(usize, String)> {
    import(bytes).skipped.into_iter().map(|one| (one.line, one.why)).collect()
}

fn card(name: &str, company: Option<&str>, numbers: &[&str]) -> (String, Option<String>, Vec<String>) {
    (name.to_owned(), company.map(str::to_owned), numbers.iter().map(|&n| n.to_owned()).collect())
}

#[test]
fn vcards_of_three_versions_are_read() {
    let file = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna \r\n  Berg\r\nN:Berg;Anna;;;\r\nORG:Exempel\\, AB;Sales\r\n\
        TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+46-70-123-45-67\r\nEND:VCARD\r\n\
        BEGIN:VCARD\nVERSION:3.0\nN:Holm;Bo;;Dr.;\nitem1.TEL;TYPE=WORK:11 22 33 44\nTEL:+45 20 22 23 24\nEND:VCARD\n\
        begin:vcard\nversion:2.1\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F8rgen =\nS=F8rensen\nTEL;CELL:+4520222325\nend:vcard\n";
    assert_eq!(
        cards(file.as_bytes()),
        [
            card("Anna Berg", Some("Exempel, AB"), &["tel:+46-70-123-45-67"]),
            card("Dr. Bo Holm", None, &["11 22 33 44", "+45 20 22 23 24"]),
            card("Jørgen Sørensen", None, &["+4520222325"]),
        ]
    );
}

#[test]
fn broken_cards_between_good_ones_cost_only_themselves() {
    let file = "BEGIN:VCARD\nFN:Anna\nTEL:+4520222324\nEND:VCARD\n\
        BEGIN:VCARD\nFN:No number\nEND:VCARD\n\
        BEGIN:VCARD\nTEL:+4520222325\nEND:VCARD\n\
        BEGIN:VCARD\nFN:No end\nTEL:+4520222326\n\
        BEGIN:VCARD\nFN:Words\nTEL:none at all\nEND:VCARD\n\
        rubbish\n\
        BEGIN:VCARD\nFN:Bo\nTEL:+4520222327\nTEL:x\nEND:VCARD\n";
    assert_eq!(
        cards(file.as_bytes()),
        [
            card("Anna", None, &["+4520222324"]),
            card("No end", None, &["+4520222326"]),
            card("Bo", None, &["+4520222327"]),
        ]
    );
    assert_eq!(
        skipped(file.as_bytes()),
        [
            (5, "it has no number".to_owned()),
            (8, "it has no name".to_owned()),
            (11, "the card has no end; what it said before the next one is used".to_owned()),
            (14, "what is written as its number is none".to_owned()),
            (18, "not part of a card".to_owned()),
            (19, "one of its numbers is none; the others are used".to_owned()),
        ]
    );
}

#[test]
fn a_table_from_a_danish_spreadsheet_is_read() {
    let file = b"Fornavn;Efternavn;Virksomhed;Mobiltelefon;Fax\r\nS\xf8ren;K\xe6r;\"Kj\xe6r; & S\xf8n\";20 22 23 24;1\r\n;;Kun firma;+45 11 22 33 44;\r\n\r\nTom;;;;\r\n\"To\nlinjer\";;;;\r\nNul;;;-;";
    assert_eq!(
        cards(file),
        [
            card("Søren Kær", Some("Kjær; & Søn"), &["20 22 23 24"]),
            card("Kun firma", None, &["+45 11 22 33 44"]),
        ]
    );
    let none = "it has no number".to_owned();
    let no_digit = "what is written as its number is none".to_owned();
    assert_eq!(skipped(file), [(5, none.clone()), (6, none), (8, no_digit)]);
}

#[test]
fn tables_in_other_encodings_and_with_other_separators_are_read() {
    let utf16: Vec<u8> =
        "\u{feff}Name\tPhone\nJürgen\t030 123456\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(cards(&utf16), [card("Jürgen", None, &["030 123456"])]);
    let google = "Name,Given Name,Phone 1 - Type,Phone 1 - Value\nNguyễn An,An,Mobile,+84 912 345 678 ::: +84 28 1234 5678\n";
    assert_eq!(cards(google.as_bytes()), [card("Nguyễn An", None, &["+84 912 345 678", "+84 28 1234 5678"])]);
}

#[test]
fn a_table_without_names_or_numbers_says_so() {
    let why = "no column is called something like name, or none something like phone".to_owned();
    assert_eq!(skipped(b"Colour,Size\nred,4\n"), [(1, why)]);
    assert!(cards(b"").is_empty() && skipped(b"").is_empty());
}

#[test]
fn a_name_of_ten_kilobytes_is_cut_and_said_to_be() {
    let file = format!("BEGIN:VCARD\nFN:{}\nTEL:+4520222324\nEND:VCARD\n", "å".repeat(10_000));
    let import = import(file.as_bytes());
    assert_eq!(import.cards[0].name.chars().count(), 200);
    assert_eq!(import.skipped[0].why, "the name is longer than 200 characters and was cut");
}

#[test]
fn control_characters_of_a_name_are_left_out() {
    assert_eq!(cards(b"BEGIN:VCARD\nFN:An\x1b[31mna\x07\nTEL:+4520222324\nEND:VCARD\n")[0].0, "An[31mna");
}

#[test]
fn a_hundred_thousand_cards_with_broken_ones_between_are_read() {
    let mut file = String::new();
    for n in 0..100_000 {
        let end = if n % 10 == 3 { "" } else { "END:VCARD\n" };
        file.push_str(&format!("BEGIN:VCARD\nFN:Person {n}\nTEL:+45{:08}\n{end}", 20_000_000 + n));
    }
    let import = import(file.as_bytes());
    assert_eq!((import.cards.len(), import.skipped_count, import.skipped.len()), (100_000, 10_000, 1_000));
    let book = Book::new("all.vcf", &Plan::default(), import.cards);
    let number = PhoneNumber::international("+4520012345").unwrap();
    assert_eq!(find(&[std::sync::Arc::new(book)], &number).unwrap().name, "Person 12345");
}

#[test]
fn numbers_are_read_by_the_accounts_country_and_rules() {
    let plan = |country: &str, strip: &[&str]| Plan {
        country: Some(country.to_owned()),
        strip: strip.iter().map(|&one| one.to_owned()).collect(),
    };
    let read = |raw: &str, plan: &Plan| read_number(raw, plan).map(|number| number.to_string());
    let cases = [
        ("DK", "20 22 23 24", Some("+4520222324")),
        ("DK", "4520222324", Some("+4520222324")),
        ("DK", "+46 70 123 45 67", Some("+46701234567")),
        ("SE", "070-123 45 67", Some("+46701234567")),
        ("SE", "0046701234567", Some("+46701234567")),
        ("VN", "0912 345 678", Some("+84912345678")),
        ("DE", "030 123456", Some("+4930123456")),
        ("GB", "0117 496 0123", Some("+441174960123")),
        ("FR", "06 12 34 56 78", Some("+33612345678")),
        ("DK", "sip:20222324@pbx.example", Some("+4520222324")),
        ("DK", "tel:+4520222324;ext=1", Some("+4520222324")),
        ("DK", "17", None),
        ("DK", "anonymous", None),
        ("DK", "", None),
    ];
    for (country, raw, number) in cases {
        assert_eq!(read(raw, &plan(country, &[])).as_deref(), number, "{raw} in {country}");
    }
    assert_eq!(read("L0#20222324", &plan("DK", &["L0#", "L"])).as_deref(), Some("+4520222324"));
    assert_eq!(read("0020222324", &plan("DK", &["00"])).as_deref(), Some("+4520222324"));
    assert_eq!(read("20222324", &Plan::default()).as_deref(), Some("+20222324"));
}
