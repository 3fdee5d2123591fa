//! Tokens are in the agent and the keyring: not in the processes that draw windows, and nothing of the desktop is told one.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt as _,
};

use anyhow::{Context as _, Result, ensure};
use e2e::{App, Audience, Desktop, Mode, play, secret};
use simulator::firmafon::{Caller, Endpoint};

const ME: u64 = 77;
const CALLER: &str = "4511223344";
const PAGE: u64 = 4096;

#[test]
fn what_draws_windows_holds_no_token_and_a_notification_says_none() -> Result<()> {
    play(Audience::Eyes, async |desktop, office| {
        let app = App::start_with_window(desktop, Mode::Attached, office).await?;
        let (page, office) = (app.live().await?, office.firmafon());
        office.incoming_call(Endpoint::Employee(ME), &Caller::Number(CALLER.to_owned()), &[ME]);
        page.until_there("[data-testid=call-row][data-state=ringing]").await?;
        page.click("[data-testid=tab-settings]").await?;
        page.click("[data-testid=tab-accounts]").await?;
        let secret = secret(desktop)?;
        let token = secret["access_token"].as_str().context("a token")?;

        let rings = desktop.notifications.until_shown("call.incoming", 0).await?;
        ensure!(!format!("{rings:?}").contains(token), "the notification's hints hold the token");

        let processes = processes(desktop)?;
        let are = |name: &str| processes.iter().filter(|process| process.name.starts_with(name)).count();
        for name in ["ringside-deskto", "WebKitWebProces", "WebKitNetworkPr", "ringside"] {
            ensure!(are(name) > 0, "{name} is not among {processes:?}");
        }
        for process in &processes {
            for what in ["cmdline", "environ"] {
                let said = String::from_utf8_lossy(&fs::read(process.file(what))?).into_owned();
                ensure!(!said.contains(token), "{what} of {process:?} holds the token");
            }
        }
        let draws =
            |process: &&Process| process.name.starts_with("WebKit") || process.name.starts_with("ringside-d");
        for process in processes.iter().filter(draws) {
            ensure!(!process.remembers(token)?, "the memory of {process:?} holds the token");
        }
        // What is looked for is found where it is.
        let agent = processes.iter().find(|process| process.name == "ringside").context("the agent")?;
        ensure!(agent.remembers(token)?, "the agent has forgotten its token");
        Ok(())
    })
}

/// One that was started in the desktop.
#[derive(Debug)]
struct Process {
    id: u32,
    /// The first 15 letters.
    name: String,
}

fn processes(desktop: &Desktop) -> Result<Vec<Process>> {
    let folder = desktop.folder().display().to_string();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(id) = entry?.file_name().to_string_lossy().parse() else { continue };
        let mut process = Process { id, name: String::new() };
        // One may have ended meanwhile, and others' may not be looked at.
        let environment = fs::read(process.file("environ")).unwrap_or_default();
        if String::from_utf8_lossy(&environment).contains(&folder) {
            process.name = fs::read_to_string(process.file("comm"))?.trim_end().to_owned();
            found.push(process);
        }
    }
    Ok(found)
}

impl Process {
    fn file(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.id)
    }

    /// Whether these words are in what it has written to its memory.
    fn remembers(&self, words: &str) -> Result<bool> {
        let (memory, pages) = (File::open(self.file("mem"))?, File::open(self.file("pagemap"))?);
        for line in fs::read_to_string(self.file("maps"))?.lines() {
            let (range, rest) = line.split_once(' ').context("a range")?;
            if !rest.starts_with("rw") {
                continue;
            }
            let (from, to) = range.split_once('-').context("two ends")?;
            let (from, to) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
            for (from, to) in present(&pages, from / PAGE, to / PAGE) {
                let mut bytes = vec![0; usize::try_from((to - from) * PAGE)?];
                // A range may have gone meanwhile.
                if memory.read_exact_at(&mut bytes, from * PAGE).is_ok()
                    && String::from_utf8_lossy(&bytes).contains(words)
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// The ranges of pages that are there (proc(5), pagemap): most of what is mapped never was.
fn present(pages: &File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    let mut begin = from;
    let mut entries = vec![0; 8 << 16];
    while begin < to {
        let Ok(read @ 8..) = pages.read_at(&mut entries, begin * 8) else { break };
        for (page, entry) in (begin..to).zip(entries.chunks_exact(8).take(read / 8)) {
            // Bit 63: in memory; bit 62: swapped.
            if entry.last().is_none_or(|byte| byte & 0xc0 == 0) {
                continue;
            }
            match ranges.last_mut() {
                Some((_, end)) if *end == page => *end += 1,
                _ => ranges.push((page, page + 1)),
            }
        }
        begin += read as u64 / 8;
    }
    ranges
}
