//! `lock`, `compat`, `explain`, `gate`, `lint`.

use std::fs;
use std::path::Path;

use expect_test::expect;
use tempfile::TempDir;

use crate::{check_in, proofmark, transcript};

/// A directory with the locks of today.
fn locked() -> TempDir {
    let dir = tempfile::tempdir().expect("there is room for a directory");
    let printed = transcript(dir.path(), proofmark(dir.path(), &["lock"]));
    assert!(printed.ends_with("records are locked in contracts\nexit 0\n"), "{printed}");
    dir
}

/// Replaces a text in the lock of a record, as it was in a release before.
fn edit(dir: &Path, record: &str, from: &str, to: &str) {
    let path = dir.join(format!("contracts/{record}.lock.json"));
    let text = fs::read_to_string(&path).expect("the record is locked");
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replacen(from, to, 1)).expect("it can be edited");
}

#[test]
fn locks_are_written_and_checked() {
    let dir = locked();
    check_in(dir.path(), &["lock", "--check"], expect![["exit 0\n"]]);
    check_in(dir.path(), &["compat"], expect![["nothing changed\nexit 0\n"]]);
    edit(dir.path(), "cdf_cursor", "u64", "u32");
    check_in(
        dir.path(),
        &["lock", "--check"],
        expect![[r#"
            cdf_cursor.lock.json is stale
            run `proofmark compat` to see what changed, and `proofmark lock` to accept it
            exit 100
        "#]],
    );
}

#[test]
fn a_change_that_a_rollback_does_not_survive_is_told() {
    let dir = locked();
    edit(dir.path(), "cdf_cursor", "u64", "u32");
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
            cdf_cursor  against contracts   cursor: both directions, over three releases
              T3  backward-only  $.last_version  u32 -> u64  [5864d8d7]
                   type widened
                   json     new<-old ok      old<-new cond
                     old<-new refused: Expected `int` <= 4294967295 - at `$.last_version`  (its own code)
                              {"type":"cdf_cursor.v1","dataset_name":"a","last_version":9007199254740993}
                   msgpack  new<-old ok      old<-new cond
                     old<-new refused: Expected `int` <= 4294967295 - at `$.last_version`  (its own code)
                              83a474797065ad6364665f637572736f722e7631ac646174617365745f6e616d65a161ac6c6173745f
                              76657273696f6ecf0020000000000001
                   fix: Write nothing new before the oldest reader in use takes it.

            1 backward-only, needs major   (ends with 100)
            exit 100
        "#]],
    );
}

#[test]
fn positions_that_were_swapped_are_silent() {
    let dir = locked();
    edit(dir.path(), "telemetry", r#""name": "rows""#, r#""name": "x""#);
    edit(dir.path(), "telemetry", r#""name": "row_groups""#, r#""name": "rows""#);
    edit(dir.path(), "telemetry", r#""name": "x""#, r#""name": "row_groups""#);
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
            telemetry  against contracts   event: both directions, from one release to the next
              A5  SILENT  $.scans[].file_hints[]  order of fields: path, bytes, rows, row_groups  [f577b0fa]
                   positions of one type swapped
                   json     new<-old SILENT  old<-new SILENT
                     new<-old $.scans[0].file_hints[0].row_groups was 0, read as null
                              {"type":"telemetry.v1","scans":[[0,0,null,null,0,0,null,"",[],null,[["",0,0,null]]
                              ,0,null,null,[[0,0],[0,0],[0,0],[0,0],[0,0]]]]}
                     old<-new $.scans[0].file_hints[0].rows was 0, read as null
                              {"type":"telemetry.v1","scans":[[0,0,null,null,0,0,null,"",[],null,[["",0,0,null]]
                              ,0,null,null,[[0,0],[0,0],[0,0],[0,0],[0,0]]]]}
                   msgpack  new<-old SILENT  old<-new SILENT
                     new<-old $.scans[0].file_hints[0].row_groups was 0, read as null
                              82a474797065ac74656c656d657472792e7631a57363616e73919f0000c0c00000c0a090c09194a000
                              00c000c0c095920000920000920000920000920000
                     old<-new $.scans[0].file_hints[0].rows was 0, read as null
                              82a474797065ac74656c656d657472792e7631a57363616e73919f0000c0c00000c0a090c09194a000
                              00c000c0c095920000920000920000920000920000
                   fix: Never move a position.
              N9  SILENT  $.scans[].file_hints[].row_groups  [5b4217eb]
                   null means "not known without reading the data" -> "the format has none, or the footer was
                   not read"
                   meaning of absence or null changed
                   json     new<-old SILENT  old<-new SILENT
                   msgpack  new<-old SILENT  old<-new SILENT
                   fix: Give the other meaning to another field.
              N9  SILENT  $.scans[].file_hints[].rows  [5fb54607]
                   null means "the format has none, or the footer was not read" -> "not known without reading
                   the data"
                   meaning of absence or null changed
                   json     new<-old SILENT  old<-new SILENT
                   msgpack  new<-old SILENT  old<-new SILENT
                   fix: Give the other meaning to another field.

            3 silent, needs major   (ends with 100)
            exit 100
        "#]],
    );
    check_in(
        dir.path(),
        &["compat", "--format", "github"],
        expect![[r#"
            ::error file=contracts/telemetry.lock.json,line=12,title=A5 silent::telemetry $.scans[].file_hints[] silent: positions of one type swapped (order of fields: path, bytes, rows, row_groups), against contracts
            ::error file=contracts/telemetry.lock.json,line=31,title=N9 silent::telemetry $.scans[].file_hints[].row_groups silent: meaning of absence or null changed (null means "not known without reading the data" -> "the format has none, or the footer was not read"), against contracts
            ::error file=contracts/telemetry.lock.json,line=26,title=N9 silent::telemetry $.scans[].file_hints[].rows silent: meaning of absence or null changed (null means "the format has none, or the footer was not read" -> "not known without reading the data"), against contracts
            exit 100
        "#]],
    );
}

#[test]
fn a_finding_is_let_pass_with_a_reason_and_until_a_day() {
    let dir = locked();
    edit(dir.path(), "cdf_cursor", "u64", "u32");
    let accept = |until: &str| {
        let ledger =
            format!(r#"[{{"fingerprint":"5864d8d7","reason":"nobody rolls back","until":"{until}"}}]"#);
        fs::write(dir.path().join("contracts/accepted.json"), ledger).expect("it can be written");
    };
    accept("2999-12-31");
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
            cdf_cursor  against contracts   cursor: both directions, over three releases
              T3  backward-only  $.last_version  u32 -> u64  [5864d8d7]
                   type widened
                   json     new<-old ok      old<-new cond
                     old<-new refused: Expected `int` <= 4294967295 - at `$.last_version`  (its own code)
                              {"type":"cdf_cursor.v1","dataset_name":"a","last_version":9007199254740993}
                   msgpack  new<-old ok      old<-new cond
                     old<-new refused: Expected `int` <= 4294967295 - at `$.last_version`  (its own code)
                              83a474797065ad6364665f637572736f722e7631ac646174617365745f6e616d65a161ac6c6173745f
                              76657273696f6ecf0020000000000001
                   accepted: nobody rolls back, until 2999-12-31

            1 backward-only
            exit 0
        "#]],
    );
    accept("2020-01-01");
    let printed = transcript(dir.path(), proofmark(dir.path(), &["compat"]));
    assert!(printed.ends_with("exit 100\n"), "{printed}");
}

#[test]
fn releases_are_kept_and_compared_with() {
    let dir = locked();
    let kept = transcript(dir.path(), proofmark(dir.path(), &["lock", "--release", "0.9.0"]));
    assert!(kept.ends_with("exit 0\n"), "{kept}");
    check_in(dir.path(), &["compat", "--against", "0.9.0"], expect![["nothing changed\nexit 0\n"]]);
    check_in(
        dir.path(),
        &["lock", "--release", "0.9.0"],
        expect![[r#"
        error: the release `0.9.0` has its locks already
          help: a release does not change; give another name
        exit 101
    "#]],
    );
    check_in(
        dir.path(),
        &["lock", "--release", "../0.9.0"],
        expect![[r#"
        error: `../0.9.0` is no name of a release
          help: letters, digits, `.`, `-`, `_` and `+`, as in `0.9.0`
        exit 2
    "#]],
    );
}

#[test]
fn what_is_no_lock_is_told_and_stays_as_it_is() {
    let dir = locked();
    let path = dir.path().join("contracts/plan.lock.json");
    fs::write(&path, r#"{"proofmark_lock":9}"#).unwrap();
    check_in(
        dir.path(),
        &["lock"],
        expect![[r#"
        error: contracts/plan.lock.json: this lock has form 9; this version reads forms up to 1
        exit 101
    "#]],
    );
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
        error: contracts/plan.lock.json: this lock has form 9; this version reads forms up to 1
        exit 101
    "#]],
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), r#"{"proofmark_lock":9}"#);
}

#[test]
fn a_baseline_that_is_not_there_is_told() {
    let dir = locked();
    check_in(
        dir.path(),
        &["compat", "--against", "no-such-place", "--locks", "nowhere"],
        expect![[r#"
            error: `no-such-place` is no directory of locks, no release, no run and no revision of git: fatal: cannot change to 'nowhere': No such file or directory
            exit 101
        "#]],
    );
    check_in(
        dir.path(),
        &["compat", "--locks", "nowhere"],
        expect![[r#"
        error: there are no locks in `nowhere`
          help: `proofmark lock` writes them; `--locks DIR` tells where they are
        exit 101
    "#]],
    );
    fs::write(dir.path().join("contracts/accepted.json"), "[{}]").unwrap();
    check_in(
        dir.path(),
        &["compat"],
        expect![[r#"
        error: contracts/accepted.json: Object missing required field `fingerprint` - at `$[0]`
        exit 101
    "#]],
    );
}

#[test]
fn a_rule_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    check_in(
        dir.path(),
        &["explain", "a5"],
        expect![[r#"
        A5  positions of one type swapped

          Both releases take every record, and read one field as the other. JSON Schema shows nothing.
          fix: Never move a position.

          example  silent for strict readers, silent for open ones
            old {"R":{"is":"record","positional":true,"fields":[{"name":"a","type":"i64"},{"name":"b","type":"i64"}]}}
            new {"R":{"is":"record","positional":true,"fields":[{"name":"b","type":"i64"},{"name":"a","type":"i64"}]}}
            json     new<-old SILENT  old<-new SILENT
            msgpack  new<-old SILENT  old<-new SILENT
        exit 0
    "#]],
    );
    check_in(
        dir.path(),
        &["explain", "K8"],
        expect![[r#"
        K8  name or version of the record changed

          It is another record: each release refuses the other's.
          fix: Read both, and migrate what is stored.

          No lock shows this: it changes the record as a whole; verdicts show it at `$`.
        exit 0
    "#]],
    );
    check_in(
        dir.path(),
        &["explain", "Z1"],
        expect![[r#"
        error: there is no rule `Z1`
          help: `proofmark explain` lists all rules
        exit 101
    "#]],
    );
}

#[test]
fn every_optional_field_of_our_records_is_decided_and_no_check_fails() {
    let dir = tempfile::tempdir().unwrap();
    let gate = transcript(dir.path(), proofmark(dir.path(), &["gate", "--open"]));
    assert!(gate.ends_with(" optional fields, 0 of them open\nexit 0\n"), "{gate}");
    let lint = transcript(dir.path(), proofmark(dir.path(), &["lint"]));
    assert!(lint.starts_with("0 errors, 0 warnings"), "{lint}");
    check_in(
        dir.path(),
        &["gate", "cdf_cursor"],
        expect![[r#"
              RECORD      FIELD                         TYPE                 POLICY        MEANING
              cdf_cursor  CdfCursor.table_id            maybe<str>           absent_means  absent: the table has no
                                                                                           id
              cdf_cursor  CdfCursor.schema_fingerprint  maybe<#Digest>       absent_means  absent: not recorded
              cdf_cursor  CdfCursor.run_id              maybe<str>           absent_means  absent: it was not moved
                                                                                           by a run
              cdf_cursor  CdfCursor.updated_at          maybe<datetime<tz>>  absent_means  absent: not recorded
            4 optional fields, 0 of them open
            exit 0
        "#]],
    );
}

#[test]
fn our_own_records_are_as_they_are_locked() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    check_in(&checkout, &["lock", "--check"], expect![["exit 0\n"]]);
    check_in(&checkout, &["compat"], expect![["nothing changed\nexit 0\n"]]);
}

#[test]
fn stored_records_are_counted_that_a_change_hits() {
    let fixture = crate::fixture::Fixture::new();
    let locked = transcript(fixture.dir(), proofmark(fixture.dir(), &["lock"]));
    assert!(locked.ends_with("exit 0\n"), "{locked}");
    let now = fixture.dir().join("now");
    let compat = ["compat", "--now", "now", "--against", "contracts", "--corpus", "runs"];
    for (ty, told) in [
        (
            "int<0..=9223372036854775807>",
            expect![[r#"
                manifest  against contracts   manifest: what was ever written is read
                  T4  forward-only  $.elapsed_ns  u64 -> int<0..=9223372036854775807>  [0e0ccb8b]
                       type narrowed
                       json     new<-old cond    old<-new ok
                         new<-old refused: Expected `int` in 0..=9223372036854775807 - at `$.elapsed_ns`
                                  {"type":"manifest.v1","run_id":"a","status":"ok","started_at":"2026-01-02T03:04:05
                                  Z","elapsed_ns":18446744073709551615,"repro":{"type":"repro.v1","host":{"cpu_count
                                  ":1},"platform":{"os":"a","arch":"a"},"toolchain":{"rustc":"","target":"","profile
                                  ":""},"packages":{}}}
                       msgpack  new<-old cond    old<-new ok
                         new<-old refused: Expected `int` in 0..=9223372036854775807 - at `$.elapsed_ns`
                                  de0006a474797065ab6d616e69666573742e7631a672756e5f6964a161a6737461747573a26f6baa73
                                  7461727465645f6174d6ff695735a5aa656c61707365645f6e73cfffffffffffffffffa5726570726f
                                  85a474797065a8726570726f2e7631a4686f737481a96370755f636f756e7401a8706c6174666f726d
                                  82a26f73a161a461726368a161a9746f6f6c636861696e83a57275737463a0a6746172676574a0a77…
                       stored records hit: 0 of 1
                       fix: Check the stored records first, or keep the type.

                1 forward-only, needs minor
                exit 0
            "#]],
        ),
        (
            "u8",
            expect![[r#"
                manifest  against contracts   manifest: what was ever written is read
                  T4  forward-only  $.elapsed_ns  u64 -> u8  [1cce8eb4]
                       type narrowed
                       json     new<-old cond    old<-new ok
                         new<-old refused: Expected `int` <= 255 - at `$.elapsed_ns`
                                  {"type":"manifest.v1","run_id":"a","status":"ok","started_at":"2026-01-02T03:04:05
                                  Z","elapsed_ns":9007199254740993,"repro":{"type":"repro.v1","host":{"cpu_count":1}
                                  ,"platform":{"os":"a","arch":"a"},"toolchain":{"rustc":"","target":"","profile":""
                                  },"packages":{}}}
                       msgpack  new<-old cond    old<-new ok
                         new<-old refused: Expected `int` <= 255 - at `$.elapsed_ns`
                                  de0006a474797065ab6d616e69666573742e7631a672756e5f6964a161a6737461747573a26f6baa73
                                  7461727465645f6174d6ff695735a5aa656c61707365645f6e73cf0020000000000001a5726570726f
                                  85a474797065a8726570726f2e7631a4686f737481a96370755f636f756e7401a8706c6174666f726d
                                  82a26f73a161a461726368a161a9746f6f6c636861696e83a57275737463a0a6746172676574a0a77…
                       stored records hit: 1 of 1
                       fix: Check the stored records first, or keep the type.

                1 forward-only, needs major   (ends with 100)
                exit 100
            "#]],
        ),
    ] {
        let _ = fs::remove_dir_all(&now);
        fs::create_dir(&now).expect("there is room for a directory");
        for entry in fs::read_dir(fixture.dir().join("contracts")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, now.join(path.file_name().unwrap())).unwrap();
        }
        let lock = now.join("manifest.lock.json");
        let text = fs::read_to_string(&lock).unwrap();
        let (before, after) = text.split_once("\"elapsed_ns\"").expect("a manifest has that field");
        fs::write(&lock, [before, "\"elapsed_ns\"", &after.replacen("u64", ty, 1)].concat()).unwrap();
        check_in(fixture.dir(), &compat, told);
    }
}

#[test]
fn the_locks_of_others_are_looked_at_without_their_code() {
    let dir = tempfile::tempdir().unwrap();
    let now = dir.path().join("theirs");
    fs::create_dir(&now).unwrap();
    let lock = r##"{"proofmark_lock":1,"record":"range","version":1,"codecs":["json"],"used_as":"event","root":"#Range",
        "types":{"Range":{"is":"record","fields":[{"name":"start","type":"u128"},{"name":"end","type":"maybe<f64>"}]}}}"##;
    fs::write(now.join("range.lock.json"), lock).unwrap();
    check_in(
        dir.path(),
        &["gate", "--now", "theirs"],
        expect![[r#"
              RECORD  FIELD      TYPE        POLICY     MEANING
              range   Range.end  maybe<f64>  undecided  what absence means is not said
            1 optional field, 1 of them open
            exit 100
        "#]],
    );
    check_in(
        dir.path(),
        &["lint", "--now", "theirs", "--notes"],
        expect![[r#"
            error[S2]  Range.start  MessagePack has no integers beyond 64 bits: such a value is written in JSON alone
              help: bound it to 64 bits, or use a decimal
            error[S11]  Range.end  what absence means is not said
              help: say `absent = "…"` or `null = "…"`, or `undecided = "2026-12-31"` until it is known
            warning[S1]  Range.end  NaN is written as null in JSON, which is then refused, and as itself in MessagePack
              help: bounds (`ge`, `le`) refuse them on both sides; `Option` takes the null that JSON writes for them
            2 errors, 1 warning, 0 notes in 1 type
            exit 100
        "#]],
    );
    check_in(
        dir.path(),
        &["compat", "--now", "theirs", "--against", "theirs"],
        expect![[r#"
        nothing changed
        exit 0
    "#]],
    );
    let types = transcript(
        dir.path(),
        proofmark(dir.path(), &["schema", "--export", "typescript", "--now", "theirs"]),
    );
    assert!(types.contains("export interface Range {"), "{types}");
    check_in(
        dir.path(),
        &["lint", "--now", "nowhere"],
        expect![[r#"
        error: there are no locks in `nowhere`
        exit 101
    "#]],
    );
}

#[test]
fn what_is_found_is_a_record_of_our_own() {
    let dir = locked();
    edit(dir.path(), "cdf_cursor", "u64", "u32");
    for (command, tag, code) in [
        (&["compat", "--format", "json"][..], "compat_report.v1", 100),
        (&["gate", "cdf_cursor", "--format", "json"], "gate_report.v1", 0),
        (&["lint", "--format", "json"], "lint_report.v1", 0),
    ] {
        let printed = transcript(dir.path(), proofmark(dir.path(), command));
        let (text, ended) = printed.split_once('\n').expect("one line and how it ended");
        assert_eq!(ended, format!("exit {code}\n"));
        assert!(text.starts_with(&format!(r#"{{"type":"{tag}""#)), "{text}");
        let name = tag.trim_end_matches(".v1");
        let report = proofmark_contract::report::catalogue();
        let code = report.find(name).and_then(|entry| entry.code.clone()).expect("it has a row");
        let json = proofmark_contract::Codec::Json;
        assert_eq!(String::from_utf8(code.recode(text.as_bytes(), json, json).unwrap()).unwrap(), text);
        let schema = transcript(dir.path(), proofmark(dir.path(), &["schema", name]));
        assert!(schema.ends_with("}\nexit 0\n"), "{schema}");
    }
}

#[test]
fn what_changed_is_held_against_the_version_that_is_meant() {
    let dir = locked();
    edit(dir.path(), "cdf_cursor", "u64", "u32");
    for (step, code) in [("patch", 100), ("minor", 100), ("major", 0)] {
        let printed = transcript(dir.path(), proofmark(dir.path(), &["compat", "--release-type", step]));
        let last = printed.lines().rev().nth(1).expect("a summary");
        assert!(last.starts_with(&format!("1 backward-only, needs major, {step} is meant")), "{printed}");
        assert!(printed.ends_with(&format!("exit {code}\n")), "{printed}");
    }
    check_in(
        dir.path(),
        &["compat", "--release-type", "major", "--fail-on", "silent"],
        expect![[r#"
        error: the argument '--release-type <STEP>' cannot be used with '--fail-on <LEVEL>'

        Usage: proofmark compat --release-type <STEP>

        For more information, try '--help'.
        exit 2
    "#]],
    );
    check_in(
        dir.path(),
        &["compat", "--release-type", "major", "--format", "gitlab"],
        expect![[r#"
        [{"description":"cdf_cursor $.last_version backward-only: type widened (u32 -> u64), against contracts","check_name":"T3","fingerprint":"5864d8d7-contracts","severity":"minor","location":{"path":"contracts/cdf_cursor.lock.json","lines":{"begin":28}}}]exit 0
    "#]],
    );
    let comment = transcript(dir.path(), proofmark(dir.path(), &["compat", "--format", "markdown"]));
    assert!(comment.starts_with("### Contract: 1 backward-only\n"), "{comment}");
}
