//! Bytes that one release wrote and another read.

use proofmark::{Record, Value};

use super::meaning;
use super::release::{Player, Release};
use crate::class::{Direction, Verdict};
use crate::codec::Codec;

/// The smallest bytes that show what a change does.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The format.
    pub codec: Codec,
    /// Who wrote and who read.
    pub direction: Direction,
    /// What was written: a whole record, or where no record leads to what changed, that alone.
    pub bytes: Vec<u8>,
    /// What became of it.
    pub outcome: Outcome,
    /// Who played the new release.
    pub actor: Actor,
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

/// Who plays the new release.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "lower")]
pub enum Actor {
    /// A replica of its lock.
    Lock,
    /// The record's own code.
    Code,
}

/// Bytes that were written and read.
struct Exchanged {
    bytes: Vec<u8>,
    /// Nothing where they were read as they were meant.
    outcome: Option<Outcome>,
    actor: Actor,
}

/// How many of the smallest values are tried as part of a record.
const WHOLE_MAX: usize = 4;

/// Lets one release read what the other writes; the verdict, and the smallest bytes that show it.
pub(super) fn exchange(
    writer: &Release<'_>,
    reader: &Release<'_>,
    codec: Codec,
    direction: Direction,
) -> (Verdict, Option<Witness>) {
    let (mut same, mut refused, mut other) = (0, Vec::new(), Vec::new());
    for value in writer.samples() {
        let Some(exchanged) = exchange_one(writer, reader, value, codec) else { continue };
        match exchanged.outcome {
            None => same += 1,
            Some(Outcome::Refused(_)) => refused.push((value, exchanged)),
            Some(Outcome::Other { .. }) => other.push((value, exchanged)),
        }
    }
    let verdict = Verdict::of_counts(same, refused.len(), other.len());
    let shown = if other.is_empty() { refused } else { other };
    let smallest = smallest(writer, reader, codec, shown);
    let witness = smallest.and_then(|Exchanged { bytes, outcome, actor }| {
        Some(Witness { codec, direction, bytes, outcome: outcome?, actor })
    });
    (verdict, witness)
}

/// One value: alone, and where the new release's own code is at hand, as part of a record, which is what code reads.
fn exchange_one(
    writer: &Release<'_>,
    reader: &Release<'_>,
    value: &Value,
    codec: Codec,
) -> Option<Exchanged> {
    let alone = exchange_by(writer.part(), reader.part(), value, codec)?;
    let has_code = writer.code().or(reader.code()).is_some();
    let played = if has_code { exchange_whole(writer, reader, value, codec) } else { None };
    Some(played.filter(|played| played.actor == Actor::Code).unwrap_or(alone))
}

/// The smallest of several, as part of a record if one of the first few does the same there.
fn smallest(
    writer: &Release<'_>,
    reader: &Release<'_>,
    codec: Codec,
    mut shown: Vec<(&Value, Exchanged)>,
) -> Option<Exchanged> {
    shown.sort_by_key(|(_, exchanged)| exchanged.bytes.len());
    let whole = shown.iter().take(WHOLE_MAX).find_map(|(value, alone)| {
        if alone.actor == Actor::Code || writer.is_whole() && reader.is_whole() {
            return None;
        }
        exchange_whole(writer, reader, value, codec).filter(|whole| is_alike(&whole.outcome, &alone.outcome))
    });
    whole.or_else(|| shown.into_iter().next().map(|(_, alone)| alone))
}

fn is_alike(a: &Option<Outcome>, b: &Option<Outcome>) -> bool {
    a.as_ref().map(std::mem::discriminant) == b.as_ref().map(std::mem::discriminant)
}

fn exchange_by(writer: &Player<'_>, reader: &Player<'_>, value: &Value, codec: Codec) -> Option<Exchanged> {
    let (meant, bytes) = writer.write(value, codec)?;
    let outcome = match reader.replica.decode(&bytes, codec) {
        Err(error) => Some(Outcome::Refused(error.to_string())),
        Ok(read) => meaning::difference(writer.side, &meant, reader.side, &read),
    };
    Some(Exchanged { bytes, outcome, actor: Actor::Lock })
}

/// One value as part of the smallest record that holds it.
fn exchange_whole(
    writer: &Release<'_>,
    reader: &Release<'_>,
    value: &Value,
    codec: Codec,
) -> Option<Exchanged> {
    let (from, to) = (writer.whole()?, reader.whole()?);
    let (meant, by_lock) = from.player.write(&from.place.around(value.clone())?, codec)?;
    let by_code = writer.code().and_then(|code| code.recode(&by_lock, codec, codec).ok());
    let has_written = by_code.is_some();
    let bytes = by_code.unwrap_or(by_lock);
    let (read, has_read) = reader.read_whole(to, &bytes, codec);
    let outcome = match read {
        Err(error) => Some(Outcome::Refused(error.to_string())),
        Ok(read) => meaning::difference(from.player.side, &meant, to.player.side, &read),
    };
    let actor = if has_written || has_read { Actor::Code } else { Actor::Lock };
    Some(Exchanged { bytes, outcome, actor })
}
