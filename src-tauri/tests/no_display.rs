//! What the built program does where it can show nothing.

use std::process::Command;

#[test]
fn without_a_display_it_says_so_in_a_sentence_and_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("control.sock");
    let done = Command::new(env!("CARGO_BIN_EXE_ringside-desktop"))
        .env_clear()
        .env("HOME", folder.path())
        .env("RINGSIDE_SOCKET", &socket)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("no display can be opened") && !said.contains("panicked"), "{said}");
    assert!(!socket.exists(), "an agent was started for windows that cannot be");
}
