//! The records of this crate, filled in, as they are written: a change of form shows in review.
//!
//! `UPDATE_GOLDENS=1 cargo test -p proofmark-contract --test catalogue` writes them anew. Without, what differs is left beside
//! its golden, and `proofmark review --goldens crates/proofmark-contract/goldens` shows it and asks.

use std::fs;
use std::path::{Path, PathBuf};

use proofmark::json::{self, Indent, format};
use proofmark::schema::json_schema_of;
use proofmark::{Encode, Maybe, Record};
use proofmark_contract::compat::{Acceptance, Baseline, Gate};
use proofmark_contract::lock::{self, Lock};
use proofmark_contract::report::{self, CompatReport, GateReport, LintReport};
use proofmark_contract::verdict::Stored;
use proofmark_contract::{Codec, Entry, Registry, Replica, Use, export};

/// The day on which everything is looked at.
const TODAY: &str = "2026-11-22";

mod before {
    use proofmark::Record;

    /// Where a reader stands.
    #[derive(Record)]
    pub(crate) struct Cursor {
        pub(crate) dataset: String,
        pub(crate) version: u32,
    }
}

/// Where a reader stands.
#[derive(Record)]
struct Cursor {
    dataset: String,
    version: u64,
    #[field(absent = "open end")]
    until: Maybe<u64>,
    #[field(default = 7)]
    step: u8,
    lag: Option<f64>,
}

fn before() -> Vec<Lock> {
    let registry = Registry::new().record::<before::Cursor>("cursor", 1, Use::Cursor);
    registry.record::<before::Cursor>("plan", 1, Use::Manifest).locks().expect("records have locks")
}

fn after() -> Registry {
    let registry = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor);
    registry.record::<Cursor>("profile", 1, Use::Manifest)
}

fn locks() -> Vec<Lock> {
    after().locks().expect("records have locks")
}

fn compat_report() -> CompatReport {
    let stored = |version| Stored {
        place: format!("runs/{version}/cursor.json"),
        record: "cursor".to_owned(),
        codec: Codec::Json,
        bytes: format!(r#"{{"dataset":"orders","version":{version}}}"#).into_bytes(),
    };
    let accepted = Acceptance {
        fingerprint: "48b210c0".to_owned(),
        reason: "no reader of the old release is left".to_owned(),
        until: Maybe::Set("2026-12-01".to_owned()),
    };
    let gate = Gate {
        accepted: vec![accepted],
        corpus: vec![stored("7"), stored("-1")],
        code: after(),
        today: TODAY.to_owned(),
        ..Gate::default()
    };
    let before = Baseline { name: "0.9.0".to_owned(), locks: before(), whole: true };
    CompatReport::of(&gate.compare(&locks(), &[before]), "contracts")
}

/// A record of this crate, filled in.
fn sample(name: &str) -> Vec<u8> {
    match name {
        "compat_report" => written(&compat_report()),
        "gate_report" => written(&GateReport::of(&locks(), TODAY)),
        "lint_report" => written(&LintReport::of(&locks(), TODAY)),
        name => panic!("`{name}` has no sample"),
    }
}

fn written(record: &impl Encode) -> Vec<u8> {
    json::to_vec(record).expect("a sample can be written")
}

fn pretty(text: &[u8]) -> Vec<u8> {
    let mut text = format(text, Indent::Spaces(2)).expect("it is JSON");
    text.push(b'\n');
    text
}

fn goldens(entry: &Entry) -> [(&'static str, Vec<u8>); 4] {
    let schema = json_schema_of((entry.shape)()).expect("a record has a schema");
    let lock = [entry.lock().expect("a record has a lock")];
    [
        ("record.json", pretty(&sample(entry.name))),
        ("schema.json", pretty(schema.as_bytes())),
        ("python.py", export::python(&lock).into_bytes()),
        ("types.ts", export::typescript(&lock).into_bytes()),
    ]
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens").join(name)
}

#[test]
fn each_record_has_its_goldens_and_they_are_what_is_written() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    for entry in report::catalogue().entries() {
        for (file, written) in goldens(entry) {
            let path = folder(entry.name).join(file);
            if update {
                fs::create_dir_all(folder(entry.name)).expect("the folder can be made");
                fs::write(&path, &written).expect("the golden can be written");
            }
            let kept = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            if kept != written {
                let result = folder(entry.name).join(format!("{file}.new"));
                fs::write(&result, &written).expect("the result can be left beside its golden");
            }
            let (kept, written) = (String::from_utf8_lossy(&kept), String::from_utf8_lossy(&written));
            assert!(kept == written, "{}: kept\n{kept}\nwritten\n{written}", path.display());
        }
    }
}

#[test]
fn each_record_is_as_it_is_locked() {
    let kept = lock::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../contracts")).unwrap();
    for lock in report::catalogue().locks().unwrap() {
        assert!(
            kept.contains(&lock),
            "{} is stale: run `proofmark lock`, and look at what changed",
            lock.record
        );
    }
}

#[test]
fn what_reads_a_report_by_its_lock_reads_and_writes_what_its_own_code_does() {
    for entry in report::catalogue().entries() {
        let (text, code) = (sample(entry.name), entry.code.as_ref().expect("it is at hand"));
        let replica = Replica::new(&entry.lock().unwrap()).unwrap();
        let read = replica.decode(&text, Codec::Json).unwrap();
        assert_eq!(replica.encode(&read, Codec::Json).unwrap(), text);
        for cut in (0..text.len()).step_by(17) {
            let (own, replayed) = (
                code.recode(&text[..cut], Codec::Json, Codec::Json).unwrap_err(),
                replica.decode(&text[..cut], Codec::Json).unwrap_err(),
            );
            assert_eq!(own.to_string(), replayed.to_string());
        }
        let unknown = String::from_utf8(text).unwrap().replacen('{', r#"{"no_such_field":1,"#, 1);
        let refused = code.recode(unknown.as_bytes(), Codec::Json, Codec::Json).unwrap_err();
        assert!(refused.to_string().contains("`no_such_field`"), "{refused}");
    }
}
