//! One filled-in record of each type, the same in every process.

#![allow(dead_code, reason = "each test program uses its own part")]

mod compare;

use std::collections::BTreeMap;

use jiff::Timestamp;
use proofmark::{Format, Maybe, Raw};
use proofmark_artifacts::diagnostics::intake::{IntakeCounts, IntakeReport, RejectedRow, RowForm};
use proofmark_artifacts::diagnostics::*;
use proofmark_artifacts::policy::{NameRules, Pattern};
use proofmark_artifacts::*;

#[allow(unused_imports, reason = "each test program uses its own part")]
pub(crate) use compare::*;

use Maybe::{Set, Unset};

pub(crate) fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_355_101 + second).expect("a time in this century")
}

pub(crate) const RUN_ID: &str = "20261122-134501123-k3f9q2xd";

/// The run that it repeats.
const REPLAYED_ID: &str = "20261121-091502456-a7b2c9de";

pub(crate) fn bundle() -> BundleIndex {
    let entry = |name: &str, codec: Codec, bytes| BundleEntry {
        name: name.to_owned(),
        file: format!("{name}.{}", codec.extension()),
        kind: name.to_owned(),
        version: 1,
        codec,
        bytes,
        sha256: Digest::of(name.as_bytes()),
        fingerprint: Digest::of(b"without volatile fields"),
    };
    BundleIndex {
        run_id: RunId::parse(RUN_ID).expect("a run id"),
        summary: RunSummary {
            status: RunStatus::Incomplete,
            started_at: time(0),
            elapsed_ns: Set(412_000_000),
            title: "pipeline.sql".to_owned(),
            engine: "datafusion 55.2.0".to_owned(),
            replay_of: Set(RunId::parse(REPLAYED_ID).expect("a run id")),
        },
        fingerprint: Digest::of(b"all of it"),
        artifacts: vec![entry("ast", Codec::MessagePack, 3_534), entry("manifest", Codec::Json, 4_096)],
        missing: vec![MissingArtifact {
            name: "telemetry".to_owned(),
            reason: "cannot write the artifact: no space left on device".to_owned(),
        }],
    }
}

pub(crate) fn manifest() -> Manifest {
    Manifest {
        run_id: RUN_ID.to_owned(),
        status: RunStatus::Failed,
        failure: Set(Failure {
            stage: FailureStage::Plan,
            message: "No field named delay".to_owned(),
            help: Set("the table `flights` has the columns: carrier, dep_delay".to_owned()),
        }),
        started_at: time(0),
        finished_at: Set(time(2)),
        elapsed_ns: Set(2_000_000_000),
        pipeline: Set("examples/flights/pipeline.sql".to_owned()),
        replay_of: Set(RunId::parse(REPLAYED_ID).expect("a run id")),
        statements: vec![query(), failed_query()],
        datasets: vec![flights(), orders()],
        outputs: vec![result()],
        rules: PlannerRules {
            analyzer: vec!["type_coercion".to_owned()],
            logical: vec!["push_down_filter".to_owned(), "optimize_projections".to_owned()],
            physical: vec!["join_selection".to_owned()],
        },
        lineage: vec![LineageEdge { output: "result".to_owned(), inputs: vec!["flights".to_owned()] }],
        params: BTreeMap::from([("year".to_owned(), "2013".to_owned())]),
        notes: vec!["the second statement was not run".to_owned()],
        repro: repro(),
    }
}

fn query() -> StatementRecord {
    StatementRecord {
        index: 0,
        step: Set("carriers".to_owned()),
        kind: "query".to_owned(),
        sql: "SELECT carrier, count(*) FROM flights GROUP BY carrier".to_owned(),
        substrait: Unset,
        status: RunStatus::Ok,
        rows: Set(16),
        bytes: Set(1_024),
        schema_fingerprint: Set(Digest::of(b"carrier, count")),
        elapsed_ns: Set(1_000_000_000),
        memory_bytes_max: Set(11_200_000),
        spilled_bytes: Set(0),
    }
}

