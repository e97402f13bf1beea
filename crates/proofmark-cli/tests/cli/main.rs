//! The command as its users meet it: what it prints, where, and with which exit code.

mod against;
mod bad_input;
mod bundle;
#[cfg(feature = "ballista")]
mod cluster;
mod contract;
mod convert;
mod cursor;
mod diff;
#[cfg(all(feature = "datafusion", target_os = "linux"))]
mod disk;
#[cfg(feature = "datafusion")]
mod done_again;
mod fixture;
mod git_driver;
#[cfg(feature = "delta")]
mod incremental;
mod ingest;
#[cfg(all(feature = "datafusion", target_os = "linux"))]
mod killed;
mod ls;
#[cfg(feature = "datafusion")]
mod pipeline;
#[cfg(feature = "datafusion")]
mod profile;
mod prove;
mod prune;
#[cfg(feature = "object-store")]
mod remote;
mod replay;
mod report;
mod review;
#[cfg(feature = "datafusion")]
mod run;
#[cfg(feature = "object-store")]
mod s3;
mod schema;
mod show;
#[cfg(feature = "tables")]
mod tables;
mod verify;

use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::Expect;

/// Runs the command in a directory.
fn proofmark(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofmark"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    // The environment of whoever runs the tests decides nothing.
    for name in [
        "PROOFMARK_PROFILES",
        "PROOFMARK_RUNS",
        "PROOFMARK_LOCKS",
        "PROOFMARK_CURSORS",
        "PROOFMARK_DIFF_TOOL",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "CLICOLOR",
        "RUST_LOG",
    ] {
        command.env_remove(name);
    }
    command.env("TZ", "UTC").env("COLUMNS", "100");
    command
}

/// What a command printed, and how it ended; the directory's own name is left out.
fn transcript(dir: &Path, mut command: Command) -> String {
    let output = command.output().expect("the command can be started");
    let place = dir.to_string_lossy();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8").replace(&*place, "[DIR]");
    let code = output.status.code().map_or("a signal".to_owned(), |code| code.to_string());
    let all = format!("{}{}exit {code}\n", text(output.stdout), text(output.stderr));
    // Blanks at the ends of lines cannot be seen in an expectation.
    all.lines().map(|line| format!("{}\n", line.trim_end_matches(' '))).collect()
}

/// Checks what the command prints in a directory.
fn check_in(dir: &Path, args: &[&str], expected: Expect) {
    expected.assert_eq(&transcript(dir, proofmark(dir, args)));
}
