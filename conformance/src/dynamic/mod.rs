//! Types that the table does not have, put together from those it has.
//!
//! A [`Dynamic`] is of whatever type is in scope while it is decoded. Lists, maps, options, tuples and unions of it are
//! those of proofmark; only which type an element is of is looked up instead of compiled.

mod constraint;
mod decode;
mod leaf;
mod parse;
mod scope;
mod shape;

pub(crate) use decode::{Dynamic, Type};
pub(crate) use parse::parse;
pub(crate) use scope::with_value;
pub(crate) use shape::shape;
