//! Cursors under many hands: threads, processes, and processes that die.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use proofmark::Maybe;
use proofmark_artifacts::{CdfCursor, CursorReset, CursorStore, StoreErrorKind, StoreErrorKind::*};

/// Set to the store's directory in a process that is to move a cursor until it has won this often.
const WORKER: &str = "PROOFMARK_TEST_CURSOR_WORKER";
const WINS: u64 = 25;

/// Moves the cursor of `orders` by one until it has won [`WINS`] times; tells each number it won.
fn work(store: &CursorStore, mut won: impl FnMut(u64)) {
    let mut wins = 0;
    while wins < WINS {
        let from = store.read("orders").expect("a cursor can always be read");
        let next = CdfCursor::new("orders", from.as_ref().map_or(1, |from| from.cursor().last_version + 1));
        match store.advance(from.as_ref(), &next) {
            Ok(position) => {
                assert_eq!(position.sequence(), next.last_version, "no move is lost or done twice");
                won(position.sequence());
                wins += 1;
            }
            Err(error) => assert_eq!(error.kind(), Conflict, "{error}"),
        }
    }
}

fn check_wins(store: &CursorStore, mut won: Vec<u64>, workers: u64) {
    won.sort_unstable();
    assert!(won.iter().copied().eq(1..=workers * WINS), "{won:?}");
    let last = store.read("orders").unwrap().unwrap();
    assert_eq!((last.sequence(), last.cursor().last_version), (workers * WINS, workers * WINS));
}

#[test]
fn threads_move_a_cursor_one_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    let worker = || {
        let mut won = Vec::new();
        work(&store, |sequence| won.push(sequence));
        won
    };
    let won = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    check_wins(&store, won, 4);
}

/// Not a test of its own: the body of the processes that the tests below start.
#[test]
fn worker() {
    if let Some(path) = std::env::var_os(WORKER) {
        work(&CursorStore::new(PathBuf::from(path)), |sequence| println!("\nwon {sequence}"));
    }
}

fn start_worker(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "worker", "--nocapture", "--test-threads=1"])
        .env(WORKER, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn won(child: &mut Child) -> impl Iterator<Item = u64> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.filter_map(|line| line.strip_prefix("won ")?.parse().ok())
}

#[test]
fn processes_move_a_cursor_one_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut workers: Vec<_> = (0..3).map(|_| start_worker(dir.path())).collect();
    let won: Vec<_> = workers.iter_mut().flat_map(|worker| won(worker).collect::<Vec<_>>()).collect();
    for mut worker in workers {
        assert!(worker.wait().unwrap().success());
    }
    check_wins(&CursorStore::new(dir.path()), won, 3);
}

#[test]
fn a_killed_process_loses_no_move_it_was_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    for _ in 0..10 {
        let before = store.read("orders").unwrap().map_or(0, |found| found.sequence());
        let mut worker = start_worker(dir.path());
        // Killed in the middle of a later move.
        let told = won(&mut worker).nth(2).unwrap_or(before);
        worker.kill().unwrap();
        worker.wait().unwrap();
        let found = store.read("orders").unwrap().unwrap();
        assert!(found.sequence() >= told && told >= before, "{before} {told} {}", found.sequence());
    }
    let from = store.read("orders").unwrap();
    let next = CdfCursor::new("orders", u64::MAX);
    store.advance(from.as_ref(), &next).unwrap();
    let left = dir.path().join("orders").read_dir().unwrap().flatten();
    let temporary = left.filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp-"));
    assert_eq!(temporary.count(), 0, "what the dead left is cleared away");
}

#[test]
fn a_cursor_moves_from_where_it_was_found_and_never_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    let refused = |from, next: &CdfCursor| store.advance(from, next).unwrap_err().kind();
    let at = |version| CdfCursor::new("orders", version);

    assert_eq!(store.read("orders").unwrap(), None);
    let first = store.advance(None, &at(5)).unwrap();
    assert_eq!(refused(None, &at(6)), Conflict);
    assert_eq!(refused(Some(&first), &at(4)), Backwards);
    assert_eq!(refused(Some(&first), &CdfCursor::new("lines", 6)), Conflict);
    assert_eq!(refused(None, &CdfCursor::new("", 1)), Encode);
    assert_eq!(refused(None, &CdfCursor::new("a".repeat(1_025), 1)), Encode);
    let large = CdfCursor { table_id: Maybe::Set("a".repeat(64 << 10)), ..CdfCursor::new("large", 1) };
    assert_eq!(refused(None, &large), TooLarge);
    let second = store.advance(Some(&first), &at(5)).unwrap();
    assert_eq!(refused(Some(&first), &at(6)), Conflict);
    let made_anew = CdfCursor { table_id: Maybe::Set("new".to_owned()), ..at(0) };
    let third = store.advance(Some(&second), &made_anew).unwrap();
    assert_eq!(store.read("orders").unwrap(), Some(third));
}

#[test]
fn a_number_that_was_used_and_cleared_away_is_not_given_out_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    let mut positions = vec![store.advance(None, &CdfCursor::new("orders", 1)).unwrap()];
    for version in 2..=40 {
        let next = store.advance(positions.last(), &CdfCursor::new("orders", version)).unwrap();
        positions.push(next);
    }
    assert!(dir.path().join("orders").read_dir().unwrap().count() <= 18, "the past is cleared away");
    for from in [None, positions.first(), positions.get(10), positions.get(38)] {
        let error = store.advance(from, &CdfCursor::new("orders", 41)).unwrap_err();
        assert_eq!(error.kind(), Conflict);
    }
    assert_eq!(store.read("orders").unwrap().as_ref(), positions.last());
}

