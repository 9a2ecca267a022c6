//! [`Login`]: the name of a GitHub account, valid by construction.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// GitHub allows this many characters in a login.
pub const MAX_LOGIN_LENGTH: usize = 39;

/// The login of a user or organization.
///
/// GitHub itself names accounts that its rules for new ones would refuse
/// (`gil--`, `-ace-`, `foo--bar`): letters, digits and hyphens, at most
/// [`MAX_LOGIN_LENGTH`]. Accounts managed by a company end in `_` and its
/// short code. Two logins
/// that differ only in case are the same account, so they are equal here, and
/// the spelling that was read is kept for showing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

impl Login {
    /// The login as it was spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The login in lower case: one spelling for each account.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The letters of [`Login::key`], without a text of its own.
    pub(crate) fn folded(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }

    /// Whether this is the account GitHub puts in the place of deleted ones.
    pub fn is_ghost(&self) -> bool {
        self.0.eq_ignore_ascii_case("ghost")
    }
}

/// The text is no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALogin;

impl fmt::Display for NotALogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a GitHub login")
    }
}

impl std::error::Error for NotALogin {}

impl Login {
    /// Reads a login that a person writes by hand: by GitHub's rules for new
    /// ones, single hyphens and none in front, so that a slip is told. Old
    /// accounts may end in a hyphen.
    ///
    /// # Errors
    /// If GitHub would give nobody this login.
    pub fn typed(text: &str) -> Result<Self, NotALogin> {
        let is_new = !text.starts_with('-') && !text.contains("--");
        let login = text.parse().ok().filter(|_| is_new);
        login.ok_or(NotALogin)
    }
}

/// Reads a login that GitHub names.
impl FromStr for Login {
    type Err = NotALogin;

    fn from_str(text: &str) -> Result<Self, NotALogin> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for Login {
    type Error = NotALogin;

    /// The store may hold 20,000 of them, so the text is not copied.
    fn try_from(text: String) -> Result<Self, NotALogin> {
        let bytes = text.as_bytes();
        let company_at = bytes.iter().position(|it| *it == b'_');
        let (name, company) = bytes.split_at(company_at.unwrap_or(bytes.len()));
        let is_name = |it: &u8| it.is_ascii_alphanumeric() || *it == b'-';
        let is_word = !name.is_empty() && name.iter().all(is_name);
        let is_code = match company {
            [] => true,
            [_, code @ ..] => !code.is_empty() && code.iter().all(u8::is_ascii_alphanumeric),
        };
        if bytes.len() <= MAX_LOGIN_LENGTH && is_word && is_code {
            Ok(Self(text))
        } else {
            Err(NotALogin)
        }
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Login {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Login {}

impl Hash for Login {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Login {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Login {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(other.folded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_github_allows() {
        for text in [
            "octocat",
            "a",
            "0",
            "A-b-C",
            "old-one-",
            "gil--",
            "-ace-",
            "foo--bar",
            "jo_acme",
            "a-b_corp1",
            "abcdefghijklmnopqrstuvwxyz0123456789abc",
        ] {
            assert_eq!(text.parse::<Login>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "a b",
            "a/b",
            "dependabot[bot]",
            "_acme",
            "jo_",
            "jo_a_b",
            "jo_a-b",
            "ä",
            "abcdefghijklmnopqrstuvwxyz0123456789abcd",
            "a\n",
        ] {
            assert_eq!(text.parse::<Login>(), Err(NotALogin), "{text:?}");
        }
    }

    #[test]
    fn a_slip_in_what_a_person_writes_is_told() {
        for text in ["-a", "a--b", "gil--", "a b", ""] {
            assert_eq!(Login::typed(text), Err(NotALogin), "{text:?}");
        }
        for text in ["octocat", "old-one-", "jo_acme"] {
            assert_eq!(Login::typed(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn case_makes_no_other_account() {
        let (a, b): (Login, Login) = ("OctoCat".parse().unwrap(), "octocat".parse().unwrap());
        assert_eq!(a, b);
        assert_eq!(a.key(), b.key());
        assert_eq!(a.cmp(&b), std::cmp::Ordering::Equal);
    }
}
