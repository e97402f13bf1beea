//! Statements as syntax trees.

use std::sync::Arc;

use datafusion::sql::parser::Statement as Parsed;
use proofmark::convert::Converter;
use proofmark::serde::AsSerdeRef;
use proofmark::{ErrorKind, Format, Limits, Order, Sealed, Value, msgpack};
use proofmark_artifacts::{AstArtifact, AstOmission, DEPTH_MAX, Digest, Maybe, Raw, StatementAst};

use crate::beside::Beside;
use crate::memo::{Memo, TreeKey};
use crate::repro::parser_version;
use crate::statement::{Form, Statement};

/// Levels of nesting that a stored tree may have; one operator takes two or three.
///
/// A generated query nests thousands deep, and who serialises that by recursion runs out of stack, which
/// ends the process. The rest up to [`DEPTH_MAX`] is the record around the tree.
pub const AST_DEPTH_MAX: u32 = DEPTH_MAX - 16;

/// Bytes that a stored tree may have.
pub const AST_BYTES_MAX: usize = 4 << 20;

const LIMITS: Limits = Limits::depth(AST_DEPTH_MAX);

/// Begins to make the trees of a run's statements; the caller's stack is of unknown size.
pub(crate) fn begin(
    dialect: &str,
    statements: Arc<[Statement]>,
    policy_sha256: Digest,
    memo: &Memo,
) -> Beside<AstArtifact<'static>> {
    let (dialect, memo) = (dialect.to_owned(), memo.clone());
    Beside::begin(move || AstArtifact {
        dialect: dialect.clone(),
        parser: format!("sqlparser {}", parser_version()),
        policy_sha256: policy_sha256.clone(),
        statements: (0..)
            .zip(statements.iter())
            .map(|(index, statement)| record(index, statement, &dialect, &memo))
            .collect(),
    })
}

fn record(index: u32, statement: &Statement, dialect: &str, memo: &Memo) -> StatementAst<'static> {
    let (tree, substrait) = match &statement.form {
        Form::Sql(parsed) => (known_tree(statement, parsed, dialect, memo), Maybe::Unset),
        Form::Substrait(plan) => (Err(AstOmission::SubstraitPlan), Maybe::Set(plan.bytes().to_vec())),
    };
    let (ast, omitted) = match tree {
        Ok(tree) => (Maybe::Set(tree), Maybe::Unset),
        Err(omission) => (Maybe::Unset, Maybe::Set(omission)),
    };
    StatementAst {
        statement: index,
        sql: statement.sql.clone(),
        normalized_sql: statement.normalized.clone(),
        normalized_sha256: Digest::of(statement.normalized.as_bytes()),
        ast,
        omitted,
        substrait,
    }
}

/// The tree from an earlier run of the same text, or a new one.
fn known_tree(
    statement: &Statement,
    parsed: &Parsed,
    dialect: &str,
    memo: &Memo,
) -> Result<Raw<'static>, AstOmission> {
    let key = TreeKey { dialect: dialect.to_owned(), sql: statement.sql.clone() };
    match Sealed::new(key) {
        Ok(key) => memo.tree_cache().get_or_make(&key, || tree(parsed)),
        Err(_) => tree(parsed),
    }
}

/// The parser's own tree without places in the text.
fn tree(parsed: &Parsed) -> Result<Raw<'static>, AstOmission> {
    let Parsed::Statement(statement) = parsed else { return Err(AstOmission::EngineStatement) };
    let serialized =
        Converter::new().limits(LIMITS).order(Order::Declared).to_value(&AsSerdeRef::new(statement));
    let mut value = serialized.map_err(|error| omission(&error))?;
    strip(&mut value);
    let encoder = msgpack::Encoder::new().limits(LIMITS).order(Order::Declared);
    let bytes = encoder.to_vec(&value).map_err(|error| omission(&error))?;
    if bytes.len() > AST_BYTES_MAX {
        return Err(AstOmission::TooLarge);
    }
    Raw::with_limits(Format::MsgPack, bytes, LIMITS).map_err(|error| omission(&error))
}

fn omission(error: &proofmark::Error) -> AstOmission {
    match error.kind() {
        ErrorKind::Limit => AstOmission::TooDeep,
        _ => AstOmission::EngineStatement,
    }
}

/// Takes places in the text out of a tree: they make two layouts of one query differ, and the parser itself
/// leaves them out when it compares.
fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Map(map) => {
            let places: Vec<String> =
                map.keys().filter_map(Value::as_str).filter(|key| is_place(key)).map(str::to_owned).collect();
            for key in places {
                map.remove(&key);
            }
            map.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// Spans, and the tokens that the parser attaches for their spans alone.
fn is_place(key: &str) -> bool {
    key == "span" || key.ends_with("_token")
}
