//! Each artifact is filled with what really happened.

use proofmark_datafusion::artifacts::diagnostics::{PreparedAction, RunPhase};
use proofmark_datafusion::artifacts::{
    DatasetKind, DiagnosticEvent, Maybe, OperatorNode, RunStatus, ScanTelemetry,
};
use proofmark_datafusion::datafusion::arrow::ipc::convert::try_schema_from_ipc_buffer;

use crate::fixture::{CUSTOMERS, EVENTS, Fixture, ORDERS, ORDERS_ROW_GROUP, Ran};

const JOIN: &str = "SELECT c.name, count(*) AS n, sum(o.amount) AS total
    FROM orders o JOIN customers c ON o.customer = c.id
    WHERE o.id > 7500 GROUP BY c.name ORDER BY c.name";

/// Row groups that hold an id above 7500.
const GROUPS_MATCHED: u64 = 3;

fn operators(node: &OperatorNode) -> Vec<&OperatorNode> {
    let mut all = vec![node];
    all.extend(node.children.iter().flat_map(operators));
    all
}

fn scan(ran: &Ran, dataset: &str) -> ScanTelemetry {
    let scans = ran.telemetry().scans;
    scans.into_iter().find(|scan| scan.dataset.as_deref() == Some(dataset)).expect("the table was scanned")
}

#[test]
fn manifest_has_the_rows_of_each_statement_and_table() {
    let fixture = Fixture::new();
    let ran = fixture.run(JOIN);
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome);
    assert_eq!(ran.outcome.warnings, Vec::<String>::new());
    let manifest = ran.manifest();
    assert_eq!(manifest.statements[0].rows, Maybe::Set(CUSTOMERS));
    assert_eq!(manifest.statements[0].kind, "query");

    let rows = |name: &str| {
        let dataset = manifest.datasets.iter().find(|dataset| dataset.name == name).unwrap();
        assert_eq!((dataset.kind, dataset.files), (DatasetKind::External, Maybe::Set(1)));
        (dataset.format.clone(), dataset.rows, dataset.columns.len())
    };
    let names: Vec<_> = manifest.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    assert_eq!(names, ["customers", "events", "orders"]);
    assert_eq!(rows("orders"), (Maybe::Set("parquet".to_owned()), Maybe::Set(ORDERS), 3));
    assert_eq!(rows("customers"), (Maybe::Set("csv".to_owned()), Maybe::Unset, 2));
    assert_eq!(rows("events"), (Maybe::Set("json".to_owned()), Maybe::Unset, 2));
}

#[test]
fn dataset_size_is_that_of_its_file() {
    let fixture = Fixture::new();
    let manifest = fixture.run("SELECT 1").manifest();
    for (dataset, file) in manifest.datasets.iter().zip(["customers.csv", "events.ndjson", "orders.parquet"])
    {
        let bytes = std::fs::metadata(fixture.path(file)).unwrap().len();
        assert_eq!(dataset.bytes, Maybe::Set(bytes), "{file}");
    }
}

#[test]
fn plan_counts_the_rows_of_each_operator() {
    let fixture = Fixture::new();
    let plan = fixture.run(JOIN).plan();
    let statement = &plan.statements[0];
    let (Maybe::Set(logical), Maybe::Set(optimized)) = (&statement.logical, &statement.optimized) else {
        panic!("both logical plans are there")
    };
    assert_eq!(logical.name, "Sort");
    assert_ne!(logical, optimized);
    let Maybe::Set(physical) = &statement.physical else { panic!("the physical plan is there") };
    let all = operators(physical);
    let rows = |name: &str| {
        let node = all.iter().find(|node| node.name == name).unwrap_or_else(|| panic!("{name} in {all:#?}"));
        let Maybe::Set(metrics) = &node.metrics else { panic!("{name} has metrics") };
        metrics.rows_out
    };
    assert_eq!(rows("HashJoinExec"), Maybe::Set(ORDERS - 7500));
    assert_eq!(rows("SortExec"), Maybe::Set(CUSTOMERS));
    let indices: Vec<_> = all.iter().map(|node| node.index).collect();
    assert_eq!(indices, (0..all.len() as u32).collect::<Vec<_>>());
}

