//! What tells the members of a union apart.

use crate::{
    Kind, Kinds, Tag, TagValue,
    flatten::Flat,
    key::{TagRef, Tags},
};

/// What is known of a member of a union before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The kinds it accepts.
    pub kinds: Kinds,
    /// Its tags, if it is a record or a union of records.
    pub tags: Tags,
    /// The names it takes where the union is flattened.
    pub flat: Flat,
    /// Whether it takes every record whose tag no member has.
    pub fallback: bool,
}

/// All kinds that a union accepts.
pub const fn union_kinds(members: &[Member]) -> Kinds {
    let mut all = Kinds::NONE;
    let mut idx = 0;
    while idx < members.len() {
        all = all.or(members[idx].kinds);
        idx += 1;
    }
    all
}

impl Member {
    /// A member of these kinds, without tags.
    pub const fn plain(kinds: Kinds) -> Self {
        Self { kinds, tags: Tags::None, flat: Flat::None, fallback: false }
    }

    /// Whether it, or a member of it, takes records of this kind whose tag is not known.
    pub(crate) const fn is_open(&self, kind: Kind) -> bool {
        self.fallback && self.kinds.has(kind) || self.holds_open(kind)
    }

    /// Whether a member of it takes records of this kind whose tag is not known.
    const fn holds_open(&self, kind: Kind) -> bool {
        let Tags::Many(members) = self.tags else { return false };
        let mut idx = 0;
        while idx < members.len() {
            if members[idx].is_open(kind) {
                return true;
            }
            idx += 1;
        }
        false
    }

    /// The first tag among its records of this kind, object or array; all of them share its field name.
    pub(crate) fn first_tag(&self, kind: Kind) -> Option<&'static Tag> {
        match self.tags {
            Tags::One(tag) if self.kinds.has(kind) => Some(tag),
            Tags::Many(members) => members.iter().find_map(|member| member.first_tag(kind)),
            _ => None,
        }
    }

    /// Whether it is a tagged record of this kind.
    #[inline(always)]
    pub(crate) fn has_one_tag(&self, kind: Kind) -> bool {
        matches!(self.tags, Tags::One(_)) && self.kinds.has(kind)
    }

    /// How many tagged records of this kind it holds.
    pub(crate) fn tag_count(&self, kind: Kind) -> usize {
        match self.tags {
            Tags::One(_) => usize::from(self.kinds.has(kind)),
            Tags::Many(members) => members.iter().map(|member| member.tag_count(kind)).sum(),
            Tags::None => 0,
        }
    }

    /// Whether one of its records of this kind has the tag `found`.
    #[inline(always)]
    pub(crate) fn has_tag(&self, kind: Kind, found: TagRef<'_>) -> bool {
        match self.tags {
            Tags::One(tag) => self.kinds.has(kind) && tag.is(found),
            Tags::Many(members) => any_has_tag(members, kind, found),
            Tags::None => false,
        }
    }
}

/// Whether a record of a union within a union has the tag `found`.
fn any_has_tag(members: &[Member], kind: Kind, found: TagRef<'_>) -> bool {
    members.iter().any(|member| member.has_tag(kind, found))
}

/// Kinds that are text in JSON, so that a union can have one of them at most.
const TEXT: Kinds = Kinds::of(Kind::Str)
    .with(Kind::Bytes)
    .with(Kind::DateTime)
    .with(Kind::Date)
    .with(Kind::Time)
    .with(Kind::Duration)
    .with(Kind::Uuid)
    .with(Kind::Decimal);

/// Kinds that say by themselves what the value is.
const PLAIN: Kinds =
    Kinds::of(Kind::Bool).with(Kind::Int).with(Kind::Float).with(Kind::Ext).with(Kind::Null).with(Kind::Any);

/// Whether the member at `index` can be told from every one before it, whatever value it has.
///
/// Plain kinds are told by themselves, records by tags of one field; a member that takes any value stands last.
pub const fn is_distinct(members: &[Member], index: usize) -> bool {
    let mut idx = 0;
    while idx < index {
        if members[idx].kinds.has(Kind::Any) || overlap(&members[idx], &members[index]) {
            return false;
        }
        idx += 1;
    }
    true
}

const fn overlap(one: &Member, other: &Member) -> bool {
    let both = one.kinds.and(other.kinds);
    let text = !one.kinds.and(TEXT).is_empty() && !other.kinds.and(TEXT).is_empty();
    text || !both.and(PLAIN).is_empty() || mixed(one, other, Kind::Object) || mixed(one, other, Kind::Array)
}

/// Whether both take containers of this kind, and tags do not tell them apart.
const fn mixed(one: &Member, other: &Member, kind: Kind) -> bool {
    // Where one member is the fallback of the union, the other gets its own tags only.
    if one.fallback || other.fallback {
        let own = if one.fallback { other } else { one };
        return one.kinds.has(kind) && other.kinds.has(kind) && (own.fallback || is_untagged(own, kind));
    }
    one.kinds.has(kind)
        && other.kinds.has(kind)
        && (one.holds_open(kind) && other.holds_open(kind)
            || is_untagged(one, kind)
            || is_untagged(other, kind)
            || tags_clash(one, other, kind))
}

const fn is_untagged(member: &Member, kind: Kind) -> bool {
    match member.tags {
        Tags::None => member.kinds.has(kind),
        Tags::One(_) => false,
        Tags::Many(members) => {
            let mut idx = 0;
            while idx < members.len() {
                if !members[idx].fallback && is_untagged(&members[idx], kind) {
                    return true;
                }
                idx += 1;
            }
            false
        }
    }
}

const fn tags_clash(one: &Member, other: &Member, kind: Kind) -> bool {
    match one.tags {
        Tags::None => false,
        Tags::One(tag) => one.kinds.has(kind) && tag_clashes(tag, other, kind),
        Tags::Many(members) => {
            let mut idx = 0;
            while idx < members.len() {
                if tags_clash(&members[idx], other, kind) {
                    return true;
                }
                idx += 1;
            }
            false
        }
    }
}

const fn tag_clashes(tag: &Tag, other: &Member, kind: Kind) -> bool {
    match other.tags {
        Tags::None => false,
        Tags::One(found) => other.kinds.has(kind) && !are_told_apart(tag, found),
        Tags::Many(members) => {
            let mut idx = 0;
            while idx < members.len() {
                if tag_clashes(tag, &members[idx], kind) {
                    return true;
                }
                idx += 1;
            }
            false
        }
    }
}

/// Whether two tags stand in one field, are of one type, and differ.
const fn are_told_apart(one: &Tag, other: &Tag) -> bool {
    let values_differ = match (one.value, other.value) {
        (TagValue::Str(one_text), TagValue::Str(other_text)) => {
            !same(one_text, other_text)
                && !holds(one.aliases, other_text)
                && !holds(other.aliases, one_text)
                && !share(one.aliases, other.aliases)
        }
        (TagValue::Int(one), TagValue::Int(other)) => one != other,
        _ => false,
    };
    values_differ && same(one.key.name, other.key.name)
}

const fn share(one: &[&str], other: &[&str]) -> bool {
    let mut idx = 0;
    while idx < one.len() {
        if holds(other, one[idx]) {
            return true;
        }
        idx += 1;
    }
    false
}

const fn holds(names: &[&str], name: &str) -> bool {
    let mut idx = 0;
    while idx < names.len() {
        if same(names[idx], name) {
            return true;
        }
        idx += 1;
    }
    false
}

pub(crate) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut idx = 0;
    while idx < one.len() && idx < other.len() && one[idx] == other[idx] {
        idx += 1;
    }
    idx == one.len() && idx == other.len()
}
