//! Profiles: what a name comes to, and what is wrong with a file.

use proofmark_artifacts::DeterminismTier;
use proofmark_artifacts::options::Layers;
use proofmark_artifacts::profile::{EXTENDS_MAX, PROFILE_NAME_CHARS_MAX, Profiles, RuntimeProfile};

/// What the profile `mine` of a document comes to, as JSON, or what is wrong.
#[track_caller]
fn check(document: &str, expected: &str) {
    let mut profiles = Profiles::built_in();
    let resolved = profiles.toml("p.toml", document).and_then(|()| profiles.resolve("mine"));
    let told = match resolved {
        Ok(resolved) => proofmark::json::to_string(&resolved.profile).unwrap(),
        Err(error) => error.to_string(),
    };
    assert_eq!(told, expected, "{document}");
}

fn built_in(name: &str) -> RuntimeProfile {
    Profiles::built_in().resolve(name).unwrap().profile
}

#[test]
fn the_built_in_profiles_are_what_they_always_were() {
    assert_eq!(Profiles::built_in().names().collect::<Vec<_>>(), ["dev_debug", "memory_tight", "prod_fast"]);
    let told = |name| proofmark::json::to_string(&built_in(name)).unwrap();
    assert_eq!(
        told("dev_debug"),
        r#"{"name":"dev_debug","summary":"repeatable plans, full metrics, 2 GiB of memory","determinism":"stable_set","scan":{"target_partitions":4,"pushdown_filters":true},"memory_bytes_max":2147483648,"settings":{"datafusion.explain.analyze_level":"dev"}}"#
    );
    assert_eq!(
        told("prod_fast"),
        r#"{"name":"prod_fast","summary":"every core of the host, no memory limit","determinism":"best_effort","scan":{"pushdown_filters":true,"reorder_filters":true}}"#
    );
    assert_eq!(
        told("memory_tight"),
        r#"{"name":"memory_tight","summary":"one partition, 64 MiB of memory, early spills","determinism":"canonical","scan":{"batch_size":4096,"target_partitions":1,"pushdown_filters":true},"memory_bytes_max":67108864,"settings":{"datafusion.execution.sort_spill_reservation_bytes":"1048576"}}"#
    );
}

