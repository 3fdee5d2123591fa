//! The colleagues a person has marked, in a file of their own: one id a line, so that it can be read and mended.

use std::{collections::BTreeSet, fs, io, path::Path};

use model::PersonId;

use crate::write_atomically;

const FILE: &str = "favourites";
/// More than these are not kept.
pub(crate) const MOST: usize = 500;

/// What is kept in this folder; nothing if there is no file.
pub(crate) fn load(folder: &Path) -> io::Result<BTreeSet<PersonId>> {
    match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => {
            let ids = text.lines().map(str::trim).filter(|line| line.contains('/'));
            Ok(ids.take(MOST).map(PersonId::from).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

/// Keeps them in this folder.
pub(crate) fn keep(folder: &Path, people: &BTreeSet<PersonId>) -> io::Result<()> {
    let text: String = people.iter().map(|id| format!("{id}\n")).collect();
    write_atomically(&folder.join(FILE), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_there_again_and_what_is_no_id_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        assert!(load(folder.path()).unwrap().is_empty());
        let people = BTreeSet::from(["work/Employee#7".into(), "home/9".into()]);
        keep(folder.path(), &people).unwrap();
        assert_eq!(load(folder.path()).unwrap(), people);
        fs::write(folder.path().join(FILE), "work/1\n\nnobody\n").unwrap();
        assert_eq!(load(folder.path()).unwrap(), BTreeSet::from(["work/1".into()]));
    }
}
