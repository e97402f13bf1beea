//! MessagePack, records as arrays: decode owned, decode borrowed, encode.
//!
//! messagepack-serde reads arrays and writes maps only. msgpacker has a layout of its own, and no borrowed maps.

use super::row;
use crate::data::{events, manifest, scan};
use crate::peer::messagepack_serde::MessagepackSerde;
use crate::peer::msgpacker::Msgpacker;
use crate::peer::rmp_serde::RmpPositional;
use crate::peer::zerompk::Zerompk;
use crate::row::Row;
use crate::{decoder, encoder};

pub(super) fn rows() -> Vec<Row> {
    [decode(), decode_borrowed(), encode(), encode_reuse()].into_iter().flatten().collect()
}

macro_rules! decode {
    ($document:literal, $shape:ty, $module:ident) => {
        row!("positional-decode", $document, $shape, Positional, [
            decoder!(RmpPositional, $module::owned::Document),
            decoder!(MessagepackSerde, $module::owned::Document),
            decoder!(Zerompk, $module::own_array::Document),
            decoder!(Msgpacker, $module::own_array::Document, from $module::own_array::Document),
        ])
    };
}

fn decode() -> Vec<Row> {
    vec![
        decode!("events", events::Events, events),
        decode!("scan", scan::Scan, scan),
        decode!("manifest", manifest::Manifest, manifest),
    ]
}

macro_rules! decode_borrowed {
    ($document:literal, $shape:ty, $module:ident) => {
        row!(
            "positional-decode-borrowed",
            $document,
            $shape,
            Positional,
            [
                decoder!(RmpPositional, $module::borrowed::Document<'_>),
                decoder!(MessagepackSerde, $module::borrowed::Document<'_>),
                decoder!(Zerompk, $module::own_array_lent::Document<'_>),
            ]
        )
    };
}

fn decode_borrowed() -> Vec<Row> {
    vec![
        decode_borrowed!("events", events::Events, events),
        decode_borrowed!("manifest", manifest::Manifest, manifest),
    ]
}

macro_rules! encode {
    ($group:literal, $buffer:ident, $document:literal, $shape:ty, $module:ident) => {
        row!($group, $document, $shape, Positional, [
            encoder!($buffer RmpPositional, $module::owned::Document),
            encoder!($buffer Zerompk, $module::own_array::Document),
            encoder!($buffer Msgpacker, $module::own_array::Document, read by itself),
        ])
    };
}

fn encode() -> Vec<Row> {
    vec![
        encode!("positional-encode", fresh, "events", events::Events, events),
        encode!("positional-encode", fresh, "scan", scan::Scan, scan),
        encode!("positional-encode", fresh, "manifest", manifest::Manifest, manifest),
    ]
}

fn encode_reuse() -> Vec<Row> {
    vec![
        encode!("positional-encode-reuse", reused, "events", events::Events, events),
        encode!("positional-encode-reuse", reused, "scan", scan::Scan, scan),
        encode!("positional-encode-reuse", reused, "manifest", manifest::Manifest, manifest),
    ]
}
