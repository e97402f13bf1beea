//! Two schemas side by side.

use proofmark::Record;

use super::align::longest_rising;
use crate::ColumnRecord;

/// How the schema of a dataset or an output changed.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct SchemaDiff {
    /// Name of the dataset or the output.
    #[field(min_len = 1)]
    pub of: String,
    /// What happened to its columns, in the order of the newer schema; what is gone stands last.
    pub columns: Vec<ColumnChange>,
}

/// What happened to a column.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum ColumnChange {
    /// It was not there.
    Added {
        /// Its name.
        column: String,
        /// Its Arrow type.
        data_type: String,
        /// Whether it may hold nulls.
        nullable: bool,
    },
    /// It is gone.
    Removed {
        /// Its name.
        column: String,
        /// The Arrow type it had.
        data_type: String,
    },
    /// It has another type.
    Retyped {
        /// Its name.
        column: String,
        /// The Arrow type it had.
        old: String,
        /// The Arrow type it has.
        new: String,
    },
    /// It may hold nulls now, or may not any more.
    Nullability {
        /// Its name.
        column: String,
        /// Whether it may hold nulls now.
        nullable: bool,
    },
    /// It has another place among the others.
    Moved {
        /// Its name.
        column: String,
        /// Its place in the older schema.
        from: u64,
        /// Its place in the newer schema.
        to: u64,
    },
}

/// What happened to the columns of a table. They are found again by name; of several with one name, in order.
///
/// # Examples
/// ```
/// use proofmark_artifacts::ColumnRecord;
/// use proofmark_artifacts::compare::{ColumnChange, compare_columns};
///
/// let column = |nullable| ColumnRecord { name: "amount".into(), data_type: "Int64".into(), nullable };
/// let changes = compare_columns(&[column(false)], &[column(true)]);
/// assert_eq!(changes, [ColumnChange::Nullability { column: "amount".into(), nullable: true }]);
/// ```
pub fn compare_columns(old: &[ColumnRecord], new: &[ColumnRecord]) -> Vec<ColumnChange> {
    let pairs = pairs(old, new);
    let olds: Vec<_> = pairs.iter().map(|(old, _)| *old).collect();
    let still = longest_rising(&olds);
    let mut changes = Vec::new();
    for (to, column) in new.iter().enumerate() {
        let Some(place) = pairs.iter().position(|(_, new)| *new == to) else {
            let ColumnRecord { name, data_type, nullable } = column.clone();
            changes.push(ColumnChange::Added { column: name, data_type, nullable });
            continue;
        };
        let from = pairs[place].0;
        if !still.contains(&place) {
            let column = column.name.clone();
            changes.push(ColumnChange::Moved { column, from: from as u64, to: to as u64 });
        }
        compare_column(&old[from], column, &mut changes);
    }
    let gone = old.iter().enumerate().filter(|(idx, _)| !olds.contains(idx));
    changes.extend(gone.map(|(_, column)| ColumnChange::Removed {
        column: column.name.clone(),
        data_type: column.data_type.clone(),
    }));
    changes
}

/// Pairs of old and new places, sorted by the new ones.
fn pairs(old: &[ColumnRecord], new: &[ColumnRecord]) -> Vec<(usize, usize)> {
    let mut taken = vec![false; old.len()];
    let mut pairs = Vec::new();
    for (to, column) in new.iter().enumerate() {
        let found = old.iter().zip(&taken).position(|(before, taken)| !taken && before.name == column.name);
        if let Some(from) = found {
            taken[from] = true;
            pairs.push((from, to));
        }
    }
    pairs
}

fn compare_column(old: &ColumnRecord, new: &ColumnRecord, changes: &mut Vec<ColumnChange>) {
    if old.data_type != new.data_type {
        let (old, new_type) = (old.data_type.clone(), new.data_type.clone());
        changes.push(ColumnChange::Retyped { column: new.name.clone(), old, new: new_type });
    }
    if old.nullable != new.nullable {
        changes.push(ColumnChange::Nullability { column: new.name.clone(), nullable: new.nullable });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns written as `a:Int64 b:Utf8?`; `?` is for those that may hold nulls.
    fn columns(text: &str) -> Vec<ColumnRecord> {
        let column = |text: &str| {
            let (name, data_type) = text.split_once(':').unwrap();
            let data_type = data_type.trim_end_matches('?').to_owned();
            ColumnRecord { name: name.to_owned(), data_type, nullable: text.ends_with('?') }
        };
        text.split_whitespace().map(column).collect()
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        let line = |change: &ColumnChange| match change {
            ColumnChange::Added { column, data_type, nullable } => {
                format!("+{column}:{data_type}{}", if *nullable { "?" } else { "" })
            }
            ColumnChange::Removed { column, data_type } => format!("-{column}:{data_type}"),
            ColumnChange::Retyped { column, old, new } => format!("{column} {old} -> {new}"),
            ColumnChange::Nullability { column, nullable } => format!("{column} nullable {nullable}"),
            ColumnChange::Moved { column, from, to } => format!("{column} moved {from} to {to}"),
        };
        let changes = compare_columns(&columns(old), &columns(new));
        assert_eq!(changes.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_kind_of_change_is_told() {
        check("a:Int64 b:Utf8", "a:Int64 b:Utf8", &[]);
        check("a:Int64", "a:Int64 b:Utf8?", &["+b:Utf8?"]);
        check("a:Int64 b:Utf8", "b:Utf8", &["-a:Int64"]);
        check("a:Int64", "a:Float64?", &["a Int64 -> Float64", "a nullable true"]);
        check("a:Int64 b:Utf8 c:Date32", "c:Date32 a:Int64 b:Utf8", &["c moved 2 to 0"]);
    }

    #[test]
    fn columns_of_one_name_go_in_order() {
        check("a:Int64 a:Utf8", "a:Int64 a:Utf8 a:Utf8", &["+a:Utf8"]);
    }
}