fn failed_query() -> StatementRecord {
    StatementRecord {
        index: 1,
        step: Unset,
        kind: "query".to_owned(),
        sql: "SELECT avg(delay) FROM flights".to_owned(),
        substrait: Set(SubstraitOrigin {
            producer: Set("ibis-substrait".to_owned()),
            version: Set("0.63.0".to_owned()),
            sha256: Digest::of(&PLAN),
        }),
        status: RunStatus::Failed,
        rows: Unset,
        bytes: Unset,
        schema_fingerprint: Unset,
        elapsed_ns: Set(4_000_000),
        memory_bytes_max: Unset,
        spilled_bytes: Unset,
    }
}

fn columns() -> Vec<ColumnRecord> {
    let column = |name: &str, data_type: &str, nullable| ColumnRecord {
        name: name.to_owned(),
        data_type: data_type.to_owned(),
        nullable,
    };
    vec![column("carrier", "Utf8", false), column("dep_delay", "Int64", true)]
}

fn flights() -> DatasetRecord {
    DatasetRecord {
        name: "flights".to_owned(),
        kind: DatasetKind::External,
        path: Set("/data/flights.parquet".to_owned()),
        format: Set("parquet".to_owned()),
        rows: Set(336_776),
        files: Set(1),
        bytes: Set(2_900_000),
        columns: columns(),
        schema_fingerprint: Digest::of(b"carrier, dep_delay"),
        arrow_schema: Set(arrow_schema()),
        content_sha256: Set(Digest::of(b"the rows")),
        ordering: vec!["carrier ASC NULLS LAST".to_owned()],
        delta: Unset,
    }
}

fn orders() -> DatasetRecord {
    DatasetRecord {
        name: "../../x".to_owned(),
        format: Set("delta".to_owned()),
        rows: Unset,
        arrow_schema: Unset,
        content_sha256: Unset,
        ordering: Vec::new(),
        delta: Set(DeltaRecord {
            table_id: Set("0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c".to_owned()),
            version: 4,
            features: vec!["changeDataFeed".to_owned()],
        }),
        ..flights()
    }
}

fn result() -> OutputRecord {
    OutputRecord {
        name: "result".to_owned(),
        statement: 0,
        path: Unset,
        format: "table".to_owned(),
        rows: 16,
        bytes: Unset,
        columns: columns(),
        schema_fingerprint: Digest::of(b"carrier, count"),
        content_sha256: Set(Digest::of(b"16 rows")),
        delta: Unset,
    }
}

/// An encapsulated message of the right outer form; what is inside is Arrow's business.
pub(crate) fn arrow_schema() -> ArrowSchema {
    let message = [&[0xff; 4][..], &16_u32.to_le_bytes(), &[0x10; 16]].concat();
    ArrowSchema::new(message).expect("an encapsulated message")
}

pub(crate) fn repro() -> Repro {
    Repro {
        host: HostRecord {
            hostname: Set("build-7".to_owned()),
            kernel: Set("6.18.44".to_owned()),
            cpu_count: 2,
            cpu_model: Set("AMD EPYC".to_owned()),
            memory_bytes: Set(24 << 30),
            time_zone: Set("UTC".to_owned()),
        },
        platform: PlatformRecord { os: "linux".to_owned(), arch: "x86_64".to_owned() },
        toolchain: ToolchainRecord {
            rustc: "rustc 1.95.0".to_owned(),
            target: "x86_64-unknown-linux-gnu".to_owned(),
            profile: "release".to_owned(),
        },
        packages: strings([("arrow", "59.3.2"), ("datafusion", "55.2.0"), ("proofmark", "0.1.0")]),
        git: Set(GitRecord {
            revision: Set("425b5d8f6c4d3a1b2c3d4e5f60718293a4b5c6d7".to_owned()),
            branch: Set("main".to_owned()),
            dirty: Set(false),
        }),
        command: ["proofmark", "run", "pipeline.sql"].map(str::to_owned).into(),
        working_directory: Set("/home/ada/flights".to_owned()),
        tables: strings([("flights", "data/flights.parquet")]),
        environment: strings([("LANG", "C.UTF-8"), ("TZ", "UTC")]),
        config: vec![ConfigEntry {
            key: "datafusion.execution.target_partitions".to_owned(),
            value: Some("2".to_owned()),
            origin: "command line".to_owned(),
        }],
    }
}

fn strings<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

fn settings<const N: usize>(entries: [(&str, Option<&str>); N]) -> BTreeMap<String, Option<String>> {
    entries.map(|(key, value)| (key.to_owned(), value.map(str::to_owned))).into()
}

