//! Sorting the entries of a record or map that was just written.

use super::{cursor::Cursor, skip, string};
use crate::{Limits, error::Result};

/// Sorts `,"key":value` entries from `start` to the end of `out` by the text of the key.
pub(crate) fn entries(out: &mut [u8], start: usize) -> Result<()> {
    let mut entries = split(&out[start..])?;
    if entries.is_sorted_by(|a, b| a.0 <= b.0) {
        return Ok(());
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    let sorted = entries.iter().flat_map(|(_, entry)| entry.iter().copied()).collect::<Vec<u8>>();
    out[start..].copy_from_slice(&sorted);
    Ok(())
}

/// The entries with their unescaped keys.
fn split(written: &[u8]) -> Result<Vec<(String, &[u8])>> {
    let mut cursor = Cursor::new(written);
    let mut entries = Vec::new();
    while !cursor.at_end() {
        let start = cursor.pos();
        // A comma and a quote.
        cursor.bump();
        cursor.bump();
        let key = string::read(&mut cursor)?.into_owned();
        cursor.bump();
        skip::skip(&mut cursor, u32::MAX, &Limits::DEFAULT)?;
        entries.push((key, cursor.since(start)));
    }
    Ok(entries)
}
