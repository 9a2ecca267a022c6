//! [`Parser`]: the text of JSON (RFC 8259) becomes a [`Value`].

use super::{Unreadable, Value};

/// How deep values may lie in each other, as `serde_json` has it. GitHub's
/// replies and our own texts need ten; a text that is deeper is out to
/// overflow the stack.
const MAX_DEPTH: u8 = 127;

/// What is still to be read.
pub(super) struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    /// Begins to read.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Reads one value, after which nothing may follow.
    pub(super) fn whole(mut self) -> Result<Value, Unreadable> {
        let value = self.value(MAX_DEPTH)?;
        self.rest.is_empty().then_some(value).ok_or(Unreadable)
    }

    /// Reads a value and the white space around it.
    fn value(&mut self, depth: u8) -> Result<Value, Unreadable> {
        self.space();
        let value = match self.peek() {
            Some(b'{') => self.object(depth.checked_sub(1).ok_or(Unreadable)?),
            Some(b'[') => self.list(depth.checked_sub(1).ok_or(Unreadable)?),
            Some(b'"') => self.text().map(Value::Text),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            _ => self.number(),
        };
        self.space();
        value
    }

    fn object(&mut self, depth: u8) -> Result<Value, Unreadable> {
        let mut fields = Vec::new();
        self.skip(1);
        self.space();
        if self.takes(b'}') {
            return Ok(Value::Object(fields));
        }
        loop {
            self.space();
            let name = self.text()?;
            self.space();
            self.needs(b':')?;
            fields.push((name, self.value(depth)?));
            if self.takes(b'}') {
                return Ok(Value::Object(fields));
            }
            self.needs(b',')?;
        }
    }

    fn list(&mut self, depth: u8) -> Result<Value, Unreadable> {
        let mut values = Vec::new();
        self.skip(1);
        self.space();
        if self.takes(b']') {
            return Ok(Value::List(values));
        }
        loop {
            values.push(self.value(depth)?);
            if self.takes(b']') {
                return Ok(Value::List(values));
            }
            self.needs(b',')?;
        }
    }

    fn text(&mut self) -> Result<String, Unreadable> {
        self.needs(b'"')?;
        let mut text = String::new();
        loop {
            text.push_str(self.run(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)));
            if self.takes(b'"') {
                return Ok(text);
            }
            self.needs(b'\\')?;
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        let kind = self.peek().ok_or(Unreadable)?;
        self.skip(1);
        Ok(match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.escaped_unit(),
            _ => return Err(Unreadable),
        })
    }

    /// A character in one unit of UTF-16, or in two.
    fn escaped_unit(&mut self) -> Result<char, Unreadable> {
        let unit = self.unit()?;
        let code = if matches!(unit, 0xd800..=0xdbff) {
            self.needs(b'\\')?;
            self.needs(b'u')?;
            let low = self.unit()?;
            let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400);
            0x1_0000 + ((unit - 0xd800) << 10) + low.ok_or(Unreadable)?
        } else {
            unit
        };
        char::from_u32(code).ok_or(Unreadable)
    }

    fn unit(&mut self) -> Result<u32, Unreadable> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().map(char::from).and_then(|it| it.to_digit(16));
            unit = unit * 16 + digit.ok_or(Unreadable)?;
            self.skip(1);
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value, Unreadable> {
        let is_negative = self.takes(b'-');
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with('0') {
            return Err(Unreadable);
        }
        let mut is_whole = true;
        if self.takes(b'.') {
            is_whole = false;
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            is_whole = false;
            if !self.takes(b'-') {
                self.takes(b'+');
            }
            self.digits()?;
        }
        let number = whole.parse::<i64>().ok().filter(|_| is_whole);
        Ok(Value::Number(
            number.map(|it| if is_negative { -it } else { it }),
        ))
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<&'a str, Unreadable> {
        let digits = self.run(u8::is_ascii_digit);
        (!digits.is_empty()).then_some(digits).ok_or(Unreadable)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Unreadable> {
        self.rest = self.rest.strip_prefix(word).ok_or(Unreadable)?;
        Ok(value)
    }

    fn space(&mut self) {
        self.run(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    fn needs(&mut self, byte: u8) -> Result<(), Unreadable> {
        self.takes(byte).then_some(()).ok_or(Unreadable)
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        if is_there {
            self.skip(1);
        }
        is_there
    }

    /// Takes all bytes up to the first that does not belong to them. A
    /// character of several bytes has to belong to them whole, or not at all.
    fn run(&mut self, belongs: fn(&u8) -> bool) -> &'a str {
        let bytes = self.rest.as_bytes();
        let end = bytes.iter().position(|byte| !belongs(byte));
        self.skip(end.unwrap_or(bytes.len()))
    }

    /// Takes so many bytes. Where that is no whole character nothing is left,
    /// and the text is as unreadable as one that was cut off.
    fn skip(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or_default();
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value as Theirs;

    fn theirs(value: Theirs) -> Value {
        match value {
            Theirs::Null => Value::Null,
            Theirs::Bool(it) => Value::Bool(it),
            Theirs::Number(number) => Value::Number(number.as_i64()),
            Theirs::String(text) => Value::Text(text),
            Theirs::Array(values) => Value::List(values.into_iter().map(theirs).collect()),
            Theirs::Object(fields) => Value::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| (name, theirs(value)))
                    .collect(),
            ),
        }
    }

    fn check(text: &str) {
        let expected = serde_json::from_str(text).map_err(|_| Unreadable);
        assert_eq!(Parser::new(text).whole(), expected.map(theirs), "{text}");
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "",
            " ",
            " null\r\n\t",
            "nul",
            "nulls",
            "true",
            "false",
            "0",
            "-1",
            "-",
            "01",
            "+1",
            ".5",
            "1.",
            "1.5",
            "-1.5e+3",
            "1E-3",
            "1e",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775807",
            "18446744073709551616",
            r#""""#,
            r#""é😀""#,
            r#""\"\\\/\b\f\n\r\t\u0000\u00e9\u20AC\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83d\n""#,
            r#""\ud83d\ud83d""#,
            r#""\ude00""#,
            r#""\u12"#,
            r#""\u00g0""#,
            r#""\x""#,
            r#""\é""#,
            r#""\"#,
            r#"""#,
            "\"\n\"",
            "[]",
            "[ ]",
            "[1 , 2]",
            "[1,]",
            "[,]",
            "[1 2]",
            "[1",
            "{}",
            "{ }",
            r#"{"a":1 , "b" : [ { } ] }"#,
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            "{1:2}",
            "{}{}",
            "'a'",
            "é",
        ] {
            check(text);
        }
        for depth in [127, 128, 129, 100_000] {
            check(&("[".repeat(depth) + &"]".repeat(depth)));
        }
    }

    fn any_value() -> impl Strategy<Value = Theirs> {
        let plain = prop_oneof![
            Just(Theirs::Null),
            any::<bool>().prop_map(Theirs::from),
            any::<i64>().prop_map(Theirs::from),
            any::<String>().prop_map(Theirs::from),
        ];
        plain.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Theirs::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|fields| Theirs::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_back_what_was_written(value in any_value()) {
            check(&value.to_string());
            check(&serde_json::to_string_pretty(&value).unwrap());
        }

        #[test]
        fn takes_and_refuses_what_serde_json_does(
            value in any_value(),
            at in any::<prop::sample::Index>(),
            // Without `e`: a power of ten may be too large for serde_json.
            put in "[]\\[{}\",:\\\\u0-9.+ tn-]?",
        ) {
            let text: Vec<_> = value.to_string().chars().collect();
            let (before, after) = text.split_at(at.index(text.len()));
            let text: String = before.iter().chain(put.chars().collect::<Vec<_>>().iter()).chain(after.iter().skip(1)).collect();
            let is_read = Parser::new(&text).whole().is_ok();
            prop_assert_eq!(is_read, serde_json::from_str::<Theirs>(&text).is_ok(), "{}", text);
        }
    }
}
