//! From a lock to a replica.

use std::collections::BTreeMap;

use proofmark::__private::{Lookup, Member, Tags};
use proofmark::shape::{FieldShape, Presence, RecordShape};
use proofmark::{Error, Kind, Kinds, Maybe, Result, Shape, TagValue, Value, json};

use super::bounds::Constraint;
use super::names;
use super::node::{EnumNode, FieldNode, Id, Looks, Node, RecordNode, UnionNode, Width};
use super::{Replica, union};
use crate::codec::Codec;
use crate::lock::{Bounds, Definition, EnumLock, FieldLock, Lock, RecordLock, Type, UnionLock};

pub(super) fn replica(lock: &Lock, ty: &Type) -> Result<Replica> {
    let mut build = Build { lock, nodes: Vec::new(), named: BTreeMap::new(), defaults: Vec::new() };
    let root = build.node(ty)?;
    let Build { nodes, defaults, .. } = build;
    let mut replica = Replica { nodes, root };
    defaults.into_iter().try_for_each(|default| fill(&mut replica, default))?;
    Ok(replica)
}

/// A default that waits for all types to be known: it is a value of one of them.
struct Pending {
    record: Id,
    field: usize,
    value: Value,
}

fn fill(replica: &mut Replica, default: Pending) -> Result<()> {
    let Pending { record, field, value } = default;
    let Node::Record(node) = replica.node(record) else { return Ok(()) };
    let FieldNode { node, key, .. } = &node.fields[field];
    let text = json::to_vec(&value)?;
    let value = replica.decode_as(*node, &text, Codec::Json).map_err(|error| {
        Error::custom(format_args!("the default of `{}` is not of its type: {error}", key.name))
    })?;
    if let Node::Record(node) = &mut replica.nodes[record] {
        node.fields[field].default = Some(value);
    }
    Ok(())
}

struct Build<'a> {
    lock: &'a Lock,
    nodes: Vec<Node>,
    named: BTreeMap<&'a str, Id>,
    defaults: Vec<Pending>,
}

