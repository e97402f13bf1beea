//! Each kind of damage to a run is found, and named.

mod sample;

use std::fs;

use proofmark::Maybe::{self, Set};
use proofmark_artifacts::diagnostics::{DiagnosticEvent, ExplainEvent, RunEvent};
use proofmark_artifacts::verify::*;
use proofmark_artifacts::*;
use tempfile::TempDir;

/// The records of a run, which fit each other until a test changes them.
struct Records {
    manifest: Manifest,
    repro: Repro,
    profile: RuntimeProfileSnapshot,
    plan: PlanArtifact,
    ast: AstArtifact<'static>,
    telemetry: TelemetryArtifact,
    diagnostics: DiagnosticsArtifact,
}

impl Records {
    fn new(run_id: &RunId) -> Self {
        let mut records = Self {
            manifest: Manifest { run_id: run_id.to_string(), status: RunStatus::Ok, ..sample::manifest() },
            repro: sample::repro(),
            profile: RuntimeProfileSnapshot { profile_sha256: Digest::of(b""), ..sample::profile() },
            plan: sample::plan(),
            ast: sample::ast(),
            telemetry: sample::telemetry(),
            diagnostics: sample::diagnostics(),
        };
        records.profile.profile_sha256 = fingerprint(&records.profile).unwrap();
        records.telemetry.scans[0].dataset = Some("flights".to_owned());
        records.diagnostics.events = vec![
            DiagnosticEvent::Run(sample::run_event()),
            DiagnosticEvent::Explain(sample::explain_event()),
        ];
        records
    }
}

struct Fixture {
    _dir: TempDir,
    store: RunStore,
    run: Committed,
}

impl Fixture {
    fn new(change: impl FnOnce(&mut Records)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = RunStore::new(dir.path());
        let mut run = store.begin().unwrap();
        let mut records = Records::new(run.id());
        change(&mut records);
        run.put(&records.manifest).unwrap();
        run.put(&records.repro).unwrap();
        run.put(&records.profile).unwrap();
        run.put(&records.plan).unwrap();
        run.put(&records.ast).unwrap();
        run.put(&records.telemetry).unwrap();
        run.put(&records.diagnostics).unwrap();
        let run = run.commit(RunSummary::new(RunStatus::Ok, sample::time(0))).unwrap();
        Self { _dir: dir, store, run }
    }

    fn report(&self) -> VerifyReport {
        verify_run(&self.store.bundle(&self.run.index.run_id).unwrap())
    }

    /// Changes the index, and seals it again, as who wants to deceive would.
    fn reseal(&self, change: impl FnOnce(&mut BundleIndex)) {
        let mut index = self.run.index.clone();
        change(&mut index);
        fs::write(self.run.path.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
    }

    /// Writes another file for an artifact, and puts its size and digest into the index.
    fn replace(&self, name: &str, bytes: &[u8]) {
        self.reseal(|index| {
            let entry = index.artifacts.iter_mut().find(|entry| entry.name == name).unwrap();
            (entry.bytes, entry.sha256) = (bytes.len() as u64, Digest::of(bytes));
            fs::write(self.run.path.join(&entry.file), bytes).unwrap();
        });
    }
}

fn told(report: &VerifyReport) -> Vec<String> {
    let line = |finding: &VerifyFinding| {
        let path = finding.path.as_ref().into_option().map_or("", String::as_str);
        let message = finding.message.rsplit(": ").next().unwrap();
        format!("{} {}{path} {message}", finding.check.name(), finding.artifact)
    };
    report.findings.iter().map(line).collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut Records), expected: &[&str]) {
    assert_eq!(told(&Fixture::new(change).report()), expected);
}

#[test]
fn a_whole_run_is_clean_and_counted() {
    let report = Fixture::new(|_| ()).report();
    assert_eq!(told(&report), [""; 0]);
    assert_eq!((report.schema_ids.checked, report.digests.checked), (7, 7 + 7 + 1 + 3 + 1));
    assert!(report.references.checked >= 20, "{}", report.references.checked);
    let count = |record: &str, field: &str| {
        let found = report
            .presence
            .iter()
            .find(|count| (count.record.as_str(), count.field.as_str()) == (record, field));
        found.map(|count| [count.absent, count.null, count.value]).unwrap()
    };
    assert_eq!(count("DatasetRecord", "content_sha256"), [1, 0, 1]);
    assert_eq!(count("ScanTelemetry", "estimated_rows"), [0, 1, 0]);
    assert_eq!(count("StatementRecord", "rows"), [1, 0, 1]);
}

#[test]
fn a_file_that_changed_or_went_is_found() {
    let fixture = Fixture::new(|_| ());
    fs::write(fixture.run.path.join("plan.json"), "{}").unwrap();
    fs::remove_file(fixture.run.path.join("ast.msgpack")).unwrap();
    fs::write(fixture.run.path.join("stray.json"), "{}").unwrap();
    let report = fixture.report();
    assert_eq!(report.digests.failed, 2);
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.check, finding.artifact.as_str())).collect();
    assert!(found.contains(&(VerifyCheck::Digest, "plan")) && found.contains(&(VerifyCheck::Digest, "ast")));
    assert!(told(&report).contains(&"digest bundle the index does not know this file".to_owned()));
}

#[test]
fn an_index_that_was_sealed_again_is_found() {
    let fixture = Fixture::new(|_| ());
    fixture.reseal(|index| index.artifacts[0].fingerprint = Digest::of(b"another"));
    assert_eq!(
        told(&fixture.report()),
        [
            "digest ast the fingerprint in the index is not that of its content",
            "digest bundle.fingerprint its fingerprint is not that of the artifacts it lists",
        ]
    );
}

