//! The data two runs have read, side by side.

use proofmark::Maybe;

use super::facts::Facts;
use super::run::{DataDiff, DataFact};
use crate::DatasetRecord;

/// The facts of datasets that differ, the most telling of each dataset first.
pub(super) fn compare(old: &Facts, new: &Facts) -> Vec<DataDiff> {
    let (Some(old), Some(new)) = (&old.manifest, &new.manifest) else { return Vec::new() };
    let find = |all: &'_ [DatasetRecord], name: &str| all.iter().position(|dataset| dataset.name == name);
    let mut diffs = Vec::new();
    for dataset in &new.datasets {
        let before = find(&old.datasets, &dataset.name).map(|idx| &old.datasets[idx]);
        diffs.extend(of_dataset(&dataset.name, before, Some(dataset)));
    }
    for dataset in &old.datasets {
        if find(&new.datasets, &dataset.name).is_none() {
            diffs.extend(of_dataset(&dataset.name, Some(dataset), None));
        }
    }
    diffs
}

fn of_dataset(name: &str, old: Option<&DatasetRecord>, new: Option<&DatasetRecord>) -> Vec<DataDiff> {
    let diff = |fact, old, new| DataDiff { dataset: name.to_owned(), fact, old, new };
    let (Some(old), Some(new)) = (old, new) else {
        let is_there = |dataset: Option<&DatasetRecord>| dataset.map(|_| "there".to_owned()).into();
        return vec![diff(DataFact::Dataset, is_there(old), is_there(new))];
    };
    let facts = [facts(old), facts(new)];
    let [old, new] = facts;
    let pairs = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    pairs.map(|((fact, old), (_, new))| diff(fact, old, new)).collect()
}

fn facts(dataset: &DatasetRecord) -> [(DataFact, Maybe<String>); 7] {
    let number = |number: Maybe<u64>| number.into_option().map(|number| number.to_string()).into();
    let delta = dataset.delta.as_ref().into_option();
    let ordering = (!dataset.ordering.is_empty()).then(|| dataset.ordering.join(", "));
    let content = dataset.content_sha256.as_ref().into_option().map(ToString::to_string);
    [
        (DataFact::Version, delta.map(|delta| delta.version.to_string()).into()),
        (DataFact::Rows, number(dataset.rows)),
        (DataFact::Files, number(dataset.files)),
        (DataFact::Bytes, number(dataset.bytes)),
        (DataFact::Content, content.into()),
        (DataFact::Format, dataset.format.clone()),
        (DataFact::Ordering, ordering.into()),
    ]
}