pub(crate) fn profile() -> RuntimeProfileSnapshot {
    RuntimeProfileSnapshot {
        name: "default".to_owned(),
        determinism: DeterminismTier::StableSet,
        engine: EngineRecord { name: "datafusion".to_owned(), version: "55.2.0".to_owned() },
        scan: ScanProfile {
            batch_size: 8_192,
            target_partitions: 2,
            collect_statistics: true,
            pruning: true,
            pushdown_filters: false,
            reorder_filters: false,
            bloom_filters: true,
            split_files: true,
            memory_bytes_max: Unset,
        },
        sql_policy: sql_policy(),
        sql_policy_sha256: sql_policy().sha256().expect("a policy has a digest"),
        settings: settings([
            ("datafusion.catalog.location", None),
            ("datafusion.execution.batch_size", Some("8192")),
        ]),
        host_settings: settings([("datafusion.execution.target_partitions", Some("2"))]),
        cluster: Set("ballista://10.0.0.7:50050".to_owned()),
        functions: FunctionRegistry {
            scalar: 261,
            aggregate: 46,
            window: 11,
            table: 2,
            higher_order: 9,
            sha256: Digest::of(b"all functions"),
        },
        profile_sha256: Digest::of(b"the profile"),
        arrow_schema: Set(arrow_schema()),
    }
}

fn sql_policy() -> SqlPolicy {
    let deny = [Pattern::new("pg_*")].into();
    SqlPolicy {
        functions: NameRules { allow: Unset, deny },
        reads: NameRules { allow: Set([Pattern::new("sales.*")].into()), ..NameRules::default() },
        statement_bytes_max: Set(65_536),
        nesting_max: Set(64),
        ..SqlPolicy::read_only()
    }
}

pub(crate) fn plan() -> PlanArtifact {
    PlanArtifact {
        statements: vec![StatementPlan {
            statement: 0,
            logical: Set(aggregate("flights")),
            optimized: Set(aggregate("flights projection=[carrier]")),
            physical: Set(physical()),
            optimized_sha256: Set(Digest::of(b"Aggregate TableScan")),
            substrait: Set(PLAN.to_vec()),
            engine: Set(b"\x0a\x02\x12\x00".to_vec()),
            stages: vec![StageRecord {
                stage: 1,
                partitions: 4,
                operators: vec![StageOperator {
                    depth: 0,
                    name: "ShuffleWriterExec".to_owned(),
                    metrics: OperatorMetrics { rows_out: Set(16), ..OperatorMetrics::default() },
                }],
            }],
        }],
    }
}

fn aggregate(scan: &str) -> PlanNode {
    let scan = PlanNode { name: "TableScan".to_owned(), detail: scan.to_owned(), children: Vec::new() };
    let detail = "groupBy=[[flights.carrier]], aggr=[[count(Int64(1))]]".to_owned();
    PlanNode { name: "Aggregate".to_owned(), detail, children: vec![scan] }
}

fn physical() -> OperatorNode {
    let hash =
        Partitioning { scheme: PartitionScheme::Hash, count: 2, expressions: vec!["carrier@0".to_owned()] };
    let scan = OperatorNode {
        index: 1,
        name: "DataSourceExec".to_owned(),
        detail: "projection=[carrier]".to_owned(),
        files: vec!["/data/flights.parquet".to_owned()],
        partitioning: Partitioning { scheme: PartitionScheme::Unknown, count: 1, expressions: Vec::new() },
        ordering: Vec::new(),
        rows_estimated: Set(RowEstimate { rows: 336_776, exact: true }),
        metrics: Unset,
        children: Vec::new(),
    };
    OperatorNode {
        index: 0,
        name: "AggregateExec".to_owned(),
        detail: "mode=FinalPartitioned, gby=[carrier@0]".to_owned(),
        files: Vec::new(),
        partitioning: hash,
        ordering: vec!["carrier@0 ASC".to_owned()],
        rows_estimated: Unset,
        metrics: Set(operator_metrics()),
        children: vec![scan],
    }
}

