//! The settings as a form: every key there is, what it is, and who says so; and a change of one of them.

use std::path::Path;

use model::{Problem, ProblemCode};
use providers::{Key, Kind, Vendor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::{Account, Popups, SECTIONS, Settings, layers, write};
use crate::{Reach, Reply, SettingChange, paths};

/// The keys beside all tables.
pub(super) static TOP: &[Key] = &[
    Key::switch("popup_window", "Popup window", "Open a small window for a ringing call as well.")
        .default("false"),
    Key::text("proxy", "Proxy", "http://[user:password@]host:port; empty: as the system has it."),
    Key::file("ca_file", "Certificates", "A PEM file of certificates trusted beside the system's."),
];

/// The keys of every account.
pub(super) static OF_ACCOUNTS: &[Key] =
    &[Key::text("popups", "Calls that are announced", "Whose calls are announced.")
        .choices(&["mine", "all", "none"])
        .default("mine")];

/// What can be set, and what is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct SettingsForm {
    /// Where the person's own settings lie; `None` where nothing can be set (the demo).
    pub file: Option<String>,
    /// Where the organisation's lie, if there are any.
    pub organisation: Option<String>,
    /// In the order in which they are shown.
    pub groups: Vec<Group>,
}

/// A table of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Group {
    /// Empty for what is in no table, `window` and the like, or `account.` and the account's id.
    pub id: String,
    /// For people; an account's is its id.
    pub title: String,
    /// What is in it.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Entry {
    /// Its name in the file.
    pub key: String,
    /// What people call it.
    pub title: String,
    /// One line for people.
    pub about: String,
    /// What is written there.
    pub kind: EntryKind,
    /// The values it may have; empty if any.
    pub choices: Vec<String>,
    /// What it is when nothing is set.
    pub default: Option<String>,
    /// What is set, as a person writes it; `None` if nothing is, or it is not to be shown.
    pub value: Option<String>,
    /// Whether something is set that is not shown, such as a password.
    pub hidden: bool,
    /// Who says so.
    pub origin: Origin,
    /// Whether the person has no say in it.
    pub locked: bool,
}

/// A value may be an address with a password in it.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.key, self.origin)
    }
}

/// What is written at an [`Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Any text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// Texts with commas between.
    List,
    /// A table in TOML's own spelling.
    Table,
    /// The path of a file.
    File,
}

/// Who says what a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Nobody: it is the usual one.
    Default,
    /// The person.
    Own,
    /// The organisation.
    Organisation,
}

impl SettingsForm {
    /// The form of these settings, which were read from `file`.
    pub(crate) fn of(settings: &Settings, file: &Path) -> Self {
        let organisation = paths::organisation_settings().filter(|path| path.exists());
        let mut groups = vec![group(settings, "", "General", TOP, |key| top(settings, key))];
        groups.extend(SECTIONS.iter().map(|section| {
            let values = settings.section(section.name);
            group(settings, section.name, section.title, section.keys, |key| values.get(key).cloned())
        }));
        groups.extend(settings.accounts.iter().map(|account| of_account(settings, account)));
        Self {
            file: Some(file.display().to_string()),
            organisation: organisation.map(|path| path.display().to_string()),
            groups,
        }
    }
}

fn of_account(settings: &Settings, account: &Account) -> Group {
    let id = format!("account.{}", account.id);
    let mut made =
        group(settings, &id, account.id.as_str(), OF_ACCOUNTS, |_| popups(account.popups).map(Value::from));
    let own = |key: &str| account.keys.get(key).cloned();
    made.entries.extend(group(settings, &id, "", account.vendor.keys, own).entries);
    let origins = &settings.origins;
    let theirs = origins.organisation.contains(&id) && (origins.is_locked(&id) || !origins.own.contains(&id));
    for entry in &mut made.entries {
        entry.locked |= theirs;
        if theirs && entry.value.is_some() {
            entry.origin = Origin::Organisation;
        }
    }
    made
}

fn popups(popups: Popups) -> Option<&'static str> {
    match popups {
        Popups::Mine => None,
        Popups::All => Some("all"),
        Popups::None => Some("none"),
    }
}

fn top(settings: &Settings, key: &str) -> Option<Value> {
    match key {
        "popup_window" => settings.popup_window.then(|| true.into()),
        "proxy" => settings.network.proxy.clone().map(Value::from),
        "ca_file" => settings.network.ca_file.as_ref().map(|path| path.to_string_lossy().into()),
        _ => None,
    }
}

fn group(
    settings: &Settings,
    id: &str,
    title: &str,
    keys: &[Key],
    value: impl Fn(&str) -> Option<Value>,
) -> Group {
    let entries = keys.iter().map(|key| entry(settings, id, key, value(key.name))).collect();
    Group { id: id.to_owned(), title: title.to_owned(), entries }
}

