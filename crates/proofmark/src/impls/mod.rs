//! The traits for types that are not ours.

mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
mod datetime;
mod decimal;
mod duration;
mod list;
mod map;
mod number;
mod option;
mod order;
mod path;
mod pointer;
mod set;
mod text;
mod time;
mod tuple;
mod uuid;

pub(crate) use list::{capacity, decode_array, decode_list, encode_items, encode_list};
pub(crate) use number::narrow;
