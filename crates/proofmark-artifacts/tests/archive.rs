//! Archives of bundles: the same bytes every time, and nothing in one that does harm.

mod sample;

use std::io::{Cursor, Write};

use proofmark_artifacts::verify::verify_run;
use proofmark_artifacts::*;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

struct Fixture {
    dir: TempDir,
    store: RunStore,
    run: Committed,
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path().join("runs"));
    let mut run = store.begin().unwrap();
    let mut profile = RuntimeProfileSnapshot { profile_sha256: Digest::of(b""), ..sample::profile() };
    profile.settings.insert("aws.secret_access_key".to_owned(), Some("hunter2".to_owned()));
    profile.profile_sha256 = fingerprint(&profile).unwrap();
    let mut manifest = Manifest { run_id: run.id().to_string(), status: RunStatus::Ok, ..sample::manifest() };
    manifest.statements[0].sql =
        "CREATE EXTERNAL TABLE f STORED AS CSV LOCATION '/data/flights.parquet' OPTIONS ('a.token' 'hunter2')"
            .to_owned();
    run.put(&manifest).unwrap();
    run.put(&profile).unwrap();
    run.put(&sample::repro()).unwrap();
    run.put(&sample::plan()).unwrap();
    run.put(&sample::ast()).unwrap();
    let run = run.commit(RunSummary::new(RunStatus::Ok, sample::time(0))).unwrap();
    Fixture { dir, store, run }
}

impl Fixture {
    fn bundle(&self) -> Bundle {
        self.store.bundle(&self.run.index.run_id).unwrap()
    }

    fn packed(&self) -> Vec<u8> {
        let mut archive = Cursor::new(Vec::new());
        pack(&self.bundle(), &mut archive).unwrap();
        archive.into_inner()
    }

    fn redacted(&self, redaction: Redaction) -> Vec<u8> {
        let mut archive = Cursor::new(Vec::new());
        pack_redacted(&self.bundle(), redaction, &mut archive).unwrap();
        archive.into_inner()
    }

    /// Another store, which has nothing yet.
    fn there(&self) -> RunStore {
        RunStore::new(self.dir.path().join("there"))
    }
}

/// The files of an archive by name.
fn files(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut files = Vec::new();
    for idx in 0..zip.len() {
        let mut file = zip.by_index(idx).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut file, &mut bytes).unwrap();
        files.push((String::from_utf8(file.name_raw().to_vec()).unwrap(), bytes));
    }
    files
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_bundle_comes_out_as_it_went_in() {
    let fixture = fixture();
    let unpacked = fixture.there().unpack(Cursor::new(fixture.packed())).unwrap();
    assert_eq!(unpacked.index, fixture.run.index);
    for entry in fixture.run.path.read_dir().unwrap() {
        let name = entry.unwrap().file_name();
        let read = |dir: &std::path::Path| std::fs::read(dir.join(&name)).unwrap();
        assert_eq!(read(&unpacked.path), read(&fixture.run.path), "{name:?}");
    }
    let again = fixture.there().unpack(Cursor::new(fixture.packed())).unwrap_err();
    assert_eq!(again.kind(), StoreErrorKind::Exists);
    assert_eq!(fixture.there().path().read_dir().unwrap().count(), 1, "nothing is left of what was refused");
}

#[test]
fn the_same_bundle_gives_the_same_bytes() {
    let fixture = fixture();
    assert_eq!(fixture.packed(), fixture.packed());
    let redaction = Redaction { paths: true, secrets: true };
    assert_eq!(fixture.redacted(redaction), fixture.redacted(redaction));
}

#[track_caller]
fn check_refused(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>), kind: StoreErrorKind, words: &str) {
    let fixture = fixture();
    let mut files = files(&fixture.packed());
    change(&mut files);
    let error = fixture.there().unpack(Cursor::new(zipped(&files))).unwrap_err();
    assert!(error.kind() == kind && error.to_string().contains(words), "{error:?}");
    let there = fixture.there();
    assert!(there.ids().unwrap().is_empty());
    assert!(!fixture.dir.path().join("evil").exists());
    // A refused archive leaves nothing, or an empty store.
    assert!(there.path().read_dir().map_or(0, Iterator::count) == 0);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in ["../evil", "/evil", "x/../../evil", "..\\evil", "evil"] {
        let add = |files: &mut Vec<(String, Vec<u8>)>| files.push((name.to_owned(), b"x".to_vec()));
        check_refused(add, StoreErrorKind::Damaged, "the index does not know the file");
    }
}

