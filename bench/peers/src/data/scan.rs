//! `scan`: rows of three integers, the smallest record worth naming.
//!
//! The keys are most of the text, so this shape measures what a key costs and what an integer costs.

use super::{Scale, Shape};
use crate::random::Random;

#[macro_export]
macro_rules! scan_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct ScanRow {
                pub fragment_count: u64,
                pub row_group_count: u64,
                pub count_rows: u64,
            }
        }
        pub type Document = Vec<ScanRow>;
    };
}

/// For serde.
pub mod owned {
    scan_types!(with_serde {} {} [] String);
}

/// For derives of their own.
pub mod own {
    scan_types!(with_own {#[msgpack(map)]} {} [] String);
}

/// For derives of their own that write records as arrays.
pub mod own_array {
    scan_types!(with_own_array {#[msgpack(array)]} {} [] String);
}

pub struct Scan;

impl Shape for Scan {
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0x5ca7);
        (0..scale.choose(10_000, 100_000)).map(|_| row(&mut random)).collect()
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// Widths vary from one integer to the next, so that no branch on them can be predicted.
fn row(random: &mut Random) -> owned::ScanRow {
    owned::ScanRow {
        fragment_count: random.of_digits(4),
        row_group_count: random.of_digits(5),
        count_rows: random.of_digits(12),
    }
}
