//! [`Json`]: a [`Value`] that gives itself to a type that derives `Deserialize`.

use super::{Unreadable, Value};
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::slice::Iter;

#[derive(Clone, Copy)]
pub(super) struct Json<'de>(pub(super) &'de Value);

impl<'de> IntoDeserializer<'de, Unreadable> for Json<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        // All our types say what they are.
        Err(Unreadable)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u64(self.0.as_u64().ok_or(Unreadable)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u64(self.0.as_u64().ok_or(Unreadable)?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u64(self.0.as_u64().ok_or(Unreadable)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.0.as_i64().ok_or(Unreadable)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_borrowed_str(self.0.as_str().ok_or(Unreadable)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if *self.0 == Value::Null {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let items = self.0.as_list().ok_or(Unreadable)?;
        visitor.visit_seq(SeqDeserializer::new(items.iter().map(Json)))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let fields = self.0.as_object().ok_or(Unreadable)?.iter();
        let named = fields.map(|(name, value)| (BorrowedStr(name), Json(value)));
        visitor.visit_map(MapDeserializer::new(named))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.0.as_object().ok_or(Unreadable)?;
        visitor.visit_seq(Fields(fields.iter(), self.0))
    }

    /// A variant is its name, or an object of its name and what it holds.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if let Some(name) = self.0.as_str() {
            return visitor.visit_enum(Variant(name, Self(&Value::Null)));
        }
        let Some([(name, held)]) = self.0.as_object() else {
            return Err(Unreadable);
        };
        visitor.visit_enum(Variant(name, Self(held)))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u16 u128 f32 f64 char bytes byte_buf unit unit_struct
    }
}

struct BorrowedStr<'de>(&'de str);

impl<'de> IntoDeserializer<'de, Unreadable> for BorrowedStr<'de> {
    type Deserializer = BorrowedStrDeserializer<'de, Unreadable>;

    fn into_deserializer(self) -> Self::Deserializer {
        BorrowedStrDeserializer::new(self.0)
    }
}

/// The name of a variant, and what it holds.
struct Variant<'de>(&'de str, Json<'de>);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Unreadable;
    type Variant = Json<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Json<'de>), Unreadable> {
        let name = seed.deserialize(BorrowedStrDeserializer::new(self.0))?;
        Ok((name, self.1))
    }
}

impl<'de> VariantAccess<'de> for Json<'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        (*self.0 == Value::Null).then_some(()).ok_or(Unreadable)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_struct("", fields, visitor)
    }
}

/// The fields of a struct, in the order in which its type has them. Looking
/// each up by its name takes a third of the code of matching each name that
/// comes with a field.
struct Fields<'de>(Iter<'static, &'static str>, &'de Value);

impl<'de> SeqAccess<'de> for Fields<'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let told = self.0.next().and_then(|name| self.1.get(name));
        let read = seed.deserialize(Json(told.unwrap_or(&Value::Null)));
        match told {
            Some(_) => read.map(Some),
            // Absent: none where the type can be none, else its default, if it has one.
            None => Ok(read.ok()),
        }
    }
}
