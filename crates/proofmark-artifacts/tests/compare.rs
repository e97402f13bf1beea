//! Runs and records side by side: what differs, and that a patch makes one of the other.

mod sample;

use proofmark::{Maybe, Shape, Value, json};
use proofmark_artifacts::compare::*;
use proofmark_artifacts::*;

use Maybe::Set;

/// A run whose records are the samples, changed.
struct Records {
    manifest: Manifest,
    profile: RuntimeProfileSnapshot,
    plan: PlanArtifact,
}

impl Records {
    fn new() -> Self {
        Self { manifest: sample::manifest(), profile: sample::profile(), plan: sample::plan() }
    }

    fn write(&self, store: &RunStore) -> Bundle {
        let mut run = store.begin().unwrap();
        run.put(&self.manifest).unwrap();
        run.put(&self.profile).unwrap();
        run.put(&self.plan).unwrap();
        let summary = RunSummary {
            engine: "datafusion 55.2.0".to_owned(),
            ..RunSummary::new(RunStatus::Ok, sample::time(0))
        };
        let committed = run.commit(summary).unwrap();
        store.bundle(&committed.index.run_id).unwrap()
    }
}

/// The difference between the samples, and the samples changed.
fn diff(change: impl FnOnce(&mut Records)) -> RunDiff {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let old = Records::new();
    let mut new = Records::new();
    change(&mut new);
    compare_runs(&old.write(&store), &new.write(&store), &CompareOptions::default())
}

fn states(diff: &RunDiff) -> Vec<(&str, ArtifactState)> {
    diff.artifacts.iter().map(|artifact| (artifact.name.as_str(), artifact.state)).collect()
}

#[test]
fn two_runs_of_the_same_work_do_not_differ() {
    let diff = diff(|new| {
        new.manifest.run_id = "another".to_owned();
        new.manifest.started_at = sample::time(99);
    });
    assert!(diff.same_content && !diff.differs());
    assert_eq!(
        states(&diff),
        [("manifest", ArtifactState::Same), ("plan", ArtifactState::Same), ("profile", ArtifactState::Same)]
    );
    assert_eq!(diff.artifacts[0].hidden, 2);
    assert!(diff.settings.is_empty() && diff.plans.is_empty() && diff.measured.is_empty());
}

#[test]
fn another_machine_is_the_cause_of_another_number_of_partitions() {
    let diff = diff(|new| {
        new.manifest.repro.host.cpu_count = 24;
        let key = "datafusion.execution.target_partitions".to_owned();
        new.profile.host_settings.insert(key, Some("24".to_owned()));
        let Set(plan) = &mut new.plan.statements[0].physical else { panic!("there is a plan") };
        plan.partitioning.count = 24;
    });
    assert!(diff.same_content, "it is the same work");
    let edit = &diff.plans[0].edits[0];
    assert!(edit.is_volatile());
    let host =
        Cause::Host { fact: "cpu_count".to_owned(), old: Set("2".to_owned()), new: Set("24".to_owned()) };
    assert_eq!(edit.causes, std::slice::from_ref(&host));
    let setting = diff.settings.iter().find(|diff| diff.area == SettingArea::HostSetting).unwrap();
    assert_eq!(setting.causes, [host]);
}

#[test]
fn more_rows_are_the_cause_of_another_estimate_and_another_result() {
    let diff = diff(|new| {
        new.manifest.datasets[0].rows = Set(999);
        new.manifest.statements[0].rows = Set(17);
        new.manifest.outputs[0].rows = 17;
        let Set(plan) = &mut new.plan.statements[0].physical else { panic!("there is a plan") };
        plan.children[0].rows_estimated = Set(RowEstimate { rows: 999, exact: true });
    });
    assert_eq!(diff.data.len(), 1);
    assert_eq!((diff.data[0].dataset.as_str(), diff.data[0].fact), ("flights", DataFact::Rows));
    let edit = &diff.plans[0].edits[0];
    assert!(matches!(&edit.causes[..], [Cause::Statistics { dataset, .. }] if dataset == "flights"));
    assert!(matches!(diff.outputs[0].causes[..], [Cause::Data { fact: DataFact::Rows, .. }]));
    assert!(matches!(diff.statements[0].change, StatementChange::Rows { new: Set(17), .. }));
}

