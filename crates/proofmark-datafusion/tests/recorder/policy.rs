//! What the policy of a run does not let pass does not run.

use proofmark_datafusion::ErrorKind;
use proofmark_datafusion::artifacts::policy::SqlPolicy;
use proofmark_datafusion::artifacts::profile::RuntimeProfile;
use proofmark_datafusion::artifacts::{FailureStage, RunStatus};

use crate::fixture::{Fixture, Ran};

/// Runs `sql` under a policy; what is refused, or nothing.
fn refused(policy: &str, sql: &str) -> Option<String> {
    let fixture = Fixture::new();
    let policy: SqlPolicy = proofmark::json::from_str(policy).unwrap();
    let place = fixture.path("").to_string_lossy().trim_end_matches('/').to_owned();
    let sql = sql.replace("DIR", &place);
    let mut options = fixture.options();
    let profile = options.profile.as_ref().clone();
    options.profile = RuntimeProfile { sql_policy: policy.clone(), ..profile }.into();
    let ran = Ran::new(options, &sql);
    let profile = ran.profile();
    assert_eq!(profile.sql_policy_sha256, policy.sha256().unwrap());
    assert_eq!(profile.sql_policy, policy);
    let (stage, error) = ran.outcome.failure.as_ref()?;
    assert_eq!((*stage, error.kind()), (FailureStage::Plan, ErrorKind::Policy), "{sql}: {error}");
    assert_eq!(ran.outcome.status, RunStatus::Failed);
    assert!(ran.rows.results.is_empty(), "{sql}: rows came out");
    Some(error.message().replace(&place, "DIR"))
}

fn check(policy: &str, allowed: &[&str], denied: &[(&str, &str)]) {
    for sql in allowed {
        assert_eq!(refused(policy, sql), None, "{sql}");
    }
    for (sql, message) in denied {
        assert_eq!(refused(policy, sql).as_deref(), Some(*message), "{sql}");
    }
}

#[test]
fn kinds_are_judged_with_what_runs_inside_them() {
    check(
        r#"{"statements": {"allow": ["query", "explain", "show", "prepare"]}}"#,
        &[
            "SELECT 1",
            "WITH a AS (SELECT 1) SELECT * FROM a",
            "EXPLAIN SELECT 1",
            "EXPLAIN ANALYZE SELECT 1",
            "EXPLAIN COPY (SELECT 1) TO 'DIR/one.parquet'",
            "SHOW TABLES",
            "PREPARE p AS SELECT 1",
        ],
        &[
            (
                "SET datafusion.execution.batch_size = 7",
                "a statement of kind `set` may not run: the policy allows `explain`, `prepare`, `query`, `show`",
            ),
            (
                "DROP TABLE orders",
                "a statement of kind `drop_table` may not run: the policy allows `explain`, `prepare`, `query`, `show`",
            ),
            (
                "EXPLAIN ANALYZE COPY (SELECT 1) TO 'DIR/one.parquet'",
                "a statement of kind `copy` may not run: the policy allows `explain`, `prepare`, `query`, `show`",
            ),
            (
                "CREATE TABLE t AS SELECT 1",
                "a statement of kind `create_table` may not run: the policy allows `explain`, `prepare`, `query`, `show`",
            ),
        ],
    );
}

#[test]
fn functions_tables_and_places_are_judged() {
    check(
        r#"{"functions": {"deny": ["random"]}, "reads": {"deny": ["customers"]}, "writes": {"allow": ["t*"]},
            "locations": {"allow": []}, "nesting_max": 6}"#,
        &["SELECT abs(id) FROM orders", "CREATE TABLE t1 AS SELECT 1"],
        &[
            ("SELECT RANDOM()", "the function `random` may not be called: the policy denies `random`"),
            (
                "SELECT id FROM orders WHERE customer IN (SELECT id FROM customers)",
                "the table `customers` may not be read: the policy denies `customers`",
            ),
            ("CREATE TABLE s AS SELECT 1", "the table `s` may not be written: the policy allows `t*`"),
            (
                "COPY (SELECT 1) TO 'DIR/one.parquet'",
                "`DIR/one.parquet` may not be used: the policy allows none",
            ),
            (
                "SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM orders) a) b) c",
                "a statement of 8 levels may not run: the policy allows `at most 6`",
            ),
        ],
    );
}

#[test]
fn view_does_not_hide_the_table_below_it() {
    let sql = "CREATE VIEW v AS SELECT * FROM customers; SELECT * FROM v";
    let denied = "the table `customers` may not be read: the policy denies `customers`";
    assert_eq!(refused(r#"{"reads": {"deny": ["customers"]}}"#, sql).as_deref(), Some(denied));
}

#[test]
fn what_is_refused_is_not_asked_for() {
    // Neither the file nor the table is there, which is nobody's business who may not read them.
    check(
        r#"{"statements": {"allow": ["query"]}, "locations": {"allow": []}}"#,
        &["SELECT 1"],
        &[
            (
                "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION 'DIR/missing.csv'",
                "a statement of kind `create_external_table` may not run: the policy allows `query`",
            ),
            ("DROP TABLE missing", "a statement of kind `drop_table` may not run: the policy allows `query`"),
        ],
    );
}
