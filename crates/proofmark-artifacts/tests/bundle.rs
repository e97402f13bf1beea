//! Bundles as they are written, found, read and refused.

mod sample;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use proofmark::Maybe;
use proofmark_artifacts::{
    ARTIFACTS_MAX, AstArtifact, BundleIndex, CdfCursor, Committed, Envelope, Manifest, RunStatus, RunStore,
    RunSummary, StoreErrorKind, StoreErrorKind::*, path_part,
};
use tempfile::TempDir;

struct Fixture {
    dir: TempDir,
    store: RunStore,
    run: Committed,
}

/// A store with one run of two artifacts.
fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path().join("runs"));
    let run = record(&store, &sample::manifest());
    Fixture { dir, store, run }
}

fn record(store: &RunStore, manifest: &Manifest) -> Committed {
    let mut run = store.begin().unwrap();
    run.put(manifest).unwrap();
    run.put(&sample::ast()).unwrap();
    run.commit(summary()).unwrap()
}

fn summary() -> RunSummary {
    RunSummary::new(RunStatus::Ok, sample::time(0))
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        dir.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_run_is_seen_whole_after_its_commit_and_not_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let mut run = store.begin().unwrap();
    run.put(&sample::manifest()).unwrap();
    assert_eq!(store.ids().unwrap(), []);
    let id = run.id().clone();
    let committed = run.commit(summary()).unwrap();
    assert_eq!(store.ids().unwrap(), std::slice::from_ref(&id));
    assert_eq!(names(dir.path()), [id.as_str()]);
    assert_eq!(names(&committed.path), ["bundle.json", "manifest.json"]);
    assert_eq!(store.bundle(&id).unwrap().index(), &committed.index);
}

#[test]
fn artifacts_read_back_in_both_formats() {
    let Fixture { store, run, dir: _dir } = fixture();
    let bundle = store.bundle(&run.index.run_id).unwrap();
    assert_eq!(bundle.read("manifest").unwrap().decode::<Manifest>().unwrap(), sample::manifest());
    let ast = bundle.read("ast").unwrap();
    assert_eq!(ast.decode::<AstArtifact>().unwrap(), sample::ast());
    assert!(bundle.verify().is_empty());
    let error = ast.decode::<Manifest>().unwrap_err();
    assert_eq!(error.to_string(), "ast.msgpack: holds `ast.v1`, not `manifest.v1`");
    let error = bundle.read("plan").unwrap_err();
    assert!(error.to_string().ends_with("no artifact `plan`; there are: ast, manifest"), "{error}");
}

#[test]
fn the_same_work_has_the_same_fingerprint_and_other_work_has_not() {
    let Fixture { store, run, dir: _dir } = fixture();
    let mut manifest = sample::manifest();
    manifest.run_id = "another".to_owned();
    manifest.started_at = sample::time(1_000);
    manifest.elapsed_ns = Maybe::Unset;
    manifest.repro.host.cpu_count = 64;
    manifest.datasets[0].path = Maybe::Set("/elsewhere.parquet".to_owned());
    let again = record(&store, &manifest);
    assert_eq!(again.index.fingerprint, run.index.fingerprint);
    assert_ne!(again.index.entry("manifest").unwrap().sha256, run.index.entry("manifest").unwrap().sha256);

    manifest.datasets[0].rows = Maybe::Set(1);
    assert_ne!(record(&store, &manifest).index.fingerprint, run.index.fingerprint);
}

/// Changes one file of a bundle, and expects reading it to be refused, by a message that names it.
fn check_damage(change: impl Fn(&Path), kind: StoreErrorKind) {
    for file in ["ast.msgpack", "manifest.json", "bundle.json"] {
        let Fixture { store, run, dir: _dir } = fixture();
        change(&run.path.join(file));
        let listed = store.runs().unwrap().next().unwrap();
        let error = match listed.index {
            Err(error) => error,
            Ok(_) => store.bundle(&run.index.run_id).unwrap().verify().remove(0),
        };
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(file), "{error}");
    }
}