#[test]
fn plan_text_holds_no_path() {
    let fixture = Fixture::new();
    let copy = format!("COPY (SELECT * FROM orders) TO '{}'", fixture.path("copy.parquet").display());
    let ran = fixture.run(&format!("{JOIN}; {copy}"));
    let directory = fixture.path("").to_string_lossy().trim_matches('/').to_owned();
    for statement in ran.plan().statements {
        let Maybe::Set(physical) = &statement.physical else { panic!("the physical plan is there") };
        for node in operators(physical) {
            assert!(!node.detail.contains(&directory), "{}: {}", node.name, node.detail);
            assert!(!node.detail.contains("file_groups"), "{}: {}", node.name, node.detail);
        }
        let logical = format!("{:?} {:?}", statement.logical, statement.optimized);
        assert!(!logical.contains(&directory), "{logical}");
    }
}

#[test]
fn telemetry_of_a_parquet_scan_counts_row_groups_and_bytes() {
    let fixture = Fixture::new();
    let ran = fixture.run(JOIN);
    let scan = scan(&ran, "orders");
    let bytes = std::fs::metadata(fixture.path("orders.parquet")).unwrap().len();
    assert_eq!((scan.format.as_str(), scan.fragment_count), ("parquet", 1));
    assert_eq!(scan.row_group_count, ORDERS / ORDERS_ROW_GROUP);
    assert_eq!((scan.count_rows, scan.bytes_planned), (Some(ORDERS), bytes));
    assert_eq!(scan.file_hints[0].bytes, bytes);
    assert_eq!(scan.file_hints[0].row_groups, Some(ORDERS / ORDERS_ROW_GROUP));
    assert_eq!(scan.columns, ["customer", "amount"]);
    assert!(
        scan.predicate.as_deref().is_some_and(|text| text.contains("id@0 > 7500")),
        "{:?}",
        scan.predicate
    );
    assert_eq!(scan.rows_out, Some(ORDERS - 7500));
    assert!(scan.bytes_scanned.is_some_and(|scanned| 0 < scanned && scanned < bytes));
    let groups = scan.pruning.row_groups_statistics;
    assert_eq!((groups.matched, groups.pruned), (GROUPS_MATCHED, ORDERS / ORDERS_ROW_GROUP - GROUPS_MATCHED));
}

#[test]
fn telemetry_of_text_scans_counts_rows() {
    let fixture = Fixture::new();
    let ran = fixture.run("SELECT count(name) FROM customers; SELECT count(n) FROM events");
    let (csv, json) = (scan(&ran, "customers"), scan(&ran, "events"));
    assert_eq!((csv.format.as_str(), csv.rows_out, csv.statement), ("csv", Some(CUSTOMERS), 0));
    assert_eq!((json.format.as_str(), json.rows_out, json.statement), ("json", Some(EVENTS), 1));
    assert_eq!((csv.row_group_count, csv.count_rows), (0, None));
}

#[test]
fn profile_is_read_from_the_session() {
    let fixture = Fixture::new();
    let mut options = fixture.options();
    options.profile = proofmark_datafusion::built_in_profile("memory_tight").unwrap().into();
    let ran = Ran::new(options, "SET datafusion.execution.batch_size = 1234; SELECT id FROM orders");
    let profile = ran.profile();
    assert_eq!((profile.name.as_str(), profile.scan.batch_size), ("memory_tight", 1234));
    assert_eq!(profile.scan.target_partitions, 1);
    assert_eq!(profile.scan.memory_bytes_max, Maybe::Set(64 << 20));
    assert_eq!(profile.settings["datafusion.execution.target_partitions"].as_deref(), Some("1"));
    assert!(profile.settings.len() > 100, "{}", profile.settings.len());
    assert!(profile.functions.scalar > 200 && profile.functions.aggregate > 40);
    assert!(!profile.arrow_schema.is_unset());
    let rules = ran.manifest().rules;
    assert!(rules.logical.contains(&"push_down_filter".to_owned()), "{rules:?}");
}

