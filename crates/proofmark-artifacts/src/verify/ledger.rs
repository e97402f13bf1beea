//! Which optional fields were absent, null and there; and fields that nobody knows.

use std::collections::BTreeMap;

use proofmark::shape::{FieldShape, Presence, RecordShape};
use proofmark::{Shape, Value};

use super::PresenceCount;
use crate::compare::{Item, Parts, field_step};

/// Counts over any number of records.
#[derive(Default)]
pub(super) struct Ledger {
    counts: BTreeMap<(&'static str, &'static str), [u64; 3]>,
    /// Places of unknown fields, as `proofmark show` takes them.
    pub(super) unknown: Vec<String>,
}

impl Ledger {
    /// Counts the optional fields of a value, at every depth.
    pub(super) fn add(&mut self, value: &Value, shape: Shape) {
        self.visit(Item { value, shape }, &mut String::new());
    }

    pub(super) fn into_counts(self) -> Vec<PresenceCount> {
        let count = |((record, field), [absent, null, value]): ((&str, &str), [u64; 3])| PresenceCount {
            record: record.to_owned(),
            field: field.to_owned(),
            absent,
            null,
            value,
        };
        self.counts.into_iter().map(count).collect()
    }

    fn visit(&mut self, item: Item<'_>, path: &mut String) {
        match item.parts() {
            Parts::Named(parts) => {
                let record = item.record();
                if let Some(record) = record {
                    let value_of =
                        |name: &str| parts.iter().find(|part| part.name == name).map(|part| part.item.value);
                    self.count(record, value_of);
                }
                for part in parts {
                    let length = path.len();
                    path.push_str(&field_step(&part.name));
                    if record.is_some_and(|record| !is_known(record, &part.name)) {
                        self.unknown.push(path.clone());
                    }
                    self.visit(part.item, path);
                    path.truncate(length);
                }
            }
            Parts::Items(items) => {
                for (idx, item) in items.into_iter().enumerate() {
                    let length = path.len();
                    path.push_str(&format!("[{idx}]"));
                    self.visit(item, path);
                    path.truncate(length);
                }
            }
            Parts::Leaf => {}
        }
    }

    fn count<'v>(&mut self, record: &'static RecordShape, value_of: impl Fn(&str) -> Option<&'v Value>) {
        for field in record.fields.iter().filter(|field| is_optional(field)) {
            let state = match value_of(field.key.name) {
                None => 0,
                Some(Value::Null) => 1,
                Some(_) => 2,
            };
            self.counts.entry((record.name, field.key.name)).or_default()[state] += 1;
        }
    }
}

fn is_optional(field: &FieldShape) -> bool {
    let can_be_null = matches!((field.shape)(), Shape::Optional(_));
    !field.is_flat() && (can_be_null || !matches!(field.presence, Presence::Required))
}

fn is_known(record: &RecordShape, name: &str) -> bool {
    record.tag.is_some_and(|tag| tag.key.name == name)
        || record.wire_fields().iter().any(|field| field.key.name == name)
}