#[test]
fn a_type_that_nobody_knows_is_found() {
    let fixture = Fixture::new(|_| ());
    fixture.reseal(|index| {
        index.artifacts[0].version = 9;
        index.fingerprint = Digest::of(b"another");
    });
    let report = fixture.report();
    assert_eq!((report.schema_ids.checked, report.schema_ids.failed), (7, 1));
    assert_eq!(told(&report)[0], "schema_id ast `ast.v9` is a type that this program does not know");
}

#[test]
fn an_unknown_field_is_found_with_its_place() {
    let fixture = Fixture::new(|_| ());
    let text = fs::read_to_string(fixture.run.path.join("plan.json")).unwrap();
    fixture.replace("plan", text.replacen("\"logical\": {", "\"logical\": {\"cost\": 7,", 1).as_bytes());
    let report = fixture.report();
    assert_eq!(report.unknown_fields, 1);
    assert!(
        told(&report).contains(
            &"unknown_field plan.statements[0].logical.cost `plan.v1` has no such field".to_owned()
        ),
        "{:?}",
        told(&report)
    );
}

#[test]
fn what_is_no_record_of_its_type_is_found() {
    let fixture = Fixture::new(|_| ());
    fixture.replace("profile", br#"{"type":"profile.v1"}"#);
    let report = fixture.report();
    let finding = &report.findings[0];
    assert_eq!((finding.check, finding.artifact.as_str()), (VerifyCheck::Record, "profile"));
    assert!(finding.message.contains("missing required field"), "{}", finding.message);
}

#[test]
fn digests_inside_records_are_held_against_what_they_digest() {
    check(
        |new| {
            new.ast.statements[1].normalized_sql.push('x');
            new.ast.statements[1].substrait = Maybe::Set(b"another".to_vec());
            new.profile.name = "another".to_owned();
        },
        &[
            "digest ast.statements[1].normalized_sha256 is not that of the normalised SQL",
            "digest manifest.statements[1].substrait.sha256 is not that of the plan in the syntax artifact",
            "digest profile.profile_sha256 is not that of the profile",
        ],
    );
}

#[test]
fn a_manifest_of_another_run_is_found() {
    let fixture = Fixture::new(|new| new.manifest.run_id = "another".to_owned());
    let run = &fixture.run.index.run_id;
    let expected = format!("reference manifest.run_id names run another, and lies in run {run}");
    assert_eq!(told(&fixture.report()), [expected]);
}

#[test]
fn a_statement_that_is_not_there_is_found_whoever_names_it() {
    check(
        |new| {
            new.manifest.outputs[0].statement = 7;
            new.ast.statements[0].statement = 8;
            new.diagnostics
                .events
                .push(DiagnosticEvent::Run(RunEvent { statement: Set(9), ..sample::run_event() }));
        },
        &[
            "reference manifest.outputs[0].statement there is no statement 7; the run has 2",
            "reference ast.statements[0].statement there is no statement 8; the run has 2",
            "reference diagnostics.events[2].statement there is no statement 9; the run has 2",
        ],
    );
    check(
        |new| new.plan.statements[0].statement = 5,
        &[
            "reference plan.statements[0].statement there is no statement 5; the run has 2",
            "reference telemetry.scans[0].operator there is no operator 1 in the plan of statement 0",
            "reference diagnostics.events[1].operators[0].index there is no operator 0 in the plan of statement 0",
        ],
    );
}

#[test]
fn datasets_and_outputs_that_are_not_there_are_found() {
    check(
        |new| {
            new.manifest.lineage[0].inputs.push("nothing".to_owned());
            new.manifest.lineage[0].output = "nowhere".to_owned();
            new.telemetry.scans[0].dataset = Some("none".to_owned());
            new.manifest.datasets[1].name = "flights".to_owned();
        },
        &[
            "reference manifest.datasets[1].name `flights` is the name of two datasets",
            "reference manifest.lineage[0].output there is no output `nowhere`",
            "reference manifest.lineage[0].inputs[1] there is no dataset `nothing`",
            "reference telemetry.scans[0].dataset there is no dataset `none`",
        ],
    );
}

#[test]
fn operators_and_statements_that_are_not_numbered_in_order_are_found() {
    check(
        |new| {
            new.manifest.statements[1].index = 4;
            let Set(plan) = &mut new.plan.statements[0].physical else { panic!("there is a plan") };
            plan.children[0].index = 3;
            new.telemetry.scans[0].operator = 3;
            let events = &mut new.diagnostics.events;
            events.push(DiagnosticEvent::Explain(ExplainEvent {
                operators: Vec::new(),
                ..sample::explain_event()
            }));
        },
        &[
            "reference manifest.statements[1].index is 4, and 1 statements come before it",
            "reference plan.statements[0].physical its operators are not numbered from the root down",
        ],
    );
}

#[test]
fn a_run_that_says_two_things_of_itself_is_found() {
    check(
        |new| {
            new.manifest.status = RunStatus::Failed;
            new.repro.host.hostname = Maybe::Unset;
        },
        &[
            "reference manifest.status is Failed, and the index says Ok",
            "reference repro the manifest holds another one",
        ],
    );
    let fixture = Fixture::new(|_| ());
    fixture.reseal(|index| {
        index.missing.push(MissingArtifact { name: "plan".to_owned(), reason: "no space".to_owned() });
    });
    assert_eq!(
        told(&fixture.report()),
        ["reference bundle.missing `plan` is listed as missing and is there"]
    );
}
