//! JSON: decode owned, decode borrowed, encode.

use super::row;
use crate::data::events::skip as events_skip;
use crate::data::twitter::skip as twitter_skip;
use crate::data::{canada, citm, events, manifest, scan, tagged, twitter};
use crate::peer::flexon::{Flexon, FlexonInPlace};
use crate::peer::miniserde::Miniserde;
use crate::peer::musli::Musli;
use crate::peer::serde_json::SerdeJson;
use crate::peer::simd_json::SimdJson;
use crate::peer::simd_json_derive::SimdJsonDerive;
use crate::peer::sonic_rs::SonicRs;
use crate::row::Row;
use crate::{decoder, encoder};

pub(super) fn rows() -> Vec<Row> {
    [decode(), decode_borrowed(), encode(), encode_reuse()].into_iter().flatten().collect()
}

/// `decode!("document", Shape, module)` with the peers that have a derive of their own in brackets.
macro_rules! decode {
    ($document:literal, $shape:ty, $module:ident, [$($own:ty),*]) => {
        row!("json-decode", $document, $shape, Json, [
            decoder!(SerdeJson, $module::owned::Document),
            decoder!(SonicRs, $module::owned::Document),
            decoder!(SimdJson, $module::owned::Document),
            decoder!(Flexon, $module::owned::Document),
            decoder!(FlexonInPlace, $module::owned::Document),
            $(decoder!($own, $module::own::Document),)*
        ])
    };
}

fn decode() -> Vec<Row> {
    vec![
        decode!("twitter", twitter::Twitter, twitter, [SimdJsonDerive, Miniserde, Musli]),
        decode!("citm", citm::Citm, citm, [SimdJsonDerive, Miniserde, Musli]),
        decode!("canada", canada::Canada, canada, [SimdJsonDerive, Miniserde, Musli]),
        decode!("events", events::Events, events, [SimdJsonDerive, Miniserde, Musli]),
        decode!("scan", scan::Scan, scan, [SimdJsonDerive, Miniserde, Musli]),
        decode!("manifest", manifest::Manifest, manifest, [SimdJsonDerive, Miniserde, Musli]),
        decode!("tagged", tagged::Tagged, tagged, []),
        decode!("tagged_last", tagged::TaggedLast, tagged, []),
        decode!("events_skip", events::EventsSkip, events_skip, [SimdJsonDerive, Miniserde, Musli]),
        decode!("twitter_skip", twitter::TwitterSkip, twitter_skip, [SimdJsonDerive, Miniserde, Musli]),
    ]
}

/// As `decode!`, the brackets holding entrants.
macro_rules! decode_borrowed {
    ($document:literal, $shape:ty, $module:ident, [$($own:expr),*]) => {
        row!("json-decode-borrowed", $document, $shape, Json, [
            decoder!(SerdeJson, $module::borrowed::Document<'_>),
            decoder!(SonicRs, $module::borrowed::Document<'_>),
            decoder!(SimdJson, $module::borrowed::Document<'_>),
            decoder!(Flexon, $module::borrowed::Document<'_>),
            decoder!(FlexonInPlace, $module::borrowed::Document<'_>),
            $($own,)*
        ])
    };
    ($document:literal, $shape:ty, $module:ident) => {
        decode_borrowed!($document, $shape, $module, [
            decoder!(SimdJsonDerive, $module::own_lent::Document<'_>),
            decoder!(Musli, $module::own_cow::Document<'_>)
        ])
    };
}

fn decode_borrowed() -> Vec<Row> {
    vec![
        decode_borrowed!("twitter", twitter::Twitter, twitter),
        decode_borrowed!("citm", citm::Citm, citm),
        decode_borrowed!("canada", canada::Canada, canada),
        decode_borrowed!("events", events::Events, events),
        decode_borrowed!("manifest", manifest::Manifest, manifest),
        decode_borrowed!("tagged", tagged::Tagged, tagged, []),
        decode_borrowed!("tagged_last", tagged::TaggedLast, tagged, []),
        decode_borrowed!("events_skip", events::EventsSkip, events_skip),
        decode_borrowed!("twitter_skip", twitter::TwitterSkip, twitter_skip),
    ]
}

macro_rules! encode {
    ($document:literal, $shape:ty, $module:ident, [$($own:ty),*]) => {
        row!("json-encode", $document, $shape, Json, [
            encoder!(fresh SerdeJson, $module::owned::Document),
            encoder!(fresh SonicRs, $module::owned::Document),
            encoder!(fresh SimdJson, $module::owned::Document),
            encoder!(fresh Flexon, $module::owned::Document),
            $(encoder!(fresh $own, $module::own::Document),)*
        ])
    };
}

fn encode() -> Vec<Row> {
    vec![
        encode!("twitter", twitter::Twitter, twitter, [SimdJsonDerive, Miniserde, Musli]),
        encode!("citm", citm::Citm, citm, [SimdJsonDerive, Miniserde, Musli]),
        encode!("canada", canada::Canada, canada, [SimdJsonDerive, Miniserde, Musli]),
        encode!("events", events::Events, events, [SimdJsonDerive, Miniserde, Musli]),
        encode!("scan", scan::Scan, scan, [SimdJsonDerive, Miniserde, Musli]),
        encode!("manifest", manifest::Manifest, manifest, [SimdJsonDerive, Miniserde, Musli]),
        encode!("tagged", tagged::Tagged, tagged, []),
    ]
}

/// Miniserde cannot write to a buffer that is there already.
macro_rules! encode_reuse {
    ($document:literal, $shape:ty, $module:ident, [$($own:ty),*]) => {
        row!("json-encode-reuse", $document, $shape, Json, [
            encoder!(reused SerdeJson, $module::owned::Document),
            encoder!(reused SonicRs, $module::owned::Document),
            encoder!(reused SimdJson, $module::owned::Document),
            encoder!(reused Flexon, $module::owned::Document),
            $(encoder!(reused $own, $module::own::Document),)*
        ])
    };
}

fn encode_reuse() -> Vec<Row> {
    vec![
        encode_reuse!("twitter", twitter::Twitter, twitter, [SimdJsonDerive, Musli]),
        encode_reuse!("citm", citm::Citm, citm, [SimdJsonDerive, Musli]),
        encode_reuse!("canada", canada::Canada, canada, [SimdJsonDerive, Musli]),
        encode_reuse!("events", events::Events, events, [SimdJsonDerive, Musli]),
        encode_reuse!("scan", scan::Scan, scan, [SimdJsonDerive, Musli]),
        encode_reuse!("manifest", manifest::Manifest, manifest, [SimdJsonDerive, Musli]),
        encode_reuse!("tagged", tagged::Tagged, tagged, []),
    ]
}
