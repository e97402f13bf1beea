//! Whether a lock defines what it refers to.

use proofmark::{Error, Result};

use super::{Definition, Lock, Type};

/// Checks that every `#Name` has its definition.
///
/// # Errors
/// Fails on the first that has none.
pub(super) fn check(lock: &Lock) -> Result<()> {
    std::iter::once(&lock.root)
        .chain(lock.types.values().flat_map(Definition::types))
        .try_for_each(|ty| check_type(lock, ty))
}

fn check_type(lock: &Lock, ty: &Type) -> Result<()> {
    match ty {
        Type::Named(name) if !lock.types.contains_key(name) => {
            Err(Error::custom(format_args!("the lock of `{}` has no type `#{name}`", lock.record)))
        }
        ty => ty.parts().into_iter().try_for_each(|part| check_type(lock, part)),
    }
}

impl Definition {
    /// The types that a definition names.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Record(record) => record.fields.iter().map(|field| &field.ty).collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
            Self::Newtype(newtype) => vec![&newtype.of],
        }
    }
}
