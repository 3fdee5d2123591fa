//! Accounts: from the command line through the running agent, or without one straight into settings and keyring.

use std::{
    io::{BufRead as _, IsTerminal as _, Read as _, Write as _},
    time::Duration,
};

use engine::{
    Command, NewAccount, Observed, Parts, Secret,
    control::{Client, Control as _},
    paths,
};
use model::{AccountId, Change, ConnectionState};
use providers::{Form, Key, Kind, VENDORS, Vendor, Way, vendor};
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use crate::{
    args::{Account, AccountCommand, SettingsArgs, SettingsCommand, Sources},
    assemble::{secrets, settings},
    failure::{Exit, Failure},
    print::{self, said},
    wishes,
};

/// A test that has not succeeded by then has failed.
const TEST_WITHIN: Duration = Duration::from_secs(20);
/// A live account that knows its people has told of them after a silence of this length.
const PEOPLE_WITHIN: Duration = Duration::from_secs(3);

pub async fn run(args: Account) -> Result<(), Failure> {
    let sources = args.sources;
    match args.command {
        AccountCommand::Add { id, provider, set } => add(&sources, &id, &provider, &set).await,
        AccountCommand::List(list) => self::list(&sources, list.json),
        AccountCommand::Remove { id } => remove(&sources, &id).await,
        AccountCommand::Test { id } => test(&sources, &id).await,
        AccountCommand::SignIn { id } => sign_in(&sources, &id).await,
    }
}

pub async fn settings_command(args: &SettingsArgs) -> Result<(), Failure> {
    match &args.command {
        SettingsCommand::Schema { of: None } => print::json(&engine::schema()),
        SettingsCommand::Schema { of: Some(of) } => print::json(&(form(of)?.schema)()),
        SettingsCommand::Check { of: Some(of), file: Some(file) } => {
            let form = form(of)?;
            let text = std::fs::read_to_string(file);
            let file = file.display();
            let text = text.map_err(|error| Failure::usage(format!("{file} cannot be read: {error}.")))?;
            told(&file.to_string(), (form.check)(&text))?;
        }
        SettingsCommand::Check { .. } => {
            let (settings, path) = engine::Settings::load(None)?;
            let mut faults: Vec<String> =
                settings.faults.into_iter().map(|fault| fault.problem.text).collect();
            if let (true, Err(problem)) = (faults.is_empty(), engine::Reach::new(&settings.network)) {
                faults.push(problem.text);
            }
            told(&path.display().to_string(), faults)?;
        }
        SettingsCommand::List(args) => wishes::list_settings(args).await?,
        SettingsCommand::Set { key, value } => wishes::set(key, value.as_deref()).await?,
        SettingsCommand::Path => match paths::settings_file() {
            Some(path) => print::told(path.display()),
            None => return Err(Failure::failed("There is no home folder.")),
        },
    }
    Ok(())
}

/// Prints what is wrong with a file, if anything is.
fn told(file: &str, faults: Vec<String>) -> Result<(), Failure> {
    for fault in &faults {
        print::line(fault);
    }
    if !faults.is_empty() {
        return Err(Failure::usage(format!("{file} is not good; mend what is named above.")));
    }
    print::line(format_args!("{file} is good."));
    Ok(())
}

/// What a file that `provider.key` names is to hold.
fn form(of: &str) -> Result<Form, Failure> {
    let known = || {
        let files = VENDORS.iter().flat_map(|vendor| vendor.keys.iter().map(move |key| (vendor.name, key)));
        files.filter_map(|(vendor, key)| Some((format!("{vendor}.{}", key.name), key.form?)))
    };
    known().find(|(name, _)| name == of).map(|(_, form)| form).ok_or_else(|| {
        let names: Vec<_> = known().map(|(name, _)| name).collect();
        Failure::usage(format!("There is no file `{of}`; there is {}.", names.join(", ")))
    })
}

/// The agent, if this command is about the settings that it uses.
async fn agent(sources: &Sources) -> Option<Client> {
    if sources.config.is_some() || sources.credentials.is_some() {
        return None;
    }
    Client::connect(paths::socket()?).await.ok()
}

