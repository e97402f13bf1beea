//! What records of one run say of each other.

use std::collections::BTreeSet;

use proofmark::Maybe;

use super::records::{Records, Syntax};
use super::{VerifyCheck, VerifyFinding};
use crate::diagnostics::DiagnosticEvent;
use crate::{BundleIndex, Digest, Manifest, OperatorNode, RunStatus, StatementPlan, fingerprint};

/// References and digests inside records, counted as they are checked.
#[derive(Default)]
pub(super) struct References {
    pub(super) checked: u64,
    pub(super) digests_checked: u64,
    pub(super) findings: Vec<VerifyFinding>,
}

impl References {
    pub(super) fn check(&mut self, index: &BundleIndex, records: &Records) {
        if let Some(manifest) = &records.manifest {
            self.manifest(index, manifest);
            self.lineage(manifest);
            if let Some(repro) = &records.repro {
                self.holds(*repro == manifest.repro, "repro", ".", || {
                    "the manifest holds another one".to_owned()
                });
            }
            self.statements(manifest, records);
        }
        self.plans(records);
        self.scans(records);
        self.events(records);
        self.digests(records);
        for missing in &index.missing {
            let is_there = index.entry(&missing.name).is_some();
            self.holds(!is_there, "bundle", ".missing", || {
                format!("`{}` is listed as missing and is there", missing.name)
            });
        }
    }

    /// Counts a reference, and says what is wrong where it does not hold.
    fn holds(&mut self, holds: bool, artifact: &str, path: &str, wrong: impl FnOnce() -> String) {
        self.checked += 1;
        if !holds {
            self.push(VerifyCheck::Reference, artifact, path, wrong());
        }
    }

    fn push(&mut self, check: VerifyCheck, artifact: &str, path: &str, message: String) {
        let path = if path == "." { Maybe::Unset } else { Maybe::Set(path.to_owned()) };
        self.findings.push(VerifyFinding { check, artifact: artifact.to_owned(), path, message });
    }

    fn manifest(&mut self, index: &BundleIndex, manifest: &Manifest) {
        let (run, told) = (index.run_id.as_str(), &manifest.run_id);
        self.holds(told == run, "manifest", ".run_id", || format!("names run {told}, and lies in run {run}"));
        let (kept, told) = (index.summary.status, manifest.status);
        // An artifact that could not be written makes a run incomplete after its manifest was.
        let agree = kept == told || (told == RunStatus::Ok && kept == RunStatus::Incomplete);
        self.holds(agree, "manifest", ".status", || format!("is {told:?}, and the index says {kept:?}"));
        for (place, statement) in manifest.statements.iter().enumerate() {
            let index = statement.index;
            self.holds(index as usize == place, "manifest", &format!(".statements[{place}].index"), || {
                format!("is {index}, and {place} statements come before it")
            });
        }
        let mut names = BTreeSet::new();
        for (place, dataset) in manifest.datasets.iter().enumerate() {
            let is_new = names.insert(&dataset.name);
            self.holds(is_new, "manifest", &format!(".datasets[{place}].name"), || {
                format!("`{}` is the name of two datasets", dataset.name)
            });
        }
    }

    fn lineage(&mut self, manifest: &Manifest) {
        for (place, output) in manifest.outputs.iter().enumerate() {
            let path = format!(".outputs[{place}].statement");
            self.statement(manifest, "manifest", &path, output.statement);
        }
        for (place, edge) in manifest.lineage.iter().enumerate() {
            let is_output = manifest.outputs.iter().any(|output| output.name == edge.output);
            self.holds(is_output, "manifest", &format!(".lineage[{place}].output"), || {
                format!("there is no output `{}`", edge.output)
            });
            for (idx, input) in edge.inputs.iter().enumerate() {
                self.dataset(manifest, "manifest", &format!(".lineage[{place}].inputs[{idx}]"), input);
            }
        }
    }

    fn statement(&mut self, manifest: &Manifest, artifact: &str, path: &str, statement: u32) {
        let count = manifest.statements.len();
        self.holds((statement as usize) < count, artifact, path, || {
            format!("there is no statement {statement}; the run has {count}")
        });
    }

    fn dataset(&mut self, manifest: &Manifest, artifact: &str, path: &str, name: &str) {
        let is_there = manifest.datasets.iter().any(|dataset| dataset.name == name);
        self.holds(is_there, artifact, path, || format!("there is no dataset `{name}`"));
    }

    /// Whatever names a statement names one that the manifest has.
    fn statements(&mut self, manifest: &Manifest, records: &Records) {
        for (place, plan) in records.plan.iter().flat_map(|plan| &plan.statements).enumerate() {
            self.statement(manifest, "plan", &format!(".statements[{place}].statement"), plan.statement);
        }
        for (place, syntax) in records.asts.iter().enumerate() {
            self.statement(manifest, "ast", &format!(".statements[{place}].statement"), syntax.statement);
        }
        for (place, scan) in records.telemetry.iter().flat_map(|telemetry| &telemetry.scans).enumerate() {
            self.statement(manifest, "telemetry", &format!(".scans[{place}].statement"), scan.statement);
            if let Some(dataset) = &scan.dataset {
                self.dataset(manifest, "telemetry", &format!(".scans[{place}].dataset"), dataset);
            }
        }
        for (place, event) in records.diagnostics.iter().flat_map(|events| &events.events).enumerate() {
            if let Some(statement) = statement_of(event) {
                self.statement(manifest, "diagnostics", &format!(".events[{place}].statement"), statement);
            }
        }
    }