fn operator_metrics() -> OperatorMetrics {
    let name = str::to_owned;
    OperatorMetrics {
        rows_out: Set(16),
        batches_out: Set(2),
        bytes_out: Set(1_024),
        elapsed_compute_ns: Set(3_141_592),
        spilled_bytes: Set(0),
        rows_per_partition: vec![9, 7],
        counters: vec![
            Metric::Bytes { name: name("bytes_scanned"), value: 480_233 },
            Metric::Count { name: name("output_rows"), value: 16 },
            Metric::Gauge { name: name("peak_mem_used"), value: 65_536 },
            Metric::Pruning { name: name("row_groups_pruned"), pruned: 4, matched: 4, fully_matched: 0 },
            Metric::Ratio { name: name("scan_efficiency_ratio"), part: 480_233, total: 9_470_000 },
            Metric::Time { name: name("time_elapsed_opening"), value_ns: 271_828 },
        ],
    }
}

/// `{"Select": 1}`: any tree will do.
const TREE: &[u8] = b"\x81\xa6Select\x01";

/// `version.minor_number = 63`: any plan will do.
const PLAN: [u8; 4] = [0x32, 0x02, 0x10, 0x3f];

pub(crate) fn ast() -> AstArtifact<'static> {
    let normalized = "SELECT carrier, count(*) FROM flights GROUP BY carrier";
    let parsed = StatementAst {
        statement: 0,
        sql: "select carrier, count(*)\nfrom flights group by carrier".to_owned(),
        normalized_sql: normalized.to_owned(),
        normalized_sha256: Digest::of(normalized.as_bytes()),
        ast: Set(Raw::new(Format::MsgPack, TREE).expect("one value")),
        omitted: Unset,
        substrait: Unset,
    };
    let given = StatementAst {
        statement: 1,
        ast: Unset,
        omitted: Set(AstOmission::SubstraitPlan),
        substrait: Set(PLAN.to_vec()),
        ..parsed.clone()
    };
    AstArtifact {
        dialect: "generic".to_owned(),
        parser: "sqlparser 0.62.0".to_owned(),
        policy_sha256: sql_policy().sha256().expect("a policy has a digest"),
        statements: vec![parsed, given],
    }
}

pub(crate) fn telemetry() -> TelemetryArtifact {
    let count = |pruned, matched| PruneCount { pruned, matched };
    TelemetryArtifact {
        scans: vec![ScanTelemetry {
            fragment_count: 4,
            row_group_count: 32,
            count_rows: Some(600_572),
            estimated_rows: None,
            statement: 0,
            operator: 1,
            dataset: Some("lineitem".to_owned()),
            format: "parquet".to_owned(),
            columns: vec!["l_orderkey".to_owned(), "l_shipdate".to_owned()],
            predicate: Some("l_shipdate@1 <= 1998-09-02".to_owned()),
            file_hints: vec![FileHint {
                path: "/data/lineitem-0.parquet".to_owned(),
                bytes: 9_425_000,
                rows: Some(150_390),
                row_groups: None,
            }],
            bytes_planned: 37_700_000,
            bytes_scanned: Some(480_233),
            rows_out: Some(591_856),
            pruning: ScanPruning {
                files: count(0, 4),
                row_groups_statistics: count(4, 4),
                row_groups_bloom: count(0, 4),
                pages: count(10, 6),
                rows: count(0, 0),
            },
        }],
    }
}

pub(crate) fn diagnostics() -> DiagnosticsArtifact {
    DiagnosticsArtifact {
        events: vec![
            DiagnosticEvent::Run(run_event()),
            DiagnosticEvent::Explain(explain_event()),
            DiagnosticEvent::Prepared(prepared_statement_event()),
            DiagnosticEvent::ParseError(parse_error_event()),
            DiagnosticEvent::Plan(plan_event()),
            DiagnosticEvent::UdfValidation(udf_validation_event()),
            DiagnosticEvent::SchemaValidation(schema_validation_event()),
            DiagnosticEvent::FilePruning(file_pruning_event()),
            DiagnosticEvent::Memory(memory_event()),
            DiagnosticEvent::CacheState(cache_state_event()),
            DiagnosticEvent::ObjectStore(object_store_event()),
            DiagnosticEvent::FeatureState(feature_state_event()),
            DiagnosticEvent::Incremental(incremental_event()),
        ],
    }
}

