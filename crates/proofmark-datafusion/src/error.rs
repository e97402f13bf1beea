//! The one error of this crate: what failed, where in the SQL, and what to do about it.

use std::fmt;

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;

/// Result of this crate's fallible functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in words that a record can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller asked for something that makes no sense, such as a table without a path.
    Usage,
    /// The SQL text is not SQL.
    Parse,
    /// The statement is SQL, but names or types in it do not resolve.
    Plan,
    /// A setting has no such key or no such value.
    Configuration,
    /// A file or directory is not there.
    NotFound,
    /// A file is there, but its content is not what its format promises.
    Data,
    /// The query failed on a value while it ran, such as a division by zero.
    Execution,
    /// Memory or scratch space ran out.
    Resources,
    /// The policy of the run does not let the statement run.
    Policy,
    /// The engine does not support this.
    Unsupported,
    /// The operating system refused a read or a write.
    Io,
    /// The place that takes the result refused it.
    Sink,
    /// The run was cancelled.
    Cancelled,
    /// The engine broke a promise of its own.
    Internal,
}

impl ErrorKind {
    /// The word that records and messages use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Parse => "parse",
            Self::Plan => "plan",
            Self::Configuration => "configuration",
            Self::NotFound => "not_found",
            Self::Data => "data",
            Self::Execution => "execution",
            Self::Resources => "resources",
            Self::Policy => "policy",
            Self::Unsupported => "unsupported",
            Self::Io => "io",
            Self::Sink => "sink",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place in SQL text; both numbers start at one, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from one.
    pub line: u64,
    /// Column in characters, from one.
    pub column: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a run, or a step of it, failed.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{ErrorKind, TableSpec};
///
/// let error = "orders".parse::<TableSpec>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Usage);
/// assert_eq!(error.to_string(), "table `orders` has no path; write `orders=PATH`");
/// ```
#[derive(Clone)]
pub struct Error(Box<Detail>);

#[derive(Clone)]
struct Detail {
    kind: ErrorKind,
    message: String,
    help: Option<String>,
    position: Option<Position>,
}

impl Error {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Detail { kind, message: message.into(), help: None, position: None }))
    }

    /// The same error, with advice on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The same error, with the place in the SQL text unless it already has one.
    #[must_use]
    pub fn or_position(mut self, position: Position) -> Self {
        self.0.position.get_or_insert(position);
        self
    }

    /// The same error, its message preceded by what was being done.
    #[must_use]
    pub fn during(mut self, what: impl fmt::Display) -> Self {
        self.0.message = format!("{what}: {}", self.0.message);
        self
    }

    /// What went wrong, as a word.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What went wrong, without place and advice.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it, where something is known.
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Where in the SQL text, where that is known.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "the run was cancelled")
    }

    pub(crate) fn io(what: impl fmt::Display, error: &std::io::Error) -> Self {
        Self::new(io_kind(error), format!("{what}: {error}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(position) = self.0.position {
            write!(f, " at {position}")?;
        }
        match &self.0.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({}: {self})", self.0.kind)
    }
}

impl std::error::Error for Error {}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        let mut out = Self::new(kind_of(error.find_root()), clean_message(&error));
        out.0.position = span_start(&error);
        out.0.help = help_of(out.0.kind, &out.0.message);
        out
    }
}

impl From<ArrowError> for Error {
    fn from(error: ArrowError) -> Self {
        DataFusionError::from(error).into()
    }
}

/// The class of an engine error, read from its innermost cause.
fn kind_of(root: &DataFusionError) -> ErrorKind {
    match root {
        DataFusionError::SQL(..) => ErrorKind::Parse,
        DataFusionError::Plan(_) | DataFusionError::SchemaError(..) => ErrorKind::Plan,
        DataFusionError::Configuration(_) => ErrorKind::Configuration,
        DataFusionError::NotImplemented(_) => ErrorKind::Unsupported,
        DataFusionError::ResourcesExhausted(_) => ErrorKind::Resources,
        DataFusionError::Execution(_) => ErrorKind::Execution,
        DataFusionError::ArrowError(error, _) => arrow_kind(error),
        DataFusionError::ParquetError(error) => parquet_kind(error),
        DataFusionError::IoError(error) => io_kind(error),
        DataFusionError::ObjectStore(error) => store_kind(error),
        DataFusionError::External(error) => external_kind(error.as_ref()),
        DataFusionError::Collection(errors) => {
            errors.first().map_or(ErrorKind::Internal, |first| kind_of(first.find_root()))
        }
        _ => ErrorKind::Internal,
    }
}

