//! Replaying cases: one file per kind of vector file.

mod codec;
mod convert;
mod encode;
mod float_parse;
mod floats;
mod format;
mod lines;
mod rename;
mod scalars;
mod schema;
mod strings;
mod structs;
mod type_errors;
mod typeinfo;

use crate::{vector::Case, verdict::Verdict};

/// Replays one case.
pub(crate) type Replay = fn(&Case) -> Verdict;

/// The kinds of vector file, and who replays each.
const REPLAYERS: [(&str, Replay); 14] = [
    ("convert", convert::replay),
    ("encode", encode::replay),
    ("float_parse", float_parse::replay),
    ("floats", floats::replay),
    ("format", format::replay),
    ("json_scalars", scalars::replay),
    ("lines", lines::replay),
    ("msgpack_scalars", scalars::replay),
    ("rename", rename::replay),
    ("schema", schema::replay),
    ("strings", strings::replay),
    ("structs", structs::replay),
    ("type_errors", type_errors::replay),
    ("typeinfo", typeinfo::replay),
];

/// The kinds of vector file.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    REPLAYERS.iter().map(|(kind, _)| *kind)
}

/// The replayer of a kind of vector file, if there is one.
pub(crate) fn find(kind: &str) -> Option<Replay> {
    REPLAYERS.iter().find(|(known, _)| *known == kind).map(|(_, replay)| *replay)
}
