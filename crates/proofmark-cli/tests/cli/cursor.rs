//! `proofmark cursor`.

use expect_test::expect;
use proofmark_artifacts::{CdfCursor, CursorStore, Maybe};

use crate::check_in;
use crate::fixture::{Fixture, IDS, sample};

/// A store of cursors beside that of the runs, with one cursor that a run has moved.
fn fixture() -> Fixture {
    let fixture = Fixture::empty();
    let cursors = CursorStore::new(fixture.dir().join("cursors"));
    let first = cursors.advance(None, &CdfCursor { run_id: Maybe::Unset, ..sample::cdf_cursor() }).unwrap();
    let next = CdfCursor { last_version: 7, run_id: Maybe::Set(IDS[2].to_owned()), ..sample::cdf_cursor() };
    cursors.advance(Some(&first), &next).unwrap();
    fixture
}

#[test]
fn cursors_are_listed_and_shown() {
    let fixture = fixture();
    check_in(
        fixture.dir(),
        &["cursor", "ls"],
        expect![[r#"
              DATASET  VERSION  MOVES  MOVED             BY                           TABLE
              orders         7      2  2026-11-22 13:45  20261120-060000000-a7b2c9de  0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "show", "orders", "--format", "json"],
        expect![[r#"
            {
              "type": "cdf_cursor.v1",
              "dataset_name": "orders",
              "last_version": 7,
              "table_id": "0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c",
              "schema_fingerprint": "1c168adb00d208e42f93314529f1fa9c0427eb63233ceda95a5db52b7012a719",
              "run_id": "20261120-060000000-a7b2c9de",
              "updated_at": "2026-11-22T13:45:03Z"
            }
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "show", "order"],
        expect![[r#"
            error: `order` has no cursor
              help: did you mean `orders`?
            exit 101
        "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "ls", "--cursors", "elsewhere"],
        expect![[r#"
            no cursors in `elsewhere`
            exit 0
        "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "ls", "--runs", "a/runs"],
        expect![[r#"
            no cursors in `a/cursors`
            exit 0
        "#]],
    );
}

#[test]
fn a_cursor_is_moved_from_where_it_was_expected_and_from_nowhere_else() {
    let fixture = fixture();
    let check = |args: &[&str], expected| check_in(fixture.dir(), args, expected);
    check(
        &["cursor", "set", "orders", "9", "--expect", "4"],
        expect![[r#"
            error: the cursor of `orders` is at version 7, not where it was expected
              help: `proofmark cursor show` shows it; somebody may have moved it
            exit 101
        "#]],
    );
    check(
        &["cursor", "set", "orders", "9", "--expect", "7"],
        expect![[r#"
            orders: version 7 -> version 9
            exit 0
        "#]],
    );
    check(
        &["cursor", "set", "orders", "3"],
        expect![[r#"
            error: cursors/orders: the cursor is at version 9, 3 is before it
            exit 101
        "#]],
    );
    check(
        &["cursor", "set", "orders", "3", "--backwards"],
        expect![[r#"
            orders: version 9 -> version 3
            exit 0
        "#]],
    );
    check(
        &["cursor", "set", "new", "1", "--expect", "none"],
        expect![[r#"
            new: nowhere -> version 1
            exit 0
        "#]],
    );
    check(
        &["cursor", "set", "new", "2", "--expect", "none"],
        expect![[r#"
            error: the cursor of `new` is at version 1, not where it was expected
              help: `proofmark cursor show` shows it; somebody may have moved it
            exit 101
        "#]],
    );
    check(
        &["cursor", "set", "new", "x"],
        expect![[r#"
            error: invalid value 'x' for '<VERSION>': invalid digit found in string

            For more information, try '--help'.
            exit 2
        "#]],
    );
}

#[test]
fn a_cursor_is_taken_back() {
    let fixture = fixture();
    let check = |args: &[&str], expected| check_in(fixture.dir(), args, expected);
    check(
        &["cursor", "reset", "orders", "--expect", "4"],
        expect![[r#"
            error: the cursor of `orders` is at version 7, not where it was expected
              help: `proofmark cursor show` shows it; somebody may have moved it
            exit 101
        "#]],
    );
    check(
        &["cursor", "reset", "orders", "--expect", "7"],
        expect![[r#"
            orders: version 7 -> nowhere
            exit 0
        "#]],
    );
    check(
        &["cursor", "reset", "orders"],
        expect![[r#"
            error: `orders` has no cursor
              help: there are none in `cursors`
            exit 101
        "#]],
    );
    check(
        &["cursor", "ls"],
        expect![[r#"
            no cursors in `cursors`
            exit 0
        "#]],
    );
    check(
        &["cursor", "set", "orders", "1", "--expect", "none"],
        expect![[r#"
            orders: nowhere -> version 1
            exit 0
        "#]],
    );
}

#[test]
fn a_damaged_cursor_is_told_and_not_served() {
    let fixture = fixture();
    std::fs::write(fixture.dir().join("cursors/orders/00000000000000000002.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["cursor", "ls"],
        expect![[r#"
            damaged: cursors/orders/00000000000000000002.json: damaged: Object missing required field `kind`
            no cursors in `cursors`
            exit 100
        "#]],
    );
    check_in(
        fixture.dir(),
        &["cursor", "show", "orders"],
        expect![[r#"
            error: cursors/orders/00000000000000000002.json: damaged: Object missing required field `kind`
              help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
            exit 101
        "#]],
    );
}
