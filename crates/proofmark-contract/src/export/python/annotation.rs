//! Types as annotations.

use std::collections::BTreeSet;

use super::extension;
use super::meta;
use crate::export::bounds::{AllBounds, beneath};
use crate::export::catalogue::Catalogue;
use crate::lock::{Definition, EnumLock, TagText, Type, UnionLock};

use proofmark::Maybe;

/// Writes annotations in one place of the module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Annotations<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// Builtin types that a name of this place hides.
    pub(super) hidden: &'a BTreeSet<&'a str>,
    /// Whether values must be hashable: sequences are tuples.
    pub(super) hashable: bool,
    /// The names of types that can be used here; `None` where all can.
    pub(super) known: Option<&'a BTreeSet<&'a str>>,
}

impl<'a> Annotations<'a> {
    /// The annotation of a type within bounds.
    pub(super) fn of(&self, ty: &Type, bounds: &AllBounds) -> String {
        match ty {
            Type::Any | Type::Opaque(_) => "Any".to_owned(),
            Type::Raw => "Raw".to_owned(),
            Type::Null => "None".to_owned(),
            Type::Bool => self.builtin("bool"),
            Type::Int { min, max } => self.int(*min, *max, bounds),
            Type::Float { .. } => meta::annotated(self.builtin("float"), meta::numbers(bounds)),
            Type::Str => meta::text(self.builtin("str"), bounds),
            Type::Bytes => meta::annotated(self.builtin("bytes"), meta::lengths(bounds)),
            Type::ByteArray(len) => self.sized(self.builtin("bytes"), *len),
            Type::DateTime(tz) => meta::zoned("dt.datetime", tz.or(bounds.tz)),
            Type::Date => "dt.date".to_owned(),
            Type::Time => meta::zoned("dt.time", bounds.tz),
            Type::Duration => "dt.timedelta".to_owned(),
            Type::Uuid => "UUID".to_owned(),
            Type::Decimal => "Decimal".to_owned(),
            Type::Ext { code: Some(code), .. } => extension::class_name(*code),
            Type::Ext { code: None, .. } => "msgspec.msgpack.Ext".to_owned(),
            Type::Optional(of) => self.optional(of, bounds),
            Type::Maybe(of) => format!("Union[{}, UnsetType]", self.of(of, bounds)),
            Type::List(item) => meta::annotated(self.list(item), meta::lengths(bounds)),
            Type::Array(item, len) => self.sized(self.list(item), *len),
            Type::Set(item) => meta::annotated(self.set(item), meta::lengths(bounds)),
            Type::Tuple(parts) => self.tuple(parts),
            Type::Map(key, value) => meta::annotated(self.map(key, value), meta::lengths(bounds)),
            Type::Named(name) => self.named(name, ty, bounds),
        }
    }

    /// The annotation of a type without bounds of its own.
    pub(super) fn plain(&self, ty: &Type) -> String {
        self.of(ty, &AllBounds::default())
    }

    /// A builtin type under a name that nothing hides.
    pub(super) fn builtin(&self, name: &str) -> String {
        if self.hidden.contains(name) { format!("builtins.{name}") } else { name.to_owned() }
    }

    fn int(&self, min: i128, max: u128, bounds: &AllBounds) -> String {
        let range = meta::IntRange::of(min, max, bounds);
        match (range.word(), &bounds.multiple_of) {
            (Some(word), None) => word,
            _ => meta::annotated(self.builtin("int"), range.meta(bounds)),
        }
    }

    fn sized(&self, of: String, len: usize) -> String {
        meta::annotated(of, vec![format!("min_length={len}"), format!("max_length={len}")])
    }

    fn optional(&self, of: &Type, bounds: &AllBounds) -> String {
        match of {
            Type::Any | Type::Raw | Type::Opaque(_) => self.of(of, bounds),
            of => format!("Optional[{}]", self.of(of, bounds)),
        }
    }

