//! Sets and maps as they are kept: sorted, and nothing twice.

use proofmark::Value;
use proofmark::value::Map;

use super::Reading;
use super::cell::Cell;

/// The items of a set.
pub(super) fn set<'de>(reading: &Reading<'_, 'de>, items: Cell<'de>) -> Cell<'de> {
    let Cell::Items { at, len } = items else { return items };
    let cells = &reading.cells[at..at + len];
    // What a program wrote is in order; only others are sorted, as values.
    if cells.is_sorted_by(Cell::is_before) {
        return items;
    }
    let mut values: Vec<_> = cells.iter().map(|cell| reading.value(cell)).collect();
    values.sort_by(Value::total_cmp);
    values.dedup_by(|a, b| a.total_cmp(b).is_eq());
    Value::from_iter(values).into()
}

/// The entries of a map: keys and values in turn, from `at` on.
pub(super) fn map<'de>(reading: &Reading<'_, 'de>, at: usize, len: usize) -> Cell<'de> {
    let cells = &reading.cells[at..at + 2 * len];
    if cells.iter().step_by(2).is_sorted_by(|a, b| a.is_before(b)) {
        return Cell::Entries { at, len };
    }
    let entries = cells.chunks_exact(2).map(|entry| (reading.value(&entry[0]), reading.value(&entry[1])));
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|a, b| a.0.total_cmp(&b.0));
    Value::from(Map::from(entries)).into()
}
