//! The type of a value, as a lock writes it: `map<str, list<#Dataset>>`.

use std::fmt;
use std::str::FromStr;

use proofmark::{Decode, Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Result, Shape};

use super::grammar;

/// The type of a value.
///
/// In a lock it is text of this grammar, in which `#Name` is a definition of the same lock:
///
/// | text | values |
/// |---|---|
/// | `any` `raw` `null` `bool` `str` `bytes` `f32` `f64` | as their names say |
/// | `i8` to `i128`, `u8` to `u128`, `int<1..=9>` | integers within bounds |
/// | `bytes<16>` | so many bytes |
/// | `datetime` `datetime<tz>` `datetime<naive>` `date` `time` `duration` `uuid` `decimal` | times, identifiers, exact numbers |
/// | `ext` `ext<3>` `ext<3, str>` | MessagePack extension, its code, its type in JSON |
/// | `option<T>` `maybe<T>` | a value or null, a value or nothing |
/// | `list<T>` `set<T>` `array<T, 3>` `tuple<A, B>` `map<K, V>` | containers |
/// | `serde<path::Type>` | what a serde type makes of it |
///
/// # Examples
/// ```
/// use proofmark_contract::lock::Type;
/// let text = "map<str, list<option<#Dataset>>>";
/// assert_eq!(text.parse::<Type>()?.to_string(), text);
/// assert!("list<str".parse::<Type>().is_err());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
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
    ByteArray(usize),
    /// A date with a time, whose offset must (`Some(true)`) or must not (`Some(false)`) be there.
    DateTime(Option<bool>),
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
        /// Its code, where that is fixed.
        code: Option<i8>,
        /// Its type in JSON, if it has one.
        text: Option<Box<Self>>,
    },
    /// A value or null.
    Optional(Box<Self>),
    /// A value or nothing; fields only.
    Maybe(Box<Self>),
    /// A sequence.
    List(Box<Self>),
    /// A sequence without duplicates.
    Set(Box<Self>),
    /// So many values of one type.
    Array(Box<Self>, usize),
    /// A type per position.
    Tuple(Vec<Self>),
    /// A map of keys to values.
    Map(Box<Self>, Box<Self>),
    /// A definition of the lock.
    Named(String),
    /// A value that passes through serde; its Rust path.
    Opaque(String),
}

/// The integers that have a word of their own.
pub(super) const INTEGERS: [(&str, i128, u128); 10] = [
    ("i8", i8::MIN as i128, i8::MAX as u128),
    ("i16", i16::MIN as i128, i16::MAX as u128),
    ("i32", i32::MIN as i128, i32::MAX as u128),
    ("i64", i64::MIN as i128, i64::MAX as u128),
    ("i128", i128::MIN, i128::MAX as u128),
    ("u8", 0, u8::MAX as u128),
    ("u16", 0, u16::MAX as u128),
    ("u32", 0, u32::MAX as u128),
    ("u64", 0, u64::MAX as u128),
    ("u128", 0, u128::MAX),
];

/// The types that are a word and nothing else.
pub(super) const WORDS: [(&str, Type); 17] = [
    ("any", Type::Any),
    ("raw", Type::Raw),
    ("null", Type::Null),
    ("bool", Type::Bool),
    ("str", Type::Str),
    ("bytes", Type::Bytes),
    ("f32", Type::Float { bits: 32 }),
    ("f64", Type::Float { bits: 64 }),
    ("datetime", Type::DateTime(None)),
    ("datetime<tz>", Type::DateTime(Some(true))),
    ("datetime<naive>", Type::DateTime(Some(false))),
    ("date", Type::Date),
    ("time", Type::Time),
    ("duration", Type::Duration),
    ("uuid", Type::Uuid),
    ("decimal", Type::Decimal),
    ("ext", Type::Ext { code: None, text: None }),
];

