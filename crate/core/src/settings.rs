//! What is kept of a reader's own making, and the same as a file to carry
//! elsewhere, which holds no token.

use crate::choices::Choices;
use crate::github::Token;
use crate::github::read::TokenOwner;
use crate::json::{self, Value};
use crate::own::{OwnPeople, OwnPerson, vouched};
use crate::report::{Arg, Sentence};
use crate::words::Key;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Raised when a file of the one before can no longer be read.
const VERSION: u32 = 1;

/// More than any export: 20,000 people of some 80 bytes, and their notes.
const MOST_BYTES: usize = 4_000_000;

/// What a person has set, and the token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The version; its name tells whose file it is.
    pub bonafide: u32,
    /// What was chosen in the options.
    pub choices: Choices,
    /// The reader's own people.
    pub people: OwnPeople,
    /// The token.
    pub token: Option<Token>,
    /// Whose the token is, as GitHub said when it was saved or last tested.
    pub owner: Option<TokenOwner>,
    /// Whether something that could not be read was put aside in the store.
    pub is_set_aside: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bonafide: VERSION,
            choices: Choices::default(),
            people: OwnPeople::default(),
            token: None,
            owner: None,
            is_set_aside: false,
        }
    }
}

/// What somebody brings along.
#[derive(Debug, PartialEq)]
pub struct Import {
    /// The choices, where the file has any.
    pub choices: Option<Choices>,
    /// The people.
    pub people: Vec<OwnPerson>,
}

impl Settings {
    /// What was kept, and whether that is all of it. Of what cannot be read as a
    /// whole, as after a change of versions, each part that can be read is
    /// kept: a choice that is no more takes neither the token nor the people
    /// with it.
    pub fn from_store(text: &str) -> (Self, bool) {
        if let Some(settings) = json::from_long_str(text).ok().and_then(Kept::all) {
            return (settings, true);
        }
        let Ok(kept) = json::parse(text) else {
            return (Self::default(), false);
        };
        let version = kept.get("bonafide").and_then(Value::as_u64);
        let mut is_whole = kept.is_object()
            && version.is_none_or(|version| version <= VERSION.into())
            && is_known(&kept);
        let settings = Self {
            bonafide: VERSION,
            choices: part(&kept, "choices", &mut is_whole),
            people: people(&kept, &mut is_whole).into(),
            token: part(&kept, "token", &mut is_whole),
            owner: part(&kept, "owner", &mut is_whole),
            is_set_aside: part(&kept, "isSetAside", &mut is_whole),
        };
        (settings, is_whole)
    }

    /// The file to carry elsewhere.
    pub fn to_file(&self) -> String {
        let file = Self {
            token: None,
            owner: None,
            is_set_aside: false,
            ..self.clone()
        };
        // All of it can be written.
        json::to_string(&file).unwrap_or_default()
    }
}

/// What is kept, in the form that this version writes and no other. A start of
/// the worker waits for it, and there may be many people.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kept {
    bonafide: u32,
    choices: Value,
    people: Vec<OwnPerson>,
    token: Option<Token>,
    owner: Option<TokenOwner>,
    is_set_aside: bool,
}

impl Kept {
    /// All of it, where this version knows it all.
    fn all(self) -> Option<Settings> {
        let is_known = self.bonafide <= VERSION && are_choices_known(&self.choices);
        let choices = Choices::deserialize(&self.choices);
        Some(Settings {
            bonafide: VERSION,
            choices: choices.ok().filter(|_| is_known)?,
            people: self.people.into(),
            token: self.token,
            owner: self.owner,
            is_set_aside: self.is_set_aside,
        })
    }
}

/// What a store may hold beside a version's number.
const PARTS: [&str; 6] = [
    "bonafide",
    "choices",
    "people",
    "token",
    "owner",
    "isSetAside",
];

/// Whether a later version may have kept something that this one does not
/// know, and would lose.
fn is_known(kept: &Value) -> bool {
    let mut parts = kept.as_object().into_iter().flat_map(|it| it.keys());
    parts.all(|name| PARTS.contains(&name.as_str()))
        && kept.get("choices").is_none_or(are_choices_known)
}

fn are_choices_known(kept: &Value) -> bool {
    let known = json::to_string(&Settings::default());
    let known = known.ok().and_then(|text| json::parse(&text).ok());
    let known = known.as_ref().and_then(|it| it.get("choices"));
    let mut names = kept.as_object().into_iter().flat_map(|it| it.keys());
    names.all(|name| known.is_some_and(|it| it.get(name).is_some()))
}

