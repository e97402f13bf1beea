//! The schemas that the files of a scan really have, held against the one they are read by.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema};
use jiff::Timestamp;
use proofmark_artifacts::diagnostics::{ColumnChange, ColumnDifference, SchemaValidationEvent};
use proofmark_artifacts::{Digest, Maybe};

use crate::schema::fingerprint;

/// The files of one scan by their schema.
#[derive(Default)]
pub(crate) struct Census(BTreeMap<Digest, Group>);

struct Group {
    schema: Schema,
    files: u64,
    example: String,
}

/// A column, how it differs, how the table has it and how the files do.
type Difference = (String, ColumnChange, Option<String>, Option<String>);

/// In how many files a column differs so, and the first of them: in files of several schemas it may differ alike.
type Differences = BTreeMap<Difference, (u64, String)>;

impl Census {
    /// Counts a file; files are counted in order of name.
    pub(crate) fn add(&mut self, schema: &Schema, place: &str) {
        let schema = comparable(schema);
        let key = fingerprint(&schema);
        let first = || Group { schema, files: 0, example: place.to_owned() };
        self.0.entry(key).or_insert_with(first).files += 1;
    }

    /// The verdict over the files of `dataset`; none where no file's schema is known.
    pub(crate) fn event(&self, dataset: &str, table: &Schema) -> Option<SchemaValidationEvent> {
        let expected = comparable(table);
        let mut differences = Differences::new();
        let (mut files, mut differing) = (0, 0);
        for group in self.0.values() {
            files += group.files;
            if differ(&expected, group, &mut differences) {
                differing += group.files;
            }
        }
        (files > 0).then(|| SchemaValidationEvent {
            event_time: Maybe::Set(Timestamp::now()),
            dataset: dataset.to_owned(),
            expected: fingerprint(table),
            files,
            differing,
            differences: differences.into_iter().map(record).collect(),
        })
    }
}

fn record(
    ((column, kind, expected, found), (files, example)): (Difference, (u64, String)),
) -> ColumnDifference {
    let (expected, found) = (expected.into(), found.into());
    ColumnDifference { column, kind, expected, found, files, example: Maybe::Set(example) }
}

/// Notes how the files of `group` differ from the table; answers whether they do.
fn differ(table: &Schema, group: &Group, differences: &mut Differences) -> bool {
    let mut found = Vec::new();
    for field in table.fields() {
        match group.schema.field_with_name(field.name()) {
            Err(_) => found.push((field.name(), ColumnChange::Missing, Some(type_of(field)), None)),
            Ok(own) => found.extend(retyped(field, own)),
        }
    }
    let is_new = |field: &&Arc<Field>| table.field_with_name(field.name()).is_err();
    let new = group.schema.fields().iter().filter(is_new);
    found.extend(new.map(|field| (field.name(), ColumnChange::Added, None, Some(type_of(field)))));
    if found.is_empty() {
        found.extend(moved(table, &group.schema));
    }
    for (column, kind, expected, own) in &found {
        let key = ((*column).clone(), *kind, expected.clone(), own.clone());
        let (files, example) = differences.entry(key).or_insert_with(|| (0, group.example.clone()));
        *files += group.files;
        if group.example < *example {
            example.clone_from(&group.example);
        }
    }
    !found.is_empty()
}

type Found<'f> = (&'f String, ColumnChange, Option<String>, Option<String>);

fn retyped<'f>(table: &'f Field, own: &Field) -> Option<Found<'f>> {
    let nulls = |field: &Field| Some(if field.is_nullable() { "nullable" } else { "not null" }.to_owned());
    if table.data_type() != own.data_type() {
        return Some((table.name(), ColumnChange::Retyped, Some(type_of(table)), Some(type_of(own))));
    }
    let may_hold_more = own.is_nullable() && !table.is_nullable();
    may_hold_more.then(|| (table.name(), ColumnChange::Nullability, nulls(table), nulls(own)))
}

/// The columns that stand elsewhere, where the same columns stand in another order.
fn moved<'f>(table: &'f Schema, own: &Schema) -> Vec<Found<'f>> {
    let places = table.fields().iter().enumerate();
    let places = places.filter_map(|(place, field)| {
        let now = own.index_of(field.name()).ok()?;
        let shown = |place: usize| Some(format!("column {place}"));
        (now != place).then(|| (field.name(), ColumnChange::Moved, shown(place), shown(now)))
    });
    places.collect()
}

fn type_of(field: &Field) -> String {
    field.data_type().to_string()
}

/// A schema without metadata, in which types that a Parquet file does not tell apart are one.
fn comparable(schema: &Schema) -> Schema {
    Schema::new(comparable_fields(schema.fields()))
}

fn comparable_fields(fields: &Fields) -> Fields {
    fields.iter().map(|field| comparable_field(field)).collect()
}

fn comparable_field(field: &Field) -> Field {
    Field::new(field.name(), comparable_type(field.data_type()), field.is_nullable())
}

fn comparable_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::LargeBinary | DataType::BinaryView => DataType::Binary,
        DataType::Dictionary(_, values) => comparable_type(values),
        DataType::List(item) | DataType::LargeList(item) => DataType::List(comparable_field(item).into()),
        DataType::Struct(fields) => DataType::Struct(comparable_fields(fields)),
        other => other.clone(),
    }
}