impl Type {
    /// The types that this one is made of.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Optional(part) | Self::Maybe(part) | Self::List(part) | Self::Set(part) => vec![part],
            Self::Array(part, _) => vec![part],
            Self::Ext { text: Some(text), .. } => vec![text],
            Self::Tuple(parts) => parts.iter().collect(),
            Self::Map(key, value) => vec![key, value],
            _ => Vec::new(),
        }
    }

    /// The type of the value where there is one: without `maybe` and `option`.
    pub fn present(&self) -> &Self {
        match self {
            Self::Optional(part) | Self::Maybe(part) => part.present(),
            present => present,
        }
    }

    /// Whether a field of this type may be absent without a default.
    pub const fn may_be_absent(&self) -> bool {
        matches!(self, Self::Maybe(_))
    }

    /// Whether null is one of its values.
    pub fn may_be_null(&self) -> bool {
        match self {
            Self::Maybe(part) => part.may_be_null(),
            Self::Optional(_) | Self::Null | Self::Any | Self::Raw | Self::Opaque(_) => true,
            _ => false,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((word, _)) = WORDS.iter().find(|(_, word)| word == self) {
            return f.write_str(word);
        }
        match self {
            Self::Int { min, max } => match INTEGERS.iter().find(|int| (int.1, int.2) == (*min, *max)) {
                Some((word, ..)) => f.write_str(word),
                None => write!(f, "int<{min}..={max}>"),
            },
            Self::ByteArray(len) => write!(f, "bytes<{len}>"),
            Self::Ext { code, text } => write_ext(*code, text.as_deref(), f),
            Self::Optional(part) => write!(f, "option<{part}>"),
            Self::Maybe(part) => write!(f, "maybe<{part}>"),
            Self::List(part) => write!(f, "list<{part}>"),
            Self::Set(part) => write!(f, "set<{part}>"),
            Self::Array(part, len) => write!(f, "array<{part}, {len}>"),
            Self::Tuple(parts) => write_tuple(parts, f),
            Self::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Self::Named(name) => write!(f, "#{name}"),
            Self::Opaque(path) => write!(f, "serde<{path}>"),
            // All others are words.
            other => write!(f, "{other:?}"),
        }
    }
}

fn write_ext(code: Option<i8>, text: Option<&Type>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (code, text) {
        (Some(code), Some(text)) => write!(f, "ext<{code}, {text}>"),
        (Some(code), None) => write!(f, "ext<{code}>"),
        (None, Some(text)) => write!(f, "ext<{text}>"),
        (None, None) => f.write_str("ext"),
    }
}

fn write_tuple(parts: &[Type], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("tuple<")?;
    for (index, part) in parts.iter().enumerate() {
        write!(f, "{}{part}", if index == 0 { "" } else { ", " })?;
    }
    f.write_str(">")
}

impl FromStr for Type {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        grammar::parse(text)
    }
}

impl Describe for Type {
    const KINDS: Kinds = Kinds::of(Kind::Str);
    fn shape() -> Shape {
        Shape::Str
    }
}

impl Encode for Type {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.str(&self.to_string())
    }
}

impl<'de> Decode<'de> for Type {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| decoder.str()?.parse())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_back_from_its_text() {
        for text in [
            "any",
            "raw",
            "null",
            "bool",
            "str",
            "bytes",
            "f32",
            "f64",
            "i8",
            "u128",
            "int<-5..=9>",
            "bytes<16>",
            "datetime",
            "datetime<tz>",
            "datetime<naive>",
            "date",
            "time",
            "duration",
            "uuid",
            "decimal",
            "ext",
            "ext<3>",
            "ext<-7, str>",
            "ext<str>",
            "option<str>",
            "maybe<option<u64>>",
            "list<i64>",
            "set<str>",
            "array<f64, 3>",
            "tuple<>",
            "tuple<i8, list<str>>",
            "map<str, map<i32, #Node>>",
            "#Pair<u8>",
            "serde<a::B<c::D>>",
        ] {
            assert_eq!(text.parse::<Type>().map(|found| found.to_string()).unwrap(), text);
        }
    }
}
