//! The records that this command knows, and what each is used for.

use proofmark::Limits;
use proofmark::json::{Indent, format_with_limits};
use proofmark_artifacts::{Codec as Written, RECORDS, RecordType};
use proofmark_contract::{Code, Codec, DEPTH_MAX, Entry, Registry, Use, report};

use crate::failure::Result;
use crate::suggest;

/// The catalogue: the records of runs, and those that this command itself writes.
pub(crate) fn catalogue() -> Registry {
    let runs = RECORDS.iter().map(entry);
    runs.chain(report::catalogue().entries().iter().cloned()).fold(Registry::new(), Registry::entry)
}

/// The entry that the command line names: `manifest`, or `manifest.v1`.
pub(crate) fn named(name: &str) -> Result<Entry> {
    let catalogue = catalogue();
    let is_named = |entry: &&Entry| entry.name == name || tag(entry) == name;
    catalogue.entries().iter().find(is_named).cloned().ok_or_else(|| {
        let names = catalogue.entries().iter().map(|entry| entry.name);
        suggest::no_record_type(name, names)
    })
}

/// The tag that a record of the catalogue carries: `manifest.v1`.
pub(crate) fn tag(entry: &Entry) -> String {
    format!("{}.v{}", entry.name, entry.version)
}

/// The entry of a record of runs.
fn entry(row: &RecordType) -> Entry {
    let RecordType { name, version, shape, .. } = *row;
    // Every record can be converted to the other format, so both have to hold.
    Entry { name, version, used_as: used_as(name), codecs: &Codec::ALL, shape, code: Some(code(*row)) }
}

fn code(row: RecordType) -> Code {
    let written = |codec| match codec {
        Codec::Json => Written::Json,
        Codec::MessagePack => Written::MessagePack,
    };
    Code::new(move |input, from, to| {
        let record = row.recode(input, written(from), written(to))?;
        // Stored JSON has a line per entry; here it is compared.
        if to == Codec::Json {
            format_with_limits(&record, Indent::None, Limits::depth(DEPTH_MAX))
        } else {
            Ok(record)
        }
    })
}

/// What a record is used for, which says how far it may drift.
fn used_as(name: &str) -> Use {
    match name {
        "cdf_cursor" | "cursor_reset" => Use::Cursor,
        "telemetry" | "diagnostics" | "rejected_row" | "intake_report" => Use::Event,
        name if name.ends_with("_event") => Use::Event,
        _ => Use::Manifest,
    }
}