fn arrow_kind(error: &ArrowError) -> ErrorKind {
    match error {
        ArrowError::ParseError(_) | ArrowError::CsvError(_) | ArrowError::JsonError(_) => ErrorKind::Data,
        ArrowError::SchemaError(_) | ArrowError::ParquetError(_) => ErrorKind::Data,
        ArrowError::IoError(_, error) => io_kind(error),
        ArrowError::NotYetImplemented(_) => ErrorKind::Unsupported,
        ArrowError::MemoryError(_) => ErrorKind::Resources,
        ArrowError::ExternalError(error) => external_kind(error.as_ref()),
        _ => ErrorKind::Execution,
    }
}

fn parquet_kind(error: &ParquetError) -> ErrorKind {
    match error {
        ParquetError::NYI(_) => ErrorKind::Unsupported,
        ParquetError::External(inner) => external_kind(inner.as_ref()),
        _ => ErrorKind::Data,
    }
}

fn store_kind(error: &datafusion::object_store::Error) -> ErrorKind {
    match error {
        datafusion::object_store::Error::NotFound { .. } => ErrorKind::NotFound,
        _ => ErrorKind::Io,
    }
}

fn io_kind(error: &std::io::Error) -> ErrorKind {
    match error.kind() {
        std::io::ErrorKind::NotFound => ErrorKind::NotFound,
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => ErrorKind::Data,
        _ => ErrorKind::Io,
    }
}

fn external_kind(error: &(dyn std::error::Error + Send + Sync + 'static)) -> ErrorKind {
    if let Some(error) = error.downcast_ref::<DataFusionError>() {
        return kind_of(error.find_root());
    }
    if let Some(error) = error.downcast_ref::<Error>() {
        return error.kind();
    }
    error.downcast_ref::<std::io::Error>().map_or(ErrorKind::Execution, io_kind)
}

/// The engine's message without backtrace and without the position that is kept apart.
fn clean_message(error: &DataFusionError) -> String {
    let text = error.strip_backtrace();
    let text = match error.find_root() {
        DataFusionError::SQL(parser, _) => strip_position(&parser_message(parser)).0.to_owned(),
        _ => text,
    };
    one_line(&without_classes(&text))
}

/// The text without the names of the engine's error types, which say nothing that the rest does not.
fn without_classes(text: &str) -> String {
    const CLASSES: [&str; 6] = [
        "Error during planning: ",
        "Schema error: ",
        "Execution error: ",
        "Arrow error: ",
        "Parquet error: ",
        "Invalid or Unsupported Configuration: ",
    ];
    CLASSES.iter().fold(text.to_owned(), |text, class| text.replace(class, ""))
}

/// Lines joined by spaces, and what the engine says twice said once.
fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = text.strip_suffix('.').unwrap_or(&text);
    while let Some((head, tail)) = text.split_once(": ") {
        if !tail.starts_with(&format!("{head}: ")) {
            break;
        }
        text = tail;
    }
    text.to_owned()
}

/// The parser wraps its text in its own type name; a reader wants the text.
fn parser_message(error: &sqlparser::parser::ParserError) -> String {
    use sqlparser::parser::ParserError;
    match error {
        ParserError::TokenizerError(text) | ParserError::ParserError(text) => text.clone(),
        ParserError::RecursionLimitExceeded => "the statement is nested too deeply".to_owned(),
    }
}

/// Splits the parser's ` at Line: 3, Column: 7` off the end of a message.
fn strip_position(message: &str) -> (&str, Option<Position>) {
    let Some((head, tail)) = message.rsplit_once(" at Line: ") else { return (message, None) };
    let parsed = tail
        .split_once(", Column: ")
        .and_then(|(line, column)| Some(Position { line: line.parse().ok()?, column: column.parse().ok()? }));
    match parsed {
        Some(position) => (head, Some(position)),
        None => (message, None),
    }
}

/// Where the engine says the problem is: its diagnostic's span, or the parser's text.
fn span_start(error: &DataFusionError) -> Option<Position> {
    if let Some(span) = error.diagnostic().and_then(|diagnostic| diagnostic.span) {
        return Some(Position { line: span.start.line, column: span.start.column });
    }
    match error.find_root() {
        DataFusionError::SQL(parser, _) => strip_position(&parser_message(parser)).1,
        _ => None,
    }
}

/// Advice for the failures that users meet most.
fn help_of(kind: ErrorKind, message: &str) -> Option<String> {
    let missing_table = message.contains("table '") && message.ends_with("not found");
    match kind {
        ErrorKind::Plan if missing_table => {
            Some("name it with `CREATE EXTERNAL TABLE` or `--table NAME=PATH`".to_owned())
        }
        ErrorKind::Data => Some(crate::damage::HELP.to_owned()),
        ErrorKind::Resources => Some("raise the memory limit or choose another profile".to_owned()),
        _ => None,
    }
}
