use std::ops::Range;

use model::AccountId;
use providers::{Kind, VENDORS, Vendor};
use serde_json::{Map, Value};
use toml_edit::{Document, Item, Table, TableLike};

use crate::{
    contacts::{Plan, is_country},
    network::is_usable_proxy,
};

use super::{Account, Fault, Network, Popups, REPEATED, SECTIONS, Section, Settings, section::misfit};

const VERSION: i64 = 1;
const TOP_KEYS: &[&str] = &["version", "account", "popup_window", "proxy", "ca_file"];
const ACCOUNT_KEYS: &[&str] = &["id", "provider", "popups", "country", "strip_prefixes"];

pub(super) fn parse(text: &str) -> Settings {
    parse_with(text, SECTIONS, Whose::Own)
}

/// Like [`parse`], for a file that may lock what it holds.
pub(super) fn parse_organisations(text: &str) -> Settings {
    parse_with(text, SECTIONS, Whose::Organisations)
}

/// Whose file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Organisations,
}

fn parse_with(text: &str, sections: &'static [Section], whose: Whose) -> Settings {
    let mut reader = Reader { text, sections, whose, settings: Settings::default() };
    match Document::parse(text) {
        Ok(document) => reader.top(document.as_table()),
        Err(error) => {
            reader.settings.is_illegible = true;
            let line = reader.line(error.span());
            let what = error.message().lines().next().unwrap_or("not TOML").to_owned();
            reader.fault(
                line,
                false,
                None,
                &format!("this is not TOML ({what}); mend the line, nothing was changed."),
            );
        }
    }
    reader.settings
}

struct Reader<'a> {
    text: &'a str,
    sections: &'static [Section],
    whose: Whose,
    settings: Settings,
}

