//! `cargo xtask overhead`: what recording costs, over the 22 queries of TPC-H.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");

/// Where the tables of scale 1 are kept, once they were written.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/tpch-1");

/// Writes the tables if they are not there, builds the measuring program, and runs it.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    if !Path::new(DATA).join("supplier.parquet").exists() {
        let written = crate::tpch::run(["--scale", "1", "--out", DATA].map(OsString::from).into_iter());
        if written != ExitCode::SUCCESS {
            return written;
        }
    }
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--manifest-path", WORKSPACE, "--package", "overhead", "--", DATA]);
    match cargo.args(arguments).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot start cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
