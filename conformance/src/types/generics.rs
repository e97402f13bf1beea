//! Generic records.

use proofmark::Record;

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Box<T> {
    item: T,
    #[field(default)]
    items: Vec<T>,
}
