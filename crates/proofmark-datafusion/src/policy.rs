//! A statement as the policy of a run sees it.

use datafusion::common::TableReference;
use datafusion::execution::SessionState;
use datafusion::logical_expr::{DdlStatement, LogicalPlan};
use datafusion::sql::parser::Statement as Parsed;
use proofmark_artifacts::policy::{SqlPolicy, StatementFacts, StatementKind, TableName};

use crate::dataset::{name_parts, scanned_tables};
use crate::error::{Error, ErrorKind, Result};
use crate::kind::kinds;
use crate::observe::functions::Functions;
use crate::statement::{Form, Statement};

/// Refuses a statement by what is written in it, before anything is asked of anybody.
pub(crate) fn judge_text(policy: &SqlPolicy, statement: &Statement) -> Result<()> {
    allowed(policy, || text_facts(statement))
}

/// Refuses a statement by what it would do. It has been planned, and nothing of it was done.
pub(crate) fn judge_plan(
    policy: &SqlPolicy,
    statement: &Statement,
    plan: &LogicalPlan,
    state: &SessionState,
) -> Result<()> {
    allowed(policy, || StatementFacts {
        nesting: levels(plan),
        functions: Functions::of(plan, state).names().map(str::to_lowercase).collect(),
        reads: scanned_tables(plan, state)
            .iter()
            .map(|name| TableName::new(name_parts(name, state)))
            .collect(),
        writes: written(plan).into_iter().map(|name| table_name(name, state)).collect(),
        ..text_facts(statement)
    })
}

fn allowed(policy: &SqlPolicy, facts: impl FnOnce() -> StatementFacts) -> Result<()> {
    if *policy == SqlPolicy::default() {
        return Ok(());
    }
    policy.judge(&facts()).map_err(|violation| Error::new(ErrorKind::Policy, violation.to_string()))
}

fn text_facts(statement: &Statement) -> StatementFacts {
    // The engine reads plans that query, and no others.
    let mut facts = StatementFacts::new(StatementKind::Query);
    match &statement.form {
        Form::Sql(parsed) => {
            facts.kinds = kinds(parsed);
            facts.bytes = statement.sql.len() as u64;
            facts.locations = locations(parsed);
        }
        Form::Substrait(given) => facts.bytes = given.bytes().len() as u64,
    }
    facts
}

/// The deepest path from the root to a leaf.
fn levels(plan: &LogicalPlan) -> u32 {
    1 + plan.inputs().into_iter().map(levels).max().unwrap_or_default()
}

fn written(plan: &LogicalPlan) -> Vec<&TableReference> {
    let own = match plan {
        LogicalPlan::Dml(change) => Some(&change.table_name),
        LogicalPlan::Ddl(ddl) => defined(ddl),
        _ => None,
    };
    own.into_iter().chain(plan.inputs().into_iter().flat_map(written)).collect()
}

fn defined(ddl: &DdlStatement) -> Option<&TableReference> {
    match ddl {
        DdlStatement::CreateExternalTable(create) => Some(&create.name),
        DdlStatement::CreateMemoryTable(create) => Some(&create.name),
        DdlStatement::CreateView(create) => Some(&create.name),
        DdlStatement::CreateIndex(create) => Some(&create.table),
        DdlStatement::DropTable(drop) => Some(&drop.name),
        DdlStatement::DropView(drop) => Some(&drop.name),
        _ => None,
    }
}

fn table_name(name: &TableReference, state: &SessionState) -> TableName {
    let catalog = &state.config_options().catalog;
    let full = name.clone().resolve(&catalog.default_catalog, &catalog.default_schema);
    TableName::new(name_parts(&full, state))
}

fn locations(parsed: &Parsed) -> Vec<String> {
    match parsed {
        Parsed::CopyTo(copy) => vec![absolute(&copy.target)],
        Parsed::CreateExternalTable(create) => create.locations.iter().map(|place| absolute(place)).collect(),
        Parsed::Explain(explain) => locations(&explain.statement),
        _ => Vec::new(),
    }
}

/// A URL as it is; a path from the root on, with the steps upwards that it has.
fn absolute(place: &str) -> String {
    if place.contains("://") {
        return place.to_owned();
    }
    std::path::absolute(place).map_or_else(|_| place.to_owned(), |path| path.to_string_lossy().into_owned())
}
