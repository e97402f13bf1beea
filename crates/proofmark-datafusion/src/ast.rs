//! Statements as syntax trees.

use proofmark_artifacts::{AstArtifact, Digest, Maybe, StatementAst};

use crate::repro::parser_version;
use crate::statement::Statement;

/// The trees of a run's statements.
pub(crate) fn artifact(dialect: &str, statements: &[Statement]) -> AstArtifact<'static> {
    AstArtifact {
        dialect: dialect.to_owned(),
        parser: format!("sqlparser {}", parser_version()),
        statements: statements
            .iter()
            .enumerate()
            .map(|(idx, statement)| tree(idx as u32, statement))
            .collect(),
    }
}

fn tree(index: u32, statement: &Statement) -> StatementAst<'static> {
    StatementAst {
        statement: index,
        sql: statement.sql.clone(),
        normalized_sql: statement.normalized.clone(),
        policy_sha256: Digest::of(statement.normalized.as_bytes()),
        ast: Maybe::Unset,
        omitted: Maybe::Unset,
    }
}
