//! proofmark's side of every row.

mod codec;
mod rows;
#[allow(non_snake_case, reason = "fields have the names of the members")]
mod shapes;

pub use rows::subject;
