//! The control socket of the built agent: each request and its answer, who is refused, and what is written to it wrongly.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::Shutdown,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        net::UnixStream,
    },
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    contract::{is_time, refused},
    desk::{Agent, Desk, line},
};

/// What the contract lists, and what came since.
const CODES: &[&str] = &[
    "refused_token",
    "expired_token",
    "unreachable",
    "tls",
    "proxy",
    "protocol",
    "rate_limited",
    "forbidden",
    "settings",
    "keyring",
    "desktop",
    "storage",
    "internal",
];

/// More than any that the agent needs by itself, and far fewer than those who come at once.
const MOST_DESCRIPTORS: usize = 200;

fn is_problem(problem: &Value) -> bool {
    let told = problem["text"].as_str().is_some_and(|text| !text.is_empty());
    told && problem["code"].as_str().is_some_and(|code| CODES.contains(&code))
}

/// A desk whose agent has five accounts that are live.
fn ready() -> (Desk, Agent) {
    let desk = Desk::set_up();
    let agent = desk.agent();
    desk.until("every account is live", |view| {
        let accounts = view["accounts"].as_array().unwrap();
        accounts.len() == 5 && accounts.iter().all(|account| account["connection"]["state"] == "live")
    });
    (desk, agent)
}

/// All that comes back for these bytes, by lines.
fn answers(desk: &Desk, bytes: &[u8]) -> Vec<Value> {
    let mut stream = UnixStream::connect(desk.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // The other end may close before all of it is written.
    drop(stream.write_all(bytes));
    drop(stream.shutdown(Shutdown::Write));
    let mut said = String::new();
    drop(stream.read_to_string(&mut said));
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_request_is_answered_in_its_shape() {
    let (desk, mut agent) = ready();
    let view = desk.until("a call has come and gone", |view| !view["recent"].as_array().unwrap().is_empty());
    for list in
        ["accounts", "people", "calls", "recent", "problems", "address_books", "favourites", "awaited"]
    {
        assert!(view[list].is_array(), "{list}: {view:.2000}");
    }
    assert!(view["missed"].is_u64() && view["dnd"].is_object() && view["hindered"].is_boolean());

    let page = desk.ask(&json!({"ask": "calls", "query": {"limit": 5, "count": true}}));
    assert_eq!(page["answer"], "calls");
    let calls = page["page"]["calls"].as_array().unwrap();
    assert!(!calls.is_empty() && calls.len() <= 5, "{page}");
    assert!(calls.iter().all(|call| is_time(&call["started_at"]) || call["started_at"].is_null()), "{page}");
    assert!(page["page"]["total"].is_u64(), "{page}");

    let form = desk.ask(&json!({"ask": "settings"}));
    assert!(form["answer"] == "settings" && !form["form"]["groups"].as_array().unwrap().is_empty(), "{form}");
    let tasks = desk.ask(&json!({"ask": "tasks"}));
    assert!(tasks["answer"] == "tasks" && tasks["tasks"].as_u64().is_some_and(|tasks| tasks > 5), "{tasks}");

    let mut changes = desk.converse(&json!({"ask": "follow"}));
    let mut update = || -> Value { serde_json::from_str(&line(&mut changes).unwrap()).unwrap() };
    let first = update();
    assert_eq!((&first["answer"], &first["update"]["kind"]), (&json!("update"), &json!("view")));
    let next = update();
    assert!(next["update"]["kind"] == "patch" && next["update"]["people"].is_array(), "{next:.500}");

    let secret = "marked-secret-0001";
    let call = view["recent"][0]["id"].clone();
    let person = view["people"][0]["id"].clone();
    let nobody = "firmafon/nobody";
    // What can be done is done, and what cannot is refused with a code and a sentence.
    for (command, is_done) in [
        (json!({"do": "check", "tell": false}), Some(true)),
        (json!({"do": "dnd_on", "length": {"kind": "for", "minutes": 30}}), None),
        (json!({"do": "dnd_off"}), None),
        (json!({"do": "dial", "number": "+4570123456", "account": null}), None),
        (json!({"do": "dial", "number": "+4570123456", "account": "nobody"}), Some(false)),
        (json!({"do": "pick_up", "queue": "nguc/nobody", "caller": null}), Some(false)),
        (json!({"do": "retry", "account": "nguc"}), Some(true)),
        (json!({"do": "favourite", "person": person, "on": true}), Some(true)),
        (json!({"do": "tell_when_free", "person": person, "minutes": 5}), None),
        (json!({"do": "tell_no_more", "person": person}), Some(true)),
        (json!({"do": "quiet_number", "number": "+4511111111"}), Some(true)),
        (json!({"do": "allow_caller", "number": null}), Some(true)),
        (json!({"do": "share", "minutes": 5}), Some(true)),
        (json!({"do": "share", "minutes": null}), Some(true)),
        (json!({"do": "note", "call": call, "text": "call back"}), Some(true)),
        (json!({"do": "note", "call": nobody, "text": "call back"}), Some(false)),
        (json!({"do": "remind", "call": call, "at": null}), None),
        (json!({"do": "missed_seen"}), Some(true)),
        (json!({"do": "make_private", "call": call}), Some(true)),
        (json!({"do": "set", "group": "nobody", "key": "nothing", "value": "1"}), Some(false)),
        (json!({"do": "sign_in", "account": "nobody", "secret": secret}), Some(false)),
        // It is not there, as was wanted.
        (json!({"do": "remove_account", "account": "nobody"}), Some(true)),
    ] {
        let done = desk.ask(&json!({"ask": "act", "command": command}));
        let problem = &done["problem"];
        assert!(done["answer"] == "done" && (problem.is_null() || is_problem(problem)), "{command}: {done}");
        assert!(is_done.is_none_or(|is_done| is_done == problem.is_null()), "{command}: {done}");
        assert!(!done.to_string().contains(secret), "{done}");
    }
    desk.quit();
    agent.ends();
    assert!(!fs::read_to_string(desk.log()).unwrap().contains(secret), "the secret is in the log");
}

#[test]
fn what_is_no_request_is_refused_and_one_in_pieces_is_answered() {
    let (desk, mut agent) = ready();
    let search = |length: usize| json!({"ask": "calls", "query": {"search": "x".repeat(length)}}).to_string();
    for wrong in [
        "nonsense",
        "{}",
        "null",
        "[]",
        r#"{"ask":"everything"}"#,
        r#"{"ask":"act"}"#,
        r#"{"ask":"act","command":{"do":"nonsense"}}"#,
        r#"{"ask":"calls","query":{"limit":-1}}"#,
        r#"{"ask":"view"} {"ask":"view"}"#,
        "\u{0}\u{1}",
        &"[".repeat(60_000),
        &search(70_000),
    ] {
        let answers = answers(&desk, format!("{wrong}\n").as_bytes());
        assert!(answers.len() == 1 && is_problem(&answers[0]["problem"]), "{wrong:.40}: {answers:?}");
        let said = answers[0].to_string();
        assert!(!said.contains("nonsense") && !said.contains("xxx"), "what was sent is quoted: {said}");
    }
    let answers_to = |bytes: &[u8]| answers(&desk, bytes);
    assert!(is_problem(&answers_to(b"\xff\xfe{\"ask\":\"view\"}\n")[0]["problem"]));
    assert_eq!(answers_to(b""), Vec::<Value>::new());
    assert!(is_problem(&answers_to(br#"{"ask":"vi"#)[0]["problem"]));
    // Long but not too long; without a line's end, but at its own; more than one line: the first is answered.
    assert_eq!(answers_to(format!("{}\n", search(60_000)).as_bytes())[0]["answer"], "calls");
    assert_eq!(answers_to(br#"{"ask":"view"}"#)[0]["answer"], "view");
    assert_eq!(answers_to(b"{\"ask\":\"tasks\"}\n{\"ask\":\"view\"}\n").len(), 1);

    let mut stream = UnixStream::connect(desk.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    for byte in b"{\"ask\":\"tasks\"}\n" {
        stream.write_all(&[*byte]).unwrap();
        // Each byte is by itself: somebody else is answered in between.
        assert_eq!(desk.ask(&json!({"ask": "tasks"}))["answer"], "tasks");
    }
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["answer"], "tasks");
    desk.quit();
    agent.ends();
}

#[test]
fn a_thousand_who_say_nothing_or_ask_and_leave_keep_nobody_out() {
    let (desk, mut agent) = ready();
    let own = *agent.processes().first().unwrap();
    let descriptors = || fs::read_dir(format!("/proc/{own}/fd")).unwrap().count();
    let program = r#"
        use IO::Socket::UNIX; $| = 1; $SIG{PIPE} = 'IGNORE';
        my ($place, $count, $says) = @ARGV;
        my @held = map { my $s = IO::Socket::UNIX->new(Peer => $place) or die "$!"; print $s $says; $s->flush; $s } 1..$count;
        print "there\n"; <STDIN>;
    "#;
    for says in ["", "{\"ask\":", "{\"ask\":\"view\"}\n", "{\"ask\":\"follow\"}\n"] {
        // Those who follow are as many as may be, and then others are not let in.
        let count = if says.contains("follow") { "40" } else { "1000" };
        let mut crowd = Command::new("perl")
            .args(["-e", program])
            .arg(desk.socket())
            .args([count, says])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut there = String::new();
        BufReader::new(crowd.stdout.take().unwrap()).read_line(&mut there).unwrap();
        let answered = desk.ask(&json!({"ask": "view"}));
        let count = descriptors();
        let status = desk.run(&["status", "--json"]);
        // Its standard input ends, and it goes.
        drop(crowd.stdin.take());
        assert!(crowd.wait().unwrap().success());
        assert_eq!(there, "there\n", "{says}");
        assert_eq!(answered["answer"], "view", "{says}");
        assert_eq!(status.exit, Some(0), "{says}: {status:?}");
        assert!(count < MOST_DESCRIPTORS, "{says}: {count} descriptors");
    }
    desk.quit();
    agent.ends();
}

#[test]
fn the_socket_is_its_owners_and_one_agents() {
    let (desk, mut agent) = ready();
    let socket = desk.socket();
    let folder = fs::metadata(socket.parent().unwrap()).unwrap();
    assert_eq!(folder.mode() & 0o077, 0, "others may enter the folder of the socket");
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o600);
    refused(&desk.run(&["agent", "--demo"]), 1);
    assert_eq!(desk.ask(&json!({"ask": "tasks"}))["answer"], "tasks", "a second agent has put out the first");

    if folder.uid() == 0 && Command::new("setpriv").arg("--version").stdout(Stdio::null()).status().is_ok() {
        for path in [desk.folder(), &desk.folder().join("run"), socket.parent().unwrap()] {
            open_to_all(path);
        }
        fs::set_permissions(&socket, fs::Permissions::from_mode(0o777)).unwrap();
        for ask in [json!({"ask": "view"}), json!({"ask": "act", "command": {"do": "quit"}})] {
            assert_eq!(desk.as_nobody(&ask), "", "another user is answered");
        }
        assert_eq!(desk.ask(&json!({"ask": "view"}))["answer"], "view", "another user has stopped it");
    } else {
        eprintln!("NOT CHECKED: another user cannot be had here");
    }
    desk.quit();
    agent.ends();
    assert!(!socket.exists(), "the socket is left behind");
}

fn open_to_all(path: &Path) {
    let mode = fs::metadata(path).unwrap().mode();
    fs::set_permissions(path, fs::Permissions::from_mode(mode | 0o055)).unwrap();
}
