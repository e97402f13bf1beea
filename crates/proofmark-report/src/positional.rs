//! The names of what stands in positional records, for readers of the JSON who have no types.

use std::collections::BTreeMap;

use proofmark::Shape;
use proofmark::shape::{RecordShape, ShapeFn};
use proofmark_artifacts::record_type;

use crate::place::Place;

/// For each place in an artifact at which a positional record stands, the names of its fields in order.
pub(crate) type Positional = BTreeMap<String, Vec<&'static str>>;

/// Adds the positional records of an artifact of this kind.
pub(crate) fn collect(artifact: &str, kind: &str, found: &mut Positional) {
    if let Some(row) = record_type(kind) {
        walk((row.shape)(), &Place::of(artifact), &mut Vec::new(), found);
    }
}

/// `above` are the records around this place: a record inside itself is followed once.
fn walk(shape: Shape, place: &Place, above: &mut Vec<&'static str>, found: &mut Positional) {
    let each = |items: ShapeFn, above: &mut Vec<_>, found: &mut _| walk(items(), &place.each(), above, found);
    match shape {
        Shape::Record(record) => walk_record(record, place, above, found),
        Shape::Optional(inner) | Shape::Maybe(inner) => walk(inner(), place, above, found),
        Shape::Newtype(newtype) => walk((newtype.inner)(), place, above, found),
        Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => each(item, above, found),
        Shape::Union(union) => {
            union.members.iter().for_each(|(_, member)| walk(member(), place, above, found));
        }
        // Scalars hold no records; below a map no artifact has a positional one.
        _ => {}
    }
}

fn walk_record(
    record: &'static RecordShape,
    place: &Place,
    above: &mut Vec<&'static str>,
    found: &mut Positional,
) {
    if above.contains(&record.name) {
        return;
    }
    if record.positional {
        let names = record.fields.iter().map(|field| field.key.name).collect();
        found.insert(place.to_string(), names);
    }
    above.push(record.name);
    for field in record.fields {
        walk((field.shape)(), &place.field(field.key.name), above, found);
    }
    above.pop();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positional_records_are_found_wherever_they_are() {
        let mut found = Positional::new();
        collect("telemetry", "telemetry", &mut found);
        collect("plan", "plan", &mut found);
        let places: Vec<_> = found.keys().map(String::as_str).collect();
        let scan = ":telemetry .scans[]";
        let below = [
            "",
            ".file_hints[]",
            ".pruning",
            ".pruning.files",
            ".pruning.pages",
            ".pruning.row_groups_bloom",
        ];
        assert!(below.iter().all(|it| places.contains(&format!("{scan}{it}").as_str())), "{places:?}");
        assert_eq!(found[scan][..2], ["fragment_count", "row_group_count"]);
        assert!(places.iter().all(|place| !place.starts_with(":plan")));
    }
}
