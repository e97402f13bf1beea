//! The types that get a definition of their own, and what each is called.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Shape,
    shape::{EnumShape, NewtypeShape, RecordShape, ShapeFn, UnionShape},
};

/// A type with a name: records and enums always, unions and newtypes only where they hold themselves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    Record(&'static RecordShape),
    Enum(&'static EnumShape),
    Union(&'static UnionShape),
    Newtype(&'static NewtypeShape),
}

/// What a definition is called.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As people write it: `Box<Color>`.
    pub(super) title: String,
    /// The key under `$defs`.
    pub(super) key: String,
}

/// The definitions of one document, in the order in which they are met.
#[derive(Debug, Default)]
pub(super) struct Names {
    order: Vec<Named>,
    names: BTreeMap<String, Name>,
}

impl Names {
    /// Names every type that `shape` leads to.
    pub(super) fn of(shape: Shape) -> Self {
        let mut walk = Walk::default();
        walk.visit(shape);
        let names = walk.order.iter().map(|named| (named.identity(), named.name(&walk.order))).collect();
        Self { order: walk.order, names }
    }

    pub(super) fn definitions(&self) -> impl Iterator<Item = Named> + '_ {
        self.order.iter().copied()
    }

    /// The name of a type, if it has a definition.
    pub(super) fn get(&self, named: Named) -> Option<&Name> {
        self.names.get(&named.identity())
    }
}

impl Named {
    /// What tells the type from every other one of the same name.
    fn identity(self) -> String {
        let (path, name) = (self.path(), self.short());
        if last_segment(path) == name { path.to_owned() } else { format!("{path}::{name}") }
    }

    /// The full Rust path; that of the enum for one of its variants.
    fn path(self) -> &'static str {
        match self {
            Self::Record(shape) => (shape.type_name)(),
            Self::Enum(shape) => (shape.type_name)(),
            Self::Union(shape) => (shape.type_name)(),
            Self::Newtype(shape) => (shape.type_name)(),
        }
    }

    const fn short(self) -> &'static str {
        match self {
            Self::Record(shape) => shape.name,
            Self::Enum(shape) => shape.name,
            Self::Union(shape) => shape.name,
            Self::Newtype(shape) => shape.name,
        }
    }

    /// The name with type arguments, without modules.
    fn title(self) -> String {
        let path = self.path();
        if last_segment(path) == self.short() { without_modules(path) } else { self.short().to_owned() }
    }

    /// The name among `others`; types of one title are told apart by their modules.
    fn name(self, others: &[Self]) -> Name {
        let title = self.title();
        let clashes = others.iter().filter(|other| other.title() == title).count() > 1;
        let key = if clashes { self.identity().replace("::", ".") } else { title.clone() };
        Name { title, key: as_key(&key) }
    }
}

/// Collects definitions, each before those it leads to.
#[derive(Default)]
struct Walk {
    order: Vec<Named>,
    seen: BTreeSet<String>,
}

impl Walk {
    fn visit(&mut self, shape: Shape) {
        match as_named(shape) {
            Some(named) if !self.seen.insert(named.identity()) => {}
            Some(named) => {
                if matches!(named, Named::Record(_) | Named::Enum(_)) || holds_itself(named, shape) {
                    self.order.push(named);
                }
                self.visit_parts(shape);
            }
            None => self.visit_parts(shape),
        }
    }

    fn visit_parts(&mut self, shape: Shape) {
        match shape {
            Shape::Record(record) => record.fields.iter().for_each(|field| {
                let shape = (field.shape)();
                if field.is_flat() { self.visit_part(shape) } else { self.visit(shape) }
            }),
            shape => parts(shape).into_iter().for_each(|part| self.visit(part())),
        }
    }
}

impl Walk {
    /// A part stands in the place of a field, and has no definition of its own.
    fn visit_part(&mut self, shape: Shape) {
        match shape {
            Shape::Record(_) => self.visit_parts(shape),
            Shape::Map { value, .. } => self.visit(value()),
            shape => parts(shape).into_iter().for_each(|part| self.visit_part(part())),
        }
    }
}

const fn as_named(shape: Shape) -> Option<Named> {
    match shape {
        Shape::Record(shape) => Some(Named::Record(shape)),
        Shape::Enum(shape) => Some(Named::Enum(shape)),
        Shape::Union(shape) => Some(Named::Union(shape)),
        Shape::Newtype(shape) => Some(Named::Newtype(shape)),
        _ => None,
    }
}

/// The shapes that a schema of `shape` writes out in place; records are referred to.
fn parts(shape: Shape) -> Vec<ShapeFn> {
    match shape {
        Shape::Optional(part) | Shape::Maybe(part) | Shape::List(part) | Shape::Set(part) => vec![part],
        Shape::Array { item, .. } => vec![item],
        Shape::Tuple(parts) => parts.to_vec(),
        Shape::Map { key, value } => vec![key, value],
        Shape::Ext { text: Some(text), .. } => vec![text],
        Shape::Union(union) => {
            let known = union.members.iter().filter(|member| union.fallback != Some(member.0));
            known.map(|member| member.1).collect()
        }
        Shape::Newtype(newtype) => vec![newtype.inner],
        _ => Vec::new(),
    }
}

/// Whether a union or newtype comes back to itself without a record in between, so that it cannot be written out.
fn holds_itself(named: Named, shape: Shape) -> bool {
    let identity = named.identity();
    let mut seen = BTreeSet::new();
    let mut open = parts(shape);
    while let Some(part) = open.pop() {
        let shape = part();
        if let Some(named) = as_named(shape) {
            let found = named.identity();
            if found == identity {
                return true;
            }
            if !seen.insert(found) {
                continue;
            }
        }
        open.extend(parts(shape));
    }
    false
}

/// `Box` of `alloc::boxed::Box<u8>`.
fn last_segment(path: &str) -> &str {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

/// `Box<Color>` of `alloc::boxed::Box<app::Color>`; lifetimes are left out.
fn without_modules(path: &str) -> String {
    let mut name = String::new();
    let mut rest = path;
    while let Some(at) = rest.find(|c: char| !is_path(c)) {
        let (head, tail) = rest.split_at(at);
        name.push_str(head.rsplit("::").next().unwrap_or(head));
        let len = tail.chars().next().map_or(0, char::len_utf8);
        name.push_str(&tail[..len]);
        rest = &tail[len..];
    }
    name.push_str(rest.rsplit("::").next().unwrap_or(rest));
    name.replace("'_, ", "").replace("<'_>", "")
}

fn is_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':')
}

/// A name without anything that a reference would have to escape.
fn as_key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    name.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_leave_modules_and_lifetimes_out() {
        for (path, title) in [
            ("app::Point", "Point"),
            ("app::Box<app::Color>", "Box<Color>"),
            ("app::Pair<(u8, alloc::string::String), [f64; 2]>", "Pair<(u8, String), [f64; 2]>"),
            ("app::Borrowed<'_>", "Borrowed"),
            ("app::Both<'_, app::Color>", "Both<Color>"),
        ] {
            assert_eq!(without_modules(path), title);
        }
        assert_eq!(last_segment("app::Box<app::Color>"), "Box");
        assert_eq!(as_key("Box<Color>"), "Box_Color_");
    }
}
