//! What a session does besides returning rows is recorded as it happened.

use proofmark_datafusion::artifacts::compare::{NodeChange, PlanDiff, PlanStage};
use proofmark_datafusion::artifacts::diagnostics::{
    FeatureState, FunctionKind, FunctionVolatility, MemoryEvent, ObjectStoreEvent, PlanPhase,
};
use proofmark_datafusion::artifacts::{DiagnosticEvent, Maybe, Raw, RunStatus};
use proofmark_datafusion::{Memo, RunOptions, Session, built_in_profile};

use crate::fixture::{Fixture, ORDERS, Ran};

const FILTERED: &str = "SELECT customer, sum(amount) AS total FROM orders WHERE id > 7500 GROUP BY customer";

/// The events of one kind.
macro_rules! events {
    ($ran:expr, $kind:ident) => {
        events_of($ran, |event| match event {
            DiagnosticEvent::$kind(event) => Some(event),
            _ => None,
        })
    };
}

fn events_of<T>(ran: &Ran, pick: impl Fn(DiagnosticEvent) -> Option<T>) -> Vec<T> {
    ran.diagnostics().events.into_iter().filter_map(pick).collect()
}

#[test]
fn rules_that_changed_a_plan_are_named_and_their_edits_kept() {
    let ran = Fixture::new().run(FILTERED);
    let [event] = &events!(&ran, Plan)[..] else { panic!("one statement was planned") };
    let rules = &ran.manifest().rules;
    let named = rules.analyzer.len() + rules.logical.len() + rules.physical.len();
    assert!(event.rules as usize >= named, "{} of {named} rules were seen", event.rules);
    let changed = |phase| event.changes.iter().filter(move |change| change.phase == phase);
    assert!(changed(PlanPhase::Logical).any(|change| change.rule == "push_down_filter"), "{event:?}");
    for (phase, names) in [
        (PlanPhase::Analyzer, &rules.analyzer),
        (PlanPhase::Logical, &rules.logical),
        (PlanPhase::Physical, &rules.physical),
    ] {
        assert!(changed(phase).all(|change| names.contains(&change.rule)), "{phase:?}: {event:?}");
    }

    let diff: PlanDiff = ran.bundle().read("plan_diff").unwrap().decode().unwrap();
    let pushed = diff.steps.iter().find(|step| step.rule == Maybe::Set("push_down_filter".to_owned()));
    let pushed = pushed.expect("the rule moved the filter");
    assert_eq!(pushed.stage, PlanStage::Optimized);
    let scan = pushed.edits.iter().find(|edit| edit.node == "TableScan").expect("into the scan");
    let NodeChange::Detail { new, .. } = &scan.change else { panic!("{scan:?}") };
    assert!(new.contains("orders.id > Int64(7500)"), "{new}");
    assert!(diff.steps.iter().any(|step| step.stage == PlanStage::Physical), "{diff:?}");
}

#[test]
fn rules_are_told_of_every_statement_and_in_their_order() {
    let query = |id: u32| format!("SELECT count(*) FROM orders WHERE id > {id};");
    let ran = Fixture::new().run(&(0..12).map(query).collect::<String>());
    let diff: PlanDiff = ran.bundle().read("plan_diff").unwrap().decode().unwrap();
    let mut statements: Vec<_> = diff.steps.iter().map(|step| step.statement).collect();
    assert!(statements.is_sorted(), "{statements:?}");
    statements.dedup();
    assert_eq!(statements, Vec::from_iter(0..12));
}

#[test]
fn plan_under_observation_is_the_plan_that_the_engine_makes() {
    let fixture = Fixture::new();
    for sql in [
        FILTERED,
        "SELECT * FROM orders o JOIN customers c ON o.customer = c.id ORDER BY o.id LIMIT 3",
        "SELECT customer, row_number() OVER (PARTITION BY customer ORDER BY id) FROM orders",
        "SELECT * FROM orders WHERE amount > (SELECT avg(amount) FROM orders)",
        "SELECT 1 UNION ALL SELECT 2",
    ] {
        let recorded = fixture.run(sql).plan();
        let Maybe::Set(physical) = &recorded.statements[0].physical else { panic!("{sql}: no plan") };
        assert_eq!(names(physical), direct(&fixture, sql), "{sql}");
    }
}