#[test]
fn a_setting_is_the_cause_of_another_plan() {
    let diff = diff(|new| {
        let key = "datafusion.execution.batch_size".to_owned();
        new.profile.settings.insert(key, Some("1024".to_owned()));
        let Set(plan) = &mut new.plan.statements[0].optimized else { panic!("there is a plan") };
        plan.children[0].detail = "flights".to_owned();
    });
    let step = &diff.plans[0];
    assert_eq!(step.stage, PlanStage::Optimized);
    assert!(matches!(&step.edits[0].causes[..], [Cause::Config { key, .. }] if key.ends_with("batch_size")));
}

#[test]
fn a_statement_put_in_front_does_not_change_the_others() {
    let diff = diff(|new| {
        let mut first = new.manifest.statements[0].clone();
        first.sql = "SELECT 1".to_owned();
        new.manifest.statements.insert(0, first);
        (0..).zip(&mut new.manifest.statements).for_each(|(idx, statement)| statement.index = idx);
        new.plan.statements[0].statement = 1;
    });
    assert_eq!(diff.statements.len(), 1, "{:?}", diff.statements);
    assert!(matches!(&diff.statements[0].change, StatementChange::Added { sql } if sql == "SELECT 1"));
    assert!(diff.plans.is_empty());
}

#[test]
fn other_columns_are_told_by_name() {
    let diff = diff(|new| {
        new.manifest.datasets[0].columns[1].nullable = false;
        let columns = &mut new.manifest.datasets[0].columns;
        let origin = ColumnRecord { name: "origin".to_owned(), ..columns[0].clone() };
        columns.insert(0, origin);
    });
    assert_eq!(diff.schemas[0].of, "flights");
    assert_eq!(diff.schemas[0].columns.len(), 2, "{:?}", diff.schemas);
}

#[test]
fn figures_are_told_where_they_differ_much() {
    let diff = diff(|new| {
        let Set(plan) = &mut new.plan.statements[0].physical else { panic!("there is a plan") };
        let Set(metrics) = &mut plan.metrics else { panic!("it has run") };
        metrics.spilled_bytes = Set(1_200_000_000);
        new.manifest.statements[0].elapsed_ns = Set(1_380_000_000);
    });
    let told: Vec<_> =
        diff.measured.iter().map(|diff| (diff.operator.clone(), diff.figure, diff.new)).collect();
    assert_eq!(
        told,
        [
            (Maybe::Unset, Figure::WallNs, 1_380_000_000),
            (Set("AggregateExec".to_owned()), Figure::SpilledBytes, 1_200_000_000)
        ]
    );
}

#[test]
fn an_artifact_that_is_damaged_or_missing_is_told_and_the_rest_compared() {
    let dir = tempfile::tempdir().unwrap();
    let store = RunStore::new(dir.path());
    let (old, new) = (Records::new().write(&store), Records::new().write(&store));
    std::fs::write(new.path().join("plan.json"), b"{}").unwrap();
    std::fs::remove_file(old.path().join("profile.json")).unwrap();
    let found = compare_runs(&old, &new, &CompareOptions::default());
    assert_eq!(
        states(&found),
        [
            ("manifest", ArtifactState::Same),
            ("plan", ArtifactState::Unreadable),
            ("profile", ArtifactState::Unreadable)
        ]
    );
    assert!(found.differs());
    let reason = found.artifacts[1].reason.as_ref().into_option().unwrap();
    assert!(reason.contains("plan.json"), "{reason}");
}