#[test]
fn memory_is_watched_after_a_statement_replaced_the_pool() {
    let fixture = Fixture::new();
    let ran = fixture
        .run("SET datafusion.runtime.memory_limit = '512M'; SELECT * FROM orders ORDER BY amount DESC");
    let statements = ran.manifest().statements;
    assert_eq!(ran.profile().scan.memory_bytes_max, Maybe::Set(512 << 20));
    assert!(matches!(statements[1].memory_bytes_max, Maybe::Set(1..)), "{statements:?}");
}

#[test]
fn repro_knows_engine_toolchain_and_process() {
    let repro = Fixture::new().run("SELECT 1").repro();
    for name in ["arrow", "datafusion", "parquet", "proofmark", "sqlparser"] {
        let version = repro.packages.get(name).unwrap_or_else(|| panic!("{name} in {:?}", repro.packages));
        assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{name} {version}");
    }
    assert!(repro.toolchain.rustc.starts_with("rustc 1."), "{}", repro.toolchain.rustc);
    assert_eq!(repro.platform.os, std::env::consts::OS);
    assert!(repro.host.cpu_count >= 1 && !repro.command.is_empty());
    assert!(
        repro
            .environment
            .keys()
            .all(|name| proofmark_datafusion::ENVIRONMENT_RECORDED.contains(&name.as_str()))
    );
}

#[test]
fn events_follow_each_statement() {
    let ran = Fixture::new().run("SELECT 1; SELECT 2");
    let phases: Vec<_> = ran
        .diagnostics()
        .events
        .iter()
        .filter_map(|event| match event {
            DiagnosticEvent::Run(run) => Some((run.phase, run.statement)),
            _ => None,
        })
        .collect();
    let (one, two) = (Maybe::Set(0), Maybe::Set(1));
    let expected = [
        (RunPhase::Started, Maybe::Unset),
        (RunPhase::Started, one),
        (RunPhase::Planned, one),
        (RunPhase::Finished, one),
        (RunPhase::Started, two),
        (RunPhase::Planned, two),
        (RunPhase::Finished, two),
        (RunPhase::Finished, Maybe::Unset),
    ];
    assert_eq!(phases, expected);
}

#[test]
fn explain_event_has_the_rows_of_the_plan() {
    let ran = Fixture::new().run(JOIN);
    let events = ran.diagnostics().events;
    let explain = events.iter().find_map(|event| match event {
        DiagnosticEvent::Explain(explain) => Some(explain),
        _ => None,
    });
    let operators = &explain.expect("the plan has run").operators;
    assert_eq!((operators[0].depth, operators[0].rows_out), (0, Maybe::Set(CUSTOMERS)));
    assert!(operators.iter().any(|operator| operator.name == "DataSourceExec"));
}

#[test]
fn prepared_statements_have_parameters_and_values() {
    let ran = Fixture::new().run(
        "PREPARE big(BIGINT, DOUBLE) AS SELECT count(*) FROM orders WHERE id > $1 AND amount > $2;
         EXECUTE big(9000, 0.5); DEALLOCATE big",
    );
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome);
    let events = ran.diagnostics().events;
    let prepared: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            DiagnosticEvent::Prepared(event) => Some(event),
            _ => None,
        })
        .collect();
    let actions: Vec<_> = prepared.iter().map(|event| (event.action, event.name.as_str())).collect();
    let expected = [
        (PreparedAction::Prepare, "big"),
        (PreparedAction::Execute, "big"),
        (PreparedAction::Deallocate, "big"),
    ];
    assert_eq!(actions, expected);
    let values: Vec<_> = prepared[1]
        .parameters
        .iter()
        .map(|parameter| (parameter.name.as_str(), parameter.data_type.clone(), parameter.value.clone()))
        .collect();
    let set = |text: &str| Maybe::Set(text.to_owned());
    assert_eq!(values, [("$1", set("Int64"), set("9000")), ("$2", set("Float64"), set("0.5"))]);
    assert_eq!(ran.rows.results.len(), 1);
}

