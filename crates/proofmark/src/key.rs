//! Field names and tags as the exact bytes that each format writes.

use crate::member::Member;

/// A record field's wire name, with the bytes that stand for it in each format.
///
/// The derive writes these as constants, so that a decoder compares a whole key, quotes and colon included, with one
/// constant comparison, and an encoder copies it with one store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The wire name.
    pub name: &'static str,
    /// `,"name":`
    #[doc(hidden)]
    pub json: &'static [u8],
    /// `"name":`
    #[doc(hidden)]
    pub json_bare: &'static [u8],
    /// The name as a MessagePack string.
    #[doc(hidden)]
    pub msgpack: &'static [u8],
}

/// The value of a tag entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagValue {
    /// A string tag.
    Str(&'static str),
    /// An integer tag.
    Int(i64),
}

/// The entry that tells which record an object is: `"type":"manifest.v1"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name of the tag field.
    pub key: Key,
    /// The value that stands for this record.
    pub value: TagValue,
    /// `,"type":"cat"`
    #[doc(hidden)]
    pub json: &'static [u8],
    /// `"type":"cat"`
    #[doc(hidden)]
    pub json_bare: &'static [u8],
    /// Key and value in MessagePack.
    #[doc(hidden)]
    pub msgpack: &'static [u8],
    /// The value alone in MessagePack.
    #[doc(hidden)]
    pub msgpack_value: &'static [u8],
    /// Further values that stand for this record where it is read.
    pub aliases: &'static [&'static str],
}

impl Tag {
    /// Whether a tag that was met stands for this record.
    #[inline]
    pub fn is(&self, found: TagRef<'_>) -> bool {
        found.is(self.value) || matches!(found, TagRef::Str(text) if self.aliases.contains(&text))
    }
}

/// The tags by which a type can be told from others in a union.
#[derive(Clone, Copy, Debug)]
pub enum Tags {
    /// The type carries no tag.
    None,
    /// A tagged record.
    One(&'static Tag),
    /// A union, some of whose members may be tagged records.
    Many(&'static [Member]),
}

/// A tag value met in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagRef<'a> {
    /// A string.
    Str(&'a str),
    /// An integer.
    Int(i128),
}

impl TagRef<'_> {
    /// Whether this is the tag `value`.
    #[inline]
    pub fn is(self, value: TagValue) -> bool {
        match (self, value) {
            (Self::Str(found), TagValue::Str(wanted)) => found == wanted,
            (Self::Int(found), TagValue::Int(wanted)) => found == i128::from(wanted),
            _ => false,
        }
    }
}
