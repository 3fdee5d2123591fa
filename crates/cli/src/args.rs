use std::{net::SocketAddr, path::PathBuf};

use clap::{Args as Group, Parser, Subcommand};

/// Shows incoming calls and who is free, and switches do-not-disturb, over several telephony clouds at once.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 no agent is running, 4 sign-in needed.
#[derive(Debug, Parser)]
#[command(name = "ringside", version, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Stay in the tray: connections, notifications, control socket
    Agent(Agent),
    /// Connect without an agent and print what happens
    Watch(Watch),
    /// Show the built-in demo office: simulated providers on this computer
    #[cfg(feature = "demo")]
    Demo(Demo),
    /// Run the simulated providers alone and print their addresses as one JSON line
    #[cfg(feature = "demo")]
    Simulate(Simulate),
    /// Who am I, connections, calls
    Status(Json),
    /// Switch do-not-disturb in every account, or show it
    Dnd(Dnd),
    /// Say that the screen is shared: callers are not named on it
    Share(Share),
    /// Callers to be quiet about today
    Quiet(Quiet),
    /// Calls, newest first
    Calls(Calls),
    /// Times in which nothing was heard, and what was fetched afterwards
    Gaps(Json),
    /// Write something about a call; it is shown when the number rings again
    Note(Note),
    /// Be reminded of calling somebody back
    Remind(Remind),
    /// Colleagues and what they do
    People(People),
    /// Call a number: your own phone rings first
    Dial(Dial),
    /// Be told once when a colleague is free
    TellWhenFree(TellWhenFree),
    /// Play a recording again and print what it comes to
    Replay(Replay),
    /// Take a waiting caller out of a queue, to your own phone
    PickUp(PickUp),
    /// Add, list, remove, test or sign in an account
    Account(Account),
    /// Address books of your own: who is calling
    Contacts(Contacts),
    /// Check everything a call has to pass, from the settings to the screen, with a remedy for each fault
    Doctor(Doctor),
    /// Start with the session, in the tray and without a window, or no longer
    Autostart(AutostartArgs),
    /// End the running agent
    Quit,
    /// About the settings file
    Settings(SettingsArgs),
    /// Print a shell's completions
    Completions(Completions),
}

#[derive(Debug, Group)]
pub struct Sources {
    /// The settings file, instead of the user's own
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// A folder with one file per account holding its secret, instead of the keyring
    #[arg(long, value_name = "DIR", env = "CREDENTIALS_DIRECTORY", hide_env_values = true, global = true)]
    pub credentials: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct Agent {
    #[command(flatten)]
    pub sources: Sources,
    /// Use the built-in demo office instead of the settings
    #[cfg(feature = "demo")]
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Group)]
pub struct Watch {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Only this account (may be repeated)
    #[arg(long = "account", value_name = "ID")]
    pub accounts: Vec<String>,
    #[command(flatten)]
    pub sources: Sources,
    /// Show notifications as well
    #[arg(long)]
    pub notify: bool,
    /// Write down what comes and goes, with tokens removed and names and numbers replaced, in a new file
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct Replay {
    /// What `ringside watch --record` wrote
    pub file: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Another setting than was recorded, such as event_map=FILE (may be repeated)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

#[cfg(feature = "demo")]
#[derive(Debug, Group)]
pub struct Demo {
    /// One JSON object a line instead of the live view
    #[arg(long)]
    pub json: bool,
    /// How many times livelier than an ordinary office
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = positive)]
    pub speed: f64,
    /// The same number gives the same day
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

#[cfg(feature = "demo")]
#[derive(Debug, Group)]
pub struct Simulate {
    /// The address to listen on; must be of this computer
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// How many colleagues
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub people: usize,
    /// Happenings a second; 0 for an office in which nothing happens by itself
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    pub rate: f64,
    /// The same number gives the same day
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Group)]
pub struct Json {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Group)]
pub struct Dnd {
    #[command(subcommand)]
    pub command: DndCommand,
}

