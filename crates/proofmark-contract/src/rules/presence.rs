//! Rules for null, absent and unset: N.

use proofmark::{Maybe, Value};

use crate::lock::{FieldLock, Type};

/// The states of a field on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
enum States {
    /// A value.
    Required,
    /// A value or null.
    Nullable,
    /// A value or null, and absence means null.
    NullByDefault,
    /// A value or nothing.
    Unset,
    /// All three.
    Three,
    /// A value, and absence means another one than null.
    Defaulted,
}

/// The rule for a field that may be absent or null otherwise than before.
pub(super) fn rule(field: &FieldLock, ty: &Type, default: &Maybe<Value>, always: bool) -> &'static str {
    match (states(&field.ty, &field.default), states(ty, default)) {
        // What is always written is never absent.
        (States::Required, States::NullByDefault) if always => "N1",
        (States::NullByDefault, States::Required) if always => "N2",
        (States::Required, States::Nullable) => "N1",
        (States::Nullable, States::Required) => "N2",
        (States::NullByDefault, States::Unset) => "N3",
        (States::Unset, States::NullByDefault) => "N4",
        (States::Unset, States::Three) => "N5",
        (States::Three, States::NullByDefault) => "N6",
        (States::Required, States::Unset) => "N7",
        (States::Unset, States::Required) => "N8",
        _ => "N10",
    }
}

fn states(ty: &Type, default: &Maybe<Value>) -> States {
    let nullable = matches!(ty, Type::Optional(_)) || matches!(ty, Type::Maybe(of) if of.may_be_null());
    match (ty.may_be_absent(), nullable, default) {
        (true, true, _) => States::Three,
        (true, false, _) => States::Unset,
        (false, true, Maybe::Set(Value::Null)) => States::NullByDefault,
        (false, _, Maybe::Set(_)) => States::Defaulted,
        (false, true, Maybe::Unset) => States::Nullable,
        (false, false, Maybe::Unset) => States::Required,
    }
}
