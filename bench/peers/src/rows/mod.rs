//! The list of all rows: which group, which document, which peers.
//!
//! A peer that cannot do a document is left out of its row, by name, here.

use crate::row::Row;

mod json;
mod msgpack;
mod policy;
mod positional;

/// Every row with its peers, in the order of the tables.
pub fn all() -> Vec<Row> {
    [json::rows(), msgpack::rows(), positional::rows(), policy::rows()].into_iter().flatten().collect()
}

/// `row!("group/document", Shape, Format, [entrants])`
macro_rules! row {
    ($group:literal, $document:literal, $shape:ty, $format:ident, [$($entrant:expr),+ $(,)?]) => {
        $crate::row::Row {
            group: $group,
            shape: $document,
            document: |scale| $crate::document::Document::of::<$shape>($crate::format::Format::$format, scale),
            entrants: vec![$($entrant),+],
        }
    };
}
use row;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::data::Scale;

    #[test]
    fn every_row_has_a_name_of_its_own() {
        let rows = all();
        let names: BTreeSet<String> = rows.iter().map(Row::name).collect();
        assert_eq!(names.len(), rows.len());
    }

    #[test]
    fn every_peer_of_every_row_does_its_work_right() {
        let errors: Vec<String> = all()
            .iter()
            .filter_map(|row| Some(format!("{}: {}", row.name(), row.prepare(Scale::Quick).err()?)))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}
