//! `manifest`: schemas of data sets of columns, four levels deep; the work is in the many small maps and lists.

use std::collections::BTreeMap;

use super::{Scale, Shape, prose};
use crate::random::Random;

#[macro_export]
macro_rules! manifest_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
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
                pub metadata: ::std::collections::BTreeMap<$text, $text>,
            }
        }
        pub type Document $(<$life>)? = Catalog $(<$life>)?;
    };
}

stamp_maps!(manifest_types);
stamp_arrays!(manifest_types);

pub struct Manifest;

impl Shape for Manifest {
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0x3a71);
        let schemas = (0..scale.choose(2, 20)).map(|idx| schema(&mut random, idx)).collect();
        owned::Catalog { version: 1, schemas }
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
