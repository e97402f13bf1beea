//! What becomes of files that a table reads by a schema that is not theirs.
//!
//! A schema is a contract like any other: [`lock`] writes it as the lock of a record whose fields are the columns, and the
//! rules that judge drift of records judge it. The file is the older release, which wrote; the table is the release of now,
//! which reads. So a column that may be null in the files and not in the table is rule N2, as it is of a record's field.
//!
//! The rules say what changed, and why it matters. What the reader does is seen by doing it: an engine is no strict reader,
//! it casts, so values are made up and cast by Arrow's own kernel, as the engine casts them. Parts of columns are read one by
//! one, as DataFusion does: fields of structs by name, and in maps by place where some name is not found. What is accepted
//! and comes out as something else is the worst, for nobody is told.
//!
//! ```
//! use arrow_schema::{DataType, Field, Schema, TimeUnit};
//! use proofmark_arrow::drift;
//!
//! let schema = |unit, nullable| Schema::new(vec![
//!     Field::new("at", DataType::Timestamp(unit, Some("UTC".into())), false),
//!     Field::new("amount", DataType::Int64, nullable),
//! ]);
//! let table = schema(TimeUnit::Microsecond, false);
//! let file = schema(TimeUnit::Nanosecond, true);
//! let found: Vec<_> = drift::compare(&table, &file)
//!     .iter()
//!     .map(|drift| format!("{} {} {}", drift.column, drift.rule, drift.verdict))
//!     .collect();
//! // Nulls are refused when there are any; nanoseconds are cut off.
//! assert_eq!(found, ["at C1 SILENT", "amount N2 cond"]);
//! assert_eq!(drift::compare(&table, &table), []);
//! ```

mod census;
mod change;
mod form;
mod leaf;
mod lock;
mod plain;
mod reading;
mod sample;
mod seen;

use arrow_schema::Schema;
pub use proofmark_contract::class::{Level, Verdict};

pub use census::{Census, Difference, Judged};
pub use lock::{LEVELS_MAX, lock};
pub use plain::plain;

/// How a file has a column otherwise than the table that reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// The column, as the table calls it where it has it.
    pub column: String,
    /// Where in the column: `.city`, `[].price`. Empty for the column itself.
    pub inside: String,
    /// What is different.
    pub kind: DriftKind,
    /// How the table has it, if it does.
    pub table: Option<String>,
    /// How the file has it, if it does.
    pub file: Option<String>,
    /// The rule that it falls under: `N2`.
    pub rule: &'static str,
    /// How bad that is between two releases that read each other.
    pub level: Level,
    /// Whether the table reads what the file holds.
    pub verdict: Verdict,
    /// The cheapest way out.
    pub fix: &'static str,
}

/// What is different about a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// Only the file has it; it is passed over.
    Added,
    /// Only the table has it; it is read as nulls.
    Missing,
    /// It has another name, and nothing else is different; so the reader does not find it.
    Renamed,
    /// It is of another type, and cast.
    Retyped,
    /// The file may hold nulls, and the table promises none.
    Nullability,
    /// It stands elsewhere.
    Moved,
}

/// How a file has columns otherwise than the table that reads it, by the rules that judge records.
///
/// Columns are found by name, so that another order changes nothing (F13, told all the same). Types that differ in how
/// they lie in memory and not in what they hold, such as dictionaries and views, are one; see [`plain`]. A table that
/// takes nulls where the file holds none is how tables are declared, and not told.
pub fn compare(table: &Schema, file: &Schema) -> Vec<Drift> {
    change::compare(&plain(table), &plain(file))
}
