//! The fields of a record that have an entry on the wire.

use super::catalogue::Catalogue;
use crate::lock::{Definition, FieldLock, RecordLock, Type};

/// Parts of records that stand in each other.
const FLATTEN_DEPTH_MAX: usize = 16;

/// The fields of a record, those of its parts in their place.
#[derive(Debug, Default)]
pub(super) struct WireFields<'a> {
    pub(super) fields: Vec<&'a FieldLock>,
    /// Parts that are no records: maps of other fields, unions, parts that may be missing.
    pub(super) others: Vec<&'a FieldLock>,
}

pub(super) fn wire_fields<'a>(catalogue: &'a Catalogue, record: &'a RecordLock) -> WireFields<'a> {
    let mut found = WireFields::default();
    collect(catalogue, record, &mut found, FLATTEN_DEPTH_MAX);
    found
}

fn collect<'a>(
    catalogue: &'a Catalogue,
    record: &'a RecordLock,
    into: &mut WireFields<'a>,
    depth_left: usize,
) {
    for field in &record.fields {
        match catalogue.definition(&field.ty) {
            _ if !field.flatten => into.fields.push(field),
            Some(Definition::Record(part)) if depth_left > 0 => {
                collect(catalogue, part, into, depth_left - 1)
            }
            _ => into.others.push(field),
        }
    }
}

/// Whether another language has no word for what a field does, and what it does.
pub(super) fn unsaid(field: &FieldLock) -> Vec<String> {
    let mut lines = Vec::new();
    if !field.aliases.is_empty() {
        lines.push(format!(
            "The record's own code reads it under other names too: {}.",
            field.aliases.join(", ")
        ));
    }
    for (is_so, line) in [
        (field.checked, "The record's own code checks more."),
        (field.lenient, "The record's own code reads it leniently."),
        (field.read_only, "The record's own code reads it and never writes it."),
    ] {
        lines.extend(is_so.then(|| line.to_owned()));
    }
    lines
}

/// What the lock says of a field in words.
pub(super) fn meaning(field: &FieldLock) -> Vec<String> {
    [("Absent", &field.absent), ("Null", &field.null), ("Volatile", &field.volatile)]
        .into_iter()
        .filter_map(|(word, text)| Some(format!("{word}: {}.", text.as_ref().into_option()?)))
        .collect()
}

/// Whether a type is one that holds nothing but text: keys of such maps can be sorted.
pub(super) fn is_text(catalogue: &Catalogue, ty: &Type) -> bool {
    let (ty, _) = super::bounds::beneath(catalogue, ty, Default::default());
    matches!(ty, Type::Str | Type::Any)
}
