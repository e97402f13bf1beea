//! `proofmark prune`.

use expect_test::expect;
use proofmark_artifacts::{CdfCursor, CursorStore, Maybe, RunStore};

use crate::check_in;
use crate::fixture::{Fixture, IDS};

#[test]
fn the_latest_runs_are_kept_and_the_others_removed() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["prune", "--keep", "1", "--dry-run"],
        expect![[r#"
              RUN                                       SIZE  WHY
              20261121-060000000-k3f9zzzz  would go  2.72 kB  beyond the latest 1
              20261120-060000000-a7b2c9de  would go  1.23 kB  beyond the latest 1
            2 runs would go, 3.95 kB
            exit 0
        "#]],
    );
    let ids = || RunStore::new(fixture.dir().join("runs")).ids().unwrap();
    assert_eq!(ids().len(), 3);
    check_in(
        fixture.dir(),
        &["prune", "--keep", "1"],
        expect![[r#"
              RUN                                      SIZE  WHY
              20261121-060000000-k3f9zzzz  removed  2.72 kB  beyond the latest 1
              20261120-060000000-a7b2c9de  removed  1.23 kB  beyond the latest 1
            2 runs removed, 3.95 kB
            exit 0
        "#]],
    );
    assert_eq!(ids().iter().map(|id| id.as_str()).collect::<Vec<_>>(), [IDS[0]]);
    check_in(
        fixture.dir(),
        &["prune", "--keep", "1"],
        expect![[r#"
        0 runs removed, 0 B
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["prune", "--max-bytes", "0"],
        expect![[r#"
        0 runs removed, 0 B
        exit 0
    "#]],
    );
}

#[test]
fn a_run_that_a_cursor_names_is_kept_and_the_reason_told() {
    let fixture = Fixture::new();
    let cursors = CursorStore::new(fixture.dir().join("cursors"));
    let cursor = CdfCursor { run_id: Maybe::Set(IDS[2].to_owned()), ..CdfCursor::new("orders", 7) };
    cursors.advance(None, &cursor).unwrap();
    check_in(
        fixture.dir(),
        &["prune", "--keep", "1"],
        expect![[r#"
              RUN                                      SIZE  WHY
              20261121-060000000-k3f9zzzz  removed  2.72 kB  beyond the latest 1
              20261120-060000000-a7b2c9de  kept     1.23 kB  beyond the latest 1, but the cursor of `orders` names it
            1 run removed, 2.72 kB
            exit 0
        "#]],
    );
    std::fs::write(fixture.dir().join("cursors/orders/00000000000000000001.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["prune", "--keep", "1"],
        expect![[r#"
            error: cursors/orders/00000000000000000001.json: damaged: Object missing required field `kind`
              help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
            exit 101
        "#]],
    );
}

#[test]
fn a_run_that_is_being_written_is_left_alone() {
    let fixture = Fixture::new();
    let store = RunStore::new(fixture.dir().join("runs"));
    let writing = store.begin().unwrap();
    check_in(
        fixture.dir(),
        &["prune", "--max-bytes", "0"],
        expect![[r#"
              RUN                                      SIZE  WHY
              20261121-060000000-k3f9zzzz  removed  2.72 kB  later runs fill 0 B
              20261120-060000000-a7b2c9de  removed  1.23 kB  later runs fill 0 B
            2 runs removed, 3.95 kB
            exit 0
        "#]],
    );
    writing
        .commit(proofmark_artifacts::RunSummary::new(
            proofmark_artifacts::RunStatus::Ok,
            jiff::Timestamp::UNIX_EPOCH,
        ))
        .unwrap();
    assert_eq!(store.ids().unwrap().len(), 2);
}

#[test]
fn a_limit_is_needed() {
    check_in(
        Fixture::new().dir(),
        &["prune"],
        expect![[r#"
            error: nothing says what is to go
              help: give a limit: --keep N, --keep-days D or --max-bytes B
            exit 2
        "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["prune", "--keep", "0"],
        expect![[r#"
            error: invalid value '0' for '--keep <N>': 0 is not in 1..=4294967295

            For more information, try '--help'.
            exit 2
        "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["prune", "--max-bytes", "1KiB"],
        expect![[r#"
            error: invalid value '1KiB' for '--max-bytes <B>': `kib` is no unit: B, kB, MB, GB, TB

            For more information, try '--help'.
            exit 2
        "#]],
    );
}