#[test]
fn a_profile_stands_on_another_key_by_key() {
    check("[profiles.mine]\ndeterminism = 'canonical'", r#"{"name":"mine","determinism":"canonical"}"#);
    check(
        "[profiles.mine]\nextends = 'memory_tight'\nsummary = 'mine'\nscan.batch_size = 64",
        r#"{"name":"mine","summary":"mine","determinism":"canonical","scan":{"batch_size":64,"target_partitions":1,"pushdown_filters":true},"memory_bytes_max":67108864,"settings":{"datafusion.execution.sort_spill_reservation_bytes":"1048576"}}"#,
    );
    check(
        "[profiles.mine]\nextends = 'base'\n[profiles.base]\nextends = 'prod_fast'\nspill_bytes_max = 9",
        r#"{"name":"mine","summary":"every core of the host, no memory limit","determinism":"best_effort","scan":{"pushdown_filters":true,"reorder_filters":true},"spill_bytes_max":9}"#,
    );
}

#[test]
fn what_is_extended_can_be_unset() {
    check(
        "[profiles.mine]\nextends = 'memory_tight'\nsummary = ''\nunset = ['memory_bytes_max', 'scan', \
         'settings.datafusion.execution.sort_spill_reservation_bytes']",
        r#"{"name":"mine","determinism":"canonical"}"#,
    );
    check(
        "[profiles.mine]\nextends = 'dev_debug'\nunset = ['scan.batch_size']",
        "$.profiles.mine.unset[0] (p.toml:3): expected a key that the extended profile has, found `scan.batch_size`",
    );
    check(
        "[profiles.mine]\nunset = 'scan'",
        "$.profiles.mine.unset (p.toml:2): expected a list of keys, found `str`",
    );
    check("[profiles.mine]\nunset = [1]", "$.profiles.mine.unset[0] (p.toml:2): expected a key, found `int`");
}

#[test]
fn settings_of_the_engine_are_text_under_their_full_names() {
    check(
        "[profiles.mine]\ndeterminism = 'canonical'\n[profiles.mine.settings]\ndatafusion.execution.batch_size = 1\n\
         'datafusion.explain.format' = 'tree'\ndatafusion.optimizer = { prefer_hash_join = false, ratio = 0.5 }",
        r#"{"name":"mine","determinism":"canonical","settings":{"datafusion.execution.batch_size":"1","datafusion.explain.format":"tree","datafusion.optimizer.prefer_hash_join":"false","datafusion.optimizer.ratio":"0.5"}}"#,
    );
    check(
        "[profiles.mine]\ndeterminism = 'canonical'\nsettings.a.b = [1]",
        "$.profiles.mine.settings[\"a.b\"] (p.toml:3): expected text, a number or a boolean, found `array`",
    );
    check(
        "[profiles.mine]\nsettings = 1",
        "$.profiles.mine.settings (p.toml:2): expected `object`, found 1\n\
         $.profiles.mine (p.toml:1): expected a key `determinism`, found none",
    );
}

#[test]
fn a_circle_is_named() {
    check(
        "[profiles.mine]\nextends = 'mine'",
        "$.profiles.mine.extends (p.toml:2): expected a profile that ends, found a circle: mine -> mine",
    );
    check(
        "[profiles.mine]\nextends = 'a'\n[profiles.a]\nextends = 'b'\n[profiles.b]\nextends = 'a'",
        "$.profiles.b.extends (p.toml:6): expected a profile that ends, found a circle: mine -> a -> b -> a",
    );
}

#[test]
fn a_fault_says_where_what_was_expected_and_what_was_found() {
    check(
        "[profiles.mine]\nextends = 'prod_fats'",
        "$.profiles.mine.extends (p.toml:2): expected `dev_debug`, `memory_tight`, `mine` or `prod_fast`, \
         found no such profile; did you mean `prod_fast`?",
    );
    check(
        "[profiles.mine]\nextends = 7",
        "$.profiles.mine.extends (p.toml:2): expected the name of a profile, found `int`",
    );
    check(
        "[profiles.mine]\nextends = 'prod_fast'\n[profiles.mine.scan]\nbatch_sise = 1\npruning = 'yes'",
        "$.profiles.mine.scan.batch_sise (p.toml:4): expected `batch_size`, `target_partitions`, \
         `collect_statistics`, `pruning`, `pushdown_filters`, `reorder_filters`, `bloom_filters` or `split_files`, \
         found an unknown key; did you mean `batch_size`?\n\
         $.profiles.mine.scan.pruning (p.toml:5): expected `bool`, found \"yes\"",
    );
    check(
        "[profiles.mine]\ndeterminism = 'canonic'\nscan.batch_size = 0",
        "$.profiles.mine.determinism (p.toml:2): expected `canonical`, `stable_set` or `best_effort`, \
         found \"canonic\"; did you mean `canonical`?\n\
         $.profiles.mine.scan.batch_size (p.toml:3): expected `int` >= 1, found 0",
    );
    check(
        "[profiles.mine]\nextends = 'prod_fast'\nsql_policy.statements.allow = ['query', 'inserrt']",
        &format!(
            "$.profiles.mine.sql_policy.statements.allow[1] (p.toml:3): expected {}, found \"inserrt\"; did you mean `insert`?",
            kinds()
        ),
    );
    check(
        "[profile.mine]\n",
        "$.profile (p.toml:1): expected `profiles`, found an unknown key; did you mean `profiles`?",
    );
    check("profiles = 1", "$.profiles (p.toml:1): expected a table, found `int`");
    check("[profiles]\nmine = 1", "$.profiles.mine (p.toml:2): expected a table, found `int`");
    check(
        "[other]\na = 1\n[profiles.mine]\ndeterminism = 'canonical'",
        r#"{"name":"mine","determinism":"canonical"}"#,
    );
    check(
        "[profiles.dev_debug]",
        "$.profiles.dev_debug (p.toml:1): expected a name of your own, and `extends`, found a built-in profile",
    );
}

fn kinds() -> String {
    use proofmark_artifacts::policy::StatementKind;
    let names: Vec<_> = StatementKind::ALL.iter().map(|kind| format!("`{}`", kind.name())).collect();
    let (last, most) = names.split_last().unwrap();
    format!("{} or {last}", most.join(", "))
}

#[test]
fn later_files_and_other_layers_lie_on_top() {
    let mut profiles = Profiles::built_in();
    profiles.toml("a.toml", "[profiles.mine]\nextends = 'prod_fast'\nscan.batch_size = 1").unwrap();
    profiles.toml("b.toml", "[profiles.mine]\nscan.pruning = false").unwrap();
    let mut over = Layers::new();
    over.pair("scan.batch_size=2").unwrap();
    over.pair("settings.\"a.b\"=x").unwrap();
    over.pair("settings.c.d=7").unwrap();
    let resolved = profiles.resolve_with("mine", &over).unwrap();
    assert_eq!(resolved.extends, ["mine", "prod_fast"]);
    assert_eq!(resolved.profile.determinism, DeterminismTier::BestEffort);
    assert_eq!(resolved.profile.settings, [("a.b".into(), "x".into()), ("c.d".into(), "7".into())].into());
    let origin = |path| resolved.origin(path).map(ToString::to_string);
    assert_eq!(origin("scan.batch_size").as_deref(), Some("argument scan.batch_size"));
    assert_eq!(origin("scan.pruning").as_deref(), Some("b.toml:2"));
    assert_eq!(origin("scan.reorder_filters").as_deref(), Some("built in:13"));
    assert_eq!(origin("settings.\"c.d\"").as_deref(), Some("argument settings.c.d"));
    over.pair("scan.batch_size=none").unwrap();
    let error = profiles.resolve_with("mine", &over).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$.profiles.mine.scan.batch_size (argument scan.batch_size): expected `int`, found \"none\""
    );
}

