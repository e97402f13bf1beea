//! Which of proofmark's types and codecs goes into which row.

use bench_peers::row::{Entrant, Role};
use bench_peers::{decoder, encoder};

use super::codec::{Json, Msgpack};
use super::shapes::*;

/// proofmark as the subject of a row; `None` for a row that is not known here.
pub fn subject(group: &str, document: &str) -> Option<Entrant> {
    let entrant = match group {
        "json-decode" => json_decode(document),
        "json-decode-borrowed" => json_decode_borrowed(document),
        "json-encode" => json_encode(document),
        "json-encode-reuse" => json_encode_reuse(document),
        "msgpack-decode" => msgpack_decode(document),
        "msgpack-decode-borrowed" => msgpack_decode_borrowed(document),
        "msgpack-encode" => msgpack_encode(document),
        "msgpack-encode-reuse" => msgpack_encode_reuse(document),
        "positional-decode" => positional_decode(document),
        "positional-decode-borrowed" => positional_decode_borrowed(document),
        "positional-encode" => positional_encode(document),
        "positional-encode-reuse" => positional_encode_reuse(document),
        "deny-unknown" => deny_unknown(document),
        "allow-unknown" => allow_unknown(document),
        _ => None,
    };
    entrant.map(|entrant| Entrant { role: Role::Subject, ..entrant })
}

/// `by_document!(function, name => entrant, ["document" module])`: the entrant with `name` standing for the module.
macro_rules! by_document {
    ($function:ident, $module:ident => $entrant:expr, [$($document:literal $types:ident),+ $(,)?]) => {
        fn $function(document: &str) -> Option<Entrant> {
            Some(match document {
                $($document => {
                    use $types as $module;
                    $entrant
                })+
                _ => return None,
            })
        }
    };
}

by_document!(json_decode, shape => decoder!(Json, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
    "tagged_last" tagged,
    "events_skip" events_skip,
    "twitter_skip" twitter_skip,
]);

by_document!(json_decode_borrowed, shape => decoder!(Json, shape::borrowed::Document<'_>), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "manifest" manifest,
    "tagged" tagged,
    "tagged_last" tagged,
    "events_skip" events_skip,
    "twitter_skip" twitter_skip,
]);

by_document!(json_encode, shape => encoder!(fresh Json, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
]);

by_document!(json_encode_reuse, shape => encoder!(reused Json, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
]);

by_document!(msgpack_decode, shape => decoder!(Msgpack, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
    "tagged_last" tagged,
    "events_skip" events_skip,
    "twitter_skip" twitter_skip,
]);

by_document!(msgpack_decode_borrowed, shape => decoder!(Msgpack, shape::borrowed::Document<'_>), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "manifest" manifest,
    "tagged" tagged,
    "tagged_last" tagged,
    "events_skip" events_skip,
    "twitter_skip" twitter_skip,
]);

by_document!(msgpack_encode, shape => encoder!(fresh Msgpack, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
]);

by_document!(msgpack_encode_reuse, shape => encoder!(reused Msgpack, shape::owned::Document), [
    "twitter" twitter,
    "citm" citm,
    "canada" canada,
    "events" events,
    "scan" scan,
    "manifest" manifest,
    "tagged" tagged,
]);

by_document!(positional_decode, shape => decoder!(Msgpack, shape::owned::Document), [
    "events" events_positional,
    "scan" scan_positional,
    "manifest" manifest_positional,
]);

by_document!(positional_decode_borrowed, shape => decoder!(Msgpack, shape::borrowed::Document<'_>), [
    "events" events_positional,
    "manifest" manifest_positional,
]);

by_document!(positional_encode, shape => encoder!(fresh Msgpack, shape::owned::Document), [
    "events" events_positional,
    "scan" scan_positional,
    "manifest" manifest_positional,
]);

by_document!(positional_encode_reuse, shape => encoder!(reused Msgpack, shape::owned::Document), [
    "events" events_positional,
    "scan" scan_positional,
    "manifest" manifest_positional,
]);

fn deny_unknown(document: &str) -> Option<Entrant> {
    Some(match document {
        "json" => decoder!(Json, events::owned::Document),
        "msgpack" => decoder!(Msgpack, events::owned::Document),
        _ => return None,
    })
}

fn allow_unknown(document: &str) -> Option<Entrant> {
    Some(match document {
        "json" => decoder!(Json, events_lax::owned::Document),
        "msgpack" => decoder!(Msgpack, events_lax::owned::Document),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use bench_peers::data::Scale;
    use bench_peers::row::Row;

    use super::*;

    #[test]
    fn proofmark_is_in_every_row_and_does_its_work_right() {
        for row in bench_peers::rows::all() {
            let subject = subject(row.group, row.shape).unwrap_or_else(|| panic!("{}", row.name()));
            let alone = Row { entrants: vec![subject], ..row };
            if let Err(error) = alone.prepare(Scale::Quick) {
                panic!("{}: {error}", alone.name());
            }
        }
    }
}
