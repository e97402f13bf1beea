//! Keys of maps, read by a lock.

use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Decode, Decoder, Encode, Result, Segment, Value, to_value};

use super::Replica;
use super::node::{Id, Node};

/// The next key of a map, after which its value follows.
pub(super) fn next<'de, D: Decoder<'de>>(
    replica: &Replica,
    id: Id,
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Value>> {
    match replica.node(id) {
        Node::Str => typed::<String, D>(map, decoder),
        Node::Bool => typed::<bool, D>(map, decoder),
        Node::Int { min, max } => int(*min, *max, map, decoder),
        Node::Float { .. } => typed::<f64, D>(map, decoder),
        Node::DateTime(_) => typed::<DateTime, D>(map, decoder),
        Node::Date => typed::<jiff::civil::Date, D>(map, decoder),
        Node::Time => typed::<Time, D>(map, decoder),
        Node::Duration => typed::<jiff::SignedDuration, D>(map, decoder),
        Node::Uuid => typed::<uuid::Uuid, D>(map, decoder),
        Node::Decimal => typed::<Decimal, D>(map, decoder),
        Node::Enum(choices) => {
            let Some(key) = decoder.map_key::<Value>(map)? else { return Ok(None) };
            match choices.known(&key) {
                Some(known) => to_value(known).map(Some),
                None if choices.open => Ok(Some(key)),
                None => Err(invalid(&key).at(Segment::Key)),
            }
        }
        Node::Bound { of, check } => {
            let Some(key) = next(replica, *of, map, decoder)? else { return Ok(None) };
            check.check(&key).map_err(|error| error.at(Segment::Key))?;
            Ok(Some(key))
        }
        _ => decoder.map_key::<Value>(map),
    }
}

fn typed<'de, T: Decode<'de> + Encode, D: Decoder<'de>>(
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Value>> {
    decoder.map_key::<T>(map)?.map(|key| to_value(&key)).transpose()
}

fn int<'de, D: Decoder<'de>>(
    min: i128,
    max: u128,
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Value>> {
    macro_rules! widths {
        ($($int:ty)*) => {$(
            if (min, max) == (<$int>::MIN as i128, <$int>::MAX as u128) {
                return typed::<$int, D>(map, decoder);
            }
        )*};
    }
    widths!(i64 u64 u32 i32 u16 i16 u8 i8 u128);
    typed::<i128, D>(map, decoder)
}

fn invalid(key: &Value) -> proofmark::Error {
    proofmark::Error::custom(format_args!("Invalid enum value {key}"))
}
