//! What tells the members of a union apart.

use proofmark::__private::{Member, is_distinct, union_kinds};
use proofmark::{Error, Kind, Kinds, Result, TagValue};

use super::node::EnumNode;

/// Checks that each member can be told from those before it.
pub(super) fn check(members: &[Member]) -> Result<()> {
    let clash = (0..members.len()).find(|&index| !members[index].fallback && !is_distinct(members, index));
    match clash {
        Some(index) => Err(Error::custom(format_args!("member {index} of a union cannot be told apart"))),
        None => Ok(()),
    }
}

/// All kinds that a union accepts.
pub(super) const fn kinds(members: &[Member]) -> Kinds {
    union_kinds(members)
}

/// The kinds of the values of a plain enum.
pub(super) fn enum_kinds(choices: &EnumNode) -> Kinds {
    match choices.values.first() {
        Some((TagValue::Int(_), _)) => Kinds::of(Kind::Int),
        _ if choices.open => Kinds::of(Kind::Str),
        _ => Kinds::WORDS,
    }
}