#[test]
fn an_index_that_names_files_elsewhere_is_refused() {
    let fixture = fixture();
    let mut index = fixture.run.index.clone();
    index.artifacts[0].file = "../evil".to_owned();
    let index = Envelope::seal(&index).unwrap();
    check_refused(|files| files[0].1 = index, StoreErrorKind::Damaged, "the index names a file `../evil`");
}

#[test]
fn what_is_missing_or_changed_is_refused() {
    check_refused(|files| drop(files.remove(0)), StoreErrorKind::Damaged, "it has no `bundle.json`");
    check_refused(|files| drop(files.pop()), StoreErrorKind::Damaged, "it has no `repro.json`");
    check_refused(|files| files[1].1[0] ^= 1, StoreErrorKind::Damaged, "is not what was digested");
    check_refused(|files| files[0].1[100] ^= 1, StoreErrorKind::Damaged, "its index is damaged");
    let fixture = fixture();
    let packed = fixture.packed();
    for len in [0, 1, packed.len() / 2, packed.len() - 1] {
        assert!(fixture.there().unpack(Cursor::new(&packed[..len])).is_err(), "{len}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // A file may be as large as the index says, and not one byte larger; an index has a limit of its own.
    let bomb = |files: &mut Vec<(String, Vec<u8>)>| files[1].1 = vec![0; 1 << 20];
    check_refused(bomb, StoreErrorKind::TooLarge, "has more than");
    let bomb = |files: &mut Vec<(String, Vec<u8>)>| files[0].1 = vec![b' '; INDEX_BYTES_MAX as usize + 1];
    check_refused(bomb, StoreErrorKind::TooLarge, "`bundle.json` has more than 8388608 bytes");
}

#[test]
fn more_files_than_a_bundle_has_are_refused() {
    let fill = |count: usize| {
        move |files: &mut Vec<(String, Vec<u8>)>| {
            let names = files.len()..count;
            files.extend(names.map(|idx| (format!("f{idx}"), Vec::new())));
        }
    };
    check_refused(fill(ARTIFACTS_MAX + 2), StoreErrorKind::TooLarge, "258 files, more than 257");
    check_refused(fill(ARTIFACTS_MAX + 1), StoreErrorKind::Damaged, "the index does not know the file");
}

#[test]
fn places_and_secrets_are_taken_out_and_the_rest_is_whole() {
    let fixture = fixture();
    let archive = fixture.redacted(Redaction { paths: true, secrets: true });
    for (name, bytes) in files(&archive) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["/data", "/home", "hunter2"] {
            assert!(!text.contains(word), "{name} holds `{word}`: {text}");
        }
    }
    let store = fixture.there();
    let unpacked = store.unpack(Cursor::new(archive)).unwrap();
    let bundle = store.bundle(&unpacked.index.run_id).unwrap();
    let report = verify_run(&bundle);
    assert!(report.is_clean(), "{:?}", report.findings);
    assert_ne!(unpacked.index.fingerprint, fixture.run.index.fingerprint, "it does not claim to be the same");
    let stored = bundle.read("manifest").unwrap();
    let manifest: Manifest = stored.decode().unwrap();
    assert!(manifest.notes.last().unwrap().starts_with("redacted: paths, secrets"));
    assert_eq!(manifest.datasets[0].path, proofmark::Maybe::Set("[path 2]".to_owned()));
    assert!(
        manifest.statements[0].sql.ends_with("LOCATION '[path 2]' OPTIONS ('a.token' '[secret]')"),
        "{}",
        manifest.statements[0].sql
    );
}

#[test]
fn what_was_not_asked_for_stays() {
    let fixture = fixture();
    let paths = files(&fixture.redacted(Redaction { paths: true, secrets: false }));
    let secrets = files(&fixture.redacted(Redaction { paths: false, secrets: true }));
    let holds = |files: &[(String, Vec<u8>)], word: &str| {
        files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word))
    };
    assert!(!holds(&paths, "/data") && holds(&paths, "hunter2"));
    assert!(holds(&secrets, "/data") && !holds(&secrets, "hunter2"));
}