async fn add(sources: &Sources, id: &str, provider: &str, set: &[String]) -> Result<(), Failure> {
    let vendor = vendor(provider).ok_or_else(|| {
        let names: Vec<_> = VENDORS.iter().map(|vendor| vendor.name).collect();
        Failure::usage(format!("`{provider}` is not a known provider; use one of {}.", names.join(", ")))
    })?;
    let mut keys = std::collections::BTreeMap::new();
    for pair in set {
        let (key, value) = pair
            .split_once('=')
            .ok_or_else(|| Failure::usage(format!("`{pair}` is not a setting; write KEY=VALUE.")))?;
        keys.insert(key.to_owned(), value.to_owned());
    }
    let (known, path) = settings(sources)?;
    let account = NewAccount {
        id: id.into(),
        provider: provider.to_owned(),
        settings: keys,
        secret: Secret(ask(vendor)?),
    };
    if known.accounts.iter().any(|known| known.id == account.id) {
        return Err(Failure::usage(format!("There is an account `{id}` already; choose another name.")));
    }
    if let Some(agent) = agent(sources).await {
        agent.act(Command::AddAccount(account)).await?;
    } else {
        engine::check_account(&account)?;
        let secret = SecretString::from(account.secret.0.clone());
        secrets(sources).write(&account.id, secret).await.map_err(|fault| fault.problem(&account.id))?;
        engine::add_account(&path, &account).map_err(|error| Failure::failed(format!("{error}.")))?;
    }
    print::line(format_args!("Account `{id}` is added; `ringside account test {id}` tries it."));
    Ok(())
}

fn list(sources: &Sources, json: bool) -> Result<(), Failure> {
    let (settings, path) = settings(sources)?;
    for account in &settings.accounts {
        if json {
            print::json(
                &json!({ "v": 1, "id": account.id, "provider": account.vendor.name, "settings": account.keys }),
            );
        } else {
            print::told(format_args!("{} ({})", account.id, account.vendor.title));
        }
    }
    for fault in &settings.faults {
        print::error(&fault.problem.text);
    }
    if settings.accounts.is_empty() && !json {
        print::line(format_args!("No account in {}.", path.display()));
    }
    Ok(())
}

async fn remove(sources: &Sources, id: &str) -> Result<(), Failure> {
    let (known, path) = settings(sources)?;
    let account = AccountId::from(id);
    if known.account(&account).is_none() {
        return Err(Failure::usage(format!(
            "There is no account `{id}`; `ringside account list` shows those there are."
        )));
    }
    if let Some(agent) = agent(sources).await {
        agent.act(Command::RemoveAccount { account }).await?;
    } else {
        engine::remove_account(&path, id).map_err(|error| Failure::failed(format!("{error}.")))?;
        secrets(sources).delete(&account).await.map_err(|fault| fault.problem(&account))?;
    }
    print::line(format_args!("Account `{id}` and its secret are removed."));
    Ok(())
}

async fn sign_in(sources: &Sources, id: &str) -> Result<(), Failure> {
    let (known, _) = settings(sources)?;
    let account = AccountId::from(id);
    let Some(found) = known.account(&account) else {
        return Err(Failure::usage(format!(
            "There is no account `{id}`; `ringside account list` shows those there are."
        )));
    };
    let secret = ask(found.vendor)?;
    if let Some(agent) = agent(sources).await {
        agent.act(Command::SignIn { account, secret: Secret(secret) }).await?;
    } else {
        let kept = secrets(sources);
        kept.write(&account, SecretString::from(secret)).await.map_err(|fault| fault.problem(&account))?;
    }
    print::line("The secret is stored in the keyring.");
    Ok(())
}

/// Asks for the fields of one of the vendor's ways to sign in; from a pipe, JSON or the first way's fields, one line
/// each. Gives JSON.
fn ask(vendor: &Vendor) -> Result<String, Failure> {
    let mut fields = Map::new();
    let mut keep = |key: &Key, value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            fields.insert(key.name.to_owned(), Value::String(value.to_owned()));
        }
    };
    let way;
    if std::io::stdin().is_terminal() {
        way = choose(vendor)?;
        for key in way.fields {
            let prompt = format!("{} ({}): ", said(key.title), said(key.about));
            let value = match key.kind {
                Kind::Hidden => rpassword::prompt_password(prompt).map_err(Failure::failed)?,
                Kind::Text | Kind::Number | Kind::Switch | Kind::List | Kind::Table | Kind::File => {
                    typed(&prompt)?
                }
            };
            keep(key, &value);
        }
    } else {
        let mut text = String::new();
        std::io::stdin().take(64 * 1024).read_to_string(&mut text).map_err(Failure::failed)?;
        if let Ok(Value::Object(given)) = serde_json::from_str(text.trim()) {
            return Ok(Value::Object(given).to_string());
        }
        way = vendor.secret.first().ok_or_else(no_sign_in)?;
        for (key, value) in way.fields.iter().zip(text.lines()) {
            keep(key, value);
        }
    }
    if let Some(missing) = way.fields.iter().find(|key| !key.optional && !fields.contains_key(key.name)) {
        return Err(Failure::usage(format!(
            "No {} was given; it is read from the terminal or from standard input.",
            said(missing.title).to_lowercase()
        )));
    }
    Ok(Value::Object(fields).to_string())
}

