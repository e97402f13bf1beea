//! `events`: telemetry records of five texts, two numbers and a map of one label, 330 bytes each.
//!
//! A bit more than a quarter of the SQL texts have an escape or a character outside of ASCII.

use std::collections::BTreeMap;

use super::{Scale, Shape, prose, retyped, typed};
use crate::check;
use crate::random::Random;
use crate::text::Text;

macro_rules! types {
    ($(#[$attr:meta])* [$($life:lifetime)?] $text:ty) => {
        typed! {
            $(#[$attr])*
            pub struct Event $(<$life>)? {
                pub run_id: $text,
                pub event_time_unix_ms: u64,
                pub dataset: $text,
                pub plan_kind: $text,
                pub sql: $text,
                pub plan_hash: $text,
                pub rows: u64,
                pub labels: BTreeMap<$text, $text>,
            }
        }
    };
}

macro_rules! skip_types {
    ($(#[$attr:meta])* [$($life:lifetime)?] $text:ty) => {
        typed! {
            $(#[$attr])*
            pub struct EventRows $(<$life>)? {
                pub plan_kind: $text,
                pub rows: u64,
            }
        }
    };
}

/// Unknown fields meet what each peer does by default: proofmark refuses them, serde skips them.
pub mod owned {
    use super::*;
    types!([] String);
}

/// Text points into the input.
pub mod borrowed {
    use super::*;
    types!(#[serde(bound(deserialize = "'de: 'a"))] ['a] Text<'a>);
}

/// Every peer refuses unknown fields.
pub mod strict {
    use super::*;
    types!(#[serde(deny_unknown_fields)] [] String);
}

/// Every peer skips unknown fields.
pub mod lax {
    use super::*;
    types!(#[record(allow_unknown)] [] String);
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

/// Two fields of eight are wanted; the others are unknown, and every peer skips them.
pub mod skip {
    use super::*;
    skip_types!(#[record(allow_unknown)] [] String);
}

/// As [`skip`], text pointing into the input.
pub mod skip_borrowed {
    use super::*;
    skip_types!(#[record(allow_unknown)] #[serde(bound(deserialize = "'de: 'a"))] ['a] Text<'a>);
}

macro_rules! shape {
    ($(#[$doc:meta])* $name:ident, $row:literal, $owned:ty, $borrowed:ty $(, $reference:item)?) => {
        $(#[$doc])*
        pub struct $name;

        impl Shape for $name {
            const NAME: &'static str = $row;
            type Wire = Vec<owned::Event>;
            type Owned = Vec<$owned>;
            type Borrowed<'de> = Vec<$borrowed>;

            fn generate(scale: Scale) -> Self::Wire {
                let mut random = Random::new(0xe7e7);
                (0..scale.choose(1_000, 100_000)).map(|idx| event(&mut random, idx)).collect()
            }

            fn elements(wire: &Self::Wire) -> usize {
                wire.len()
            }

            $($reference)?
        }
    };
}

shape!(Events, "events", owned::Event, borrowed::Event<'de>);
shape!(
    /// The same bytes for types that refuse unknown fields under every peer.
    EventsStrict,
    "events",
    strict::Event,
    strict::Event
);
shape!(
    /// The same bytes for types that skip unknown fields under every peer.
    EventsLax,
    "events",
    lax::Event,
    lax::Event
);
shape!(
    /// The same bytes for types that want two fields of eight.
    EventsSkip,
    "events_skip",
    skip::EventRows,
    skip_borrowed::EventRows<'de>,
    fn reference(wire: &Self::Wire) -> Result<Vec<u8>, String> {
        let wanted = |event: &owned::Event| skip::EventRows { plan_kind: event.plan_kind.clone(), rows: event.rows };
        check::seen(&wire.iter().map(wanted).collect::<Vec<_>>())
    }
);

/// The same records as arrays.
pub struct EventsPositional;

impl Shape for EventsPositional {
    const NAME: &'static str = "events";
    type Wire = Vec<positional::Event>;
    type Owned = Vec<positional::Event>;
    type Borrowed<'de> = Vec<positional_borrowed::Event<'de>>;

    fn generate(scale: Scale) -> Self::Wire {
        retyped(&Events::generate(scale))
    }

    fn elements(wire: &Self::Wire) -> usize {
        wire.len()
    }
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
