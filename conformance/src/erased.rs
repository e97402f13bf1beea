//! What the replayer does with a type, behind function pointers, so that the table can be searched by name.

use proofmark::{
    __private::Member, DecimalFormat, Decode, Encode, Format, Order, Result, Shape, Strictness, UuidFormat,
    Value, convert::Converter, json, msgpack, schema::json_schema,
};

use crate::tagged::{self, Node};

/// The operations of one Rust type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operations {
    /// Decodes one value. The input lives as long as the program, so that borrowing types need no special case.
    pub(crate) decode: fn(&'static [u8], Format, Strictness) -> Decoded,
    /// Makes a value in memory into this type.
    pub(crate) convert: fn(&'static Value, Converter) -> Decoded,
    /// The JSON Schema.
    pub(crate) schema: fn() -> Result<String>,
    /// The description.
    pub(crate) shape: fn() -> Shape,
    /// What a union knows of it.
    pub(crate) member: Member,
}

fn convert<T: Encode + Decode<'static> + 'static>(value: &'static Value, converter: Converter) -> Decoded {
    Ok(Box::new(converter.from_value::<T>(value)?))
}

/// A value, or why there is none.
pub(crate) type Decoded = Result<Box<dyn Recorded>>;

/// Decodes JSON values that follow each other.
pub(crate) type DecodeLines = fn(&'static [u8]) -> Result<Lines>;

/// Values that followed each other.
pub(crate) struct Lines {
    /// The values.
    pub(crate) items: Vec<Node>,
    /// The values, each on a line of its own.
    pub(crate) written: Result<Vec<u8>>,
}

/// A value of any type.
pub(crate) trait Recorded {
    /// The value, taken apart.
    fn tag(&self) -> Result<Node>;
    /// The value in memory.
    fn to_value(&self) -> Result<Value>;
    /// The value's bytes.
    fn encode(&self, format: Format, layout: Layout) -> Result<Vec<u8>>;
    /// Appends the value's bytes.
    fn encode_into(&self, format: Format, layout: Layout, buffer: &mut Vec<u8>) -> Result<()>;
}

impl<T: Encode> Recorded for T {
    fn tag(&self) -> Result<Node> {
        tagged::tag(self)
    }

    fn to_value(&self) -> Result<Value> {
        proofmark::to_value(self)
    }

    fn encode(&self, format: Format, layout: Layout) -> Result<Vec<u8>> {
        match format {
            Format::Json => layout.json().to_vec(self),
            Format::MsgPack => layout.msgpack().to_vec(self),
        }
    }

    fn encode_into(&self, format: Format, layout: Layout, buffer: &mut Vec<u8>) -> Result<()> {
        match format {
            Format::Json => layout.json().encode_into(self, buffer),
            Format::MsgPack => layout.msgpack().encode_into(self, buffer),
        }
    }
}

/// How values are written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Layout {
    pub(crate) order: Order,
    pub(crate) uuid: UuidFormat,
    pub(crate) decimal: DecimalFormat,
}

impl Layout {
    /// The usual forms in an order.
    pub(crate) fn of(order: Order) -> Self {
        Self { order, ..Self::default() }
    }

    fn json(self) -> json::Encoder {
        json::Encoder::new().order(self.order).uuid_format(self.uuid).decimal_format(self.decimal)
    }

    fn msgpack(self) -> msgpack::Encoder {
        msgpack::Encoder::new().order(self.order).uuid_format(self.uuid).decimal_format(self.decimal)
    }
}

impl Operations {
    /// The operations of `T`.
    pub(crate) const fn of<T: Encode + Decode<'static> + 'static>() -> Self {
        Self {
            decode: decode::<T>,
            convert: convert::<T>,
            schema: json_schema::<T>,
            shape: T::shape,
            member: Member { kinds: T::KINDS, tags: T::TAGS },
        }
    }
}

fn decode<T: Encode + Decode<'static> + 'static>(
    input: &'static [u8],
    format: Format,
    strictness: Strictness,
) -> Decoded {
    let value: T = match format {
        Format::Json => json::Decoder::new().strictness(strictness).from_slice(input)?,
        Format::MsgPack => msgpack::Decoder::new().strictness(strictness).from_slice(input)?,
    };
    Ok(Box::new(value))
}

/// The [`DecodeLines`] of `T`.
pub(crate) fn decode_lines<T: Encode + Decode<'static> + 'static>(input: &'static [u8]) -> Result<Lines> {
    let items = json::from_lines::<T>(input).collect::<Result<Vec<T>>>()?;
    let nodes = items.iter().map(tagged::tag).collect::<Result<_>>()?;
    Ok(Lines { items: nodes, written: json::to_lines(&items) })
}