#[test]
fn a_file_that_is_damaged_missing_or_no_file_is_named_and_not_served() {
    check_damage(|path| fs::write(path, b"").unwrap(), Damaged);
    check_damage(|path| fs::write(path, &fs::read(path).unwrap()[1..]).unwrap(), Damaged);
    check_damage(|path| fs::write(path, vec![0; 100]).unwrap(), Damaged);
    check_damage(|path| fs::remove_file(path).unwrap(), NotFound);
    check_damage(|path| fs::write(path, vec![b' '; 9 << 20]).unwrap(), TooLarge);
    check_damage(|path| replace(path, |path| fs::create_dir(path).unwrap()), NotAFile);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    let target = |path: &Path| path.with_extension("target");
    check_damage(
        |path| {
            fs::rename(path, target(path)).unwrap();
            std::os::unix::fs::symlink(target(path), path).unwrap();
        },
        NotAFile,
    );
    let make_pipe =
        |path: &Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    check_damage(|path| replace(path, make_pipe), NotAFile);

    let Fixture { dir, store, run } = fixture();
    let moved = dir.path().join("moved");
    fs::rename(&run.path, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &run.path).unwrap();
    assert_eq!(store.bundle(&run.index.run_id).err().unwrap().kind(), NotAFile);
}

fn replace(path: &Path, make: impl Fn(&Path)) {
    fs::remove_file(path).unwrap();
    make(path);
}

#[test]
fn every_flipped_bit_is_found() {
    let Fixture { store, run, dir: _dir } = fixture();
    for file in ["ast.msgpack", "manifest.json", "bundle.json"] {
        let path = run.path.join(file);
        let whole = fs::read(&path).unwrap();
        for idx in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[idx] ^= 1 << (idx % 8);
            overwrite(&path, &flipped);
            let found = match store.bundle(&run.index.run_id) {
                Ok(bundle) => bundle.verify(),
                Err(error) => vec![error],
            };
            assert!(
                found.len() == 1 && found[0].to_string().contains(file),
                "byte {idx} of {file}: {found:?}"
            );
        }
        overwrite(&path, &whole);
    }
}

/// Writes in place: file systems wait for the disk when a file is cut and written anew.
fn overwrite(path: &Path, bytes: &[u8]) {
    fs::OpenOptions::new().write(true).open(path).unwrap().write_all(bytes).unwrap();
}

#[test]
fn an_index_cannot_send_the_reader_elsewhere() {
    let Fixture { dir, store, run } = fixture();
    fs::write(dir.path().join("secret.json"), b"{}").unwrap();
    let with = |edit: &dyn Fn(&mut BundleIndex)| {
        let mut index = run.index.clone();
        edit(&mut index);
        fs::write(run.path.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
        store.bundle(&run.index.run_id)
    };
    for file in ["../../secret.json", "/etc/passwd", ".", "bundle.json"] {
        let bundle = with(&|index| index.artifacts[1].file = file.to_owned()).unwrap();
        let error = bundle.read("manifest").unwrap_err();
        assert_eq!(error.kind(), Damaged, "{file}: {error}");
    }
    let renamed = with(&|index| index.run_id = sample::bundle().run_id);
    assert_eq!(renamed.err().unwrap().kind(), Damaged);
}

#[test]
fn a_file_the_index_does_not_know_is_found() {
    let Fixture { store, run, dir: _dir } = fixture();
    fs::write(run.path.join("extra"), b"").unwrap();
    let found = store.bundle(&run.index.run_id).unwrap().verify();
    assert!(found.len() == 1 && found[0].to_string().contains("extra"), "{found:?}");
}

#[test]
fn names_from_data_stay_inside_the_bundle() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path().join("runs"));
    let mut run = store.begin().unwrap();
    let names = ["../../x", "/etc/passwd", "a/b", "\0", "CON", "con", "caf\u{e9}", "cafe\u{301}", "bundle"];
    for name in names {
        run.put_as(name, &sample::cdf_cursor()).unwrap();
    }
    assert_eq!(run.put_as("", &sample::cdf_cursor()).unwrap_err().kind(), Encode);
    let committed = run.commit(summary()).unwrap();
    assert_eq!(committed.path.read_dir().unwrap().count(), names.len() + 1);
    assert_eq!(dir.path().read_dir().unwrap().count(), 1);
    let bundle = store.bundle(&committed.index.run_id).unwrap();
    for name in names {
        let stored = bundle.read(name).unwrap();
        assert_eq!(stored.entry.file, format!("{}.json", path_part(name)).replace("bundle", "%62undle"));
    }
}

