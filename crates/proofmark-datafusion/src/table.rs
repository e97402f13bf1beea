//! `NAME=PATH`: files and directories made readable as tables.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use datafusion::catalog::{TableProvider, TableProviderFactory};
use datafusion::common::{DFSchema, TableReference};
use datafusion::datasource::listing_table_factory::ListingTableFactory;
use datafusion::execution::SessionState;
use datafusion::execution::context::SessionContext;
use datafusion::logical_expr::CreateExternalTable;

use crate::damage::{blame, check_footers};
use crate::error::{Error, ErrorKind, Result};

/// Files looked at before a directory's format is taken as known.
const DIRECTORY_FILES_MAX: usize = 100_000;

/// Directories below a table's directory that are searched for files.
const DIRECTORY_DEPTH_MAX: usize = 32;

/// A file format that a table can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Apache Parquet.
    Parquet,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// One JSON object per line.
    NdJson,
}

impl TableFormat {
    /// The format that a file's extension names.
    fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "parquet" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "ndjson" | "jsonl" | "json" => Some(Self::NdJson),
            _ => None,
        }
    }

    /// The word in `STORED AS`.
    fn stored_as(self) -> &'static str {
        match self {
            Self::Parquet => "PARQUET",
            Self::Csv | Self::Tsv => "CSV",
            Self::NdJson => "JSON",
        }
    }

    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Csv => &[("format.has_header", "true")],
            Self::Tsv => &[("format.has_header", "true"), ("format.delimiter", "\t")],
            Self::Parquet | Self::NdJson => &[],
        }
    }
}

/// A table that the caller names: `orders=data/orders.parquet`.
///
/// The name is a SQL identifier. A plain word is folded to lower case, as SQL folds it; a name in
/// double quotes is kept as written; any other text is kept too and must be quoted in SQL. A name
/// is never read as a path. The path is a file, a directory of files of one format, known by extension, or a Delta table.
///
/// # Examples
/// ```
/// use proofmark_datafusion::TableSpec;
///
/// let spec: TableSpec = "Orders=data/orders.parquet".parse()?;
/// assert_eq!(spec.name, "orders");
/// assert_eq!(spec.path.to_str(), Some("data/orders.parquet"));
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// The table's name, as the catalog keeps it.
    pub name: String,
    /// The file or directory; relative paths start at the working directory.
    pub path: PathBuf,
}

impl FromStr for TableSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let usage = |message: String| Error::new(ErrorKind::Usage, message);
        let (name, path) = split_name(text).ok_or_else(|| {
            usage(format!("table `{text}` has no path")).with_help(format!("write `{text}=PATH`"))
        })?;
        if path.is_empty() {
            return Err(usage(format!("table `{name}` has an empty path")));
        }
        Ok(Self { name: identifier(name)?, path: PathBuf::from(path) })
    }
}

impl fmt::Display for TableSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.path.display())
    }
}

/// Splits at the first `=` that is not inside a quoted name.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let quoted = text.strip_prefix('"').and_then(|rest| rest.rfind("\"=").map(|end| end + 2));
    let at = quoted.or_else(|| text.find('='))?;
    Some((&text[..at], &text[at + 1..]))
}

/// The catalog name of an identifier as a person writes it.
fn identifier(name: &str) -> Result<String> {
    let inner = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let out = match inner {
        Some(inner) => inner.replace("\"\"", "\""),
        None if is_plain(name) => name.to_ascii_lowercase(),
        None => name.to_owned(),
    };
    if out.is_empty() || out.chars().any(char::is_control) {
        return Err(Error::new(ErrorKind::Usage, format!("{name:?} cannot name a table"))
            .with_help("use a word such as `orders`, or any printable text in double quotes"));
    }
    Ok(out)
}

fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a directory is a Delta table: it has a log.
pub(crate) fn is_delta(path: &Path) -> bool {
    path.join("_delta_log").is_dir()
}

/// Registers a table as `CREATE EXTERNAL TABLE` would, in a session of this state; statistics are left to the scans.
pub(crate) async fn register(context: &SessionContext, state: &SessionState, spec: &TableSpec) -> Result<()> {
    check_is_new(context, spec)?;
    let opened = open(spec, state).await;
    let table = opened.map_err(|error| error.during(format_args!("table `{}`", spec.name)))?;
    context.register_table(TableReference::bare(spec.name.as_str()), table)?;
    Ok(())
}

async fn open(spec: &TableSpec, state: &SessionState) -> Result<Arc<dyn TableProvider>> {
    if is_delta(&spec.path) {
        return crate::delta::open_table(spec, state).await;
    }
    let format = format_of(&spec.path)?;
    let location = location_of(&spec.path)?;
    check_footers(&spec.path)?;
    let name = TableReference::bare(spec.name.as_str());
    let options = format.options().iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    let command =
        CreateExternalTable::builder(name, location, format.stored_as(), Arc::new(DFSchema::empty()))
            .with_options(options)
            .build();
    let made = ListingTableFactory::new().create(state, &command).await;
    made.map_err(|error| blame(error.into(), &[&spec.path]))
}

