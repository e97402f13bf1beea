//! Differences of two runs, filled in.

use proofmark::Value;
use proofmark_artifacts::compare::*;
use proofmark_artifacts::proof::*;
use proofmark_artifacts::verify::*;
use proofmark_artifacts::*;

use Maybe::{Set, Unset};

fn text(text: &str) -> Maybe<String> {
    Set(text.to_owned())
}

fn by_host() -> Cause {
    Cause::Host { fact: "cpu_count".to_owned(), old: text("16"), new: text("24") }
}

pub(crate) fn plan_diff() -> PlanDiff {
    let step = |stage, rule, edits| PlanStep { statement: 0, old_statement: Unset, stage, rule, edits };
    PlanDiff {
        steps: vec![
            step(PlanStage::Optimized, text("push_down_filter"), by_rule()),
            PlanStep { old_statement: Set(1), ..step(PlanStage::Physical, Unset, by_run()) },
        ],
    }
}

fn edit(node: &str, change: NodeChange, causes: Vec<Cause>) -> PlanEdit {
    let place = || text(".children[0]");
    let (old_path, new_path) = match change {
        NodeChange::Inserted { .. } => (Unset, place()),
        NodeChange::Removed { .. } => (place(), Unset),
        _ => (text("."), place()),
    };
    PlanEdit { node: node.to_owned(), old_path, new_path, change, causes }
}

fn by_rule() -> Vec<PlanEdit> {
    let detail = || "flights.dep_delay > Int64(15)".to_owned();
    vec![
        edit("Filter", NodeChange::Inserted { detail: detail() }, vec![]),
        edit("Filter", NodeChange::Removed { detail: detail() }, vec![]),
        edit("Filter", NodeChange::Moved, vec![]),
        edit("TableScan", NodeChange::Detail { old: "flights".to_owned(), new: detail() }, vec![]),
    ]
}

fn by_run() -> Vec<PlanEdit> {
    let hash = |count| Partitioning {
        scheme: PartitionScheme::Hash,
        count,
        expressions: vec!["carrier@0".to_owned()],
    };
    let replaced = NodeChange::Replaced {
        old_node: "HashJoinExec".to_owned(),
        old_detail: "on=[(a@0, b@0)]".to_owned(),
        new_detail: "on=[(a@0, b@0)]".to_owned(),
    };
    let estimate = Set(RowEstimate { rows: 336_776, exact: true });
    let statistics =
        Cause::Statistics { dataset: "flights".to_owned(), old_rows: Unset, new_rows: text("336776") };
    let ordering = NodeChange::Ordering { old: vec![], new: vec!["carrier@0 ASC".to_owned()] };
    let config = Cause::Config {
        key: "datafusion.optimizer.prefer_hash_join".to_owned(),
        old: text("true"),
        new: Unset,
    };
    let engine =
        Cause::EngineVersion { package: "datafusion".to_owned(), old: text("54.0.0"), new: text("55.2.0") };
    vec![
        edit("RepartitionExec", NodeChange::Partitioning { old: hash(16), new: hash(24) }, vec![by_host()]),
        edit("SortMergeJoinExec", replaced, vec![config, engine]),
        edit("DataSourceExec", NodeChange::Estimate { old: Unset, new: estimate }, vec![statistics]),
        edit("SortExec", ordering, vec![Cause::Schema { dataset: "flights".to_owned() }]),
        edit("FilterExec", NodeChange::Moved, vec![Cause::Sql { statement: 0 }, Cause::Unknown]),
    ]
}