impl<'a> Build<'a> {
    fn push(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn node(&mut self, ty: &'a Type) -> Result<Id> {
        let node = match ty {
            Type::Any | Type::Opaque(_) => Node::Any,
            Type::Raw => Node::Raw,
            Type::Null => Node::Null,
            Type::Bool => Node::Bool,
            Type::Int { min, max } => {
                Width::of(*min, *max).map_or_else(|| Node::Range(Box::new((*min, *max))), Node::Int)
            }
            Type::Float { bits } => Node::Float { bits: *bits },
            Type::Str => Node::Str,
            Type::Bytes => Node::Bytes,
            Type::ByteArray(len) => Node::ByteArray(*len),
            Type::DateTime(tz) => Node::DateTime(*tz),
            Type::Date => Node::Date,
            Type::Time => Node::Time,
            Type::Duration => Node::Duration,
            Type::Uuid => Node::Uuid,
            Type::Decimal => Node::Decimal,
            Type::Ext { code, text } => {
                Node::Ext { code: *code, text: text.as_deref().map(|text| self.node(text)).transpose()? }
            }
            Type::Optional(of) => Node::Optional(self.node(of)?),
            Type::Maybe(of) => return self.node(of),
            Type::List(of) => Node::List(self.node(of)?),
            Type::Set(of) => Node::Set(self.node(of)?),
            Type::Array(of, len) => Node::Array(self.node(of)?, *len),
            Type::Tuple(parts) => {
                Node::Tuple(parts.iter().map(|part| self.node(part)).collect::<Result<_>>()?)
            }
            Type::Map(key, value) => Node::Map { key: self.node(key)?, value: self.node(value)? },
            Type::Named(name) => return self.named(name),
        };
        Ok(self.push(node))
    }

    /// A definition, which may lead back to itself.
    fn named(&mut self, name: &'a str) -> Result<Id> {
        if let Some(&id) = self.named.get(name) {
            return Ok(id);
        }
        let lock = self.lock;
        let Some(definition) = lock.types.get(name) else {
            return Err(Error::custom(format_args!("there is no type `#{name}`")));
        };
        let id = self.push(Node::Open);
        self.named.insert(name, id);
        self.nodes[id] = match definition {
            Definition::Record(record) => Node::Record(self.record(id, name, record)?),
            Definition::Enum(choices) => Node::Enum(enum_node(choices)),
            Definition::Union(union) => Node::Union(self.union(union)?),
            Definition::Newtype(newtype) => {
                Node::Bound { of: self.node(&newtype.of)?, check: Constraint::new(&newtype.bounds)? }
            }
        };
        Ok(id)
    }

    fn record(&mut self, id: Id, name: &str, record: &'a RecordLock) -> Result<RecordNode> {
        let locks = self.wire_fields(record)?;
        let keys = locks.iter().map(|field| names::key(&field.name)).collect::<Result<Vec<_>>>()?;
        let keys: &'static [_] = Box::leak(keys.into_boxed_slice());
        let mut fields = Vec::with_capacity(locks.len());
        for (index, (field, key)) in locks.iter().zip(keys).enumerate() {
            fields.push(FieldNode {
                key,
                node: self.node(&field.ty)?,
                default: None,
                may_be_absent: field.ty.may_be_absent(),
                is_required: field.is_required(),
                is_plain: !field.lenient && field.bounds == Bounds::default(),
                check: Constraint::new(&field.bounds)?,
                lenient: field.lenient,
                written: !field.read_only,
            });
            // Behind those of its type, which it may leave out.
            if let Maybe::Set(value) = &field.default {
                self.defaults.push(Pending { record: id, field: index, value: value.clone() });
            }
        }
        let shape = shape(name, record, &locks, keys)?;
        Ok(RecordNode { shape, tag: shape.tag.as_ref().map(super::write::tag_value), fields })
    }

    /// The fields that have an entry on the wire.
    fn wire_fields(&self, record: &'a RecordLock) -> Result<Vec<&'a FieldLock>> {
        let mut fields = Vec::new();
        self.collect_fields(record, &mut fields, FLATTEN_DEPTH_MAX)?;
        Ok(fields)
    }

    fn collect_fields(
        &self,
        record: &'a RecordLock,
        into: &mut Vec<&'a FieldLock>,
        depth_left: usize,
    ) -> Result<()> {
        for field in &record.fields {
            match self.lock.definition(&field.ty) {
                _ if !field.flatten => into.push(field),
                Some(Definition::Record(part)) if depth_left > 0 => {
                    self.collect_fields(part, into, depth_left - 1)?;
                }
                _ => {
                    return Err(Error::unsupported(format!(
                        "`{}` is flattened and not a record: it cannot be replayed from a lock",
                        field.name
                    )));
                }
            }
        }
        Ok(())
    }

    fn union(&mut self, lock: &'a UnionLock) -> Result<UnionNode> {
        let nodes = lock.members.iter().map(|member| self.node(&member.ty)).collect::<Result<Vec<_>>>()?;
        let fallback = match &lock.fallback {
            Maybe::Set(name) => lock.members.iter().position(|member| member.name == *name),
            Maybe::Unset => None,
        };
        let member = |(index, &id): (usize, &Id)| {
            let Looks { kinds, tags } = self.looks(id)?;
            Ok(Member { fallback: fallback == Some(index), tags, ..Member::plain(kinds) })
        };
        let members = nodes.iter().enumerate().map(member).collect::<Result<Vec<_>>>()?;
        union::check(&members)?;
        Ok(UnionNode { members: Box::leak(members.into_boxed_slice()), nodes, fallback })
    }

    /// What tells a type apart in a union.
    fn looks(&self, id: Id) -> Result<Looks> {
        let plain = |kinds| Looks { kinds, tags: Tags::None };
        let kind = |kind| plain(Kinds::of(kind));
        Ok(match &self.nodes[id] {
            Node::Open => {
                return Err(Error::custom("a union that is a member of itself"));
            }
            Node::Any | Node::Raw => plain(Kinds::ANY),
            Node::Null => kind(Kind::Null),
            Node::Bool => kind(Kind::Bool),
            Node::Int(_) | Node::Range(_) => kind(Kind::Int),
            Node::Float { .. } => plain(<f64 as proofmark::Describe>::KINDS),
            Node::Str => kind(Kind::Str),
            Node::Bytes | Node::ByteArray(_) => kind(Kind::Bytes),
            Node::DateTime(_) => kind(Kind::DateTime),
            Node::Date => kind(Kind::Date),
            Node::Time => kind(Kind::Time),
            Node::Duration => kind(Kind::Duration),
            Node::Uuid => kind(Kind::Uuid),
            Node::Decimal => kind(Kind::Decimal),
            Node::Ext { text, .. } => match text {
                Some(text) => plain(self.looks(*text)?.kinds.with(Kind::Ext)),
                None => kind(Kind::Ext),
            },
            Node::Optional(of) => {
                let Looks { kinds, tags } = self.looks(*of)?;
                Looks { kinds: kinds.with(Kind::Null), tags }
            }
            Node::List(_) | Node::Set(_) | Node::Array(..) | Node::Tuple(_) => kind(Kind::Array),
            Node::Map { .. } => kind(Kind::Object),
            Node::Record(record) => record_looks(record.shape),
            Node::Enum(choices) => plain(union::enum_kinds(choices)),
            Node::Union(union) => {
                Looks { kinds: union::kinds(union.members), tags: Tags::Many(union.members) }
            }
            Node::Bound { of, .. } => self.looks(*of)?,
        })
    }
}

/// Parts of records that stand in each other.
const FLATTEN_DEPTH_MAX: usize = 16;

fn record_looks(shape: &'static RecordShape) -> Looks {
    let kinds = Kinds::of(if shape.positional { Kind::Array } else { Kind::Object });
    Looks { kinds, tags: shape.tag.as_ref().map_or(Tags::None, Tags::One) }
}

fn enum_node(lock: &EnumLock) -> EnumNode {
    let values = lock.variants.iter().flat_map(|variant| {
        let written = names::tag_value(&variant.value);
        let aliases = variant.aliases.iter().map(|alias| TagValue::Str(names::text(alias)));
        std::iter::once(written).chain(aliases).map(move |read| (read, written))
    });
    EnumNode { values: values.collect(), open: lock.open }
}

/// The shape by which the codec reads and writes the record.
fn shape(
    name: &str,
    record: &RecordLock,
    fields: &[&FieldLock],
    keys: &'static [proofmark::Key],
) -> Result<&'static RecordShape> {
    let field_shape = |(field, key): (&&FieldLock, &proofmark::Key)| FieldShape {
        name: key.name,
        key: *key,
        shape: || Shape::Any,
        presence: if field.is_required() { Presence::Required } else { Presence::Maybe },
        ..FieldShape::PLAIN
    };
    let shapes: Vec<_> = fields.iter().zip(keys).map(field_shape).collect();
    let tag = match &record.tag {
        Maybe::Set(tag) => Some(names::tag(tag)?),
        Maybe::Unset => None,
    };
    Ok(Box::leak(Box::new(RecordShape {
        name: names::text(name),
        type_name: || "",
        doc: "",
        tag,
        fields: Box::leak(shapes.into_boxed_slice()),
        positional: record.positional,
        allow_unknown: record.allow_unknown,
        encode_defaults: record.encode_defaults,
        checked: record.checked,
        lookup: lookup(fields),
    })))
}

/// Finds a field by any name under which it is read.
fn lookup(fields: &[&FieldLock]) -> Lookup {
    let names = fields.iter().enumerate().flat_map(|(index, field)| {
        let all = std::iter::once(&field.name).chain(&field.aliases);
        all.map(move |name| (names::text(name), index))
    });
    let names: BTreeMap<&'static str, usize> = names.collect();
    Lookup::new(Box::leak(Box::new(move |name: &str| names.get(name).copied())))
}
