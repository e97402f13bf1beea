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

/// The replayer of a kind of vector file, if there is one.
pub(crate) fn find(kind: &str) -> Option<Replay> {
    Some(match kind {
        "convert" => convert::replay,
        "encode" => encode::replay,
        "float_parse" => float_parse::replay,
        "floats" => floats::replay,
        "format" => format::replay,
        "json_scalars" | "msgpack_scalars" => scalars::replay,
        "lines" => lines::replay,
        "rename" => rename::replay,
        "schema" => schema::replay,
        "strings" => strings::replay,
        "structs" => structs::replay,
        "type_errors" => type_errors::replay,
        "typeinfo" => typeinfo::replay,
        _ => return None,
    })
}