    fn list(&self, item: &Type) -> String {
        match self.hashable {
            true => format!("{}[{}, ...]", self.builtin("tuple"), self.plain(item)),
            false => format!("{}[{}]", self.builtin("list"), self.plain(item)),
        }
    }

    /// A set; a list where its items are nothing that a set of Python takes.
    fn set(&self, item: &Type) -> String {
        let inside = Self { hashable: true, ..*self };
        match (can_sort(self.catalogue, item), self.hashable) {
            (false, _) => self.list(item),
            (true, true) => format!("{}[{}]", self.builtin("frozenset"), inside.plain(item)),
            (true, false) => format!("{}[{}]", self.builtin("set"), inside.plain(item)),
        }
    }

    fn tuple(&self, parts: &[Type]) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.plain(part)).collect();
        let parts = if parts.is_empty() { "()".to_owned() } else { parts.join(", ") };
        format!("{}[{parts}]", self.builtin("tuple"))
    }

    fn map(&self, key: &Type, value: &Type) -> String {
        let inside = Self { hashable: true, ..*self };
        format!("{}[{}, {}]", self.builtin("dict"), inside.plain(key), self.plain(value))
    }

    fn named(&self, name: &str, ty: &Type, bounds: &AllBounds) -> String {
        match self.catalogue.definition(ty) {
            Some(Definition::Newtype(_)) if !bounds.is_empty() || self.hashable => {
                let (ty, bounds) = beneath(self.catalogue, ty, bounds.clone());
                self.of(ty, &bounds)
            }
            Some(Definition::Record(_)) | None => name.to_owned(),
            Some(_) if self.known.is_some_and(|known| !known.contains(name)) => "Any".to_owned(),
            Some(_) => name.to_owned(),
        }
    }

    /// A union; any value where a member is an extension, which a union of msgspec cannot hold.
    pub(super) fn union(&self, union: &UnionLock) -> String {
        let is_fallback = |name: &String| matches!(&union.fallback, Maybe::Set(fallback) if fallback == name);
        let members = union.members.iter().filter(|member| !is_fallback(&member.name));
        let members: Vec<_> = members.map(|member| &member.ty).collect();
        let is_loose = |ty: &&Type| {
            matches!(
                beneath(self.catalogue, ty, AllBounds::default()).0,
                Type::Ext { .. } | Type::Any | Type::Raw
            )
        };
        if members.is_empty() || members.iter().any(is_loose) {
            return "Any".to_owned();
        }
        format!("Union[{}]", members.iter().map(|ty| self.plain(ty)).collect::<Vec<_>>().join(", "))
    }

    /// What an open enum takes: any text, or any integer.
    pub(super) fn open_enum(&self, choices: &EnumLock) -> String {
        match choices.variants.first().map(|variant| &variant.value) {
            Some(TagText::Int(_)) => self.builtin("int"),
            _ => self.builtin("str"),
        }
    }
}

/// Whether Python can put values of a type into a set, and sort that.
fn can_sort(catalogue: &Catalogue, ty: &Type) -> bool {
    let (ty, _) = beneath(catalogue, ty, AllBounds::default());
    match (ty, catalogue.definition(ty)) {
        (Type::Any | Type::Optional(_) | Type::Ext { .. }, _) | (_, Some(Definition::Union(_))) => false,
        (Type::Named(_), _) => can_hash(catalogue, ty, &mut BTreeSet::new()),
        (Type::Map(..) | Type::Raw | Type::Opaque(_), _) => false,
        (ty, _) => ty.parts().into_iter().all(|part| can_sort(catalogue, part)),
    }
}

fn can_hash<'a>(catalogue: &'a Catalogue, ty: &'a Type, seen: &mut BTreeSet<&'a str>) -> bool {
    match ty {
        Type::Map(..) | Type::Raw => false,
        Type::Named(name) if !seen.insert(name) => true,
        Type::Named(_) => catalogue
            .definition(ty)
            .is_some_and(|definition| definition.types().into_iter().all(|ty| can_hash(catalogue, ty, seen))),
        ty => ty.parts().into_iter().all(|part| can_hash(catalogue, part, seen)),
    }
}
