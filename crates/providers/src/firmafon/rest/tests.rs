use model::Availability;

use super::*;

#[test]
fn people_are_read_with_do_not_disturb_and_without_data_sims() {
    let list = employees(
        r#"{"employees":[
            {"id":77,"company_id":1234,"name":"Åse Ærø","number":"4571999917","live_presence":"available",
             "do_not_disturb":true,"dnd_timeout_at":"2013-12-16T17:12:26+01:00","speed_dial":{"digit":17},
             "employee_group_ids":[1,"2",null]},
            {"id":"78","name":"Bo Database","number":4571999918,"live_presence":"busy"},
            {"id":79,"name":"Mobilt bredbånd","number":"4571999919"},
            {"id":80,"name":"Data 2","number":"4571999920"},
            {"id":81,"name":"Tavs","number":null},
            {"name":"nobody"}, null, 7
        ]}"#,
    )
    .unwrap();
    assert_eq!(list.skipped, 3);
    let [anna, bo, ..] = list.rows.as_slice() else { panic!() };
    assert_eq!(anna.fact.id, "Employee#77");
    let owner = employee(r#"{"employee":{"id":77,"company_id":1234}}"#).unwrap();
    assert_eq!((owner.company.as_deref(), anna.company.as_deref()), (Some("1234"), None));
    assert_eq!(anna.fact.availability, Some(Availability::Dnd));
    assert_eq!(anna.fact.dnd.unwrap().unwrap().unwrap().to_string(), "2013-12-16T16:12:26.000Z");
    assert_eq!(anna.groups, Some(vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!((bo.fact.number.as_deref(), &bo.groups), (Some("4571999918"), &None));
    assert_eq!(
        list.rows.iter().map(|row| row.data_sim).collect::<Vec<_>>(),
        [false, false, true, true, true]
    );
}

#[test]
fn groups_are_read_by_id_and_name() {
    let list =
        groups(r#"{"employee_groups":[{"id":1,"name":" Salg ","employee_ids":[77]},{"id":2},7]}"#).unwrap();
    assert_eq!((list.rows, list.skipped), (vec![Group { id: "1".to_owned(), name: "Salg".to_owned() }], 2));
}

#[test]
fn a_row_of_a_call_tells_its_legs_and_who_answered() {
    let row = call(
        r#"{"call":{"call_uuid":"u1","company_id":1234,"endpoint":"Reception#10","endpoint_name":"Hovednummer",
            "from_number":"4511223344","to_number":"4571999999","from_contact":{"id":1,"name":"Kim Kontakt"},
            "direction":"incoming","status":"answered","answered_by":{"id":77,"name":"Åse Ærø"},
            "nodes":[{"endpoint":"Employee#77","answered_at":"2014-03-21T13:59:07Z","ended_at":null}],
            "started_at":"2014-03-21T13:59:04Z","ended_at":"2014-03-21T13:59:59Z"}}"#,
    )
    .unwrap();
    assert_eq!(row.answered_by.as_deref(), Some("Employee#77"));
    assert_eq!(row.line.unwrap().name.as_deref(), Some("Hovednummer"));
    assert_eq!(row.peer.unwrap().name.as_deref(), Some("Kim Kontakt"));
    let nodes = row.nodes.unwrap();
    assert!(nodes[0].answered && !nodes[0].ended);
}

#[test]
fn lists_are_read_wrapped_and_bare() {
    assert_eq!(calls(r#"[{"call_uuid":"u"}]"#).unwrap().rows.len(), 1);
    assert_eq!(calls(r#"{"calls":[]}"#).unwrap().rows.len(), 0);
    assert_eq!(live_nodes(r#"{"call_nodes":[{"call_uuid":"u"}]}"#).unwrap().rows.len(), 1);
    assert_eq!(contact(r#"{"contact":{"name":"Kim"}}"#).as_deref(), Some("Kim"));
    assert_eq!(contact(r#"{"contacts":[{"name":"Kim"}]}"#).as_deref(), Some("Kim"));
    assert_eq!(contact(r#"{"contact":null}"#), None);
    assert_eq!(contact("[]"), None);
}

#[test]
fn a_page_instead_of_json_is_a_fault_of_protocol() {
    let html = "<html><body>Maintenance</body></html>";
    assert_eq!(employee(html).unwrap_err().kind, FailureKind::Protocol);
    assert_eq!(employees(html).unwrap_err().kind, FailureKind::Protocol);
    assert_eq!(calls("{}").unwrap_err().kind, FailureKind::Protocol);
    assert_eq!(contact(html), None);
}
