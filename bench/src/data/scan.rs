//! `scan`: rows of three integers, the smallest record worth naming.
//!
//! The keys are most of the text, so this shape measures what a key costs and what an integer costs.

use super::{Scale, Shape, retyped, typed};
use crate::random::Random;

macro_rules! types {
    ($(#[$attr:meta])*) => {
        typed! {
            $(#[$attr])*
            pub struct ScanRow {
                pub fragment_count: u64,
                pub row_group_count: u64,
                pub count_rows: u64,
            }
        }
    };
}

pub mod owned {
    use super::*;
    types!();
}

/// Records are arrays.
pub mod positional {
    use super::*;
    types!(#[record(positional)]);
}

pub struct Scan;

impl Shape for Scan {
    const NAME: &'static str = "scan";
    type Wire = Vec<owned::ScanRow>;
    type Owned = Vec<owned::ScanRow>;
    type Borrowed<'de> = Vec<owned::ScanRow>;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0x5ca7);
        (0..scale.choose(10_000, 100_000)).map(|_| row(&mut random)).collect()
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// The same records as arrays.
pub struct ScanPositional;

impl Shape for ScanPositional {
    const NAME: &'static str = "scan";
    type Wire = Vec<positional::ScanRow>;
    type Owned = Vec<positional::ScanRow>;
    type Borrowed<'de> = Vec<positional::ScanRow>;

    fn generate(scale: Scale) -> Self::Wire {
        retyped(&Scan::generate(scale))
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
