use serde_json::{Value, json};

use super::rest::Question;
use super::*;
use crate::firmafon::wire;
use crate::office::Plan;

fn company() -> Company {
    let office = Office::new(&Plan { people: 8, rate: 0.0, seed: 1 });
    Company::of(&office, true, false)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn heard(company: &mut Company) -> Vec<(String, Value)> {
    let parse = |one: Publication| (one.channel, serde_json::from_str(one.data.get()).unwrap());
    company.take_outbox().into_iter().map(parse).collect()
}

/// Names of the call events and `endpoint=presence` of the others, in order.
fn told(company: &mut Company) -> Vec<String> {
    let word = |(_, event): (String, Value)| match event["name"].as_str() {
        Some(name) => name.to_owned(),
        None => {
            let part = |key: &str| event[key].as_str().unwrap().to_owned();
            format!("{}={}", part("endpoint"), part("live_presence"))
        }
    };
    let all: Vec<String> = heard(company).into_iter().map(word).collect();
    all.into_iter().filter(|word| !word.starts_with("EmployeeGroup")).collect()
}

fn ask(company: &mut Company, method: &str, path: &str, body: Value) -> (u16, Value) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parameters = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    company.ask(at(0), &Question { method, path, parameters, body })
}

fn caller() -> Caller {
    Caller::Number("4511223344".to_owned())
}

#[test]
fn a_reception_call_is_heard_on_the_company_channel_and_rings_phones() {
    let mut company = company();
    let uuid = company.incoming(at(0), Endpoint::Reception(10), &caller(), &[ME, 101]);
    let events = heard(&mut company);
    let (channel, new) = &events[0];
    assert_eq!(channel, "/call2/company/1234");
    assert_eq!(new["data"]["endpoint"], "Reception#10");
    assert_eq!(new["data"]["company_id"], "1234");
    assert_eq!(new["data"]["from_number"], "4511223344");
    assert_eq!(new["data"]["from_number_hidden"], "false");
    let ringing = &events.iter().find(|(_, event)| event["name"] == "call.ringing").unwrap().1;
    assert_eq!(ringing["data"].get("from_number"), None);
    assert_eq!(ringing["data"].get("direction"), None);

    let (_, live) = ask(&mut company, "GET", "/call_nodes/live", Value::Null);
    assert_eq!(live["call_nodes"][0]["call_uuid"], json!(uuid));
    assert_eq!(live["call_nodes"][0]["state"], "ringing");

    assert!(company.answer(at(5), &uuid, 101));
    assert_eq!(told(&mut company), ["Employee#101=busy", "call.answer", "Employee#77=available"]);
    let (_, live) = ask(&mut company, "GET", "/call_nodes/live", Value::Null);
    assert_eq!(live["call_nodes"], json!([]));

    assert!(company.hang_up(at(18), &uuid));
    let events = heard(&mut company);
    assert_eq!(events[0].1["data"]["duration"], 18);
    assert_eq!(events[0].1["data"].get("status"), None);
    let (_, call) = ask(&mut company, "GET", &format!("/calls/{uuid}"), Value::Null);
    assert_eq!(call["call"]["answered_by"]["id"], 101);
    assert_eq!(call["call"]["talk_duration"], 13);
    let endpoints: Vec<&Value> =
        call["call"]["nodes"].as_array().unwrap().iter().map(|node| &node["endpoint"]).collect();
    assert_eq!(endpoints, ["Reception#10", "undefined", "Employee#77", "Employee#101"]);
    assert!(!company.hang_up(at(19), &uuid));
}

#[test]
fn a_missed_call_says_so_and_a_hidden_number_is_null() {
    let mut company = company();
    let uuid = company.incoming(at(0), Endpoint::Employee(ME), &Caller::Hidden, &[]);
    let events = heard(&mut company);
    assert_eq!(events[0].0, "/call2/employee/77");
    assert_eq!(events[0].1["data"]["from_number"], Value::Null);
    assert_eq!(events[0].1["data"]["from_number_hidden"], "true");
    assert!(company.end_unanswered(at(9), &uuid, Unanswered::Missed));
    let events = heard(&mut company);
    assert_eq!(events[0].1["name"], "call.hangup");
    assert_eq!(events[0].1["data"]["status"], "missed");
}

#[test]
fn presence_goes_to_the_employee_and_each_of_his_groups() {
    let mut company = company();
    let groups = company.employees[&ME].groups.len();
    assert!(groups > 0);
    company.incoming(at(0), Endpoint::Employee(ME), &caller(), &[]);
    let events = heard(&mut company);
    let presence: Vec<&Value> = events
        .iter()
        .filter(|(channel, _)| channel == "/presence/company/1234")
        .map(|(_, event)| event)
        .collect();
    assert_eq!(presence.len(), 1 + groups);
    assert_eq!(
        *presence[0],
        json!({"endpoint": "Employee#77", "live_presence": "ringing", "busy_since": "2023-11-14T22:13:20.000Z"})
    );
    assert!(presence[1]["endpoint"].as_str().unwrap().starts_with("EmployeeGroup#"));
}

#[test]
fn do_not_disturb_spares_receptions_but_not_direct_calls() {
    let mut company = company();
    company.set_dnd(at(0), ME, Dnd::On { until: None });
    company.incoming(at(1), Endpoint::Reception(10), &caller(), &[ME]);
    assert_eq!(told(&mut company), ["Employee#77=do_not_disturb", "call.new", "call.ringing"]);
    company.incoming(at(2), Endpoint::Employee(ME), &caller(), &[]);
    assert_eq!(told(&mut company), ["call.new", "Employee#77=ringing", "call.ringing"]);
}

