//! Keys of maps, read by a lock.

use std::borrow::Cow;

use proofmark::__private::{TagRef, invalid_enum};
use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Decode, Decoder, Result, Segment, TagValue, Value};

use super::Replica;
use super::cell::Cell;
use super::node::{EnumNode, Id, Node, Width};

/// The next key of a map, after which its value follows.
pub(super) fn next<'de, D: Decoder<'de>>(
    replica: &Replica,
    id: Id,
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Cell<'de>>> {
    match replica.node(id) {
        Node::Str => Ok(decoder.map_key(map)?.map(Cell::text)),
        Node::Bool => typed::<bool, D>(map, decoder),
        Node::Int(width) => int(*width, map, decoder),
        Node::Range(_) => typed::<i128, D>(map, decoder),
        Node::Float { .. } => typed::<f64, D>(map, decoder),
        Node::DateTime(_) => typed::<DateTime, D>(map, decoder),
        Node::Date => typed::<jiff::civil::Date, D>(map, decoder),
        Node::Time => typed::<Time, D>(map, decoder),
        Node::Duration => typed::<jiff::SignedDuration, D>(map, decoder),
        Node::Uuid => typed::<uuid::Uuid, D>(map, decoder),
        Node::Decimal => typed::<Decimal, D>(map, decoder),
        Node::Enum(choices) => choice(choices, map, decoder),
        Node::Bound { of, check } => {
            let Some(key) = next(replica, *of, map, decoder)? else { return Ok(None) };
            check.check(&key).map_err(|error| error.at(Segment::Key))?;
            Ok(Some(key))
        }
        _ => typed::<Value, D>(map, decoder),
    }
}

fn typed<'de, T: Decode<'de> + Into<Value>, D: Decoder<'de>>(
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Cell<'de>>> {
    Ok(decoder.map_key::<T>(map)?.map(|key| Cell::from(key.into())))
}

fn int<'de, D: Decoder<'de>>(width: Width, map: &mut D::Map, decoder: &mut D) -> Result<Option<Cell<'de>>> {
    match width {
        Width::I8 => typed::<i8, D>(map, decoder),
        Width::I16 => typed::<i16, D>(map, decoder),
        Width::I32 => typed::<i32, D>(map, decoder),
        Width::I64 => typed::<i64, D>(map, decoder),
        Width::U8 => typed::<u8, D>(map, decoder),
        Width::U16 => typed::<u16, D>(map, decoder),
        Width::U32 => typed::<u32, D>(map, decoder),
        Width::U64 => typed::<u64, D>(map, decoder),
        Width::U128 => typed::<u128, D>(map, decoder),
        Width::I128 => typed::<i128, D>(map, decoder),
    }
}

fn choice<'de, D: Decoder<'de>>(
    choices: &EnumNode,
    map: &mut D::Map,
    decoder: &mut D,
) -> Result<Option<Cell<'de>>> {
    if choices.is_int() {
        let Some(key) = decoder.map_key::<i128>(map)? else { return Ok(None) };
        let known = i64::try_from(key).ok().and_then(|key| choices.known_int(key));
        return match known {
            None if choices.open => Ok(Some(Value::from(key).into())),
            known => found(known, TagRef::Int(key)),
        };
    }
    let Some(key) = decoder.map_key::<Cow<'de, str>>(map)? else { return Ok(None) };
    match choices.known_text(&key) {
        None if choices.open => Ok(Some(Cell::text(key))),
        known => found(known, TagRef::Str(&key)),
    }
}

fn found<'de>(known: Option<TagValue>, key: TagRef<'_>) -> Result<Option<Cell<'de>>> {
    match known {
        Some(known) => Ok(Some(known.into())),
        None => Err(invalid_enum(key).at(Segment::Key)),
    }
}