fn entry(settings: &Settings, group: &str, key: &Key, value: Option<Value>) -> Entry {
    let path = path(group, key.name);
    let value = value.map(|value| text(&value));
    let hidden = value.as_deref().is_some_and(|value| key.kind == Kind::Hidden || has_password(value));
    Entry {
        key: key.name.to_owned(),
        title: key.title.to_owned(),
        about: key.about.to_owned(),
        kind: match key.kind {
            Kind::Text | Kind::Hidden => EntryKind::Text,
            Kind::Number => EntryKind::Number,
            Kind::Switch => EntryKind::Switch,
            Kind::List => EntryKind::List,
            Kind::Table => EntryKind::Table,
            Kind::File => EntryKind::File,
        },
        choices: key.choices.iter().map(|&choice| choice.to_owned()).collect(),
        default: key.default.map(str::to_owned),
        origin: if settings.origins.is_organisations(&path) {
            Origin::Organisation
        } else if value.is_some() {
            Origin::Own
        } else {
            Origin::Default
        },
        value: value.filter(|_| !hidden),
        hidden,
        locked: settings.origins.is_locked(&path),
    }
}

/// Whether a text is an address with `user:password@` in it.
fn has_password(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|host| host.contains('@')))
}

fn path(group: &str, key: &str) -> String {
    if group.is_empty() { key.to_owned() } else { format!("{group}.{key}") }
}

/// A value as a person writes it.
fn text(value: &Value) -> String {
    let plain = |value: &Value| value.as_str().map(|text| !text.contains([',', '[', '"'])) == Some(true);
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(plain) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Object(table) => {
            let pair = |(key, value): (&String, &Value)| format!("{} = {value}", quoted(key));
            format!("{{ {} }}", table.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        Value::Array(_) | Value::Number(_) | Value::Bool(_) | Value::Null => value.to_string(),
    }
}

fn quoted(key: &str) -> String {
    let bare = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') && !key.is_empty();
    if bare { key.to_owned() } else { Value::from(key).to_string() }
}

/// Writes one value into a person's own settings, or takes it out; comments and order stay.
///
/// # Errors
/// If the organisation has locked it, the value does not fit, or the file cannot be written.
pub(crate) fn change_setting(path: &Path, organisation: Option<&Path>, change: &SettingChange) -> Reply {
    let settings = |text: &str| Problem::new(ProblemCode::Settings, text);
    let theirs = organisation.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let text = |error: anyhow::Error| settings(&format!("{error:#}."));
    let mut document = write::read(path).map_err(text)?;
    changed(&mut document, &theirs, change).map_err(|text| settings(&text))?;
    if change.key == "ca_file" {
        Reach::new(&layers::over(&document.to_string(), &theirs).network)?;
    }
    write::write(path, &document).map_err(text)
}

/// What `change` makes of a file that no organisation has a say in; `None` if it is not to be made.
pub(crate) fn changed_text(file: &str, change: &SettingChange) -> Option<String> {
    let mut document = file.parse().ok()?;
    changed(&mut document, "", change).ok()?;
    Some(document.to_string())
}

/// What `change` makes of a document; what is wrong with it, in one sentence.
fn changed(document: &mut DocumentMut, theirs: &str, change: &SettingChange) -> Result<(), String> {
    let before = layers::over(&document.to_string(), theirs);
    if before.origins.is_locked(&path(&change.group, &change.key)) {
        return Err("Your organisation has fixed this value; ask whoever looks after your computer.".into());
    }
    let (keys, table) = place(document, change)?;
    let known =
        keys.iter().flat_map(|keys| keys.iter()).find(|known| known.name == change.key).ok_or_else(|| {
            format!("`{}` is not a known key; `ringside settings list` shows them.", change.key)
        })?;
    match change.value.as_deref().map(str::trim) {
        None | Some("") => drop(table.remove(&change.key)),
        Some(given) => {
            let mut value = write::toml(known, given)?;
            if let Some(former) = table.get_mut(&change.key).and_then(Item::as_value_mut) {
                *value.decor_mut() = former.decor().clone();
                *former = value;
            } else {
                table.insert(&change.key, Item::Value(value));
            }
        }
    }
    let after = layers::over(&document.to_string(), theirs);
    let words = |fault: &super::Fault| {
        fault.problem.text.split_once(": ").map_or(String::new(), |(_, text)| text.to_owned())
    };
    let known: Vec<String> = before.faults.iter().map(words).collect();
    let fresh = after.faults.iter().map(words).find(|text| !known.contains(text));
    fresh.map_or(Ok(()), |text| Err(sentence(&text)))
}

fn sentence(text: &str) -> String {
    text.replace("; the default is used", "").replace("; false is used", "").replace("; \"mine\" is used", "")
}

type Place<'a> = ([&'static [Key]; 2], &'a mut dyn TableLike);

