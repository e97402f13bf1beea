//! Sorting the entries of a record or map that was just written.

use std::cmp::Ordering;

use super::{
    Decoder,
    cursor::Cursor,
    header::{self, Header},
    skip,
};
use crate::{Limits, Value, error::Result};

/// Sorts the entries of a record from `start` to the end of `out` by name, for
/// [`Order::Sorted`](crate::Order::Sorted).
pub(crate) fn entries(out: &mut [u8], start: usize) -> Result<()> {
    let sorted = sorted(&out[start..], read_name, Ord::cmp)?;
    replace(&mut out[start..], sorted.as_deref());
    Ok(())
}

/// Sorts the entries of a map from `start` to the end of `out` by key, whatever the keys are.
pub(crate) fn map_entries(out: &mut [u8], start: usize) -> Result<()> {
    let sorted = sorted(&out[start..], read_key, Value::total_cmp)?;
    replace(&mut out[start..], sorted.as_deref());
    Ok(())
}

fn replace(written: &mut [u8], sorted: Option<&[u8]>) {
    if let Some(sorted) = sorted {
        written.copy_from_slice(sorted);
    }
}

fn read_name<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8]> {
    match header::read(cursor)? {
        Header::Str(len) => cursor.take(len),
        _ => Ok(&[]),
    }
}

fn read_key(cursor: &mut Cursor<'_>) -> Result<Value> {
    let start = cursor.pos();
    skip::skip(cursor, u32::MAX, &Limits::DEFAULT)?;
    Decoder::new().from_slice(cursor.since(start))
}

/// The entries in the order of their keys, unless they are in that order already.
fn sorted<'a, K>(
    written: &'a [u8],
    read: impl Fn(&mut Cursor<'a>) -> Result<K>,
    compare: impl Fn(&K, &K) -> Ordering,
) -> Result<Option<Vec<u8>>> {
    let mut entries = split(written, read)?;
    if entries.is_sorted_by(|a, b| compare(&a.0, &b.0) != Ordering::Greater) {
        return Ok(None);
    }
    entries.sort_by(|a, b| compare(&a.0, &b.0));
    Ok(Some(entries.iter().flat_map(|(_, entry)| entry.iter().copied()).collect()))
}

/// The entries with their keys.
fn split<'a, K>(
    written: &'a [u8],
    read: impl Fn(&mut Cursor<'a>) -> Result<K>,
) -> Result<Vec<(K, &'a [u8])>> {
    let mut cursor = Cursor::new(written);
    let mut entries = Vec::new();
    while !cursor.at_end() {
        let start = cursor.pos();
        let key = read(&mut cursor)?;
        skip::skip(&mut cursor, u32::MAX, &Limits::DEFAULT)?;
        entries.push((key, cursor.since(start)));
    }
    Ok(entries)
}