#[test]
fn what_cannot_be_written_is_named_in_the_index_and_the_run_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let mut run = store.begin().unwrap();
    run.put(&sample::cdf_cursor()).unwrap();
    assert_eq!(run.put(&sample::cdf_cursor()).unwrap_err().kind(), Exists);
    run.missing("ast", "nested too deeply");
    let index = run.commit(summary()).unwrap().index;
    assert_eq!(index.summary.status, RunStatus::Incomplete);
    assert_eq!(index.missing.iter().map(|missing| missing.name.as_str()).collect::<Vec<_>>(), ["ast"]);
    let bundle = store.bundle(&index.run_id).unwrap();
    assert!(bundle.read("cdf_cursor").is_ok(), "the one that was written first is kept");
    let error = bundle.read("ast").unwrap_err();
    assert!(error.to_string().ends_with("`ast` could not be written: nested too deeply"), "{error}");
}

#[test]
fn what_is_made_beside_the_caller_is_there_or_named_with_its_reason() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let mut run = store.begin().unwrap();
    run.put_made(sample::manifest).unwrap();
    assert_eq!(run.put_made(sample::manifest).unwrap_err().kind(), Exists);
    run.put_made(|| CdfCursor::new("", 7)).unwrap();
    run.put_made(|| -> AstArtifact<'static> { std::panic::panic_any(1_u8) }).unwrap();
    let unwritten = run.unwritten().to_vec();
    assert_eq!(run.unwritten(), unwritten, "asked twice, the same is told");

    let index = run.commit(summary()).unwrap().index;
    assert_eq!(index.summary.status, RunStatus::Incomplete);
    let named: Vec<_> = index.missing.iter().map(|missing| missing.name.as_str()).collect();
    assert_eq!(named, ["ast", "cdf_cursor"]);
    assert_eq!(unwritten.len(), 2);
    let bundle = store.bundle(&index.run_id).unwrap();
    assert!(bundle.read("manifest").is_ok());
    let reason = |name| bundle.read(name).unwrap_err().to_string();
    let refused = "`cdf_cursor` could not be written: cannot encode it: Expected `str` of length >= 1 - at `$.dataset_name`";
    assert!(reason("cdf_cursor").ends_with(refused), "{}", reason("cdf_cursor"));
    let panicked = "`ast` could not be written: the thread that was to write it panicked";
    assert!(reason("ast").ends_with(panicked), "{}", reason("ast"));
    assert!(bundle.verify().is_empty(), "nothing half-written is left: {:?}", bundle.verify());
}

#[test]
fn a_bundle_takes_as_many_artifacts_as_the_limit_says() {
    let dir = tempfile::tempdir().unwrap();
    let mut run = RunStore::new(dir.path()).begin().unwrap();
    for idx in 0..ARTIFACTS_MAX {
        run.put_as(&idx.to_string(), &sample::cdf_cursor()).unwrap();
    }
    assert_eq!(run.put_as("one more", &sample::cdf_cursor()).unwrap_err().kind(), TooLarge);
    let id = run.commit(summary()).unwrap().index.run_id;
    assert_eq!(RunStore::new(dir.path()).bundle(&id).unwrap().index().artifacts.len(), ARTIFACTS_MAX);
}

