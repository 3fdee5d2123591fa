use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

const NAME: &str = "ringside";

/// The entry that starts Ringside with the session (XDG autostart), written only when a person asks for it. It starts
/// the agent, which has no window.
#[derive(Debug, Clone)]
pub struct Autostart {
    entry: PathBuf,
}

/// What starts with the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Starts {
    /// Nothing of ours.
    Not,
    /// Ringside.
    Program,
    /// Nothing, for this program of the entry is not there.
    Nothing(String),
}

impl Autostart {
    /// `config`: the folder of the person's settings, `$XDG_CONFIG_HOME` or `~/.config`.
    pub fn new(config: &Path) -> Self {
        Self { entry: config.join("autostart").join("ringside.desktop") }
    }

    /// What starts with the session; an entry that a desktop has switched off counts as none.
    pub fn starts(&self) -> Starts {
        let Ok(entry) = fs::read_to_string(&self.entry) else { return Starts::Not };
        let off = |line: &str| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false");
        if entry.lines().any(off) {
            return Starts::Not;
        }
        let program = entry.lines().find_map(|line| line.strip_prefix("TryExec=")).unwrap_or(NAME);
        let program = program.replace("\\\\", "\\");
        if found(&program).is_some() { Starts::Program } else { Starts::Nothing(program) }
    }

    /// Starts `program agent` with the session; `program` is the path of `ringside`. One that is found by its name is
    /// written by its name, so that the entry stays good wherever it is installed next.
    ///
    /// # Errors
    ///
    /// The entry cannot be written, or the path holds a line break.
    pub fn switch_on(&self, program: &Path) -> io::Result<()> {
        let path = program.to_str().filter(|path| !path.contains(char::is_control)).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path of the program cannot be written in an entry",
            )
        })?;
        let program = if found(NAME).is_some_and(|found| is_same(&found, program)) { NAME } else { path };
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Ringside\nComment=Calls and colleagues at a glance\n\
             TryExec={}\nExec={} agent\nIcon=ringside\nTerminal=false\n",
            program.replace('\\', "\\\\"),
            quoted(program)
        );
        if let Some(folder) = self.entry.parent() {
            fs::create_dir_all(folder)?;
        }
        let draft = self.entry.with_extension("desktop.new");
        fs::write(&draft, entry)?;
        fs::rename(&draft, &self.entry)
    }

    /// Writes the entry anew if it names a program that is no longer there; `program` is the path of `ringside`.
    ///
    /// # Errors
    ///
    /// See [`Autostart::switch_on`].
    pub fn mend(&self, program: &Path) -> io::Result<()> {
        match self.starts() {
            Starts::Nothing(_) => self.switch_on(program),
            Starts::Not | Starts::Program => Ok(()),
        }
    }

    /// No longer starts with the session.
    ///
    /// # Errors
    ///
    /// The entry cannot be removed.
    pub fn switch_off(&self) -> io::Result<()> {
        match fs::remove_file(&self.entry) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// The file behind a path, or behind a name in `PATH`.
fn found(program: &str) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(|path| path.is_file());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// An argument of `Exec`: quoted, and its backslashes escaped once for the quotes and once for the file's strings
/// (Desktop Entry Specification 1.5, "The Exec key").
fn quoted(argument: &str) -> String {
    let mut text = String::from("\"");
    for c in argument.chars() {
        match c {
            '\\' => text.push_str("\\\\\\\\"),
            '"' | '`' | '$' => text.extend(["\\\\", c.encode_utf8(&mut [0; 4])]),
            '%' => text.push_str("%%"),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_switched_on_and_off() {
        let config = tempfile::tempdir().unwrap();
        let program = config.path().join("my tools 100%");
        fs::write(&program, "").unwrap();
        let autostart = Autostart::new(config.path());
        assert_eq!(autostart.starts(), Starts::Not);
        autostart.switch_off().unwrap();
        autostart.switch_on(&program).unwrap();
        assert_eq!(autostart.starts(), Starts::Program);
        let entry = fs::read_to_string(&autostart.entry).unwrap();
        let path = program.to_str().unwrap();
        let exec = format!("\nTryExec={path}\nExec=\"{}\" agent\n", path.replace('%', "%%"));
        assert!(entry.contains(&exec), "{entry}");
        fs::write(&autostart.entry, format!("{entry}Hidden=true\n")).unwrap();
        assert_eq!(autostart.starts(), Starts::Not);
        autostart.switch_off().unwrap();
        assert!(!autostart.entry.exists());
    }

    #[test]
    fn complaint_20_what_starts_with_the_session_is_the_agent_which_has_no_window() {
        let config = tempfile::tempdir().unwrap();
        let autostart = Autostart::new(config.path());
        autostart.switch_on(Path::new("/opt/ringside/ringside")).unwrap();
        let entry = fs::read_to_string(&autostart.entry).unwrap();
        let starts: Vec<&str> = entry.lines().filter_map(|line| line.strip_prefix("Exec=")).collect();
        assert_eq!(starts, ["\"/opt/ringside/ringside\" agent"]);
    }

    #[test]
    fn an_entry_whose_program_has_moved_is_seen_and_mended() {
        let config = tempfile::tempdir().unwrap();
        let (old, new) = (config.path().join("old"), config.path().join("new"));
        let autostart = Autostart::new(config.path());
        autostart.mend(&new).unwrap();
        assert_eq!(autostart.starts(), Starts::Not, "nobody has asked for an entry");
        autostart.switch_on(&old).unwrap();
        assert_eq!(autostart.starts(), Starts::Nothing(old.to_str().unwrap().to_owned()));
        fs::write(&new, "").unwrap();
        autostart.mend(&new).unwrap();
        assert_eq!(autostart.starts(), Starts::Program);
    }

    #[test]
    fn what_a_shell_would_read_is_escaped_twice() {
        assert_eq!(quoted(r#"/a\b"$c"#), r#""/a\\\\b\\"\\$c""#);
    }
}