impl Reader<'_> {
    fn top(&mut self, table: &Table) {
        for (key, item) in table.iter() {
            let line = self.line_of(table, key, item);
            self.settings.origins.own.insert(key.to_owned());
            match key {
                "locked" if self.whose == Whose::Organisations => self.locked(item, line),
                "version" if item.as_integer() == Some(VERSION) => {}
                "version" => self.fault(
                    line,
                    true,
                    None,
                    "`version` is not 1: this file may be of a newer Ringside; what is understood is used.",
                ),
                "popup_window" => match item.as_bool() {
                    Some(wanted) => self.settings.popup_window = wanted,
                    None => {
                        self.fault(line, true, None, "`popup_window` must be true or false; false is used.");
                    }
                },
                "proxy" => match item.as_str() {
                    // One that cannot be used stays: nothing is sent rather than sent past it.
                    Some(proxy) => {
                        if let Err(problem) = is_usable_proxy(proxy) {
                            self.fault(line, false, None, &problem.text);
                        }
                        self.settings.network.proxy = Some(proxy.to_owned());
                    }
                    None => {
                        self.fault(line, true, None, "`proxy` must be a text such as \"http://proxy:3128\".");
                    }
                },
                "ca_file" => match item.as_str() {
                    Some(path) => {
                        self.settings.network =
                            Network { ca_file: Some(path.into()), ..self.settings.network.clone() }
                    }
                    None => self.fault(line, true, None, "`ca_file` must be the path of a PEM file."),
                },
                "account" => self.accounts(item, line),
                other => match self.sections.iter().find(|section| section.name == other) {
                    Some(section) => self.section(section, item, line),
                    None if REPEATED.iter().any(|section| section.name == other) => {
                        REPEATED
                            .iter()
                            .filter(|section| section.name == other)
                            .for_each(|section| self.rows(section, item, line));
                    }
                    None => {
                        let tables = self.sections.iter().chain(REPEATED).map(|one| one.name);
                        let known = TOP_KEYS.iter().copied().chain(tables);
                        self.unknown_key(line, None, other, known);
                    }
                },
            }
        }
    }

    fn locked(&mut self, item: &Item, line: usize) {
        let paths: Option<Vec<&str>> =
            item.as_array().map(|list| list.iter().filter_map(toml_edit::Value::as_str).collect());
        match paths {
            Some(paths) => self.settings.origins.locked = paths.into_iter().map(str::to_owned).collect(),
            None => {
                self.fault(
                    line,
                    true,
                    None,
                    "`locked` must be a list such as [\"proxy\", \"window.theme\"].",
                );
            }
        }
    }

    fn section(&mut self, section: &'static Section, item: &Item, line: usize) {
        let Some(table) = item.as_table_like() else {
            let text = format!("`{0}` must be a table; begin it with [{0}].", section.name);
            self.settings.bad_sections.insert(section.name);
            return self.fault(line, true, None, &text);
        };
        let values = self.values(section, table, line);
        self.settings.sections.insert(section.name, values);
    }

    /// Half a rule would be another rule: one with a fault is left out.
    fn rows(&mut self, section: &'static Section, item: &Item, line: usize) {
        let Some(tables) = item.as_array_of_tables() else {
            let text = format!("a `{0}` begins with [[{0}]], in double brackets.", section.name);
            return self.fault(line, true, None, &text);
        };
        let mut rows = Vec::new();
        for table in tables.iter() {
            let (line, faults) = (self.line(table.span()), self.settings.faults.len());
            let values = self.values(section, table, line);
            if self.settings.faults.len() == faults {
                rows.push(values);
            } else {
                self.fault(
                    line,
                    true,
                    None,
                    &format!("this `{}` is left out until that is mended.", section.name),
                );
            }
        }
        self.settings.rows.insert(section.name, rows);
    }

    fn values(
        &mut self,
        section: &'static Section,
        table: &dyn TableLike,
        line: usize,
    ) -> Map<String, Value> {
        let mut values = Map::new();
        for (key, item) in table.iter() {
            let line = self.line_of(table, key, item);
            let Some(known) = section.keys.iter().find(|known| known.name == key) else {
                self.unknown_key(line, None, key, section.keys.iter().map(|known| known.name));
                continue;
            };
            let value = json(item);
            match misfit(known, &value) {
                Some(what) => {
                    self.settings.bad_sections.insert(section.name);
                    self.fault(line, true, None, &format!("`{key}` {what}; the default is used."));
                }
                None => {
                    self.settings.origins.own.insert(format!("{}.{key}", section.name));
                    values.insert(key.to_owned(), value);
                }
            }
        }
        // One bad value at a time is left out, until the rest is good.
        while let Err(fault) = (section.check)(&values) {
            let key = fault.key.filter(|key| values.remove(key).is_some());
            let at = key.as_deref().and_then(|key| Some((key, table.get(key)?)));
            let line = at.map_or(line, |(key, item)| self.line_of(table, key, item));
            self.settings.bad_sections.insert(section.name);
            self.fault(line, true, None, &fault.text);
            if key.is_none() {
                values.clear();
                break;
            }
        }
        values
    }

    fn accounts(&mut self, item: &Item, line: usize) {
        if let Some(tables) = item.as_array_of_tables() {
            for table in tables.iter() {
                let line = self.line(table.span());
                self.account(table, line);
            }
        } else if let Some(array) = item.as_array() {
            for value in array.iter() {
                let line = self.line(value.span());
                match value.as_inline_table() {
                    Some(table) => self.account(table, line),
                    None => self.fault(
                        line,
                        false,
                        None,
                        "an account must be a table; begin it with [[account]].",
                    ),
                }
            }
        } else {
            self.fault(line, false, None, "an account begins with [[account]], in double brackets.");
        }
    }

    fn account(&mut self, table: &dyn TableLike, line: usize) {
        let id = match table.get("id").map(|item| (item, item.as_str())) {
            Some((_, Some(id))) if is_account_id(id) => id,
            Some((item, _)) => {
                let line = self.line_of(table, "id", item);
                return self.fault(
                    line,
                    false,
                    None,
                    "`id` must be made of a-z, 0-9 and -, such as \"work\".",
                );
            }
            None => {
                return self.fault(
                    line,
                    false,
                    None,
                    "the account has no `id`; add one such as id = \"work\".",
                );
            }
        };
        if self.settings.accounts.iter().any(|account| account.id.as_str() == id) {
            return self.fault(
                line,
                false,
                Some(id),
                "another account has the same `id`; give this one its own.",
            );
        }
        let Some(provider) = table.get("provider") else {
            let text = format!("the account has no `provider`; add one of {}.", names());
            return self.fault(line, false, Some(id), &text);
        };
        let Some(vendor) = provider.as_str().and_then(providers::vendor) else {
            let line = self.line_of(table, "provider", provider);
            let nearest =
                provider.as_str().and_then(|given| nearest(given, VENDORS.iter().map(|vendor| vendor.name)));
            let hint = nearest.map_or_else(
                || format!("use one of {}.", names()),
                |near| format!("did you mean \"{near}\"?"),
            );
            return self.fault(line, false, Some(id), &format!("this `provider` is not known; {hint}"));
        };
        let popups = self.popups(table, id);
        let numbers = self.numbers(table, id);
        let keys = self.vendor_keys(table, id, vendor);
        if let Err(fault) = (vendor.check)(&keys) {
            let at = fault.key.as_deref().and_then(|key| Some((key, table.get(key)?)));
            let line = at.map_or(line, |(key, item)| self.line_of(table, key, item));
            return self.fault(line, false, Some(id), &fault.text);
        }
        self.settings.origins.own.insert(format!("account.{id}"));
        self.settings.accounts.push(Account { id: AccountId::from(id), vendor, popups, numbers, keys });
    }

    fn popups(&mut self, table: &dyn TableLike, id: &str) -> Popups {
        let Some(item) = table.get("popups") else { return Popups::default() };
        match item.as_str() {
            Some("mine") => Popups::Mine,
            Some("all") => Popups::All,
            Some("none") => Popups::None,
            _ => {
                let line = self.line_of(table, "popups", item);
                self.fault(
                    line,
                    true,
                    Some(id),
                    "`popups` must be \"mine\", \"all\" or \"none\"; \"mine\" is used.",
                );
                Popups::default()
            }
        }
    }

    fn numbers(&mut self, table: &dyn TableLike, id: &str) -> Plan {
        let mut plan = Plan::default();
        if let Some(item) = table.get("country") {
            match item.as_str().filter(|code| is_country(code)) {
                Some(code) => plan.country = Some(code.to_ascii_uppercase()),
                None => {
                    let line = self.line_of(table, "country", item);
                    let text = "`country` must be two letters such as \"DK\"; numbers without their country code are not understood.";
                    self.fault(line, true, Some(id), text);
                }
            }
        }
        if let Some(item) = table.get("strip_prefixes") {
            let texts = item.as_array().map(|list| list.iter().map(|one| one.as_str().map(str::to_owned)));
            match texts.and_then(Iterator::collect::<Option<Vec<_>>>) {
                Some(prefixes) if prefixes.iter().all(|prefix| !prefix.is_empty()) => plan.strip = prefixes,
                Some(_) | None => {
                    let line = self.line_of(table, "strip_prefixes", item);
                    let text = "`strip_prefixes` must be a list of texts such as [\"L0#\"]; it is not used.";
                    self.fault(line, true, Some(id), text);
                }
            }
        }
        plan
    }

    fn vendor_keys(&mut self, table: &dyn TableLike, id: &str, vendor: &Vendor) -> Map<String, Value> {
        let known = || vendor.keys.iter().map(|key| key.name);
        let mut keys = Map::new();
        for (key, item) in table.iter().filter(|(key, _)| !ACCOUNT_KEYS.contains(key)) {
            if vendor
                .secret
                .iter()
                .flat_map(|way| way.fields)
                .any(|field| field.name == key && field.kind == Kind::Hidden)
            {
                let line = self.line_of(table, key, item);
                let text = format!(
                    "`{key}` does not belong here: remove it, and run `ringside account sign-in {id}`."
                );
                self.fault(line, true, Some(id), &text);
            } else if known().any(|name| name == key) {
                keys.insert(key.to_owned(), json(item));
            } else {
                let line = self.line_of(table, key, item);
                self.unknown_key(line, Some(id), key, known().chain(ACCOUNT_KEYS.iter().copied()));
            }
        }
        keys
    }

    fn unknown_key<'k>(
        &mut self,
        line: usize,
        account: Option<&str>,
        key: &str,
        known: impl Iterator<Item = &'k str>,
    ) {
        let hint =
            nearest(key, known).map_or_else(|| ".".to_owned(), |near| format!("; did you mean `{near}`?"));
        // A person may have written a token here by mistake: the key is shown, never the value.
        self.fault(line, true, account, &format!("`{key}` is not a known key and is ignored{hint}"));
    }

    fn fault(&mut self, line: usize, harmless: bool, account: Option<&str>, text: &str) {
        self.settings.faults.push(Fault::new(line, harmless, account, text));
    }

    fn line_of(&self, table: &dyn TableLike, key: &str, item: &Item) -> usize {
        let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
        self.line(span)
    }

    fn line(&self, span: Option<Range<usize>>) -> usize {
        let before = span.and_then(|span| self.text.get(..span.start)).unwrap_or("");
        before.matches('\n').count() + 1
    }
}

