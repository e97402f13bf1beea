//! Small runs for the tests of rules, written as the JSON of their records.

use std::fs;

use proofmark::Decode;
use proofmark_artifacts::{
    Artifact, Codec, DiagnosticsArtifact, Digest, Envelope, Manifest, PlanArtifact, RunStatus, RunStore,
    RunSummary, RuntimeProfileSnapshot, TelemetryArtifact,
};

use super::{Facts, RULES};
use crate::recorded::Recorded;

/// What a small run recorded.
#[derive(Clone, Default)]
pub(super) struct Case {
    manifest: String,
    statement: String,
    git: String,
    plan: String,
    limit: Option<u64>,
    target_partitions: Option<u32>,
    scan: String,
    event: String,
    missing: Vec<(String, String)>,
    damaged: Option<String>,
    rewritten: Option<(String, String)>,
}

impl Case {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Fields of the manifest; the last one of a name counts.
    pub(super) fn with_manifest(self, fields: &str) -> Self {
        Self { manifest: fields.to_owned(), ..self }
    }

    /// Further fields of the one statement.
    pub(super) fn with_statement(self, fields: &str) -> Self {
        Self { statement: fields.to_owned(), ..self }
    }

    pub(super) fn with_git(self, git: &str) -> Self {
        Self { git: git.to_owned(), ..self }
    }

    /// The root operator of the one statement.
    pub(super) fn with_plan(self, root: &str) -> Self {
        let root = if root.is_empty() { operator("EmptyExec", 0, "", &[]) } else { root.to_owned() };
        Self { plan: root, ..self }
    }

    pub(super) fn with_limit(self, bytes: u64) -> Self {
        Self { limit: Some(bytes), ..self }
    }

    pub(super) fn with_target_partitions(self, partitions: u32) -> Self {
        Self { target_partitions: Some(partitions), ..self }
    }

    /// One scan of the table `t` with 1,000 rows.
    pub(super) fn with_scan(
        self,
        predicate: &str,
        row_groups: u64,
        files: &str,
        rows_out: &str,
        pruning: &str,
    ) -> Self {
        let scan = format!(
            r#"[1,{row_groups},1000,null,0,0,"t","parquet",["a"],{predicate},[{files}],1,1,{rows_out},{pruning}]"#
        );
        Self { scan, ..self }
    }

    /// One event.
    pub(super) fn with_event(self, event: &str) -> Self {
        Self { event: event.to_owned(), ..self }
    }

    pub(super) fn missing(mut self, name: &str, reason: &str) -> Self {
        self.missing.push((name.to_owned(), reason.to_owned()));
        self
    }

    /// Changes a byte of a file after it was written.
    pub(super) fn damage(self, file: &str) -> Self {
        Self { damaged: Some(file.to_owned()), ..self }
    }

    /// Puts other content into a file, and its digest into the index: as another release would have written it.
    pub(super) fn rewrite(self, file: &str, content: &str) -> Self {
        Self { rewritten: Some((file.to_owned(), content.to_owned())), ..self }
    }

