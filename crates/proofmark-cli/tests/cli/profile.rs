//! Profiles of one's own decide what a run is set to, and which statements it may run.

use expect_test::{Expect, expect};
use proofmark_artifacts::{RunStore, RuntimeProfileSnapshot};

use crate::{proofmark, transcript};

const PROFILES: &str = r#"
[profiles.nightly]
extends = "memory_tight"
scan.batch_size = 512
sql_policy.statements.allow = ["query"]
settings.datafusion.execution.coalesce_batches = false

[profiles.typo]
extends = "nightli"

[profiles.wrong]
extends = "prod_fast"
memory_bytes_max = "much"
settings.datafusion.execution.batch_sise = 7
"#;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("proofmark.toml"), PROFILES).unwrap();
        Self(dir)
    }

    /// Runs `sql`; what it prints but for the line with the run's id.
    fn run(&self, sql: &str, args: &[&str], variables: &[(&str, &str)]) -> String {
        let all = [&["run", "--format", "csv", "--command", sql], args].concat();
        let mut command = proofmark(self.0.path(), &all);
        command.envs(variables.iter().copied());
        let text = transcript(self.0.path(), command);
        text.lines().filter(|line| !line.starts_with("run ")).map(|line| format!("{line}\n")).collect()
    }

    fn check(&self, sql: &str, profile: &str, expected: Expect) {
        expected.assert_eq(&self.run(sql, &["--profile", profile], &[]));
    }

    fn latest(&self) -> RuntimeProfileSnapshot {
        let store = RunStore::new(self.0.path().join("runs"));
        let bundle = store.bundle(&store.resolve("latest").unwrap()).unwrap();
        bundle.read("profile").unwrap().decode().unwrap()
    }
}

#[test]
fn profile_of_a_file_is_laid_over_the_one_that_it_extends() {
    let place = Place::new();
    place.check(
        "SELECT 1 AS one",
        "nightly",
        expect![[r#"
        one
        1
        exit 0
    "#]],
    );
    let profile = place.latest();
    assert_eq!((profile.name.as_str(), profile.scan.batch_size), ("nightly", 512));
    assert_eq!(profile.scan.target_partitions, 1);
    let coalesce = "datafusion.execution.coalesce_batches";
    assert_eq!(profile.settings[coalesce].as_deref(), Some("false"));
    assert_eq!(profile.sql_policy_sha256, profile.sql_policy.sha256().unwrap());
}

#[test]
fn variables_lie_over_the_profile() {
    let place = Place::new();
    let variables = [("PROOFMARK_PROFILE_SCAN__BATCH_SIZE", "64")];
    place.run("SELECT 1", &["--profile", "nightly"], &variables);
    assert_eq!(place.latest().scan.batch_size, 64);
}

#[test]
fn statement_against_the_policy_is_refused_and_recorded() {
    Place::new().check(
        "SELECT 1 AS one; CREATE TABLE t AS SELECT 1",
        "nightly",
        expect![[r#"
        one
        1
        error: --command:1:18: a statement of kind `create_table` may not run: the policy allows `query`
        exit 101
    "#]],
    );
}

#[test]
fn profile_that_is_wrong_is_told_with_its_place() {
    let place = Place::new();
    place.check("SELECT 1", "nightlly", expect![[r#"
        error: $.profiles.nightlly (profile name): expected `dev_debug`, `memory_tight`, `nightly`, `prod_fast`, `typo` or `wrong`, found no such profile; did you mean `nightly`?
        exit 2
    "#]]);
    place.check("SELECT 1", "typo", expect![[r#"
        error: $.profiles.typo.extends (proofmark.toml:9): expected `dev_debug`, `memory_tight`, `nightly`, `prod_fast`, `typo` or `wrong`, found no such profile; did you mean `nightly`?
        exit 2
    "#]]);
    place.check(
        "SELECT 1",
        "wrong",
        expect![[r#"
        error: $.profiles.wrong.memory_bytes_max (proofmark.toml:13): expected `int`, found "much"
        exit 2
    "#]],
    );
    expect![[r#"
        error: $ (none.toml:1): expected a file of UTF-8 text, found No such file or directory (os error 2)
        exit 2
    "#]]
    .assert_eq(&place.run("SELECT 1", &["--profiles", "none.toml"], &[]));
}
