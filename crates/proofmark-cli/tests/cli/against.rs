//! `compat --against RUN`: what a run left, judged by the locks of the release that wrote it.

use std::fs;

use expect_test::expect;

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark, transcript};

/// Runs, and the locks of the release that wrote them.
fn released() -> Fixture {
    let fixture = Fixture::new();
    let kept = transcript(fixture.dir(), proofmark(fixture.dir(), &["lock", "--release", "0.1.0"]));
    assert!(kept.ends_with("exit 0\n"), "{kept}");
    fixture
}

/// Replaces a text in the lock that the release has of a record.
fn edit(fixture: &Fixture, record: &str, from: &str, to: &str) {
    let path = fixture.dir().join(format!("contracts/released/0.1.0/{record}.lock.json"));
    let text = fs::read_to_string(&path).expect("the release has its locks");
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replacen(from, to, 1)).expect("it can be edited");
}

#[test]
fn a_run_is_judged_by_the_locks_of_the_release_that_wrote_it() {
    let fixture = released();
    for run in ["latest", "a7b2", "latest~1", "runs/20261122-134501123-k3f9q2xd"] {
        check_in(fixture.dir(), &["compat", "--against", run], expect![["nothing changed\nexit 0\n"]]);
    }
}

#[test]
fn the_records_of_a_run_are_judged_and_no_others() {
    let fixture = released();
    edit(&fixture, "cdf_cursor", "u64", "u32");
    edit(&fixture, "profile", "\"sql_policy\"", "\"sql_policies\"");
    check_in(
        fixture.dir(),
        &["compat", "--against", IDS[2], "--format", "github"],
        expect![[r#"
            ::error file=contracts/cdf_cursor.lock.json,line=28,title=T3 backward-only::cdf_cursor $.last_version backward-only: type widened (u32 -> u64), against 20261120-060000000-a7b2c9de
            exit 100
        "#]],
    );
}

#[test]
fn every_record_of_a_run_is_read_by_the_code_of_today() {
    let fixture = released();
    let artifact = fixture.file(IDS[2], "cdf_cursor.json");
    // As a release left it that knew one field more.
    let before = fs::read_to_string(&artifact).unwrap();
    let after = before.replacen("\"dataset_name\"", "\"dataset_form\":1,\n  \"dataset_name\"", 1);
    fixture.replace(IDS[2], "cdf_cursor", after.as_bytes());
    edit(&fixture, "cdf_cursor", "\"fields\": [", r#""fields": [{"name":"dataset_form","type":"u8"},"#);
    check_in(
        fixture.dir(),
        &["compat", "--against", IDS[2]],
        expect![[r#"
            cdf_cursor  against 20261120-060000000-a7b2c9de   cursor: both directions, over three releases
              F6  breaking  $.dataset_form  -field dataset_form: u8  [e59f9510]
                   required field removed
                   json     new<-old no      old<-new no
                     new<-old refused: Object contains unknown field `dataset_form`  (its own code)
                              {"type":"cdf_cursor.v1","dataset_form":0,"dataset_name":"a","last_version":0}
                     old<-new refused: Object missing required field `dataset_form`  (its own code)
                              {"type":"cdf_cursor.v1","dataset_name":"a","last_version":0}
                   msgpack  new<-old no      old<-new no
                     new<-old refused: Object contains unknown field `dataset_form`  (its own code)
                              84a474797065ad6364665f637572736f722e7631ac646174617365745f666f726d00ac646174617365
                              745f6e616d65a161ac6c6173745f76657273696f6e00
                     old<-new refused: Object missing required field `dataset_form`  (its own code)
                              83a474797065ad6364665f637572736f722e7631ac646174617365745f6e616d65a161ac6c6173745f
                              76657273696f6e00
                   stored records hit: 1 of 1
                   fix: Keep reading it (`skip_encode`), and give it a default first.

            cdf_cursor is not read: runs/20261120-060000000-a7b2c9de/cdf_cursor.json: Object contains unknown field `dataset_form`
            1 breaking, 1 not read, needs major   (ends with 100)
            exit 100
        "#]],
    );
}

#[test]
fn a_run_of_a_release_without_locks_is_told() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["compat", "--against", "latest"],
        expect![[r#"
        error: run `20261122-134501123-k3f9q2xd` was written by proofmark 0.1.0, whose locks are not in `contracts/released/0.1.0`
          help: `proofmark lock --release 0.1.0`, run by that release, keeps them there
        exit 101
    "#]],
    );
    assert!(!fixture.dir().join("contracts").exists());
}

#[test]
fn a_run_that_is_damaged_is_told_and_not_judged() {
    let fixture = released();
    fs::write(fixture.file(IDS[2], "cdf_cursor.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["compat", "--against", "a7b2"],
        expect![[r#"
        error: runs/20261120-060000000-a7b2c9de/cdf_cursor.json: damaged: has 2 bytes, 308 were written
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    fs::write(fixture.file(IDS[1], "bundle.json"), "{}").unwrap();
    check_in(
        fixture.dir(),
        &["compat", "--against", "latest~1"],
        expect![[r#"
        error: runs/20261121-060000000-k3f9zzzz/bundle.json: damaged: Object missing required field `kind`
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
}