    /// Operators are numbered from the root down.
    fn plans(&mut self, records: &Records) {
        for (place, plan) in records.plan.iter().flat_map(|plan| &plan.statements).enumerate() {
            let Maybe::Set(root) = &plan.physical else { continue };
            let indices = indices(root);
            let is_counted = (0..).zip(&indices).all(|(expected, found)| expected == *found);
            self.holds(is_counted, "plan", &format!(".statements[{place}].physical"), || {
                "its operators are not numbered from the root down".to_owned()
            });
        }
    }

    fn scans(&mut self, records: &Records) {
        for (place, scan) in records.telemetry.iter().flat_map(|telemetry| &telemetry.scans).enumerate() {
            let path = format!(".scans[{place}].operator");
            self.operator(records, "telemetry", &path, scan.statement, scan.operator);
        }
    }

    fn events(&mut self, records: &Records) {
        for (place, event) in records.diagnostics.iter().flat_map(|events| &events.events).enumerate() {
            let DiagnosticEvent::Explain(explain) = event else { continue };
            for (idx, operator) in explain.operators.iter().enumerate() {
                let path = format!(".events[{place}].operators[{idx}].index");
                self.operator(records, "diagnostics", &path, explain.statement, operator.index);
            }
        }
    }

    /// The operator is in the statement's plan, where there is a plan to look into.
    fn operator(&mut self, records: &Records, artifact: &str, path: &str, statement: u32, operator: u32) {
        let Some(plan) = &records.plan else { return };
        let is_it = |plan: &&StatementPlan| plan.statement == statement;
        let root = plan.statements.iter().find(is_it).and_then(|plan| plan.physical.as_ref().into_option());
        let is_there = root.is_some_and(|root| indices(root).contains(&operator));
        self.holds(is_there, artifact, path, || {
            format!("there is no operator {operator} in the plan of statement {statement}")
        });
    }

    /// A plan that was given in place of SQL is the one that the manifest names.
    fn plan_digests(&mut self, records: &Records) {
        let given = records.manifest.iter().flat_map(|manifest| &manifest.statements);
        for (place, statement) in given.enumerate() {
            let Maybe::Set(origin) = &statement.substrait else { continue };
            let syntax = records.asts.iter().find(|syntax| syntax.statement == statement.index);
            let Some(Syntax { plan_sha256, .. }) = syntax else { continue };
            self.digests_checked += 1;
            if plan_sha256.as_ref() != Some(&origin.sha256) {
                let path = format!(".statements[{place}].substrait.sha256");
                let message = "is not that of the plan in the syntax artifact".to_owned();
                self.push(VerifyCheck::Digest, "manifest", &path, message);
            }
        }
    }

    /// Digests that records hold of their own content.
    fn digests(&mut self, records: &Records) {
        for (place, syntax) in records.asts.iter().enumerate() {
            self.digests_checked += 1;
            if Digest::of(syntax.normalized_sql.as_bytes()) != syntax.normalized_sha256 {
                let path = format!(".statements[{place}].normalized_sha256");
                self.push(VerifyCheck::Digest, "ast", &path, "is not that of the normalised SQL".to_owned());
            }
        }
        self.plan_digests(records);
        let Some(profile) = &records.profile else { return };
        self.digests_checked += 1;
        let mut bare = profile.clone();
        bare.profile_sha256 = Digest::of(b"");
        if fingerprint(&bare).ok().as_ref() != Some(&profile.profile_sha256) {
            self.push(
                VerifyCheck::Digest,
                "profile",
                ".profile_sha256",
                "is not that of the profile".to_owned(),
            );
        }
    }
}

fn indices(root: &OperatorNode) -> Vec<u32> {
    std::iter::once(root.index).chain(root.children.iter().flat_map(indices)).collect()
}

fn statement_of(event: &DiagnosticEvent) -> Option<u32> {
    match event {
        DiagnosticEvent::Run(event) => event.statement.into_option(),
        DiagnosticEvent::Explain(event) => Some(event.statement),
        DiagnosticEvent::Prepared(event) => Some(event.statement),
        DiagnosticEvent::Plan(event) => Some(event.statement),
        DiagnosticEvent::UdfValidation(event) => Some(event.statement),
        DiagnosticEvent::FilePruning(event) => Some(event.statement),
        DiagnosticEvent::Memory(event) => Some(event.statement),
        DiagnosticEvent::ParseError(_)
        | DiagnosticEvent::SchemaValidation(_)
        | DiagnosticEvent::CacheState(_)
        | DiagnosticEvent::ObjectStore(_)
        | DiagnosticEvent::FeatureState(_)
        | DiagnosticEvent::Incremental(_) => None,
    }
}
