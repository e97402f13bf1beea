//! What the replayer does with a type, behind function pointers, so that the table can be searched by name.

use proofmark::{
    __private::Member, DecimalFormat, Decode, Encode, Format, Order, Result, Shape, Strictness, UuidFormat,
    Value, convert::Converter, json, msgpack,
};

use crate::{
    dynamic::{self, Dynamic, Type},
    tagged::{self, Node},
};

/// The operations of one Rust type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operations {
    decode: fn(&'static [u8], Format, Strictness) -> Decoded,
    convert: fn(&'static Value, Converter) -> Decoded,
    shape: fn() -> Shape,
    /// What a union knows of the type.
    pub(crate) member: Member,
    /// The type that values are of, where the compiler does not know it.
    scope: Option<&'static Type>,
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
            shape: T::shape,
            member: Member { tags: T::TAGS, ..Member::plain(T::KINDS) },
            scope: None,
        }
    }

    /// The operations of a type that the compiler does not know.
    pub(crate) fn dynamic(of: &'static Type) -> Self {
        Self { member: of.member(), scope: Some(of), ..Self::of::<Dynamic>() }
    }

    /// Decodes one value. The input lives as long as the program, so that borrowing types need no special case.
    pub(crate) fn decode(&self, input: &'static [u8], format: Format, strictness: Strictness) -> Decoded {
        self.scoped(|| (self.decode)(input, format, strictness))
    }

    /// Makes a value in memory into this type.
    pub(crate) fn convert(&self, value: &'static Value, converter: Converter) -> Decoded {
        self.scoped(|| (self.convert)(value, converter))
    }

    /// The description, as long as no other is asked for.
    pub(crate) fn shape(&self) -> Option<Shape> {
        match self.scope {
            Some(of) => dynamic::shape(of),
            None => Some((self.shape)()),
        }
    }

    fn scoped(&self, run: impl FnOnce() -> Decoded) -> Decoded {
        match self.scope {
            Some(of) => dynamic::with_value(of, run),
            None => run(),
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
