//! The records that this command knows, and what each is used for.

use proofmark_artifacts::{Codec as Written, RECORDS, RecordType};
use proofmark_contract::{Code, Codec, Entry, Registry, Use};

/// The catalogue of the records of runs.
pub(crate) fn catalogue() -> Registry {
    RECORDS.iter().fold(Registry::new(), |registry, row| registry.entry(entry(row)))
}

/// The entry of a record.
pub(crate) fn entry(row: &RecordType) -> Entry {
    let RecordType { name, version, shape, .. } = *row;
    // Every record can be converted to the other format, so both have to hold.
    Entry { name, version, used_as: used_as(name), codecs: &Codec::ALL, shape, code: Some(code(*row)) }
}

fn code(row: RecordType) -> Code {
    let written = |codec| match codec {
        Codec::Json => Written::Json,
        Codec::MessagePack => Written::MessagePack,
    };
    Code::new(move |input, from, to| row.recode(input, written(from), written(to)))
}

/// What a record is used for, which says how far it may drift.
fn used_as(name: &str) -> Use {
    match name {
        "cdf_cursor" => Use::Cursor,
        "telemetry" | "diagnostics" => Use::Event,
        name if name.ends_with("_event") => Use::Event,
        _ => Use::Manifest,
    }
}
