//! What a process was seen to do by strace, where that can be used.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Command, Stdio},
};

/// The arguments in front of a program that is to be looked at.
pub(crate) fn prefix(file: &Path) -> Option<Vec<String>> {
    let strace = |arguments: &[&str]| {
        let mut command = Command::new("strace");
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    strace(&["-o", "/dev/null", "true"]).then(|| {
        let calls = "trace=connect,sendto,sendmsg,write,writev";
        let arguments = ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o"];
        arguments
            .iter()
            .map(|&text| text.to_owned())
            .chain([file.display().to_string(), "--".to_owned()])
            .collect()
    })
}

/// Whom was connected to: `ADDRESS:PORT` or the path of a socket.
pub(crate) fn connects(file: &Path) -> Option<BTreeSet<String>> {
    let text = std::fs::read(file).ok()?;
    let text = String::from_utf8_lossy(&text);
    Some(text.lines().filter(|line| line.contains("connect(")).filter_map(target).collect())
}

/// From `connect(9, {sa_family=AF_INET, sin_port=htons(40001), sin_addr=inet_addr("127.0.0.1")}, 16)`.
fn target(line: &str) -> Option<String> {
    let between = |from: &str, to: &str| Some(line.split_once(from)?.1.split_once(to)?.0.to_owned());
    if line.contains("AF_UNIX") {
        return between("sun_path=", "}").map(|path| path.trim_matches(['@', '"']).to_owned());
    }
    if line.contains("AF_UNSPEC") {
        return None;
    }
    let port = between("port=htons(", ")")?;
    let address = between("inet_addr(\"", "\"").or_else(|| between("inet_pton(AF_INET6, \"", "\""))?;
    Some(format!("{address}:{port}"))
}

/// The tokens that went out in the clear head of a request: all that an account was given on its way.
pub(crate) fn bearers(file: &Path) -> BTreeSet<String> {
    let text =
        std::fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let heads = ["authorization: Bearer ", "Authorization: Bearer ", "x-auth-token: ", "X-Auth-Token: "];
    heads
        .iter()
        .flat_map(|head| text.split(head).skip(1))
        .filter_map(|rest| rest.split(['\\', '"', '\r', '\n']).next())
        .map(str::to_owned)
        .collect()
}
