//! Values of types that are known when the program runs.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    hash::{Hash, Hasher},
};

use proofmark::{
    __private::{Member, decode_int_enum, decode_str_enum, decode_union},
    Decode, Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Result, Shape,
    constraint::{Constrain, Constraints},
};

use super::{
    leaf::{Leaf, LeafValue},
    scope,
};
use crate::types::{Dict, generics};

/// A type.
#[derive(Debug)]
pub(crate) enum Type {
    Leaf(Leaf),
    /// One text out of several.
    Words(&'static [&'static str]),
    /// One integer out of several.
    Numbers(&'static [i64]),
    /// The generic record, of this argument.
    Boxed(&'static Self),
    List(&'static Self),
    Set(&'static Self),
    Tuple(&'static [Self]),
    Map(&'static Self, &'static Self),
    Optional(&'static Self),
    Constrained(&'static Self, &'static Constraints),
    Union(&'static [Member], &'static [Self]),
}

/// A value of the type in scope.
#[derive(Clone, Debug)]
pub(crate) enum Dynamic {
    Leaf(LeafValue),
    Boxed(Box<generics::Box<Self>>),
    List(Vec<Self>),
    Set(BTreeSet<Key>),
    Map(Dict<Key, Self>),
    Null,
}

/// A key of the type in scope.
#[derive(Clone, Debug)]
pub(crate) struct Key(Dynamic);

/// An element of the type that its position has.
struct Element(Dynamic);

/// A value of a type that takes any text, for which lenient decoding leaves text alone.
struct Textual(Dynamic);

macro_rules! describe {
    ($($type:ty: $kinds:expr;)*) => {$(
        impl Describe for $type {
            const KINDS: Kinds = $kinds;
            fn shape() -> Shape {
                Shape::Any
            }
        }
    )*};
}
describe! {
    Dynamic: Kinds::NONE;
    Textual: Kinds::of(Kind::Str);
    Key: Kinds::NONE;
    Element: Kinds::NONE;
}

impl Decode<'static> for Dynamic {
    fn decode<D: Decoder<'static>>(decoder: &mut D) -> Result<Self> {
        read(scope::value(), decoder)
    }
}

impl Decode<'static> for Textual {
    fn decode<D: Decoder<'static>>(decoder: &mut D) -> Result<Self> {
        read(scope::value(), decoder).map(Self)
    }
}

impl Decode<'static> for Key {
    fn decode<D: Decoder<'static>>(decoder: &mut D) -> Result<Self> {
        read(scope::key(), decoder).map(Self)
    }
}

impl Decode<'static> for Element {
    fn decode<D: Decoder<'static>>(decoder: &mut D) -> Result<Self> {
        read(scope::position(), decoder).map(Self)
    }
}

fn read<D: Decoder<'static>>(of: Option<&'static Type>, decoder: &mut D) -> Result<Dynamic> {
    match of.ok_or_else(|| Error::custom("no type is in scope"))? {
        Type::Leaf(leaf) => leaf.decode(decoder).map(Dynamic::Leaf),
        Type::Words(words) => {
            let text = decode_str_enum(decoder, |text| words.contains(&text).then(|| text.to_owned()))?;
            Ok(Dynamic::Leaf(LeafValue::Str(Box::new(text))))
        }
        Type::Numbers(numbers) => {
            let number = decode_int_enum(decoder, |number| numbers.contains(&number).then(|| number.into()))?;
            Ok(Dynamic::Leaf(LeafValue::Int(Box::new(number))))
        }
        Type::Boxed(argument) => scope::with_value(argument, || generics::Box::decode(decoder))
            .map(|record| Dynamic::Boxed(Box::new(record))),
        Type::List(item) => scope::with_value(item, || Vec::decode(decoder)).map(Dynamic::List),
        Type::Set(item) => scope::with_key(item, || BTreeSet::decode(decoder)).map(Dynamic::Set),
        Type::Map(key, value) => {
            scope::with_key(key, || scope::with_value(value, || Dict::decode(decoder))).map(Dynamic::Map)
        }
        Type::Tuple(items) => scope::with_positions(items, || tuple(items.len(), decoder)),
        Type::Optional(inner) if takes_any_text(inner.member().kinds) => {
            let value: Option<Textual> = scope::with_value(inner, || Option::decode(decoder))?;
            Ok(value.map_or(Dynamic::Null, |value| value.0))
        }
        Type::Optional(inner) => {
            let value: Option<Dynamic> = scope::with_value(inner, || Option::decode(decoder))?;
            Ok(value.unwrap_or(Dynamic::Null))
        }
        Type::Constrained(inner, constraints) => {
            let value = read(Some(inner), decoder)?;
            value.check(constraints)?;
            Ok(value)
        }
        Type::Union(members, types) => {
            decode_union(decoder, members, |decoder, index| read(types.get(index), decoder))
        }
    }
}

/// Whether text fits that is not one of a few words.
fn takes_any_text(kinds: Kinds) -> bool {
    kinds.accepts(Kind::Str) && kinds.or(Kinds::WORDS) != kinds
}

fn tuple<D: Decoder<'static>>(len: usize, decoder: &mut D) -> Result<Dynamic> {
    let elements = match len {
        1 => <(Element,)>::decode(decoder).map(|one| vec![one.0])?,
        2 => <(Element, Element)>::decode(decoder).map(|two| vec![two.0, two.1])?,
        3 => <(Element, Element, Element)>::decode(decoder).map(|three| vec![three.0, three.1, three.2])?,
        _ => <(Element, Element, Element, Element)>::decode(decoder)
            .map(|four| vec![four.0, four.1, four.2, four.3])?,
    };
    Ok(Dynamic::List(elements.into_iter().map(|element| element.0).collect()))
}

impl Dynamic {
    fn check(&self, constraints: &Constraints) -> Result<()> {
        match self {
            Self::Leaf(LeafValue::Int(value)) => value.check(constraints),
            Self::Leaf(LeafValue::Float(value)) => value.check(constraints),
            Self::Leaf(LeafValue::Str(value)) => value.check(constraints),
            Self::Leaf(LeafValue::Bytes(value)) => value.check(constraints),
            Self::Leaf(LeafValue::DateTime(value)) => value.check(constraints),
            Self::Leaf(LeafValue::Time(value)) => value.check(constraints),
            Self::List(value) => value.check(constraints),
            Self::Set(value) => value.check(constraints),
            Self::Map(value) => value.check(constraints),
            _ => Ok(()),
        }
    }
}

impl Encode for Dynamic {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::Leaf(value) => value.encode(encoder),
            Self::Boxed(record) => record.encode(encoder),
            Self::List(items) => items.encode(encoder),
            Self::Set(items) => items.encode(encoder),
            Self::Map(entries) => entries.encode(encoder),
            Self::Null => encoder.null(),
        }
    }
}

/// Equal are values that are equal in memory.
impl PartialEq for Dynamic {
    fn eq(&self, other: &Self) -> bool {
        matches!((proofmark::to_value(self), proofmark::to_value(other)), (Ok(one), Ok(other)) if one == other)
    }
}

impl Encode for Key {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.encode(encoder)
    }
}

/// Keys are ordered as values in memory are.
impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let value = |key: &Self| proofmark::to_value(&key.0).unwrap_or_default();
        value(self).total_cmp(&value(other))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

impl Hash for Key {
    /// Numbers of different kinds can be equal, and maps here are small.
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