fn is_account_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn names() -> String {
    VENDORS.iter().map(|vendor| vendor.name).collect::<Vec<_>>().join(", ")
}

fn nearest<'k>(given: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    known
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .min()
        .filter(|&(distance, name)| distance <= name.len() / 2)
        .map(|(_, name)| name)
}

/// What a person who wrote `text` for `key` on a command line or in a form means.
pub(crate) fn json_of(key: &providers::Key, text: &str) -> Result<Value, String> {
    super::write::toml(key, text).map(|written| value(&written))
}

fn json(item: &Item) -> Value {
    match item {
        Item::Value(written) => value(written),
        Item::Table(table) => {
            Value::Object(table.iter().map(|(key, item)| (key.to_owned(), json(item))).collect())
        }
        Item::None | Item::ArrayOfTables(_) => Value::Null,
    }
}

fn value(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => Value::String(text.value().clone()),
        toml_edit::Value::Integer(number) => Value::from(*number.value()),
        toml_edit::Value::Float(number) => Value::from(*number.value()),
        toml_edit::Value::Boolean(yes) => Value::Bool(*yes.value()),
        toml_edit::Value::Datetime(time) => Value::String(time.value().to_string()),
        toml_edit::Value::Array(array) => Value::Array(array.iter().map(self::value).collect()),
        toml_edit::Value::InlineTable(table) => {
            Value::Object(table.iter().map(|(key, item)| (key.to_owned(), self::value(item))).collect())
        }
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
