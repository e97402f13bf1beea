//! Unknown fields refused, and unknown fields skipped, where there are none: the same policy on every side of a row.

use super::row;
use crate::data::events::{self, Events};
use crate::decoder;
use crate::peer::flexon::{Flexon, FlexonInPlace};
use crate::peer::messagepack_serde::MessagepackSerde;
use crate::peer::miniserde::Miniserde;
use crate::peer::rmp_serde::RmpNamed;
use crate::peer::serde_json::SerdeJson;
use crate::peer::simd_json::SimdJson;
use crate::peer::simd_json_derive::SimdJsonDerive;
use crate::peer::sonic_rs::SonicRs;
use crate::peer::zerompk::Zerompk;
use crate::row::Row;

pub(super) fn rows() -> Vec<Row> {
    vec![
        row!(
            "deny-unknown",
            "json",
            Events,
            Json,
            [
                decoder!(SerdeJson, events::strict::Document),
                decoder!(SonicRs, events::strict::Document),
                decoder!(SimdJson, events::strict::Document),
                decoder!(Flexon, events::strict::Document),
                decoder!(FlexonInPlace, events::strict::Document),
                decoder!(SimdJsonDerive, events::strict::Document),
            ]
        ),
        row!(
            "deny-unknown",
            "msgpack",
            Events,
            Msgpack,
            [
                decoder!(RmpNamed, events::strict::Document),
                decoder!(MessagepackSerde, events::strict::Document),
                decoder!(Zerompk, events::own::Document),
            ]
        ),
        row!(
            "allow-unknown",
            "json",
            Events,
            Json,
            [
                decoder!(SerdeJson, events::owned::Document),
                decoder!(SonicRs, events::owned::Document),
                decoder!(SimdJson, events::owned::Document),
                decoder!(Flexon, events::owned::Document),
                decoder!(FlexonInPlace, events::owned::Document),
                decoder!(SimdJsonDerive, events::own::Document),
                decoder!(Miniserde, events::own::Document),
            ]
        ),
        row!(
            "allow-unknown",
            "msgpack",
            Events,
            Msgpack,
            [
                decoder!(RmpNamed, events::owned::Document),
                decoder!(MessagepackSerde, events::owned::Document),
                decoder!(Zerompk, events::lax::Document),
            ]
        ),
    ]
}