pub(crate) fn run_event() -> RunEvent {
    RunEvent {
        event_time: Set(time(1)),
        phase: RunPhase::Finished,
        statement: Set(0),
        rows: Set(16),
        elapsed_ns: Set(1_000_000_000),
        message: Unset,
    }
}

pub(crate) fn explain_event() -> ExplainEvent {
    ExplainEvent {
        event_time: Set(time(1)),
        statement: 0,
        elapsed_ns: Set(1_000_000_000),
        operators: vec![ExplainOperator {
            index: 0,
            depth: 0,
            name: "AggregateExec".to_owned(),
            rows_estimated: Unset,
            rows_out: Set(16),
            bytes_out: Set(1_024),
            elapsed_compute_ns: Set(3_141_592),
            spilled_bytes: Unset,
        }],
    }
}

pub(crate) fn prepared_statement_event() -> PreparedStatementEvent {
    PreparedStatementEvent {
        event_time: Unset,
        statement: 2,
        action: PreparedAction::Execute,
        name: "by_carrier".to_owned(),
        sql: Unset,
        parameters: vec![ParameterRecord {
            name: "$1".to_owned(),
            data_type: Set("Utf8".to_owned()),
            value: Set("'UA'".to_owned()),
        }],
    }
}

pub(crate) fn parse_error_event() -> ParseErrorEvent {
    ParseErrorEvent {
        event_time: Set(time(1)),
        dialect: "generic".to_owned(),
        sql: "SELEC 1".to_owned(),
        message: "Expected: an SQL statement, found: SELEC".to_owned(),
        line: Set(1),
        column: Set(1),
    }
}

pub(crate) fn plan_event() -> PlanEvent {
    PlanEvent {
        event_time: Set(time(1)),
        statement: 0,
        elapsed_ns: Set(2_500_000),
        rules: 48,
        changes: vec![RuleChange {
            phase: PlanPhase::Logical,
            step: 17,
            rule: "push_down_filter".to_owned(),
        }],
    }
}

pub(crate) fn udf_validation_event() -> UdfValidationEvent {
    UdfValidationEvent {
        event_time: Set(time(1)),
        statement: 0,
        function: "now".to_owned(),
        kind: FunctionKind::Scalar,
        volatility: FunctionVolatility::Stable,
        registered: true,
        calls: 2,
    }
}

pub(crate) fn schema_validation_event() -> SchemaValidationEvent {
    SchemaValidationEvent {
        event_time: Set(time(1)),
        dataset: "orders".to_owned(),
        expected: Digest::of(b"orders"),
        files: 12,
        differing: 3,
        differences: vec![
            ColumnDifference {
                column: "discount".to_owned(),
                inside: Unset,
                kind: ColumnChange::Missing,
                expected: Set("Float64".to_owned()),
                found: Unset,
                files: 3,
                example: Set("/data/orders/2019.parquet".to_owned()),
                drift: Set(ColumnDrift {
                    rule: "F4".to_owned(),
                    verdict: ReadVerdict::Ok,
                    level: DriftLevel::Compatible,
                    fix: Unset,
                }),
            },
            ColumnDifference {
                column: "ship_to".to_owned(),
                inside: Set(".at".to_owned()),
                kind: ColumnChange::Retyped,
                expected: Set("Timestamp(µs)".to_owned()),
                found: Set("Timestamp(ns)".to_owned()),
                files: 1,
                example: Set("/data/orders/2024.parquet".to_owned()),
                drift: Set(ColumnDrift {
                    rule: "C1".to_owned(),
                    verdict: ReadVerdict::Silent,
                    level: DriftLevel::Silent,
                    fix: Set("Check the stored records first.".to_owned()),
                }),
            },
        ],
    }
}

pub(crate) fn file_pruning_event() -> FilePruningEvent {
    FilePruningEvent {
        event_time: Set(time(1)),
        statement: 0,
        operator: 1,
        dataset: Set("lineitem".to_owned()),
        predicate: Unset,
        pruning: ScanPruning { files: PruneCount { pruned: 3, matched: 1 }, ..ScanPruning::default() },
    }
}

pub(crate) fn memory_event() -> MemoryEvent {
    MemoryEvent {
        event_time: Set(time(1)),
        statement: 0,
        bytes_max: Set(2 << 30),
        bytes_peak: 11_200_000,
        exhausted: false,
        consumers: vec![MemoryConsumer {
            name: "HashJoinInput".to_owned(),
            bytes_peak: 9_000_000,
            can_spill: false,
        }],
    }
}

