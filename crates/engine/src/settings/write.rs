use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use providers::{Key, Kind, vendor};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

use crate::{NewAccount, write_atomically};

/// Adds an account to the file, which keeps its comments and order; makes the file if there is none.
///
/// # Errors
/// If the file cannot be read or written, is not TOML (then it is left alone), or has the account already.
pub fn add_account(path: &Path, account: &NewAccount) -> anyhow::Result<()> {
    let mut document = read(path)?;
    if document.get("version").is_none() {
        document.insert("version", value(1));
    }
    let accounts = document
        .entry("account")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()
        .context("`account` in the settings is not a list of [[account]] tables; mend it by hand")?;
    if accounts.iter().any(|table| table.get("id").and_then(Item::as_str) == Some(account.id.as_str())) {
        bail!("there is an account `{}` already; choose another name", account.id);
    }
    let mut table = Table::new();
    table.insert("id", value(account.id.as_str()));
    table.insert("provider", value(account.provider.as_str()));
    for (key, given) in &account.settings {
        let known = vendor(&account.provider)
            .and_then(|vendor| vendor.keys.iter().find(|known| known.name == key.as_str()));
        let written = match known {
            Some(known) => toml(known, given).map_err(anyhow::Error::msg)?,
            None => given.as_str().into(),
        };
        table.insert(key, Item::Value(written));
    }
    accounts.push(table);
    write(path, &document)
}

/// Removes an account from the file; nothing if it is not there.
///
/// # Errors
/// If the file cannot be read or written, or is not TOML (then it is left alone).
pub fn remove_account(path: &Path, id: &str) -> anyhow::Result<()> {
    let mut document = read(path)?;
    if let Some(accounts) = document.get_mut("account").and_then(Item::as_array_of_tables_mut) {
        accounts.retain(|table| table.get("id").and_then(Item::as_str) != Some(id));
    }
    write(path, &document)
}

/// The value that a person who wrote `text` for `key` on a command line or in a form means.
pub(crate) fn toml(key: &Key, text: &str) -> Result<Value, String> {
    let name = key.name;
    let text = text.trim();
    match key.kind {
        Kind::Text | Kind::Hidden | Kind::File => Ok(text.into()),
        Kind::Number => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| format!("`{name}` must be a number, such as 30.")),
        Kind::Switch => {
            text.parse::<bool>().map(Value::from).map_err(|_| format!("`{name}` must be true or false."))
        }
        Kind::List if text.starts_with('[') => text
            .parse::<Value>()
            .ok()
            .filter(Value::is_array)
            .ok_or_else(|| format!("`{name}` must be a list, such as [\"one\", \"two\"].")),
        Kind::List => Ok(text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()),
        Kind::Table => text
            .parse::<Value>()
            .ok()
            .filter(Value::is_inline_table)
            .ok_or_else(|| format!("`{name}` must be a table, such as {{ key = \"value\" }}.")),
    }
}

pub(super) fn read(path: &Path) -> anyhow::Result<DocumentMut> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).context("the settings file cannot be read"),
    };
    text.parse().context("the settings file is not TOML and was left alone; mend it by hand")
}

pub(super) fn write(path: &Path, document: &DocumentMut) -> anyhow::Result<()> {
    write_atomically(path, document.to_string().as_bytes()).context("the settings file cannot be written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Secret, Settings};

    #[test]
    fn an_account_is_added_and_removed_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/settings.toml");
        let account = NewAccount {
            id: "work".into(),
            provider: "firmafon".into(),
            settings: [("pubsub_url".to_owned(), "http://127.0.0.1:1/faye".to_owned())].into(),
            secret: Secret("{}".into()),
        };
        add_account(&path, &account).unwrap();
        assert!(add_account(&path, &account).is_err());
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(Settings::parse(&text).accounts.len(), 1, "{text}");
        fs::write(&path, format!("# mine\n{text}")).unwrap();
        remove_account(&path, "work").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# mine\n"));
        assert_eq!(Settings::parse(&text).accounts.len(), 0);
    }

    #[test]
    fn what_a_person_types_for_a_key_is_written_as_what_it_is() {
        let is = |key: Key, text: &str| toml(&key, text).map(|value| value.to_string());
        assert_eq!(is(Key::list("a", "", ""), "x, y,"), Ok(r#"["x", "y"]"#.to_owned()));
        assert_eq!(is(Key::list("a", "", ""), r#"["x, y"]"#), Ok(r#"["x, y"]"#.to_owned()));
        assert_eq!(is(Key::number("a", "", ""), " 30 "), Ok("30".to_owned()));
        assert_eq!(is(Key::switch("a", "", ""), "true"), Ok("true".to_owned()));
        assert_eq!(is(Key::table("a", "", ""), "{ b = 1 }"), Ok("{ b = 1 }".to_owned()));
        assert_eq!(is(Key::text("a", "", ""), "30"), Ok(r#""30""#.to_owned()));
        for key in [Key::number("a", "", ""), Key::switch("a", "", ""), Key::table("a", "", "")] {
            assert!(is(key, "so").unwrap_err().starts_with("`a` must be"));
        }
    }

    #[test]
    fn a_file_that_is_not_toml_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        fs::write(&path, "[[").unwrap();
        assert!(remove_account(&path, "work").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "[[");
    }
}