fn choose(vendor: &Vendor) -> Result<&'static Way, Failure> {
    if let [only] = vendor.secret {
        return Ok(only);
    }
    for (number, way) in (1..).zip(vendor.secret) {
        print::error(&format!("{number}: {}", said(way.title)));
    }
    let chosen = typed(&format!("{} ", said("Sign in by (1):")))?;
    let number: usize = if chosen.is_empty() { 1 } else { chosen.parse().unwrap_or(0) };
    vendor
        .secret
        .get(number.wrapping_sub(1))
        .ok_or_else(|| Failure::usage(format!("Choose a number from 1 to {}.", vendor.secret.len())))
}

/// A line typed at a prompt, which goes to standard error as rpassword's does to the terminal.
fn typed(prompt: &str) -> Result<String, Failure> {
    std::io::stderr().write_all(prompt.as_bytes()).map_err(Failure::failed)?;
    let mut line = String::new();
    std::io::stdin().lock().take(4 * 1024).read_line(&mut line).map_err(Failure::failed)?;
    Ok(line.trim().to_owned())
}

fn no_sign_in() -> Failure {
    Failure::usage("This provider has no sign-in.")
}

async fn test(sources: &Sources, id: &str) -> Result<(), Failure> {
    let (mut settings, _) = settings(sources)?;
    let account = AccountId::from(id);
    if let Some(fault) = settings.faults.iter().find(|fault| fault.account.as_deref() == Some(id)) {
        return Err(Failure::usage(fault.problem.text.clone()));
    }
    settings.accounts.retain(|known| known.id == account);
    if settings.accounts.is_empty() {
        return Err(Failure::usage(format!(
            "There is no account `{id}`; `ringside account list` shows those there are."
        )));
    }
    settings.faults.clear();
    let (transport, people) = connect(settings, secrets(sources)).await?;
    print::line(format_args!("`{id}` works: live by {transport}, {people} colleagues."));
    Ok(())
}

/// Connects once: until the account is live and has told who is there, or has failed.
pub async fn connect(
    settings: engine::Settings,
    secrets: std::sync::Arc<dyn engine::Secrets>,
) -> Result<(String, usize), Failure> {
    let (observer, mut observed) = mpsc::channel(64);
    let parts = Parts { secrets, observer: Some(observer), ..Parts::default() };
    let (handle, running) = engine::start(settings, parts, engine::queue());
    let found = tokio::time::timeout(TEST_WITHIN, proof(&mut observed)).await;
    observed.close();
    drop(handle.act(Command::Quit).await);
    drop(running.await);
    found.unwrap_or_else(|_| {
        Err(Failure::failed(format!(
            "It was not live within {} seconds; check the network.",
            TEST_WITHIN.as_secs()
        )))
    })
}

async fn proof(
    observed: &mut mpsc::Receiver<Vec<(model::Time, Observed)>>,
) -> Result<(String, usize), Failure> {
    let (mut transport, mut people): (Option<String>, usize) = (None, 0);
    loop {
        // Not every vendor has a list of people to tell.
        let patience = if transport.is_some() { PEOPLE_WITHIN } else { TEST_WITHIN };
        let batch = match (tokio::time::timeout(patience, observed.recv()).await, &transport) {
            (Ok(Some(batch)), _) => batch,
            (Err(_), Some(transport)) => return Ok((transport.clone(), people)),
            (Ok(None) | Err(_), _) => break,
        };
        for (_, what) in batch {
            match what {
                Observed::Change(Change::Person { .. }) => people += 1,
                Observed::Change(Change::Connection { connection, .. }) => match connection.state {
                    ConnectionState::Live => transport = Some(connection.transport.unwrap_or_default()),
                    ConnectionState::Waiting | ConnectionState::SignIn | ConnectionState::Stopped => {
                        return Err(connection
                            .problem
                            .map_or_else(|| Failure::failed("It ended."), Failure::from));
                    }
                    ConnectionState::Connecting => {}
                },
                Observed::Change(_) | Observed::Decided { .. } | Observed::Skipped { .. } => {}
            }
        }
        if let (Some(transport), 1..) = (&transport, people) {
            return Ok((transport.clone(), people));
        }
    }
    Err(Failure::new(Exit::Failed, "It ended before anything was heard."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_a_key_names_is_looked_through() {
        let form = form("nguc.event_map").unwrap();
        assert_eq!((form.check)("version = 1\n"), Vec::<String>::new());
        let faults = (form.check)("version = 1\n\n[[event]]\nname = 7\n");
        assert!(faults.iter().any(|fault| fault.starts_with("line 3, event[0]")), "{faults:?}");
        assert_eq!((form.schema)()["type"], "object");
        assert!(super::form("nguc.me").unwrap_err().text.contains("nguc.event_map"));
    }
}
