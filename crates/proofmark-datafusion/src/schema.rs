//! Arrow schemas as records: columns, a fingerprint, and the bytes that Arrow readers take.

use datafusion::arrow::datatypes::Schema;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::MetadataVersion;
use datafusion::arrow::ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteOptions, write_message};
use proofmark_artifacts::{ArrowSchema, ColumnRecord, Digest, Maybe};

/// The alignment that pyarrow writes; arrow-rs alone would take 64.
const IPC_ALIGNMENT: usize = 8;

/// The columns of `schema`, in order.
pub(crate) fn columns(schema: &Schema) -> Vec<ColumnRecord> {
    let column = |field: &std::sync::Arc<datafusion::arrow::datatypes::Field>| ColumnRecord {
        name: field.name().clone(),
        data_type: field.data_type().to_string(),
        nullable: field.is_nullable(),
    };
    schema.fields().iter().map(column).collect()
}

/// Digest of what a schema means: names, types, nullability and metadata.
///
/// Not of its IPC bytes: writers in two languages never lay those out alike. Each text is preceded by
/// its length, so that no two schemas share one form; metadata is sorted by key.
pub(crate) fn fingerprint(schema: &Schema) -> Digest {
    let mut form = String::from("schema.v1\n");
    for field in schema.fields() {
        push(&mut form, field.name());
        push(&mut form, &field.data_type().to_string());
        push(&mut form, if field.is_nullable() { "null" } else { "not null" });
        push_metadata(&mut form, field.metadata());
    }
    form.push('\n');
    push_metadata(&mut form, schema.metadata());
    Digest::of(form.as_bytes())
}

fn push(form: &mut String, text: &str) {
    form.push_str(&text.len().to_string());
    form.push(':');
    form.push_str(text);
}

fn push_metadata(form: &mut String, metadata: &std::collections::HashMap<String, String>) {
    let mut entries: Vec<_> = metadata.iter().collect();
    entries.sort();
    push(form, &entries.len().to_string());
    for (key, value) in entries {
        push(form, key);
        push(form, value);
    }
}

/// The schema as the bytes of one encapsulated IPC message; absent when Arrow cannot write it.
pub(crate) fn arrow_schema(schema: &Schema) -> Maybe<ArrowSchema> {
    match ipc_message(schema).ok().and_then(ArrowSchema::new) {
        Some(message) => Maybe::Set(message),
        None => Maybe::Unset,
    }
}

fn ipc_message(schema: &Schema) -> Result<Vec<u8>, ArrowError> {
    let options = IpcWriteOptions::try_new(IPC_ALIGNMENT, false, MetadataVersion::V5)?;
    // Without a tracker the encoder panics on a dictionary field.
    let mut dictionaries = DictionaryTracker::new(true);
    let encoded = IpcDataGenerator::default().schema_to_bytes_with_dictionary_tracker(
        schema,
        &mut dictionaries,
        &options,
    );
    let mut bytes = Vec::new();
    write_message(&mut bytes, encoded, &options)?;
    Ok(bytes)
}