#[derive(Debug, Subcommand)]
pub enum DndCommand {
    /// Switch it on; without a length for one hour
    On {
        /// For how long, such as 30m or 2h
        #[arg(long = "for", value_name = "TIME", conflicts_with_all = ["until", "open_ended"])]
        length: Option<String>,
        /// Until when, such as 17:00 or tomorrow
        #[arg(long, value_name = "TIME", conflicts_with = "open_ended")]
        until: Option<String>,
        /// Until it is switched off; you are asked again after eight hours
        #[arg(long)]
        open_ended: bool,
    },
    /// Switch it off
    Off,
    /// Switch it off if it is on, else on for an hour
    Toggle,
    /// Leave it on without an end, and be asked again later
    Keep,
    /// Show it, account by account
    Status(Json),
}

#[derive(Debug, Group)]
pub struct Share {
    #[command(subcommand)]
    pub command: ShareCommand,
}

#[derive(Debug, Subcommand)]
pub enum ShareCommand {
    /// Name no caller on the screen; ends by itself
    On {
        /// For how long, such as 45m or 2h
        #[arg(long = "for", value_name = "TIME", default_value = "2h")]
        length: String,
    },
    /// Name callers again
    Off,
    /// Show who may see the screen, as far as is known
    Status(Json),
}

#[derive(Debug, Group)]
pub struct Quiet {
    #[command(subcommand)]
    pub command: QuietCommand,
}

#[derive(Debug, Subcommand)]
pub enum QuietCommand {
    /// Be quiet about a number until midnight
    Add {
        /// With country code, such as +4511223344
        number: String,
    },
    /// No longer be quiet about it
    Remove {
        /// With country code, such as +4511223344
        #[arg(required_unless_present = "all")]
        number: Option<String>,
        /// All of them
        #[arg(long, conflicts_with = "number")]
        all: bool,
    },
    /// List them
    List(Json),
}

