//! The derives, and the sets of types that each shape is stamped out in.
//!
//! Derives of different crates differ in what they say about text, generics and attributes, but all take a plain
//! struct. So a shape lists its fields once, in a macro, and that macro is called once per dialect.

/// Every codec that works through serde.
macro_rules! with_serde {
    ($($item:item)*) => {
        $(#[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)] $item)*
    };
}

/// The same, text pointing into the input: records that have a lifetime say so to serde.
macro_rules! with_serde_lent {
    ($($(#[$attr:meta])* pub $kind:ident $name:ident $(<$life:lifetime>)? {$($body:tt)*})*) => {
        $(
            #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
            $(#[doc = concat!("Its text lives for ", stringify!($life))] #[serde(bound(deserialize = "'de: 'a"))])?
            $(#[$attr])*
            pub $kind $name $(<$life>)? {$($body)*}
        )*
    };
}

/// Codecs with derives of their own, text owned. Serde's are there for the check alone.
macro_rules! with_own {
    ($($item:item)*) => {
        $(
            #[derive(
                ::serde::Serialize, ::serde::Deserialize,
                ::simd_json_derive::Serialize, ::simd_json_derive::Deserialize,
                ::miniserde::Serialize, ::miniserde::Deserialize,
                ::musli::Encode, ::musli::Decode,
                ::zerompk::ToMessagePack, ::zerompk::FromMessagePack,
            )]
            $item
        )*
    };
}

/// Codecs with derives of their own that lend text as `&str`: by unescaping in place, or because nothing is escaped.
macro_rules! with_own_lent {
    ($($item:item)*) => {
        $(#[derive(::serde::Serialize, ::simd_json_derive::Deserialize, ::zerompk::FromMessagePack)] $item)*
    };
}

/// Codecs with derives of their own that lend text as `Cow<str>`.
macro_rules! with_own_cow {
    ($($item:item)*) => {
        $(#[derive(::serde::Serialize, ::musli::Decode)] $item)*
    };
}

/// Codecs with derives of their own that write records as arrays, text owned.
macro_rules! with_own_array {
    ($($item:item)*) => {
        $(
            #[derive(
                ::serde::Serialize, ::serde::Deserialize,
                ::zerompk::ToMessagePack, ::zerompk::FromMessagePack,
                ::msgpacker::MsgPacker,
            )]
            $item
        )*
    };
}

/// The same, text lent.
macro_rules! with_own_array_lent {
    ($($item:item)*) => {
        $(#[derive(::serde::Serialize, ::zerompk::FromMessagePack)] $item)*
    };
}

/// Codecs that can refuse unknown fields and do not do it by default.
macro_rules! with_strict {
    ($($item:item)*) => {
        $(#[derive(::serde::Serialize, ::serde::Deserialize, ::simd_json_derive::Deserialize)] $item)*
    };
}

/// Codecs that can skip unknown fields and do not do it by default.
macro_rules! with_lax {
    ($($item:item)*) => {
        $(#[derive(::serde::Serialize, ::zerompk::FromMessagePack)] $item)*
    };
}

/// The types of a shape in every dialect that reads and writes records as maps.
macro_rules! stamp_maps {
    ($types:ident) => {
        stamp_maps!($types, msgpack(map));
    };
    ($types:ident, $msgpack:meta) => {
        /// For serde, text owned.
        pub mod owned {
            $types!(with_serde {} {#[serde(default, skip_serializing_if = "Option::is_none")]} [] String);
        }

        /// For serde, text pointing into the input.
        pub mod borrowed {
            use crate::text::Text;
            $types!(with_serde_lent {} {#[serde(default, skip_serializing_if = "Option::is_none")]} ['a] Text<'a>);
        }

        /// For derives of their own, text owned.
        pub mod own {
            $types!(
                with_own
                {#[$msgpack]}
                {
                    #[msgpack(default)]
                    #[musli(default, skip_encoding_if = Option::is_none)]
                    #[simd_json(skip_serializing_if = "Option::is_none")]
                }
                [] String
            );
        }

        /// For derives of their own, text pointing into the input.
        pub mod own_lent {
            $types!(with_own_lent {#[$msgpack]} {#[msgpack(default)]} ['a] &'a str);
        }

        /// For derives of their own, text pointing into the input where it has no escapes.
        pub mod own_cow {
            use std::borrow::Cow;
            $types!(with_own_cow {} {#[musli(default)]} ['a] Cow<'a, str>);
        }
    };
}

/// The types of a shape in every dialect that reads and writes records as arrays.
macro_rules! stamp_arrays {
    ($types:ident) => {
        /// For derives of their own that write records as arrays, text owned.
        pub mod own_array {
            $types!(with_own_array {#[msgpack(array)]} {} [] String);
        }

        /// The same, text pointing into the input.
        pub mod own_array_lent {
            $types!(with_own_array_lent {#[msgpack(array)]} {} ['a] &'a str);
        }
    };
}
