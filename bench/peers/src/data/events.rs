//! `events`: telemetry records of five texts, two numbers and a map of one label, 330 bytes each.
//!
//! A bit more than a quarter of the SQL texts have an escape or a character outside of ASCII.

use std::collections::BTreeMap;

use super::{Scale, Shape, prose};
use crate::random::Random;

#[macro_export]
macro_rules! events_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct Event $(<$life>)? {
                pub run_id: $text,
                pub event_time_unix_ms: u64,
                pub dataset: $text,
                pub plan_kind: $text,
                pub sql: $text,
                pub plan_hash: $text,
                pub rows: u64,
                pub labels: ::std::collections::BTreeMap<$text, $text>,
            }
        }
        pub type Document $(<$life>)? = Vec<Event $(<$life>)?>;
    };
}

#[macro_export]
macro_rules! events_skip_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct EventRows $(<$life>)? {
                pub plan_kind: $text,
                pub rows: u64,
            }
        }
        pub type Document $(<$life>)? = Vec<EventRows $(<$life>)?>;
    };
}

stamp_maps!(events_types);
stamp_arrays!(events_types);

/// Unknown fields are refused where serde and others would skip them by default.
pub mod strict {
    events_types!(
        with_strict
        {#[serde(deny_unknown_fields)] #[simd_json(deny_unknown_fields)]}
        {} [] String
    );
}

/// Unknown fields are skipped where zerompk would refuse them by default.
pub mod lax {
    events_types!(with_lax {#[msgpack(map, allow_unknown_fields)]} {} [] String);
}

pub struct Events;

impl Shape for Events {
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        let mut random = Random::new(0xe7e7);
        (0..scale.choose(1_000, 100_000)).map(|idx| event(&mut random, idx)).collect()
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// The same bytes for types that want two fields of eight.
pub struct EventsSkip;

impl Shape for EventsSkip {
    type Wire = owned::Document;
    type View = skip::owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        Events::generate(scale)
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
}

/// Two fields of eight are wanted; the others are unknown, and skipped.
pub mod skip {
    stamp_maps!(events_skip_types, msgpack(map, allow_unknown_fields));
}

const PLAN_KINDS: [&str; 4] = ["logical", "optimized", "physical", "substrait"];

fn event(random: &mut Random, idx: u64) -> owned::Event {
    owned::Event {
        run_id: prose::hex(random, 24),
        event_time_unix_ms: 1_790_000_000_000 + idx * 37 + random.below(37),
        dataset: format!("{}.{}", prose::noun(random), prose::identifier(random)),
        plan_kind: random.pick(&PLAN_KINDS).to_string(),
        sql: sql(random),
        plan_hash: prose::hex(random, 16),
        rows: random.of_digits(9),
        labels: BTreeMap::from([(prose::noun(random).to_string(), prose::identifier(random))]),
    }
}

fn sql(random: &mut Random) -> String {
    let [first, second, key] = [(); 3].map(|()| prose::identifier(random));
    let table = prose::identifier(random);
    let filter = filter(random);
    format!("SELECT {first}, sum({second}) FROM {table} WHERE {key} = {filter} GROUP BY {first}")
}

/// A quoted name escapes in JSON, a foreign name leaves ASCII.
fn filter(random: &mut Random) -> String {
    match random.below(100) {
        0..14 => format!("\"{}\"", prose::noun(random)),
        14..28 => format!("'{}'", prose::foreign(random)),
        _ => format!("'{}'", prose::noun(random)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarter_of_the_texts_needs_care() {
        let events = Events::generate(Scale::Quick);
        let hard = events.iter().filter(|event| event.sql.contains('"') || !event.sql.is_ascii()).count();
        assert!((230..=330).contains(&hard), "{hard} of {}", events.len());
    }
}
