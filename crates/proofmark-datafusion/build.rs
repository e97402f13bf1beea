//! Tells the crate what built it: the compiler, and the versions that the lock file has.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that shape a record or a result.
const RECORDED: &[&str] = &["arrow", "datafusion", "object_store", "parquet", "sqlparser"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let set = |key: &str, value: &str| println!("cargo::rustc-env=PROOFMARK_{key}={value}");
    set("RUSTC", &rustc_version());
    set("TARGET", &variable("TARGET"));
    set("PROFILE", &variable("PROFILE"));
    set("PACKAGES", &packages());
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| "unknown".to_owned())
}

fn rustc_version() -> String {
    let output = Command::new(variable("RUSTC")).arg("--version").output();
    let text = output.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    text.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}

/// `name=version` of the recorded crates, from the nearest lock file above the sources or the output.
fn packages() -> String {
    let roots = ["CARGO_MANIFEST_DIR", "OUT_DIR"].map(|name| PathBuf::from(variable(name)));
    let lock = roots.iter().find_map(|root| lock_file_above(root));
    let Some(lock) = lock else { return String::new() };
    println!("cargo::rerun-if-changed={}", lock.display());
    let text = fs::read_to_string(&lock).unwrap_or_default();
    let versions: Vec<_> = text.split("[[package]]").filter_map(recorded_version).collect();
    versions.join(" ")
}

fn lock_file_above(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().map(|above| above.join("Cargo.lock")).find(|file| file.is_file())
}

fn recorded_version(block: &str) -> Option<String> {
    let value = |key: &str| {
        let line = block.lines().find(|line| line.starts_with(key))?;
        line.split('"').nth(1)
    };
    let (name, version) = (value("name = ")?, value("version = ")?);
    RECORDED.contains(&name).then(|| format!("{name}={version}"))
}
