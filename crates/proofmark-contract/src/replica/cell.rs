//! What a replica keeps of a value that it reads: cells in one row, without the names that the lock knows already.

use std::borrow::Cow;

use proofmark::value::Native;
use proofmark::{Kind, TagValue, Value};

use super::bounds::Measure;
use super::node::Id;

/// A value. Those inside a container stand in a row, from its place on.
#[derive(Clone, Debug, Default)]
pub(super) enum Cell<'de> {
    /// A field that was not read; its default counts, if it has one.
    #[default]
    Absent,
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    /// Text of the input, or of the lock.
    Str(&'de str),
    Bytes(&'de [u8]),
    Native(Box<Native>),
    /// All that has no form of its own here, such as text with escapes.
    Value(Box<Value>),
    Items {
        at: usize,
        len: usize,
    },
    /// Keys and values in turn: twice as many cells as entries.
    Entries {
        at: usize,
        len: usize,
    },
    /// A cell for each field of the record.
    Record {
        node: Id,
        at: usize,
    },
}

impl<'de> Cell<'de> {
    #[inline(always)]
    pub(super) fn unsigned(value: u64) -> Self {
        i64::try_from(value).map_or(Self::UInt(value), Self::Int)
    }

    #[inline(always)]
    pub(super) fn text(text: Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Str(text),
            Cow::Owned(text) => Value::Str(text).into(),
        }
    }

    #[inline(always)]
    pub(super) fn bytes(bytes: Cow<'de, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => Self::Bytes(bytes),
            Cow::Owned(bytes) => Value::Bytes(bytes).into(),
        }
    }

    /// Whether this is known to come before another in the order of keys. `false` says nothing.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Str(a), Self::Str(b)) => a < b,
            (Self::Int(a), Self::Int(b)) => a < b,
            _ => false,
        }
    }
}

impl<'a> From<&'a Cell<'_>> for Measure<'a> {
    fn from(cell: &'a Cell<'_>) -> Self {
        match cell {
            Cell::Int(value) => Self::Int(*value),
            Cell::UInt(value) => Self::UInt(*value),
            Cell::Float(value) => Self::Float(*value),
            Cell::Str(text) => Self::Str(text),
            Cell::Bytes(bytes) => Self::Len(Kind::Bytes, bytes.len()),
            Cell::Items { len, .. } => Self::Len(Kind::Array, *len),
            Cell::Entries { len, .. } => Self::Len(Kind::Object, *len),
            Cell::Native(native) => Self::from(&**native),
            Cell::Value(value) => Self::from(&**value),
            Cell::Absent | Cell::Null | Cell::Bool(_) | Cell::Record { .. } => Self::Free,
        }
    }
}

impl From<TagValue> for Cell<'_> {
    fn from(value: TagValue) -> Self {
        match value {
            TagValue::Str(text) => Self::Str(text),
            TagValue::Int(number) => Self::Int(number),
        }
    }
}

impl From<Value> for Cell<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Int(value) => Self::Int(value),
            Value::UInt(value) => Self::UInt(value),
            Value::Float(value) => Self::Float(value),
            Value::Native(native) => Self::Native(native),
            other => Self::Value(Box::new(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn a_cell_is_three_words() {
        assert_eq!(size_of::<Cell<'_>>(), 24);
    }
}
