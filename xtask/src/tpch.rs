//! `cargo xtask tpch`: hands over to the crate `xtask-tpch`, which alone needs Parquet and the generator.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");

/// Builds and runs the crate with the given arguments, and ends as it ends.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    match command().args(arguments).status() {
        Ok(status) => ExitCode::from(exit_code(status.code())),
        Err(error) => {
            eprintln!("error: cannot start cargo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `--bin` and not `--package`: with one package alone its dependencies would have fewer features than in the
/// whole workspace, and Parquet would be built a second time.
fn command() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--manifest-path", WORKSPACE, "--bin", "xtask-tpch", "--"]);
    cargo
}

/// No code means that a signal ended the process: a failure like any other.
fn exit_code(code: Option<i32>) -> u8 {
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: Option<i32>, expected: u8) {
        assert_eq!(exit_code(code), expected, "{code:?}");
    }

    #[test]
    fn exit_code_is_passed_on() {
        check(Some(0), 0);
        check(Some(2), 2);
        check(Some(255), 255);
    }

    #[test]
    fn code_that_does_not_fit_is_a_failure() {
        check(None, 1);
        check(Some(-1), 1);
        check(Some(256), 1);
    }
}