fn names(node: &proofmark_datafusion::artifacts::OperatorNode) -> Vec<String> {
    let below = node.children.iter().flat_map(names);
    std::iter::once(node.name.clone()).chain(below).collect()
}

/// The operators of the plan that the engine makes when nobody watches.
fn direct(fixture: &Fixture, sql: &str) -> Vec<String> {
    use proofmark_datafusion::datafusion::physical_plan::ExecutionPlan;
    fn names(plan: &dyn ExecutionPlan) -> Vec<String> {
        let below = plan.children().into_iter().flat_map(|child| names(child.as_ref()));
        std::iter::once(plan.name().to_owned()).chain(below).collect()
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let session = Session::new(built_in_profile("dev_debug").unwrap()).unwrap();
        for table in fixture.options().tables {
            session.register(&table).await.unwrap();
        }
        let plan = session.context().sql(sql).await.unwrap().create_physical_plan().await.unwrap();
        names(plan.as_ref())
    })
}

#[test]
fn functions_that_a_statement_calls_are_looked_up() {
    let ran = Fixture::new().run(
        "SELECT upper(name), upper(lower(name)), random(), count(*), now() FROM customers GROUP BY name;
         SELECT rank() OVER (ORDER BY id) FROM customers",
    );
    let seen: Vec<_> = events!(&ran, UdfValidation)
        .into_iter()
        .map(|event| {
            (event.statement, event.kind, event.function, event.volatility, event.calls, event.registered)
        })
        .collect();
    use FunctionKind::{Aggregate, Scalar, Window};
    use FunctionVolatility::{Immutable, Stable, Volatile};
    let expected = [
        (0, Scalar, "lower", Immutable, 1),
        (0, Scalar, "now", Stable, 1),
        (0, Scalar, "random", Volatile, 1),
        (0, Scalar, "upper", Immutable, 2),
        (0, Aggregate, "count", Immutable, 1),
        (1, Window, "rank", Immutable, 1),
    ];
    let expected = expected
        .map(|(n, kind, name, volatility, calls)| (n, kind, name.to_owned(), volatility, calls, true));
    assert_eq!(seen, expected);
}

#[test]
fn memory_is_told_by_consumer() {
    let ran = Fixture::new().run("SELECT 1; SELECT id, count(*) FROM orders GROUP BY id ORDER BY id");
    let [first, second] = &events!(&ran, Memory)[..] else { panic!("one event per statement") };
    assert_eq!((first.bytes_peak, first.consumers.len()), (0, 0));
    assert_eq!(second.bytes_max, Maybe::Set(2 << 30));
    assert!(!second.exhausted);
    let largest = second.consumers.first().expect("the aggregation reserved memory");
    assert!(largest.bytes_peak > 0 && largest.bytes_peak <= second.bytes_peak, "{second:?}");
    assert!(second.consumers.iter().any(|consumer| consumer.name.contains("Aggregate")), "{second:?}");
    let sizes: Vec<_> = second.consumers.iter().map(|consumer| consumer.bytes_peak).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "the largest first: {sizes:?}");
}

#[test]
fn want_of_memory_is_told_with_who_held_it() {
    let sql = "SET datafusion.runtime.memory_limit = '1M';
               SELECT array_agg(id) FROM orders o, generate_series(1, 500)";
    let ran = Fixture::new().run(sql);
    assert_eq!(ran.outcome.status, RunStatus::Failed);
    let events: Vec<MemoryEvent> = events!(&ran, Memory);
    let last = events.last().expect("the statement was tried");
    assert!(last.exhausted && last.bytes_max == Maybe::Set(1 << 20), "{last:?}");
    assert!(!last.consumers.is_empty(), "{last:?}");
}

