//! The documents' types as proofmark has them, made of the same lists of fields as those of the peers.
//!
//! Serde's derives are there for the check alone.

macro_rules! with_record {
    ($($item:item)*) => {
        $(#[derive(PartialEq, ::proofmark::Record, ::serde::Serialize, ::serde::Deserialize)] $item)*
    };
}

macro_rules! with_record_lent {
    ($($item:item)*) => {
        $(#[derive(PartialEq, ::proofmark::Record, ::serde::Serialize)] $item)*
    };
}

/// Types that own their text, and types whose text points into the input.
macro_rules! stamp {
    ($types:ident, {$(#[$record:meta])*}) => {
        pub mod owned {
            ::bench_peers::$types!(
                with_record
                {$(#[$record])*}
                {#[field(default)] #[serde(default, skip_serializing_if = "Option::is_none")]}
                [] String
            );
        }

        pub mod borrowed {
            ::bench_peers::$types!(
                with_record_lent
                {$(#[$record])*}
                {#[field(default)] #[serde(default, skip_serializing_if = "Option::is_none")]}
                ['a] ::std::borrow::Cow<'a, str>
            );
        }
    };
}

pub mod canada {
    stamp!(canada_types, {});
}

pub mod citm {
    stamp!(citm_types, {});
}

pub mod events {
    stamp!(events_types, {});
}

pub mod events_lax {
    stamp!(events_types, {#[record(allow_unknown)]});
}

pub mod events_positional {
    stamp!(events_types, {#[record(positional)]});
}

pub mod events_skip {
    stamp!(events_skip_types, {#[record(allow_unknown)]});
}

pub mod manifest {
    stamp!(manifest_types, {});
}

pub mod manifest_positional {
    stamp!(manifest_types, {#[record(positional)]});
}

pub mod scan {
    pub mod owned {
        ::bench_peers::scan_types!(with_record {} {} [] String);
    }
}

pub mod scan_positional {
    pub mod owned {
        ::bench_peers::scan_types!(with_record {#[record(positional)]} {} [] String);
    }
}

pub mod tagged {
    pub mod owned {
        ::bench_peers::tagged_types!(
            with_record {#[serde(tag = "type")]}
            {#[record(tag = "Scan")]} {#[record(tag = "Filter")]}
            {#[record(tag = "Join")]} {#[record(tag = "Failure")]}
            [] String
        );
    }

    pub mod borrowed {
        ::bench_peers::tagged_types!(
            with_record_lent {#[serde(tag = "type")]}
            {#[record(tag = "Scan")]} {#[record(tag = "Filter")]}
            {#[record(tag = "Join")]} {#[record(tag = "Failure")]}
            ['a] ::std::borrow::Cow<'a, str>
        );
    }
}

pub mod twitter {
    stamp!(twitter_types, {});
}

pub mod twitter_skip {
    stamp!(twitter_skip_types, {#[record(allow_unknown)]});
}
