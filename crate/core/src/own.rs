//! Your own people: whom somebody trusts or watches, and what they noted.
//!
//! Kept in this browser only. It is no evidence: it changes nothing of what
//! the record shows, and never hides an `alert`.

pub mod vouched;

use crate::login::Login;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// A note is cut off after this many bytes, at the end of a character.
const LONGEST_NOTE: usize = 2_000;

/// More people than any project has maintained a list of; what one import may
/// bring at most.
const MOST_PEOPLE: usize = 20_000;

/// What somebody means to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Mark {
    /// No look-up is needed.
    Trusted,
    /// Is to stand out.
    Watched,
}

/// What a reader keeps of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OwnPerson {
    /// The login.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub login: Login,
    /// Trusted or watched; none where there is only a note.
    pub mark: Option<Mark>,
    /// The reader's own words; may be empty where there is a mark.
    pub note: String,
}

/// Everybody a reader keeps something of, by their logins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<OwnPerson>", into = "Vec<OwnPerson>")]
pub struct OwnPeople(LiteMap<String, OwnPerson>);

impl OwnPeople {
    /// What is kept of an account, by the key of its login.
    pub fn get(&self, key: &str) -> Option<&OwnPerson> {
        self.0.get(key)
    }

    /// Keeps this of an account instead of what was kept; nothing where it
    /// says nothing, or where there are too many already.
    pub fn set(&mut self, mut person: OwnPerson) {
        let end = person.note.floor_char_boundary(LONGEST_NOTE);
        person.note.truncate(end);
        let key = person.login.key();
        if person.mark.is_none() && person.note.is_empty() {
            self.0.remove(&key);
        } else if self.0.len() < MOST_PEOPLE || self.0.contains_key(&key) {
            self.0.insert(key, person);
        }
    }

    /// Takes over what somebody brings along. A mark that comes with it counts;
    /// a note of the reader's own is kept.
    pub fn merge(&mut self, people: Vec<OwnPerson>) {
        for mut person in people {
            if let Some(kept) = self.0.get(&person.login.key()) {
                person.mark = person.mark.or(kept.mark);
                if !kept.note.is_empty() {
                    person.note.clone_from(&kept.note);
                }
            }
            self.set(person);
        }
    }

    /// Everybody, in the order of their logins.
    pub fn iter(&self) -> impl Iterator<Item = &OwnPerson> {
        self.0.values()
    }
}

impl From<Vec<OwnPerson>> for OwnPeople {
    fn from(people: Vec<OwnPerson>) -> Self {
        let mut own = Self::default();
        own.merge(people);
        own
    }
}

impl From<OwnPeople> for Vec<OwnPerson> {
    fn from(own: OwnPeople) -> Self {
        own.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(login: &str, mark: Option<Mark>, note: &str) -> OwnPerson {
        OwnPerson {
            login: login.parse().unwrap(),
            mark,
            note: note.to_owned(),
        }
    }

    #[test]
    fn what_says_nothing_is_not_kept() {
        let mut own = OwnPeople::default();
        own.set(person("Ada", Some(Mark::Trusted), ""));
        own.set(person("bob", None, "met at a conference"));
        own.set(person("eve", None, ""));
        let kept: Vec<_> = own.iter().map(|it| it.login.as_str()).collect();
        assert_eq!(kept, ["Ada", "bob"]);
        own.set(person("ADA", None, ""));
        assert_eq!(own.get("ada"), None);
    }

    #[test]
    fn an_import_adds_and_takes_nothing_away() {
        let mut own = OwnPeople::default();
        own.set(person("ada", Some(Mark::Watched), "careful"));
        own.set(person("bob", Some(Mark::Trusted), ""));
        own.merge(vec![
            person("Ada", Some(Mark::Trusted), "reviews well"),
            person("bob", None, "met at a conference"),
            person("eve", Some(Mark::Watched), ""),
        ]);
        let expected = [
            person("Ada", Some(Mark::Trusted), "careful"),
            person("bob", Some(Mark::Trusted), "met at a conference"),
            person("eve", Some(Mark::Watched), ""),
        ];
        assert!(own.iter().eq(&expected));
    }

    #[test]
    fn a_note_is_cut_between_characters() {
        let mut own = OwnPeople::default();
        own.set(person("ada", None, &"é".repeat(LONGEST_NOTE)));
        let note = &own.get("ada").unwrap().note;
        assert_eq!(note.chars().count(), LONGEST_NOTE / 2);
        own.set(person(
            "ada",
            None,
            &format!("x{}", "é".repeat(LONGEST_NOTE)),
        ));
        assert_eq!(own.get("ada").unwrap().note.len(), LONGEST_NOTE - 1);
    }
}
