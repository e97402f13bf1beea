//! Rules for types: T, and those of extension values and unions among them.

use super::{Context, bounds};
use crate::lock::{Bounds, Definition, Lock, Type};

/// The rule for a type that became another.
pub(super) fn rule(context: &Context<'_>, old: &Type, new: &Type) -> &'static str {
    // Null is a rule of its own only where nothing else changed.
    if old.present() != new.present() && (is_optional(old) || is_optional(new)) {
        return rule(context, old.present(), new.present());
    }
    let (before, after) = (bare(context.old, old), bare(context.new, new));
    if before.ty == after.ty && before.bounds != after.bounds {
        return bounds::rule(&before.bounds, &after.bounds);
    }
    let definitions = (context.old.definition(before.ty), context.new.definition(after.ty));
    match definitions {
        (Some(Definition::Record(_)), Some(Definition::Union(_)))
        | (Some(Definition::Union(_)), Some(Definition::Record(_))) => return "U7",
        (Some(Definition::Record(_)), None) if matches!(after.ty, Type::Map(..)) => return "T13",
        (None, Some(Definition::Record(_))) if matches!(before.ty, Type::Map(..)) => return "T13",
        (Some(Definition::Enum(_)), None) if is_plain(after.ty) => return "E6",
        (None, Some(Definition::Enum(_))) if is_plain(before.ty) => return "E6",
        (None, Some(Definition::Union(_))) => return "T3",
        (Some(Definition::Union(_)), None) if !matches!(after.ty, Type::Any | Type::Raw) => return "T4",
        _ => {}
    }
    scalar(before.ty, after.ty)
}

const fn is_optional(ty: &Type) -> bool {
    matches!(ty, Type::Optional(_))
}

const fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Str | Type::Int { .. })
}

/// A type without the newtypes around it, and their constraints.
struct Bare<'a> {
    ty: &'a Type,
    bounds: Bounds,
}

fn bare<'a>(lock: &'a Lock, ty: &'a Type) -> Bare<'a> {
    match lock.definition(ty) {
        Some(Definition::Newtype(newtype)) => {
            let inner = bare(lock, &newtype.of);
            let bounds =
                if newtype.bounds == Bounds::default() { inner.bounds } else { newtype.bounds.clone() };
            Bare { ty: inner.ty, bounds }
        }
        _ => Bare { ty, bounds: Bounds::default() },
    }
}

/// The constraints of a type, those of the newtypes around it.
pub(super) fn bounds(lock: &Lock, ty: &Type) -> Bounds {
    bare(lock, ty).bounds
}

fn scalar(old: &Type, new: &Type) -> &'static str {
    match (old, new) {
        (_, Type::Raw) | (Type::Raw, _) => "T18",
        (Type::Any | Type::Opaque(_), Type::Ext { .. }) => "X4",
        (_, Type::Any | Type::Opaque(_)) | (Type::Any | Type::Opaque(_), _) => "T12",
        (Type::Optional(old), new) if **old == *new => "N2",
        (old, Type::Optional(new)) if *old == **new => "N1",
        (Type::Int { .. }, Type::Int { .. }) => int(old, new),
        (Type::Int { .. }, Type::Float { .. }) => "T1",
        (Type::Float { .. }, Type::Int { .. }) => "T2",
        (Type::Float { bits: 32 }, Type::Float { .. }) => "T3",
        (Type::Float { .. }, Type::Float { .. }) => "T4",
        (Type::Float { .. }, Type::Decimal) => "T11",
        (Type::Str, Type::Bytes | Type::ByteArray(_)) => "T6",
        (Type::Bytes | Type::ByteArray(_), Type::Str) => "T7",
        (Type::Bytes, Type::ByteArray(_)) => "T4",
        (Type::ByteArray(_), Type::Bytes) => "T3",
        (Type::Str, Type::DateTime(_)) => "T8",
        (Type::DateTime(_), Type::Str) => "T9",
        (Type::DateTime(_), Type::DateTime(_)) => "T16",
        (Type::Str, Type::Uuid | Type::Decimal | Type::Date | Type::Time | Type::Duration) => "T10",
        (Type::Uuid | Type::Decimal | Type::Date | Type::Time | Type::Duration, Type::Str) => "T3",
        (Type::List(_), Type::Set(_)) | (Type::Set(_), Type::List(_)) => "T14",
        (Type::List(_), Type::Array(..) | Type::Tuple(_))
        | (Type::Array(..) | Type::Tuple(_), Type::List(_)) => "T15",
        (Type::Map(..), Type::Map(..)) => "T17",
        (Type::Ext { code: old, .. }, Type::Ext { code: new, .. }) => {
            if old == new {
                "X2"
            } else {
                "X1"
            }
        }
        (Type::Ext { .. }, _) | (_, Type::Ext { .. }) => "X6",
        _ => "T5",
    }
}

/// The rule for integers of other bounds.
fn int(old: &Type, new: &Type) -> &'static str {
    let (Type::Int { min: a, max: b }, Type::Int { min: c, max: d }) = (old, new) else { return "T5" };
    match (c <= a && d >= b, c >= a && d <= b) {
        (true, _) => "T3",
        (_, true) => "T4",
        _ => "C4",
    }
}
