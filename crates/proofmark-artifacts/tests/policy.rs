//! Statements held against policies: what passes, what does not, and what is said.

use proofmark_artifacts::policy::{SqlPolicy, StatementFacts, StatementKind, TableName};

/// A policy as TOML would say it, here as JSON; facts as JSON; everything that is against the policy.
#[track_caller]
fn check(policy: &str, facts: &str, expected: &[&str]) {
    let policy: SqlPolicy = proofmark::json::from_str(policy).unwrap();
    let facts: StatementFacts = proofmark::json::from_str(facts).unwrap();
    let found: Vec<_> = policy.violations(&facts).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
    assert_eq!(policy.judge(&facts).is_ok(), expected.is_empty());
}

const EVERYTHING: &str = r#"{"kinds":["copy","query"],"bytes":1000,"nesting":50,"functions":["now","pg_sleep"],
    "reads":[["orders"],["hr","salaries"]],"writes":[["archive"]],"locations":["s3://lake/out"]}"#;

#[test]
fn the_default_lets_everything_pass() {
    check("{}", EVERYTHING, &[]);
    assert_eq!(SqlPolicy::default().words(), []);
    for kind in StatementKind::ALL {
        assert_eq!(SqlPolicy::default().judge(&StatementFacts::new(*kind)), Ok(()));
    }
}

