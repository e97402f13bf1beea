//! Absent, null and a value, for every optional field of every record, in both formats: taken or refused as declared.

mod catalogue;

use proofmark_artifacts::{Codec, RECORDS, RecordType};
use proofmark_contract::lock::{Lock, Type};
use proofmark_contract::presence::{Vector, decisions, vectors};
use proofmark_contract::{Codec as Stored, Replica};

fn for_each_vector(check: impl Fn(&RecordType, &Lock, &Vector) -> Result<(), String>) {
    let mut faults = Vec::new();
    for row in RECORDS {
        let lock = catalogue::entry(row).lock().expect("a record has a lock");
        let told = |vector: &Vector| {
            let Vector { definition, field, state, codec, .. } = vector;
            let fault = check(row, &lock, vector).err()?;
            Some(format!("{}: {definition}.{field} {state:?} in {}: {fault}", row.name, codec.name()))
        };
        faults.extend(vectors(&lock).iter().filter_map(told));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn as_declared(vector: &Vector, read: Result<(), proofmark::Error>) -> Result<(), String> {
    match (vector.accepted, read) {
        (true, Err(error)) => Err(format!("should be taken: {error}")),
        (false, Ok(())) => Err("should be refused".to_owned()),
        _ => Ok(()),
    }
}

#[test]
fn a_reader_built_from_the_lock_does_as_declared() {
    for_each_vector(|_, lock, vector| {
        let ty = Type::Named(vector.definition.clone());
        let replica = Replica::of_type(lock, &ty).map_err(|error| error.to_string())?;
        as_declared(vector, replica.decode(&vector.bytes, vector.codec).map(drop))
    });
}

#[test]
fn the_record_itself_does_as_declared() {
    for_each_vector(|row, lock, vector| {
        if lock.root != Type::Named(vector.definition.clone()) {
            return Ok(());
        }
        let codec = match vector.codec {
            Stored::Json => Codec::Json,
            Stored::MessagePack => Codec::MessagePack,
        };
        match row.recode(&vector.bytes, codec, codec) {
            // What a check in code refuses has nothing to do with presence.
            Err(error) if error.kind() == proofmark::ErrorKind::Custom => Ok(()),
            read => as_declared(vector, read.map(drop)),
        }
    });
}

#[test]
fn each_optional_field_has_its_vectors() {
    let mut missing = Vec::new();
    for row in RECORDS {
        let lock = catalogue::entry(row).lock().unwrap();
        let vectors = vectors(&lock);
        for decision in decisions(&lock) {
            let own = |vector: &&Vector| {
                (&vector.definition, &vector.field) == (&decision.definition, &decision.field)
            };
            let count = vectors.iter().filter(own).count();
            if count < 4 {
                missing.push(format!("{}: {}.{} has {count}", row.name, decision.definition, decision.field));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
