//! What a type looks like: the one description that schema, lock, error texts and introspection read.

use std::fmt;

use crate::{
    Key, Kind, Kinds, Tag,
    constraint::Constraints,
    flatten::Flat,
    key::{TagValue, Tags},
};

/// A type with a static description.
///
/// The derive writes it; by hand it is needed only next to hand-written [`Encode`](crate::Encode) and
/// [`Decode`](crate::Decode) impls.
pub trait Describe {
    /// The kinds of wire value this type accepts, by which a union picks its member.
    const KINDS: Kinds;
    /// The tags by which this type is told from other records in a union.
    const TAGS: Tags = Tags::None;
    /// Whether a record field of this type may be absent without a declared default ([`Maybe`](crate::Maybe)).
    const MAY_BE_ABSENT: bool = false;

    /// The names that this type takes where it is flattened into a record.
    #[doc(hidden)]
    const FLAT: Flat = Flat::None;

    /// The description.
    fn shape() -> Shape;

    /// The kind of a sequence of this type: bytes for `u8`.
    #[doc(hidden)]
    const LIST_KIND: Kind = Kind::Array;

    /// The description of a sequence of this type.
    #[doc(hidden)]
    fn list_shape() -> Shape {
        Shape::List(Self::shape)
    }

    /// The description of `len` values of this type.
    #[doc(hidden)]
    fn array_shape(len: usize) -> Shape {
        Shape::Array { item: Self::shape, len }
    }
}

/// A shape behind a function pointer, so that recursive types have finite descriptions.
pub type ShapeFn = fn() -> Shape;

/// The description of a type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Any value.
    Any,
    /// An undecoded value.
    Raw,
    /// Null.
    Null,
    /// A boolean.
    Bool,
    /// An integer within bounds.
    Int {
        /// Smallest value.
        min: i128,
        /// Largest value.
        max: u128,
    },
    /// A float of 32 or 64 bits.
    Float {
        /// 32 or 64.
        bits: u8,
    },
    /// Text.
    Str,
    /// Bytes.
    Bytes,
    /// Exactly so many bytes.
    ByteArray {
        /// How many.
        len: usize,
    },
    /// A date with a time.
    DateTime {
        /// Whether an offset must (`Some(true)`) or must not (`Some(false)`) be there.
        tz: Option<bool>,
    },
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A span of time.
    Duration,
    /// A UUID.
    Uuid,
    /// An exact decimal.
    Decimal,
    /// A MessagePack extension.
    Ext {
        /// The code, where it is fixed.
        code: Option<i8>,
        /// How it stands in JSON, if it can.
        text: Option<ShapeFn>,
    },
    /// A value or null.
    Optional(ShapeFn),
    /// A value or nothing; record fields only.
    Maybe(ShapeFn),
    /// A sequence.
    List(ShapeFn),
    /// A sequence without duplicates.
    Set(ShapeFn),
    /// A sequence of exactly `len` elements of one type.
    Array {
        /// The element.
        item: ShapeFn,
        /// How many.
        len: usize,
    },
    /// A sequence with a type per position.
    Tuple(&'static [ShapeFn]),
    /// A map.
    Map {
        /// The key.
        key: ShapeFn,
        /// The value.
        value: ShapeFn,
    },
    /// A record.
    Record(&'static RecordShape),
    /// A plain enum.
    Enum(&'static EnumShape),
    /// A union.
    Union(&'static UnionShape),
    /// A named type around another, with constraints of its own.
    Newtype(&'static NewtypeShape),
    /// A value that passes through serde; only its Rust name is known.
    Opaque(&'static str),
}

/// The description of a record.
#[derive(Debug)]
pub struct RecordShape {
    /// The Rust name, with type arguments left out.
    pub name: &'static str,
    /// The full Rust path with type arguments, to tell records of one name apart.
    pub type_name: fn() -> &'static str,
    /// The doc comment.
    pub doc: &'static str,
    /// The tag entry.
    pub tag: Option<Tag>,
    /// The fields in declaration order.
    pub fields: &'static [FieldShape],
    /// Whether the record is written as an array.
    pub positional: bool,
    /// Whether unknown fields are skipped rather than refused.
    pub allow_unknown: bool,
    /// Whether fields equal to their default are written all the same.
    pub encode_defaults: bool,
    /// Whether the record as a whole has a check of its own.
    pub checked: bool,
    /// The index of a field by wire name.
    #[doc(hidden)]
    pub lookup: Lookup,
}

/// Finds the index of a record's field by a name under which it is read.
#[derive(Clone, Copy)]
pub struct Lookup(&'static (dyn Fn(&str) -> Option<usize> + Send + Sync));

impl Lookup {
    /// Looks names up with `find`.
    pub const fn new(find: &'static (dyn Fn(&str) -> Option<usize> + Send + Sync)) -> Self {
        Self(find)
    }

    /// The index of the field that is called `name`.
    #[inline(always)]
    pub fn find(self, name: &str) -> Option<usize> {
        (self.0)(name)
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookup")
    }
}

impl RecordShape {
    /// How many fields must be there in positional form: up to the last one without a default.
    pub const fn positional_required(&self) -> usize {
        let mut len = self.fields.len();
        while len > 0 && !matches!(self.fields[len - 1].presence, Presence::Required) {
            len -= 1;
        }
        len
    }
}

impl RecordShape {
    /// The fields that have an entry on the wire: those of its parts (`#[field(flatten)]`) stand in their place.
    ///
    /// Of a part that is a union, those of all its records.
    pub fn wire_fields(&self) -> Vec<&'static FieldShape> {
        let mut fields = Vec::new();
        self.collect_fields(&mut fields);
        fields
    }

    fn collect_fields(&self, into: &mut Vec<&'static FieldShape>) {
        for field in self.fields {
            if field.is_flat() { field.flat.collect_fields(into) } else { into.push(field) }
        }
    }
}

impl Flat {
    fn collect_fields(&self, into: &mut Vec<&'static FieldShape>) {
        match self {
            Self::None | Self::Rest => {}
            Self::Record(shape) => shape.collect_fields(into),
            Self::Optional(inner) => inner.collect_fields(into),
            Self::Union(members) => members.iter().for_each(|member| member.flat.collect_fields(into)),
        }
    }
}

/// The description of a record field.
#[derive(Debug)]
pub struct FieldShape {
    /// The Rust name.
    pub name: &'static str,
    /// The wire name.
    pub key: Key,
    /// The doc comment.
    pub doc: &'static str,
    /// The type.
    pub shape: ShapeFn,
    /// Whether it may be absent, and what that means.
    pub presence: Presence,
    /// The declared constraints.
    pub constraints: Constraints,
    /// Why two runs of the same work may differ here.
    pub volatility: Option<Volatility>,
    /// What absence means, in words.
    pub absent: Option<&'static str>,
    /// What null means, in words.
    pub null: Option<&'static str>,
    /// The day until which it need not be said what absence and null mean: `2026-12-31`.
    pub undecided: Option<&'static str>,
    /// Whether it has a check of its own, in code.
    pub checked: bool,
    /// The wire name under which it was first known, if it has been renamed since.
    pub was: Option<&'static str>,
    /// Further wire names under which it is read.
    pub aliases: &'static [&'static str],
    /// Whether it is read leniently, whatever the decoder's strictness.
    pub lenient: bool,
    /// Whether it is written. Where it is not, it is read all the same.
    pub written: bool,
    /// The names it takes, where its own fields stand in its place.
    #[doc(hidden)]
    pub flat: Flat,
}

impl FieldShape {
    /// What a field without attributes has; the derive writes what differs.
    #[doc(hidden)]
    pub const PLAIN: Self = Self {
        name: "",
        key: Key { name: "", json: b"", json_bare: b"", msgpack: b"" },
        doc: "",
        shape: || Shape::Any,
        presence: Presence::Required,
        constraints: Constraints::NONE,
        volatility: None,
        absent: None,
        null: None,
        undecided: None,
        checked: false,
        was: None,
        aliases: &[],
        lenient: false,
        written: true,
        flat: Flat::None,
    };

    /// Whether the fields of its type stand in its place: it has no entry of its own on the wire.
    pub const fn is_flat(&self) -> bool {
        !matches!(self.flat, Flat::None)
    }
}

/// Whether a field may be absent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent, and that is a state of its own ([`Maybe`](crate::Maybe)).
    Maybe,
    /// Absence means this value, here as JSON text.
    Default(fn() -> crate::Result<String>),
}

/// Why a field differs between two runs of the same work; such fields stay out of content fingerprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Volatility {
    /// A clock reading.
    Time,
    /// A fact of the machine.
    Host,
    /// A place in the file system.
    Path,
    /// Chosen at random.
    Random,
    /// Decided by a race between threads.
    Race,
    /// A measurement: durations, memory, bytes.
    Measured,
}

impl Volatility {
    /// The word for it, as written in `#[field(volatile = "…")]`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Host => "host",
            Self::Path => "path",
            Self::Random => "random",
            Self::Race => "race",
            Self::Measured => "measured",
        }
    }
}