#[test]
fn do_not_disturb_over_rest_is_published_and_ends_by_itself() {
    let mut company = company();
    let until = wire::with_offset(at(60));
    let body = json!({"employee": {"do_not_disturb": true, "dnd_timeout_at": until}});
    let (status, answer) = ask(&mut company, "PUT", "/employee", body);
    assert_eq!(status, 200);
    assert_eq!(answer["employee"]["live_presence"], "do_not_disturb");
    assert_eq!(answer["employee"]["dnd_timeout_at"], json!(until));
    let events = heard(&mut company);
    assert_eq!(events[0].1["do_not_disturb"], true);
    assert_eq!(events[0].1["dnd_timeout_at"], wire::millis(at(60)));
    assert_eq!(company.next_dnd_end(), Some(at(60)));
    company.wake(at(59));
    assert_eq!(told(&mut company), Vec::<String>::new());
    company.wake(at(60));
    assert_eq!(told(&mut company), ["Employee#77=available"]);
    assert_eq!(company.next_dnd_end(), None);
}

#[test]
fn a_transfer_ends_one_leg_and_rings_another_within_the_same_call() {
    let mut company = company();
    let uuid = company.incoming(at(0), Endpoint::Employee(ME), &caller(), &[]);
    company.answer(at(3), &uuid, ME);
    told(&mut company);
    assert!(company.transfer(at(9), &uuid, 102));
    assert_eq!(told(&mut company), ["Employee#77=available", "Employee#102=ringing"]);
    assert!(company.answer(at(11), &uuid, 102));
    assert_eq!(told(&mut company), ["Employee#102=busy"]);
    let (_, call) = ask(&mut company, "GET", &format!("/calls/{uuid}"), Value::Null);
    assert_eq!(call["call"]["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(call["call"]["status"], "answered");
}

#[test]
fn dialling_makes_an_outgoing_call_of_the_owner() {
    let mut company = company();
    let (status, _) = ask(&mut company, "POST", "/switch/dial?to_number=%2B4511223344", Value::Null);
    assert_eq!(status, 200);
    assert_eq!(company.dialled.len(), 1);
    let events = heard(&mut company);
    assert_eq!(events[0].0, "/call2/employee/77");
    assert_eq!(events[0].1["data"]["direction"], "outgoing");
    assert_eq!(events[0].1["data"]["to_number"], "4511223344");
    assert!(events.iter().any(|(_, event)| event["live_presence"] == "busy"));
    assert_eq!(ask(&mut company, "POST", "/switch/dial", Value::Null).0, 422);
}

#[test]
fn calls_are_listed_newest_first_and_filtered() {
    let mut company = company();
    for second in 0..40 {
        company.incoming(at(second), Endpoint::Employee(101), &caller(), &[]);
    }
    let (_, all) = ask(&mut company, "GET", "/calls?endpoint=Reception%2310", Value::Null);
    let all = all["calls"].as_array().unwrap().clone();
    assert_eq!(all.len(), 30);
    assert_eq!(all[0]["started_at"], wire::seconds(at(39)));
    let path = format!("/calls?limit=100&started_at_lt_or_eq={}", wire::seconds(at(4)));
    let (_, older) = ask(&mut company, "GET", &path, Value::Null);
    assert_eq!(older["calls"].as_array().unwrap().len(), 5);
    let (_, none) = ask(&mut company, "GET", "/calls?status=missed", Value::Null);
    assert_eq!(none["calls"], json!([]));
}

#[test]
fn presence_can_come_in_an_envelope() {
    let mut company = company();
    company.wrap_presence = true;
    company.set_dnd(at(0), ME, Dnd::On { until: None });
    let events = heard(&mut company);
    assert_eq!(
        events[0].1["data"],
        json!({
            "endpoint": "Employee#77", "live_presence": "do_not_disturb", "busy_since": "2023-11-14T22:13:20.000Z",
            "do_not_disturb": true, "dnd_timeout_at": null,
        })
    );
    assert!(events[0].1["published_at"].is_string());
}

#[test]
fn contacts_are_found_by_number_only() {
    let mut company = company();
    let number = company.contacts[3].number.clone();
    let (status, found) = ask(&mut company, "GET", &format!("/contacts?number={number}"), Value::Null);
    assert_eq!((status, &found["contact"]["number"]), (200, &json!(number)));
    assert_eq!(ask(&mut company, "GET", "/contacts?number=1", Value::Null).0, 404);
    assert_eq!(ask(&mut company, "GET", "/contacts", Value::Null).0, 422);
}

#[test]
fn a_forced_presence_lasts_until_something_happens() {
    let mut company = company();
    assert!(company.force_presence(at(0), 101, Presence::Busy));
    assert_eq!(told(&mut company), ["Employee#101=busy"]);
    company.set_dnd(at(1), 101, Dnd::Off);
    assert!(company.force_presence(at(2), 101, Presence::Available));
    assert_eq!(told(&mut company), ["Employee#101=available"]);
    assert!(!company.force_presence(at(2), 4711, Presence::Busy));
}

#[test]
fn unknown_paths_and_bad_changes_are_refused() {
    let mut company = company();
    assert_eq!(ask(&mut company, "GET", "/nothing", Value::Null).0, 404);
    assert_eq!(ask(&mut company, "GET", "/employees/4711", Value::Null).0, 404);
    let bad = json!({"employee": {"do_not_disturb": true, "dnd_timeout_at": "tomorrow"}});
    assert_eq!(ask(&mut company, "PUT", "/employee", bad).0, 422);
    company.admin = false;
    let body = json!({"employee": {"do_not_disturb": true}});
    assert_eq!(ask(&mut company, "PUT", "/employees/101", body.clone()).0, 403);
    assert_eq!(ask(&mut company, "PUT", "/employee", body).0, 200);
}