pub(crate) fn cache_state_event() -> CacheStateEvent {
    CacheStateEvent {
        event_time: Set(time(1)),
        cache: "file_metadata".to_owned(),
        entries: 4,
        bytes: Set(81_920),
        bytes_max: Set(50 << 20),
        hits: Set(8),
        misses: Set(4),
    }
}

pub(crate) fn object_store_event() -> ObjectStoreEvent {
    ObjectStoreEvent {
        event_time: Set(time(1)),
        url: "file:///".to_owned(),
        gets: 12,
        bytes_read: 480_233,
        heads: 4,
        lists: 1,
        puts: 0,
        bytes_written: 0,
        deletes: 0,
        errors: 0,
    }
}

pub(crate) fn feature_state_event() -> FeatureStateEvent {
    FeatureStateEvent {
        event_time: Set(time(1)),
        feature: "dynamic_filter_pushdown".to_owned(),
        state: FeatureState::Enabled,
        setting: Set("datafusion.optimizer.enable_dynamic_filter_pushdown".to_owned()),
    }
}

pub(crate) fn incremental_event() -> IncrementalEvent {
    IncrementalEvent {
        event_time: Set(time(2)),
        dataset: "orders".to_owned(),
        cursor: "nightly/orders".to_owned(),
        table_id: Set("0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c".to_owned()),
        before: Set(2),
        landed: Unset,
        first: Set(3),
        last: 4,
        changes: ChangeCounts { inserted: 2, updated: 1, deleted: 0 },
        moved: true,
    }
}

pub(crate) fn rejected_row() -> RejectedRow {
    RejectedRow {
        row: 2,
        rejected_at: time(3),
        form: RowForm::Json,
        error: "Invalid value 'rnu_event.v1' - at `$.type`".to_owned(),
        path: "$.type".to_owned(),
        offset: Set(8),
        expected: Set("`run_event.v1` or `plan_event.v1`".to_owned()),
        found: Set("'rnu_event.v1'".to_owned()),
        suggestion: Set("run_event.v1".to_owned()),
        text: Set(r#"{"type":"rnu_event.v1","rows":1.50}"#.to_owned()),
        bytes: Unset,
    }
}

pub(crate) fn intake_report() -> IntakeReport {
    let broken = RejectedRow {
        row: 3,
        form: RowForm::MessagePack,
        error: "MessagePack is malformed: invalid opcode '\\xc1' (byte 0)".to_owned(),
        path: "$".to_owned(),
        offset: Set(0),
        expected: Unset,
        found: Unset,
        suggestion: Unset,
        text: Unset,
        bytes: Set(vec![0xc1, 0xff]),
        ..rejected_row()
    };
    IntakeReport {
        counts: IntakeCounts {
            rows: 3,
            accepted: 1,
            rejected: 2,
            times_filled: 1,
            events: [("run_event.v1".to_owned(), 1)].into(),
        },
        rejected: vec![rejected_row(), broken],
    }
}

pub(crate) fn cdf_cursor() -> CdfCursor {
    CdfCursor {
        dataset_name: "orders".to_owned(),
        last_version: 4,
        table_id: Set("0b1c6a52-5e1f-4f5e-9a54-0d9a6a1f2b3c".to_owned()),
        schema_fingerprint: Set(Digest::of(b"orders")),
        run_id: Set(RUN_ID.to_owned()),
        updated_at: Set(time(2)),
    }
}

pub(crate) fn cursor_reset() -> CursorReset {
    CursorReset { last_version: Set(4), updated_at: Set(time(2)), ..CursorReset::new("orders") }
}

/// Not sealed: the digest of a sealed one changes with the version of the crate.
pub(crate) fn envelope() -> Envelope<'static> {
    let cursor = proofmark::json::to_vec(&cdf_cursor()).expect("a cursor can be written");
    Envelope {
        kind: "cdf_cursor".to_owned(),
        version: 1,
        writer: "proofmark 0.1.0".to_owned(),
        sha256: Digest::of(b"the file"),
        record: Raw::new(Format::Json, cursor).expect("one value"),
    }
}
