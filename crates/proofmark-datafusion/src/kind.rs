//! What a statement does: the words that records and policies share.

use datafusion::sql::parser::Statement as Parsed;
use proofmark_artifacts::policy::StatementKind;
use sqlparser::ast::{ObjectType, Statement as Sql};

/// The kind of a statement.
pub(crate) fn kind(parsed: &Parsed) -> StatementKind {
    kinds(parsed).first().copied().unwrap_or(StatementKind::Other)
}

/// The kind of a statement, and of what runs inside it.
pub(crate) fn kinds(parsed: &Parsed) -> Vec<StatementKind> {
    let mut kinds = Vec::new();
    collect(parsed, &mut kinds);
    kinds
}

/// Whether its rows are a result, rather than a count of what was written.
pub(crate) fn returns_rows(kind: StatementKind) -> bool {
    use StatementKind::{Describe, Execute, Query, Show};
    matches!(kind, Query | Execute | Show | Describe)
}

/// Whether its one row says how many rows were written.
pub(crate) fn counts_rows(kind: StatementKind) -> bool {
    use StatementKind::{Copy, Delete, Insert, Merge, Update};
    matches!(kind, Insert | Copy | Update | Delete | Merge)
}

fn collect(parsed: &Parsed, out: &mut Vec<StatementKind>) {
    match parsed {
        Parsed::CreateExternalTable(_) => out.push(StatementKind::CreateExternalTable),
        Parsed::CopyTo(_) => out.push(StatementKind::Copy),
        Parsed::Reset(_) => out.push(StatementKind::Reset),
        Parsed::Explain(explain) => {
            out.push(StatementKind::Explain);
            if explain.options.analyze {
                collect(&explain.statement, out);
            }
        }
        Parsed::Statement(statement) => collect_sql(statement, out),
    }
}

fn collect_sql(statement: &Sql, out: &mut Vec<StatementKind>) {
    out.push(sql_kind(statement));
    match statement {
        Sql::Explain { analyze: true, statement, .. } | Sql::Prepare { statement, .. } => {
            collect_sql(statement, out);
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
