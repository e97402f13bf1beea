//! The list of all rows: which group, which document, which peers.
//!
//! A peer that cannot do a document is left out of its row, by name, here.

use crate::data::{Shape, canada, citm, events, manifest, scan, tagged, twitter};
use crate::decoding::Decoding;
use crate::encoding::{Buffer, Encoding};
use crate::format::Format;
use crate::measure::Role;
use crate::peer::Peer;
use crate::peer::proofmark::{ProofmarkJson, ProofmarkMsgpack};
use crate::peer::rmp_serde::{RmpNamed, RmpPositional};
use crate::peer::flexon::Flexon;
use crate::peer::messagepack_serde::MessagepackSerde;
use crate::peer::serde_json::SerdeJson;
use crate::peer::sonic_rs::SonicRs;
use crate::row::Row;

/// `decode_row!("group", Format, owned|borrowed, Shape, [peers])`
macro_rules! decode_row {
    ($group:literal, $format:ident, $way:ident, $shape:ty, [$($role:ident $peer:ty),+]) => {
        Row {
            group: $group,
            shape: <$shape as Shape>::NAME,
            prepare: |scale| {
                let decoding = Decoding::of::<$shape>(Format::$format, scale)?;
                $(let decoding = decoding.$way::<$shape, $peer>(Role::$role, <$peer as Peer>::NAME)?;)+
                Ok(decoding.ready())
            },
        }
    };
}

/// The same peers for a list of shapes.
macro_rules! decode_rows {
    ($group:literal, $format:ident, $way:ident, $peers:tt, [$($shape:ty),+ $(,)?]) => {
        vec![$(decode_row!($group, $format, $way, $shape, $peers)),+]
    };
}

/// `encode_row!("group", Buffer, Shape, [peers])`
macro_rules! encode_row {
    ($group:literal, $buffer:ident, $shape:ty, [$($role:ident $peer:ty),+]) => {
        Row {
            group: $group,
            shape: <$shape as Shape>::NAME,
            prepare: |scale| Encoding::<$shape>::of(Buffer::$buffer, scale)?$(.with::<$peer>(Role::$role))+.ready(),
        }
    };
}

/// The same peers for a list of shapes.
macro_rules! encode_rows {
    ($group:literal, $buffer:ident, $peers:tt, [$($shape:ty),+ $(,)?]) => {
        vec![$(encode_row!($group, $buffer, $shape, $peers)),+]
    };
}

/// Every row, in the order of the tables.
pub fn all() -> Vec<Row> {
    let groups =
        [json_decode(), json_encode(), msgpack_decode(), msgpack_encode(), positional(), strictness()];
    groups.into_iter().flatten().collect()
}

fn json_decode() -> Vec<Row> {
    let mut rows = decode_rows!("json-decode", Json, owned, [Subject ProofmarkJson, Peer SerdeJson, Peer SonicRs, Peer Flexon], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
        tagged::TaggedLast,
        events::EventsSkip,
        twitter::TwitterSkip,
    ]);
    rows.extend(
        decode_rows!("json-decode-borrowed", Json, borrowed, [Subject ProofmarkJson, Peer SerdeJson, Peer SonicRs, Peer Flexon], [
            twitter::Twitter,
            citm::Citm,
            canada::Canada,
            events::Events,
            manifest::Manifest,
            tagged::Tagged,
            tagged::TaggedLast,
            events::EventsSkip,
            twitter::TwitterSkip,
        ]),
    );
    rows
}

fn json_encode() -> Vec<Row> {
    let mut rows = encode_rows!("json-encode", Fresh, [Subject ProofmarkJson, Peer SerdeJson, Peer SonicRs, Peer Flexon], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
    ]);
    rows.extend(encode_rows!("json-encode-reuse", Reused, [Subject ProofmarkJson, Peer SerdeJson, Peer SonicRs, Peer Flexon], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
    ]));
    rows
}

