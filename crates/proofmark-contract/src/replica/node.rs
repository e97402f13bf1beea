//! What a replica goes by: the types of a lock, with names resolved.

use proofmark::__private::{Member, Tags};
use proofmark::shape::RecordShape;
use proofmark::{Key, Kinds, TagValue, Value};

use super::bounds::Constraint;

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
    Int(Width),
    /// Integers of a range that is no type of Rust's.
    Range(Box<(i128, u128)>),
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

/// An integer type of Rust's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
}

impl Width {
    pub(super) const fn of(min: i128, max: u128) -> Option<Self> {
        macro_rules! widths {
            ($($width:ident $int:ty;)*) => {$(
                if min == <$int>::MIN as i128 && max == <$int>::MAX as u128 {
                    return Some(Self::$width);
                }
            )*};
        }
        widths! { I8 i8; I16 i16; I32 i32; I64 i64; I128 i128; U8 u8; U16 u16; U32 u32; U64 u64; U128 u128; }
        None
    }
}

/// A record.
#[derive(Debug)]
pub(super) struct RecordNode {
    pub(super) shape: &'static RecordShape,
    /// The value of its tag.
    pub(super) tag: Option<Value>,
    pub(super) fields: Vec<FieldNode>,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct FieldNode {
    pub(super) key: &'static Key,
    pub(super) node: Id,
    pub(super) default: Option<Value>,
    pub(super) may_be_absent: bool,
    /// Neither a default nor absence stands for it.
    pub(super) is_required: bool,
    pub(super) check: Constraint,
    pub(super) lenient: bool,
    /// Neither lenient nor constrained.
    pub(super) is_plain: bool,
    pub(super) written: bool,
}

/// A plain enum.
#[derive(Debug)]
pub(super) struct EnumNode {
    /// Each value that is read, and the one that is written for it.
    pub(super) values: Vec<(TagValue, TagValue)>,
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
