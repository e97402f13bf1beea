//! Records as they are stored, by readers that know no type of them when they are compiled.

use std::hint::black_box;
use std::rc::Rc;

use crate::clock;
use crate::document::Document;
use crate::format::Format;
use crate::peer::as_text;
use crate::row::{Entrant, Role, Run, Task};

/// How often a record is read in one iteration: reading the clock takes as long as reading the smallest of them.
pub const READS: usize = 64;

/// Checks a reader on a record: what it read, written again, and the reader for the clock.
pub type Prepare = Box<dyn Fn(&Rc<[u8]>) -> Result<(Vec<u8>, Run), String>>;

/// A reader on its way into a row.
pub fn entrant(name: &str, role: Role, prepare: Prepare) -> Entrant {
    Entrant { name: name.to_string(), role, task: Task::Stored(prepare) }
}

/// CPU time of so many iterations of [`READS`] times `read`, results dropped outside of the time.
pub fn run<T>(iterations: u32, mut read: impl FnMut() -> T) -> std::time::Duration {
    let mut iteration = || {
        let mut results = Vec::with_capacity(READS);
        clock::timed(|| results.extend((0..READS).map(|_| black_box(read())))).1
    };
    (0..iterations).map(|_| iteration()).sum()
}

/// Trees of values, which know nothing of what they read.
pub fn trees(format: Format) -> Vec<Entrant> {
    match format {
        Format::Json | Format::PrettyJson(_) => {
            vec![entrant("serde_json Value", Role::Variant, Box::new(json))]
        }
        Format::Msgpack | Format::Positional => vec![
            entrant("rmpv Value", Role::Variant, Box::new(msgpack)),
            entrant("rmpv ValueRef", Role::Variant, Box::new(msgpack_borrowed)),
        ],
    }
}

fn json(input: &Rc<[u8]>) -> Result<(Vec<u8>, Run), String> {
    let read = |input: &[u8]| serde_json::from_slice::<serde_json::Value>(black_box(input));
    let written = serde_json::to_vec(&read(input).map_err(as_text)?).map_err(as_text)?;
    let input = Rc::clone(input);
    Ok((written, Box::new(move |iterations| run(iterations, || read(&input)))))
}

fn msgpack(input: &Rc<[u8]>) -> Result<(Vec<u8>, Run), String> {
    let read = |input: &[u8]| rmpv::decode::read_value(&mut black_box(input));
    let mut written = Vec::new();
    rmpv::encode::write_value(&mut written, &read(input).map_err(as_text)?).map_err(as_text)?;
    let input = Rc::clone(input);
    Ok((written, Box::new(move |iterations| run(iterations, || read(&input)))))
}

fn msgpack_borrowed(input: &Rc<[u8]>) -> Result<(Vec<u8>, Run), String> {
    fn read(mut input: &[u8]) -> Result<rmpv::ValueRef<'_>, rmpv::decode::Error> {
        rmpv::decode::read_value_ref(black_box(&mut input))
    }
    let mut written = Vec::new();
    rmpv::encode::write_value_ref(&mut written, &read(input).map_err(as_text)?).map_err(as_text)?;
    let input = Rc::clone(input);
    Ok((written, Box::new(move |iterations| run(iterations, || read(&input)))))
}

/// What is to be seen of a stored record.
///
/// # Errors
/// What serde_json says.
pub(crate) fn view(format: Format, bytes: &[u8]) -> Result<Vec<u8>, String> {
    match format {
        // Keys come in any order; this one is sorted.
        Format::Json | Format::PrettyJson(_) => {
            let value: serde_json::Value = serde_json::from_slice(bytes).map_err(as_text)?;
            serde_json::to_vec(&value).map_err(as_text)
        }
        Format::Msgpack | Format::Positional => Ok(bytes.to_vec()),
    }
}

impl Document {
    /// A record as it is stored.
    ///
    /// # Errors
    /// When it is not in the format.
    pub fn stored(format: Format, bytes: &[u8]) -> Result<Document, String> {
        let view = match format {
            Format::Json | Format::PrettyJson(_) => |bytes: &[u8]| view(Format::Json, bytes),
            Format::Msgpack | Format::Positional => |bytes: &[u8]| view(Format::Msgpack, bytes),
        };
        let reference = view(bytes)?;
        Ok(Document::of_parts(READS, bytes.into(), reference, view))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Row;

    fn row(format: Format, entrants: Vec<Entrant>) -> Row {
        let document = match format {
            Format::Json => |_| Document::stored(Format::Json, br#"{"b": [1, 2.5], "a": "x"}"#),
            _ => |_| Document::stored(Format::Msgpack, b"\x82\xa1b\x92\x01\xc0\xa1a\xa1x"),
        };
        Row { group: "group", shape: "record", document, entrants }
    }

    #[test]
    fn trees_read_a_record_in_either_format() {
        for format in [Format::Json, Format::Msgpack] {
            let contest = row(format, trees(format)).prepare(crate::data::Scale::Quick).unwrap();
            assert!(contest.contenders.iter().all(|contender| contender.bytes % READS == 0));
        }
    }

    #[test]
    fn a_reader_that_loses_something_is_refused() {
        let careless = |_: &Rc<[u8]>| -> Result<(Vec<u8>, Run), String> {
            Ok((br#"{"a":"x"}"#.to_vec(), Box::new(|_| std::time::Duration::ZERO)))
        };
        let entrant = entrant("careless", Role::Peer, Box::new(careless));
        let error = row(Format::Json, vec![entrant]).prepare(crate::data::Scale::Quick).err().unwrap();
        assert!(error.starts_with("careless: wrong result"), "{error}");
    }
}
