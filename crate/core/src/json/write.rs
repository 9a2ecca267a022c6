//! [`Writer`]: a type that derives `Serialize` becomes the text of JSON.

use serde::ser::{
    self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use std::fmt::{self, Display, Write};

/// Something that we never write: a fraction, bytes, a name that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

impl Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not to be written")
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Unwritable>;

/// What is written so far.
#[derive(Default)]
pub(super) struct Writer(pub(super) String);

impl Writer {
    fn number(&mut self, number: &dyn Display) -> Done {
        write!(self.0, "{number}").map_err(|_| Unwritable)
    }

    fn text(&mut self, text: &str) -> Done {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                '\0'..='\u{1f}' => {
                    write!(self.0, "\\u{:04x}", u32::from(c)).map_err(|_| Unwritable)?;
                }
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
        Ok(())
    }

    /// Begins a variant that holds something: an object of its name and that.
    fn variant(&mut self, name: &str) -> Done {
        self.0.push('{');
        self.text(name)?;
        self.0.push(':');
        Ok(())
    }

    fn begin(&mut self, open: char, close: &'static str) -> Members<'_> {
        self.0.push(open);
        Members {
            writer: self,
            is_first: true,
            close,
        }
    }
}

/// What stands in brackets or braces, one after the other.
pub(super) struct Members<'w> {
    writer: &'w mut Writer,
    is_first: bool,
    close: &'static str,
}

impl Members<'_> {
    fn next(&mut self, name: Option<&str>) -> Done {
        if !std::mem::take(&mut self.is_first) {
            self.writer.0.push(',');
        }
        if let Some(name) = name {
            self.writer.text(name)?;
            self.writer.0.push(':');
        }
        Ok(())
    }

    fn close(self) {
        self.writer.0.push_str(self.close);
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty,)*) => {
        $(fn $name(self, number: $type) -> Done {
            self.number(&number)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Members<'w>;
    type SerializeTuple = Members<'w>;
    type SerializeTupleStruct = Members<'w>;
    type SerializeTupleVariant = Members<'w>;
    type SerializeMap = Members<'w>;
    type SerializeStruct = Members<'w>;
    type SerializeStructVariant = Members<'w>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, it: bool) -> Done {
        self.0.push_str(if it { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Done {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Done {
        Err(Unwritable)
    }

    fn serialize_char(self, _: char) -> Done {
        Err(Unwritable)
    }

    fn serialize_str(self, text: &str) -> Done {
        self.text(text)
    }

    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.text(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Done {
        self.variant(name)?;
        value.serialize(&mut *self)?;
        self.0.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'w>, Unwritable> {
        Ok(self.begin('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'w>, Unwritable> {
        Ok(self.begin('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'w>, Unwritable> {
        Ok(self.begin('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Members<'w>, Unwritable> {
        self.variant(name)?;
        Ok(self.begin('[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'w>, Unwritable> {
        Ok(self.begin('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'w>, Unwritable> {
        Ok(self.begin('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Members<'w>, Unwritable> {
        self.variant(name)?;
        Ok(self.begin('{', "}}"))
    }
}

macro_rules! unnamed {
    ($($members:ident::$add:ident,)*) => {
        $(impl $members for Members<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                self.next(None)?;
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Done {
                self.close();
                Ok(())
            }
        })*
    };
}

unnamed! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Done {
        self.next(None)?;
        let start = self.writer.0.len();
        name.serialize(&mut *self.writer)?;
        let is_text = self.writer.0.as_bytes().get(start) == Some(&b'"');
        self.writer.0.push(':');
        is_text.then_some(()).ok_or(Unwritable)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

macro_rules! named {
    ($($members:ident,)*) => {
        $(impl $members for Members<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Done {
                self.next(Some(name))?;
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Done {
                self.close();
                Ok(())
            }
        })*
    };
}

named! { SerializeStruct, SerializeStructVariant, }
