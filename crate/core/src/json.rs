//! JSON in and out: `serde_json`, with errors that name the cause and the place.
//!
//! A text becomes a [`Value`] first, and a type is read out of that: what
//! GitHub sends is read part by part, so that an odd part does not cost its
//! siblings, and the module holds one kind of reader for each type. Whoever
//! reads a part adds its name to the error ([`Error::within`]); the figures
//! are in `docs/size.md`.

pub use serde_json::{Value, json, to_string};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// What could not be read, and why.
///
/// It repeats nothing that stood in the JSON: replies hold names, settings
/// hold the token, and this text may end in a bug report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    /// An error with this cause.
    pub fn new(cause: impl Into<String>) -> Self {
        Self(cause.into())
    }

    /// The same error, found inside of this field.
    #[must_use]
    pub fn within(self, field: &str) -> Self {
        Self(format!("{field}: {}", self.0))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self(without_values(&error.to_string()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Reads a text.
///
/// # Errors
/// If it is no JSON, or does not hold what was expected.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(T::deserialize(&parse(text)?)?)
}

/// Reads a long text without making a [`Value`] of it first: in half the time,
/// with a reader of its own for the type (16 KB for the settings).
///
/// # Errors
/// If it is no JSON, or does not hold what was expected.
pub(crate) fn from_long_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_str(text)?)
}

/// Reads a value.
///
/// # Errors
/// If it does not hold what was expected.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    Ok(T::deserialize(value)?)
}

/// Reads a text as any JSON there is. Half a character, as a browser may cut
/// it out of an emoji, becomes U+FFFD.
///
/// # Errors
/// If it is no JSON.
pub fn parse(text: &str) -> Result<Value, Error> {
    let strictly = serde_json::from_str(text);
    Ok(strictly.or_else(|_| serde_json::from_str(&without_lone_surrogates(text)))?)
}

/// Replaces each escaped half of a UTF-16 pair that stands alone.
fn without_lone_surrogates(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        mended.push_str(before);
        let is_low = |text| matches!(escaped_unit(text), Some(0xdc00..=0xdfff));
        let length = match escaped_unit(escape) {
            Some(0xd800..=0xdbff) if escape.get(6..).is_some_and(is_low) => 12,
            Some(0xd800..=0xdfff) => {
                mended.push('\u{fffd}');
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            Some(_) => 6,
            // The backslash and the character after it.
            None => escape.char_indices().nth(2).map_or(escape.len(), |it| it.0),
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        mended.push_str(escape);
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// The unit of UTF-16 that a text begins with as `\u` and four digits.
fn escaped_unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// What `serde_json` says, without the texts that stood in the JSON: it
/// repeats them in quotation marks, and unknown names of enums in backticks.
fn without_values(message: &str) -> String {
    let known = message
        .strip_prefix("unknown variant `")
        .and_then(|rest| rest.rsplit_once("`, expected"));
    if let Some((_, known)) = known {
        return format!("unknown variant, expected{known}");
    }
    let mut kept = String::with_capacity(message.len());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for character in message.chars() {
        let is_end = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        if is_end && is_quoted {
            kept.push('…');
        }
        if is_end || !is_quoted {
            kept.push(character);
        }
        is_quoted ^= is_end;
    }
    kept
}

/// Reads a field that may be null and is not to be missing: with
/// `#[serde(default)]`, none is one that is missing.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// One of many, each of which may be unreadable by itself.
pub(crate) struct Lenient<T>(pub(crate) Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Unit,
        Many(Vec<Home>),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Home {
        owner: String,
        number: u32,
    }

    fn check(json: &Value, expected: &str) {
        let error = from_value::<Shape>(json).expect_err("this is not to be read");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn an_error_names_the_cause_and_no_value() {
        check(
            &json!({ "Many": [{ "owner": "ada", "number": 1 }, { "owner": "secret" }] }),
            "missing field `number`",
        );
        check(
            &json!({ "Many": [{ "owner": null, "number": 1 }] }),
            "invalid type: null, expected a string",
        );
        check(
            &json!({ "Many": [{ "owner": "ada", "number": "se\\\"cret" }] }),
            "invalid type: string \"…\", expected u32",
        );
        check(
            &json!("se`, expected `cret"),
            "unknown variant, expected `Unit` or `Many`",
        );
        let cut_off = parse(r#"["secret"#).unwrap_err().to_string();
        assert_eq!(cut_off, "EOF while parsing a string at line 1 column 8");
    }

    #[test]
    fn one_unreadable_item_leaves_the_others() {
        let read: Vec<Lenient<Shape>> = from_str(r#"["Unit",null,{"Many":"x"}]"#).unwrap();
        let read: Vec<_> = read.into_iter().map(|it| it.0).collect();
        assert_eq!(read, [Some(Shape::Unit), None, None]);
    }

    #[test]
    fn half_a_character_costs_itself_alone() {
        for (text, expected) in [
            (r#""a\ud83db""#, "a\u{fffd}b"),
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\udc00\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\\ud83d \ud83dä\\""#, "\\ud83d \u{fffd}ä\\"),
        ] {
            assert_eq!(parse(text), Ok(Value::from(expected)), "{text}");
        }
        assert!(parse(r#""\ud83d"#).is_err());
        assert!(parse(r"\").is_err());
    }

    proptest! {
        #[test]
        fn any_half_characters_are_read(units in prop::collection::vec(any::<u16>(), 0..20)) {
            let escaped: Vec<String> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let escaped = escaped.concat();
            let expected = String::from_utf16_lossy(&units);
            prop_assert_eq!(parse(&format!("\"{escaped}\"")), Ok(Value::from(expected)));
        }
    }
}
