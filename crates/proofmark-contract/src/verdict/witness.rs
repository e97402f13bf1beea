//! Bytes that one release wrote and another read.

use proofmark::Value;

use super::meaning::Side;
use super::{as_focus, meaning};
use crate::class::{Direction, Verdict};
use crate::codec::Codec;
use crate::lock::{Definition, Lock, Type};
use crate::replica::Replica;
use crate::sample::Samples;

/// The smallest bytes that show what a change does.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The format.
    pub codec: Codec,
    /// Who wrote and who read.
    pub direction: Direction,
    /// What was written.
    pub bytes: Vec<u8>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused, in these words.
    Refused(String),
    /// It was read as something else: where, what was written, what was read.
    Other {
        /// The place in the value.
        place: String,
        /// What the writer meant.
        written: String,
        /// What the reader saw.
        read: String,
    },
}

/// A release that writes and reads one type.
pub(super) struct Release<'a> {
    side: Side<'a>,
    replica: Replica,
    samples: Vec<Value>,
}

impl<'a> Release<'a> {
    pub(super) fn new(lock: &'a Lock, ty: &'a Type, words: &[String], focus: Option<&str>) -> Option<Self> {
        let replica = Replica::of_type(lock, ty).ok()?;
        let samples = match lock.definition(ty) {
            Some(Definition::Record(record)) => Samples::new(lock, words).records(record, as_focus(focus)),
            _ => Samples::new(lock, words).values(ty),
        };
        Some(Self { side: Side { lock, ty }, replica, samples })
    }
}

/// Lets one release read what the other writes; the verdict, and the smallest bytes that show it.
pub(super) fn exchange(
    writer: &Release<'_>,
    reader: &Release<'_>,
    codec: Codec,
    direction: Direction,
) -> (Verdict, Option<Witness>) {
    let (mut same, mut refused, mut other) = (0, Vec::new(), Vec::new());
    for value in &writer.samples {
        let Ok(bytes) = writer.replica.encode(value, codec) else { continue };
        // What a writer cannot read itself is no record of that release.
        let Ok(meant) = writer.replica.decode(&bytes, codec) else { continue };
        // As that release writes what it read: sets sorted, defaults left out.
        let Ok(bytes) = writer.replica.encode(&meant, codec) else { continue };
        match reader.replica.decode(&bytes, codec) {
            Err(error) => refused.push((bytes, Outcome::Refused(error.to_string()))),
            Ok(read) => match meaning::difference(writer.side, &meant, reader.side, &read) {
                None => same += 1,
                Some(difference) => other.push((bytes, difference)),
            },
        }
    }
    let verdict = Verdict::of_counts(same, refused.len(), other.len());
    let shown = if other.is_empty() { refused } else { other };
    let smallest = shown.into_iter().min_by_key(|(bytes, _)| bytes.len());
    (verdict, smallest.map(|(bytes, outcome)| Witness { codec, direction, bytes, outcome }))
}
