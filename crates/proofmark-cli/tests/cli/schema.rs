//! `proofmark schema`, `completions`, and the command line as such.

use expect_test::expect;

use crate::fixture::Fixture;
use crate::{check_in, proofmark, transcript};

#[test]
fn all_types_are_listed() {
    check_in(
        Fixture::new().dir(),
        &["schema"],
        expect![[r#"
              TYPE                         FORMAT   DESCRIPTION
              bundle.v1                    json     The index of a run bundle
              manifest.v1                  json     The record of one run
              repro.v1                     json     Where and with what a run was made
              profile.v1                   json     What the engine was set to do, as read back from the live session
              plan.v1                      json     The plans of a run's statements
              ast.v1                       msgpack  The syntax trees of a run's statements
              telemetry.v1                 msgpack  The scans of a run
              diagnostics.v1               msgpack  The events of a run
              run_event.v1                 msgpack  The run, or one statement of it, began or ended
              plan_event.v1                msgpack  A statement was planned
              explain_event.v1             msgpack  A physical plan that has run, flattened
              prepared_statement_event.v1  msgpack  A statement was prepared, executed or dropped
              parse_error_event.v1         msgpack  A text was not SQL
              udf_validation_event.v1      msgpack  A statement calls a function, and the function was looked up
              schema_validation_event.v1   msgpack  The files of one table were compared with the schema it is read by
              file_pruning_event.v1        msgpack  What one scan skipped, at each level
              memory_event.v1              msgpack  The memory that one statement's operators reserved
              cache_state_event.v1         msgpack  What a cache held when the run ended, and how often it helped
              object_store_event.v1        msgpack  The requests that a run made of one object store, the local file system included
              feature_state_event.v1       msgpack  One capability that changes what a run does
              incremental_event.v1         msgpack  The changes of one table were read from its cursor on, and the cursor moved or not
              rejected_row.v1              msgpack  A row that did not become an event
              intake_report.v1             msgpack  What an intake took in and what it refused
              cdf_cursor.v1                json     The last version of a dataset that has been processed whole
              cursor_reset.v1              json     A cursor was taken back
              run_diff.v1                  json     What changed between two runs, and why
              plan_diff.v1                 json     How plans changed
              verify_report.v1             json     Whether a run's record is whole and honest
              proof_report.v1              json     What came of doing the same work under changed circumstances
              envelope.v1                  json     A record that stands alone on a disk
              compat_report.v1             json     What changed between the records of now and those of before, and whom it breaks
              gate_report.v1               json     What absence and null mean, for each optional field
              lint_report.v1               json     What is wrong with types before anyone changes them
            exit 0
        "#]],
    );
}

#[test]
fn a_type_has_a_schema_by_name_and_by_tag() {
    check_in(
        Fixture::new().dir(),
        &["schema", "cdf_cursor"],
        expect![[r##"
        {
          "$ref": "#/$defs/CdfCursor",
          "$defs": {
            "CdfCursor": {
              "title": "CdfCursor",
              "description": "The last version of a dataset that has been processed whole.",
              "type": "object",
              "properties": {
                "type": {
                  "enum": [
                    "cdf_cursor.v1"
                  ]
                },
                "dataset_name": {
                  "description": "Name of the dataset.",
                  "type": "string",
                  "maxLength": 1024,
                  "minLength": 1
                },
                "last_version": {
                  "description": "The version.",
                  "type": "integer",
                  "minimum": 0
                },
                "table_id": {
                  "description": "Id of the table: a table made anew under the same name starts again at version 0.",
                  "type": "string",
                  "x-absent-means": "the table has no id"
                },
                "schema_fingerprint": {
                  "description": "Fingerprint of the table's schema at that version.",
                  "type": "string",
                  "pattern": "^[0-9a-f]{64}$",
                  "x-absent-means": "not recorded"
                },
                "run_id": {
                  "description": "The run that processed it. Volatile: run ids are drawn at random.",
                  "type": "string",
                  "x-volatile": "random",
                  "x-absent-means": "it was not moved by a run"
                },
                "updated_at": {
                  "description": "When it was moved. Volatile: it is the clock.",
                  "type": "string",
                  "format": "date-time",
                  "x-volatile": "time",
                  "x-absent-means": "not recorded"
                }
              },
              "required": [
                "type",
                "dataset_name",
                "last_version"
              ],
              "additionalProperties": false
            }
          }
        }
        exit 0
    "##]],
    );
    let fixture = Fixture::new();
    let output = |name: &str| proofmark(fixture.dir(), &["schema", name]).output().unwrap().stdout;
    assert_eq!(output("manifest"), output("manifest.v1"));
}

#[test]
fn every_type_has_a_schema() {
    let fixture = Fixture::new();
    for row in proofmark_artifacts::RECORDS {
        let output = proofmark(fixture.dir(), &["schema", row.name]).output().unwrap();
        assert!(output.status.success() && output.stdout.starts_with(b"{\n"), "{}", row.name);
    }
}

#[test]
fn a_slip_is_told() {
    check_in(
        Fixture::new().dir(),
        &["schema", "manifset"],
        expect![[r#"
        error: there is no record type `manifset`
          help: did you mean `manifest`? `proofmark schema` lists all types
        exit 2
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["schema", "manifest.v2"],
        expect![[r#"
        error: there is no record type `manifest.v2`
          help: did you mean `manifest`? `proofmark schema` lists all types
        exit 2
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["schema", "xyz"],
        expect![[r#"
        error: there is no record type `xyz`
          help: `proofmark schema` lists all types
        exit 2
    "#]],
    );
}

#[test]
fn shells_get_completions() {
    let fixture = Fixture::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = proofmark(fixture.dir(), &["completions", shell]).output().unwrap();
        assert!(output.status.success() && output.stdout.len() > 1_000, "{shell}");
    }
}

#[test]
fn the_version_is_told_and_a_slip_too() {
    check_in(
        Fixture::new().dir(),
        &["--version"],
        expect![[r#"
        proofmark 0.1.0
        exit 0
    "#]],
    );
    check_in(
        Fixture::new().dir(),
        &["lst"],
        expect![[r#"
            error: unrecognized subcommand 'lst'

              tip: some similar subcommands exist: 'lint', 'ls'

            Usage: proofmark [OPTIONS] <COMMAND>

            For more information, try '--help'.
            exit 2
        "#]],
    );
}

/// The small tool has no `run` to tell of.
#[cfg(feature = "datafusion")]
#[test]
fn the_commands_are_told() {
    check_in(
        Fixture::new().dir(),
        &["--help"],
        expect![[r#"
            Records what a data engine did, and shows the records

            Usage: proofmark [OPTIONS] <COMMAND>

            Commands:
              run          Runs SQL files, pipelines and Substrait plans, and leaves a record of the run
              ls           Lists the runs, the latest first
              show         Shows a run, one of its artifacts, or a file
              report       Makes a page of a run: one HTML file that needs no network
              diff         Compares two runs, two artifacts or two files
              verify       Checks that a run's record is whole and honest
              prove        Runs a pipeline again and again under changed circumstances, and names what should
                           not depend on them
              bundle       Packs a run into one file, or unpacks one
              replay       Does the work of a run once more, and compares the two
              cursor       Shows and moves cursors: how far each dataset has been processed
              prune        Removes old runs
              push         Sends runs to an object store
              pull         Brings runs from an object store
              tables       Writes what runs recorded as tables: Parquet files, or Delta tables
              ingest       Takes loose rows for typed events, and keeps aside what is none
              convert      Converts a file between JSON and MessagePack
              schema       Lists the record types, prints the JSON Schema or a description of one, or exports
                           them to other languages
              lock         Writes the lock files of all record types, or checks them
              compat       Judges every change of the records, and shows by bytes what it breaks
              explain      Explains a rule of drift, or lists all of them
              gate         Lists what absence and null mean, field by field
              lint         Checks the record types themselves: S1 to S13
              review       Shows what waits for a decision, and takes it
              git-driver   Shows stored records in `git diff`, and merges lock files field by field
              completions  Prints completions for a shell

            Options:
                  --color <WHEN>
                      When to use colours

                      Possible values:
                      - auto:   On a terminal, unless the environment says otherwise
                      - always: Also into files and pipes
                      - never:  Not at all

                      [default: auto]

              -h, --help
                      Print help (see a summary with '-h')

              -V, --version
                      Print version

            Exit codes:
                0  done
                2  the command line makes no sense
              100  done, and something is wrong with what was looked at
              101  could not be done: a query failed, or a file is missing, damaged or not what it should be

            Environment:
              PROOFMARK_RUNS            where runs are kept, unless --runs says so
              PROOFMARK_CURSORS         where cursors are kept; else in `cursors` beside the runs
              PROOFMARK_LOCKS           where the locks are, unless --locks says so
              PROOFMARK_PROFILES        the file of profiles, unless --profiles says so
              PROOFMARK_DIFF_TOOL       what `diff` shows two runs or records in, such as `difft`
              CHROMIUM                  the browser that draws `report --png`; else it is looked for on the path
              NO_COLOR, CLICOLOR_FORCE  no colours, colours also into pipes
            exit 0
        "#]],
    );
}

#[test]
fn nobody_reading_is_no_failure() {
    let fixture = Fixture::new();
    for args in
        [&["ls"][..], &["show"], &["show", ":manifest"], &["schema", "manifest"], &["completions", "zsh"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = proofmark(fixture.dir(), args).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), &output.stderr[..]), (Some(0), &b""[..]), "{args:?}");
    }
}

#[test]
fn a_type_is_described_field_by_field() {
    let fixture = Fixture::new();
    check_in(
        fixture.dir(),
        &["schema", "envelope", "--inspect"],
        expect![[r#"
        Digest  newtype  A SHA-256 digest, written as 64 lower-case hexadecimal digits.
          TYPE  BOUNDS
          str   pattern = "^[0-9a-f]{64}$"

        Envelope  record, type = envelope.v1  A record that stands alone on a disk: what it is, what wrote …
          FIELD    TYPE     ABSENT   NULL  BOUNDS       VOLATILE  ABOUT
          kind     str      refused        min_len = 1            Name of the record's type: `manifest`.
          version  u32      refused        ge = 1                 Version of the record's form.
          writer   str      refused        min_len = 1            The program that wrote it, and its version.
          sha256   #Digest  refused                               Digest of the whole file, with zeros in place of these digits.
          record   raw      refused                               The record.

        exit 0
    "#]],
    );
    let json =
        transcript(fixture.dir(), proofmark(fixture.dir(), &["schema", "envelope", "--inspect", "--json"]));
    assert!(json.contains("\"words\": {") && json.ends_with("exit 0\n"), "{json}");
    let alone = transcript(fixture.dir(), proofmark(fixture.dir(), &["schema", "--inspect"]));
    assert!(alone.ends_with("exit 2\n"), "{alone}");
}

#[test]
fn types_are_exported_to_other_languages() {
    let fixture = Fixture::new();
    let printed = |args: &[&str]| transcript(fixture.dir(), proofmark(fixture.dir(), args));
    for (form, parts) in [
        ("python", ["class CdfCursor(", "RECORDS: dict[str, Any] = {\n"]),
        ("typescript", ["export interface CdfCursor {", "dataset_name: string;"]),
        ("annotated", ["\"x-presence\": \"required\"", "\"maxLength\": 1024"]),
    ] {
        let text = printed(&["schema", "cdf_cursor", "--export", form]);
        assert!(parts.iter().all(|part| text.contains(part)) && text.ends_with("exit 0\n"), "{text}");
    }
    assert!(printed(&["schema", "--export", "python"]).contains("class Manifest("));
    check_in(
        fixture.dir(),
        &["schema", "--export", "annotated"],
        expect![[r#"
        error: a JSON Schema is of one type
          help: `proofmark schema` lists the types
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["schema", "cursor", "--export", "python"],
        expect![[r#"
            error: there is no record type `cursor`
              help: did you mean `cursor_reset`? `proofmark schema` lists all types
            exit 2
        "#]],
    );
}
