//! A map as it is written, to a map as it is used; whatever is wrong with it, by line and path.

mod event;

use std::collections::BTreeMap;

use super::{
    EventMap, MapFault, Me, Rule, Snapshot,
    spanned::{self, Spanned, Table, Value},
    words::{self, Words},
};

const VERSION: i64 = 1;
/// More of them would be a mistake.
const MOST_ALTERNATIVES: usize = 50;
pub(super) const TOP: &[&str] = &["version", "defaults", "country_code", "me", "event", "values", "snapshot"];
pub(super) const EVENT: &[&str] = &["name", "kind", "fields", "callers", "values", "always"];
pub(super) const SNAPSHOT: &[&str] = &["path", "list", "event"];
pub(super) const ME: &[&str] = &["token", "path", "id"];

/// A map that may yet be laid over another.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) defaults: bool,
    country_code: Option<String>,
    me: Option<Me>,
    events: BTreeMap<Box<str>, Rule>,
    words: Words,
    /// With the lines of their `event`.
    snapshots: Option<Vec<(usize, Snapshot)>>,
}

impl Draft {
    /// This map with `newer` laid over it: events by name, words one by one, all else as a whole.
    pub(super) fn overlaid(mut self, newer: Self, faults: &mut Vec<MapFault>) -> EventMap {
        self.events.extend(newer.events);
        self.words.extend(newer.words);
        for (at, (line, snapshot)) in newer.snapshots.iter().flatten().enumerate() {
            if !self.events.contains_key(&*snapshot.event) {
                let text = format!("no event is called \"{}\"; name one of the map.", snapshot.event);
                faults.push(MapFault { line: *line, path: format!("snapshot[{at}].event"), text });
            }
        }
        let snapshots = newer.snapshots.or(self.snapshots).unwrap_or_default();
        EventMap {
            events: self.events,
            words: self.words,
            snapshots: snapshots.into_iter().map(|(_, snapshot)| snapshot).collect(),
            me: newer.me.or(self.me).unwrap_or_default(),
            country_code: newer.country_code.or(self.country_code).filter(|code| !code.is_empty()),
        }
    }
}

/// Reads a map by itself.
pub(super) fn read(text: &str) -> Result<Draft, Vec<MapFault>> {
    let mut reader = Reader { draft: Draft { defaults: true, ..Draft::default() }, faults: Vec::new() };
    match spanned::parse(text) {
        Ok(table) => reader.top(table),
        Err(fault) => reader.faults.push(fault),
    }
    reader.faults.sort_by_key(|fault| fault.line);
    if reader.faults.is_empty() { Ok(reader.draft) } else { Err(reader.faults) }
}

struct Reader {
    draft: Draft,
    faults: Vec<MapFault>,
}

impl Reader {
    fn fault(&mut self, line: usize, path: &str, text: impl Into<String>) {
        self.faults.push(MapFault { line, path: path.to_owned(), text: text.into() });
    }

