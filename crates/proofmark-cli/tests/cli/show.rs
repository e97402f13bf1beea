//! `proofmark show`.

use expect_test::{Expect, expect, expect_file};
use proofmark_artifacts::Codec;

use crate::fixture::{Fixture, IDS, manifest};
use crate::{check_in, proofmark, transcript};

fn check(args: &[&str], expected: Expect) {
    let args = [&["show"], args].concat();
    check_in(Fixture::new().dir(), &args, expected);
}

#[test]
fn a_run_is_a_tree_of_verified_files() {
    check(
        &[],
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
            ├─ plan.json                       plan.v1         3.04 kB  d7e92ccaa602…  064b6696b3a9…
            ├─ telemetry.msgpack               telemetry.v1      173 B  226d2485aab1…  5ade2f42a6fd…
            └─ profile                                               -  -              -              missing: cannot write the artifact: no space left on device
            exit 0
        "#]],
    );
}

/// Each artifact whole, in a file of its own, because they are long.
#[test]
fn artifacts_are_shown_with_names_presence_and_volatility() {
    let fixture = Fixture::new();
    for name in ["manifest", "plan", "ast", "telemetry", "diagnostics"] {
        let shown = transcript(fixture.dir(), proofmark(fixture.dir(), &["show", &format!(":{name}")]));
        expect_file![format!("golden/{name}.txt")].assert_eq(&shown);
    }
    let shown = transcript(fixture.dir(), proofmark(fixture.dir(), &["show", "latest~1:profile"]));
    expect_file!["golden/profile.txt"].assert_eq(&shown);
}

