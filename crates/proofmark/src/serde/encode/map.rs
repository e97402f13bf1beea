//! Maps and structs.

use ::serde::{Serialize, ser};

use super::{
    Serializer,
    seq::{at_variant, collect, miscounted},
};
use crate::{Describe, Encode, Encoder, Error, Kinds, Order, Result, Segment, Shape, Value, value::Map};

/// A map or struct that is being written.
pub(in crate::serde) struct MapWriter<'e, E: Encoder> {
    encoder: &'e mut E,
    is_readable: bool,
    entries: Entries<E>,
    count: usize,
    is_sorted: bool,
    /// The variant whose content this is, and its map.
    variant: Option<(&'static str, E::Map)>,
}

enum Entries<E: Encoder> {
    /// Written as they come; so many are announced.
    Written(E::Map, usize),
    /// Collected first, since formats write the length before the entries. The key waits for its value.
    Collected(Vec<(Value, Value)>, Value),
}

impl<'e, E: Encoder> MapWriter<'e, E> {
    /// A map, whose keys come in the order of some table.
    pub(super) fn open_map(serializer: Serializer<'e, E>, len: Option<usize>) -> Result<Self> {
        let is_sorted = serializer.encoder.order() != Order::Declared;
        Self::open(serializer, len, is_sorted)
    }

    /// A struct, whose fields come in the order of their declaration.
    pub(super) fn open_struct(serializer: Serializer<'e, E>, len: usize) -> Result<Self> {
        let is_sorted = serializer.encoder.order() == Order::Sorted;
        Self::open(serializer, Some(len), is_sorted)
    }

    fn open(serializer: Serializer<'e, E>, len: Option<usize>, is_sorted: bool) -> Result<Self> {
        let Serializer { encoder, is_readable } = serializer;
        let entries = match len {
            Some(len) => Entries::Written(encoder.map_start(len)?, len),
            None => Entries::Collected(Vec::new(), Value::Null),
        };
        Ok(Self { encoder, is_readable, entries, count: 0, is_sorted, variant: None })
    }

    pub(super) fn inside(self, variant: &'static str, map: E::Map) -> Self {
        Self { variant: Some((variant, map)), ..self }
    }

    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.count += 1;
        let result = match &mut self.entries {
            Entries::Written(map, _) => {
                self.encoder.map_key(map, &MapKey { key, is_readable: self.is_readable })
            }
            Entries::Collected(_, place) => {
                collect(key, self.encoder, self.is_readable).map(|key| *place = key)
            }
        };
        result.map_err(|error| at_variant(error.at(Segment::Key), self.variant.as_ref()))
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T, segment: Segment) -> Result<()> {
        let result = match &mut self.entries {
            Entries::Written(..) => value.serialize(Serializer::with(self.encoder, self.is_readable)),
            Entries::Collected(entries, key) => {
                collect(value, self.encoder, self.is_readable).map(|value| entries.push((key.take(), value)))
            }
        };
        result.map_err(|error| at_variant(error.at(segment), self.variant.as_ref()))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.key(name)?;
        self.value(value, Segment::Field(name))
    }

    fn close(self) -> Result<()> {
        match self.entries {
            Entries::Written(_, len) if len != self.count => return Err(miscounted(len, self.count)),
            Entries::Written(map, _) if self.is_sorted => self.encoder.map_end_sorted(map)?,
            Entries::Written(map, _) => self.encoder.map_end(map)?,
            Entries::Collected(entries, _) => Value::Map(Map::from(entries)).encode(self.encoder)?,
        }
        match self.variant {
            Some((_, map)) => self.encoder.map_end(map),
            None => Ok(()),
        }
    }
}

/// A key on its way to the format.
struct MapKey<'a, T: ?Sized> {
    key: &'a T,
    is_readable: bool,
}

impl<T: ?Sized> Describe for MapKey<'_, T> {
    const KINDS: Kinds = Kinds::ANY;
    fn shape() -> Shape {
        Shape::Any
    }
}

impl<T: Serialize + ?Sized> Encode for MapKey<'_, T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.key.serialize(Serializer::with(encoder, self.is_readable))
    }
}

impl<E: Encoder> ser::SerializeMap for MapWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.value(value, Segment::Value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl<E: Encoder> ser::SerializeStruct for MapWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl<E: Encoder> ser::SerializeStructVariant for MapWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}
