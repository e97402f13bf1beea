//! `NAME=PATH` names tables, and nothing but tables.

use expect_test::{Expect, expect};
use proofmark_datafusion::artifacts::profile::Profiles;
use proofmark_datafusion::artifacts::{Maybe, RunStatus};
use proofmark_datafusion::{TableSpec, built_in_profile};

use crate::fixture::{CUSTOMERS, Fixture, ORDERS, Ran};

#[track_caller]
fn check(text: &str, name: &str, path: &str) {
    let spec: TableSpec = text.parse().unwrap();
    assert_eq!((spec.name.as_str(), spec.path.to_str().unwrap()), (name, path));
}

#[track_caller]
fn refuse(text: &str, expected: Expect) {
    expected.assert_eq(&text.parse::<TableSpec>().unwrap_err().to_string());
}

#[test]
fn names_are_identifiers() {
    check("orders=a.parquet", "orders", "a.parquet");
    check("Orders=a.parquet", "orders", "a.parquet");
    check("\"Orders\"=a.parquet", "Orders", "a.parquet");
    check("\"a=b\"=c=d.csv", "a=b", "c=d.csv");
    check("\"say \"\"x\"\"\"=c.csv", "say \"x\"", "c.csv");
    check("../../x=a.csv", "../../x", "a.csv");
    check("zwölf monate=a.csv", "zwölf monate", "a.csv");
}

#[test]
fn texts_that_name_no_table_are_refused() {
    refuse("orders", expect!["table `orders` has no path; write `orders=PATH`"]);
    refuse(
        "=a.csv",
        expect![[
            r#""" cannot name a table; use a word such as `orders`, or any printable text in double quotes"#
        ]],
    );
    refuse("orders=", expect!["table `orders` has an empty path"]);
    refuse(
        "\"\"=a.csv",
        expect![[
            r#""\"\"" cannot name a table; use a word such as `orders`, or any printable text in double quotes"#
        ]],
    );
    refuse(
        "a\nb=a.csv",
        expect![[
            r#""a\nb" cannot name a table; use a word such as `orders`, or any printable text in double quotes"#
        ]],
    );
}

#[test]
fn directory_is_a_table_of_its_files() {
    let fixture = Fixture::new();
    std::fs::create_dir_all(fixture.path("many/other")).unwrap();
    for name in ["many/a.parquet", "many/b.parquet"] {
        std::fs::copy(fixture.path("orders.parquet"), fixture.path(name)).unwrap();
    }
    // What is hidden, marked or in a directory of its own is not the table's.
    std::fs::write(fixture.path("many/_SUCCESS"), "").unwrap();
    std::fs::write(fixture.path("many/.hidden.csv"), "").unwrap();
    std::fs::copy(fixture.path("customers.csv"), fixture.path("many/other/c.csv")).unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("many", "many")];
    let ran = Ran::new(options, "SELECT count(*) FROM many; SELECT id FROM many WHERE amount < 1");
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome);
    let manifest = ran.manifest();
    let dataset = &manifest.datasets[0];
    assert_eq!((dataset.rows, dataset.files), (Maybe::Set(2 * ORDERS), Maybe::Set(2)));
    let scan = &ran.telemetry().scans[0];
    assert_eq!((scan.fragment_count, scan.count_rows), (2, Some(2 * ORDERS)));
}

#[test]
fn directories_named_by_a_value_are_a_column() {
    let fixture = Fixture::new();
    for day in ["days/day=1", "days/day=2"] {
        std::fs::create_dir_all(fixture.path(day)).unwrap();
        std::fs::copy(fixture.path("customers.csv"), fixture.path(day).join("part.csv")).unwrap();
    }
    let mut options = fixture.options();
    options.tables = vec![fixture.table("days", "days")];
    let ran = Ran::new(options, "SELECT id FROM days WHERE day = '2'");
    assert_eq!(ran.outcome.statements[0].rows, Some(CUSTOMERS), "{:?}", ran.outcome);
    let columns: Vec<_> =
        ran.manifest().datasets[0].columns.iter().map(|column| column.name.clone()).collect();
    assert_eq!(columns, ["id", "name", "day"]);
    assert_eq!(ran.telemetry().scans[0].fragment_count, 1, "the other directory is not listed");
}

#[test]
fn directory_without_files_is_refused() {
    let fixture = Fixture::new();
    std::fs::create_dir_all(fixture.path("none/deep")).unwrap();
    std::fs::copy(fixture.path("orders.parquet"), fixture.path("none/deep/a.parquet")).unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("none", "none")];
    let (_, error) = Ran::new(options, "SELECT 1").outcome.failure.unwrap();
    assert!(error.message().ends_with("has no data files"), "{error}");
}

#[test]
fn directory_of_two_formats_is_refused() {
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.path("mixed")).unwrap();
    std::fs::copy(fixture.path("orders.parquet"), fixture.path("mixed/a.parquet")).unwrap();
    std::fs::copy(fixture.path("customers.csv"), fixture.path("mixed/b.csv")).unwrap();
    let mut options = fixture.options();
    options.tables = vec![fixture.table("mixed", "mixed")];
    let ran = Ran::new(options, "SELECT 1");
    let (_, error) = ran.outcome.failure.unwrap();
    assert!(error.message().contains("mixes formats: `a.parquet` and `b.csv`"), "{error}");
}

#[test]
fn names_with_wildcards_and_percents_are_files() {
    let fixture = Fixture::new();
    for name in ["a[1].csv", "50%25.csv", "what?*.csv", "with space #1.csv"] {
        std::fs::copy(fixture.path("customers.csv"), fixture.path(name)).unwrap();
        let mut options = fixture.options();
        options.tables = vec![fixture.table("t", name)];
        let ran = Ran::new(options, "SELECT * FROM t");
        assert_eq!(
            ran.outcome.statements.first().and_then(|statement| statement.rows),
            Some(7),
            "{name}: {:?}",
            ran.outcome
        );
    }
}

#[test]
fn every_profile_runs() {
    let fixture = Fixture::new();
    for name in Profiles::built_in().names() {
        let mut options = fixture.options();
        options.profile = built_in_profile(name).unwrap().into();
        let ran = Ran::new(options, "SELECT customer, sum(amount) FROM orders GROUP BY customer");
        assert_eq!(ran.outcome.statements[0].rows, Some(7), "{name}: {:?}", ran.outcome);
        assert_eq!(ran.profile().name, name);
    }
}

#[test]
fn unknown_profile_is_refused_with_the_known_ones() {
    expect!["there is no profile `fast`; choose one of dev_debug, memory_tight, prod_fast"]
        .assert_eq(&built_in_profile("fast").unwrap_err().to_string());
}
