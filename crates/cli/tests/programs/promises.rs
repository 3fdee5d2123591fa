//! The rest of what is promised to scripts, command by command.

use std::{
    fs::{self, Permissions},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    os::unix::fs::PermissionsExt as _,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::{
    contract::{is_time, lines, objects, refused, told},
    desk::{Desk, Done},
};

/// Stopped when the test ends, however that is.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Lines of a command that goes on, until one is as wanted; then it is told to end, and how it did.
fn until(command: &mut Command, wanted: impl Fn(&Value) -> bool) -> (Vec<Value>, Option<i32>) {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running(child);
    let mut said = BufReader::new(running.0.stdout.take().unwrap());
    let mut all = Vec::new();
    loop {
        let mut line = String::new();
        assert!(said.read_line(&mut line).unwrap() > 0, "it ended after {all:?}");
        let line: Value = serde_json::from_str(&line).unwrap();
        let found = wanted(&line);
        all.push(line);
        if found {
            break;
        }
    }
    assert!(Command::new("kill").arg(running.0.id().to_string()).status().unwrap().success());
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    all.extend(lines(&rest));
    (all, running.0.wait().unwrap().code())
}

fn rings(line: &Value) -> bool {
    line["event"] == "call" && line["call"]["state"] == "ringing"
}

#[test]
fn every_command_takes_what_it_is_promised_to_take() {
    let desk = Desk::set_up();
    for (command, takes) in [
        ("agent", &["--config", "--credentials", "--demo"][..]),
        ("watch", &["--json", "--account", "--config", "--credentials", "--notify", "--record"]),
        ("demo", &["--json", "--speed", "--seed"]),
        ("simulate", &["--listen", "--people", "--rate", "--seed"]),
        ("status", &["--json"]),
        ("dnd", &["on", "off", "status"]),
        ("dnd on", &["--for", "--until"]),
        ("calls", &["--json", "--since", "--missed", "--search", "--export"]),
        ("people", &["--json", "--search"]),
        ("dial", &["NUMBER"]),
        ("account", &["add", "list", "remove", "test", "sign-in"]),
        ("doctor", &["--json"]),
        ("replay", &["FILE"]),
        ("completions", &["SHELL"]),
        ("settings", &["schema"]),
    ] {
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = Done::of(&desk.ringside(&arguments).output().unwrap());
        assert_eq!(help.exit, Some(0), "{help:?}");
        for word in takes {
            assert!(help.said.contains(word), "`ringside {command}` does not take {word}: {}", help.said);
        }
    }
}

#[test]
fn the_demo_and_the_simulator_say_what_is_promised() {
    let desk = Desk::set_up();
    let (said, exit) = until(&mut desk.ringside(&["demo", "--json", "--speed", "20", "--seed", "3"]), rings);
    said.iter().for_each(told);
    assert_eq!(exit, Some(0), "it was told to end");
    refused(&desk.run(&["demo", "--speed", "0"]), 2);
    refused(&desk.run(&["simulate", "--listen", "192.0.2.1:0"]), 2);

    let (said, exit) = until(&mut desk.ringside(&["simulate", "--people", "5", "--rate", "0"]), |_| true);
    assert_eq!((said.len(), exit), (1, Some(0)));
    for provider in ["firmafon", "semaswift", "stringee", "firehose", "nguc"] {
        let about = &said[0]["providers"][provider];
        assert!(about["settings"].is_object() && about["secret"].is_object(), "{provider}: {about}");
    }
}

#[test]
fn watch_prints_one_account_in_the_order_of_truth_and_its_recording_comes_to_the_same() {
    let desk = Desk::set_up();
    let recording = desk.folder().join("one.jsonl");
    let mut watch = desk.ringside(&["watch", "--json", "--account", "firmafon", "--record"]);
    let (said, exit) = until(watch.arg(&recording).args(desk.sources()), |line| {
        line["event"] == "call" && line["call"]["state"] == "ended"
    });
    assert_eq!(exit, Some(0));
    assert!(said.iter().filter(|line| line["event"] != "alert").all(|line| line["account"] == "firmafon"));
    let at = |wanted: &dyn Fn(&Value) -> bool| said.iter().position(wanted).unwrap();
    let live = at(&|line| line["connection"]["state"] == "live");
    assert!(live < at(&|line| line["event"] == "presence"), "somebody is known before the account is live");
    assert!(live < at(&|line| line["event"] == "call"), "a call is known before the account is live");
    let ended: Vec<&Value> = said.iter().filter(|line| line["call"]["state"] == "ended").collect();
    for call in &ended {
        let same = |line: &&&Value| line["call"]["id"] == call["call"]["id"];
        assert_eq!(ended.iter().filter(same).count(), 1, "{call} ends more than once");
    }

    assert_eq!(fs::metadata(&recording).unwrap().permissions().mode() & 0o777, 0o600);
    let path = recording.display().to_string();
    let again = objects(&desk.run(&["replay", "--json", &path]));
    again.iter().for_each(told);
    // Names and numbers are others; what happened is the same.
    let happened = |lines: &[Value]| -> Vec<(String, String)> {
        let call = |line: &Value| {
            let word = |key: &str| line["call"][key].as_str().unwrap_or_default().to_owned();
            (line["event"] == "call").then(|| (word("direction"), word("state")))
        };
        lines.iter().filter_map(call).collect()
    };
    let (first, second) = (happened(&said), happened(&again));
    assert!(
        !first.is_empty() && second.starts_with(&first[..first.len().min(second.len())]),
        "{first:?} {second:?}"
    );
    refused(&desk.run(&["watch", "--account", "nobody"]), 2);
}

#[test]
fn a_refused_sign_in_is_told_from_other_failures_by_its_exit_code() {
    let desk = Desk::set_up();
    let secret = desk.credentials().join("firmafon");
    let watch = |arguments: &[&str]| {
        let mut watch = desk.ringside(&["watch", "--json", "--account", "firmafon"]);
        Done::of(&watch.args(arguments).args(desk.sources()).output().unwrap())
    };
    fs::write(&secret, r#"{"access_token":"wrong-token"}"#).unwrap();
    refused(&desk.run(&["account", "test", "firmafon"]), 4);
    let done = watch(&[]);
    assert_eq!(done.exit, Some(4), "{done:?}");
    let last = lines(&done.said).pop().unwrap();
    assert_eq!(last["connection"]["state"], "sign_in", "{last}");
    assert_eq!(last["connection"]["problem"]["code"], "refused_token", "{last}");

    fs::remove_file(&secret).unwrap();
    refused(&desk.run(&["account", "test", "firmafon"]), 4);
    assert_eq!(watch(&[]).exit, Some(4));

    // Others could read it: it is not used, whatever is in it.
    fs::write(&secret, r#"{"access_token":"t"}"#).unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o644)).unwrap();
    let done = desk.run(&["account", "test", "firmafon"]);
    refused(&done, 1);
    assert!(done.complaint.contains(&secret.display().to_string()), "{done:?}");
    assert!(desk.run(&["account", "test", "nguc"]).exit == Some(0));
}

#[test]
fn calls_are_exported_searched_and_bounded() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("calls have come and gone", |view| view["recent"].as_array().unwrap().len() > 4);
    let exported = objects(&desk.run(&["calls", "--export", "json"]));
    assert!(exported.len() > 4);
    for call in &exported {
        assert!(call["id"].is_string() && call["peer"]["hidden"].is_boolean(), "{call}");
        assert!(call["started_at"].is_null() || is_time(&call["started_at"]), "{call}");
    }
    let csv = desk.run(&["calls", "--export", "csv"]);
    let mut rows = csv.said.split("\r\n");
    let columns = rows.next().unwrap();
    assert!(
        columns.starts_with("started_at,answered_at,ended_at,account,direction,outcome,mine,name,number")
    );
    assert!(rows.filter(|row| !row.is_empty()).count() >= exported.len(), "{csv:?}");

    let missed = objects(&desk.run(&["calls", "--json", "--missed"]));
    assert!(missed.iter().all(|call| !call["seen"].is_null()), "{missed:?}");
    assert_eq!(objects(&desk.run(&["calls", "--json", "--limit", "2"])).len(), 2);
    assert!(objects(&desk.run(&["calls", "--json", "--since", "2999-01-01"])).is_empty());
    assert!(!objects(&desk.run(&["calls", "--json", "--since", "1h"])).is_empty());
    let numbered = exported.iter().find_map(|call| call["peer"]["number"].as_str()).unwrap();
    let found = objects(&desk.run(&["calls", "--json", "--search", numbered]));
    assert!(!found.is_empty() && found.iter().all(|call| call["peer"]["number"] == numbered), "{found:?}");
    for wrong in [&["calls", "--since", "recently"][..], &["calls", "--export", "xml"]] {
        refused(&desk.run(wrong), 2);
    }

    let people = objects(&desk.run(&["people", "--json"]));
    let name = people.iter().find_map(|person| person["name"].as_str()).unwrap();
    let found = objects(&desk.run(&["people", "--json", "--search", name]));
    assert!(!found.is_empty() && found.len() < people.len(), "{found:?}");

    refused(&desk.run(&["dnd", "on", "--until", "yesterday"]), 2);
    assert!([Some(0), Some(1)].contains(&desk.run(&["dnd", "on", "--until", "23:59"]).exit));
    let dnd = objects(&desk.run(&["dnd", "status", "--json"]));
    assert!(dnd[0]["dnd"]["on"] == true && is_time(&dnd[0]["dnd"]["until"]), "{dnd:?}");
    desk.quit();
    agent.ends();
}

#[test]
fn doctor_says_verdict_and_remedy_of_each_check() {
    let desk = Desk::set_up();
    fs::write(desk.credentials().join("firmafon"), r#"{"access_token":"wrong-token"}"#).unwrap();
    let done = desk.run(&["doctor", "--json"]);
    assert_eq!(done.exit, Some(1), "{done:?}");
    let findings = lines(&done.said);
    for finding in &findings {
        let verdict = finding["verdict"].as_str().unwrap();
        assert!(["ok", "warn", "fail"].contains(&verdict), "{finding}");
        assert!(finding["check"].is_string() && finding["text"].is_string(), "{finding}");
        assert!(verdict == "ok" || finding["remedy"].is_string(), "no remedy: {finding}");
    }
    let bad: Vec<_> = findings.iter().filter(|finding| finding["account"] == "firmafon").collect();
    assert!(bad.iter().any(|finding| finding["verdict"] == "fail"), "{bad:?}");
}

#[test]
fn settings_are_never_fatal_where_they_can_be_read_and_left_alone_where_they_cannot() {
    let desk = Desk::set_up();
    let good = fs::read_to_string(desk.settings()).unwrap();
    let with = good.replacen("provider =", "popup = \"all\"\nprovider =", 1) + "\n[unheard_of]\nx = 1\n";
    fs::write(desk.settings(), &with).unwrap();
    let check = desk.run(&["settings", "check"]);
    assert_eq!(check.exit, Some(2), "{check:?}");
    let named = check.said.lines().any(|line| line.contains("line 4") && line.contains("popups"));
    assert!(named, "neither line nor nearest key: {check:?}");
    let listed = desk.run(&["account", "list", "--json"]);
    assert_eq!((listed.exit, lines(&listed.said).len()), (Some(0), 5), "{listed:?}");
    assert_eq!(fs::read_to_string(desk.settings()).unwrap(), with);

    let remote = good.replacen("pubsub_url = \"http://127.0.0.1", "pubsub_url = \"http://192.0.2.1", 1);
    assert_ne!(remote, good);
    fs::write(desk.settings(), remote).unwrap();
    refused(&desk.run(&["account", "test", "firmafon"]), 2);

    fs::write(desk.settings(), "[[account\n").unwrap();
    refused(&desk.run(&["account", "test", "firmafon"]), 2);
    let listed = desk.run(&["account", "list", "--json"]);
    assert!(listed.said.is_empty() && listed.complaint.contains("line 1"), "{listed:?}");
    assert_eq!(fs::read_to_string(desk.settings()).unwrap(), "[[account\n");
}

#[test]
fn an_account_comes_into_settings_and_keyring_and_goes_from_both() {
    let desk = Desk::set_up();
    let settings = fs::read_to_string(desk.settings()).unwrap();
    fs::remove_file(desk.settings()).unwrap();
    let url = |key: &str| {
        let line = settings.lines().find(|line| line.starts_with(&format!("{key} ="))).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let secret = desk.secrets().find(|(name, _)| *name == "firmafon").unwrap().1.to_string();
    let script = r#"
        printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        step() { wanted=$1; shift; got=0; "$@" >>said 2>&1 || got=$?; [ "$got" = "$wanted" ] || { echo "$* ended with $got" >>said; exit 9; }; }
        add() { printf '%s' "$SECRET" | "$RINGSIDE" account add work --provider firmafon --set "pubsub_url=$PUBSUB" --set "api_url=$API"; }
        step 0 add
        step 2 add
        step 0 "$RINGSIDE" account list --json
        step 0 "$RINGSIDE" account test work
        wrong() { printf '{"access_token":"wrong-token"}' | "$RINGSIDE" account sign-in work; }
        step 0 wrong
        step 4 "$RINGSIDE" account test work
        step 0 "$RINGSIDE" account remove work
        step 2 "$RINGSIDE" account remove work
        step 2 "$RINGSIDE" account test work
        printf '[[account]]\nid = "work"\nprovider = "firmafon"\n' >>config/ringside/settings.toml
        step 4 "$RINGSIDE" account test work
    "#;
    let done = desk
        .command("dbus-run-session")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("RINGSIDE", env!("CARGO_BIN_EXE_ringside"))
        .env("RINGSIDE_LOG", "warn")
        .env("XDG_DATA_HOME", desk.folder().join("data"))
        .env("SECRET", &secret)
        .env("PUBSUB", url("pubsub_url"))
        .env("API", url("api_url"))
        .args(["--", "sh", "-ec", script])
        .output()
        .unwrap();
    let said = fs::read_to_string(desk.folder().join("said")).unwrap_or_default();
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains(r#""id":"work","provider":"firmafon""#), "{said}");
    let token: Value = serde_json::from_str(&secret).unwrap();
    assert!(!said.contains(token["access_token"].as_str().unwrap()), "the token is said: {said}");
}

#[test]
fn an_account_without_a_secret_is_not_added_and_nobody_waits_for_one() {
    let desk = Desk::set_up();
    let mut add = desk.ringside(&["account", "add", "work", "--provider", "firmafon"]);
    let mut child =
        Running(add.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    child.0.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert_eq!(child.0.wait().unwrap().code(), Some(2), "nothing was given");
    refused(&desk.run(&["account", "add", "work", "--provider", "nobody"]), 2);
}