#[test]
fn a_kind_must_be_allowed_and_not_denied_wherever_it_stands() {
    let allow = r#"{"statements":{"allow":["query","explain"]}}"#;
    check(allow, r#"{"kinds":["query"]}"#, &[]);
    check(allow, r#"{"kinds":["explain","query"]}"#, &[]);
    let message = "a statement of kind `insert` may not run: the policy allows `explain`, `query`";
    check(allow, r#"{"kinds":["explain","insert"]}"#, &[message]);
    check(
        allow,
        r#"{"kinds":["other"]}"#,
        &["a statement of kind `other` may not run: the policy allows `explain`, `query`"],
    );
    let deny = r#"{"statements":{"allow":["query","drop_table"],"deny":["drop_table"]}}"#;
    check(
        deny,
        r#"{"kinds":["drop_table"]}"#,
        &["a statement of kind `drop_table` may not run: the policy denies `drop_table`"],
    );
    check(
        r#"{"statements":{"allow":[]}}"#,
        r#"{"kinds":["query"]}"#,
        &["a statement of kind `query` may not run: the policy allows none"],
    );
}

#[test]
fn functions_are_known_in_any_case() {
    let policy = r#"{"functions":{"deny":["PG_*"]}}"#;
    let denied = |name: &str| format!("the function `{name}` may not be called: the policy denies `PG_*`");
    check(policy, r#"{"kinds":["query"],"functions":["lower","pg_sleep"]}"#, &[&denied("pg_sleep")]);
    check(policy, r#"{"kinds":["query"],"functions":["Pg_Sleep"]}"#, &[&denied("Pg_Sleep")]);
    let policy = r#"{"functions":{"allow":["sum","l*"]}}"#;
    check(
        policy,
        r#"{"kinds":["query"],"functions":["lower","avg"]}"#,
        &["the function `avg` may not be called: the policy allows `l*`, `sum`"],
    );
}

#[test]
fn tables_are_read_and_written_by_rules_of_their_own() {
    let policy = r#"{"reads":{"deny":["**.salaries"]},"writes":{"allow":["archive"]}}"#;
    check(
        policy,
        r#"{"kinds":["insert"],"reads":[["hr","salaries"],["orders"]],"writes":[["hr","archive"],["archive"]]}"#,
        &[
            "the table `hr.salaries` may not be read: the policy denies `**.salaries`",
            "the table `hr.archive` may not be written: the policy allows `archive`",
        ],
    );
}

#[test]
fn no_pattern_allows_a_location_that_steps_upwards() {
    let policy = r#"{"locations":{"allow":["s3://lake/*"]}}"#;
    check(policy, r#"{"kinds":["copy"],"locations":["s3://lake/a..b/c"]}"#, &[]);
    for location in ["s3://lake/../other", "s3://lake/%2E%2e/other", "s3://lake/..%2fother", "s3://lake/.."] {
        let facts = format!(r#"{{"kinds":["copy"],"locations":["{location}"]}}"#);
        check(policy, &facts, &[&format!("`{location}` may not be used: the policy denies `..`")]);
    }
    check(
        policy,
        r#"{"kinds":["copy"],"locations":["/etc/passwd"]}"#,
        &["`/etc/passwd` may not be used: the policy allows `s3://lake/*`"],
    );
    check("{}", r#"{"kinds":["copy"],"locations":["../out"]}"#, &[]);
}

#[test]
fn length_and_depth_are_bounded() {
    let policy = r#"{"statement_bytes_max":100,"nesting_max":10}"#;
    check(policy, r#"{"kinds":["query"],"bytes":100,"nesting":10}"#, &[]);
    check(
        policy,
        r#"{"kinds":["query"],"bytes":101,"nesting":11}"#,
        &[
            "a statement of 101 bytes may not run: the policy allows `at most 100`",
            "a statement of 11 levels may not run: the policy allows `at most 10`",
        ],
    );
}

#[test]
fn everything_that_is_wrong_is_told_in_one_order() {
    let policy = r#"{"statements":{"deny":["copy"]},"functions":{"allow":["now"]},"reads":{"allow":["orders"]},
        "writes":{"allow":[]},"locations":{"allow":["file:*"]},"statement_bytes_max":999,"nesting_max":49}"#;
    check(
        policy,
        EVERYTHING,
        &[
            "a statement of 1000 bytes may not run: the policy allows `at most 999`",
            "a statement of 50 levels may not run: the policy allows `at most 49`",
            "a statement of kind `copy` may not run: the policy denies `copy`",
            "the function `pg_sleep` may not be called: the policy allows `now`",
            "the table `hr.salaries` may not be read: the policy allows `orders`",
            "the table `archive` may not be written: the policy allows none",
            "`s3://lake/out` may not be used: the policy allows `file:*`",
        ],
    );
}

#[test]
fn the_hash_follows_what_a_policy_says_and_not_how() {
    let hash = |text: &str| proofmark::json::from_str::<SqlPolicy>(text).unwrap().sha256().unwrap();
    let base = hash(r#"{"functions":{"deny":["a","b"]}}"#);
    assert_eq!(base, hash(r#"{"reads":{},"functions":{"deny":["b","a"]}}"#));
    for other in [
        "{}",
        r#"{"functions":{"deny":["a"]}}"#,
        r#"{"functions":{"deny":["a","b"],"allow":[]}}"#,
        r#"{"reads":{"deny":["a","b"]}}"#,
        r#"{"functions":{"deny":["a","b"]},"nesting_max":1}"#,
    ] {
        assert_ne!(base, hash(other), "{other}");
    }
}

#[test]
fn a_policy_that_makes_no_sense_is_refused() {
    for (policy, message) in [
        (
            r#"{"statements":{"allow":["select"]}}"#,
            "Invalid enum value 'select' - at `$.statements.allow[0]`",
        ),
        (r#"{"functions":{"deny":[""]}}"#, "Expected `str` of length >= 1 - at `$.functions.deny[0]`"),
        (r#"{"nesting_max":0}"#, "Expected `int` >= 1 - at `$.nesting_max`"),
        (r#"{"tables":{}}"#, "Object contains unknown field `tables`"),
    ] {
        let error = proofmark::json::from_str::<SqlPolicy>(policy).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_name_is_shown_with_quotes_where_it_has_dots() {
    assert_eq!(TableName::new(["a.b", "c"]).to_string(), "\"a.b\".c");
}

#[test]
fn a_kind_is_called_as_it_is_written() {
    for kind in StatementKind::ALL {
        assert_eq!(proofmark::json::to_string(kind).unwrap(), format!("\"{}\"", kind.name()));
    }
}

#[test]
fn a_policy_is_told_in_words() {
    let text = r#"{"statements":{"allow":["query"]},"functions":{"deny":["pg_*","x"]},"writes":{"allow":[]},
        "nesting_max":9}"#;
    let policy: SqlPolicy = proofmark::json::from_str(text).unwrap();
    let words: Vec<_> = policy.words().into_iter().map(|(name, words)| format!("{name}: {words}")).collect();
    assert_eq!(
        words,
        ["statements: query", "functions: any but pg_*, x", "writes: none", "nesting: at most 9"]
    );
}
