//! Changes that cannot be read, and results that a table cannot take: told before anything lands.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use proofmark_datafusion::ErrorKind;
use proofmark_datafusion::artifacts::CdfCursor;

use super::lake::{COPY, Lake};

/// The run fails with this message and help; nothing landed, and the cursor stays.
#[track_caller]
fn check(lake: &Lake, sql: &str, kind: ErrorKind, expected: Expect) {
    let version = lake.path("out").exists().then(|| lake.open("out").version());
    let position = lake.position();
    let outcome = lake.run(sql);
    let (_, error) = outcome.failure.as_ref().expect("the run failed");
    let place = lake.path("").to_string_lossy().into_owned();
    let text = format!("{}\n{}\n", error.message(), error.help().unwrap_or("-")).replace(&place, "DIR/");
    expected.assert_eq(&text);
    assert_eq!(error.kind(), kind);
    assert_eq!(lake.position(), position);
    if let Some(version) = version {
        assert_eq!(lake.open("out").version(), version);
    }
}

fn stand_at(lake: &Lake, version: u64) {
    lake.cursors().advance(None, &CdfCursor::new("nightly/orders", version)).unwrap();
}

fn remove_first(dir: &Path) -> String {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    entries.sort();
    fs::remove_file(&entries[0]).unwrap();
    entries[0].file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn a_feed_that_was_never_on() {
    let lake = Lake::new(false);
    lake.insert(1..4);
    check(
        &lake,
        COPY,
        ErrorKind::Data,
        expect![[r#"
        the change feed of `orders` was off at version 0
        turn it on with the table property `delta.enableChangeDataFeed`, read `orders` whole once, and start after that version: `proofmark cursor set`
    "#]],
    );
}

#[test]
fn a_feed_that_was_switched_on_after_the_cursor() {
    let lake = Lake::new(false);
    lake.insert(1..4);
    lake.switch_feed(true);
    lake.insert(4..6);
    stand_at(&lake, 0);
    check(
        &lake,
        COPY,
        ErrorKind::Data,
        expect![[r#"
        the change feed of `orders` was off at version 1
        turn it on with the table property `delta.enableChangeDataFeed`, read `orders` whole once, and start after that version: `proofmark cursor set`
    "#]],
    );
    // From the version that switched it on, it can be read.
    fs::remove_dir_all(lake.path("cursors")).unwrap();
    stand_at(&lake, 1);
    assert!(lake.run(COPY).failure.is_none());
    assert_eq!(lake.out("id"), ["4", "5"]);
}

#[test]
fn a_feed_that_was_off_for_a_while() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    lake.switch_feed(false);
    lake.insert(4..6);
    lake.switch_feed(true);
    check(
        &lake,
        COPY,
        ErrorKind::Data,
        expect![[r#"
        the change feed of `orders` was off at version 2
        turn it on with the table property `delta.enableChangeDataFeed`, read `orders` whole once, and start after that version: `proofmark cursor set`
    "#]],
    );
}

#[test]
fn a_version_that_is_gone_from_the_log() {
    let lake = Lake::new(true);
    for id in 1..5 {
        lake.insert(id..id + 1);
    }
    stand_at(&lake, 1);
    let out = lake.path("orders/_delta_log/00000000000000000003.json");
    let kept = fs::read(&out).unwrap();
    let table = lake.open("orders");
    lake.checkpoint(&table);
    fs::remove_file(&out).unwrap();
    check(
        &lake,
        COPY,
        ErrorKind::Data,
        expect![[r#"
        version 3 of `orders` is gone from its log; the changes of versions 2 to 4 are wanted
        read `orders` whole once, and start after version 4: `proofmark cursor set`
    "#]],
    );
    fs::write(&out, kept).unwrap();
    assert!(lake.run(COPY).failure.is_none());
    assert_eq!(lake.out("id"), ["2", "3", "4"]);
}

#[test]
fn change_files_that_were_vacuumed() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    lake.update(2);
    let removed = remove_first(&lake.path("orders/_change_data"));
    let outcome = lake.run(COPY);
    let (_, error) = outcome.failure.expect("the run failed");
    let expected =
        format!("the changes of version 2 of `orders` were vacuumed: `_change_data/{removed}` is gone");
    assert_eq!(error.message(), expected);
    assert_eq!(lake.position(), None);
}

#[test]
fn another_table_in_the_place_of_the_one_that_was_read() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    assert!(lake.run(COPY).failure.is_none());
    fs::remove_dir_all(lake.path("orders")).unwrap();
    lake.create("orders", true);
    lake.insert(1..4);
    let outcome = lake.run(COPY);
    let (_, error) = outcome.failure.expect("the run failed");
    assert!(error.message().starts_with("`orders` is table "), "{error}");
    assert_eq!(error.help(), Some("to start anew: `proofmark cursor reset nightly/orders`"));
}

#[test]
fn a_cursor_beyond_the_end_of_its_table() {
    let lake = Lake::new(true);
    stand_at(&lake, 9);
    check(
        &lake,
        COPY,
        ErrorKind::Data,
        expect![[r#"
        the cursor of `orders` is at version 9, and the table ends at 0
        to start anew: `proofmark cursor reset nightly/orders`
    "#]],
    );
}

#[test]
fn statements_that_read_no_changes() {
    let lake = Lake::new(true);
    check(
        &lake,
        "SELECT * FROM orders",
        ErrorKind::Usage,
        expect![[r#"
        no statement reads the changes of a Delta table
        read `orders_changes` in the SQL
    "#]],
    );
}

#[test]
fn a_result_with_other_columns_than_the_table() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    lake.create("out", true);
    check(
        &lake,
        "SELECT id FROM orders_changes",
        ErrorKind::Sink,
        expect![[r#"
        the table has a column `amount` that the result does not have
        select the columns of the table, in its types
    "#]],
    );
    check(
        &lake,
        "SELECT id, amount, 1 AS more FROM orders_changes",
        ErrorKind::Sink,
        expect![[r#"
        the result has a column `more` that the table does not have
        select the columns of the table, in its types
    "#]],
    );
    check(
        &lake,
        "SELECT id, 'much' AS amount FROM orders_changes",
        ErrorKind::Sink,
        expect![[r#"
        column `amount`: Cast error: Cannot cast string 'much' to value of Float64 type
        select the columns of the table, in its types
    "#]],
    );
}

#[test]
fn a_statement_that_fails_after_the_result() {
    let lake = Lake::new(true);
    lake.insert(1..4);
    lake.create("out", true);
    let sql = "SELECT id, amount FROM orders_changes; CREATE VIEW v AS SELECT nothing FROM orders";
    let version = lake.open("out").version();
    assert!(lake.run(sql).failure.is_some());
    assert_eq!((lake.open("out").version(), lake.position()), (version, None));
}
