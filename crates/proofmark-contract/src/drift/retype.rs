//! Types that differ, layer by layer.

use crate::lock::Type;

/// Whether two types are the same around their parts.
pub(super) fn same_container(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Optional(_), Type::Optional(_))
        | (Type::Maybe(_), Type::Maybe(_))
        | (Type::List(_), Type::List(_))
        | (Type::Set(_), Type::Set(_))
        | (Type::Map(..), Type::Map(..)) => true,
        (Type::Array(_, old), Type::Array(_, new)) => old == new,
        (Type::Tuple(old), Type::Tuple(new)) => old.len() == new.len(),
        (Type::Ext { code: old, text: Some(from) }, Type::Ext { code: new, text: Some(to) }) => {
            old == new && matches!((&**from, &**to), (Type::Named(_), Type::Named(_)))
        }
        _ => false,
    }
}

/// How the parts of a container are written in a place.
pub(super) const fn step(container: &Type) -> &'static str {
    match container {
        Type::List(_) | Type::Set(_) | Type::Array(..) | Type::Tuple(_) => "[]",
        Type::Map(..) => "{}",
        _ => "",
    }
}

/// The layers of a field's type that say whether it may be absent or null.
pub(super) fn layers(ty: &Type) -> (bool, bool) {
    match ty {
        Type::Maybe(of) => (true, layers(of).1),
        Type::Optional(_) => (false, true),
        _ => (false, false),
    }
}

/// A type in the layers of another.
pub(super) fn in_layers(of: &Type, present: &Type) -> Type {
    match of {
        Type::Maybe(of) => Type::Maybe(Box::new(in_layers(of, present))),
        Type::Optional(of) => Type::Optional(Box::new(in_layers(of, present))),
        _ => present.clone(),
    }
}
