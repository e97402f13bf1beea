//! Fields whose own fields stand in their place.
//!
//! Nothing is put into a tree. A record with such fields remembers where the entries begin that are not its own, and
//! passes them; then each part reads from there what is its own, by way of a [`Decoder`](crate::Decoder) for which these
//! entries are all of a map. What no part takes is unknown to the record.

mod decode;
mod encode;
mod rest;

pub(crate) use self::rest::Entry;
pub use self::rest::Rest;
pub(crate) use self::{
    decode::FlatReader,
    encode::{FlatWriter, Outer},
};
use crate::{
    Tag,
    member::{Member, same},
    shape::{FieldShape, RecordShape},
};

/// The names that a type takes where it is flattened.
#[derive(Clone, Copy, Debug)]
pub enum Flat {
    /// It has no fields to flatten.
    None,
    /// Those of a record.
    Record(&'static RecordShape),
    /// Those of a type, or no name at all.
    Optional(&'static Self),
    /// Those of any of the records.
    Union(&'static [Member]),
    /// Every name that is left.
    Rest,
}

impl Flat {
    /// Whether it has no fields to flatten.
    pub const fn is_none(&self) -> bool {
        match self {
            Self::None => true,
            Self::Optional(inner) => inner.is_none(),
            Self::Union(members) => {
                let mut idx = 0;
                while idx < members.len() {
                    if members[idx].flat.is_none() {
                        return true;
                    }
                    idx += 1;
                }
                false
            }
            Self::Record(_) | Self::Rest => false,
        }
    }

    /// Whether every name is taken.
    const fn takes_rest(&self) -> bool {
        match self {
            Self::None => false,
            Self::Rest => true,
            Self::Optional(inner) => inner.takes_rest(),
            Self::Record(shape) => {
                let mut idx = 0;
                while idx < shape.fields.len() {
                    if shape.fields[idx].flat.takes_rest() {
                        return true;
                    }
                    idx += 1;
                }
                false
            }
            Self::Union(members) => {
                let mut idx = 0;
                while idx < members.len() {
                    if members[idx].fallback || members[idx].flat.takes_rest() {
                        return true;
                    }
                    idx += 1;
                }
                false
            }
        }
    }

    /// Whether a name is declared, other than by taking every name.
    const fn names(&self, name: &str) -> bool {
        match self {
            Self::None | Self::Rest => false,
            Self::Optional(inner) => inner.names(name),
            Self::Record(shape) => shape_names(shape, name),
            Self::Union(members) => {
                let mut idx = 0;
                while idx < members.len() {
                    if members[idx].flat.names(name) {
                        return true;
                    }
                    idx += 1;
                }
                false
            }
        }
    }

    /// Whether the name is taken.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.takes_rest() || self.names(name)
    }

    /// Whether a name is declared on both sides.
    const fn clashes(&self, other: &Self) -> bool {
        match self {
            Self::None | Self::Rest => false,
            Self::Optional(inner) => inner.clashes(other),
            Self::Record(shape) => shape_clashes(shape, other),
            Self::Union(members) => {
                let mut idx = 0;
                while idx < members.len() {
                    if members[idx].flat.clashes(other) {
                        return true;
                    }
                    idx += 1;
                }
                false
            }
        }
    }
}

/// Whether one of a record's own names, its tag's or that of a part is `name`.
const fn shape_names(shape: &RecordShape, name: &str) -> bool {
    let mut idx = 0;
    while idx < shape.fields.len() {
        let field = &shape.fields[idx];
        if field.flat.names(name) || !field.is_flat() && field_names(field, name) {
            return true;
        }
        idx += 1;
    }
    match &shape.tag {
        Some(tag) => same(tag.key.name, name),
        None => false,
    }
}

const fn field_names(field: &FieldShape, name: &str) -> bool {
    let mut idx = 0;
    while idx < field.aliases.len() {
        if same(field.aliases[idx], name) {
            return true;
        }
        idx += 1;
    }
    same(field.key.name, name)
}

const fn shape_clashes(shape: &RecordShape, other: &Flat) -> bool {
    let mut idx = 0;
    while idx < shape.fields.len() {
        let field = &shape.fields[idx];
        if field.is_flat() && field.flat.clashes(other) || !field.is_flat() && field_clashes(field, other) {
            return true;
        }
        idx += 1;
    }
    tag_clashes(&shape.tag, other)
}

const fn tag_clashes(tag: &Option<Tag>, other: &Flat) -> bool {
    match tag {
        Some(tag) => other.names(tag.key.name),
        None => false,
    }
}

const fn field_clashes(field: &FieldShape, other: &Flat) -> bool {
    let mut idx = 0;
    while idx < field.aliases.len() {
        if other.names(field.aliases[idx]) {
            return true;
        }
        idx += 1;
    }
    other.names(field.key.name)
}

/// Whether the flattened field at `index` can be told from all other fields of its record.
pub const fn flat_is_distinct(shape: &RecordShape, index: usize) -> bool {
    let flat = &shape.fields[index].flat;
    let mut idx = 0;
    while idx < shape.fields.len() {
        let other = &shape.fields[idx];
        let clashes = if other.is_flat() {
            idx < index && (other.flat.takes_rest() || other.flat.clashes(flat))
        } else {
            field_clashes(other, flat)
        };
        if clashes {
            return false;
        }
        idx += 1;
    }
    !tag_clashes(&shape.tag, flat)
}

/// Whether a record has a place for an entry of this name.
pub(crate) fn takes(shape: &RecordShape, name: &str) -> bool {
    shape.lookup.find(name).is_some()
        || shape.tag.as_ref().is_some_and(|tag| tag.key.name == name)
        || shape.fields.iter().any(|field| field.flat.takes(name))
}
