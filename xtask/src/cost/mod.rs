//! `cargo xtask cost`: what a record costs whoever compiles it, ours against serde's, as two ratios.
//!
//! Compile time is the CPU time of `cargo check` for [`RECORDS_CHECKED`] records of 30 fields under either derive.
//! Code size is what one more record adds to the machine code of a release build that reads and writes it in JSON and
//! in MessagePack: the difference of two programs, so that what all records share does not count.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

mod cpu_time;
mod machine_code;
mod program;

use program::Side;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const RECORDS_CHECKED: usize = 200;
/// Two sizes of the program whose machine code is compared.
const RECORDS_BUILT: [usize; 2] = [8, 24];
const ROUNDS: usize = 3;

/// Measures both and prints the ratios.
pub(crate) fn run() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> io::Result<()> {
    let [ours, theirs] = check_times()?;
    println!(
        "derive: {:.2} ({ours:.2} s of CPU against {theirs:.2} s of serde's two derives,",
        ours / theirs
    );
    println!("  `cargo check` of {RECORDS_CHECKED} records of {} fields)", program::FIELDS);
    let [ours, theirs] = [code_of_one(Side::Ours)?, code_of_one(Side::Serde)?];
    println!(
        "code: {:.2} ({ours:.0} bytes a record against {theirs:.0} of serde_json and rmp-serde,",
        ours / theirs
    );
    println!("  release, decode and encode in both formats)");
    Ok(())
}

/// Seconds of CPU, the least of some rounds that take turns.
fn check_times() -> io::Result<[f64; 2]> {
    let projects = [Side::Ours, Side::Serde].map(|side| Project::write(side, RECORDS_CHECKED));
    let mut best = [f64::INFINITY; 2];
    for round in 0..=ROUNDS {
        for (project, best) in projects.iter().zip(&mut best) {
            let seconds = project.as_ref().map_err(|error| io::Error::other(error.to_string()))?.check()?;
            // The first round builds the dependencies.
            *best = if round == 0 { *best } else { best.min(seconds) };
        }
    }
    Ok(best)
}

/// Bytes of machine code that one more record adds.
fn code_of_one(side: Side) -> io::Result<f64> {
    let [few, many] = RECORDS_BUILT;
    let sizes = [Project::write(side, few)?.code()?, Project::write(side, many)?.code()?];
    Ok((sizes[1] as f64 - sizes[0] as f64) / (many - few) as f64)
}

/// A generated program of its own, outside of the workspace.
struct Project {
    root: PathBuf,
}

impl Project {
    fn write(side: Side, records: usize) -> io::Result<Project> {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(Path::new(WORKSPACE).join("target"), PathBuf::from);
        let root = target.join("cost").join(format!("{}-{records}", side.name()));
        fs::create_dir_all(root.join("src"))?;
        fs::write(root.join("Cargo.toml"), side.manifest(Path::new(WORKSPACE)))?;
        fs::write(root.join("src/main.rs"), side.program(records))?;
        fs::copy(Path::new(WORKSPACE).join("Cargo.lock"), root.join("Cargo.lock"))?;
        Ok(Project { root })
    }

    /// Seconds of CPU that checking the program takes, its dependencies being there.
    fn check(&self) -> io::Result<f64> {
        let source = self.root.join("src/main.rs");
        fs::write(&source, fs::read(&source)?)?;
        let before = cpu_time::of_children()?;
        self.cargo(&["check"])?;
        Ok(cpu_time::of_children()? - before)
    }

    /// Bytes of machine code of the release build.
    fn code(&self) -> io::Result<u64> {
        self.cargo(&["build", "--release"])?;
        machine_code::size(&fs::read(self.root.join("target/release/cost"))?)
            .ok_or_else(|| io::Error::other("the program is not a 64-bit ELF file"))
    }

    fn cargo(&self, arguments: &[&str]) -> io::Result<()> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).arg("--quiet").current_dir(&self.root).stdin(Stdio::null());
        cargo.env("CARGO_TARGET_DIR", self.root.join("target")).env("CARGO_INCREMENTAL", "0");
        let status = cargo.status()?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!("cargo {arguments:?}: {status}")))
        }
    }
}
