//! The statements of a run as syntax trees.

use proofmark::{Maybe, Raw, Record};

use crate::Digest;

/// The syntax trees of a run's statements.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "ast.v1")]
pub struct AstArtifact<'a> {
    /// The dialect the parser was set to.
    #[field(min_len = 1)]
    pub dialect: String,
    /// The parser and its version: trees of two versions need not have one form.
    #[field(min_len = 1)]
    pub parser: String,
    /// Digest of the policy under which the statements ran, as the profile has it.
    pub policy_sha256: Digest,
    /// The statements that parsed, in the order in which they were written.
    pub statements: Vec<StatementAst<'a>>,
}

/// One statement as written, as normalised, and as a tree.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StatementAst<'a> {
    /// The statement's position in the run.
    pub statement: u32,
    /// The text as written; for a Substrait plan, a comment that names it.
    pub sql: String,
    /// The text as the parser prints it: one line, its own spelling of keywords, no comments.
    pub normalized_sql: String,
    /// Digest of the normalised text: equal for two texts that differ in layout alone.
    pub normalized_sha256: Digest,
    /// The tree in MessagePack, without source positions: they would make two layouts of one query differ.
    #[field(absent = "the tree was not stored; `omitted` says why")]
    pub ast: Maybe<Raw<'a>>,
    /// Why the tree is not there.
    #[field(absent = "the tree is there")]
    pub omitted: Maybe<AstOmission>,
    /// The Substrait plan as it was given, in the protobuf form of <https://substrait.io>.
    #[field(absent = "the statement was written as SQL")]
    pub substrait: Maybe<Vec<u8>>,
}

/// Why a syntax tree was not stored.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum AstOmission {
    /// It is nested more deeply than a reader could be asked to follow.
    TooDeep,
    /// It is larger than the limit.
    TooLarge,
    /// The engine's own statements have no tree that can be stored.
    EngineStatement,
    /// It was given as a plan.
    SubstraitPlan,
}
