//! What the program keeps on disk, where it cannot be kept or is not what it should be: the program runs, says so in a
//! sentence, and leaves the file as it is.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use serde_json::Value;

use crate::desk::Desk;

fn history(desk: &Desk) -> PathBuf {
    desk.folder().join("state/ringside/history.db")
}

/// Runs the agent until it has said something about its history and has seen calls come and go all the same.
fn says(desk: &Desk, words: &str) {
    let mut agent = desk.agent();
    let view = desk.until("the history is complained about", |view| {
        let said = |problem: &Value| problem["code"] == "storage";
        view["problems"].as_array().unwrap().iter().any(said)
            && !view["recent"].as_array().unwrap().is_empty()
    });
    let texts = view["problems"].as_array().unwrap().iter().filter_map(|problem| problem["text"].as_str());
    let texts: Vec<&str> = texts.collect();
    let text = texts.iter().find(|text| text.contains(words) && text.contains("memory"));
    let text = *text.unwrap_or_else(|| panic!("{texts:?}"));
    let status = desk.run(&["status"]);
    assert!(status.exit == Some(0) && status.said.contains(text), "{status:?}");
    let calls = desk.run(&["calls"]);
    assert!(calls.exit == Some(0) && !calls.said.is_empty(), "calls of this run are lost: {calls:?}");
    desk.quit();
    agent.ends();
}

#[test]
fn a_history_that_is_none_is_left_as_it_is() {
    let desk = Desk::set_up();
    fs::create_dir_all(history(&desk).parent().unwrap()).unwrap();
    let nonsense = "not a database at all\n".repeat(1_000);
    fs::write(history(&desk), &nonsense).unwrap();
    says(&desk, "damaged");
    assert_eq!(fs::read_to_string(history(&desk)).unwrap(), nonsense);
}

#[test]
fn a_history_of_a_newer_version_is_left_as_it_is() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("calls have come and gone", |view| !view["recent"].as_array().unwrap().is_empty());
    desk.quit();
    agent.ends();
    // The version is four bytes at 60; a history that was closed has nothing beside it.
    let mut bytes = fs::read(history(&desk)).unwrap();
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    fs::write(history(&desk), &bytes).unwrap();
    says(&desk, "newer");
    assert!(fs::read(history(&desk)).unwrap() == bytes, "it was written to");
}

#[test]
fn a_home_that_cannot_be_written_is_said() {
    let desk = Desk::set_up();
    // The owner of everything may write where nobody may; a file in the folder's place stops them too.
    fs::write(desk.folder().join("state/ringside"), "").unwrap();
    says(&desk, "cannot be written");
}

#[test]
fn a_full_disk_is_said_and_what_it_has_no_room_for_is_kept_in_memory() {
    let desk = Desk::set_up();
    let state = desk.folder().join("state");
    let mount =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=96k,mode=700", "none"]).arg(&state).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("NOT CHECKED: no small disk can be had here");
        return;
    }
    let _mounted = Mounted(state.clone());
    fs::write(state.join("full"), vec![0; 64 * 1024]).unwrap();
    says(&desk, "full");
}

#[test]
fn what_is_kept_is_for_its_owner_only() {
    let desk = Desk::set_up();
    let mut agent = desk.agent();
    desk.until("calls have come and gone", |view| !view["recent"].as_array().unwrap().is_empty());
    drop(desk.run(&["dnd", "on", "--for", "30m"]));
    desk.quit();
    agent.ends();
    let bundle = desk.folder().join("bundle.txt");
    let done = desk.run(&["doctor", "--bundle", &bundle.display().to_string()]);
    assert_eq!(done.exit, Some(0), "{done:?}");
    let folder = history(&desk).parent().unwrap().to_owned();
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    for path in files.chain([folder.clone(), bundle]) {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read {}", path.display());
    }
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).status());
    }
}
