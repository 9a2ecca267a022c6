//! [`Token`]: what GitHub gives a person to act in their name.

use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A token in one of GitHub's formats.
///
/// Its text leaves this type only for the `Authorization` header and for the
/// store; printing a token prints nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token(String);

/// The prefixes GitHub gives to tokens a person can use here:
/// <https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/>.
const PREFIXES: [&str; 5] = ["github_pat_", "ghp_", "gho_", "ghu_", "ghs_"];

/// The shortest and longest body after the prefix. GitHub makes none shorter
/// than 36 today; since April 2026 those of apps hold a JWT, some 520
/// characters with dots, and others are announced. GitHub tests every token
/// itself, so only what is plainly cut off is refused here.
const BODY_LENGTH: std::ops::RangeInclusive<usize> = 16..=1_000;

/// Tokens from before April 2021 have no prefix: 40 hexadecimal digits.
const OLD_LENGTH: usize = 40;

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAToken {
    /// Nothing was given.
    Empty,
    /// There are spaces or line breaks inside it.
    Broken,
    /// It is in the format of another site or of an old GitHub.
    OtherSite,
    /// It begins like a token of GitHub's but was cut off or has other
    /// characters in it.
    Incomplete,
}

impl Token {
    /// Reads what a person pasted; white space around it is no mistake.
    ///
    /// # Errors
    /// [`NotAToken`] says what is wrong with the text.
    pub fn parse(pasted: &str) -> Result<Self, NotAToken> {
        let text = pasted.trim();
        if text.is_empty() {
            return Err(NotAToken::Empty);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(NotAToken::Broken);
        }
        if text.len() == OLD_LENGTH && text.chars().all(|c| c.is_ascii_hexdigit()) {
            return Ok(Self(text.to_owned()));
        }
        let Some(body) = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)) else {
            return Err(NotAToken::OtherSite);
        };
        let is_body = body
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
        if is_body && BODY_LENGTH.contains(&body.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAToken::Incomplete)
        }
    }

    /// The value of the `Authorization` header.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.0)
    }
}

/// The text with every word left out that is a token, or holds the beginning of
/// one. Nothing is known of the text: it may be damaged.
pub fn without_tokens(text: &str) -> String {
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let has_prefix = |word: &str| PREFIXES.iter().any(|prefix| word.contains(prefix));
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_of_token(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !has_prefix(word) && Token::parse(word).is_err() {
            kept.push_str(word);
        }
        let next = after.find(is_of_token).unwrap_or(after.len());
        let (between, following) = after.split_at(next);
        kept.push_str(between);
        rest = following;
    }
    kept
}

impl NotAToken {
    /// The message that says what is wrong and what to do.
    pub const fn key(self) -> Key {
        match self {
            Self::Empty => Key::TokenEmpty,
            Self::Broken => Key::TokenBroken,
            Self::OtherSite => Key::TokenOtherSite,
            Self::Incomplete => Key::TokenIncomplete,
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key().as_str())
    }
}

impl std::error::Error for NotAToken {}

impl TryFrom<String> for Token {
    type Error = NotAToken;

    fn try_from(text: String) -> Result<Self, NotAToken> {
        Self::parse(&text)
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pasted: &str, expected: Result<(), NotAToken>) {
        assert_eq!(Token::parse(pasted).map(|_| ()), expected, "{pasted:?}");
    }

    #[test]
    fn tells_tokens_from_everything_else() {
        let body = "x".repeat(36);
        check(&format!("ghp_{body}"), Ok(()));
        check(&format!("  github_pat_{body}_{body}\n"), Ok(()));
        check("", Err(NotAToken::Empty));
        check(" \n", Err(NotAToken::Empty));
        check(&format!("ghp_{body} x"), Err(NotAToken::Broken));
        check(&format!("ghp_\n{body}"), Err(NotAToken::Broken));
        check(&format!("glpat-{body}"), Err(NotAToken::OtherSite));
        check(&"0123456789".repeat(4), Ok(()));
        check(&"0123456789abcdef".repeat(3), Err(NotAToken::OtherSite));
        check("ghp_short", Err(NotAToken::Incomplete));
        check(&format!("ghp_{body}*"), Err(NotAToken::Incomplete));
        let jwt = format!("{0}.{0}-{0}.{0}", "x".repeat(130));
        check(&format!("ghs_12345_{jwt}"), Ok(()));
        check(
            &format!("ghs_{}", "x".repeat(1_001)),
            Err(NotAToken::Incomplete),
        );
    }

    #[test]
    fn is_sent_and_kept_as_it_was_pasted() {
        let pasted = format!("ghp_{}", "s".repeat(36));
        let token = Token::parse(&pasted).unwrap();
        assert_eq!(token.authorization(), format!("Bearer {pasted}"));
        assert_eq!(String::from(token), pasted);
    }

    #[test]
    fn leaves_out_what_is_a_token_or_begins_one() {
        let hexadecimal = "0123456789".repeat(4);
        for (text, expected) in [
            (
                format!(r#"{{"token":"ghp_{hexadecimal}","n":1}}"#),
                r#"{"token":"","n":1}"#,
            ),
            (format!("{hexadecimal}\n\u{e9}"), "\n\u{e9}"),
            ("\u{0}github_pat_11A".to_owned(), "\u{0}"),
            ("\"oldghs_1.a-b\"".to_owned(), "\"\""),
            (
                "ada: two words, foo--bar".to_owned(),
                "ada: two words, foo--bar",
            ),
            (String::new(), ""),
        ] {
            assert_eq!(without_tokens(&text), expected, "{text}");
        }
    }

    #[test]
    fn is_never_printed() {
        let token = Token::parse(&format!("ghp_{}", "s".repeat(36))).unwrap();
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
