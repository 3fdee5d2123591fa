use super::*;

fn faults(text: &str) -> Vec<(usize, String)> {
    parse(text).faults.into_iter().map(|fault| (fault.line, fault.problem.text)).collect()
}

#[test]
fn a_good_file_has_no_faults() {
    let settings = parse(
        "version = 1\nproxy = \"http://p:3128\"\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\npopups = \"all\"\n",
    );
    assert_eq!(settings.faults, []);
    assert_eq!(settings.accounts[0].popups, Popups::All);
    assert_eq!(settings.network.proxy.as_deref(), Some("http://p:3128"));
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() {
    let found = faults("version = 1\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\npopup = \"all\"\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, 5);
    assert!(found[0].1.contains("did you mean `popups`?"), "{}", found[0].1);
}

#[test]
fn a_token_in_the_settings_is_sent_to_the_keyring_and_not_repeated() {
    let found = faults("[[account]]\nid = \"work\"\nprovider = \"firmafon\"\naccess_token = \"s3cret\"\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].1.contains("ringside account sign-in work") && !found[0].1.contains("s3cret"));
}

#[test]
fn a_bad_account_leaves_the_others_running() {
    let settings = parse(
        "[[account]]\nid = \"Bad Id\"\nprovider = \"firmafon\"\n[[account]]\nid = \"b\"\nprovider = \"firmafom\"\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n",
    );
    assert_eq!(settings.accounts.len(), 1);
    assert_eq!(settings.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 6]);
    assert!(settings.faults[1].problem.text.contains("did you mean \"firmafon\"?"));
}

#[test]
fn a_file_that_is_not_toml_is_reported_with_its_line() {
    let found = faults("version = 1\n[[account\nid = 3\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, 2);
}

#[test]
fn an_account_in_single_brackets_says_so() {
    assert!(faults("[account]\nid = \"work\"\n")[0].1.contains("[[account]]"));
}

#[test]
fn a_rule_with_a_fault_is_left_out_rather_than_made_wider() {
    let text = "[[rule]]\nline = \"Sales\"\nalert = \"quiet\"\n[[rule]]\nnumer = \"+4511223344\"\nalert = \"quiet\"\n[[rule]]\nnumber = \"12\"\nalert = \"show\"\n[[rule]]\nline = \"Sales\"\n";
    let settings = parse(text);
    assert_eq!(settings.rows("rule").len(), 1);
    assert_eq!(settings.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [5, 4, 8, 7, 10, 10]);
    assert!(settings.faults[0].problem.text.contains("did you mean `number`?"));
    assert!(faults("[rule]\nalert = \"quiet\"\n")[0].1.contains("[[rule]]"));
}

static ROOMS: &[Section] = &[Section {
    name: "room",
    title: "Rooms",
    keys: &[
        providers::Key::text("colour", "Colour", "of the walls").choices(&["white", "grey"]),
        providers::Key::number("chairs", "Chairs", "at most 4"),
        providers::Key::list("people", "People", "who sits there"),
    ],
    check: |values| match values.get("chairs").and_then(Value::as_u64) {
        Some(5..) => {
            Err(providers::SettingsFault::in_key("chairs", "`chairs` must be at most 4; use fewer."))
        }
        _ => Ok(()),
    },
}];

#[test]
fn a_table_keeps_its_good_values_and_every_bad_one_is_named_with_its_line() {
    let text = "[room]\ncolour = \"green\"\nchairs = 7\npeople = [\"Anna\"]\npeopel = []\n";
    let settings = parse_with(text, ROOMS, Whose::Own);
    assert_eq!(Value::Object(settings.section("room").clone()), serde_json::json!({ "people": ["Anna"] }));
    let found: Vec<_> =
        settings.faults.iter().map(|fault| (fault.line, fault.problem.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (2, "Settings, line 2: `colour` must be one of white, grey; the default is used."),
            (5, "Settings, line 5: `peopel` is not a known key and is ignored; did you mean `people`?"),
            (3, "Settings, line 3: `chairs` must be at most 4; use fewer."),
        ]
    );
    assert!(parse_with("", ROOMS, Whose::Own).section("room").is_empty());
}

#[test]
fn a_country_that_is_none_is_named_and_the_account_runs() {
    let settings = parse(
        "[contacts]\ncountry = \"Denmark\"\ncarddav_url = \"http://nas/book\"\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\ncountry = \"XQ\"\nstrip_prefixes = \"0\"\n",
    );
    assert_eq!(settings.accounts.len(), 1);
    assert!(settings.section("contacts").is_empty());
    let lines: Vec<_> = settings.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3, 7, 8]);
}
