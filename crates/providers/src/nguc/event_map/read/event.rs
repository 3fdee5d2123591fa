//! `[[event]]`, to a rule.

use super::{EVENT, Reader};
use crate::nguc::event_map::{
    Always, Rule,
    fields::{CALLER, Kind, Spec},
    gather::Paths,
    spanned::{Spanned, Table},
    words::{self, Words},
};

impl Reader {
    pub(super) fn event(&mut self, line: usize, path: &str, table: Table) {
        let (mut names, mut kind, mut parts) = (None, None, Vec::new());
        for (key, item) in table {
            let path = format!("{path}.{key}");
            match &*key {
                "name" => names = Some(self.texts(item, &path)),
                "kind" => kind = Some(self.kind(item, &path)),
                key if EVENT.contains(&key) => parts.push((key.to_owned(), path, item)),
                _ => self.unknown(item.line, &path, &key, EVENT),
            }
        }
        if names.is_none() {
            self.fault(line, path, "an event must have `name`, as the server writes it.");
        }
        let Some(kind) = kind else {
            return self.fault(
                line,
                path,
                format!("an event must have `kind`, one of {}.", kinds().join(", ")),
            );
        };
        let Some(kind) = kind else { return };
        let mut rule = Rule {
            kind,
            fields: Paths::default(),
            callers: Paths::default(),
            words: Words::default(),
            always: Always::default(),
        };
        let mut given = Vec::new();
        for (key, path, item) in parts {
            match &*key {
                "fields" => given.extend(self.fields(&mut rule, item, &path)),
                "callers" if kind == Kind::Queue => {
                    self.fields_of(&mut rule.callers, CALLER, item, &path, |_, _, _| false);
                }
                "values" => rule.words = self.words(item, &path),
                "always" => rule.always = self.always(item, &path),
                _ => self.fault(item.line, &path, format!("`{key}` is for queues only.")),
            }
        }
        for spec in kind.fields().iter().filter(|spec| spec.required) {
            if !given.iter().any(|name| name == spec.name) {
                let text = format!("an event of kind {} must have the field `{}`.", kind.name(), spec.name);
                self.fault(line, path, text);
            }
        }
        if kind == Kind::Queue && !given.iter().any(|name| name == "callers") {
            self.fault(line, path, "an event of kind queue must have the field `callers`.");
        }
        for (line, name) in names.unwrap_or_default() {
            if self.draft.events.insert(name.into(), rule.clone()).is_some() {
                self.fault(line, &format!("{path}.name"), "an event of this name stands above already.");
            }
        }
    }

    fn kind(&mut self, item: Spanned, path: &str) -> Option<Kind> {
        let line = item.line;
        let text = self.text(item, path)?;
        let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == text);
        if kind.is_none() {
            self.fault(line, path, format!("`{text}` is no kind; use one of {}.", kinds().join(", ")));
        }
        kind
    }

    fn fields(&mut self, rule: &mut Rule, item: Spanned, path: &str) -> Vec<String> {
        let is_queue = rule.kind == Kind::Queue;
        self.fields_of(&mut rule.fields, rule.kind.fields(), item, path, |paths, name, found| {
            let is_callers = is_queue && name == "callers";
            if is_callers {
                found.iter().zip(0..).for_each(|(path, rank)| paths.add_callers(path, rank));
            }
            is_callers
        })
    }

    /// Reads a table of fields into `into`; `other` takes what is no field. The names that were given.
    fn fields_of(
        &mut self,
        into: &mut Paths,
        known: &[Spec],
        item: Spanned,
        path: &str,
        other: impl Fn(&mut Paths, &str, &[String]) -> bool,
    ) -> Vec<String> {
        let mut given = Vec::new();
        for (key, item) in self.table(item, path) {
            let (line, path) = (item.line, format!("{path}.{key}"));
            let paths = self.paths(item, &path);
            match known.iter().find(|spec| spec.name == key) {
                Some(spec) => {
                    paths.iter().zip(0..).for_each(|(path, rank)| into.add(path, spec.field, rank));
                }
                None if other(into, &key, &paths) => {}
                None => {
                    let known: Vec<&str> = known.iter().map(|spec| spec.name).collect();
                    self.unknown(line, &path, &key, &known);
                }
            }
            given.push(key);
        }
        given
    }

    fn always(&mut self, item: Spanned, path: &str) -> Always {
        let mut words = Words::default();
        for (key, item) in self.table(item, path) {
            let (line, path) = (item.line, format!("{path}.{key}"));
            let Some(table) = words::Table::ALL.iter().copied().find(|table| table.name() == key) else {
                let known: Vec<&str> = words::Table::ALL.iter().map(|table| table.name()).collect();
                self.unknown(line, &path, &key, &known);
                continue;
            };
            if let Some(meaning) = self.text(item, &path)
                && !words.learn(table, &meaning, "")
            {
                self.unknown(line, &path, &meaning, &table.meanings());
            }
        }
        Always {
            availability: words.availability.get("").copied(),
            direction: words.direction.get("").copied(),
            state: words.state.get("").copied(),
            outcome: words.outcome.get("").copied(),
        }
    }
}

fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.name()).collect()
}
