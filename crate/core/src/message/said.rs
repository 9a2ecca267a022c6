//! [`Said`]: a message as it comes in, before it is known to be one.
//!
//! `serde` reads an enum with a tag by keeping everything it meets until it
//! has seen the tag, once for each enum; that takes three times the code of
//! one object with all the fields there are.

use super::{FromOptions, FromPage, FromPopup, PersonOnPage};
use crate::choices::Choices;
use crate::evidence::Association;
use crate::own::Mark;
use serde::Deserialize;
use std::fmt;

/// Every field that any message has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Said {
    r#type: String,
    repository: Option<String>,
    kind: Option<String>,
    people: Option<Vec<PersonOnPage>>,
    login: Option<String>,
    target: Option<String>,
    token: Option<String>,
    association: Option<Association>,
    is_list: Option<bool>,
    choices: Option<Choices>,
    mark: Option<Mark>,
    note: Option<String>,
    text: Option<String>,
}

/// No message that this client may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMessage;

impl fmt::Display for NotAMessage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not a message that may be sent from here")
    }
}

impl TryFrom<Said> for FromPage {
    type Error = NotAMessage;

    fn try_from(said: Said) -> Result<Self, NotAMessage> {
        let login = said.login.ok_or(NotAMessage);
        Ok(match said.r#type.as_str() {
            "people" => Self::People {
                repository: said.repository,
                kind: said.kind.unwrap_or_default(),
                people: said.people.ok_or(NotAMessage)?,
                is_list: said.is_list.unwrap_or_default(),
            },
            "open" => Self::Open { login: login? },
            "close" => Self::Close { login: login? },
            "refresh" => Self::Refresh { login: login? },
            "setPerson" => Self::SetPerson {
                login: login?,
                mark: said.mark,
                note: said.note.unwrap_or_default(),
            },
            "openOptions" => Self::OpenOptions,
            _ => return Err(NotAMessage),
        })
    }
}

impl TryFrom<Said> for FromPopup {
    type Error = NotAMessage;

    fn try_from(said: Said) -> Result<Self, NotAMessage> {
        Ok(match said.r#type.as_str() {
            "lookUp" => Self::LookUp {
                target: said.target.ok_or(NotAMessage)?,
                repository: said.repository,
                association: said.association,
            },
            "refresh" => Self::Refresh,
            "timeline" => Self::Timeline,
            "recent" => Self::Recent,
            "setPerson" => Self::SetPerson {
                login: said.login.ok_or(NotAMessage)?,
                mark: said.mark,
                note: said.note.unwrap_or_default(),
            },
            _ => return Err(NotAMessage),
        })
    }
}

impl TryFrom<Said> for FromOptions {
    type Error = NotAMessage;

    fn try_from(said: Said) -> Result<Self, NotAMessage> {
        Ok(match said.r#type.as_str() {
            "status" => Self::Status,
            "saveToken" => Self::SaveToken {
                token: said.token.ok_or(NotAMessage)?,
            },
            "deleteToken" => Self::DeleteToken,
            "setChoices" => Self::SetChoices {
                choices: said.choices.ok_or(NotAMessage)?,
            },
            "preview" => Self::Preview {
                choices: said.choices.ok_or(NotAMessage)?,
            },
            "setPerson" => Self::SetPerson {
                login: said.login.ok_or(NotAMessage)?,
                mark: said.mark,
                note: said.note.unwrap_or_default(),
            },
            "import" => Self::Import {
                text: said.text.ok_or(NotAMessage)?,
            },
            "export" => Self::Export,
            "exportVouched" => Self::ExportVouched,
            "wipe" => Self::Wipe,
            _ => return Err(NotAMessage),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    /// What is written by the shape that TypeScript knows is read back.
    fn check<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(messages: Vec<T>) {
        for message in messages {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(json::from_str(&text), Ok(message));
        }
    }

    #[test]
    fn reads_every_message() {
        let login = || "ada".to_owned();
        check(vec![
            FromPage::People {
                repository: None,
                kind: "pulls".to_owned(),
                is_list: true,
                people: vec![PersonOnPage {
                    login: login(),
                    is_opener: true,
                    is_in_view: false,
                    association: Some(crate::evidence::Association::FirstTimer),
                    opened_at: Some("2026-11-21T00:00:00Z".to_owned()),
                }],
            },
            FromPage::People {
                repository: Some("acme/web".to_owned()),
                kind: "pull".to_owned(),
                people: Vec::new(),
                is_list: false,
            },
            FromPage::Open { login: login() },
            FromPage::Close { login: login() },
            FromPage::Refresh { login: login() },
            FromPage::SetPerson {
                login: login(),
                mark: Some(Mark::Watched),
                note: "asked twice".to_owned(),
            },
            FromPage::OpenOptions,
        ]);
        check(vec![
            FromPopup::LookUp {
                target: login(),
                repository: Some("acme/web".to_owned()),
                association: Some(crate::evidence::Association::Member),
            },
            FromPopup::Refresh,
            FromPopup::Timeline,
            FromPopup::Recent,
            FromPopup::SetPerson {
                login: login(),
                mark: Some(Mark::Trusted),
                note: String::new(),
            },
        ]);
        check(vec![
            FromOptions::Status,
            FromOptions::SaveToken { token: login() },
            FromOptions::DeleteToken,
            FromOptions::SetChoices {
                choices: Choices::default(),
            },
            FromOptions::Preview {
                choices: Choices {
                    hides_clear: true,
                    ..Choices::default()
                },
            },
            FromOptions::SetPerson {
                login: login(),
                mark: None,
                note: "met in person".to_owned(),
            },
            FromOptions::Import { text: login() },
            FromOptions::Export,
            FromOptions::ExportVouched,
            FromOptions::Wipe,
        ]);
    }

    #[test]
    fn a_page_has_no_words_but_its_own() {
        for text in [
            r#"{"type":"saveToken","token":"x"}"#,
            r#"{"type":"wipe"}"#,
            r#"{"type":"lookUp","target":"ada"}"#,
            r#"{"type":"open"}"#,
            r#"{"type":"people","repository":"acme/web"}"#,
            r#"{"login":"ada"}"#,
            "[]",
        ] {
            assert!(json::from_str::<FromPage>(text).is_err(), "{text}");
        }
    }
}
