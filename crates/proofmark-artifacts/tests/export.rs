//! The exports of each record: Python that reads and writes what the record does, TypeScript that compiles.
//!
//! `UPDATE_GOLDENS=1 cargo test -p proofmark-artifacts --test export` writes them anew. The tests that run Python look
//! for `PROOFMARK_PYTHON`, or a `python3` that has msgspec; those that run TypeScript for `PROOFMARK_TSC`, or `tsc`.
//! Without them the tests say so and pass.

#[path = "../../proofmark-contract/tests/odd/mod.rs"]
mod odd;
#[path = "../../proofmark-contract/tests/tool/mod.rs"]
mod tool;

use std::fs;
use std::path::{Path, PathBuf};

use proofmark::{Error, ErrorKind, Value, json, msgpack};
use proofmark_artifacts::{Codec, RECORDS, RecordType};
use proofmark_contract::lock::Lock;
use proofmark_contract::{Codec as Stored, Entry, Use, export};

use tool::Case;

fn lock(row: &RecordType) -> Lock {
    let RecordType { name, version, shape, .. } = *row;
    let entry = Entry { name, version, used_as: Use::Manifest, codecs: &Stored::ALL, shape, code: None };
    entry.lock().expect("a record has a lock")
}

fn locks() -> Vec<Lock> {
    RECORDS.iter().map(lock).collect()
}

fn goldens(row: &RecordType) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens").join(row.name)
}

fn golden(row: &RecordType, file: &str) -> Vec<u8> {
    fs::read(goldens(row).join(file)).expect("each record has its goldens")
}

#[test]
fn each_export_is_as_it_was_reviewed() {
    for row in RECORDS {
        let locks = [lock(row)];
        for (file, written) in
            [("python.py", export::python(&locks)), ("types.ts", export::typescript(&locks))]
        {
            let path = goldens(row).join(file);
            if std::env::var_os("UPDATE_GOLDENS").is_some() {
                fs::write(&path, &written).expect("the golden can be written");
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == written, "{}: kept\n{kept}\nwritten\n{written}", path.display());
        }
    }
}

/// The goldens and everything odd that can be made of them, in both formats.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for row in RECORDS {
        let text = golden(row, "record.json");
        let text = json::format(&text, json::Indent::None).expect("a golden is JSON");
        let bytes = golden(row, "record.msgpack");
        let value: Value = json::from_slice(&text).expect("a golden is JSON");
        let odd_text = odd::odd_values(&value).into_iter().filter_map(|value| json::to_vec(&value).ok());
        let value: Value = msgpack::from_slice(&bytes).expect("a golden is MessagePack");
        let odd_bytes = odd::odd_values(&value).into_iter().filter_map(|value| msgpack::to_vec(&value).ok());
        let text = std::iter::once(text).chain(odd_text);
        let bytes = std::iter::once(bytes).chain(odd_bytes);
        cases.extend(text.filter_map(|document| case(row, Stored::Json, document)));
        cases.extend(bytes.filter_map(|document| case(row, Stored::MessagePack, document)));
    }
    cases
}

/// What becomes of a document; `None` where a check in code refuses it, of which no lock tells more than that it is there.
fn case(row: &RecordType, codec: Stored, document: Vec<u8>) -> Option<Case> {
    let own = match codec {
        Stored::Json => Codec::Json,
        Stored::MessagePack => Codec::MessagePack,
    };
    let written = match row.recode(&document, own, own) {
        Ok(pretty) if codec == Stored::Json => {
            Some(json::format(&pretty, json::Indent::None).expect("what is written is JSON"))
        }
        Ok(bytes) => Some(bytes),
        Err(error) if is_of_code(&error) => return None,
        Err(_) => None,
    };
    Some(Case { record: row.name.to_owned(), codec, document, written })
}

fn is_of_code(error: &Error) -> bool {
    error.kind() == ErrorKind::Custom || error.to_string().starts_with("Invalid Arrow schema message")
}

#[test]
fn python_reads_and_refuses_what_the_record_does_and_writes_the_same_bytes() {
    tool::check_python(&export::python(&locks()), cases);
}

/// Bytes in goldens: a schema, a row that is no document, and a plan.
const BASE64: [&str; 4] =
    ["\"/////xAAAAAQEBAQEBAQEBAQEBAQEBAQ\"", "\"wf8=\"", "\"MgIQPw==\"", "\"CgISAA==\""];

#[test]
fn typescript_compiles_and_takes_the_goldens() {
    let mut program = String::from("import type { Records } from \"./records.js\";\n");
    for row in RECORDS {
        let golden = String::from_utf8(golden(row, "record.json")).expect("JSON is text");
        // Text has to be declared to be base64.
        let golden = BASE64.iter().fold(golden, |golden, text| golden.replace(text, "\"\" as never"));
        program.push_str(&format!("export const {}: Records[\"{0}\"] = {golden};\n", row.name));
    }
    program.push_str(include_str!("export/refused.ts"));
    tool::check_typescript(&export::typescript(&locks()), &program);
}
