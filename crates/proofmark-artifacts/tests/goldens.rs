//! Each record, filled in, as it is written: a change of form shows in review.
//!
//! `UPDATE_GOLDENS=1 cargo test -p proofmark-artifacts --test goldens` writes them anew. Without, what differs is left beside
//! its golden, and `proofmark review --goldens crates/proofmark-artifacts/goldens` shows it and asks.

mod sample;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proofmark::json::{Indent, format};
use proofmark::schema::json_schema;
use proofmark_artifacts::{Artifact, Codec, RECORDS, RecordType};

/// The files of one golden folder.
type Golden = BTreeMap<&'static str, Vec<u8>>;

fn golden<T: Artifact>(record: &T) -> (&'static str, Golden) {
    let written = |codec: Codec| codec.encode(record).expect("a sample can be written");
    let schema = json_schema::<T>().expect("a record has a schema");
    let mut schema = format(schema.as_bytes(), Indent::Spaces(2)).expect("a schema is JSON");
    schema.push(b'\n');
    let files = [
        ("record.json", written(Codec::Json)),
        ("record.msgpack", written(Codec::MessagePack)),
        ("schema.json", schema),
    ];
    (T::NAME, files.into())
}

fn goldens() -> BTreeMap<&'static str, Golden> {
    [
        golden(&sample::bundle()),
        golden(&sample::manifest()),
        golden(&sample::repro()),
        golden(&sample::profile()),
        golden(&sample::plan()),
        golden(&sample::ast()),
        golden(&sample::telemetry()),
        golden(&sample::diagnostics()),
        golden(&sample::run_event()),
        golden(&sample::explain_event()),
        golden(&sample::prepared_statement_event()),
        golden(&sample::parse_error_event()),
        golden(&sample::plan_event()),
        golden(&sample::udf_validation_event()),
        golden(&sample::schema_validation_event()),
        golden(&sample::file_pruning_event()),
        golden(&sample::memory_event()),
        golden(&sample::cache_state_event()),
        golden(&sample::object_store_event()),
        golden(&sample::feature_state_event()),
        golden(&sample::incremental_event()),
        golden(&sample::rejected_row()),
        golden(&sample::intake_report()),
        golden(&sample::cdf_cursor()),
        golden(&sample::cursor_reset()),
        golden(&sample::run_diff()),
        golden(&sample::plan_diff()),
        golden(&sample::verify_report()),
        golden(&sample::proof_report()),
        golden(&sample::envelope()),
    ]
    .into()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens").join(name)
}

fn for_each_golden(check: impl Fn(&RecordType, &Golden)) {
    let goldens = goldens();
    for row in RECORDS {
        let golden =
            goldens.get(row.name).unwrap_or_else(|| panic!("`{}` has a row and no golden", row.name));
        check(row, golden);
    }
}

#[test]
fn each_row_has_its_goldens_and_they_are_what_is_written() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    for_each_golden(|row, golden| {
        for (file, written) in golden {
            let path = folder(row.name).join(file);
            if update {
                fs::create_dir_all(folder(row.name)).expect("the folder can be made");
                fs::write(&path, written).expect("the golden can be written");
            }
            let kept = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            if kept != *written {
                let result = folder(row.name).join(format!("{file}.new"));
                fs::write(&result, written).expect("the result can be left beside its golden");
            }
            let (kept, written) = (String::from_utf8_lossy(&kept), String::from_utf8_lossy(written));
            assert!(kept == written, "{}: kept\n{kept}\nwritten\n{written}", path.display());
        }
    });
}

#[test]
fn no_golden_is_left_of_a_record_that_is_gone() {
    for entry in folder("").read_dir().expect("there are goldens") {
        let name = entry.expect("it can be listed").file_name();
        assert!(RECORDS.iter().any(|row| name == row.name), "{name:?} has a golden and no row");
    }
}

#[test]
fn both_formats_hold_the_same_record() {
    for_each_golden(|row, golden| {
        let (json, msgpack) = (&golden["record.json"], &golden["record.msgpack"]);
        assert_eq!(&row.recode(json, Codec::Json, Codec::MessagePack).unwrap(), msgpack, "{}", row.name);
        assert_eq!(&row.recode(msgpack, Codec::MessagePack, Codec::Json).unwrap(), json, "{}", row.name);
        let fingerprint = |bytes, codec| row.fingerprint(bytes, codec).unwrap();
        assert_eq!(fingerprint(json, Codec::Json), fingerprint(msgpack, Codec::MessagePack), "{}", row.name);
    });
}

#[test]
fn a_record_cut_at_any_byte_is_refused() {
    for_each_golden(|row, golden| {
        for (file, codec) in [("record.json", Codec::Json), ("record.msgpack", Codec::MessagePack)] {
            let whole = if codec == Codec::Json { golden[file].trim_ascii_end() } else { &golden[file][..] };
            for len in 0..whole.len() {
                assert!(row.recode(&whole[..len], codec, codec).is_err(), "{} {file} cut to {len}", row.name);
            }
        }
    });
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    for_each_golden(|row, golden| {
        let text = String::from_utf8(golden["record.json"].clone()).unwrap();
        let extended = text.replacen('{', "{\"no_such_field\":1,", 1);
        let error = row.recode(extended.as_bytes(), Codec::Json, Codec::Json).unwrap_err();
        assert!(error.to_string().contains("`no_such_field`"), "{}: {error}", row.name);
    });
}
