//! Address books: how they stand, what could not be read of a file, who has a number.

use std::{io::IsTerminal as _, path::Path, sync::Arc};

use engine::{
    contacts::{CONTACTS, Plan, find, import, read_files, read_number, secret_id},
    control::{Client, Control as _},
    paths,
};
use model::{AddressBook, Confidence};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    args::{Contacts, ContactsCommand, Sources},
    assemble::{secrets, settings},
    failure::Failure,
    print::{self, heard, said},
};

pub async fn run(args: Contacts) -> Result<(), Failure> {
    match args.command {
        ContactsCommand::List(list) => self::list(&args.sources, list.json).await,
        ContactsCommand::Check { file } => check(&file),
        ContactsCommand::Who { number } => who(&args.sources, &number),
        ContactsCommand::SignIn => sign_in(&args.sources).await,
    }
}

/// As the agent sees them, else the files as they are.
async fn list(sources: &Sources, json: bool) -> Result<(), Failure> {
    let agent = match paths::socket() {
        Some(place) => match Client::connect(place).await {
            Ok(agent) => agent.view().await.ok(),
            Err(_) => None,
        },
        None => None,
    };
    let books: Vec<AddressBook> = match agent {
        Some(view) => view.address_books.clone(),
        None => {
            let (settings, _) = settings(sources)?;
            read_files(settings.section(CONTACTS.name)).into_iter().map(|(_, state)| state).collect()
        }
    };
    if books.is_empty() && !json {
        print::line("There is no address book; name files in the table [contacts] of the settings.");
    }
    for book in books {
        if json {
            print::versioned(&book);
            continue;
        }
        print::told(format_args!("{}: {}", book.name, content_words(&book)));
        if let Some(problem) = book.problem {
            print::told(format_args!("  {}", heard(&problem.text)));
        }
    }
    Ok(())
}

fn content_words(book: &AddressBook) -> String {
    let contacts = match book.contacts {
        1 => said("1 contact").into_owned(),
        count => said(&format!("{count} contacts")).into_owned(),
    };
    let skipped = match book.skipped {
        0 => return contacts,
        1 => said("1 place not taken or not whole").into_owned(),
        count => said(&format!("{count} places not taken or not whole")).into_owned(),
    };
    format!("{contacts}, {skipped}")
}

fn check(file: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}.", file.display())))?;
    let import = import(&bytes);
    for skipped in &import.skipped {
        print::line(format_args!("line {}: {}", skipped.line, skipped.why));
    }
    let unnamed = import.skipped_count.saturating_sub(import.skipped.len());
    if unnamed > 0 {
        print::line(format_args!("and {unnamed} more"));
    }
    print::line(format_args!(
        "Contacts that can be used: {}; places not taken or not whole: {}.",
        import.cards.len(),
        import.skipped_count
    ));
    if import.cards.is_empty() {
        return Err(Failure::failed(
            "Nothing of this file can be used; save it as vCard, or as CSV with named columns.",
        ));
    }
    Ok(())
}

fn who(sources: &Sources, number: &str) -> Result<(), Failure> {
    let (settings, _) = settings(sources)?;
    let section = settings.section(CONTACTS.name);
    let country = section.get("country").and_then(serde_json::Value::as_str).map(str::to_owned);
    let plan = Plan { country, strip: Vec::new() };
    let number = read_number(number, &plan).ok_or_else(|| {
        Failure::usage(
            "This is no full phone number; write it with its country code, such as +45 11 22 33 44.",
        )
    })?;
    let books: Vec<Arc<_>> = read_files(section).into_iter().map(|(book, _)| book).collect();
    let contact = find(&books, &number)
        .ok_or_else(|| Failure::failed(format!("{number} is in none of the files in [contacts].")))?;
    let how = match contact.confidence {
        Confidence::Exact => "exactly this number",
        Confidence::Shared => "several contacts have this number",
        Confidence::Ending => "the only number that ends like this one",
    };
    let company = contact.company.map(|company| format!(", {company}")).unwrap_or_default();
    print::told(format_args!("{number}: {}{company} ({}; {})", contact.name, said(how), contact.source));
    Ok(())
}

async fn sign_in(sources: &Sources) -> Result<(), Failure> {
    let password = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{} ", said("Password of the address book on the server:")))
            .map_err(Failure::failed)?
    } else {
        std::io::read_to_string(std::io::stdin()).map_err(Failure::failed)?
    };
    let password = password.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Failure::usage(
            "No password was given; it is read from the terminal or from standard input.",
        ));
    }
    let secret = SecretString::from(json!({ "password": password }).to_string());
    let id = secret_id();
    secrets(sources).write(&id, secret).await.map_err(|fault| fault.problem(&id))?;
    print::line("The password is stored in the keyring; the address book is read within five minutes.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_contact_and_one_place_are_not_many() {
        let says = |contacts, skipped| {
            let book = AddressBook { contacts, skipped, ..AddressBook::default() };
            content_words(&book)
        };
        assert_eq!(says(1, 0), "1 contact");
        assert_eq!(says(0, 1), "0 contacts, 1 place not taken or not whole");
        assert_eq!(says(2, 2), "2 contacts, 2 places not taken or not whole");
    }
}