    fn manifest_json(&self) -> String {
        let status = if self.manifest.is_empty() { r#""status":"ok""# } else { &self.manifest };
        let statement = if self.statement.is_empty() {
            String::new()
        } else {
            format!(
                r#""statements":[{{"index":0,"kind":"query","sql":"select 1","status":"ok",{}}}],"#,
                self.statement
            )
        };
        let git = if self.git.is_empty() { String::new() } else { format!(r#","git":{}"#, self.git) };
        format!(
            r#"{{"type":"manifest.v1","run_id":"r",{status},"started_at":"2026-01-01T00:00:00Z",{statement}"repro":{{"type":"repro.v1",
            "host":{{"cpu_count":1}},"platform":{{"os":"linux","arch":"x86_64"}},
            "toolchain":{{"rustc":"1","target":"t","profile":"dev"}},"packages":{{}}{git}}}}}"#
        )
    }

    fn profile_json(&self) -> String {
        let digest = "0".repeat(64);
        let limit = self.limit.map_or_else(String::new, |limit| format!(r#","memory_bytes_max":{limit}"#));
        format!(
            r#"{{"type":"profile.v1","name":"default","determinism":"best_effort","engine":{{"name":"e","version":"1"}},
            "scan":{{"batch_size":1,"target_partitions":{},"collect_statistics":true,"pruning":true,"pushdown_filters":true,
            "reorder_filters":true,"bloom_filters":true,"split_files":true{limit}}},
            "sql_policy":{{}},"sql_policy_sha256":"{digest}","settings":{{}},
            "functions":{{"scalar":0,"aggregate":0,"window":0,"table":0,"higher_order":0,"sha256":"{digest}"}},
            "profile_sha256":"{digest}"}}"#,
            self.target_partitions.unwrap_or(1)
        )
    }

    /// What is seen of the run.
    pub(super) fn look<R>(&self, look: impl FnOnce(&Facts<'_>) -> R) -> R {
        look(&Facts::new(&self.recorded().0))
    }

    /// The run, read back from a store; and where that was, which is gone.
    fn recorded(&self) -> (Recorded, String) {
        let dir = tempfile::tempdir().unwrap();
        let store = RunStore::new(dir.path());
        let mut run = store.begin().unwrap();
        run.put(&decoded::<Manifest>(&self.manifest_json())).unwrap();
        run.put(&decoded::<RuntimeProfileSnapshot>(&self.profile_json())).unwrap();
        if !self.plan.is_empty() {
            let plan =
                format!(r#"{{"type":"plan.v1","statements":[{{"statement":0,"physical":{}}}]}}"#, self.plan);
            run.put(&decoded::<PlanArtifact>(&plan)).unwrap();
        }
        if !self.scan.is_empty() {
            let telemetry = format!(r#"{{"type":"telemetry.v1","scans":[{}]}}"#, self.scan);
            run.put(&decoded::<TelemetryArtifact>(&telemetry)).unwrap();
        }
        if !self.event.is_empty() {
            let diagnostics = format!(r#"{{"type":"diagnostics.v1","events":[{}]}}"#, self.event);
            run.put(&decoded::<DiagnosticsArtifact>(&diagnostics)).unwrap();
        }
        self.missing.iter().for_each(|(name, reason)| run.missing(name, reason));
        let committed = run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH)).unwrap();
        if let Some(file) = &self.damaged {
            let path = committed.path.join(file);
            let mut bytes = fs::read(&path).unwrap();
            let last = bytes.len() - 2;
            bytes[last] ^= 1;
            fs::write(path, bytes).unwrap();
        }
        if let Some((file, content)) = &self.rewritten {
            let mut index = committed.index.clone();
            let entry = index.artifacts.iter_mut().find(|entry| entry.file == *file).unwrap();
            (entry.bytes, entry.sha256) = (content.len() as u64, Digest::of(content.as_bytes()));
            fs::write(committed.path.join(file), content).unwrap();
            fs::write(committed.path.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
        }
        let recorded = Recorded::read(&store.bundle(&committed.index.run_id).unwrap());
        (recorded, committed.path.to_string_lossy().into_owned())
    }
}

fn decoded<T: Artifact + for<'de> Decode<'de>>(json: &str) -> T {
    Codec::Json.decode(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// An operator as JSON, with further fields and its inputs.
pub(super) fn operator(name: &str, index: u32, fields: &str, inputs: &[String]) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"index":{index},"name":"{name}","partitioning":{{"scheme":"unknown","count":4}}{comma}{fields},"children":[{}]}}"#,
        inputs.join(",")
    )
}

/// The same operator with so many partitions.
pub(super) fn with_partitions(operator: &str, count: u32) -> String {
    operator.replacen(r#""count":4"#, &format!(r#""count":{count}"#), 1)
}

/// Checks what a rule finds in a plan.
pub(super) fn check(rule: &str, plan: &str, expected: &[&str]) {
    check_case(rule, &Case::new().with_plan(plan), expected);
}

/// Checks what a rule finds in a run, and that every rule takes the run without harm.
pub(super) fn check_case(rule: &str, case: &Case, expected: &[&str]) {
    let (recorded, place) = case.recorded();
    let facts = Facts::new(&recorded);
    for (_, find) in RULES {
        find(&facts);
    }
    let (_, find) = RULES.iter().find(|(name, _)| *name == rule).expect("the rule is in the table");
    let found = find(&facts);
    assert!(found.iter().all(|finding| finding.rule == rule && !finding.advice.is_empty()));
    let titles: Vec<_> = found.iter().map(|finding| finding.title.replace(&place, "[DIR]")).collect();
    assert_eq!(titles, expected);
}