/// Everybody who can be read.
fn people(kept: &Value, is_whole: &mut bool) -> Vec<OwnPerson> {
    let all = match kept.get("people") {
        Some(Value::Array(all)) => all.as_slice(),
        other => {
            *is_whole &= other.is_none();
            &[]
        }
    };
    let readable = all.iter().filter_map(|it| OwnPerson::deserialize(it).ok());
    let readable: Vec<OwnPerson> = readable.collect();
    *is_whole &= readable.len() == all.len();
    readable
}

fn part<T: Default + DeserializeOwned>(kept: &Value, name: &str, is_whole: &mut bool) -> T {
    let Some(kept) = kept.get(name) else {
        return T::default();
    };
    T::deserialize(kept).unwrap_or_else(|_| {
        *is_whole = false;
        T::default()
    })
}

/// Reads a file of ours, or a VOUCHED.td.
///
/// # Errors
/// What is wrong with it. Nothing of it is to be used then.
pub fn read_file(text: &str) -> Result<Import, Sentence> {
    if text.len() > MOST_BYTES {
        return Err(Key::ImportTooLarge.alone());
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let people = match text.as_bytes().first() {
        None => return Err(Key::ImportEmpty.alone()),
        Some(b'{' | b'[') => return read_json(text),
        Some(_) => vouched::read(text).map_err(|line| Key::ImportBrokenLine.with(&[line.0]))?,
    };
    if people.is_empty() {
        return Err(Key::ImportEmpty.alone());
    }
    Ok(Import {
        choices: None,
        people: vouched::into_people(people),
    })
}

fn read_json(text: &str) -> Result<Import, Sentence> {
    let broken = |_| Key::ImportBroken.alone();
    let file = json::parse(text).map_err(broken)?;
    match file.get("bonafide").and_then(Value::as_u64) {
        Some(version) if version <= VERSION.into() => {}
        Some(version) => {
            return Err(Sentence {
                args: vec![Arg::Text(version.to_string())],
                ..Key::ImportOtherVersion.alone()
            });
        }
        _ => return Err(Key::ImportNotOurs.alone()),
    }
    let mut is_whole = true;
    let choices: Choices = part(&file, "choices", &mut is_whole);
    let people = people(&file, &mut is_whole);
    if !is_whole {
        return Err(Key::ImportBroken.alone());
    }
    let choices = choices.checked().map_err(Key::alone)?;
    Ok(Import {
        choices: file.get("choices").map(|_| choices),
        people,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own::Mark;

    fn key(text: &str) -> String {
        read_file(text).unwrap_err().key
    }

    #[test]
    fn what_is_written_is_read_back_without_the_token() {
        let person = OwnPerson {
            login: "ada".parse().unwrap(),
            mark: Some(Mark::Watched),
            note: "<b>\"careful\"\n".to_owned(),
        };
        let choices = Choices {
            hides_clear: true,
            list_look_ups: 7,
            ..Choices::default()
        };
        let token = "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        let settings = Settings {
            choices: choices.clone(),
            people: vec![person.clone()].into(),
            token: Token::parse(token).ok(),
            ..Settings::default()
        };
        assert!(settings.token.is_some());
        let text = settings.to_file();
        let expected = Import {
            choices: Some(choices),
            people: vec![person],
        };
        assert_eq!(read_file(&text), Ok(expected));
        assert!(!text.contains(token));
    }

    #[test]
    fn what_cannot_be_read_takes_nothing_else_with_it() {
        let token = "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        let kept = |choices: &str, people: &str| {
            let text = format!(r#"{{"choices":{choices},"people":{people},"token":"{token}"}}"#);
            Settings::from_store(&text).0
        };
        let whole = kept(
            r#"{"listLookUps":7}"#,
            r#"[{"login":"ada","mark":"watched","note":""}]"#,
        );
        assert_eq!(whole.token, Token::parse(token).ok());
        assert_eq!(whole.choices.list_look_ups, 7);
        assert_ne!(whole.people, OwnPeople::default());

        let without_choices = kept(
            r#"{"policy":"harsh"}"#,
            r#"[{"login":"ada","mark":"watched","note":""}]"#,
        );
        let expected = Settings {
            choices: Choices::default(),
            ..whole.clone()
        };
        assert_eq!(without_choices, expected);
        let ada = r#"{"login":"ada","mark":"watched","note":""}"#;
        let broken = r#"{"login":"eve","mark":"adored","note":""}"#;
        let one_less = kept(r#"{"listLookUps":7}"#, &format!("[{broken},{ada}]"));
        assert_eq!(one_less, whole);
        for nothing in ["", "{", "[]", "7", r#"{"token":7}"#] {
            let expected = (Settings::default(), false);
            assert_eq!(Settings::from_store(nothing), expected);
        }
    }

    #[test]
    fn whether_all_could_be_read_is_told() {
        let is_whole = |text: &str| Settings::from_store(text).1;
        for whole in [
            "{}".to_owned(),
            r#"{"bonafide":1,"choices":{"listLookUps":7}}"#.to_owned(),
            json::to_string(&Settings::default()).unwrap(),
        ] {
            assert!(is_whole(&whole), "{whole}");
        }
        for part in [
            // A later version's.
            r#"{"bonafide":2}"#,
            r#"{"bonafide":1,"teams":[]}"#,
            r#"{"choices":{"newChoice":true}}"#,
            // Broken ones.
            r#"{"choices":7}"#,
            r#"{"people":{}}"#,
            r#"{"people":[{"login":"no login","mark":null,"note":""}]}"#,
            r#"{"people":[{"login":"ada","mark":"adored","note":""}]}"#,
            r#"{"token":"none"}"#,
            r#"{"owner":7}"#,
        ] {
            assert!(!is_whole(part), "{part}");
        }
    }

    #[test]
    fn whatever_is_exported_can_be_imported() {
        let login = |number: usize| format!("{:a<33}{number:06}", "").parse().unwrap();
        let mut people = OwnPeople::default();
        // What takes most bytes as JSON, and most once more as a message.
        for note in ["\u{1}".repeat(333), "\\".repeat(1_000), "🦀".repeat(500)] {
            let mut settings = Settings::default();
            for number in 0..20_000 {
                let person = OwnPerson {
                    login: login(number),
                    mark: Some(Mark::Trusted),
                    note: note.clone(),
                };
                let bare = OwnPerson {
                    note: String::new(),
                    ..person.clone()
                };
                if people.set(person).is_err() {
                    people.set(bare).unwrap();
                }
            }
            settings.people = people.clone();
            let text = settings.to_file();
            let import = read_file(&text).unwrap();
            assert_eq!(import.people.len(), 20_000);
            let mut restored = OwnPeople::default();
            restored.merge(import.people).unwrap();
            assert_eq!(restored, settings.people);
            // As a text in a message; `crate/wasm` takes 8 MB of one.
            assert!(json::to_string(&text).unwrap().len() < 8_000_000);
        }
    }

    #[test]
    fn a_file_may_leave_things_out() {
        let import = read_file(r#"{"bonafide":1}"#).unwrap();
        assert_eq!((import.choices, import.people), (None, Vec::new()));
        let import = read_file(r#"{"bonafide":1,"choices":{"hidesClear":true}}"#).unwrap();
        assert!(import.choices.unwrap().hides_clear);
    }

    #[test]
    fn reads_vouched_td() {
        let import = read_file("\u{feff}# ours\nada\n-eve same change everywhere\n").unwrap();
        let marks: Vec<_> = import.people.iter().map(|it| it.mark).collect();
        assert_eq!(marks, [Some(Mark::Trusted), Some(Mark::Watched)]);
        assert_eq!(import.choices, None);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        for (text, expected) in [
            ("", "import_empty"),
            ("  \n", "import_empty"),
            ("# nobody\n", "import_empty"),
            ("ada\n<script>\n", "import_broken_line"),
            (
                r#"{"bonafide":1,"people":[{"login":"-"}]}"#,
                "import_broken",
            ),
            (r#"{"bonafide":1,"people":["#, "import_broken"),
            (r#"{"people":[]}"#, "import_not_ours"),
            ("[]", "import_not_ours"),
            (r#"{"bonafide":2,"other":1}"#, "import_other_version"),
            (
                r#"{"bonafide":1,"choices":{"freshMinutes":1}}"#,
                "choices_out_of_range",
            ),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
        assert_eq!(key(&"a".repeat(MOST_BYTES + 1)), "import_too_large");
    }
}