pub(crate) fn run_diff() -> RunDiff {
    let side = |run_id: &str, engine: &str| RunSide {
        run_id: RunId::parse(run_id).expect("a run id"),
        status: RunStatus::Ok,
        engine: engine.to_owned(),
        fingerprint: Digest::of(run_id.as_bytes()),
    };
    RunDiff {
        old: side("20261121-060000000-a7b2c9de", "datafusion 54.0.0"),
        new: side(super::RUN_ID, "datafusion 55.2.0"),
        same_content: false,
        artifacts: artifacts(),
        statements: statements(),
        plans: plan_diff().steps,
        schemas: vec![SchemaDiff { of: "flights".to_owned(), columns: columns() }],
        settings: settings(),
        data: vec![DataDiff {
            dataset: "flights".to_owned(),
            fact: DataFact::Rows,
            old: text("336000"),
            new: text("336776"),
        }],
        outputs: vec![OutputDiff {
            output: "result".to_owned(),
            fact: OutputFact::Rows,
            old: text("15"),
            new: text("16"),
            causes: vec![by_data()],
        }],
        measured: vec![MeasuredDiff {
            statement: Set(0),
            operator: text("SortExec"),
            path: text(".children[0]"),
            figure: Figure::SpilledBytes,
            old: 0,
            new: 1_200_000_000,
        }],
    }
}

fn by_data() -> Cause {
    let (old, new) = (text("336000"), text("336776"));
    Cause::Data { dataset: "flights".to_owned(), fact: DataFact::Rows, old, new }
}

fn artifacts() -> Vec<ArtifactDiff> {
    let artifact = |name: &str, state| ArtifactDiff {
        name: name.to_owned(),
        kind: format!("{name}.v1"),
        state,
        reason: Unset,
        hidden: 0,
        changes: Vec::new(),
        omitted: 0,
    };
    vec![
        ArtifactDiff {
            changes: changes(),
            omitted: 7,
            hidden: 3,
            ..artifact("manifest", ArtifactState::Changed)
        },
        artifact("plan", ArtifactState::Same),
        ArtifactDiff {
            reason: text("profile.json: damaged: its digest is not the recorded one"),
            ..artifact("profile", ArtifactState::Unreadable)
        },
        artifact("telemetry", ArtifactState::Added),
    ]
}

fn changes() -> Vec<ValueChange> {
    let whole = |value: u64| ShownValue::Whole { value: Value::from(value) };
    let large = ShownValue::Digest { bytes: 5_000, sha256: Digest::of(b"a long text") };
    let change = |path: &str, edit| ValueChange {
        path: path.to_owned(),
        item: text("flights"),
        volatility: Unset,
        edit,
    };
    vec![
        change(".datasets[0].rows", ValueEdit::Changed { old: whole(336_000), new: whole(336_776) }),
        change(".datasets[0].files", ValueEdit::Added { value: whole(1) }),
        ValueChange { item: Unset, ..change(".failure", ValueEdit::Removed { value: large }) },
        change(".datasets[0]", ValueEdit::Moved { from: 1, to: 0 }),
        ValueChange {
            volatility: text("path"),
            ..change(".datasets[0].path", ValueEdit::Changed { old: whole(1), new: whole(2) })
        },
    ]
}

fn statements() -> Vec<StatementDiff> {
    let diff = |change, causes| StatementDiff { statement: Set(0), old_statement: Set(1), change, causes };
    let sql = |text: &str| text.to_owned();
    vec![
        diff(StatementChange::Sql { old: sql("SELECT 1"), new: sql("SELECT 2") }, vec![]),
        diff(StatementChange::Status { old: RunStatus::Ok, new: RunStatus::Failed }, vec![Cause::Unknown]),
        diff(StatementChange::Rows { old: Unset, new: Set(16) }, vec![by_data()]),
        StatementDiff {
            old_statement: Unset,
            ..diff(StatementChange::Added { sql: sql("SELECT 3") }, vec![])
        },
        StatementDiff { statement: Unset, ..diff(StatementChange::Removed { sql: sql("SELECT 4") }, vec![]) },
    ]
}