/// The description of an enum whose variants hold nothing.
#[derive(Debug)]
pub struct EnumShape {
    /// The Rust name.
    pub name: &'static str,
    /// The full Rust path.
    pub type_name: fn() -> &'static str,
    /// The doc comment.
    pub doc: &'static str,
    /// Rust name, wire value and doc comment of each variant.
    pub variants: &'static [EnumVariant],
    /// Whether any other value is taken too.
    pub open: bool,
}

/// One value of a plain enum.
#[derive(Clone, Copy, Debug)]
pub struct EnumVariant {
    /// The Rust name.
    pub name: &'static str,
    /// The wire value.
    pub value: TagValue,
    /// The doc comment.
    pub doc: &'static str,
    /// Further wire values under which it is read.
    pub aliases: &'static [&'static str],
}

/// The description of a union.
#[derive(Debug)]
pub struct UnionShape {
    /// The Rust name.
    pub name: &'static str,
    /// The full Rust path.
    pub type_name: fn() -> &'static str,
    /// The doc comment.
    pub doc: &'static str,
    /// Rust name and shape of each member.
    pub members: &'static [(&'static str, ShapeFn)],
    /// The Rust name of the member that takes every record of a tag that is not known.
    pub fallback: Option<&'static str>,
}

/// The description of a transparent newtype.
#[derive(Debug)]
pub struct NewtypeShape {
    /// The Rust name.
    pub name: &'static str,
    /// The full Rust path.
    pub type_name: fn() -> &'static str,
    /// The doc comment.
    pub doc: &'static str,
    /// What it wraps.
    pub inner: ShapeFn,
    /// The declared constraints.
    pub constraints: Constraints,
}