    fn top(&mut self, table: Table) {
        for (key, item) in table {
            match &*key {
                "version" => {
                    if !matches!(item.value, Value::Whole(VERSION)) {
                        self.fault(item.line, "version", "`version` must be 1.");
                    }
                }
                "defaults" => match item.value.truth() {
                    Some(defaults) => self.draft.defaults = defaults,
                    None => self.fault(item.line, "defaults", "`defaults` must be true or false."),
                },
                "country_code" => {
                    let is_code =
                        |code: &String| code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_digit());
                    self.draft.country_code = item.value.into_text().filter(is_code);
                    if self.draft.country_code.is_none() {
                        let text =
                            "`country_code` must be digits in quotes, such as \"46\", or \"\" for none.";
                        self.fault(item.line, "country_code", text);
                    }
                }
                "me" => self.me(item),
                "event" => self.each_table(item, "event", Self::event),
                "values" => {
                    let words = self.words(item, "values");
                    self.draft.words.extend(words);
                }
                "snapshot" => {
                    self.draft.snapshots = Some(Vec::new());
                    self.each_table(item, "snapshot", Self::snapshot);
                }
                _ => self.unknown(item.line, &key, &key, TOP),
            }
        }
    }

    fn unknown(&mut self, line: usize, path: &str, key: &str, known: &[&str]) {
        self.fault(line, path, format!("`{key}` is not known here; use one of {}.", known.join(", ")));
    }

    /// Reads `[[name]]`.
    fn each_table(&mut self, item: Spanned, name: &str, read: fn(&mut Self, usize, &str, Table)) {
        let text = format!("begin each with [[{name}]], in double brackets.");
        let Ok(list) = item.value.into_list() else {
            return self.fault(item.line, name, text);
        };
        for (at, item) in list.into_iter().enumerate() {
            let path = format!("{name}[{at}]");
            match item.value.into_table() {
                Some(table) => read(self, item.line, &path, table),
                None => self.fault(item.line, &path, text.clone()),
            }
        }
    }

    fn table(&mut self, item: Spanned, path: &str) -> Table {
        item.value.into_table().unwrap_or_else(|| {
            self.fault(item.line, path, format!("write [{path}] on a line of its own, and keys below it."));
            Vec::new()
        })
    }

    fn text(&mut self, item: Spanned, path: &str) -> Option<String> {
        let text = item.value.into_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        if text.is_none() {
            self.fault(item.line, path, "this must be text in quotes.");
        }
        text
    }

    /// One text, or a list of them; numbers and truths as they are written.
    fn texts(&mut self, item: Spanned, path: &str) -> Vec<(usize, String)> {
        let line = item.line;
        let list = item.value.into_list().unwrap_or_else(|value| vec![Spanned { line, value }]);
        if list.len() > MOST_ALTERNATIVES {
            self.fault(line, path, format!("more than {MOST_ALTERNATIVES} are too many."));
            return Vec::new();
        }
        let mut texts = Vec::with_capacity(list.len());
        for (at, item) in list.into_iter().enumerate() {
            match item.value {
                Value::Text(text) if !text.trim().is_empty() => {
                    texts.push((item.line, text.trim().to_owned()));
                }
                Value::Whole(number) => texts.push((item.line, number.to_string())),
                Value::Truth(truth) => texts.push((item.line, truth.to_string())),
                Value::Text(_) | Value::List(_) | Value::Table(_) | Value::Other => {
                    self.fault(item.line, &format!("{path}[{at}]"), "this must be text in quotes.");
                }
            }
        }
        texts
    }

    /// The alternatives of a field, best first.
    fn paths(&mut self, item: Spanned, path: &str) -> Vec<String> {
        let texts = self.texts(item, path);
        let mut paths = Vec::with_capacity(texts.len());
        for (at, (line, text)) in texts.into_iter().enumerate() {
            if text.len() > 200 || text.split('.').any(|key| key.trim().is_empty()) {
                let text = "a path is keys with dots between, such as `queue.id`.";
                self.fault(line, &format!("{path}[{at}]"), text);
            } else {
                paths.push(text);
            }
        }
        paths
    }

    fn me(&mut self, item: Spanned) {
        let mut me = Me::default();
        for (key, item) in self.table(item, "me") {
            let path = format!("me.{key}");
            match &*key {
                "token" => me.token = self.paths(item, &path),
                "path" => me.path = self.url_path(item, &path),
                "id" => me.id = self.paths(item, &path),
                _ => self.unknown(item.line, &path, &key, ME),
            }
        }
        self.draft.me = Some(me);
    }

    fn url_path(&mut self, item: Spanned, path: &str) -> Option<String> {
        let line = item.line;
        let text = self.text(item, path)?;
        if !text.starts_with('/') || text.starts_with("//") || text.contains(['#', '\\', ' ']) {
            self.fault(
                line,
                path,
                "write the path below `api_url`, beginning with one slash, such as \"/user\".",
            );
            return None;
        }
        Some(text)
    }

    fn snapshot(&mut self, line: usize, path: &str, table: Table) {
        let (mut url_path, mut lists, mut event) = (None, vec![String::new()], None);
        for (key, item) in table {
            let path = format!("{path}.{key}");
            let line = item.line;
            match &*key {
                "path" => url_path = Some(self.url_path(item, &path)),
                "list" => {
                    let texts = self.texts(item, &path).into_iter();
                    lists = texts.map(|(_, text)| if text == "." { String::new() } else { text }).collect();
                }
                "event" => event = Some(self.text(item, &path).map(|event| (line, event))),
                _ => self.unknown(line, &path, &key, SNAPSHOT),
            }
        }
        for (is_there, key) in [(url_path.is_some(), "path"), (event.is_some(), "event")] {
            if !is_there {
                self.fault(line, path, format!("a snapshot must have `{key}`."));
            }
        }
        if let (Some(Some(url_path)), Some(Some((line, event)))) = (url_path, event) {
            let snapshot = Snapshot { path: url_path, lists, event };
            self.draft.snapshots.get_or_insert_default().push((line, snapshot));
        }
    }

    fn words(&mut self, item: Spanned, path: &str) -> Words {
        let mut words = Words::default();
        for (key, item) in self.table(item, path) {
            let path = format!("{path}.{key}");
            let Some(table) = words::Table::ALL.iter().copied().find(|table| table.name() == key) else {
                let known: Vec<&str> = words::Table::ALL.iter().map(|table| table.name()).collect();
                self.unknown(item.line, &path, &key, &known);
                continue;
            };
            for (meaning, item) in self.table(item, &path) {
                let (line, path) = (item.line, format!("{path}.{meaning}"));
                if !table.meanings().contains(&&*meaning) {
                    self.unknown(line, &path, &meaning, &table.meanings());
                    continue;
                }
                for (_, word) in self.texts(item, &path) {
                    words.learn(table, &meaning, &word);
                }
            }
        }
        words
    }
}
