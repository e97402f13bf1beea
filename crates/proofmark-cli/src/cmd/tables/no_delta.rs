//! Parts of Delta tables, in a build without: there are none.

use std::path::Path;

use crate::failure::{Failure, Result};

pub(super) fn check_supported() -> Result<()> {
    let failure = Failure::usage("this build does not write Delta tables");
    Err(failure.with_help("build it with `--features delta`"))
}

pub(super) fn replace(_: &Path, _: &str, _: &Path) -> Result<()> {
    check_supported()
}
