//! Tables of records.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Schema, SchemaRef};
use proofmark::decode::DecodeOwned;
use proofmark::shape::ShapeFn;
use proofmark::{Describe, Encode, Error, Result, Segment, Shape, TagValue, Value, from_value, to_value};

use crate::Layout;
use crate::build::from_arrow;
use crate::column::{Columns, RecordColumns};

/// Records as tables, with the types of a [`Layout`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables {
    layout: Layout,
}

/// The rows of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The type's tag: `run_event.v1`.
    pub name: String,
    /// The rows.
    pub batch: RecordBatch,
}

/// The columns of a record; see [`docs`](crate::docs).
///
/// # Errors
/// Fails when the type is no record, or has a flattened part.
pub fn schema<T: Describe>() -> Result<SchemaRef> {
    Tables::default().schema::<T>()
}

/// A table of records.
///
/// # Errors
/// Fails as [`schema`] does, and when a column cannot hold a value exactly.
pub fn batch<T: Encode>(rows: &[T]) -> Result<RecordBatch> {
    Tables::default().batch(rows)
}

/// One table per type of a union that has rows, in the order of the types' declaration.
///
/// # Errors
/// As [`batch`].
///
/// # Examples
/// ```
/// use proofmark_artifacts::DiagnosticEvent;
///
/// let rows = br#"{"type":"run_event.v1","phase":"started"}
/// {"type":"feature_state_event.v1","feature":"spill","state":"enabled"}
/// {"type":"run_event.v1","phase":"finished","rows":7}"#;
/// let events = proofmark::json::from_lines::<DiagnosticEvent>(rows).collect::<Result<Vec<_>, _>>()?;
/// let tables = proofmark_arrow::tables(&events)?;
/// let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.batch.num_rows())).collect();
/// assert_eq!(told, [("run_event.v1", 2), ("feature_state_event.v1", 1)]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn tables<T: Encode>(rows: &[T]) -> Result<Vec<Table>> {
    Tables::default().tables(rows)
}

/// The records of a table, of either layout. Columns are found by name; others than the record's are passed over.
///
/// # Errors
/// Fails when a column is missing or has another type, and when a row is no such record.
pub fn rows<T: DecodeOwned>(batch: &RecordBatch) -> Result<Vec<T>> {
    let columns = [Layout::Exact, Layout::Delta].map(|layout| Columns::of_record(T::shape(), layout));
    let [exact, delta] = columns;
    let (exact, delta) = (exact?, delta?);
    let is_delta = types(batch, &delta) > types(batch, &exact);
    read(batch, if is_delta { &delta } else { &exact })
}

impl Tables {
    /// Tables with the types of a layout.
    pub const fn new(layout: Layout) -> Self {
        Self { layout }
    }

    /// As [`schema`].
    ///
    /// # Errors
    /// As [`schema`].
    pub fn schema<T: Describe>(&self) -> Result<SchemaRef> {
        Ok(schema_of(&Columns::of_record(T::shape(), self.layout)?))
    }

    /// As [`batch`].
    ///
    /// # Errors
    /// As [`batch`].
    pub fn batch<T: Encode>(&self, rows: &[T]) -> Result<RecordBatch> {
        let columns = Columns::of_record(T::shape(), self.layout)?;
        build(&columns, &values(rows)?.iter().collect::<Vec<_>>())
    }

    /// As [`tables`].
    ///
    /// # Errors
    /// As [`tables`].
    pub fn tables<T: Encode>(&self, rows: &[T]) -> Result<Vec<Table>> {
        let values = values(rows)?;
        let mut tables = Vec::new();
        for shape in members(T::shape()) {
            let columns = Columns::of_record(shape, self.layout)?;
            let own: Vec<&Value> = values.iter().filter(|row| columns.is_tag_of(row)).collect();
            if !own.is_empty() {
                let name = columns.tag_text().unwrap_or_default();
                tables.push(Table { name, batch: build(&columns, &own)? });
            }
        }
        let count: usize = tables.iter().map(|table| table.batch.num_rows()).sum();
        // Of a fallback there are no columns.
        if count < values.len() {
            return Err(Error::unsupported("A row without a tag has no table"));
        }
        Ok(tables)
    }
}

fn values<T: Encode>(rows: &[T]) -> Result<Vec<Value>> {
    let value = |(idx, row)| to_value(row).map_err(|error| error.at(Segment::Index(idx)));
    rows.iter().enumerate().map(value).collect()
}

/// The tagged records of a union, those of unions in it too; of anything else, itself.
fn members(shape: Shape) -> Vec<Shape> {
    match shape {
        Shape::Newtype(newtype) => members((newtype.inner)()),
        Shape::Union(union) => {
            union.members.iter().flat_map(|(_, member): &(_, ShapeFn)| members(member())).collect()
        }
        shape => vec![shape],
    }
}

impl RecordColumns {
    fn is_tag_of(&self, row: &Value) -> bool {
        let Some(tag) = &self.tag else { return false };
        let found = match row {
            Value::Array(items) => items.first(),
            row => row.get(tag.key.name),
        };
        match tag.value {
            TagValue::Str(text) => found.and_then(Value::as_str) == Some(text),
            TagValue::Int(number) => found.and_then(Value::as_i64) == Some(number),
        }
    }
}

fn schema_of(columns: &RecordColumns) -> SchemaRef {
    let tag = columns.tag_text().map(|tag| ("proofmark.record".to_owned(), tag));
    let metadata: HashMap<String, String> = tag.into_iter().collect();
    Arc::new(Schema::new_with_metadata(columns.fields(), metadata))
}

fn build(columns: &RecordColumns, rows: &[&Value]) -> Result<RecordBatch> {
    let arrays = columns.arrays(&rows.iter().map(|row| Some(*row)).collect::<Vec<_>>())?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(schema_of(columns), arrays, &options).map_err(from_arrow)
}

/// How many columns of a batch have the type that is wanted.
fn types(batch: &RecordBatch, columns: &RecordColumns) -> usize {
    let has_type = |field: &&std::sync::Arc<arrow_schema::Field>| {
        batch
            .column_by_name(field.name())
            .is_some_and(|array| array.data_type().equals_datatype(field.data_type()))
    };
    columns.fields().iter().filter(has_type).count()
}

fn read<T: DecodeOwned>(batch: &RecordBatch, columns: &RecordColumns) -> Result<Vec<T>> {
    let array = |field: &crate::column::FieldColumn| -> Result<ArrayRef> {
        let name = field.shape.key.name;
        let array = batch.column_by_name(name).cloned();
        array.ok_or_else(|| Error::unsupported("There is no such column").at(Segment::Field(name)))
    };
    let arrays = columns.fields.iter().map(array).collect::<Result<Vec<_>>>()?;
    let rows = columns.rows(&arrays, batch.num_rows())?;
    let row = |(idx, row): (usize, &Value)| from_value(row).map_err(|error| error.at(Segment::Index(idx)));
    rows.iter().enumerate().map(row).collect()
}
