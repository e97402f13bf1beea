//! The lock of a type, from its shape.

use std::collections::BTreeMap;

use proofmark::constraint::{Constraints, Number};
use proofmark::shape::{EnumShape, FieldShape, NewtypeShape, Presence, RecordShape, ShapeFn, UnionShape};
use proofmark::{Error, Maybe, Result, Segment, Shape, Tag, TagValue, Value, json};

use crate::inspect::Words;

use super::{
    Bounds, Definition, EnumLock, FieldLock, MemberLock, NewtypeLock, RecordLock, TagLock, TagText, Type,
    UnionLock, VariantLock,
};

/// The type of a shape, and the definitions that it refers to.
///
/// # Errors
/// Fails where a default cannot be written as JSON.
pub(crate) fn types_of(shape: Shape) -> Result<Types> {
    let mut walk = Walk::default();
    let root = walk.visit(shape)?;
    Ok(Types { root, definitions: walk.definitions, words: walk.words })
}

/// What a shape leads to.
pub(crate) struct Types {
    /// The type.
    pub(crate) root: Type,
    /// The definitions that it refers to.
    pub(crate) definitions: BTreeMap<String, Definition>,
    /// What is said about them in words, which is no part of a lock.
    pub(crate) words: BTreeMap<String, Words>,
}

#[derive(Default)]
struct Walk {
    /// The name in the lock by full Rust path and short name.
    names: BTreeMap<(&'static str, &'static str), String>,
    definitions: BTreeMap<String, Definition>,
    words: BTreeMap<String, Words>,
}

impl Walk {
    fn visit(&mut self, shape: Shape) -> Result<Type> {
        Ok(match shape {
            Shape::Any => Type::Any,
            Shape::Raw => Type::Raw,
            Shape::Null => Type::Null,
            Shape::Bool => Type::Bool,
            Shape::Int { min, max } => Type::Int { min, max },
            Shape::Float { bits } => Type::Float { bits },
            Shape::Str => Type::Str,
            Shape::Bytes => Type::Bytes,
            Shape::ByteArray { len } => Type::ByteArray(len),
            Shape::DateTime { tz } => Type::DateTime(tz),
            Shape::Date => Type::Date,
            Shape::Time => Type::Time,
            Shape::Duration => Type::Duration,
            Shape::Uuid => Type::Uuid,
            Shape::Decimal => Type::Decimal,
            Shape::Ext { code, text } => {
                Type::Ext { code, text: text.map(|text| self.part(text)).transpose()? }
            }
            Shape::Optional(part) => Type::Optional(self.part(part)?),
            Shape::Maybe(part) => Type::Maybe(self.part(part)?),
            Shape::List(part) => Type::List(self.part(part)?),
            Shape::Set(part) => Type::Set(self.part(part)?),
            Shape::Array { item, len } => Type::Array(self.part(item)?, len),
            Shape::Tuple(parts) => {
                Type::Tuple(parts.iter().map(|part| self.visit(part())).collect::<Result<_>>()?)
            }
            Shape::Map { key, value } => Type::Map(self.part(key)?, self.part(value)?),
            Shape::Record(shape) => {
                let words =
                    || Words::of(shape.doc, shape.fields.iter().map(|field| (field.key.name, field.doc)));
                self.named(shape.type_name, shape.name, words, |walk| {
                    walk.record(shape).map(Definition::Record)
                })?
            }
            Shape::Enum(shape) => {
                let words =
                    || Words::of(shape.doc, shape.variants.iter().map(|variant| (variant.name, variant.doc)));
                self.named(shape.type_name, shape.name, words, |_| Ok(Definition::Enum(choices(shape))))?
            }
            Shape::Union(shape) => {
                let words = || Words::of(shape.doc, []);
                self.named(shape.type_name, shape.name, words, |walk| {
                    walk.union(shape).map(Definition::Union)
                })?
            }
            Shape::Newtype(shape) => {
                let words = || Words::of(shape.doc, []);
                self.named(shape.type_name, shape.name, words, |walk| {
                    walk.newtype(shape).map(Definition::Newtype)
                })?
            }
            Shape::Opaque(path) => Type::Opaque(path.to_owned()),
            other => return Err(Error::unsupported(format!("no lock knows the shape {other:?}"))),
        })
    }

    fn part(&mut self, part: ShapeFn) -> Result<Box<Type>> {
        self.visit(part()).map(Box::new)
    }

