//! What a replica goes by: the types of a lock, with names resolved.

use proofmark::__private::{Member, Tags};
use proofmark::shape::RecordShape;
use proofmark::{Key, Kinds, Value};

use super::bounds::Constraint;
use crate::lock::TagText;

/// The place of a node in its replica.
pub(super) type Id = usize;

/// One type.
#[derive(Debug)]
pub(super) enum Node {
    /// A definition that is being resolved.
    Open,
    /// A value of any type.
    Any,
    /// A value of any type whose maps keep their order.
    Raw,
    Null,
    Bool,
    Int {
        min: i128,
        max: u128,
    },
    Float {
        bits: u8,
    },
    Str,
    Bytes,
    ByteArray(usize),
    DateTime(Option<bool>),
    Date,
    Time,
    Duration,
    Uuid,
    Decimal,
    Ext {
        code: Option<i8>,
        text: Option<Id>,
    },
    Optional(Id),
    List(Id),
    Set(Id),
    Array(Id, usize),
    Tuple(Vec<Id>),
    Map {
        key: Id,
        value: Id,
    },
    Record(RecordNode),
    Enum(EnumNode),
    Union(UnionNode),
    /// A type with constraints of its own.
    Bound {
        of: Id,
        check: Constraint,
    },
}

/// A record.
#[derive(Debug)]
pub(super) struct RecordNode {
    pub(super) shape: &'static RecordShape,
    pub(super) fields: Vec<FieldNode>,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct FieldNode {
    pub(super) key: &'static Key,
    pub(super) node: Id,
    pub(super) default: Option<Value>,
    pub(super) may_be_absent: bool,
    pub(super) check: Constraint,
    pub(super) lenient: bool,
    pub(super) written: bool,
}

/// A plain enum.
#[derive(Debug)]
pub(super) struct EnumNode {
    /// Each value that is read, and the one that is written for it.
    pub(super) values: Vec<(TagText, TagText)>,
    pub(super) open: bool,
}

/// A union.
#[derive(Debug)]
pub(super) struct UnionNode {
    pub(super) members: &'static [Member],
    pub(super) nodes: Vec<Id>,
    pub(super) fallback: Option<usize>,
}

/// What tells a type apart in a union.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    pub(super) kinds: Kinds,
    pub(super) tags: Tags,
}
