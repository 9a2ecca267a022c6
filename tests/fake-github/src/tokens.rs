//! The tokens that the loopback GitHub knows. Each has GitHub's real form and is plainly no secret.

use std::sync::LazyLock;

/// A classic token without any scope: all that the product needs.
pub const CLASSIC: &str = "ghp_FakeFakeFakeFakeFakeFakeFakeClassic0";
/// A classic token with `repo`, `read:org` and `user`: accepted, with far more rights than needed.
pub const CLASSIC_REPO: &str = "ghp_FakeFakeFakeFakeFakeFakeFakeFatRepo0";
/// A fine-grained token without permissions.
pub const FINE_GRAINED: &str =
    "github_pat_11FAKEFAKE0FakeFakeFak_FakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFaFine0";
/// A fine-grained token that expires within [`EXPIRING_DAYS`] days.
pub const EXPIRING: &str =
    "github_pat_11FAKEFAKE0FakeFakeFak_FakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFaSoon0";
/// A token in the form announced for 2026: a number, then a JSON web token, 520 characters in all.
/// It reads what is public, as [`FINE_GRAINED`] does.
pub static LONG: LazyLock<String> = LazyLock::new(|| {
    let fake = |length: usize| "Fake".chars().cycle().take(length).collect::<String>();
    format!("ghs_1234567_eyJ{}.{}.{}", fake(33), fake(385), fake(85))
});
/// A token that has been revoked: 401 for ever.
pub const REVOKED: &str = "ghp_FakeFakeFakeFakeFakeFakeFakeRevoked0";

/// Days until [`EXPIRING`] expires.
pub const EXPIRING_DAYS: i64 = 3;
/// Whose the good tokens are.
pub const VIEWER: &str = "maintainer-max";

/// A token that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What the log calls it; the token itself is never logged.
    pub name: &'static str,
    /// The scopes of a classic token; `None` for a fine-grained one, which has none.
    pub scopes: Option<&'static [&'static str]>,
    /// Days until it expires, where it does.
    pub expires_in_days: Option<i64>,
}

impl Token {
    /// Whether it may see the private repositories that its owner sees.
    pub(crate) fn sees_private(self) -> bool {
        self.scopes.is_some_and(|scopes| scopes.contains(&"repo"))
    }
}

/// What GitHub makes of the credentials of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// None were sent.
    Anonymous,
    /// They were sent and are refused.
    Bad,
    /// They are good.
    Good(Token),
}

impl Credentials {
    /// Whether they may see the private repositories that the viewer sees.
    pub(crate) fn see_private(self) -> bool {
        matches!(self, Self::Good(token) if token.sees_private())
    }
}

/// What [`LONG`] is.
const OF_LONG: Token = Token {
    name: "long",
    scopes: None,
    expires_in_days: None,
};

const GOOD: [(&str, Token); 4] = [
    (
        CLASSIC,
        Token {
            name: "classic",
            scopes: Some(&[]),
            expires_in_days: None,
        },
    ),
    (
        CLASSIC_REPO,
        Token {
            name: "classic-repo",
            scopes: Some(&["read:org", "repo", "user"]),
            expires_in_days: None,
        },
    ),
    (
        FINE_GRAINED,
        Token {
            name: "fine-grained",
            scopes: None,
            expires_in_days: None,
        },
    ),
    (
        EXPIRING,
        Token {
            name: "expiring",
            scopes: None,
            expires_in_days: Some(EXPIRING_DAYS),
        },
    ),
];

/// Reads the `Authorization` header, with either of GitHub's two words before the token.
pub fn read(authorization: Option<&str>) -> Credentials {
    let Some(header) = authorization else {
        return Credentials::Anonymous;
    };
    let (scheme, token) = header.split_once(' ').unwrap_or(("", ""));
    if !scheme.eq_ignore_ascii_case("bearer") && !scheme.eq_ignore_ascii_case("token") {
        return Credentials::Bad;
    }
    let token = token.trim();
    if token == *LONG {
        return Credentials::Good(OF_LONG);
    }
    let known = GOOD.iter().find(|(secret, _)| *secret == token);
    known.map_or(Credentials::Bad, |(_, token)| Credentials::Good(*token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_githubs() {
        for token in [CLASSIC, CLASSIC_REPO, REVOKED] {
            assert_eq!(token.len(), "ghp_".len() + 36, "{token}");
        }
        assert_eq!(LONG.len(), 520, "{}", *LONG);
        for token in [FINE_GRAINED, EXPIRING] {
            assert_eq!(token.len(), "github_pat_".len() + 82, "{token}");
        }
    }

    #[test]
    fn credentials() {
        let check = |header: Option<&str>, expected: Option<&str>| {
            let name = match read(header) {
                Credentials::Good(token) => Some(token.name),
                Credentials::Bad => None,
                Credentials::Anonymous => Some("anonymous"),
            };
            assert_eq!(name, expected, "{header:?}");
        };
        check(None, Some("anonymous"));
        check(Some(&format!("Bearer {CLASSIC}")), Some("classic"));
        check(Some(&format!("token {EXPIRING}")), Some("expiring"));
        check(Some(&format!("Bearer {}", *LONG)), Some("long"));
        check(Some(&format!("Bearer {REVOKED}")), None);
        check(Some("Basic bm90OnRoaXM="), None);
        check(Some("Bearer glpat-of-another-site"), None);
    }
}
