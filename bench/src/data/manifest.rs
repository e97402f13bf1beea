//! `manifest`: schemas of data sets of columns, four levels deep; the work is in the many small maps and lists.

use std::collections::BTreeMap;

use super::{Scale, Shape, prose, retyped, typed};
use crate::random::Random;
use crate::text::Text;

macro_rules! types {
    ($(#[$attr:meta])* [$($life:lifetime)?] $text:ty) => {
        typed! {
            $(#[$attr])*
            pub struct Catalog $(<$life>)? {
                pub version: u64,
                pub schemas: Vec<Schema $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Schema $(<$life>)? {
                pub name: $text,
                pub datasets: Vec<Dataset $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Dataset $(<$life>)? {
                pub name: $text,
                pub path: $text,
                pub rows: u64,
                pub columns: Vec<Column $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Column $(<$life>)? {
                pub name: $text,
                pub data_type: $text,
                pub nullable: bool,
                pub metadata: BTreeMap<$text, $text>,
            }
        }
    };
}

pub mod owned {
    use super::*;
    types!([] String);
}

/// Text points into the input.
pub mod borrowed {
    use super::*;
    types!(#[serde(bound(deserialize = "'de: 'a"))] ['a] Text<'a>);
}

/// Records are arrays.
pub mod positional {
    use super::*;
    types!(#[record(positional)] [] String);
}

/// As [`positional`], text pointing into the input.
pub mod positional_borrowed {
    use super::*;
    types!(#[record(positional)] #[serde(bound(deserialize = "'de: 'a"))] ['a] Text<'a>);
}

pub struct Manifest;

impl Shape for Manifest {
    const NAME: &'static str = "manifest";
    type Wire = owned::Catalog;
    type Owned = owned::Catalog;
    type Borrowed<'de> = borrowed::Catalog<'de>;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0x3a71);
        let schemas = (0..scale.choose(2, 20)).map(|idx| schema(&mut random, idx)).collect();
        owned::Catalog { version: 1, schemas }
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.schemas.iter().flat_map(|schema| &schema.datasets).map(|dataset| dataset.columns.len()).sum()
    }
}

/// The same records as arrays.
pub struct ManifestPositional;

impl Shape for ManifestPositional {
    const NAME: &'static str = "manifest";
    type Wire = positional::Catalog;
    type Owned = positional::Catalog;
    type Borrowed<'de> = positional_borrowed::Catalog<'de>;

    fn generate(scale: Scale) -> Self::Wire {
        retyped(&Manifest::generate(scale))
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.schemas.iter().flat_map(|schema| &schema.datasets).map(|dataset| dataset.columns.len()).sum()
    }
}

const DATASETS: usize = 100;
const COLUMNS: usize = 30;
const DATA_TYPES: [&str; 8] = [
    "Boolean",
    "Date32",
    "Decimal128(15, 2)",
    "Float64",
    "Int32",
    "Int64",
    "Timestamp(Microsecond, None)",
    "Utf8",
];

fn schema(random: &mut Random, idx: usize) -> owned::Schema {
    owned::Schema {
        name: format!("{}_{idx}", prose::noun(random)),
        datasets: (0..DATASETS).map(|idx| dataset(random, idx)).collect(),
    }
}

fn dataset(random: &mut Random, idx: usize) -> owned::Dataset {
    let name = format!("{}_{idx}", prose::identifier(random));
    owned::Dataset {
        path: format!("s3://lake/{name}/part-{idx:05}.parquet"),
        name,
        rows: random.of_digits(9),
        columns: (0..COLUMNS).map(|_| column(random)).collect(),
    }
}

fn column(random: &mut Random) -> owned::Column {
    owned::Column {
        name: prose::identifier(random),
        data_type: random.pick(&DATA_TYPES).to_string(),
        nullable: random.chance(50),
        metadata: BTreeMap::from([("comment".to_string(), prose::identifier(random))]),
    }
}