#[test]
fn damaged_runs_are_listed_and_strangers_are_not() {
    let Fixture { store, run, dir: _dir } = fixture();
    let second = record(&store, &sample::manifest());
    fs::write(run.path.join("bundle.json"), b"{").unwrap();
    fs::create_dir(store.path().join("notes")).unwrap();
    fs::create_dir(store.path().join(".tmp-foreign")).unwrap();
    let third = store.path().join(sample::RUN_ID);
    fs::write(&third, b"a file where a bundle should be").unwrap();

    let listed: Vec<_> = store.runs().unwrap().map(|run| (run.id.to_string(), run.index.is_ok())).collect();
    let expected = [(&second, true), (&run, false)].map(|(run, ok)| (run.index.run_id.to_string(), ok));
    let mut expected = expected.to_vec();
    expected.push((sample::RUN_ID.to_owned(), false));
    expected.sort_by(|a, b| b.0.cmp(&a.0));
    assert_eq!(listed, expected);
}

#[test]
fn a_name_finds_the_run_it_fits_alone() {
    let Fixture { store, run: first, dir: _dir } = fixture();
    let second = record(&store, &sample::manifest());
    let resolve = |name: &str| store.resolve(name).map(|id| id.to_string()).map_err(|error| error.kind());
    let (first, second) = (first.index.run_id, second.index.run_id);

    assert_eq!(resolve("latest"), Ok(second.to_string()));
    assert_eq!(resolve("latest~0"), Ok(second.to_string()));
    assert_eq!(resolve("latest~1"), Ok(first.to_string()));
    assert_eq!(resolve(first.as_str()), Ok(first.to_string()));
    assert_eq!(resolve(first.short()), Ok(first.to_string()));
    assert_eq!(resolve(&first.as_str()[..4]), Err(Ambiguous));
    for name in
        ["", "latest~2", "latest~", "latest~x", "latest1", "zzz", "../../x", "latest~99999999999999999999"]
    {
        assert_eq!(resolve(name), Err(NotFound), "{name}");
    }
}

#[test]
fn errors_list_the_runs_that_fit_or_the_latest() {
    let Fixture { store, run, dir: _dir } = fixture();
    let second = record(&store, &sample::manifest());
    let (first, second) = (run.index.run_id, second.index.run_id);
    let message = |name: &str| {
        store.resolve(name).unwrap_err().to_string().replace(store.path().to_str().unwrap(), "runs")
    };
    assert_eq!(message("no\n"), format!("runs: no run `no\\n`; the latest of 2: {second}, {first}"));
    assert_eq!(message("20"), format!("runs: `20` fits 2 runs: {second}, {first}"));
    let nowhere = RunStore::new("no/such").resolve("latest").unwrap_err();
    assert_eq!(nowhere.to_string(), "no/such: no run `latest`: there are no runs yet");
}

#[test]
fn a_store_that_cannot_be_written_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    let begin = |path: PathBuf| RunStore::new(path).begin().err().map(|error| error.to_string());
    assert!(begin(file.clone()).unwrap().contains("cannot make the directory"));
    assert!(begin(file.join("runs")).unwrap().contains("cannot make the directory"));

    let mut permissions = fs::metadata(dir.path()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(dir.path(), permissions).unwrap();
    // The superuser writes anywhere; everybody else is told.
    let is_superuser = fs::write(dir.path().join("probe"), b"").is_ok();
    assert_eq!(begin(dir.path().join("runs")).is_none(), is_superuser);
}

/// Set to the store's directory in a process that is to begin a run and never to end it.
const WRITER: &str = "PROOFMARK_TEST_RUN_WRITER";

/// Not a test of its own: the body of the process that the test below kills.
#[test]
fn writer() {
    if let Some(path) = std::env::var_os(WRITER) {
        let mut run = RunStore::new(PathBuf::from(path)).begin().unwrap();
        run.put(&sample::manifest()).unwrap();
        println!("\nwritten");
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
}

#[test]
fn what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture", "--test-threads=1"])
        .env(WRITER, dir.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "written"));
    assert_eq!(store.sweep().unwrap(), [""; 0].map(PathBuf::from));

    writer.kill().unwrap();
    writer.wait().unwrap();
    assert_eq!(store.ids().unwrap(), []);
    let run = record(&store, &sample::manifest());
    assert_eq!(names(dir.path()), [run.index.run_id.as_str()]);
}
