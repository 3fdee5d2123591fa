use serde_json::{Value, json};

use super::*;

fn faults(text: &str) -> Vec<(usize, String)> {
    check(text).map_or_else(
        |faults| faults.into_iter().map(|fault| (fault.line, fault.path)).collect(),
        |_| Vec::new(),
    )
}

#[test]
fn the_map_that_comes_with_the_program_has_no_faults() {
    let map = EventMap::standard().unwrap();
    for event in ["Queue", "User", "Device", "Call"] {
        assert!(map.rule(event).is_some());
    }
    assert_eq!(map.snapshots().len(), 3);
}

#[test]
fn every_fault_is_named_by_line_and_path() {
    let text = r#"version = 2
county = "46"
country_code = "+46"
defaults = "no"
event = 3

[me]
id = ["a..b", 7, true, {}]
name = "x"
"#;
    assert_eq!(
        faults(text),
        [
            (1, "version".to_owned()),
            (2, "county".to_owned()),
            (3, "country_code".to_owned()),
            (4, "defaults".to_owned()),
            (5, "event".to_owned()),
            (8, "me.id[3]".to_owned()),
            (8, "me.id[0]".to_owned()),
            (9, "me.name".to_owned()),
        ]
    );
    let text = r#"
[[event]]
name = "A"
kind = "persn"

[[event]]
kind = "person"
[event.fields]
naem = "x"
[event.callers]
id = "x"

[[event]]
name = ["B", "B"]
kind = "queue"
[event.fields]
id = "id"
[event.values.availability]
bsuy = ["x"]
[event.always]
state = "over"
colour = "red"

[[snapshot]]
path = "user"
event = "Nobody"

[[snapshot]]
list = "x"
"#;
    assert_eq!(
        faults(text),
        [
            (4, "event[0].kind".to_owned()),
            (6, "event[1]".to_owned()),
            (6, "event[1]".to_owned()),
            (9, "event[1].fields.naem".to_owned()),
            (10, "event[1].callers".to_owned()),
            (13, "event[2]".to_owned()),
            (14, "event[2].name".to_owned()),
            (19, "event[2].values.availability.bsuy".to_owned()),
            (21, "event[2].always.state".to_owned()),
            (22, "event[2].always.colour".to_owned()),
            (25, "snapshot[0].path".to_owned()),
            (28, "snapshot[1]".to_owned()),
            (28, "snapshot[1]".to_owned()),
        ]
    );
    assert_eq!(faults("[[event]\nname = 1"), [(1, String::new())]);
    assert_eq!(
        faults("[[snapshot]]\npath = \"/x\"\nevent = \"Nobody\""),
        [(3, "snapshot[0].event".to_owned())]
    );
}

#[test]
fn a_fault_says_what_to_do() {
    let fault = check("[[event]]\nname = \"A\"\nkind = \"persn\"").unwrap_err().remove(0);
    assert_eq!(
        fault.to_string(),
        "line 3, event[0].kind: `persn` is no kind; use one of person, device, call, queue, ignore."
    );
}

#[test]
fn a_map_is_laid_over_the_one_that_is_there_or_stands_alone() {
    let own = "[values.availability]\nbusy = \"Fika\"\n[[event]]\nname = \"User\"\nkind = \"ignore\"\n";
    let map = check(own).unwrap();
    assert_eq!(map.rule("User").unwrap().kind, Kind::Ignore);
    let device = map.rule("Device").unwrap();
    let word = |word: &'static str| map.availability(device, &Scalar::Text(word.into()));
    assert_eq!((word("fika"), word("DND")), (Some(Availability::Busy), Some(Availability::Dnd)));
    assert_eq!(map.snapshots().len(), 3);

    let alone = check(&format!("defaults = false\n{own}")).unwrap();
    assert!(alone.rule("Device").is_none() && alone.snapshots().is_empty() && alone.country_code().is_none());
    assert!(check("snapshot = []").unwrap().snapshots().is_empty());
}

fn found(paths: &[(&str, Field, u8)], data: &Value) -> Vec<(Field, String)> {
    let mut tree = Paths::default();
    for (path, field, rank) in paths {
        tree.add(path, *field, *rank);
    }
    let text = data.to_string();
    let mut from = serde_json::Deserializer::from_str(&text);
    let found = gather::gather(&tree, &Paths::default(), &mut from).unwrap();
    [Field::Id, Field::Name, Field::People]
        .into_iter()
        .flat_map(|field| found.all(field).map(move |value| (field, value.text().unwrap().into_owned())))
        .collect()
}

#[test]
fn the_best_alternative_counts_wherever_it_stands() {
    let paths =
        [("a.id", Field::Id, 0), ("id", Field::Id, 1), ("b.0.id", Field::Id, 2), ("id", Field::Name, 0)];
    let id = |data| found(&paths, &data).first().map(|(_, text)| text.clone());
    assert_eq!(id(json!({"id": 2, "a": {"id": 1}})).as_deref(), Some("1"));
    assert_eq!(id(json!({"a": {"id": " "}, "id": "2", "z": [[{"id": 5}]]})).as_deref(), Some("2"));
    assert_eq!(id(json!({"a": null, "b": [{"id": 3}, {"id": 4}]})).as_deref(), Some("3"));
    assert_eq!(id(json!({"a": {"id": {"id": 7}}, "b": []})), None);
    assert_eq!(id(json!(["x"])), None);
}

#[test]
fn a_star_is_each_of_a_list() {
    let paths = [("users.*.id", Field::People, 0), ("users.*", Field::People, 1), ("user", Field::People, 2)];
    let people = |data| found(&paths, &data).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    assert_eq!(people(json!({"users": [{"id": 1}, {"id": "2"}], "user": 9})), ["1", "2"]);
    assert_eq!(people(json!({"users": [7, "8"]})), ["7", "8"]);
    assert_eq!(people(json!({"user": 9, "users": []})), ["9"]);
}

#[test]
fn the_schema_knows_all_that_a_map_may_have() {
    let schema = schema();
    let keys = |at: &str| -> Vec<String> {
        schema.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect()
    };
    let sorted = |known: &[&str]| {
        let mut known: Vec<String> = known.iter().map(|&key| key.to_owned()).collect();
        known.sort();
        known
    };
    assert_eq!(sorted_keys(keys("/properties")), sorted(read::TOP));
    assert_eq!(sorted_keys(keys("/$defs/event/properties")), sorted(read::EVENT));
    assert_eq!(sorted_keys(keys("/properties/snapshot/items/properties")), sorted(read::SNAPSHOT));
    assert_eq!(sorted_keys(keys("/properties/me/properties")), sorted(read::ME));
    let kinds = schema.pointer("/properties/event/items/allOf").unwrap().as_array().unwrap().len();
    assert_eq!(kinds, Kind::ALL.len());
}

fn sorted_keys(mut keys: Vec<String>) -> Vec<String> {
    keys.sort();
    keys
}

#[test]
fn the_map_in_the_documentation_has_no_faults() {
    let page = include_str!("../../../../../docs/event-map.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (map, _) = rest.split_once("```").unwrap();
    let map = check(map).unwrap();
    assert_eq!(map.snapshots().len(), 1);
    for kind in Kind::ALL {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", kind.name()))).unwrap();
        for spec in kind.fields() {
            assert!(row.contains(&format!("`{}`", spec.name)), "{} of {}", spec.name, kind.name());
        }
    }
}
