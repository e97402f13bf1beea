//! Our own artifacts as they are stored, read by the lock alone: what does it cost to know a type only when running?
//!
//! The subject is a replica, which checks all that the record's own code checks. That code is shown beside it, and so are
//! trees of values, ours and others', which check nothing but the syntax.

use std::hint::black_box;
use std::rc::Rc;

use bench_peers::document::Document;
use bench_peers::format::Format;
use bench_peers::peer::as_text;
use bench_peers::row::{Entrant, Role, Row, Run};
use bench_peers::stored::{entrant, run, trees};
use proofmark::{Value, json, msgpack};
use proofmark_artifacts::{Manifest, PlanArtifact, RuntimeProfileSnapshot, TelemetryArtifact};
use proofmark_contract::{Codec, Replica, lock};

/// `stored!("name", Type)`: the rows of a record in both formats.
macro_rules! stored {
    ($name:literal, $type:ty) => {{
        const LOCK: &[u8] = include_bytes!(concat!("../../contracts/", $name, ".lock.json"));
        const JSON: &[u8] =
            include_bytes!(concat!("../../crates/proofmark-artifacts/goldens/", $name, "/record.json"));
        const MSGPACK: &[u8] =
            include_bytes!(concat!("../../crates/proofmark-artifacts/goldens/", $name, "/record.msgpack"));
        let code =
            |codec| entrant("own code", Role::Variant, Box::new(move |input| own::<$type>(input, codec)));
        [
            Row {
                group: "replica-json",
                shape: $name,
                document: |_| Document::stored(Format::Json, JSON),
                entrants: entrants(LOCK, Codec::Json, code(Codec::Json)),
            },
            Row {
                group: "replica-msgpack",
                shape: $name,
                document: |_| Document::stored(Format::Msgpack, MSGPACK),
                entrants: entrants(LOCK, Codec::MessagePack, code(Codec::MessagePack)),
            },
        ]
    }};
}

/// The rows of stored artifacts.
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = [
        stored!("manifest", Manifest),
        stored!("profile", RuntimeProfileSnapshot),
        stored!("plan", PlanArtifact),
        stored!("telemetry", TelemetryArtifact),
    ]
    .into_iter()
    .flatten()
    .collect();
    rows.sort_by_key(|row| row.group);
    rows
}

fn entrants(lock: &'static [u8], codec: Codec, own: Entrant) -> Vec<Entrant> {
    let mut entrants = vec![
        entrant("proofmark replica", Role::Subject, Box::new(move |input| replica(lock, input, codec))),
        entrant("replica to a Value", Role::Variant, Box::new(move |input| decoded(lock, input, codec))),
        own,
        entrant("proofmark Value", Role::Variant, Box::new(move |input| value(input, codec))),
    ];
    entrants.extend(trees(if codec == Codec::Json { Format::Json } else { Format::Msgpack }));
    entrants
}

fn replica_of(bytes: &[u8]) -> Result<Replica, String> {
    Replica::new(&lock::from_slice(bytes).map_err(as_text)?).map_err(as_text)
}

fn replica(lock: &[u8], input: &Rc<[u8]>, codec: Codec) -> Result<(Vec<u8>, Run), String> {
    let replica = replica_of(lock)?;
    let value = replica.read(input, codec).map_err(as_text)?.to_value();
    let written = replica.encode(&value, codec).map_err(as_text)?;
    let input = Rc::clone(input);
    Ok((written, Box::new(move |times| run(times, || replica.read(black_box(&input), codec)))))
}

fn decoded(lock: &[u8], input: &Rc<[u8]>, codec: Codec) -> Result<(Vec<u8>, Run), String> {
    let replica = replica_of(lock)?;
    let value = replica.decode(input, codec).map_err(as_text)?;
    let written = replica.encode(&value, codec).map_err(as_text)?;
    let input = Rc::clone(input);
    Ok((written, Box::new(move |times| run(times, || replica.decode(black_box(&input), codec)))))
}

fn own<T>(input: &Rc<[u8]>, codec: Codec) -> Result<(Vec<u8>, Run), String>
where
    T: proofmark::Encode + for<'de> proofmark::Decode<'de>,
{
    let read = move |input: &[u8]| match codec {
        Codec::Json => json::from_slice::<T>(black_box(input)),
        Codec::MessagePack => msgpack::from_slice::<T>(black_box(input)),
    };
    let written = match codec {
        Codec::Json => json::to_vec(&read(input).map_err(as_text)?),
        Codec::MessagePack => msgpack::to_vec(&read(input).map_err(as_text)?),
    };
    let input = Rc::clone(input);
    Ok((written.map_err(as_text)?, Box::new(move |times| run(times, || read(&input)))))
}

/// The value keeps the order of its keys, so that it writes the bytes that it read.
fn value(input: &Rc<[u8]>, codec: Codec) -> Result<(Vec<u8>, Run), String> {
    let read = move |input: &[u8]| match codec {
        Codec::Json => json::from_slice::<Value>(black_box(input)),
        Codec::MessagePack => msgpack::from_slice::<Value>(black_box(input)),
    };
    let value = read(input).map_err(as_text)?;
    let written = match codec {
        Codec::Json => json::Encoder::new().order(proofmark::Order::Declared).to_vec(&value),
        Codec::MessagePack => msgpack::Encoder::new().order(proofmark::Order::Declared).to_vec(&value),
    };
    let input = Rc::clone(input);
    Ok((written.map_err(as_text)?, Box::new(move |times| run(times, || read(&input)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reader_of_every_row_does_its_work_right() {
        for row in rows() {
            if let Err(error) = row.prepare(bench_peers::data::Scale::Quick) {
                panic!("{}: {error}", row.name());
            }
        }
    }
}
