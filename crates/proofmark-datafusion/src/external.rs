//! Tables that a statement makes of files: `CREATE EXTERNAL TABLE`.

use std::path::Path;

use datafusion::sql::parser::Statement as Parsed;

use crate::damage::blame;
use crate::delta::STORED_AS;
use crate::error::{Error, Result};
use crate::statement::Statement;
use crate::table::check_location;

/// Names the table that could not be made, and the file at fault.
pub(crate) fn in_its_table(error: Error, statement: &Statement) -> Error {
    let Some(Parsed::CreateExternalTable(create)) = statement.parsed() else { return error };
    let places: Vec<_> = create.locations.iter().map(Path::new).collect();
    blame(error, &places).during(format_args!("table `{}`", create.name))
}

/// Says clearly that a table's files are missing.
///
/// The engine takes a missing directory for an empty one and would make a table without columns.
pub(crate) fn check_locations(statement: &Statement) -> Result<()> {
    let Some(Parsed::CreateExternalTable(create)) = statement.parsed() else { return Ok(()) };
    // A table with declared columns may be created empty, to be written to; a Delta table's log says what its files are.
    if !create.columns.is_empty() || STORED_AS.contains(&create.file_type.as_str()) {
        return Ok(());
    }
    for location in &create.locations {
        check_location(location).map_err(|error| error.during(format_args!("table `{}`", create.name)))?;
    }
    Ok(())
}
