//! What a policy looks at.

use std::fmt;

use proofmark::Record;

/// What a statement is and does, as far as a policy asks: filled by the engine, which has parsed and resolved it.
///
/// # Examples
/// ```
/// use proofmark_artifacts::policy::{StatementFacts, StatementKind, TableName};
///
/// // EXPLAIN ANALYZE INSERT INTO archive SELECT lower(name) FROM sales.orders
/// let facts = StatementFacts {
///     kinds: vec![StatementKind::Explain, StatementKind::Insert],
///     functions: vec!["lower".to_owned()],
///     reads: vec![TableName::new(["sales", "orders"])],
///     writes: vec![TableName::new(["archive"])],
///     ..StatementFacts::new(StatementKind::Explain)
/// };
/// # assert_eq!(facts.kinds.len(), 2);
/// ```
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct StatementFacts {
    /// Its kind, and those of the statements inside it that would run with it: all of them must be allowed.
    #[field(min_len = 1)]
    pub kinds: Vec<StatementKind>,
    /// Bytes of its text.
    #[field(default)]
    pub bytes: u64,
    /// Levels of its tree.
    #[field(default)]
    pub nesting: u32,
    /// The functions it calls, in lower case, aliases as they are written.
    #[field(default)]
    pub functions: Vec<String>,
    /// The tables it reads, those below views too.
    #[field(default)]
    pub reads: Vec<TableName>,
    /// The tables it writes, makes, changes or drops.
    #[field(default)]
    pub writes: Vec<TableName>,
    /// The files and directories it names, as URLs or absolute paths.
    #[field(default)]
    pub locations: Vec<String>,
}

impl StatementFacts {
    /// A statement of one kind that uses nothing.
    pub fn new(kind: StatementKind) -> Self {
        Self {
            kinds: vec![kind],
            bytes: 0,
            nesting: 0,
            functions: Vec::new(),
            reads: Vec::new(),
            writes: Vec::new(),
            locations: Vec::new(),
        }
    }
}

/// The parts of a table's name, the table itself last.
///
/// What stands in the session's own catalog and schema is named without them, so that a name has one form.
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(transparent)]
pub struct TableName(#[field(min_len = 1)] pub Vec<String>);

impl TableName {
    /// A name of these parts.
    pub fn new<P: Into<String>>(parts: impl IntoIterator<Item = P>) -> Self {
        Self(parts.into_iter().map(Into::into).collect())
    }
}

/// `schema.table`; a part with a dot in it is quoted.
impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, part) in self.0.iter().enumerate() {
            let dot = if idx > 0 { "." } else { "" };
            let quote = if part.contains('.') { "\"" } else { "" };
            write!(f, "{dot}{quote}{part}{quote}")?;
        }
        Ok(())
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// What a statement does.
        #[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[record(rename_all = "snake")]
        pub enum StatementKind {
            $($(#[$doc])* $variant,)*
        }

        impl StatementKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word for it, as policies write it.
            ///
            /// # Examples
            /// ```
            /// use proofmark_artifacts::policy::StatementKind;
            /// assert_eq!(StatementKind::CreateExternalTable.name(), "create_external_table");
            /// ```
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// `ALTER TABLE` and the like.
    Alter "alter";
    /// `COPY ... TO`.
    Copy "copy";
    /// `CREATE DATABASE`, `CREATE SCHEMA`.
    CreateCatalog "create_catalog";
    /// `CREATE EXTERNAL TABLE`.
    CreateExternalTable "create_external_table";
    /// `CREATE FUNCTION`.
    CreateFunction "create_function";
    /// `CREATE TABLE`, with or without a query, and indexes of tables.
    CreateTable "create_table";
    /// `CREATE VIEW`.
    CreateView "create_view";
    /// `DEALLOCATE`.
    Deallocate "deallocate";
    /// `DELETE`.
    Delete "delete";
    /// `DESCRIBE`.
    Describe "describe";
    /// `DROP DATABASE`, `DROP SCHEMA`.
    DropCatalog "drop_catalog";
    /// `DROP FUNCTION`.
    DropFunction "drop_function";
    /// `DROP TABLE`.
    DropTable "drop_table";
    /// `DROP VIEW`.
    DropView "drop_view";
    /// `EXECUTE`.
    Execute "execute";
    /// `EXPLAIN`; what `EXPLAIN ANALYZE` runs is a kind of its own.
    Explain "explain";
    /// `INSERT`.
    Insert "insert";
    /// `MERGE`.
    Merge "merge";
    /// `PREPARE`; what it prepares is a kind of its own.
    Prepare "prepare";
    /// `SELECT`, `VALUES`, `WITH`.
    Query "query";
    /// `RESET`.
    Reset "reset";
    /// `SET`.
    Set "set";
    /// `SHOW`.
    Show "show";
    /// `BEGIN`, `COMMIT`, `ROLLBACK`.
    Transaction "transaction";
    /// `TRUNCATE`.
    Truncate "truncate";
    /// `UPDATE`.
    Update "update";
    /// What has no kind here; a policy that allows by kind must name it.
    Other "other";
}