    /// A type with a definition, which is made when the type is first met.
    fn named(
        &mut self,
        path: fn() -> &'static str,
        name: &'static str,
        words: impl FnOnce() -> Words,
        define: impl FnOnce(&mut Self) -> Result<Definition>,
    ) -> Result<Type> {
        if let Some(known) = self.names.get(&(path(), name)) {
            return Ok(Type::Named(known.clone()));
        }
        let namesakes = self.names.keys().filter(|(_, other)| *other == name).count();
        let own = if namesakes == 0 { name.to_owned() } else { format!("{name}~{}", namesakes + 1) };
        self.names.insert((path(), name), own.clone());
        let definition = define(self)?;
        self.definitions.insert(own.clone(), definition);
        self.words.insert(own.clone(), words());
        Ok(Type::Named(own))
    }

    fn record(&mut self, shape: &'static RecordShape) -> Result<RecordLock> {
        Ok(RecordLock {
            tag: shape.tag.as_ref().map(tag).into(),
            positional: shape.positional,
            allow_unknown: shape.allow_unknown,
            encode_defaults: shape.encode_defaults,
            checked: shape.checked,
            fields: shape.fields.iter().map(|field| self.field(field)).collect::<Result<_>>()?,
        })
    }

    fn field(&mut self, field: &'static FieldShape) -> Result<FieldLock> {
        let text = |text: Option<&str>| Maybe::from(text.map(str::to_owned));
        Ok(FieldLock {
            name: field.key.name.to_owned(),
            ty: self.visit((field.shape)())?,
            id: text(field.was),
            default: default(field).map_err(|error| error.at(Segment::Field(field.key.name)))?,
            bounds: bounds(&field.constraints),
            checked: field.checked,
            absent: text(field.absent),
            null: text(field.null),
            undecided: text(field.undecided),
            volatile: text(field.volatility.map(|volatility| volatility.name())),
            aliases: owned(field.aliases),
            lenient: field.lenient,
            read_only: !field.written,
            flatten: field.is_flat(),
        })
    }

    fn union(&mut self, shape: &'static UnionShape) -> Result<UnionLock> {
        let member = |walk: &mut Self, (name, part): &(&'static str, ShapeFn)| {
            Ok(MemberLock { name: (*name).to_owned(), ty: walk.visit(part())? })
        };
        Ok(UnionLock {
            members: shape.members.iter().map(|found| member(self, found)).collect::<Result<_>>()?,
            fallback: shape.fallback.map(str::to_owned).into(),
        })
    }

    fn newtype(&mut self, shape: &'static NewtypeShape) -> Result<NewtypeLock> {
        Ok(NewtypeLock { of: self.visit((shape.inner)())?, bounds: bounds(&shape.constraints) })
    }
}

fn tag(tag: &Tag) -> TagLock {
    TagLock { field: tag.key.name.to_owned(), value: tag_text(tag.value), aliases: owned(tag.aliases) }
}

fn tag_text(value: TagValue) -> TagText {
    match value {
        TagValue::Str(text) => TagText::Str(text.to_owned()),
        TagValue::Int(number) => TagText::Int(number),
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn choices(shape: &EnumShape) -> EnumLock {
    let variants = shape.variants.iter().map(|variant| VariantLock {
        name: variant.name.to_owned(),
        value: tag_text(variant.value),
        aliases: owned(variant.aliases),
    });
    EnumLock { variants: variants.collect(), open: shape.open }
}

fn default(field: &FieldShape) -> Result<Maybe<Value>> {
    match field.presence {
        Presence::Default(text) => text().and_then(|text| json::from_str(&text)).map(Maybe::Set),
        _ => Ok(Maybe::Unset),
    }
}

fn bounds(from: &Constraints) -> Bounds {
    let number = |bound: Option<Number>| Maybe::from(bound.map(number_value));
    let len = |bound: Option<usize>| Maybe::from(bound.map(|len| len as u64));
    Bounds {
        ge: number(from.ge),
        gt: number(from.gt),
        le: number(from.le),
        lt: number(from.lt),
        multiple_of: number(from.multiple_of),
        min_len: len(from.min_len),
        max_len: len(from.max_len),
        pattern: from.pattern.map(|pattern| pattern().source().to_owned()).into(),
        tz: from.tz.into(),
    }
}

fn number_value(number: Number) -> Value {
    match number {
        Number::Float(value) => Value::Float(value),
        // Bounds beyond 64 bits are beyond what either format writes as an integer.
        Number::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => Value::Int(value),
            (_, Ok(value)) => Value::UInt(value),
            _ => Value::Float(value as f64),
        },
    }
}
