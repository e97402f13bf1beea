//! A serde serializer over an encoder.

mod map;
mod seq;

use ::serde::{Serialize, ser};

use self::{map::MapWriter, seq::SeqWriter};
use crate::{Encoder, Medium, Result, Segment};

/// Writes one value of serde's data model.
pub(super) struct Serializer<'e, E> {
    encoder: &'e mut E,
    /// Whether types write their forms for people. Parts of a value that are collected first follow the whole.
    is_readable: bool,
}

impl<'e, E: Encoder> Serializer<'e, E> {
    pub(super) fn new(encoder: &'e mut E) -> Self {
        Self { encoder, is_readable: E::MEDIUM != Medium::Binary }
    }

    /// As another serializer on the same encoder.
    fn with(encoder: &'e mut E, is_readable: bool) -> Self {
        Self { encoder, is_readable }
    }

    /// Opens the map of one entry in which an enum keeps the content of a variant.
    fn open_variant(&mut self, variant: &'static str) -> Result<E::Map> {
        let mut map = self.encoder.map_start(1)?;
        self.encoder.map_key(&mut map, variant)?;
        Ok(map)
    }
}

macro_rules! integers {
    ($($name:ident $type:ty => $method:ident;)*) => {$(
        fn $name(self, value: $type) -> Result<()> {
            self.encoder.$method(value.into())
        }
    )*};
}

impl<'e, E: Encoder> ser::Serializer for Serializer<'e, E> {
    type Ok = ();
    type Error = crate::Error;
    type SerializeSeq = SeqWriter<'e, E>;
    type SerializeTuple = SeqWriter<'e, E>;
    type SerializeTupleStruct = SeqWriter<'e, E>;
    type SerializeTupleVariant = SeqWriter<'e, E>;
    type SerializeMap = MapWriter<'e, E>;
    type SerializeStruct = MapWriter<'e, E>;
    type SerializeStructVariant = MapWriter<'e, E>;

    fn is_human_readable(&self) -> bool {
        self.is_readable
    }

    integers! {
        serialize_i8 i8 => i64;
        serialize_i16 i16 => i64;
        serialize_i32 i32 => i64;
        serialize_i64 i64 => i64;
        serialize_i128 i128 => i128;
        serialize_u8 u8 => u64;
        serialize_u16 u16 => u64;
        serialize_u32 u32 => u64;
        serialize_u64 u64 => u64;
        serialize_u128 u128 => u128;
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.encoder.bool(value)
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.encoder.f32(value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.encoder.f64(value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.encoder.str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        self.encoder.str(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.encoder.bytes(value)
    }

    fn serialize_none(self) -> Result<()> {
        self.encoder.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.encoder.null()
    }

    /// Null for people; for machines an empty sequence, as `rmp-serde` has it.
    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        if self.is_readable {
            return self.encoder.null();
        }
        let seq = self.encoder.seq_start(0)?;
        self.encoder.seq_end(seq)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.encoder.str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let map = self.open_variant(variant)?;
        value
            .serialize(Serializer::with(self.encoder, self.is_readable))
            .map_err(|error| error.at(Segment::Field(variant)))?;
        self.encoder.map_end(map)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<SeqWriter<'e, E>> {
        SeqWriter::open(self, len)
    }

    fn serialize_tuple(self, len: usize) -> Result<SeqWriter<'e, E>> {
        SeqWriter::open(self, Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<SeqWriter<'e, E>> {
        SeqWriter::open(self, Some(len))
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<SeqWriter<'e, E>> {
        let map = self.open_variant(variant)?;
        Ok(SeqWriter::open(self, Some(len))?.inside(variant, map))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<MapWriter<'e, E>> {
        MapWriter::open_map(self, len)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<MapWriter<'e, E>> {
        MapWriter::open_struct(self, len)
    }

    fn serialize_struct_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<MapWriter<'e, E>> {
        let map = self.open_variant(variant)?;
        Ok(MapWriter::open_struct(self, len)?.inside(variant, map))
    }
}
