//! What reads a record by its lock reads and writes what the record's own code does.

mod catalogue;

use std::fs;
use std::path::Path;

use proofmark::{Error, ErrorKind, Value, json};
use proofmark_artifacts::{Codec, RECORDS, RecordType};
use proofmark_contract::lock::{self, Lock};
use proofmark_contract::{Codec as Stored, Replica, View};

fn golden(row: &RecordType, file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens").join(row.name);
    fs::read(folder.join(file)).expect("each record has its goldens")
}

fn for_each_record(check: impl Fn(&RecordType, &Lock, &Replica)) {
    for row in RECORDS {
        let lock = catalogue::entry(row).lock().expect("a record has a lock");
        let replica = Replica::new(&lock).unwrap_or_else(|error| panic!("{}: {error}", row.name));
        check(row, &lock, &replica);
    }
}

#[test]
fn a_lock_is_read_back_from_its_file() {
    for_each_record(|_, lock, _| {
        let text = lock::to_vec(lock).unwrap();
        assert_eq!(&lock::from_slice(&text).unwrap(), lock);
    });
}

#[test]
fn a_replica_reads_and_writes_the_bytes_of_the_record() {
    for_each_record(|row, _, replica| {
        let (text, bytes) = (golden(row, "record.json"), golden(row, "record.msgpack"));
        let compact = row.recode(&text, Codec::Json, Codec::MessagePack).unwrap();
        assert_eq!(compact, bytes);
        let value =
            replica.decode(&bytes, Stored::MessagePack).unwrap_or_else(|e| panic!("{}: {e}", row.name));
        assert_eq!(replica.encode(&value, Stored::MessagePack).unwrap(), bytes, "{}", row.name);
        let value = replica.decode(&text, Stored::Json).unwrap_or_else(|e| panic!("{}: {e}", row.name));
        let written = replica.encode(&value, Stored::Json).unwrap();
        let pretty = json::format(&written, json::Indent::Spaces(2)).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&pretty),
            String::from_utf8_lossy(text.trim_ascii_end()),
            "{}",
            row.name
        );
    });
}

#[test]
fn a_reading_shows_what_it_holds() {
    for_each_record(|row, _, replica| {
        for (file, stored) in [("record.json", Stored::Json), ("record.msgpack", Stored::MessagePack)] {
            let bytes = golden(row, file);
            let reading = replica.read(&bytes, stored).unwrap();
            let value = replica.decode(&bytes, stored).unwrap();
            assert_eq!(reading.to_value(), value, "{}", row.name);
            assert_same(reading.root(), &value);
        }
    });
}

/// A view and the value that it is a view of, as deep as they go.
fn assert_same(view: View<'_>, value: &Value) {
    assert_eq!((view.kind(), view.is_null()), (value.kind(), value.is_null()), "{value}");
    assert_eq!(
        (view.as_i64(), view.as_u64(), view.as_f64()),
        (value.as_i64(), value.as_u64(), value.as_f64())
    );
    assert_eq!(
        (view.as_bool(), view.as_str(), view.as_bytes()),
        (value.as_bool(), value.as_str(), value.as_bytes())
    );
    let items: Vec<_> = view.items().collect();
    let expected = value.as_array().map_or(&[][..], |items| items);
    assert_eq!(items.len(), expected.len(), "{value}");
    items.iter().zip(expected).for_each(|(item, expected)| assert_same(*item, expected));
    let entries: Vec<_> = view.entries().collect();
    let expected = value.as_map().map_or(&[][..], |map| map);
    assert_eq!(entries.len(), expected.len(), "{value}");
    for ((key, item), (name, expected)) in entries.iter().zip(expected) {
        assert_same(*key, name);
        assert_same(*item, expected);
        let found = name.as_str().and_then(|name| view.get(name));
        assert_eq!(found.map(View::to_value), name.as_str().map(|_| expected.clone()));
    }
}

#[test]
fn a_replica_refuses_what_the_record_refuses_and_in_its_words() {
    for_each_record(|row, _, replica| {
        for (file, codec, stored) in [
            ("record.json", Codec::Json, Stored::Json),
            ("record.msgpack", Codec::MessagePack, Stored::MessagePack),
        ] {
            let whole = golden(row, file);
            let whole = if codec == Codec::Json { whole.trim_ascii_end() } else { &whole[..] };
            for at in 0..whole.len() {
                let mut damaged = whole.to_vec();
                damaged[at] ^= 0x11;
                for input in [&whole[..at], &damaged] {
                    let (own, replayed) = (row.recode(input, codec, codec), replica.decode(input, stored));
                    match (own, replayed) {
                        // What a check in code refuses is not in the lock.
                        (Err(own), _) if own.kind() == ErrorKind::Custom || is_payload(&own) => {}
                        (Err(own), Err(replayed)) => {
                            assert_eq!(own.to_string(), replayed.to_string(), "{}", row.name)
                        }
                        (own, replayed) => assert_eq!(
                            own.is_ok(),
                            replayed.is_ok(),
                            "{} {file} {at}: {own:?} {replayed:?}",
                            row.name
                        ),
                    }
                }
            }
        }
    });
}

/// Whether the payload of an extension value was refused, which code looks into.
fn is_payload(error: &Error) -> bool {
    error.to_string().starts_with("Invalid Arrow schema message")
}
