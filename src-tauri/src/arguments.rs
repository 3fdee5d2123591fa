use std::path::PathBuf;

use engine::Window;

/// The windows of Ringside. They show what the resident `ringside agent` knows, which is started if it does not run.
#[derive(Debug, clap::Parser)]
#[command(name = "ringside-desktop", version)]
pub struct Arguments {
    /// Work on the built-in demo office instead of the accounts of the settings.
    #[arg(long)]
    pub demo: bool,
    /// Read the settings from this file.
    #[arg(long, value_name = "FILE", conflicts_with = "demo")]
    pub config: Option<PathBuf>,
    /// Keep the connections, the tray and the notifications in this process instead of an agent.
    #[arg(long)]
    pub embedded: bool,
    /// The window to open [default: main; with --embedded: none].
    #[arg(long, value_enum)]
    pub window: Option<WindowName>,
    /// Call this `tel:` or `callto:` address.
    #[arg(value_name = "tel:NUMBER", value_parser = number)]
    pub call: Option<String>,
}

/// A [`Window`] as the command line spells it.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum WindowName {
    /// People, calls, connections.
    Main,
    /// The call that rings.
    Popup,
}

impl From<WindowName> for Window {
    fn from(name: WindowName) -> Self {
        match name {
            WindowName::Main => Self::Main,
            WindowName::Popup => Self::Popup,
        }
    }
}

/// The number in a `tel:` (RFC 3966) or `callto:` address, without its parameters.
fn number(address: &str) -> Result<String, String> {
    let wrong = || "not an address such as tel:+4512345678".to_owned();
    let (scheme, rest) = address.split_once(':').ok_or_else(wrong)?;
    if !["tel", "callto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(wrong());
    }
    let number = rest.trim_start_matches('/').split([';', '?']).next().unwrap_or_default();
    let number = number.replace("%20", " ").replace("%2B", "+").replace("%2b", "+");
    let dialled = |c: char| c.is_ascii_digit() || "+*#-.() ".contains(c);
    if number.chars().any(|c| c.is_ascii_digit()) && number.chars().all(dialled) {
        Ok(number)
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_address_gives_its_number() {
        for (address, expected) in [
            ("tel:+4571999999", "+4571999999"),
            ("TEL:+45%2071-99;phone-context=dk", "+45 71-99"),
            ("callto://%2B4571999999?call", "+4571999999"),
            ("tel:(020) 7946.0000", "(020) 7946.0000"),
        ] {
            assert_eq!(number(address).as_deref(), Ok(expected), "{address}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for address in ["+4571999999", "tel:", "tel:+", "http://71999999", "tel:71\u{202e}99", "tel:71<b>"] {
            assert!(number(address).is_err(), "{address}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
