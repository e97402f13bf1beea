//! Types that hold the same values are one, however those lie in memory.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, UnionMode};

/// A schema without metadata, in which types that hold the same values are one: dictionaries and runs are what they hold,
/// text, bytes and lists have one form each.
///
/// # Examples
/// ```
/// use arrow_schema::{DataType, Field, Schema};
/// use proofmark_arrow::drift::plain;
///
/// let schema = |data_type| Schema::new(vec![Field::new("name", data_type, true)]);
/// assert_eq!(plain(&schema(DataType::Utf8View)), schema(DataType::Utf8));
/// ```
pub fn plain(schema: &Schema) -> Schema {
    Schema::new(plain_fields(schema.fields()))
}

fn plain_fields(fields: &Fields) -> Fields {
    fields.iter().map(plain_field).collect()
}

fn plain_field(field: &FieldRef) -> FieldRef {
    Arc::new(Field::new(field.name(), plain_type(field.data_type()), field.is_nullable()))
}

pub(super) fn plain_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::LargeBinary | DataType::BinaryView => DataType::Binary,
        DataType::Dictionary(_, values) => plain_type(values),
        DataType::RunEndEncoded(_, values) => plain_type(values.data_type()),
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::ListView(item)
        | DataType::LargeListView(item) => DataType::List(plain_item(item)),
        DataType::FixedSizeList(item, len) => DataType::FixedSizeList(plain_item(item), *len),
        DataType::Struct(fields) => DataType::Struct(plain_fields(fields)),
        DataType::Map(entries, _) => DataType::Map(plain_entries(entries), false),
        DataType::Union(fields, _) => {
            let fields = fields.iter().map(|(id, field)| (id, plain_field(field)));
            DataType::Union(fields.collect(), UnionMode::Sparse)
        }
        // Leaves.
        DataType::Null
        | DataType::Boolean
        | DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64
        | DataType::Float16
        | DataType::Float32
        | DataType::Float64
        | DataType::Timestamp(..)
        | DataType::Date32
        | DataType::Date64
        | DataType::Time32(_)
        | DataType::Time64(_)
        | DataType::Duration(_)
        | DataType::Interval(_)
        | DataType::Binary
        | DataType::FixedSizeBinary(_)
        | DataType::Utf8
        | DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => data_type.clone(),
    }
}

/// The item of a list: writers name it in many ways, and nothing goes by that name.
fn plain_item(item: &FieldRef) -> FieldRef {
    Arc::new(Field::new("item", plain_type(item.data_type()), item.is_nullable()))
}

/// The entries of a map, whose parts are what they are by their place.
fn plain_entries(entries: &FieldRef) -> FieldRef {
    let DataType::Struct(parts) = entries.data_type() else { return plain_field(entries) };
    let named =
        |(part, name): (&FieldRef, &str)| Field::new(name, plain_type(part.data_type()), part.is_nullable());
    let parts: Fields = parts.iter().zip(["key", "value"]).map(named).collect();
    Arc::new(Field::new("entries", DataType::Struct(parts), false))
}

/// The key and the value of a map's entries.
pub(super) fn parts_of(entries: &FieldRef) -> Option<(&FieldRef, &FieldRef)> {
    match entries.data_type() {
        DataType::Struct(parts) => Some((parts.first()?, parts.get(1)?)),
        _ => None,
    }
}
