use std::{fs, os::unix::fs::PermissionsExt};

use engine::{Incoming, Window, Windows};
use os::{Activation, Shell};
use rustix::fs::{CWD, Mode, mkfifoat};
use tokio::{net::unix::pipe, sync::mpsc};

use crate::soon;

#[tokio::test]
async fn a_window_is_started_once_with_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let (program, told, go) =
        (folder.path().join("shell"), folder.path().join("told"), folder.path().join("go"));
    for pipe in [&told, &go] {
        mkfifoat(CWD, pipe, Mode::from_raw_mode(0o600)).unwrap();
    }
    fs::write(
        &program,
        format!(
            "#!/bin/sh\nexec >{} <{}\necho \"$@ $RINGSIDE_SOCKET $XDG_ACTIVATION_TOKEN\"\nread line\necho ended\n",
            told.display(),
            go.display()
        ),
    )
    .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let (sender, mut incoming) = mpsc::channel(16);
    let activation = Activation::default();
    let mut shell = Shell::new(Some(program), "/run/ringside.sock".into(), activation.clone(), sender);
    let told = pipe::OpenOptions::new().read_write(true).open_receiver(&told).unwrap();
    let go = pipe::OpenOptions::new().read_write(true).open_sender(&go).unwrap();

    activation.put("token-1".into());
    shell.open(Window::Main);
    assert_eq!(line(&told).await, "--window main /run/ringside.sock token-1");
    shell.open(Window::Main);
    shell.open(Window::Popup);
    assert_eq!(line(&told).await, "--window popup /run/ringside.sock ");
    go.try_write(b"go\ngo\n").unwrap();
    assert_eq!([line(&told).await, line(&told).await], ["ended", "ended"]);
    assert!(incoming.try_recv().is_err());
}

async fn line(pipe: &pipe::Receiver) -> String {
    let (mut line, mut byte) = (Vec::new(), [0]);
    while !line.ends_with(b"\n") {
        soon(pipe.readable()).await.unwrap();
        if pipe.try_read(&mut byte).is_ok() {
            line.extend(byte);
        }
    }
    String::from_utf8(line).unwrap().trim_end_matches('\n').to_owned()
}

#[tokio::test]
async fn a_missing_or_failing_shell_is_said_and_not_fatal() {
    for (program, text) in [("/nowhere/ringside-desktop", "install ringside-desktop"), ("/bin/false", "log")]
    {
        let (sender, mut incoming) = mpsc::channel(16);
        let socket = "/run/ringside.sock".into();
        let mut shell = Shell::new(Some(program.into()), socket, Activation::default(), sender);
        shell.open(Window::Main);
        match soon(incoming.recv()).await.unwrap() {
            Incoming::Part("windows", Some(problem)) => assert!(problem.text.contains(text)),
            other => panic!("{other:?}"),
        }
    }
}