#[derive(Debug, Group)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Calls {
    #[command(subcommand)]
    pub command: Option<CallsCommand>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Only calls that began then or later, such as 2026-11-21, yesterday or 7d (ago)
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only calls that began earlier
    #[arg(long, value_name = "TIME")]
    pub before: Option<String>,
    /// Only calls I missed
    #[arg(long)]
    pub missed: bool,
    /// Only calls with this in name, number, line or note
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// All calls that match, for another program
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub export: Option<Export>,
    /// So many at most [default: 100, or all with --export]
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Export {
    Csv,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum CallsCommand {
    /// The missed calls have been looked at
    Seen {
        /// Only this one: an id, `last`, or the newest that a search finds
        call: Option<String>,
    },
    /// Forget who was at the other end of a call, for good
    Private {
        /// An id, `last`, or the newest that a search finds
        call: String,
    },
    /// Forget calls for good
    #[command(group = clap::ArgGroup::new("which").required(true))]
    Erase {
        /// Calls that began earlier, such as 2026-11-21 or 30d (ago)
        #[arg(long, value_name = "TIME", group = "which")]
        before: Option<String>,
        /// Calls with this number
        #[arg(long, value_name = "NUMBER", group = "which")]
        number: Option<String>,
        /// One call, by its id
        #[arg(long, value_name = "ID", group = "which")]
        call: Option<String>,
        /// All calls
        #[arg(long, group = "which")]
        all: bool,
    },
}

#[derive(Debug, Group)]
pub struct Note {
    /// An id, `last`, or the newest call that a search finds
    pub call: String,
    /// What; an empty text takes the note away
    pub text: String,
}

#[derive(Debug, Group)]
pub struct Remind {
    /// An id, `last`, or the newest call that a search finds
    pub call: String,
    /// When, such as 15:00, 2h or 2026-11-21T15:00; `off` for not at all
    pub at: String,
}

#[derive(Debug, Group)]
pub struct People {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Only people with this in name or number
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

#[derive(Debug, Group)]
pub struct Dial {
    /// With country code, such as +4511223344
    pub number: String,
    /// By this account
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
}

#[derive(Debug, Group)]
pub struct TellWhenFree {
    /// A colleague's id, or enough of the name to tell them from all others
    pub person: String,
    /// For how long to wait, such as 30m or 2h; without it an hour
    #[arg(long = "for", value_name = "TIME", conflicts_with = "cancel")]
    pub length: Option<String>,
    /// Wait no longer
    #[arg(long)]
    pub cancel: bool,
}

#[derive(Debug, Group)]
pub struct PickUp {
    /// The queue, as `ringside status` shows it: account/id
    pub queue: String,
    /// The caller; without one, who has waited longest
    #[arg(long, value_name = "ID")]
    pub caller: Option<String>,
}

#[derive(Debug, Group)]
pub struct Contacts {
    #[command(subcommand)]
    pub command: ContactsCommand,
    #[command(flatten)]
    pub sources: Sources,
}

#[derive(Debug, Subcommand)]
pub enum ContactsCommand {
    /// The address books that the settings name, and how each stands
    List(Json),
    /// Read a vCard or CSV file and list what cannot be used of it, and why
    Check { file: PathBuf },
    /// Who has this number, by the files that the settings name
    Who {
        /// With its country code, or as your country writes it
        number: String,
    },
    /// Store the password of the address book on a server; it is asked for, or read from standard input
    SignIn,
}

#[derive(Debug, Group)]
pub struct Account {
    #[command(subcommand)]
    pub command: AccountCommand,
    #[command(flatten)]
    pub sources: Sources,
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account; the secret is asked for, or read from standard input
    Add {
        /// Its name here: a-z, 0-9 and -
        id: String,
        /// The vendor, such as firmafon
        #[arg(long)]
        provider: String,
        /// A setting, such as api_url=https://… (may be repeated)
        #[arg(long = "set", value_name = "KEY=VALUE")]
        set: Vec<String>,
    },
    /// List the accounts
    List(Json),
    /// Remove an account and its secret
    Remove {
        /// Which one
        id: String,
    },
    /// Connect once and tell what works
    Test {
        /// Which one
        id: String,
    },
    /// Store another secret; it is asked for, or read from standard input
    SignIn {
        /// Which one
        id: String,
    },
}

#[derive(Debug, Group)]
pub struct Doctor {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Write what was found to a new file to be sent along, without names, numbers and accounts
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub bundle: Option<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
}

#[derive(Debug, Group)]
pub struct AutostartArgs {
    #[command(subcommand)]
    pub command: AutostartCommand,
}

#[derive(Debug, Subcommand)]
pub enum AutostartCommand {
    /// Start with the session
    On,
    /// Do not start with the session
    Off,
    /// Show whether it does
    Status(Json),
}

#[derive(Debug, Group)]
pub struct SettingsArgs {
    #[command(subcommand)]
    pub command: SettingsCommand,
}

#[derive(Debug, Subcommand)]
pub enum SettingsCommand {
    /// Print the JSON Schema of the settings file, or of a file that an account's key names
    Schema {
        /// The provider and the key, such as nguc.event_map
        of: Option<String>,
    },
    /// Look for faults in the settings, or in a file that an account's key names, such as an event map
    Check {
        /// The provider and the key, such as nguc.event_map; without one, the settings
        #[arg(requires = "file")]
        of: Option<String>,
        /// The file
        file: Option<PathBuf>,
    },
    /// Print where the settings file lies
    Path,
    /// Every setting of the running agent, what it is and who says so
    List(Json),
    /// Write one value into the settings; without a value, take it out
    Set {
        /// Its name, after its table: proxy, window.theme, account.work.popups
        key: String,
        /// What it is to be
        value: Option<String>,
    },
}

#[derive(Debug, Group)]
pub struct Completions {
    /// bash, elvish, fish, powershell or zsh
    pub shell: clap_complete::Shell,
}

#[cfg(feature = "demo")]
fn positive(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|n: &f64| n.is_finite() && *n > 0.0)
        .ok_or_else(|| "must be a number above 0".to_owned())
}