/// Takes the steps of a patch, as RFC 6902 has them.
fn apply(document: &mut Value, steps: &[PatchStep]) {
    for step in steps {
        match step.clone() {
            PatchStep::Add { path, value } => put(document, &path, value),
            PatchStep::Remove { path } => drop(take(document, &path)),
            PatchStep::Replace { path, value } => {
                take(document, &path);
                put(document, &path, value);
            }
            PatchStep::Move { from, path } => {
                let value = take(document, &from);
                put(document, &path, value);
            }
        }
    }
}

/// What holds the last step of a pointer, and that step.
fn holder<'v>(document: &'v mut Value, pointer: &str) -> (&'v mut Value, String) {
    let steps: Vec<_> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let (last, above) = steps.split_last().expect("the whole document is not replaced");
    let mut value = document;
    for step in above {
        value = match value {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            Value::Map(map) => map.get_mut(step).unwrap(),
            _ => panic!("{pointer} leads nowhere"),
        };
    }
    (value, last.clone())
}

fn take(document: &mut Value, pointer: &str) -> Value {
    match holder(document, pointer) {
        (Value::Array(items), step) => {
            let mut list = std::mem::take(items).into_vec();
            let taken = list.remove(step.parse().unwrap());
            *items = list.into();
            taken
        }
        (Value::Map(map), step) => map.remove(&step).unwrap(),
        _ => panic!("{pointer} leads nowhere"),
    }
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    match holder(document, pointer) {
        (Value::Array(items), step) => {
            let mut list = std::mem::take(items).into_vec();
            list.insert(step.parse().unwrap(), value);
            *items = list.into();
        }
        (Value::Map(map), step) => drop(map.insert(step, value)),
        _ => panic!("{pointer} leads nowhere"),
    }
}

#[track_caller]
fn check_patch(old: &Value, new: &Value, shape: Shape) {
    let steps = patch_values(old, new, shape, VolatileFields::Shown);
    let mut patched = old.clone();
    apply(&mut patched, &steps);
    assert_eq!(&patched, new, "{steps:?}");
}

#[test]
fn a_patch_makes_one_record_of_the_other() {
    let value =
        |manifest: &Manifest| json::from_slice::<Value>(&Codec::Json.encode(manifest).unwrap()).unwrap();
    let old = sample::manifest();
    let mut new = old.clone();
    new.datasets.reverse();
    new.datasets[0].columns.remove(0);
    new.statements.remove(0);
    new.rules.logical.insert(1, "a/b~c".to_owned());
    new.params.insert("a/b~c".to_owned(), "x".to_owned());
    new.failure = Maybe::Unset;
    new.run_id = "another".to_owned();
    let shape = (record_type("manifest").unwrap().shape)();
    check_patch(&value(&old), &value(&new), shape);
    check_patch(&value(&new), &value(&old), shape);
}

#[test]
fn a_patch_makes_one_list_of_the_other() {
    // A generator of the simplest kind: the same lists in every run.
    let mut state = 7_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    for _ in 0..500 {
        let mut list = || -> Value { (0..next(7)).map(|_| Value::from(next(5))).collect::<Vec<_>>().into() };
        let (old, new) = (Value::from_iter([("a", list())]), Value::from_iter([("a", list())]));
        check_patch(&old, &new, Shape::Any);
    }
}

#[test]
fn what_is_volatile_stays_as_it_was_in_a_patch() {
    let row = record_type("manifest").unwrap();
    let old = sample::manifest();
    let new = Manifest { run_id: "another".to_owned(), notes: vec!["new".to_owned()], ..old.clone() };
    let stored = |manifest: &Manifest| Codec::Json.encode(manifest).unwrap();
    let steps = patch_records(
        row,
        (&stored(&old), Codec::Json),
        (&stored(&new), Codec::Json),
        VolatileFields::Hidden,
    )
    .unwrap();
    assert!(steps.iter().all(|step| format!("{step:?}").contains("/notes")), "{steps:?}");
    assert!(!steps.is_empty());
}
