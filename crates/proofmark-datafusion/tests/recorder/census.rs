//! Files of a table that have another schema than it: what is said of them is what the engine does with them.

use proofmark_datafusion::artifacts::diagnostics::{ColumnChange, ReadVerdict, SchemaValidationEvent};
use proofmark_datafusion::artifacts::{DiagnosticEvent, Maybe, RunStatus};
use proofmark_datafusion::datafusion::arrow::util::display::array_value_to_string;

use crate::fixture::{Fixture, Ran};

fn validations(ran: &Ran) -> Vec<SchemaValidationEvent> {
    let events = ran.diagnostics().events.into_iter();
    events
        .filter_map(|event| match event {
            DiagnosticEvent::SchemaValidation(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// Writes the parts of a table, each what its query returns, and reads the table with the columns that are declared.
fn read(fixture: &Fixture, parts: &[&str], columns: &str, query: &str) -> Ran {
    let dir = fixture.path("parts");
    std::fs::create_dir_all(&dir).unwrap();
    let copy = |(n, select): (usize, &&str)| format!("COPY ({select}) TO '{}/{n}.parquet';", dir.display());
    let made = fixture.run(&parts.iter().enumerate().map(copy).collect::<String>());
    assert_eq!(made.outcome.status, RunStatus::Ok, "{parts:?}");
    fixture.run(&format!(
        "CREATE EXTERNAL TABLE parts ({columns}) STORED AS PARQUET LOCATION '{}/'; {query}",
        dir.display()
    ))
}

#[test]
fn files_of_one_table_are_held_against_its_schema() {
    let parts = [
        "SELECT 1::BIGINT AS id, 'a' AS name",
        "SELECT 2::BIGINT AS id, 'b' AS name",
        "SELECT 3::INT AS id, 1.5 AS weight",
    ];
    let query = "SELECT * FROM parts; SELECT id FROM parts";
    let ran = read(&Fixture::new(), &parts, "id BIGINT, name VARCHAR", query);
    let [event] = &validations(&ran)[..] else { panic!("a table is judged once") };
    assert_eq!((event.dataset.as_str(), event.files, event.differing), ("parts", 3, 1));
    let found: Vec<_> = event
        .differences
        .iter()
        .map(|found| {
            let Maybe::Set(drift) = &found.drift else { panic!("{found:?} is judged") };
            (found.column.as_str(), found.kind, drift.rule.as_str(), drift.verdict)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("id", ColumnChange::Retyped, "T3", ReadVerdict::Ok),
            ("name", ColumnChange::Missing, "F4", ReadVerdict::Ok),
            ("weight", ColumnChange::Added, "F6", ReadVerdict::Ok),
        ]
    );
    let Maybe::Set(example) = &event.differences[0].example else { panic!("a file is named") };
    assert!(example.ends_with("2.parquet"), "{example}");
    assert!(event.differences.iter().all(|found| matches!(
        &found.drift,
        Maybe::Set(drift) if drift.fix == Maybe::Unset
    )));
}

/// A column `c` with one value, how the table declares it, the rule and the verdict; and what is read, if the run ends well.
#[track_caller]
fn check(written: &str, declared: &str, found: &str, value: Option<&str>) {
    let part = format!("SELECT {written} AS c");
    let ran = read(&Fixture::new(), &[&part], &format!("c {declared}"), "SELECT c FROM parts");
    let [event] = &validations(&ran)[..] else { panic!("{written} -> {declared}: judged, read or not") };
    let told = event.differences.iter().map(|found| match &found.drift {
        Maybe::Set(drift) => format!("{} {}", drift.rule, drift.verdict.name()),
        Maybe::Unset => "not judged".to_owned(),
    });
    assert_eq!(told.collect::<Vec<_>>(), [found], "{written} -> {declared}: {event:?}");
    let status = if value.is_some() { RunStatus::Ok } else { RunStatus::Failed };
    assert_eq!(ran.outcome.status, status, "{written} -> {declared}");
    if let Some(value) = value {
        let (_, batches) = ran.rows.results.last().expect("a query was run");
        assert_eq!(array_value_to_string(batches[0].column(0), 0).unwrap(), value);
    }
}

#[test]
fn verdict_over_a_column_is_what_the_engine_does_with_it() {
    check("3::INT", "BIGINT", "T3 ok", Some("3"));
    check("3::BIGINT", "INT", "T4 cond", Some("3"));
    check("3000000000::BIGINT", "INT", "T4 cond", None);
    check("true", "DATE", "T5 no", None);
    check("true", "INT", "T5 SILENT", Some("1"));
    let nanoseconds = "arrow_cast('2026-01-02T03:04:05.000000001', 'Timestamp(Nanosecond, None)')";
    check(nanoseconds, "TIMESTAMP(6)", "C1 SILENT", Some("2026-01-02T03:04:05"));
}

#[test]
fn verdict_over_a_struct_is_what_the_engine_does_with_it() {
    check("named_struct('a', 1::BIGINT, 'b', 2)", "STRUCT<a BIGINT>", "F7 ok", Some("{a: 1}"));
    check("named_struct('b', 1::BIGINT)", "STRUCT<a BIGINT>", "F10 no", None);
}
