//! [`Repository`]: `owner/name`, valid by construction.

use crate::login::Login;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// GitHub allows this many characters in a repository's name.
const MAX_NAME_LENGTH: usize = 100;

/// A repository on github.com. As with logins, case makes no other repository.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repository {
    owner: Login,
    name: String,
}

impl Repository {
    /// Who owns it: a user or an organization.
    pub fn owner(&self) -> &Login {
        &self.owner
    }

    /// Its name, without the owner.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `owner/name` in lower case: one spelling for each repository.
    pub fn key(&self) -> String {
        self.to_string().to_ascii_lowercase()
    }

    /// The letters of [`Repository::key`], without a text of its own: lists
    /// of hundreds are sorted by them.
    fn folded(&self) -> impl Iterator<Item = u8> {
        let name = self.name.bytes().map(|byte| byte.to_ascii_lowercase());
        self.owner.folded().chain([b'/']).chain(name)
    }
}

/// The text is no `owner/name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARepository;

impl fmt::Display for NotARepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a GitHub repository")
    }
}

impl std::error::Error for NotARepository {}

impl FromStr for Repository {
    type Err = NotARepository;

    fn from_str(text: &str) -> Result<Self, NotARepository> {
        let (owner, name) = text.split_once('/').ok_or(NotARepository)?;
        let owner = owner.parse().map_err(|_| NotARepository)?;
        let is_name = !name.is_empty()
            && name.len() <= MAX_NAME_LENGTH
            && name != "."
            && name != ".."
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if is_name {
            Ok(Self {
                owner,
                name: name.to_owned(),
            })
        } else {
            Err(NotARepository)
        }
    }
}

impl TryFrom<String> for Repository {
    type Error = NotARepository;

    fn try_from(text: String) -> Result<Self, NotARepository> {
        text.parse()
    }
}

impl From<Repository> for String {
    fn from(repository: Repository) -> Self {
        repository.to_string()
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl PartialEq for Repository {
    fn eq(&self, other: &Self) -> bool {
        self.owner == other.owner && self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl Eq for Repository {}

impl Hash for Repository {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Repository {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Repository {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(other.folded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_owner_and_name() {
        for text in ["acme/web", "a/b.js", "a/_", "Old-/x-y.z_0", "foo--bar/r"] {
            assert_eq!(text.parse::<Repository>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "", "acme", "acme/", "/web", "a/b/c", "a/..", "a/b c", "a_/c",
        ] {
            assert_eq!(text.parse::<Repository>(), Err(NotARepository), "{text:?}");
        }
    }

    #[test]
    fn case_makes_no_other_repository() {
        let (a, b): (Repository, Repository) =
            ("Acme/Web".parse().unwrap(), "acme/web".parse().unwrap());
        assert_eq!(a, b);
        // Each is kept under its own key, whatever its spelling.
        assert_eq!((a.key(), b.key()), ("acme/web".into(), "acme/web".into()));
    }
}
