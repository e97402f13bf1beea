//! The files of a table by their schema, and how they differ from it.

use std::collections::{BTreeMap, HashMap};

use arrow_schema::Schema;

use super::{Drift, compare, plain};

/// The files of a table by the schema that they have.
///
/// # Examples
/// ```
/// use arrow_schema::{DataType, Field, Schema};
/// use proofmark_arrow::drift::{Census, Verdict};
///
/// let schema = |data_type| Schema::new(vec![Field::new("rows", data_type, true)]);
/// let mut census = Census::default();
/// for (place, data_type) in [("1", DataType::Int32), ("2", DataType::Int64), ("3", DataType::Int64)] {
///     census.add(&schema(data_type), place);
/// }
/// let judged = census.judge(&schema(DataType::Int32));
/// assert_eq!((judged.files, judged.differing), (3, 2));
/// let found = &judged.differences[0];
/// assert_eq!((found.drift.rule, found.drift.verdict), ("T4", Verdict::Conditional));
/// assert_eq!((found.files, found.example.as_str()), (2, "2"));
/// ```
#[derive(Debug, Default)]
pub struct Census(HashMap<Schema, Group>);

#[derive(Debug)]
struct Group {
    files: u64,
    example: String,
}

/// How the files of a table differ from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Files that were counted.
    pub files: u64,
    /// Files that have a column otherwise than the table.
    pub differing: u64,
    /// How, in order of columns.
    pub differences: Vec<Difference>,
}

/// How some files have a column otherwise than the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is different.
    pub drift: Drift,
    /// Files that have it so.
    pub files: u64,
    /// The first of them, in order of name.
    pub example: String,
}

impl Census {
    /// Counts a file.
    pub fn add(&mut self, schema: &Schema, place: &str) {
        let first = || Group { files: 0, example: place.to_owned() };
        let group = self.0.entry(plain(schema)).or_insert_with(first);
        group.files += 1;
        if *place < *group.example {
            place.clone_into(&mut group.example);
        }
    }

    /// How the files differ from the table that they are read by.
    pub fn judge(&self, table: &Schema) -> Judged {
        let mut judged = Judged::default();
        let mut differences = BTreeMap::<Drift, (u64, &str)>::new();
        for (schema, group) in &self.0 {
            let drifts = compare(table, schema);
            judged.files += group.files;
            judged.differing += if drifts.is_empty() { 0 } else { group.files };
            for drift in drifts {
                let (files, example) = differences.entry(drift).or_insert((0, &group.example));
                *files += group.files;
                *example = (*example).min(&group.example);
            }
        }
        let difference = |(drift, (files, example)): (Drift, (u64, &str))| Difference {
            drift,
            files,
            example: example.to_owned(),
        };
        judged.differences = differences.into_iter().map(difference).collect();
        judged
    }
}