#[test]
fn written_files_are_outputs_with_their_sources() {
    let fixture = Fixture::new();
    let target = fixture.path("big.parquet");
    let ran = fixture.run(&format!(
        "CREATE VIEW big AS SELECT * FROM orders WHERE id > 9900; COPY (SELECT * FROM big) TO '{}'",
        target.display()
    ));
    let manifest = ran.manifest();
    let output = &manifest.outputs[0];
    assert_eq!((output.name.as_str(), output.format.as_str(), output.rows), ("big", "parquet", 100));
    assert_eq!(output.bytes, Maybe::Set(std::fs::metadata(target).unwrap().len()));
    assert_eq!(manifest.lineage[0].inputs, ["orders"], "a view is read through");
    assert_eq!(manifest.statements[1].rows, Maybe::Set(100));
    let view = manifest.datasets.iter().find(|dataset| dataset.name == "big").unwrap();
    assert_eq!(view.kind, DatasetKind::View);
}

#[test]
fn rows_written_to_a_table_are_read_back_in_the_same_run() {
    let fixture = Fixture::new();
    let target = fixture.path("kept/");
    let ran = fixture.run(&format!(
        "CREATE EXTERNAL TABLE kept (id BIGINT) STORED AS PARQUET LOCATION '{}';
         INSERT INTO kept SELECT id FROM orders WHERE id <= 30;
         SELECT count(*) FROM kept; SELECT id FROM kept WHERE id > 10",
        target.display()
    ));
    assert_eq!(ran.outcome.status, RunStatus::Ok, "{:?}", ran.outcome);
    let rows: Vec<_> = ran.outcome.statements.iter().map(|statement| statement.rows).collect();
    assert_eq!(rows, [None, Some(30), Some(1), Some(20)]);
    assert_eq!(ran.manifest().outputs[0].name, "kept");
}

#[test]
fn dropped_tables_stay_in_the_record() {
    let ran = Fixture::new().run("CREATE TABLE t AS SELECT * FROM events; DROP TABLE t");
    let manifest = ran.manifest();
    let dataset = manifest.datasets.iter().find(|dataset| dataset.name == "t").unwrap();
    assert_eq!((dataset.kind, dataset.rows), (DatasetKind::Memory, Maybe::Set(EVENTS)));
}

#[test]
fn arrow_schema_of_a_dictionary_column_reads_back() {
    let ran = Fixture::new()
        .run("CREATE TABLE t AS SELECT arrow_cast('x', 'Dictionary(Int32, Utf8)') AS d, 1 AS n");
    let manifest = ran.manifest();
    let dataset = manifest.datasets.iter().find(|dataset| dataset.name == "t").unwrap();
    let Maybe::Set(message) = &dataset.arrow_schema else { panic!("the schema has a message") };
    let schema = try_schema_from_ipc_buffer(message.as_bytes()).unwrap();
    let types: Vec<_> = schema.fields().iter().map(|field| field.data_type().to_string()).collect();
    let recorded: Vec<_> = dataset.columns.iter().map(|column| column.data_type.clone()).collect();
    assert_eq!(types, ["Dictionary(Int32, Utf8)", "Int64"]);
    assert_eq!(recorded, types);
}

#[test]
fn schema_fingerprint_tells_schemas_apart() {
    let fingerprint = |columns: &str| {
        let ran = Fixture::new().run(&format!("SELECT {columns}"));
        ran.manifest().statements[0].schema_fingerprint.clone()
    };
    let base = fingerprint("1 AS a, 'x' AS b");
    assert_eq!(base, fingerprint("2 AS a, 'y' AS b"));
    for other in [
        "1 AS a, 'x' AS c",
        "1.5 AS a, 'x' AS b",
        "NULL::BIGINT AS a, 'x' AS b",
        "1 AS a",
        "'x' AS b, 1 AS a",
    ] {
        assert_ne!(base, fingerprint(other), "{other}");
    }
}
