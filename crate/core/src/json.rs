//! JSON: a text becomes a [`Value`], and the value one of our types; and back.
//!
//! `serde_json` can read a type straight from the text, and then makes a
//! parser of JSON for each type, each with texts for all that can be wrong
//! with it: half of the module. Here there is one parser for all types, and
//! one thing that can be wrong: it is not what we can read.
//!
//! The parser is our own, because `serde_json`'s brings a tree of each object
//! and the tables of floating-point numbers into the module, and
//! nothing we read has a number that is not whole. The browser's own parser
//! would need a call into JavaScript for each field. A test holds ours
//! against `serde_json`'s. The writer is our own too, which takes 5,600
//! bytes less.

mod parse;
mod read;
mod write;

pub use write::Unwritable;

use serde::de::{self, DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// Any JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number; none where it has a fraction, or is too large.
    Number(Option<i64>),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Names and their values, in the order they were told.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// What an object has of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let mut fields = self.as_object()?.iter();
        Some(&fields.find(|(it, _)| it == name)?.1)
    }

    /// The text.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list's values.
    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// The object's fields.
    pub(crate) fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(it) => Some(*it),
            _ => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => *number,
            _ => None,
        }
    }

    fn as_u64(&self) -> Option<u64> {
        self.as_i64()?.try_into().ok()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(Some(number.into()))
    }
}

/// The value as JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // No value has anything that JSON cannot say.
        f.write_str(&to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Number(None) => serializer.serialize_unit(),
            Self::Bool(it) => serializer.serialize_bool(*it),
            Self::Number(Some(number)) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// JSON that is not what was to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not the JSON that was expected")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// Writes a type as JSON.
///
/// # Errors
///
/// Fails where there is something in it that we never write.
pub fn to_string(value: &impl Serialize) -> Result<String, Unwritable> {
    let mut writer = write::Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.0)
}

/// Reads a text.
///
/// # Errors
/// If it is no JSON, or does not hold what was expected.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    from_value(&parse(text)?)
}

/// Reads a value.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Unreadable> {
    T::deserialize(read::Json(value))
}

/// Reads a text as any JSON there is.
pub(crate) fn parse(text: &str) -> Result<Value, Unreadable> {
    parse::Parser::new(text).whole()
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
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Unit,
        Newtype(Option<String>),
        Tuple(u32, bool),
        Struct {
            at: i64,
            named: BTreeMap<String, u64>,
        },
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let named = BTreeMap::from([("a\"\\\n\u{1f}ä🎉".to_owned(), u64::MAX)]);
        let shapes = vec![
            Shape::Unit,
            Shape::Newtype(None),
            Shape::Newtype(Some("\t/\u{7f}".to_owned())),
            Shape::Tuple(7, false),
            Shape::Struct { at: -1, named },
        ];
        let ours: serde_json::Value = serde_json::from_str(&to_string(&shapes).unwrap()).unwrap();
        assert_eq!(ours, serde_json::to_value(&shapes).unwrap());
        assert_eq!(to_string(&Vec::<u8>::new()).unwrap(), "[]");
        assert_eq!(to_string(&1.5), Err(Unwritable));
        assert_eq!(to_string(&BTreeMap::from([(1, 2)])), Err(Unwritable));
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "[]",
            r#"["Unit",{"Newtype":null},{"Newtype":"x"},{"Tuple":[1,true]}]"#,
            r#"[{"Struct":{"at":-1,"named":{"a":1,"b":2},"unknown":[{}]}}]"#,
            r#"["Other"]"#,
            r#"[{"Unit":1}]"#,
            r#"[{"Tuple":[1]}]"#,
            r#"[{"Tuple":[-1,true]}]"#,
            r#"[{"Struct":{"at":1}}]"#,
            r#"[{"Unit":null,"Newtype":null}]"#,
            "[null]",
            "[1.5]",
            "{}",
            r#"["Unit""#,
        ] {
            let ours = from_str::<Vec<Shape>>(text).ok();
            assert_eq!(ours, serde_json::from_str(text).ok(), "{text}");
        }
    }

    #[test]
    fn one_unreadable_item_leaves_the_others() {
        let read: Vec<Lenient<Shape>> = from_str(r#"["Unit",null,{"Tuple":"x"}]"#).unwrap();
        let read: Vec<_> = read.into_iter().map(|it| it.0).collect();
        assert_eq!(read, [Some(Shape::Unit), None, None]);
    }
}
