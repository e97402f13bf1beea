//! Sequences and tuples.

use ::serde::{Serialize, ser};

use super::Serializer;
use crate::{Encode, Encoder, Error, Limits, Result, Segment, Value, convert::Writer};

/// A sequence that is being written.
pub(in crate::serde) struct SeqWriter<'e, E: Encoder> {
    encoder: &'e mut E,
    is_readable: bool,
    items: Items<E>,
    count: usize,
    /// The variant whose content this is, and its map.
    variant: Option<(&'static str, E::Map)>,
}

enum Items<E: Encoder> {
    /// Written as they come; so many are announced.
    Written(E::Seq, usize),
    /// Collected first, since formats write the length before the elements.
    Collected(Vec<Value>),
}

impl<'e, E: Encoder> SeqWriter<'e, E> {
    pub(super) fn open(serializer: Serializer<'e, E>, len: Option<usize>) -> Result<Self> {
        let Serializer { encoder, is_readable } = serializer;
        let items = match len {
            Some(len) => Items::Written(encoder.seq_start(len)?, len),
            None => Items::Collected(Vec::new()),
        };
        Ok(Self { encoder, is_readable, items, count: 0, variant: None })
    }

    pub(super) fn inside(self, variant: &'static str, map: E::Map) -> Self {
        Self { variant: Some((variant, map)), ..self }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let index = self.count;
        self.count += 1;
        let result = match &mut self.items {
            Items::Written(seq, _) => {
                self.encoder.seq_item(seq);
                value.serialize(Serializer::with(self.encoder, self.is_readable))
            }
            Items::Collected(items) => {
                collect(value, self.encoder, self.is_readable).map(|value| items.push(value))
            }
        };
        result.map_err(|error| at_variant(error.at(Segment::Index(index)), self.variant.as_ref()))
    }

    fn close(self) -> Result<()> {
        match self.items {
            Items::Written(seq, len) if len == self.count => self.encoder.seq_end(seq)?,
            Items::Written(_, len) => return Err(miscounted(len, self.count)),
            Items::Collected(items) => items.encode(self.encoder)?,
        }
        match self.variant {
            Some((_, map)) => self.encoder.map_end(map),
            None => Ok(()),
        }
    }
}

/// A part of a value, for a container whose length is not known yet.
pub(super) fn collect<T: Serialize + ?Sized, E: Encoder>(
    value: &T,
    encoder: &E,
    is_readable: bool,
) -> Result<Value> {
    // One level is for the container itself.
    let limits = Limits::depth(encoder.depth_left().saturating_sub(1));
    let mut writer = Writer::new(encoder.order(), limits, false);
    value.serialize(Serializer::with(&mut writer, is_readable))?;
    Ok(writer.finish())
}

/// The error of a type that writes another number of elements than it said: MessagePack could not be read back.
#[cold]
pub(super) fn miscounted(announced: usize, count: usize) -> Error {
    Error::custom(format_args!("announced {announced} elements and wrote {count}"))
}

pub(super) fn at_variant<M>(error: Error, variant: Option<&(&'static str, M)>) -> Error {
    match variant {
        Some((name, _)) => error.at(Segment::Field(name)),
        None => error,
    }
}

impl<E: Encoder> ser::SerializeSeq for SeqWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl<E: Encoder> ser::SerializeTuple for SeqWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl<E: Encoder> ser::SerializeTupleStruct for SeqWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl<E: Encoder> ser::SerializeTupleVariant for SeqWriter<'_, E> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}
