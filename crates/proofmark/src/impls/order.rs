//! The order in which keys are written: by value, and where they are names, by these.

use crate::{Encode, Shape, Value, to_value};

/// Whether values of a type are written as names, whose order is not that of the type: a choice is declared in any order.
pub(super) fn is_named(shape: Shape) -> bool {
    match shape {
        Shape::Enum(_) => true,
        Shape::Newtype(newtype) => is_named((newtype.inner)()),
        _ => false,
    }
}

/// The positions of `values` in the order in which they are written.
///
/// Sorting is a lot of code, and here it depends on the type of the value alone: not on what it is a key of, nor on the
/// format.
pub(super) fn sorted<T: Encode + Ord>(values: &[&T]) -> Vec<usize> {
    let mut order = Vec::from_iter(0..values.len());
    if is_named(T::shape()) {
        // A name that cannot be made is an error when it is written.
        let names = Vec::from_iter(values.iter().map(|value| to_value(*value).unwrap_or(Value::Null)));
        order.sort_by(|&a, &b| names[a].total_cmp(&names[b]));
    } else {
        order.sort_unstable_by_key(|&index| values[index]);
    }
    order
}
