//! From a type expression to a type.

use proofmark::{
    __private::{Member, Tags, union_kinds},
    Kind, Kinds,
};

use super::{constraint, decode::Type, leaf::Leaf};
use crate::expression;

/// The type that an expression spells, if it is put together from types that have a name.
pub(crate) fn parse(expression: &str) -> Option<&'static Type> {
    read(expression).map(|of| &*Box::leak(Box::new(of)))
}

fn read(text: &str) -> Option<Type> {
    let alternatives = expression::alternatives(text);
    if alternatives.len() > 1 {
        return union(&alternatives);
    }
    if let Some(leaf) = Leaf::find(text) {
        return Some(Type::Leaf(leaf));
    }
    let (name, arguments) = expression::open(text);
    let plain = name.rsplit('.').next().unwrap_or(name);
    Some(match (plain, &arguments[..]) {
        ("tuple" | "Tuple" | "Sequence", []) => Type::Leaf(Leaf::AnyList),
        ("bytearray" | "memoryview", []) => Type::Leaf(Leaf::Bytes),
        ("Optional", [inner]) => optional(read(inner)?),
        ("Union", members) => union(members)?,
        ("Literal", values) => literal(values)?,
        ("Box", [argument]) => Type::Boxed(leak(read(argument)?)),
        ("List" | "list" | "Sequence" | "Collection", [item]) => Type::List(leak(read(item)?)),
        ("Tuple" | "tuple", [item, "..."]) => Type::List(leak(read(item)?)),
        ("Tuple" | "tuple", ["()"]) => Type::Leaf(Leaf::EmptyTuple),
        ("Tuple" | "tuple", items) if items.len() <= 4 => {
            Type::Tuple(Vec::leak(items.iter().map(|item| read(item)).collect::<Option<Vec<_>>>()?))
        }
        ("Set" | "set" | "FrozenSet" | "frozenset", [item]) => Type::Set(leak(read(item)?)),
        ("Dict" | "dict" | "Mapping", [key, value]) => Type::Map(leak(read(key)?), leak(read(value)?)),
        ("Annotated", [inner, metas @ ..]) if !metas.is_empty() => {
            metas.iter().try_fold(read(inner)?, |inner, meta| {
                Some(Type::Constrained(leak(inner), Box::leak(Box::new(constraint::parse(meta)?))))
            })?
        }
        _ => return None,
    })
}

fn leak(of: Type) -> &'static Type {
    Box::leak(Box::new(of))
}

fn optional(inner: Type) -> Type {
    Type::Optional(leak(inner))
}

/// Texts, integers and null, each a member of its own.
fn literal(values: &[&str]) -> Option<Type> {
    let (mut words, mut numbers, mut has_null) = (Vec::new(), Vec::new(), false);
    for value in values {
        match (constraint::text(value), value.parse()) {
            (Some(word), _) => words.push(&*word.to_owned().leak()),
            (None, Ok(number)) => numbers.push(number),
            (None, Err(_)) if *value == "None" => has_null = true,
            _ => return None,
        }
    }
    let words = (!words.is_empty()).then(|| Type::Words(words.leak()));
    let numbers = (!numbers.is_empty()).then(|| Type::Numbers(numbers.leak()));
    either(words.into_iter().chain(numbers).collect(), has_null)
}

/// The members without null, which makes the rest optional.
fn union(members: &[&str]) -> Option<Type> {
    let others = Vec::from_iter(members.iter().filter(|member| **member != "None"));
    let types = others.iter().map(|member| read(member)).collect::<Option<Vec<_>>>()?;
    either(types, others.len() < members.len())
}

fn either(mut types: Vec<Type>, or_null: bool) -> Option<Type> {
    let either = match types.len() {
        0 => return None,
        1 => types.remove(0),
        _ => {
            let known = Vec::leak(types.iter().map(Type::member).collect::<Vec<Member>>());
            Type::Union(known, Vec::leak(types))
        }
    };
    Some(if or_null { optional(either) } else { either })
}

impl Type {
    /// What a union knows of a member of this type.
    pub(crate) fn member(&self) -> Member {
        let plain = |kind| Member::plain(Kinds::of(kind));
        match self {
            Self::Leaf(leaf) => leaf.member(),
            Self::Words(_) => Member::plain(Kinds::WORDS),
            Self::Numbers(_) => plain(Kind::Int),
            Self::List(_) | Self::Set(_) | Self::Tuple(_) => plain(Kind::Array),
            Self::Map(..) | Self::Boxed(_) => plain(Kind::Object),
            Self::Optional(inner) => {
                let member = inner.member();
                Member { kinds: member.kinds.with(Kind::Null), ..member }
            }
            Self::Constrained(inner, _) => inner.member(),
            Self::Union(members, _) => {
                Member { tags: Tags::Many(members), ..Member::plain(union_kinds(members)) }
            }
        }
    }
}