#[test]
fn settings_that_the_engine_does_not_have_are_named() {
    let mut profiles = Profiles::built_in();
    let document = "[profiles.mine]\nextends = 'dev_debug'\nsettings.datafusion.execution.batch_sise = 1\nsettings.x = 1";
    profiles.toml("p.toml", document).unwrap();
    let known = ["datafusion.explain.analyze_level", "datafusion.execution.batch_size"];
    let error = profiles.resolve("mine").unwrap().check_settings(&known).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$.profiles.mine.settings[\"datafusion.execution.batch_sise\"] (p.toml:3): expected a setting of the engine, \
         found none; did you mean `datafusion.execution.batch_size`?\n\
         $.profiles.mine.settings.x (p.toml:4): expected a setting of the engine, found none"
    );
}

#[test]
fn a_name_and_a_chain_have_limits() {
    for (len, is_taken) in
        [(0, false), (1, true), (PROFILE_NAME_CHARS_MAX, true), (PROFILE_NAME_CHARS_MAX + 1, false)]
    {
        let document = format!("[profiles.'{}']", "a".repeat(len));
        assert_eq!(Profiles::new().toml("p.toml", &document).is_ok(), is_taken, "{len}");
    }
    for name in ["A", "a b", "a.b", "é", "../a"] {
        assert!(Profiles::new().toml("p.toml", &format!("[profiles.'{name}']")).is_err(), "{name}");
    }
    for (len, is_taken) in [(EXTENDS_MAX - 1, true), (EXTENDS_MAX, true), (EXTENDS_MAX + 1, false)] {
        let chain = (1..len).map(|idx| format!("[profiles.p{}]\nextends = 'p{idx}'\n", idx - 1));
        let document =
            chain.collect::<String>() + &format!("[profiles.p{}]\ndeterminism = 'canonical'", len - 1);
        let mut profiles = Profiles::new();
        profiles.toml("p.toml", &document).unwrap();
        assert_eq!(profiles.resolve("p0").is_ok(), is_taken, "{len}");
    }
}

#[test]
fn a_file_is_read_from_a_disk() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("proofmark.toml");
    std::fs::write(&path, "[profiles.mine]\nextends = 'prod_fast'").unwrap();
    let mut profiles = Profiles::built_in();
    profiles.toml_file(&path).unwrap();
    assert!(profiles.resolve("mine").is_ok());
    assert!(profiles.toml_file(dir.path().join("none.toml")).is_err());
}