/// Damages the last position, and expects it to be named, and no earlier one to be served.
fn check_damage(change: impl Fn(&Path), kind: StoreErrorKind) {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    let first = store.advance(None, &CdfCursor::new("orders", 1)).unwrap();
    let second = store.advance(Some(&first), &CdfCursor::new("orders", 2)).unwrap();
    let path = dir.path().join("orders").join("00000000000000000002.json");
    change(&path);
    let error = store.read("orders").unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains("00000000000000000002.json"), "{error}");
    assert!(store.read_all().unwrap()[0].is_err());
    assert_eq!(store.advance(Some(&first), second.cursor()).unwrap_err().kind(), kind);
}

#[test]
fn a_damaged_position_is_named_and_no_earlier_one_is_served() {
    check_damage(|path| fs::write(path, b"").unwrap(), Damaged);
    check_damage(|path| fs::write(path, fs::read(path).unwrap().trim_ascii_end()).unwrap(), Damaged);
    check_damage(|path| fs::write(path, vec![b' '; 1 << 20]).unwrap(), TooLarge);
    check_damage(|path| drop(fs::remove_file(path).and_then(|()| fs::create_dir(path))), NotAFile);
}

#[test]
fn every_flipped_bit_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    store.advance(None, &CdfCursor::new("orders", 1)).unwrap();
    let path = dir.path().join("orders").join("00000000000000000001.json");
    let whole = fs::read(&path).unwrap();
    for idx in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[idx] ^= 1 << (idx % 8);
        // In place: file systems wait for the disk when a file is cut and written anew.
        fs::OpenOptions::new().write(true).open(&path).unwrap().write_all(&flipped).unwrap();
        let error = store.read("orders").unwrap_err();
        assert_eq!(error.kind(), Damaged, "byte {idx}: {error}");
    }
}

#[test]
fn names_from_data_stay_inside_the_store_and_apart() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path().join("cursors"));
    let long = ["a".repeat(300), "a".repeat(301)];
    let names = [
        "../../x",
        "/etc/passwd",
        "..",
        ".",
        "a/b",
        "\0",
        "A",
        "a",
        "CON",
        "con",
        "caf\u{e9}",
        "cafe\u{301}",
        "%2e%2e",
    ];
    let names: Vec<&str> = names.into_iter().chain(long.iter().map(String::as_str)).collect();
    for (version, name) in names.iter().enumerate() {
        store.advance(None, &CdfCursor::new(*name, version as u64)).unwrap();
    }
    for (version, name) in names.iter().enumerate() {
        let found = store.read(name).unwrap().unwrap();
        assert_eq!(
            (found.cursor().dataset_name.as_str(), found.cursor().last_version),
            (*name, version as u64)
        );
    }
    assert_eq!(store.read_all().unwrap().len(), names.len());
    assert_eq!(dir.path().read_dir().unwrap().count(), 1);
}

#[test]
fn a_cursor_put_into_another_datasets_place_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = CursorStore::new(dir.path());
    store.advance(None, &CdfCursor::new("orders", 1)).unwrap();
    fs::rename(dir.path().join("orders"), dir.path().join("lines")).unwrap();
    let error = store.read("lines").unwrap_err();
    assert_eq!(error.kind(), Damaged);
    assert!(error.to_string().ends_with("holds the cursor of `orders`"), "{error}");
}

#[test]
fn a_cursor_that_was_reset_starts_anew_and_one_of_two_wins() {
    let dir = tempfile::tempdir().unwrap();
    let cursors = CursorStore::new(dir.path());
    let first = cursors.advance(None, &CdfCursor::new("orders", 7)).unwrap();
    let second = cursors.advance(Some(&first), &CdfCursor::new("orders", 9)).unwrap();
    let late = cursors.reset(&first, &CursorReset::new("orders")).unwrap_err();
    assert_eq!(late.kind(), StoreErrorKind::Conflict);
    cursors.reset(&second, &CursorReset::new("orders")).unwrap();
    assert_eq!(cursors.read("orders").unwrap(), None);
    assert!(cursors.read_all().unwrap().is_empty());
    let late = cursors.advance(Some(&second), &CdfCursor::new("orders", 11)).unwrap_err();
    assert_eq!(late.kind(), StoreErrorKind::Conflict);
    let anew = cursors.advance(None, &CdfCursor::new("orders", 2)).unwrap();
    assert_eq!((anew.sequence(), anew.cursor().last_version), (4, 2));
    let late = cursors.advance(None, &CdfCursor::new("orders", 3)).unwrap_err();
    assert_eq!(late.kind(), StoreErrorKind::Conflict);
}

#[test]
fn a_person_may_move_a_cursor_backwards() {
    let dir = tempfile::tempdir().unwrap();
    let cursors = CursorStore::new(dir.path());
    let first = cursors.advance(None, &CdfCursor::new("orders", 7)).unwrap();
    let back = cursors.place(Some(&first), &CdfCursor::new("orders", 3)).unwrap();
    assert_eq!(cursors.read("orders").unwrap(), Some(back));
    let late = cursors.place(Some(&first), &CdfCursor::new("orders", 1)).unwrap_err();
    assert_eq!(late.kind(), StoreErrorKind::Conflict);
}
