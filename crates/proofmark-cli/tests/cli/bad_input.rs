//! Input that nobody meant well: one clear error each, the right exit code, no panic, nothing lost.

use std::fs;

use expect_test::{Expect, expect};

use crate::fixture::{Fixture, IDS};
use crate::{check_in, proofmark};

fn check_file(name: &str, content: impl AsRef<[u8]>, expected: Expect) {
    let fixture = Fixture::new();
    let path = fixture.write(name, content.as_ref());
    check_in(fixture.dir(), &["show", name], expected);
    assert_eq!(fs::read(path).unwrap(), content.as_ref(), "it is still there");
}

#[test]
fn a_missing_file_is_named() {
    check_in(
        Fixture::new().dir(),
        &["show", "nowhere.json"],
        expect![[r#"
        error: cannot read `nowhere.json`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["convert", "nowhere.json", "out.msgpack"],
        expect![[r#"
        error: cannot read `nowhere.json`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", "src/"],
        expect![[r#"
        error: cannot tell the format of `src/` by its name
          help: end it in .json or .msgpack, or give the format: --from json
        exit 2
    "#]],
    );
}

#[test]
fn a_missing_run_or_artifact_is_named_with_those_there_are() {
    check_in(
        Fixture::new().dir(),
        &["show", "zzzz"],
        expect![[r#"
        error: runs: no run `zzzz`; the latest of 3: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz, 20261120-060000000-a7b2c9de
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", "k3f9"],
        expect![[r#"
        error: runs: `k3f9` fits 2 runs: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz
          help: give more of the id
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", "latest~7"],
        expect![[r#"
        error: runs: no run `latest~7`; the latest of 3: 20261122-134501123-k3f9q2xd, 20261121-060000000-k3f9zzzz, 20261120-060000000-a7b2c9de
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", ":manifset"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd: no artifact `manifset`; there are: ast, diagnostics, manifest, plan, telemetry
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", ":profile"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd: `profile` could not be written: cannot write the artifact: no space left on device
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", "--runs", "nowhere"],
        expect![[r#"
        error: nowhere: no run `latest`: there are no runs yet
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    check_in(
        Fixture::new().dir(),
        &["show", ":manifest", ".datasets[0].rowz"],
        expect![[r#"
        error: there is no `rowz` in `.datasets[0]`
          help: did you mean `rows`?
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", ":manifest", ".datasets[9]"],
        expect![[r#"
        error: there is no item 9 in `.datasets`
          help: it has 2, counted from 0
        exit 101
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["show", ":manifest", ".datasets["],
        expect![[r#"
        error: invalid value '.datasets[' for '[PATH]': `.datasets[` is no path: expected a number, text in double quotes or `]` at character 11
          help: paths look like `.datasets[0].rows`, `.datasets[].name` or `.settings["a.b"]`

        For more information, try '--help'.
        exit 2
    "#]],
    );
}

#[test]
fn a_damaged_artifact_is_found_and_the_others_are_read() {
    let fixture = Fixture::new();
    let path = fixture.file(IDS[0], "plan.json");
    let damaged = fs::read_to_string(&path).unwrap().replace("flights", "flightz");
    fs::write(&path, &damaged).unwrap();
    fs::write(fixture.file(IDS[0], "stray.txt"), "").unwrap();
    check_in(
        fixture.dir(),
        &["show"],
        expect![[r#"
            20261122-134501123-k3f9q2xd  failed  pipeline.sql
            datafusion 55.2.0, started 2026-11-22 13:45, took 412 ms
            content 5317358b4cd4ec85d84d93ee3c00fe3f285cb9eacbf9fa3b6e5d7e994c89c7ee

            failed: No field named delay
              help: the table `flights` has the columns: carrier, dep_delay

            runs/20261122-134501123-k3f9q2xd/  TYPE               SIZE  SHA256         CONTENT
            ├─ bundle.json                     the index
            ├─ ast.msgpack                     ast.v1            651 B  96fb20a06e3a…  902a7ab18818…
            ├─ diagnostics.msgpack             diagnostics.v1  2.08 kB  b226550e4334…  b6ce58bcc149…
            ├─ manifest.json                   manifest.v1     4.67 kB  94a3ac36d822…  689f369c52ee…
            ├─ plan.json                       plan.v1         3.04 kB  d7e92ccaa602…  064b6696b3a9…  damaged
            ├─ telemetry.msgpack               telemetry.v1      173 B  226d2485aab1…  5ade2f42a6fd…
            └─ profile                                               -  -              -              missing: cannot write the artifact: no space left on device
            damaged runs/20261122-134501123-k3f9q2xd/plan.json: damaged: its digest is not the recorded one
            damaged runs/20261122-134501123-k3f9q2xd/stray.txt: the index does not know this file
            exit 100
        "#]],
    );
    check_in(
        fixture.dir(),
        &["show", ":plan"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd/plan.json: damaged: its digest is not the recorded one
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["show", ":manifest", ".status"],
        expect![[r#"
        failed
        exit 0
    "#]],
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
}

#[test]
fn a_truncated_artifact_is_found() {
    let fixture = Fixture::new();
    let path = fixture.file(IDS[0], "telemetry.msgpack");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    check_in(
        fixture.dir(),
        &["show", ":telemetry"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd/telemetry.msgpack: damaged: has 86 bytes, 173 were written
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
    fs::remove_file(&path).unwrap();
    check_in(
        fixture.dir(),
        &["show", ":telemetry"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd/telemetry.msgpack: cannot open the file: No such file or directory (os error 2)
          help: `proofmark ls` lists the runs, `proofmark show RUN` what a run left
        exit 101
    "#]],
    );
}

#[test]
fn a_damaged_index_is_found() {
    let fixture = Fixture::new();
    let path = fixture.file(IDS[0], "bundle.json");
    let damaged = fs::read_to_string(&path).unwrap().replace("failed", "ok");
    fs::write(&path, damaged).unwrap();
    check_in(
        fixture.dir(),
        &["show"],
        expect![[r#"
        error: runs/20261122-134501123-k3f9q2xd/bundle.json: damaged: Digest is not that of the content
          help: restore the file from a copy, or run the pipeline again; the other artifacts can be read
        exit 101
    "#]],
    );
}

#[test]
fn an_unknown_field_is_named_with_its_place() {
    let cursor = r#"{"type":"cdf_cursor.v1","dataset_name":"a","last_version":1,"surprise":2}"#;
    check_file(
        "x.json",
        cursor,
        expect![[r#"
        error: cannot read `x.json`: Object contains unknown field `surprise`
          help: `proofmark schema cdf_cursor` says what is expected
        exit 101
    "#]],
    );
    let inside = r#"{"type":"repro.v1","host":{"cpu_count":1,"surprise":2}}"#;
    check_file(
        "x.json",
        inside,
        expect![[r#"
        error: cannot read `x.json`: Object contains unknown field `surprise` - at `$.host`
          help: `proofmark schema repro` says what is expected
        exit 101
    "#]],
    );
}

#[test]
fn a_field_of_the_wrong_type_is_named_with_its_place() {
    let cursor = r#"{"type":"cdf_cursor.v1","dataset_name":"a","last_version":"1"}"#;
    check_file(
        "x.json",
        cursor,
        expect![[r#"
        error: cannot read `x.json`: Expected `int`, got `str` - at `$.last_version`
          help: `proofmark schema cdf_cursor` says what is expected
        exit 101
    "#]],
    );
}

#[test]
fn a_hostile_header_costs_no_memory() {
    check_file(
        "x.msgpack",
        b"\xdd\xff\xff\xff\xff",
        expect![[r#"
        error: cannot read `x.msgpack`: Input data was truncated
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.msgpack",
        b"\xdb\xff\xff\xff\xff",
        expect![[r#"
        error: cannot read `x.msgpack`: Input data was truncated
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.msgpack",
        b"\x81\xa4type\xc6\x7f\xff\xff\xff",
        expect![[r#"
        error: cannot read `x.msgpack`: Input data was truncated
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
}

#[test]
fn deep_nesting_costs_no_stack() {
    check_file(
        "x.json",
        "[".repeat(100_000),
        expect![[r#"
            error: cannot read `x.json`: Nesting is deeper than 256 levels (byte 256)
              help: no record is so deep or so long: it is damaged, or made to do harm
            exit 101
        "#]],
    );
    check_file(
        "x.json",
        [vec![b'['; 100_000], vec![b']'; 100_000]].concat(),
        expect![[r#"
            error: cannot read `x.json`: Nesting is deeper than 256 levels (byte 256)
              help: no record is so deep or so long: it is damaged, or made to do harm
            exit 101
        "#]],
    );
    check_file(
        "x.msgpack",
        [vec![0x91; 100_000], vec![0xc0]].concat(),
        expect![[r#"
            error: cannot read `x.msgpack`: Nesting is deeper than 256 levels (byte 256)
              help: no record is so deep or so long: it is damaged, or made to do harm
            exit 101
        "#]],
    );
    let fixture = Fixture::new();
    fixture.write("x.json", [vec![b'['; 100_000], vec![b']'; 100_000]].concat());
    check_in(
        fixture.dir(),
        &["convert", "x.json", "x.msgpack"],
        expect![[r#"
            error: cannot read `x.json`: Nesting is deeper than 256 levels (byte 256)
              help: no record is so deep or so long: it is damaged, or made to do harm
            exit 101
        "#]],
    );
    fixture.write("y.msgpack", [vec![0x91; 100_000], vec![0xc0]].concat());
    let output = proofmark(fixture.dir(), &["show", "y.msgpack", "--hex"]).output().unwrap();
    assert_eq!(output.status.code(), Some(101));
}

#[test]
fn what_is_neither_json_nor_messagepack_is_told() {
    check_file(
        "x.json",
        "",
        expect![[r#"
        error: cannot read `x.json`: Input data was truncated
          help: it is not JSON, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.json",
        "{\"a\":1} x",
        expect![[r#"
        error: cannot read `x.json`: JSON is malformed: trailing characters (byte 9)
          help: it is not JSON, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.json",
        b"\"\xff\"",
        expect![[r#"
        error: cannot read `x.json`: Text is not valid UTF-8 (byte 1)
          help: it is not JSON, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.msgpack",
        "",
        expect![[r#"
        error: cannot read `x.msgpack`: Input data was truncated
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.msgpack",
        b"\xc1",
        expect![[r#"
        error: cannot read `x.msgpack`: MessagePack data is malformed: invalid opcode '\xc1' (byte 0)
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
    check_file(
        "x.msgpack",
        b"\xc0\xc0",
        expect![[r#"
        error: cannot read `x.msgpack`: MessagePack data is malformed: trailing characters (byte 1)
          help: it is not MessagePack, or damaged; `show --hex` shows the bytes
        exit 101
    "#]],
    );
}
