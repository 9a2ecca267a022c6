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

/// More people than any project has maintained a list of.
const MOST_PEOPLE: usize = 20_000;

/// Bytes of all notes as JSON: with [`MOST_PEOPLE`], what an export holds at
/// most, so that it can be imported.
const MOST_NOTES: usize = 2_000_000;

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
#[derive(Clone, Debug, Default, Serialize)]
#[serde(into = "Vec<OwnPerson>")]
pub struct OwnPeople {
    people: LiteMap<String, OwnPerson>,
    /// Bytes of all their notes as JSON, once something has been changed: a start
    /// of the worker need not wait for them to be counted.
    notes: Option<usize>,
}

impl PartialEq for OwnPeople {
    fn eq(&self, other: &Self) -> bool {
        self.people == other.people
    }
}

/// There are as many people or notes as are kept: [`MOST_PEOPLE`], [`MOST_NOTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl OwnPeople {
    /// What is kept of an account, by the key of its login.
    pub fn get(&self, key: &str) -> Option<&OwnPerson> {
        self.people.get(key)
    }

    /// Keeps this of an account instead of what was kept; nothing where it
    /// says nothing.
    ///
    /// # Errors
    /// Where it is too much; nothing is changed then.
    pub fn set(&mut self, mut person: OwnPerson) -> Result<(), Full> {
        let end = person.note.floor_char_boundary(LONGEST_NOTE);
        person.note.truncate(end);
        let key = person.login.key();
        let before = self.people.get(&key);
        let all = || self.iter().map(note_bytes).sum();
        let notes = self.notes.unwrap_or_else(all);
        let notes = notes - before.map_or(0, note_bytes) + note_bytes(&person);
        let is_more = before.is_none_or(|before| note_bytes(before) < note_bytes(&person));
        if person.mark.is_none() && person.note.is_empty() {
            self.people.remove(&key);
        } else if is_more
            && (notes > MOST_NOTES || before.is_none() && self.people.len() >= MOST_PEOPLE)
        {
            return Err(Full);
        } else {
            self.people.insert(key, person);
        }
        self.notes = Some(notes);
        Ok(())
    }

    /// Takes over what somebody brings along. A mark that comes with it counts;
    /// a note of the reader's own is kept.
    ///
    /// # Errors
    /// Where it is too much; nothing is changed then.
    pub fn merge(&mut self, people: Vec<OwnPerson>) -> Result<(), Full> {
        let mut merged = self.clone();
        for mut person in people {
            if let Some(kept) = merged.people.get(&person.login.key()) {
                person.mark = person.mark.or(kept.mark);
                if !kept.note.is_empty() {
                    person.note.clone_from(&kept.note);
                }
            }
            merged.set(person)?;
        }
        *self = merged;
        Ok(())
    }

    /// Everybody, in the order of their logins.
    pub fn iter(&self) -> impl Iterator<Item = &OwnPerson> {
        self.people.values()
    }
}

/// How much of [`MOST_NOTES`] a note takes at most.
fn note_bytes(person: &OwnPerson) -> usize {
    let as_json = |byte: u8| match byte {
        0..=0x1f => r"\u0000".len(),
        b'"' | b'\\' => r"\n".len(),
        _ => 1,
    };
    person.note.bytes().map(as_json).sum()
}

impl From<Vec<OwnPerson>> for OwnPeople {
    /// Keeps all of them: what was kept once is not lost because there is more
    /// of it than is taken today.
    fn from(people: Vec<OwnPerson>) -> Self {
        let people = people.into_iter().map(|it| (it.login.key(), it)).collect();
        let notes = None;
        Self { people, notes }
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
        own.set(person("Ada", Some(Mark::Trusted), "")).unwrap();
        own.set(person("bob", None, "met at a conference")).unwrap();
        own.set(person("eve", None, "")).unwrap();
        let kept: Vec<_> = own.iter().map(|it| it.login.as_str()).collect();
        assert_eq!(kept, ["Ada", "bob"]);
        own.set(person("ADA", None, "")).unwrap();
        assert_eq!(own.get("ada"), None);
    }

    #[test]
    fn an_import_adds_and_takes_nothing_away() {
        let mut own = OwnPeople::default();
        own.set(person("ada", Some(Mark::Watched), "careful"))
            .unwrap();
        own.set(person("bob", Some(Mark::Trusted), "")).unwrap();
        own.merge(vec![
            person("Ada", Some(Mark::Trusted), "reviews well"),
            person("bob", None, "met at a conference"),
            person("eve", Some(Mark::Watched), ""),
        ])
        .unwrap();
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
        own.set(person("ada", None, &"é".repeat(LONGEST_NOTE)))
            .unwrap();
        let note = &own.get("ada").unwrap().note;
        assert_eq!(note.chars().count(), LONGEST_NOTE / 2);
        own.set(person(
            "ada",
            None,
            &format!("x{}", "é".repeat(LONGEST_NOTE)),
        ))
        .unwrap();
        assert_eq!(own.get("ada").unwrap().note.len(), LONGEST_NOTE - 1);
    }

    #[test]
    fn past_a_bound_nothing_is_kept_and_it_is_told() {
        let mut own = OwnPeople::default();
        for number in 0..MOST_PEOPLE {
            let login = format!("gen-{number}");
            own.set(person(&login, Some(Mark::Trusted), "")).unwrap();
        }
        let full = own.clone();
        assert_eq!(own.set(person("ada", Some(Mark::Trusted), "")), Err(Full));
        let two = vec![person("gen-1", None, "met"), person("ada", None, "met")];
        assert_eq!(own.merge(two), Err(Full));
        assert_eq!(own, full);
        own.set(person("gen-1", Some(Mark::Watched), "met"))
            .unwrap();

        let note = "n".repeat(LONGEST_NOTE);
        let mut kept = 0;
        while own.set(person(&format!("gen-{kept}"), None, &note)).is_ok() {
            kept += 1;
        }
        assert!((900..=1_000).contains(&kept), "{kept} long notes");
        let full = own.clone();
        assert_eq!(own.set(person("gen-1500", None, &note)), Err(Full));
        assert_eq!(own, full);
        // A mark takes no room, and what goes makes some.
        own.set(person("gen-1500", Some(Mark::Watched), ""))
            .unwrap();
        own.set(person("gen-7", None, "")).unwrap();
        own.set(person("gen-1500", None, &note)).unwrap();
    }

    #[test]
    fn what_was_kept_once_stays_whole() {
        let note = "n".repeat(LONGEST_NOTE);
        let people: Vec<OwnPerson> = (0..2_000)
            .map(|number| person(&format!("gen-{number}"), None, &note))
            .collect();
        let mut own = OwnPeople::from(people);
        assert_eq!(own.iter().count(), 2_000);
        // Only more of it is too much.
        own.set(person("gen-7", Some(Mark::Watched), &note))
            .unwrap();
        own.set(person("gen-8", None, "short")).unwrap();
        assert_eq!(own.set(person("ada", None, &note)), Err(Full));
    }
}