fn place<'a>(document: &'a mut DocumentMut, change: &SettingChange) -> Result<Place<'a>, String> {
    if change.group.is_empty() {
        return Ok(([TOP, &[]], document.as_table_mut()));
    }
    if let Some(account) = change.group.strip_prefix("account.") {
        let tables = document.get_mut("account").and_then(Item::as_array_of_tables_mut);
        let table = tables
            .into_iter()
            .flat_map(|tables| tables.iter_mut())
            .find(|table| table.get("id").and_then(Item::as_str) == Some(account))
            .ok_or("This account is not in your own settings, or not as an [[account]] table; mend the file by hand.")?;
        let vendor: &'static Vendor = table
            .get("provider")
            .and_then(Item::as_str)
            .and_then(providers::vendor)
            .ok_or("This account's provider is not known; mend the settings by hand.")?;
        return Ok(([OF_ACCOUNTS, vendor.keys], table));
    }
    let section = SECTIONS
        .iter()
        .find(|section| section.name == change.group)
        .ok_or_else(|| format!("`{}` is not a known table of the settings.", change.group))?;
    let table = document
        .entry(section.name)
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or_else(|| format!("`{}` in the settings is no table; mend it by hand.", section.name))?;
    Ok(([section.keys, &[]], table))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# mine\nversion = 1\npopup_window = false # quiet\n\n[[account]]\nid = \"work\"\nprovider = \"firmafon\"\n";

    fn set(text: &str, theirs: &str, group: &str, key: &str, value: Option<&str>) -> Result<String, String> {
        let mut document: DocumentMut = text.parse().unwrap();
        let change = SettingChange { group: group.into(), key: key.into(), value: value.map(str::to_owned) };
        changed(&mut document, theirs, &change).map(|()| document.to_string())
    }

    #[test]
    fn a_value_is_changed_and_all_else_stays_as_it_was_written() {
        let text = set(FILE, "", "", "popup_window", Some("true")).unwrap();
        assert_eq!(text, FILE.replace("false # quiet", "true # quiet"));
        let text = set(&text, "", "window", "theme", Some("dark")).unwrap();
        assert!(text.starts_with("# mine") && text.contains("[window]\ntheme = \"dark\"\n"), "{text}");
        let text = set(&text, "", "account.work", "popups", Some("all")).unwrap();
        let settings = Settings::parse(&text);
        assert_eq!((settings.faults.len(), settings.accounts[0].popups), (0, Popups::All));
        let text = set(&text, "", "account.work", "popups", None).unwrap();
        assert!(!text.contains("popups"), "{text}");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_reason_and_nothing_is_changed() {
        for (group, key, value) in [
            ("window", "theme", "pink"),
            ("window", "text_percent", "900"),
            ("window", "text_percent", "large"),
            ("account.work", "api_url", "http://example.com"),
            ("account.home", "popups", "all"),
            ("", "colour", "red"),
            ("nothing", "colour", "red"),
        ] {
            let refused = set(FILE, "", group, key, Some(value)).unwrap_err();
            assert!(refused.ends_with('.') && !refused.contains("default is used"), "{refused}");
        }
        let locked = set(FILE, "locked = [\"window\"]\n", "window", "theme", Some("dark")).unwrap_err();
        assert!(locked.contains("organisation"), "{locked}");
    }

    #[test]
    fn the_form_says_who_says_what_and_shows_no_password() {
        let theirs =
            "locked = [\"window.theme\"]\nproxy = \"http://me:secret@p:1\"\n[window]\ntheme = \"dark\"\n";
        let settings = layers::over("[window]\ndensity = \"compact\"\n", theirs);
        let form = SettingsForm::of(&settings, Path::new("settings.toml"));
        let entry = |group: &str, key: &str| {
            let group = form.groups.iter().find(|one| one.id == group).unwrap();
            group.entries.iter().find(|one| one.key == key).unwrap().clone()
        };
        let theme = entry("window", "theme");
        assert_eq!((theme.origin, theme.locked), (Origin::Organisation, true));
        assert_eq!(theme.value.as_deref(), Some("dark"));
        let density = entry("window", "density");
        assert_eq!((density.origin, density.locked), (Origin::Own, false));
        assert_eq!(entry("window", "text_percent").origin, Origin::Default);
        let proxy = entry("", "proxy");
        assert!(proxy.hidden && proxy.value.is_none());
        assert!(!serde_json::to_string(&form).unwrap().contains("secret"));
    }

    #[test]
    fn values_are_shown_as_they_are_typed() {
        use serde_json::json;
        assert_eq!(text(&json!(["a", "b"])), "a, b");
        assert_eq!(text(&json!(["a, b"])), r#"["a, b"]"#);
        assert_eq!(text(&json!({ "a": 1, "b c": "x" })), r#"{ a = 1, "b c" = "x" }"#);
        assert_eq!(text(&json!(30)), "30");
    }
}
