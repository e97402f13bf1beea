//! The description of a type that is put together.
//!
//! Descriptions refer to each other by functions without state, so each part has a place of its own and the function
//! that looks there. The places are those of the type that was described last.

use std::cell::RefCell;

use proofmark::{
    Shape, TagValue,
    shape::{EnumShape, EnumVariant, NewtypeShape, ShapeFn, UnionShape},
};

use super::decode::Type;

thread_local! {
    static PLACES: RefCell<Vec<Shape>> = const { RefCell::new(Vec::new()) };
}

fn at<const INDEX: usize>() -> Shape {
    PLACES.with_borrow(|places| places.get(INDEX).copied().unwrap_or(Shape::Any))
}

macro_rules! functions {
    ($($index:literal)*) => {
        /// The functions that look at the places.
        const FUNCTIONS: &[ShapeFn] = &[$(at::<$index>),*];
    };
}
functions!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);

/// The description of a type, as long as no other is described; `None` where it has too many parts.
pub(crate) fn shape(of: &Type) -> Option<Shape> {
    PLACES.with_borrow_mut(Vec::clear);
    describe(of)
}

fn describe(of: &Type) -> Option<Shape> {
    Some(match of {
        Type::Leaf(leaf) => leaf.shape(),
        Type::Words(words) => literal(words.iter().map(|word| TagValue::Str(word))),
        Type::Numbers(numbers) => literal(numbers.iter().map(|number| TagValue::Int(*number))),
        // Its fields would be of the type in scope, and there is none.
        Type::Boxed(_) => return None,
        Type::List(item) => Shape::List(part(item)?),
        Type::Set(item) => Shape::Set(part(item)?),
        Type::Tuple(items) => Shape::Tuple(Vec::leak(items.iter().map(part).collect::<Option<Vec<_>>>()?)),
        Type::Map(key, value) => Shape::Map { key: part(key)?, value: part(value)? },
        Type::Optional(inner) => Shape::Optional(part(inner)?),
        Type::Constrained(inner, constraints) => Shape::Newtype(Box::leak(Box::new(NewtypeShape {
            name: fresh("Annotated"),
            type_name: || "dynamic",
            doc: "",
            inner: part(inner)?,
            constraints: **constraints,
        }))),
        Type::Union(_, types) => {
            let members = types.iter().map(|member| Some(("", part(member)?)));
            Shape::Union(Box::leak(Box::new(UnionShape {
                name: fresh("Union"),
                type_name: || "dynamic",
                doc: "",
                members: Vec::leak(members.collect::<Option<Vec<_>>>()?),
                fallback: None,
            })))
        }
    })
}

fn literal(values: impl Iterator<Item = TagValue>) -> Shape {
    let variants = values.map(|value| EnumVariant { name: "", value, doc: "", aliases: &[] });
    Shape::Enum(Box::leak(Box::new(EnumShape {
        name: fresh("Literal"),
        type_name: || "dynamic",
        doc: "",
        variants: Vec::leak(variants.collect::<Vec<_>>()),
        open: false,
    })))
}

/// Puts the description of a part into the next place.
fn part(of: &Type) -> Option<ShapeFn> {
    let shape = describe(of)?;
    PLACES.with_borrow_mut(|places| {
        places.push(shape);
        FUNCTIONS.get(places.len() - 1).copied()
    })
}

/// A name that no other part has.
fn fresh(name: &str) -> &'static str {
    let count = PLACES.with_borrow(Vec::len);
    format!("{name}{count}").leak()
}