fn msgpack_decode() -> Vec<Row> {
    let mut rows = decode_rows!("msgpack-decode", Msgpack, owned, [Subject ProofmarkMsgpack, Peer RmpNamed, Peer MessagepackSerde], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
        tagged::TaggedLast,
        events::EventsSkip,
        twitter::TwitterSkip,
    ]);
    rows.extend(decode_rows!("msgpack-decode-borrowed", Msgpack, borrowed, [Subject ProofmarkMsgpack, Peer RmpNamed, Peer MessagepackSerde], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        manifest::Manifest,
        tagged::Tagged,
        tagged::TaggedLast,
        events::EventsSkip,
        twitter::TwitterSkip,
    ]));
    rows
}

fn msgpack_encode() -> Vec<Row> {
    let mut rows = encode_rows!("msgpack-encode", Fresh, [Subject ProofmarkMsgpack, Peer RmpNamed, Peer MessagepackSerde], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
    ]);
    rows.extend(encode_rows!("msgpack-encode-reuse", Reused, [Subject ProofmarkMsgpack, Peer RmpNamed, Peer MessagepackSerde], [
        twitter::Twitter,
        citm::Citm,
        canada::Canada,
        events::Events,
        scan::Scan,
        manifest::Manifest,
        tagged::Tagged,
    ]));
    rows
}

/// What refusing unknown fields costs where there are none: both policies of each codec in one row.
fn strictness() -> Vec<Row> {
    vec![
        Row {
            group: "strictness-json",
            shape: events::Events::NAME,
            prepare: |scale| {
                let decoding = Decoding::of::<events::Events>(Format::Json, scale)?
                    .owned::<events::EventsStrict, ProofmarkJson>(Role::Subject, "proofmark refusing")?
                    .owned::<events::EventsLax, ProofmarkJson>(Role::Variant, "proofmark skipping")?
                    .owned::<events::EventsStrict, SerdeJson>(Role::Peer, "serde_json refusing")?
                    .owned::<events::Events, SerdeJson>(Role::Peer, "serde_json skipping")?;
                Ok(decoding.ready())
            },
        },
        Row {
            group: "strictness-msgpack",
            shape: events::Events::NAME,
            prepare: |scale| {
                let decoding = Decoding::of::<events::Events>(Format::Msgpack, scale)?
                    .owned::<events::EventsStrict, ProofmarkMsgpack>(Role::Subject, "proofmark refusing")?
                    .owned::<events::EventsLax, ProofmarkMsgpack>(Role::Variant, "proofmark skipping")?
                    .owned::<events::EventsStrict, RmpNamed>(Role::Peer, "rmp-serde refusing")?
                    .owned::<events::Events, RmpNamed>(Role::Peer, "rmp-serde skipping")?;
                Ok(decoding.ready())
            },
        },
    ]
}

fn positional() -> Vec<Row> {
    let mut rows = decode_rows!("positional-decode", Positional, owned, [Subject ProofmarkMsgpack, Peer RmpPositional], [
        events::EventsPositional,
        scan::ScanPositional,
        manifest::ManifestPositional,
    ]);
    rows.extend(decode_rows!("positional-decode-borrowed", Positional, borrowed, [Subject ProofmarkMsgpack, Peer RmpPositional], [
        events::EventsPositional,
        manifest::ManifestPositional,
    ]));
    rows.extend(encode_rows!("positional-encode", Fresh, [Subject ProofmarkMsgpack, Peer RmpPositional], [
        events::EventsPositional,
        scan::ScanPositional,
        manifest::ManifestPositional,
    ]));
    rows.extend(
        encode_rows!("positional-encode-reuse", Reused, [Subject ProofmarkMsgpack, Peer RmpPositional], [
            events::EventsPositional,
            scan::ScanPositional,
            manifest::ManifestPositional,
        ]),
    );
    rows
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::data::Scale;

    #[test]
    fn every_row_has_a_name_of_its_own() {
        let rows = all();
        let names: BTreeSet<String> = rows.iter().map(Row::name).collect();
        assert_eq!(names.len(), rows.len());
    }

    #[test]
    fn every_contender_of_every_row_does_its_work_right() {
        for row in all() {
            if let Err(error) = (row.prepare)(Scale::Quick) {
                panic!("{}: {error}", row.name());
            }
        }
    }
}
