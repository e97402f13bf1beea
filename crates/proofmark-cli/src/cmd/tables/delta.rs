//! Parts of Delta tables.

use std::path::Path;

use proofmark_datafusion::DeltaPart;

use super::part::RUN_ID;
use crate::failure::{Failure, Result};
use crate::render::text::escape;

#[expect(clippy::unnecessary_wraps, reason = "other builds refuse")]
pub(super) fn check_supported() -> Result<()> {
    Ok(())
}

pub(super) fn replace(table: &Path, run_id: &str, rows: &Path) -> Result<()> {
    let replaced = DeltaPart { table, column: RUN_ID, value: run_id }.replace(rows);
    replaced.map(drop).map_err(|error| Failure::incomplete(escape(error.message()).into_owned()))
}
