//! Types as TypeScript types.

use crate::export::bounds::{AllBounds, beneath};
use crate::export::catalogue::Catalogue;
use crate::lock::{Definition, Type};

/// Arrays of so many items at most are tuples.
const TUPLE_LEN_MAX: usize = 16;

/// The largest integers that a `number` holds exactly.
const EXACT_MAX: u128 = 1 << 53;

/// A type as it stands in JSON.
pub(super) fn text(catalogue: &Catalogue, ty: &Type) -> String {
    let part = |part: &Type| text(catalogue, part);
    match ty {
        Type::Any | Type::Raw | Type::Opaque(_) => "unknown".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Int { min, max } if min.unsigned_abs() <= EXACT_MAX && *max <= EXACT_MAX => "number".to_owned(),
        Type::Int { .. } => "Int64".to_owned(),
        Type::Float { .. } => "number".to_owned(),
        Type::Str | Type::Date | Type::Time | Type::Duration | Type::Uuid | Type::Decimal => {
            "string".to_owned()
        }
        Type::DateTime(_) => "DateTime".to_owned(),
        Type::Bytes | Type::ByteArray(_) => "Base64".to_owned(),
        Type::Ext { text: Some(of), .. } => part(of),
        // It does not stand in JSON.
        Type::Ext { text: None, .. } => "never".to_owned(),
        Type::Optional(of) => format!("{} | null", part(of)),
        Type::Maybe(of) => part(of),
        Type::List(item) | Type::Set(item) => format!("{}[]", in_group(part(item))),
        Type::Array(item, len) if *len <= TUPLE_LEN_MAX => format!("[{}]", vec![part(item); *len].join(", ")),
        Type::Array(item, _) => format!("{}[]", in_group(part(item))),
        Type::Tuple(parts) => format!("[{}]", parts.iter().map(part).collect::<Vec<_>>().join(", ")),
        Type::Map(key, value) => map(catalogue, key, &part(value)),
        Type::Named(name) => name.clone(),
    }
}

/// A type that something stands behind.
fn in_group(of: String) -> String {
    if of.contains(" | ") || of.contains(" & ") { format!("({of})") } else { of }
}

fn map(catalogue: &Catalogue, key: &Type, value: &str) -> String {
    let (key, _) = beneath(catalogue, key, AllBounds::default());
    match (key, catalogue.definition(key)) {
        (Type::Named(name), Some(Definition::Enum(choices))) if !choices.open => {
            format!("{{ [key in {name}]?: {value} }}")
        }
        _ => format!("{{ [key: string]: {value} }}"),
    }
}
