//! The Rust mirror of the Python types that the cases were recorded with.
//!
//! Where Python's default and proofmark's differ, the mirror says so in words: msgspec skips unknown fields and writes
//! defaults unless told otherwise, so most records here are `allow_unknown, encode_defaults`. Doc comments would become
//! descriptions in a schema, so only types that have one in Python have one here.

pub(crate) mod any;
pub(crate) mod choices;
pub(crate) mod collections;
pub(crate) mod constrained;
pub(crate) mod defaults;
pub(crate) mod generics;
pub(crate) mod plain;
pub(crate) mod positional;
pub(crate) mod renamed;
pub(crate) mod scalars;
pub(crate) mod tagged;
pub(crate) mod unions;
pub(crate) mod untyped;

use std::collections::BTreeSet;

/// Python's integers have no bounds; these are the widest that Rust has.
pub(crate) type Int = i128;
/// Python's dictionaries keep the order of insertion.
pub(crate) type Dict<K, V> = indexmap::IndexMap<K, V>;
/// Python's sets have no order of their own.
pub(crate) type Set<T> = BTreeSet<T>;
