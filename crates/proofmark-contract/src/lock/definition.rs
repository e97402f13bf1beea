//! What a lock says of one named type.

use proofmark::{Maybe, Record, Value};

use super::Type;

/// A type with a name.
#[derive(Record, Clone, Debug, PartialEq)]
pub enum Definition {
    /// A record.
    Record(RecordLock),
    /// An enum whose variants hold nothing.
    Enum(EnumLock),
    /// A union.
    Union(UnionLock),
    /// A type around another, with constraints of its own.
    Newtype(NewtypeLock),
}

/// A record.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "record", tag_field = "is")]
pub struct RecordLock {
    /// The entry that tells which record an object is.
    #[field(absent = "the record has no tag")]
    pub tag: Maybe<TagLock>,
    /// Whether it is written as an array.
    #[field(default)]
    pub positional: bool,
    /// Whether readers pass over fields that they do not know.
    #[field(default)]
    pub allow_unknown: bool,
    /// Whether fields equal to their default are written all the same.
    #[field(default)]
    pub encode_defaults: bool,
    /// Whether the record as a whole has a check in code.
    #[field(default)]
    pub checked: bool,
    /// The fields in declaration order.
    pub fields: Vec<FieldLock>,
}

/// The tag of a record.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct TagLock {
    /// The name of its entry.
    pub field: String,
    /// The value that stands for the record.
    pub value: TagText,
    /// Further values under which it is read.
    #[field(default)]
    pub aliases: Vec<String>,
}

/// The value of a tag, or of an enum.
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TagText {
    /// A number.
    Int(i64),
    /// Text.
    Str(String),
}

/// One field of a record.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct FieldLock {
    /// The name on the wire.
    pub name: String,
    /// The type.
    #[field(rename = "type")]
    pub ty: Type,
    /// What stays the same when the field is renamed: the name by which it was first known.
    #[field(absent = "its name")]
    pub id: Maybe<String>,
    /// What absence means, frozen.
    #[field(absent = "there is no default")]
    pub default: Maybe<Value>,
    /// Its constraints.
    #[field(default)]
    pub bounds: Bounds,
    /// Whether it has a check in code.
    #[field(default)]
    pub checked: bool,
    /// What absence means, in words.
    #[field(absent = "not said")]
    pub absent: Maybe<String>,
    /// What null means, in words.
    #[field(absent = "not said")]
    pub null: Maybe<String>,
    /// The day until which it need not be said what absence and null mean.
    #[field(absent = "it has to be said")]
    pub undecided: Maybe<String>,
    /// Why two runs of the same work may differ here.
    #[field(absent = "they may not")]
    pub volatile: Maybe<String>,
    /// Further names under which it is read.
    #[field(default)]
    pub aliases: Vec<String>,
    /// Whether it is read leniently.
    #[field(default)]
    pub lenient: bool,
    /// Whether it is read and never written.
    #[field(default)]
    pub read_only: bool,
    /// Whether its own fields stand in its place.
    #[field(default)]
    pub flatten: bool,
}

impl FieldLock {
    /// What stays the same when the field is renamed.
    pub fn identity(&self) -> &str {
        match &self.id {
            Maybe::Set(id) => id,
            Maybe::Unset => &self.name,
        }
    }

    /// Whether it must be there.
    pub const fn is_required(&self) -> bool {
        self.default.is_unset() && !self.ty.may_be_absent()
    }

    /// Whether it is read under `name`.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// Bounds on values.
#[derive(Record, Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Greater than or equal.
    #[field(absent = "no bound")]
    pub ge: Maybe<Value>,
    /// Greater than.
    #[field(absent = "no bound")]
    pub gt: Maybe<Value>,
    /// Less than or equal.
    #[field(absent = "no bound")]
    pub le: Maybe<Value>,
    /// Less than.
    #[field(absent = "no bound")]
    pub lt: Maybe<Value>,
    /// A whole multiple.
    #[field(absent = "any number")]
    pub multiple_of: Maybe<Value>,
    /// Fewest characters, bytes, elements or entries.
    #[field(absent = "no bound")]
    pub min_len: Maybe<u64>,
    /// Most characters, bytes, elements or entries.
    #[field(absent = "no bound")]
    pub max_len: Maybe<u64>,
    /// A regular expression that must match somewhere in the text.
    #[field(absent = "any text")]
    pub pattern: Maybe<String>,
    /// Whether an offset must or must not be there.
    #[field(absent = "either")]
    pub tz: Maybe<bool>,
}

/// An enum whose variants hold nothing.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "enum", tag_field = "is")]
pub struct EnumLock {
    /// The variants.
    pub variants: Vec<VariantLock>,
    /// Whether any other value is taken too.
    #[field(default)]
    pub open: bool,
}

/// One variant of an enum.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct VariantLock {
    /// The Rust name.
    pub name: String,
    /// The value on the wire.
    pub value: TagText,
    /// Further values under which it is read.
    #[field(default)]
    pub aliases: Vec<String>,
}

/// A union.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "union", tag_field = "is")]
pub struct UnionLock {
    /// The members.
    pub members: Vec<MemberLock>,
    /// The member that takes every record of a tag that is not known.
    #[field(absent = "such records are refused")]
    pub fallback: Maybe<String>,
}

/// One member of a union.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct MemberLock {
    /// The Rust name.
    pub name: String,
    /// The type.
    #[field(rename = "type")]
    pub ty: Type,
}

/// A type around another.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "newtype", tag_field = "is")]
pub struct NewtypeLock {
    /// What it wraps.
    pub of: Type,
    /// Its constraints.
    #[field(default)]
    pub bounds: Bounds,
}
