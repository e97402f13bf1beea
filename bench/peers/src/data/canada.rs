//! `canada`: the outline of a country as pairs of floats with 15 decimals, in few and long rings.
//!
//! Made after the file of that name in the public JSON benchmarks: 480 rings, 55,540 pairs, digits that need all of a
//! float's precision because they went through arithmetic once.

use super::{Scale, Shape};
use crate::random::Random;

#[macro_export]
macro_rules! canada_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct Collection $(<$life>)? {
                pub kind: $text,
                pub features: Vec<Feature $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Feature $(<$life>)? {
                pub kind: $text,
                pub properties: Properties $(<$life>)?,
                pub geometry: Geometry $(<$life>)?,
            }
            $(#[$attr])*
            pub struct Properties $(<$life>)? {
                pub name: $text,
            }
            $(#[$attr])*
            pub struct Geometry $(<$life>)? {
                pub kind: $text,
                pub coordinates: Vec<Vec<(f64, f64)>>,
            }
        }
        pub type Document $(<$life>)? = Collection $(<$life>)?;
    };
}

stamp_maps!(canada_types);

pub struct Canada;

impl Shape for Canada {
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(_: Scale) -> Self::Wire {
        let mut random = Random::new(0xca0a);
        let geometry = owned::Geometry { kind: "Polygon".to_string(), coordinates: rings(&mut random) };
        let properties = owned::Properties { name: "Canada".to_string() };
        let feature = owned::Feature { kind: "Feature".to_string(), properties, geometry };
        owned::Collection { kind: "FeatureCollection".to_string(), features: vec![feature] }
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.features.iter().flat_map(|feature| &feature.geometry.coordinates).map(Vec::len).sum()
    }
}

const RINGS: u64 = 480;
const PAIRS: u64 = 55_540;

/// Lengths of 8 to 223 pairs, the last ring taking what is left.
fn rings(random: &mut Random) -> Vec<Vec<(f64, f64)>> {
    let mut left = PAIRS;
    (1..=RINGS)
        .map(|ring| {
            let length = if ring == RINGS { left } else { random.between(8, 223).min(left - (RINGS - ring)) };
            left -= length;
            walk(random, length)
        })
        .collect()
}

/// A coast: small steps from a starting point, each position rounded to six decimals as surveyors do.
fn walk(random: &mut Random, length: u64) -> Vec<(f64, f64)> {
    let mut longitude = -140.0 + 85.0 * random.unit();
    let mut latitude = 42.0 + 40.0 * random.unit();
    let step = |from: f64, random: &mut Random| ((from + 0.1 * (random.unit() - 0.5)) * 1e6).round() / 1e6;
    (0..length)
        .map(|_| {
            longitude = step(longitude, random);
            latitude = step(latitude, random);
            (inexact(longitude, random), inexact(latitude, random))
        })
        .collect()
}

/// What is left of a position after arithmetic: one to three steps off, so that no short text reads back as it.
fn inexact(position: f64, random: &mut Random) -> f64 {
    let off = random.between(1, 3);
    f64::from_bits(if random.chance(50) { position.to_bits() + off } else { position.to_bits() - off })
}
