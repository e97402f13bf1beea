//! The traits for types that are not ours.

mod bytes;
mod list;
mod map;
mod number;
mod option;
mod pointer;
mod set;
mod text;
mod tuple;

pub(crate) use list::{decode_list, encode_list};
pub(crate) use number::narrow;
