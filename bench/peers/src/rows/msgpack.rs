//! MessagePack, records as maps: decode owned, decode borrowed, encode.

use super::row;
use crate::data::events::skip as events_skip;
use crate::data::twitter::skip as twitter_skip;
use crate::data::{canada, citm, events, manifest, scan, tagged, twitter};
use crate::peer::messagepack_serde::MessagepackSerde;
use crate::peer::rmp_serde::RmpNamed;
use crate::peer::zerompk::Zerompk;
use crate::row::Row;
use crate::{decoder, encoder};

pub(super) fn rows() -> Vec<Row> {
    [decode(), decode_borrowed(), encode(), encode_reuse()].into_iter().flatten().collect()
}

macro_rules! decode {
    ($document:literal, $shape:ty, $module:ident $(, $own:expr)?) => {
        row!("msgpack-decode", $document, $shape, Msgpack, [
            decoder!(RmpNamed, $module::owned::Document),
            decoder!(MessagepackSerde, $module::owned::Document),
            $($own,)?
        ])
    };
}

fn decode() -> Vec<Row> {
    vec![
        decode!(
            "twitter",
            twitter::Twitter,
            twitter,
            decoder!(Zerompk, twitter::own::Document, from twitter::own::Document)
        ),
        decode!("citm", citm::Citm, citm, decoder!(Zerompk, citm::own::Document)),
        decode!("canada", canada::Canada, canada, decoder!(Zerompk, canada::own::Document)),
        decode!("events", events::Events, events, decoder!(Zerompk, events::own::Document)),
        decode!("scan", scan::Scan, scan, decoder!(Zerompk, scan::own::Document)),
        decode!("manifest", manifest::Manifest, manifest, decoder!(Zerompk, manifest::own::Document)),
        decode!("tagged", tagged::Tagged, tagged),
        decode!("tagged_last", tagged::TaggedLast, tagged),
        decode!(
            "events_skip",
            events::EventsSkip,
            events_skip,
            decoder!(Zerompk, events_skip::own::Document)
        ),
        decode!(
            "twitter_skip",
            twitter::TwitterSkip,
            twitter_skip,
            decoder!(Zerompk, twitter_skip::own::Document)
        ),
    ]
}

macro_rules! decode_borrowed {
    ($document:literal, $shape:ty, $module:ident $(, $own:expr)?) => {
        row!("msgpack-decode-borrowed", $document, $shape, Msgpack, [
            decoder!(RmpNamed, $module::borrowed::Document<'_>),
            decoder!(MessagepackSerde, $module::borrowed::Document<'_>),
            $($own,)?
        ])
    };
}

fn decode_borrowed() -> Vec<Row> {
    vec![
        decode_borrowed!(
            "twitter",
            twitter::Twitter,
            twitter,
            decoder!(Zerompk, twitter::own_lent::Document<'_>, from twitter::own::Document)
        ),
        decode_borrowed!("citm", citm::Citm, citm, decoder!(Zerompk, citm::own_lent::Document<'_>)),
        decode_borrowed!("canada", canada::Canada, canada, decoder!(Zerompk, canada::own_lent::Document<'_>)),
        decode_borrowed!("events", events::Events, events, decoder!(Zerompk, events::own_lent::Document<'_>)),
        decode_borrowed!(
            "manifest",
            manifest::Manifest,
            manifest,
            decoder!(Zerompk, manifest::own_lent::Document<'_>)
        ),
        decode_borrowed!("tagged", tagged::Tagged, tagged),
        decode_borrowed!("tagged_last", tagged::TaggedLast, tagged),
        decode_borrowed!(
            "events_skip",
            events::EventsSkip,
            events_skip,
            decoder!(Zerompk, events_skip::own_lent::Document<'_>)
        ),
        decode_borrowed!(
            "twitter_skip",
            twitter::TwitterSkip,
            twitter_skip,
            decoder!(Zerompk, twitter_skip::own_lent::Document<'_>)
        ),
    ]
}

/// `encode!("group", fresh|reused, "document", Shape, module)` with the peers that have a derive of their own.
macro_rules! encode {
    ($group:literal, $buffer:ident, $document:literal, $shape:ty, $module:ident, [$($own:ty),*]) => {
        row!($group, $document, $shape, Msgpack, [
            encoder!($buffer RmpNamed, $module::owned::Document),
            encoder!($buffer MessagepackSerde, $module::owned::Document),
            $(encoder!($buffer $own, $module::own::Document),)*
        ])
    };
}

fn encode() -> Vec<Row> {
    vec![
        encode!("msgpack-encode", fresh, "twitter", twitter::Twitter, twitter, [Zerompk]),
        encode!("msgpack-encode", fresh, "citm", citm::Citm, citm, [Zerompk]),
        encode!("msgpack-encode", fresh, "canada", canada::Canada, canada, [Zerompk]),
        encode!("msgpack-encode", fresh, "events", events::Events, events, [Zerompk]),
        encode!("msgpack-encode", fresh, "scan", scan::Scan, scan, [Zerompk]),
        encode!("msgpack-encode", fresh, "manifest", manifest::Manifest, manifest, [Zerompk]),
        encode!("msgpack-encode", fresh, "tagged", tagged::Tagged, tagged, []),
    ]
}

fn encode_reuse() -> Vec<Row> {
    vec![
        encode!("msgpack-encode-reuse", reused, "twitter", twitter::Twitter, twitter, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "citm", citm::Citm, citm, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "canada", canada::Canada, canada, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "events", events::Events, events, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "scan", scan::Scan, scan, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "manifest", manifest::Manifest, manifest, [Zerompk]),
        encode!("msgpack-encode-reuse", reused, "tagged", tagged::Tagged, tagged, []),
    ]
}