fn columns() -> Vec<ColumnChange> {
    let name = |name: &str| name.to_owned();
    vec![
        ColumnChange::Added { column: name("origin"), data_type: name("Utf8"), nullable: true },
        ColumnChange::Retyped { column: name("dep_delay"), old: name("Int32"), new: name("Int64") },
        ColumnChange::Nullability { column: name("dep_delay"), nullable: true },
        ColumnChange::Moved { column: name("carrier"), from: 1, to: 0 },
        ColumnChange::Removed { column: name("dest"), data_type: name("Utf8") },
    ]
}

fn settings() -> Vec<SettingDiff> {
    let diff = |area, key: &str, old: &str, new: &str, causes| SettingDiff {
        area,
        key: key.to_owned(),
        old: text(old),
        new: text(new),
        causes,
    };
    vec![
        diff(SettingArea::Setting, "datafusion.execution.batch_size", "8192", "1024", vec![]),
        diff(SettingArea::HostSetting, "datafusion.execution.target_partitions", "16", "24", vec![by_host()]),
        SettingDiff {
            old: Unset,
            ..diff(SettingArea::Config, "datafusion.execution.batch_size", "", "1024", vec![])
        },
        diff(SettingArea::Engine, "datafusion", "54.0.0", "55.2.0", vec![]),
        diff(SettingArea::Host, "cpu_count", "16", "24", vec![]),
    ]
}

pub(crate) fn verify_report() -> VerifyReport {
    let finding = |check, artifact: &str, path, message: &str| VerifyFinding {
        check,
        artifact: artifact.to_owned(),
        path,
        message: message.to_owned(),
    };
    let tally = |checked, failed| Tally { checked, failed };
    VerifyReport {
        run_id: RunId::parse(super::RUN_ID).expect("a run id"),
        schema_ids: tally(7, 1),
        digests: tally(15, 0),
        references: tally(37, 1),
        unknown_fields: 1,
        presence: vec![PresenceCount {
            record: "DatasetRecord".to_owned(),
            field: "rows".to_owned(),
            absent: 1,
            null: 0,
            value: 2,
        }],
        findings: vec![
            finding(
                VerifyCheck::SchemaId,
                "extra",
                Unset,
                "`extra.v9` is a type that this program does not know",
            ),
            finding(
                VerifyCheck::Reference,
                "manifest",
                text(".lineage[0].inputs[0]"),
                "there is no dataset `flights`",
            ),
        ],
    }
}

pub(crate) fn proof_report() -> ProofReport {
    let threads = Perturbation::Threads { count: 7 };
    let run = |perturbation, same_content| ProofRun {
        perturbation,
        run_id: RunId::parse(super::RUN_ID).expect("a run id"),
        status: RunStatus::Ok,
        fingerprint: Digest::of(if same_content { b"one" } else { b"two" }),
        same_content,
    };
    let shown = |value: &str| Set(ShownValue::Whole { value: Value::from(value) });
    ProofReport {
        runs: vec![
            run(Perturbation::Baseline, true),
            run(Perturbation::Again, true),
            run(threads.clone(), false),
            run(Perturbation::BatchSize { rows: 1_000 }, true),
            run(Perturbation::TimeZone { zone: "Asia/Kolkata".to_owned() }, true),
            run(Perturbation::Directory, true),
            run(Perturbation::Locale { name: "tr_TR.UTF-8".to_owned() }, true),
        ],
        leaks: vec![
            Leak {
                artifact: "manifest".to_owned(),
                path: "$.datasets".to_owned(),
                moved_by: vec![Perturbation::Again],
                order: true,
                old: Unset,
                new: Unset,
                volatility: "race".to_owned(),
                advice: "sort the list before it is recorded".to_owned(),
            },
            Leak {
                artifact: "plan".to_owned(),
                path: "$.statements[*].physical.children[**].detail".to_owned(),
                moved_by: vec![threads],
                order: false,
                old: shown("partitions=2"),
                new: shown("partitions=7"),
                volatility: "host".to_owned(),
                advice: "declare volatile(host) or pin target_partitions".to_owned(),
            },
        ],
    }
}
