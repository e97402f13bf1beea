//! A store with runs that never change.

use proofmark_artifacts::{
    CdfCursor, Codec, DiagnosticsArtifact, Maybe, OperatorNode, PlanArtifact, RunId, RunStatus, RunStore,
    RunSummary, RunWriter,
};
use proofmark_report::{Against, History, Recorded, page};

// One set of samples for the records' own tests and for those of the report.
#[path = "../../../proofmark-artifacts/tests/sample/mod.rs"]
#[allow(unreachable_pub)]
pub(crate) mod sample;

/// A store in a directory of its own.
pub(crate) struct Fixture {
    _dir: tempfile::TempDir,
    pub(crate) store: RunStore,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        Self { store: RunStore::new(dir.path().join("runs")), _dir: dir }
    }

    /// Records a run that took so long.
    pub(crate) fn run(&self, elapsed_ns: u64, fill: impl FnOnce(&mut RunWriter)) -> RunId {
        let mut run = self.store.begin().unwrap();
        fill(&mut run);
        let summary = RunSummary {
            elapsed_ns: Maybe::Set(elapsed_ns),
            title: "pipeline.sql".to_owned(),
            engine: "datafusion 55.2.0".to_owned(),
            ..RunSummary::new(RunStatus::Ok, sample::time(0))
        };
        run.commit(summary).unwrap().index.run_id
    }

    pub(crate) fn recorded(&self, id: &RunId) -> Recorded {
        let bundle = self.store.bundle(id).unwrap();
        let history = History::before(&self.store, bundle.index()).unwrap();
        let before = history.latest().map(|id| Against::between(&self.store.bundle(id).unwrap(), &bundle));
        let recorded = Recorded::read(&bundle).with_history(history);
        match before {
            Some(against) => recorded.with_against(against),
            None => recorded,
        }
    }

    pub(crate) fn page(&self, id: &RunId) -> String {
        page(&self.recorded(id))
    }
}

/// Every artifact there is, and a plan with inputs, spills and partitions.
pub(crate) fn everything(run: &mut RunWriter) {
    run.put(&sample::manifest()).unwrap();
    run.put(&plan()).unwrap();
    run.put(&sample::ast()).unwrap();
    run.put(&sample::profile()).unwrap();
    run.put(&sample::telemetry()).unwrap();
    run.put(&diagnostics()).unwrap();
    run.put(&sample::repro()).unwrap();
    run.put(&CdfCursor::new("orders", 7)).unwrap();
}

/// The sample's events, and the steps of the first statement by the clock.
fn diagnostics() -> DiagnosticsArtifact {
    let step = |phase: &str, second: i64| {
        let at = sample::time(second);
        format!(r#"{{"type":"run_event.v1","event_time":"{at}","phase":"{phase}","statement":0}}"#)
    };
    let steps = [step("started", 0), step("planned", 1), step("finished", 3)].join(",");
    let json = format!(r#"{{"type":"diagnostics.v1","events":[{steps}]}}"#);
    let mut diagnostics: DiagnosticsArtifact = Codec::Json.decode(json.as_bytes()).unwrap();
    diagnostics.events.extend(sample::diagnostics().events);
    diagnostics
}

/// The sample's plan, with a join of two of its root operators on top.
pub(crate) fn plan() -> PlanArtifact {
    let mut plan = sample::plan();
    for statement in &mut plan.statements {
        if let Maybe::Set(root) = &mut statement.physical {
            let inputs = vec![root.clone(), root.clone()];
            let join = OperatorNode { name: "HashJoinExec".to_owned(), children: inputs, ..root.clone() };
            *root = numbered(join, &mut 0);
        }
    }
    plan
}

/// The same plan with the positions that its operators have.
pub(crate) fn numbered(mut node: OperatorNode, next: &mut u32) -> OperatorNode {
    node.index = *next;
    *next += 1;
    node.children = node.children.into_iter().map(|child| numbered(child, next)).collect();
    node
}
