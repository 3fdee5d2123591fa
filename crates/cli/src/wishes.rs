//! What a person wishes: to hear of a colleague, and how things are to be.

use std::borrow::Cow;

use engine::{
    Command, SettingChange,
    control::Control as _,
    settings_form::{Entry, Group, Origin, SettingsForm},
};
use model::{Person, PersonId, View};
use serde_json::json;

use crate::{
    args::{Json, TellWhenFree},
    ask::{agent, minutes},
    failure::Failure,
    lines::person_name,
    print::{self, said},
};

pub async fn tell_when_free(args: TellWhenFree) -> Result<(), Failure> {
    let agent = agent().await?;
    let view = agent.view().await?;
    let person = find(&view, &args.person)?;
    let name = person_name(person);
    let id = person.id.clone();
    if args.cancel {
        agent.act(Command::TellNoMore { person: id }).await?;
        print::line(format_args!("{name} is no longer waited for."));
        return Ok(());
    }
    let minutes = args.length.as_deref().map(minutes).transpose()?;
    agent.act(Command::TellWhenFree { person: id, minutes }).await?;
    print::line(format_args!("A notification will say when {name} is free."));
    Ok(())
}

/// The one colleague that is meant.
fn find<'a>(view: &'a View, text: &str) -> Result<&'a Person, Failure> {
    let wanted = text.to_lowercase();
    let mut found: Vec<&Person> = view
        .people
        .iter()
        .map(AsRef::as_ref)
        .filter(|person| !person.me && person_name(person).to_lowercase().contains(&wanted))
        .collect();
    let exact = |person: &&Person| person_name(person).to_lowercase() == wanted;
    if found.iter().filter(|person| exact(person)).count() == 1 {
        found.retain(exact);
    }
    let by_id = view.people.iter().find(|person| person.id == PersonId::from(text));
    match (by_id, found.as_slice()) {
        (Some(person), _) => Ok(person),
        (None, [person]) => Ok(person),
        (None, []) => Err(Failure::usage(format!("Nobody is called `{text}`; see `ringside people`."))),
        (None, several) => {
            let ids: Vec<_> = several.iter().take(5).map(|person| person.id.as_str()).collect();
            Err(Failure::usage(format!(
                "{} colleagues are called `{text}`; name one by its id: {} …",
                several.len(),
                ids.join(", ")
            )))
        }
    }
}

pub async fn list_settings(args: &Json) -> Result<(), Failure> {
    let form = agent().await?.settings().await?;
    if args.json {
        print::json(&json!({ "v": 1, "settings": form }));
        return Ok(());
    }
    for (group, entry) in entries(&form) {
        print::told(words(group, entry));
    }
    Ok(())
}

fn entries(form: &SettingsForm) -> impl Iterator<Item = (&Group, &Entry)> {
    form.groups.iter().flat_map(|group| group.entries.iter().map(move |entry| (group, entry)))
}

fn words(group: &Group, entry: &Entry) -> String {
    let dot = if group.id.is_empty() { "" } else { "." };
    let value = match (&entry.value, entry.hidden) {
        (Some(value), _) => value.into(),
        (None, true) => said("(set, not shown)"),
        (None, false) => entry.default.as_deref().map_or_else(|| said("(not set)"), Cow::Borrowed),
    };
    let whose = match (entry.origin, entry.locked) {
        (Origin::Default, false) => "",
        (Origin::Own, _) => "(yours)",
        (Origin::Organisation, false) => "(your organisation's)",
        (Origin::Organisation | Origin::Default, true) => "(fixed by your organisation)",
    };
    let line = format!("{}{dot}{} = {value}  {}", group.id, entry.key, said(whose));
    line.trim_end().to_owned()
}

pub async fn set(key: &str, value: Option<&str>) -> Result<(), Failure> {
    let (group, key) = key.rsplit_once('.').unwrap_or(("", key));
    let change =
        SettingChange { group: group.to_owned(), key: key.to_owned(), value: value.map(str::to_owned) };
    agent().await?.act(Command::Set(change)).await?;
    print::line("Done.");
    Ok(())
}
