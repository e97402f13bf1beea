//! The edits of which every change is made.

use proofmark::{Maybe, Value};

use crate::codec::Codec;
use crate::lock::{Bounds, FieldLock, MemberLock, TagLock, TagText, Type, VariantLock};
use crate::usage::Use;

/// One edit of a definition, or of the record as a whole.
///
/// Types are written as the new lock has them.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A field was added to a record.
    AddField {
        /// Where it stands in the old record's fields, with it.
        at: usize,
        /// The field.
        field: Box<FieldLock>,
    },
    /// A field was removed.
    RemoveField {
        /// Its index.
        at: usize,
    },
    /// Something about a field changed.
    Field {
        /// Its index in the old record.
        at: usize,
        /// What.
        edited: Edited,
    },
    /// All fields were respelled in one style.
    Restyle {
        /// The new names, in the order of the old fields.
        names: Vec<String>,
    },
    /// Fields changed places.
    Reorder {
        /// The old indices in their new order.
        order: Vec<usize>,
    },
    /// The tag was added, removed or changed.
    Tag(Maybe<TagLock>),
    /// The record became an array, or an object.
    Form {
        /// Whether it is an array now.
        positional: bool,
    },
    /// Unknown fields are skipped now, or refused.
    Unknown {
        /// Whether they are skipped now.
        allowed: bool,
    },
    /// Fields equal to their default are written now, or left out.
    EncodeDefaults {
        /// Whether they are written now.
        on: bool,
    },
    /// A check in code was added or removed.
    Checked {
        /// Whether there is one now.
        on: bool,
    },
    /// A value was added to an enum.
    AddVariant(VariantLock),
    /// A value was removed from an enum.
    RemoveVariant {
        /// Its index.
        at: usize,
    },
    /// A value of an enum is spelled, or numbered, in another way.
    Respell {
        /// Its index and its new value, for every variant whose value changed.
        values: Vec<(usize, TagText)>,
    },
    /// Other values are taken now, or refused.
    Open {
        /// Whether they are taken now.
        on: bool,
    },
    /// A member was added to a union.
    AddMember(MemberLock),
    /// A member was removed from a union.
    RemoveMember {
        /// Its index.
        at: usize,
    },
    /// The tags of all members of a union have another name.
    TagField(String),
    /// Records of a tag that is not known are taken now, or refused.
    Fallback(Maybe<String>),
    /// The constraints of a newtype changed.
    NewtypeBounds(Bounds),
    /// What a newtype, or a member of a union, or the record as a whole is.
    Replace {
        /// The index of the member; of a newtype or the root, none.
        at: Option<usize>,
        /// The innermost types that differ.
        inner: (Type, Type),
        /// The new type as a whole.
        ty: Type,
    },
    /// The record's name or version changed.
    Kind {
        /// Name and version, as in `manifest.v2`.
        tag: String,
    },
    /// The formats in which it is stored changed.
    Codecs(Vec<Codec>),
    /// What it is used for changed.
    UsedAs(Use),
}

impl Edit {
    /// Whether it brings definitions of the new lock with it.
    pub(super) fn brings_types(&self) -> bool {
        match self {
            Self::AddField { field, .. } => names(&field.ty),
            Self::Field { edited: Edited::Type { ty, .. }, .. } | Self::Replace { ty, .. } => names(ty),
            Self::AddMember(member) => names(&member.ty),
            _ => false,
        }
    }
}

/// Whether a type refers to definitions.
fn names(ty: &Type) -> bool {
    matches!(ty, Type::Named(_)) || ty.parts().into_iter().any(names)
}

/// What changed about a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Edited {
    /// Its name, and the names under which it is read.
    Name {
        /// The new name.
        name: String,
        /// Further names.
        aliases: Vec<String>,
    },
    /// The further names under which it is read.
    Aliases(Vec<String>),
    /// Its default.
    Default(Maybe<Value>),
    /// Whether it may be absent or null, and what absence means.
    Presence {
        /// The new type, with `option` and `maybe` as they are now around what it was.
        ty: Type,
        /// The new default.
        default: Maybe<Value>,
    },
    /// Its type, apart from `option` and `maybe`.
    Type {
        /// The innermost types that differ.
        inner: (Type, Type),
        /// The new type as a whole.
        ty: Type,
    },
    /// Its constraints.
    Bounds(Bounds),
    /// Whether it has a check in code.
    Checked(bool),
    /// What absence and null mean, in words.
    Meaning {
        /// Of absence.
        absent: Maybe<String>,
        /// Of null.
        null: Maybe<String>,
    },
    /// Whether it is read leniently.
    Lenient(bool),
    /// Whether it is read only.
    ReadOnly(bool),
    /// Whether two runs may differ in it.
    Volatile(Maybe<String>),
}
