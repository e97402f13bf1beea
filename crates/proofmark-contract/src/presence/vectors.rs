//! The vectors of an optional field: absent, null and a value, in both formats, and what a reader has to make of them.

use proofmark::{Maybe, Value};

use super::{has_option, of_field};
use crate::codec::Codec;
use crate::lock::{Bounds, Definition, FieldLock, Lock, Type};
use crate::replica::Replica;
use crate::sample::{Focus, Samples, Words};

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not there.
    Absent,
    /// It is null.
    Null,
    /// It has a value.
    Value,
}

/// A record in which one field is in one state.
#[derive(Clone, Debug)]
pub struct Vector {
    /// The definition that has the field.
    pub definition: String,
    /// The field.
    pub field: String,
    /// Its state.
    pub state: State,
    /// The format.
    pub codec: Codec,
    /// The record.
    pub bytes: Vec<u8>,
    /// Whether a reader has to take it.
    pub accepted: bool,
}

/// The vectors of every optional field of a lock: three states in two formats.
///
/// A position that is not the last cannot be left out, so that there is no such vector.
pub fn vectors(lock: &Lock) -> Vec<Vector> {
    let mut vectors = Vec::new();
    for (name, definition) in &lock.types {
        let Definition::Record(record) = definition else { continue };
        for (at, field) in record.fields.iter().enumerate() {
            let is_written = !field.read_only && !field.flatten;
            if is_written && of_field(field).is_some() {
                vectors.extend(of_states(lock, name, at, record.positional));
            }
        }
    }
    vectors
}

fn of_states(lock: &Lock, definition: &str, at: usize, positional: bool) -> Vec<Vector> {
    let Some(Definition::Record(record)) = lock.types.get(definition) else { return Vec::new() };
    let field = &record.fields[at];
    let Some(writer) = writer(lock, definition, at) else { return Vec::new() };
    let mut vectors = Vec::new();
    for (state, accepted) in states(field) {
        if positional && state == State::Absent {
            continue;
        }
        let samples = Samples::new(lock, Words::NONE).records(record, Focus::Field(field.identity()));
        let Some(sample) = samples.iter().find_map(|sample| in_state(sample, &field.name, state)) else {
            continue;
        };
        for codec in Codec::ALL {
            let Ok(bytes) = writer.encode(&sample, codec) else { continue };
            let (definition, field) = (definition.to_owned(), field.name.clone());
            vectors.push(Vector { definition, field, state, codec, bytes, accepted });
        }
    }
    vectors
}

/// The states of a field, and whether its policy takes them.
fn states(field: &FieldLock) -> [(State, bool); 3] {
    let takes_null =
        has_option(&field.ty) || matches!(field.ty.present(), Type::Any | Type::Raw | Type::Null);
    [(State::Absent, !field.is_required()), (State::Null, takes_null), (State::Value, true)]
}

/// A writer that can leave the field out, and write null for it, whatever the lock says.
fn writer(lock: &Lock, definition: &str, at: usize) -> Option<Replica> {
    let mut lock = lock.clone();
    let Some(Definition::Record(record)) = lock.types.get_mut(definition) else { return None };
    let field = &mut record.fields[at];
    let present = field.ty.present().clone();
    let optional = Type::Optional(Box::new(present));
    field.ty = if record.positional { optional } else { Type::Maybe(Box::new(optional)) };
    field.default = Maybe::Unset;
    field.bounds = Bounds::default();
    record.encode_defaults = false;
    Replica::of_type(&lock, &Type::Named(definition.to_owned())).ok()
}

/// A sample with the field in a state, if it is or can be put in it.
fn in_state(sample: &Value, field: &str, state: State) -> Option<Value> {
    let mut sample = sample.clone();
    let Value::Map(map) = &mut sample else { return None };
    match state {
        State::Absent => drop(map.remove(field)),
        State::Null => drop(map.insert(field, Value::Null)),
        State::Value => {
            map.get(field).filter(|value| !value.is_null())?;
        }
    }
    Some(sample)
}
