use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The entry that starts Ringside with the session (XDG autostart), written only when a person asks for it.
#[derive(Debug, Clone)]
pub struct Autostart {
    entry: PathBuf,
}

impl Autostart {
    /// `config`: the folder of the person's settings, `$XDG_CONFIG_HOME` or `~/.config`.
    pub fn new(config: &Path) -> Self {
        Self { entry: config.join("autostart").join("ringside.desktop") }
    }

    /// Whether it starts with the session; an entry that a desktop has switched off counts as off.
    pub fn is_on(&self) -> bool {
        fs::read_to_string(&self.entry).is_ok_and(|entry| {
            !entry
                .lines()
                .any(|line| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false"))
        })
    }

    /// Starts `program agent` with the session; `program` is the path of `ringside`.
    ///
    /// # Errors
    ///
    /// The entry cannot be written, or the path holds a line break.
    pub fn switch_on(&self, program: &Path) -> io::Result<()> {
        let program = program.to_str().filter(|path| !path.contains(char::is_control)).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path of the program cannot be written in an entry",
            )
        })?;
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Ringside\nComment=Calls and colleagues at a glance\n\
             Exec={} agent\nIcon=ringside\nTerminal=false\n",
            quoted(program)
        );
        if let Some(folder) = self.entry.parent() {
            fs::create_dir_all(folder)?;
        }
        let draft = self.entry.with_extension("desktop.new");
        fs::write(&draft, entry)?;
        fs::rename(&draft, &self.entry)
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
        let autostart = Autostart::new(config.path());
        assert!(!autostart.is_on());
        autostart.switch_off().unwrap();
        autostart.switch_on(Path::new("/opt/my tools/100%/ringside")).unwrap();
        assert!(autostart.is_on());
        let entry = fs::read_to_string(&autostart.entry).unwrap();
        assert!(entry.contains("\nExec=\"/opt/my tools/100%%/ringside\" agent\n"), "{entry}");
        fs::write(&autostart.entry, format!("{entry}Hidden=true\n")).unwrap();
        assert!(!autostart.is_on());
        autostart.switch_off().unwrap();
        assert!(!autostart.entry.exists());
    }

    #[test]
    fn what_a_shell_would_read_is_escaped_twice() {
        assert_eq!(quoted(r#"/a\b"$c"#), r#""/a\\\\b\\"\\$c""#);
    }
}