#[test]
fn an_artifact_named_like_a_path_is_an_artifact() {
    check(
        &["k3f9z:../../x"],
        expect![[r#"
            cdf_cursor.v1  JSON  80 B  sha256 f032c9058b39…  content bce1b727fa8e…

            type                cdf_cursor.v1
            dataset_name        ../../x
            last_version        7
            table_id            -
            schema_fingerprint  -
            run_id              -  ~random
            updated_at          -  ~time
            exit 0
        "#]],
    );
}

#[test]
fn a_path_leads_to_a_part() {
    check(
        &[":manifest", ".datasets[0].rows"],
        expect![[r#"
        336776
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".datasets[].name"],
        expect![[r#"
        flights
        ../../x
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".datasets[0].columns"],
        expect![[r#"
        name       data_type  nullable
        carrier    Utf8       false
        dep_delay  Int64      true
        exit 0
    "#]],
    );
    check(
        &[":telemetry", ".scans[0].pruning.pages"],
        expect![[r#"
        pruned   10  ~race
        matched  6  ~race
        exit 0
    "#]],
    );
    check(
        &["latest~1:profile", ".settings[\"datafusion.execution.batch_size\"]"],
        expect![[r#"
        "8192"
        exit 0
    "#]],
    );
}

#[test]
fn missing_null_and_value_are_told_apart() {
    check(
        &[":manifest", ".statements[].rows"],
        expect![[r#"
        16
        -
        exit 0
    "#]],
    );
    check(
        &[":telemetry", ".scans[0].estimated_rows"],
        expect![[r#"
        null
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".statements[].rows", "--json"],
        expect![[r#"
        16
        exit 0
    "#]],
    );
    check(
        &[":telemetry", ".scans[0].estimated_rows", "--json"],
        expect![[r#"
        null
        exit 0
    "#]],
    );
}

#[test]
fn json_is_exact_and_canonical_whatever_the_file_is() {
    check(
        &[":telemetry", "--json"],
        expect![[r#"
        {
          "type": "telemetry.v1",
          "scans": [
            [
              4,
              32,
              600572,
              null,
              0,
              1,
              "lineitem",
              "parquet",
              [
                "l_orderkey",
                "l_shipdate"
              ],
              "l_shipdate@1 <= 1998-09-02",
              [
                [
                  "/data/lineitem-0.parquet",
                  9425000,
                  150390,
                  null
                ]
              ],
              37700000,
              480233,
              591856,
              [
                [
                  0,
                  4
                ],
                [
                  4,
                  4
                ],
                [
                  0,
                  4
                ],
                [
                  10,
                  6
                ],
                [
                  0,
                  0
                ]
              ]
            ]
          ]
        }
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".failure", "--json"],
        expect![[r#"
            {
              "stage": "plan",
              "message": "No field named delay",
              "help": "the table `flights` has the columns: carrier, dep_delay"
            }
            exit 0
        "#]],
    );
    check(
        &["a7b2:cdf_cursor", "--json"],
        expect![[r#"
        {
          "type": "cdf_cursor.v1",
          "dataset_name": "orders",
          "last_version": 4,
          "table_id": "0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c",
          "schema_fingerprint": "1c168adb00d208e42f93314529f1fa9c0427eb63233ceda95a5db52b7012a719",
          "run_id": "20261122-134501123-k3f9q2xd",
          "updated_at": "2026-11-22T13:45:03Z"
        }
        exit 0
    "#]],
    );
}

#[test]
fn gron_gives_paths_that_can_be_given_back() {
    check(
        &["a7b2:cdf_cursor", "--gron"],
        expect![[r#"
        .type = "cdf_cursor.v1"
        .dataset_name = "orders"
        .last_version = 4
        .table_id = "0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c"
        .schema_fingerprint = "1c168adb00d208e42f93314529f1fa9c0427eb63233ceda95a5db52b7012a719"
        .run_id = "20261122-134501123-k3f9q2xd"
        .updated_at = "2026-11-22T13:45:03Z"
        exit 0
    "#]],
    );
    check(
        &["a7b2:cdf_cursor", ".dataset_name"],
        expect![[r#"
        orders
        exit 0
    "#]],
    );
}

#[test]
fn raw_texts_are_bare() {
    check(
        &[":manifest", ".statements[].sql", "-r"],
        expect![[r#"
        SELECT carrier, count(*) FROM flights GROUP BY carrier
        SELECT avg(delay) FROM flights
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".datasets[0].arrow_schema", "-r"],
        expect![[r#"
        /////xAAAAAQEBAQEBAQEBAQEBAQEBAQ
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".rules", "-r"],
        expect![[r#"
        {"analyzer":["type_coercion"],"logical":["push_down_filter","optimize_projections"],"physical":["join_selection"]}
        exit 0
    "#]],
    );
}

#[test]
fn head_says_how_many_it_hides() {
    check(
        &[":manifest", ".statements[0]", "--head", "1"],
        expect![[r#"
            index               0
            step                carriers
            kind                query
            sql                 SELECT carrier, count(*) FROM flights GROUP BY carrier
            substrait           -
            status              ok
            rows                16
            bytes               1.02 kB  ~race
            schema_fingerprint  15c742dca4c2fd7bd1b8ef78d5214286698438b3e1850384b7d3133b585885de
            elapsed_ns          1.00 s  ~measured
            memory_bytes_max    11.2 MB  ~race
            spilled_bytes       0 B  ~race
            exit 0
        "#]],
    );
    check(
        &[":manifest", ".rules.logical", "--head", "1"],
        expect![[r#"
        push_down_filter
        … 1 more of 2
        exit 0
    "#]],
    );
    check(
        &[":manifest", ".datasets", "--head", "0"],
        expect![[r#"
        … 2 more of 2
        exit 0
    "#]],
    );
}

#[test]
fn hex_names_the_bytes() {
    check(
        &[":telemetry", "--hex"],
        expect![[r#"
        00000000  82                                     map of 2
        00000001  a4 74 79 70 65                           key: str "type"
        00000006  ac 74 65 6c 65 6d 65 74 72 79 2e 76…     type: str "telemetry.v1"
        00000013  a5 73 63 61 6e 73                        key: str "scans"
        00000019  91                                       scans: array of 1
        0000001a  9f                                         [0]: array of 15
        0000001b  04                                           fragment_count: int 4
        0000001c  20                                           row_group_count: int 32
        0000001d  ce 00 09 29 fc                               count_rows: int 600572
        00000022  c0                                           estimated_rows: nil null
        00000023  00                                           statement: int 0
        00000024  01                                           operator: int 1
        00000025  a8 6c 69 6e 65 69 74 65 6d                   dataset: str "lineitem"
        0000002e  a7 70 61 72 71 75 65 74                      format: str "parquet"
        00000036  92                                           columns: array of 2
        00000037  aa 6c 5f 6f 72 64 65 72 6b 65 79               [0]: str "l_orderkey"
        00000042  aa 6c 5f 73 68 69 70 64 61 74 65               [1]: str "l_shipdate"
        0000004d  ba 6c 5f 73 68 69 70 64 61 74 65 40…         predicate: str "l_shipdate@1 <= 1998-09-02"
        00000068  91                                           file_hints: array of 1
        00000069  94                                             [0]: array of 4
        0000006a  b8 2f 64 61 74 61 2f 6c 69 6e 65 69…             path: str "/data/lineitem-0.parquet"
        00000083  ce 00 8f d0 68                                   bytes: int 9425000
        00000088  ce 00 02 4b 76                                   rows: int 150390
        0000008d  c0                                               row_groups: nil null
        0000008e  ce 02 3f 41 a0                               bytes_planned: int 37700000
        00000093  ce 00 07 53 e9                               bytes_scanned: int 480233
        00000098  ce 00 09 07 f0                               rows_out: int 591856
        0000009d  95                                           pruning: array of 5
        0000009e  92                                             files: array of 2
        0000009f  00                                               pruned: int 0
        000000a0  04                                               matched: int 4
        000000a1  92                                             row_groups_statistics: array of 2
        000000a2  04                                               pruned: int 4
        000000a3  04                                               matched: int 4
        000000a4  92                                             row_groups_bloom: array of 2
        000000a5  00                                               pruned: int 0
        000000a6  04                                               matched: int 4
        000000a7  92                                             pages: array of 2
        000000a8  0a                                               pruned: int 10
        000000a9  06                                               matched: int 6
        000000aa  92                                             rows: array of 2
        000000ab  00                                               pruned: int 0
        000000ac  00                                               matched: int 0
        exit 0
    "#]],
    );
}

#[test]
fn a_file_is_recognised_by_its_tag() {
    let fixture = Fixture::new();
    fixture.write("m.msgpack", manifest(Codec::MessagePack));
    check_in(
        fixture.dir(),
        &["show", "m.msgpack", ".started_at"],
        expect![[r#"
        2026-11-22 13:45:01Z
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["show", "m.msgpack", ".repro.host"],
        expect![[r#"
        hostname      build-7  ~host
        kernel        6.18.44  ~host
        cpu_count     2  ~host
        cpu_model     AMD EPYC  ~host
        memory_bytes  25.8 GB  ~host
        time_zone     UTC  ~host
        exit 0
    "#]],
    );
}

#[test]
fn an_envelope_is_verified_and_opened() {
    let fixture = Fixture::new();
    let index = fixture.file(IDS[2], "bundle.json");
    check_in(
        fixture.dir(),
        &["show", index.to_str().unwrap()],
        expect![[r#"
            bundle.v1  JSON  731 B  content b40777e631b1…

            type         bundle.v1
            run_id       20261120-060000000-a7b2c9de  ~random
            summary
              status      ok
              started_at  2026-11-20 06:00:00Z  ~time
              elapsed_ns  412 ms  ~measured
              title       pipeline.sql  ~path
              engine      datafusion 54.0.0
              replay_of   -  ~random
            fingerprint  d7d8ab33e03bc8aefe80c35ca8b5970161adea96676a9b96c95b4a6a7d8f1b77
            artifacts    1 item
              [0]
                name         cdf_cursor
                file         cdf_cursor.json
                kind         cdf_cursor
                version      1
                codec        json
                bytes        308 B  ~measured
                sha256       0f00e62b69129ff5da6a92c1fab983ee9ec1cfe967a4f4af2e7e269fa54f56e9  ~measured
                fingerprint  5d944d398ac69b615d9a85fc0f1e620bb29dca29bf00540a429dc1eb2010c8cf
            missing      []
            exit 0
        "#]],
    );
    let changed = std::fs::read_to_string(&index).unwrap().replace("54.0.0", "54.0.1");
    std::fs::write(&index, changed).unwrap();
    check_in(
        fixture.dir(),
        &["show", index.to_str().unwrap()],
        expect![[r#"
        error: `[DIR]/runs/20261120-060000000-a7b2c9de/bundle.json` is damaged: Digest is not that of the content
          help: restore the file from a copy; `show --hex` shows the bytes
        exit 101
    "#]],
    );
}

#[test]
fn standard_input_is_a_file_without_a_name() {
    let fixture = Fixture::new();
    let path = fixture.write("x", "[1,2]");
    let show = |args: &[&str]| {
        let mut command = proofmark(fixture.dir(), &[&["show", "-"], args].concat());
        command.stdin(std::fs::File::open(&path).unwrap());
        transcript(fixture.dir(), command)
    };
    assert_eq!(show(&["--from", "json", "[1]"]), "2\nexit 0\n");
    expect![[r#"
        error: cannot tell the format of `-` by its name
          help: end it in .json or .msgpack, or give the format: --from json
        exit 2
    "#]]
    .assert_eq(&show(&[]));
}

#[test]
fn a_file_without_a_type_is_shown_as_it_is() {
    let fixture = Fixture::new();
    fixture.write("x.msgpack", b"\x83\xa1a\x92\x01\xc0\xa1b\xc4\x02\x00\x01\xa1c\xd6\xff\x6b\x02\xf1\xdd");
    check_in(
        fixture.dir(),
        &["show", "x.msgpack"],
        expect![[r#"
        untyped  MessagePack  20 B

        a  [1, null]
        b  2 bytes 0001
        c  2026-11-22 13:45:01Z
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["show", "x.msgpack", "--json"],
        expect![[r#"
            {
              "a": [
                1,
                null
              ],
              "b": "AAE=",
              "c": "2026-11-22T13:45:01Z"
            }
            exit 0
        "#]],
    );
    fixture.write("x.json", r#"{"type":"manifest.v9","n":1}"#);
    check_in(
        fixture.dir(),
        &["show", "x.json"],
        expect![[r#"
        untyped  JSON  28 B

        type  manifest.v9
        n     1
        note: this program does not know `manifest.v9`; it is shown without names and checks
        exit 0
    "#]],
    );
}

#[test]
fn what_a_terminal_obeys_is_shown_and_not_obeyed() {
    let fixture = Fixture::new();
    fixture.write(
        "x.json",
        "{\"k\\u001b[2J\":\"a\\u001b]0;b\\u0007\\u202e\",\"l\":\"1\\u009b\\n2\\u001b[31m\"}",
    );
    check_in(
        fixture.dir(),
        &["show", "x.json"],
        expect![[r#"
        untyped  JSON  67 B

        k\u{1b}[2J  a\u{1b}]0;b\u{7}\u{202e}
        l
          1\u{9b}
          2\u{1b}[31m
        exit 0
    "#]],
    );
    // A pipe gets the data as it is.
    let piped = transcript(fixture.dir(), proofmark(fixture.dir(), &["show", "x.json", ".l", "-r"]));
    assert_eq!(piped, "1\u{9b}\n2\u{1b}[31m\nexit 0\n");
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let fixture = Fixture::new();
    let with = |args: &[&str], name: &str| {
        let mut command = proofmark(fixture.dir(), &[&["show", ":manifest", ".status"], args].concat());
        command.env(name, "1");
        transcript(fixture.dir(), command)
    };
    let (plain, painted) = ("failed\nexit 0\n", "\u{1b}[1m\u{1b}[31mfailed\u{1b}[0m\nexit 0\n");
    assert_eq!(with(&[], "_"), plain);
    assert_eq!(with(&["--color", "always"], "_"), painted);
    assert_eq!(with(&[], "CLICOLOR_FORCE"), painted);
    assert_eq!(with(&["--color", "never"], "CLICOLOR_FORCE"), plain);
    assert_eq!(with(&[], "NO_COLOR"), plain);
}
