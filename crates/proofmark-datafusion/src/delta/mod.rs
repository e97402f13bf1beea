//! Delta tables: read at a version, read as changes, written to.

mod changes;
mod increments;
mod part;
mod sink;
mod source;

use std::path::Path;
use std::sync::Arc;

use datafusion::catalog::TableProvider;
use datafusion::execution::{SessionState, SessionStateBuilder};
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError};
use proofmark_artifacts::DatasetRecord;
use url::Url;

use crate::error::{Error, ErrorKind, Result};
use crate::table::TableSpec;

pub(crate) use increments::Increments;
pub use part::DeltaPart;
pub use sink::DeltaSink;
use source::{Factory, Source};

/// The words that `STORED AS` takes for a Delta table.
pub(crate) const STORED_AS: &[&str] = &["DELTA", "DELTATABLE"];

/// Makes `CREATE EXTERNAL TABLE ... STORED AS DELTA` known to a session.
pub(crate) fn with_factories(mut builder: SessionStateBuilder) -> SessionStateBuilder {
    let factories = builder.table_factories().get_or_insert_default();
    for word in STORED_AS {
        factories.insert((*word).to_owned(), Arc::new(Factory));
    }
    builder
}

/// The table in a directory, at its latest version.
pub(crate) async fn open_table(spec: &TableSpec, state: &SessionState) -> Result<Arc<dyn TableProvider>> {
    let table = open(&spec.path).await?;
    Ok(Arc::new(Source::of(&table, state).await?))
}

/// Fills in what a Delta table says of itself; `false` when the provider is none.
pub(crate) fn describe(
    record: &mut DatasetRecord,
    provider: &dyn datafusion::catalog::TableProvider,
) -> bool {
    let Some(source) = provider.downcast_ref::<Source>() else { return false };
    source.describe(record);
    true
}

/// The table in a directory, at its latest version.
async fn open(path: &Path) -> Result<DeltaTable> {
    let table = DeltaTableBuilder::from_url(url_of(path)?);
    let loaded = match table {
        Ok(builder) => builder.load().await,
        Err(error) => Err(error),
    };
    loaded.map_err(|error| failed("open", path, error))
}

/// The directory as a URL; it must exist.
fn url_of(path: &Path) -> Result<Url> {
    let resolve = |error| Error::io(format_args!("cannot resolve `{}`", path.display()), &error);
    let absolute = std::fs::canonicalize(path).map_err(resolve)?;
    Url::from_directory_path(&absolute).map_err(|()| {
        Error::new(ErrorKind::Usage, format!("`{}` cannot be written as a URL", absolute.display()))
    })
}

/// An error of the Delta library.
fn failed(doing: &str, path: &Path, error: DeltaTableError) -> Error {
    let message = format!("cannot {doing} the Delta table `{}`: {error}", path.display());
    Error::new(kind_of(&error), message)
}

fn kind_of(error: &DeltaTableError) -> ErrorKind {
    match error {
        DeltaTableError::NotATable(_) | DeltaTableError::InvalidTableLocation(_) => ErrorKind::NotFound,
        DeltaTableError::ObjectStore { .. } | DeltaTableError::Io { .. } => ErrorKind::Io,
        DeltaTableError::InvalidVersion(_) => ErrorKind::Usage,
        _ => ErrorKind::Data,
    }
}