/// A state in which nobody collects statistics of files: the scans that want them collect them, and no others.
pub(crate) fn without_statistics(mut state: SessionState) -> SessionState {
    state.config_mut().options_mut().execution.collect_statistics = false;
    state
}

fn check_is_new(context: &SessionContext, spec: &TableSpec) -> Result<()> {
    match context.table_exist(TableReference::bare(spec.name.as_str()))? {
        true => Err(Error::new(ErrorKind::Usage, format!("table `{}` is named twice", spec.name))),
        false => Ok(()),
    }
}

/// The format of a file by its extension, of a directory by that of the files in it.
fn format_of(path: &Path) -> Result<TableFormat> {
    let metadata = std::fs::metadata(path).map_err(|error| missing(path, &error))?;
    if metadata.is_dir() { format_of_directory(path) } else { format_of_file(path) }
}

fn format_of_file(path: &Path) -> Result<TableFormat> {
    TableFormat::of_path(path).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("the extension of `{}` names no known format", path.display()))
            .with_help(
                "use .parquet, .csv, .tsv, .ndjson, .jsonl or .json, or `CREATE EXTERNAL TABLE ... STORED AS`",
            )
    })
}

fn format_of_directory(path: &Path) -> Result<TableFormat> {
    let mut found: Option<(TableFormat, PathBuf)> = None;
    for file in files_below(path)? {
        let format = format_of_file(&file)?;
        match &found {
            Some((first, example)) if *first != format => return Err(mixed(path, example, &file)),
            Some(_) => {}
            None => found = Some((format, file)),
        }
    }
    found.map(|(format, _)| format).ok_or_else(|| {
        Error::new(ErrorKind::NotFound, format!("the directory `{}` has no data files", path.display()))
    })
}

fn mixed(directory: &Path, first: &Path, second: &Path) -> Error {
    let name = |path: &Path| path.strip_prefix(directory).unwrap_or(path).display().to_string();
    Error::new(
        ErrorKind::Usage,
        format!(
            "the directory `{}` mixes formats: `{}` and `{}`",
            directory.display(),
            name(first),
            name(second)
        ),
    )
    .with_help("keep one format per directory, or name a file")
}

/// The files that the engine takes for a table's: those in its directory, and in directories below it that
/// are named by a column's value, such as `day=1`. Hidden and `_`-prefixed names are not data.
pub(crate) fn files_below(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending = vec![(root.to_path_buf(), 0)];
    while let Some((directory, depth)) = pending.pop() {
        for path in entries_of(&directory)? {
            if !path.is_dir() {
                files.push(path);
            } else if depth < DIRECTORY_DEPTH_MAX && names_a_value(&path) {
                pending.push((path, depth + 1));
            }
            if files.len() >= DIRECTORY_FILES_MAX {
                return Ok(files);
            }
        }
    }
    Ok(files)
}

fn names_a_value(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains('='))
}

fn entries_of(directory: &Path) -> Result<Vec<PathBuf>> {
    let failed =
        |error: std::io::Error| Error::io(format_args!("cannot list `{}`", directory.display()), &error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().to_string_lossy().starts_with(['.', '_']) {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn missing(path: &Path, error: &std::io::Error) -> Error {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Error::io(format_args!("cannot read `{}`", path.display()), error);
    }
    let error =
        Error::new(ErrorKind::NotFound, format!("there is no file or directory `{}`", path.display()));
    match std::env::current_dir() {
        Ok(here) if path.is_relative() => {
            error.with_help(format!("relative paths start at `{}`", here.display()))
        }
        _ => error,
    }
}

/// A `file:` URL of the path, so that `?`, `*`, `[` and `%` in it mean themselves.
pub(crate) fn location_of(path: &Path) -> Result<String> {
    let resolve =
        |error: std::io::Error| Error::io(format_args!("cannot resolve `{}`", path.display()), &error);
    let absolute = std::fs::canonicalize(path).map_err(resolve)?;
    let mut url = String::from("file://");
    for &byte in absolute.as_os_str().as_encoded_bytes() {
        push_percent_encoded(&mut url, byte);
    }
    if absolute.is_dir() && !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

fn push_percent_encoded(url: &mut String, byte: u8) {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
            url.push(char::from(byte))
        }
        _ => {
            let hex = |nibble: u8| char::from(b"0123456789ABCDEF"[usize::from(nibble)]);
            url.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
}

/// Checks that a `LOCATION` that is a plain local path exists, and that Parquet files there are whole.
pub(crate) fn check_location(location: &str) -> Result<()> {
    let is_url = location.contains("://");
    let is_glob = location.contains(['?', '*', '[']);
    if is_url || is_glob {
        return Ok(());
    }
    let path = Path::new(location);
    std::fs::metadata(path).map_err(|error| missing(path, &error))?;
    check_footers(path)
}
