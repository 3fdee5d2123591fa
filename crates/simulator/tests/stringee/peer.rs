//! A script of `tests/peers`.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::Value;
use tokio::sync::mpsc;

use crate::rig::NEVER;

/// A running script, ended with the test.
pub struct Peer {
    child: Child,
    stdin: ChildStdin,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Peer {
    pub fn start(script: &str, arguments: &[&str]) -> Peer {
        let peers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers");
        assert!(
            peers.join("node_modules/stringee").exists(),
            "run `npm ci` in tests/peers (./dev test does)"
        );
        let mut child = Command::new("node")
            .arg(peers.join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is installed (./dev test does it)");
        let (sender, lines) = mpsc::unbounded_channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Peer { stdin: child.stdin.take().unwrap(), child, lines }
    }

    pub async fn line(&mut self) -> String {
        tokio::time::timeout(NEVER, self.lines.recv()).await.expect("it answers").expect("it runs on")
    }

    pub fn tell(&mut self, command: &Value) {
        writeln!(self.stdin, "{command}").unwrap();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
