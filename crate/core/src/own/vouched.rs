//! VOUCHED.td: a list of people that projects keep in their repositories.
//!
//! One handle a line, without `@`, with a platform before a colon if need be
//! (`github:ada`), with details after a space. A minus in front denounces.
//! `#` begins a comment. The format is that of <https://github.com/mitchellh/vouch>.

use super::{Mark, OwnPeople, OwnPerson};
use crate::login::Login;
use std::fmt::Write;

/// Where a repository keeps it, in the order it is looked for.
pub const PATHS: [&str; 2] = ["VOUCHED.td", ".github/VOUCHED.td"];

/// What a list says of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account.
    pub login: Login,
    /// Whether the list denounces it; else it vouches for it.
    pub is_denounced: bool,
    /// What is said of it besides; may be empty.
    pub details: String,
}

/// A line of a list, told by its number, that is not of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenLine(pub u32);

/// What one line says of an account of GitHub's; nothing for comments and for
/// accounts of other platforms.
fn line(text: &str) -> Result<Option<Entry>, ()> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    let (handle, details) = match text.split_once([' ', '\t']) {
        Some((handle, details)) => (handle, details.trim()),
        None => (text, ""),
    };
    let bare = handle.strip_prefix('-');
    let is_denounced = bare.is_some();
    let (platform, name) = match bare.unwrap_or(handle).split_once(':') {
        Some((platform, name)) => (platform, name),
        None => ("github", bare.unwrap_or(handle)),
    };
    if !platform.eq_ignore_ascii_case("github") {
        return Ok(None);
    }
    let login = name.strip_prefix('@').unwrap_or(name);
    Ok(Some(Entry {
        login: Login::typed(login).map_err(|_| ())?,
        is_denounced,
        details: details.to_owned(),
    }))
}

/// Reads a list whole.
///
/// # Errors
/// The first line that is not of the format.
pub fn read(text: &str) -> Result<Vec<Entry>, BrokenLine> {
    let mut entries = Vec::new();
    for (text, number) in text.lines().zip(1..) {
        entries.extend(line(text).map_err(|()| BrokenLine(number))?);
    }
    Ok(entries)
}

/// What a list says of one account; lines that are not of the format say
/// nothing. A list that vouches and denounces denounces.
pub fn said_of(text: &str, login: &Login) -> Option<Entry> {
    let mut said: Option<Entry> = None;
    for entry in text.lines().filter_map(|text| line(text).ok().flatten()) {
        if entry.login == *login && said.as_ref().is_none_or(|it| !it.is_denounced) {
            said = Some(entry);
        }
    }
    said
}

/// What a list makes of people here: who is vouched for is trusted, and who
/// is denounced, be it besides, is watched. The last word on somebody counts.
pub fn into_people(entries: Vec<Entry>) -> Vec<OwnPerson> {
    let (denounced, vouched): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.is_denounced);
    let person = |entry: Entry| OwnPerson {
        login: entry.login,
        mark: Some(if entry.is_denounced {
            Mark::Watched
        } else {
            Mark::Trusted
        }),
        note: entry.details,
    };
    vouched.into_iter().chain(denounced).map(person).collect()
}

/// A list of those who are trusted. Notes stay at home: such a list is made
/// to be published, and being watched is not being denounced.
pub fn write(people: &OwnPeople) -> String {
    let mut text = String::new();
    for person in people.iter() {
        if person.mark == Some(Mark::Trusted) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "github:{}", person.login);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# Who is vouched for.\n\n ada\ngithub:bob  met in person\n\
        -github:eve  filed the same change everywhere\r\ngitlab:zoe\n-mallory\n@carol\n";

    #[test]
    fn reads_every_kind_of_line() {
        let entries = read(LIST).unwrap();
        let told: Vec<_> = entries
            .iter()
            .map(|it| (it.login.as_str(), it.is_denounced, it.details.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("ada", false, ""),
                ("bob", false, "met in person"),
                ("eve", true, "filed the same change everywhere"),
                ("mallory", true, ""),
                ("carol", false, ""),
            ]
        );
    }

    #[test]
    fn names_the_first_broken_line() {
        assert_eq!(read("ada\n\n<html>\n- eve\n"), Err(BrokenLine(3)));
        assert_eq!(read("- eve"), Err(BrokenLine(1)));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn a_repository_s_list_is_read_around_what_is_broken() {
        let list = "<<<<<<< HEAD\nada\n=======\n-Ada changed our mind\nada\n>>>>>>> x\n";
        let said = said_of(list, &"ADA".parse().unwrap()).unwrap();
        assert!(said.is_denounced);
        assert_eq!(said.details, "changed our mind");
        assert_eq!(said_of(list, &"bob".parse().unwrap()), None);
    }

    #[test]
    fn who_is_denounced_is_never_trusted() {
        let own = OwnPeople::from(into_people(read("-eve everywhere\neve\n").unwrap()));
        assert_eq!(own.get("eve").unwrap().mark, Some(Mark::Watched));
    }

    #[test]
    fn what_is_written_is_read_back_without_notes() {
        let own = OwnPeople::from(into_people(read(LIST).unwrap()));
        let text = write(&own);
        assert_eq!(text, "github:ada\ngithub:bob\ngithub:carol\n");
        assert_eq!(read(&text).unwrap().len(), 3);
    }
}