#[test]
fn scan_with_a_filter_says_what_it_skipped() {
    let ran = Fixture::new().run(FILTERED);
    let [event] = &events!(&ran, FilePruning)[..] else { panic!("one scan has a filter") };
    assert_eq!(event.dataset, Maybe::Set("orders".to_owned()));
    assert_eq!(event.pruning.row_groups_statistics.pruned, 7);
    assert_eq!(event.pruning.row_groups_statistics.matched, 3);
    let unfiltered = Fixture::new().run("SELECT sum(amount) FROM orders; SELECT count(name) FROM customers");
    let [event] = &events!(&unfiltered, FilePruning)[..] else { panic!("text has nothing to skip by") };
    assert_eq!((&event.predicate, event.pruning.row_groups_statistics.pruned), (&Maybe::Unset, 0));
}

#[test]
fn requests_of_the_file_system_are_counted() {
    let fixture = Fixture::new();
    let count = |sql: &str| -> Vec<ObjectStoreEvent> { events!(&fixture.run(sql), ObjectStore) };
    let [read] = &count("SELECT sum(amount) FROM orders")[..] else { panic!("one store was read") };
    assert_eq!(read.url, "file:///");
    assert!(read.gets > 0 && read.bytes_read > ORDERS, "{read:?}");
    assert_eq!((read.puts, read.errors), (0, 0));
    let copy = format!("COPY (SELECT 1) TO '{}'", fixture.path("one.parquet").display());
    let [written] = &count(&copy)[..] else { panic!("one store was written") };
    assert!(written.puts > 0 && written.bytes_written > 0, "{written:?}");
}

#[test]
fn caches_hold_the_footers_that_were_read() {
    let ran = Fixture::new().run("SELECT sum(amount) FROM orders");
    let caches = events!(&ran, CacheState);
    let footers = caches.iter().find(|cache| cache.cache == "file_metadata").expect("it is always on");
    assert_eq!(footers.entries, 1);
    assert!(matches!(footers.bytes, Maybe::Set(1..)), "{footers:?}");
    assert!(matches!(footers.hits, Maybe::Set(1..)), "{footers:?}");
}

#[test]
fn what_an_earlier_run_made_is_found_again() {
    let fixture = Fixture::new();
    let memo = Memo::default();
    let run = |sql: &str| Ran::new(RunOptions { memo: memo.clone(), ..fixture.options() }, sql);
    let steps = |ran: &Ran| ran.bundle().read("plan_diff").unwrap().decode::<PlanDiff>().unwrap();
    let (first, second) = (run(FILTERED), run(&format!("SELECT 1; {FILTERED}")));
    assert_eq!((memo.trees().hits, memo.edits().hits), (1, 1));
    let tree =
        |ran: &Ran| ran.ast(|ast| ast.statements.last()?.ast.clone().into_option().map(Raw::into_owned));
    assert!(tree(&first).is_some() && tree(&first) == tree(&second));
    let (once, mut again) = (steps(&first), steps(&second));
    again.steps.retain(|step| step.statement == 1);
    again.steps.iter_mut().for_each(|step| step.statement = 0);
    assert_eq!(once, again);
    let event = events!(&second, CacheState).into_iter().find(|event| event.cache == "syntax_trees").unwrap();
    assert_eq!((event.hits, event.misses), (Maybe::Set(1), Maybe::Set(2)));
}

#[test]
fn switched_features_follow_their_settings() {
    let on = "datafusion.execution.parquet.pushdown_filters";
    let state = |sql: &str| {
        let events = events!(&Fixture::new().run(sql), FeatureState);
        let event = events.into_iter().find(|event| event.setting == Maybe::Set(on.to_owned()));
        event.expect("the engine has the setting").state
    };
    assert_eq!(state("SELECT 1"), FeatureState::Enabled);
    assert_eq!(state(&format!("SET {on} = false")), FeatureState::Disabled);
}
