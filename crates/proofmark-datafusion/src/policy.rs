//! A statement as the policy of a run sees it.

use datafusion::common::TableReference;
use datafusion::execution::SessionState;
use datafusion::logical_expr::{DdlStatement, LogicalPlan};
use datafusion::sql::parser::Statement as Parsed;
use proofmark_artifacts::policy::{SqlPolicy, StatementFacts, StatementKind, TableName};
use sqlparser::ast::{ObjectType, Statement as Sql};

use crate::dataset::{name_parts, scanned_tables};
use crate::error::{Error, ErrorKind, Result};
use crate::observe::functions::Functions;
use crate::statement::{Form, Statement};

/// Refuses a statement that the policy does not let run. It has been planned, and nothing of it was done.
pub(crate) fn judge(
    policy: &SqlPolicy,
    statement: &Statement,
    plan: &LogicalPlan,
    state: &SessionState,
) -> Result<()> {
    if *policy == SqlPolicy::default() {
        return Ok(());
    }
    policy
        .judge(&facts(statement, plan, state))
        .map_err(|violation| Error::new(ErrorKind::Policy, violation.to_string()))
}

fn facts(statement: &Statement, plan: &LogicalPlan, state: &SessionState) -> StatementFacts {
    let mut facts = StatementFacts::new(StatementKind::Other);
    facts.kinds.clear();
    match &statement.form {
        Form::Sql(parsed) => {
            kinds(parsed, &mut facts.kinds);
            facts.bytes = statement.sql.len() as u64;
            facts.locations = locations(parsed);
        }
        // The engine reads plans that query, and no others.
        Form::Substrait(given) => {
            facts.kinds.push(StatementKind::Query);
            facts.bytes = given.bytes().len() as u64;
        }
    }
    facts.nesting = levels(plan);
    facts.functions = Functions::of(plan, state).names().map(str::to_lowercase).collect();
    facts.reads =
        scanned_tables(plan, state).iter().map(|name| TableName::new(name_parts(name, state))).collect();
    facts.writes = written(plan).into_iter().map(|name| table_name(name, state)).collect();
    facts
}

/// The kind of a statement, and of what runs inside it.
fn kinds(parsed: &Parsed, out: &mut Vec<StatementKind>) {
    match parsed {
        Parsed::CreateExternalTable(_) => out.push(StatementKind::CreateExternalTable),
        Parsed::CopyTo(_) => out.push(StatementKind::Copy),
        Parsed::Reset(_) => out.push(StatementKind::Reset),
        Parsed::Explain(explain) => {
            out.push(StatementKind::Explain);
            if explain.options.analyze {
                kinds(&explain.statement, out);
            }
        }
        Parsed::Statement(statement) => sql_kinds(statement, out),
    }
}

fn sql_kinds(statement: &Sql, out: &mut Vec<StatementKind>) {
    out.push(sql_kind(statement));
    match statement {
        Sql::Explain { analyze: true, statement, .. } | Sql::Prepare { statement, .. } => {
            sql_kinds(statement, out);
        }
        _ => {}
    }
}

fn sql_kind(statement: &Sql) -> StatementKind {
    use StatementKind as Kind;
    match statement {
        Sql::Query(_) => Kind::Query,
        Sql::Explain { .. } => Kind::Explain,
        Sql::ExplainTable { .. } => Kind::Describe,
        Sql::Insert(_) => Kind::Insert,
        Sql::Update(_) => Kind::Update,
        Sql::Delete(_) => Kind::Delete,
        Sql::Merge(_) => Kind::Merge,
        Sql::Truncate(_) => Kind::Truncate,
        Sql::Copy { .. } => Kind::Copy,
        Sql::CreateTable(_) | Sql::CreateIndex(_) => Kind::CreateTable,
        Sql::CreateView(_) => Kind::CreateView,
        Sql::CreateSchema { .. } | Sql::CreateDatabase { .. } => Kind::CreateCatalog,
        Sql::CreateFunction(_) => Kind::CreateFunction,
        Sql::DropFunction(_) => Kind::DropFunction,
        Sql::Drop { object_type, .. } => dropped_kind(object_type),
        Sql::AlterTable(_) | Sql::AlterView { .. } | Sql::AlterSchema(_) => Kind::Alter,
        Sql::Prepare { .. } => Kind::Prepare,
        Sql::Execute { .. } => Kind::Execute,
        Sql::Deallocate { .. } => Kind::Deallocate,
        Sql::Set(_) => Kind::Set,
        Sql::Reset(_) => Kind::Reset,
        Sql::StartTransaction { .. } | Sql::Commit { .. } | Sql::Rollback { .. } => Kind::Transaction,
        Sql::ShowTables { .. }
        | Sql::ShowColumns { .. }
        | Sql::ShowFunctions { .. }
        | Sql::ShowVariable { .. }
        | Sql::ShowVariables { .. }
        | Sql::ShowCreate { .. }
        | Sql::ShowDatabases { .. }
        | Sql::ShowSchemas { .. }
        | Sql::ShowViews { .. } => Kind::Show,
        _ => Kind::Other,
    }
}

fn dropped_kind(object: &ObjectType) -> StatementKind {
    match object {
        ObjectType::Table => StatementKind::DropTable,
        ObjectType::View | ObjectType::MaterializedView => StatementKind::DropView,
        ObjectType::Schema | ObjectType::Database => StatementKind::DropCatalog,
        _ => StatementKind::Other,
    }
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
