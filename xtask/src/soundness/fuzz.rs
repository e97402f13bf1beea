//! Builds the fuzz targets of `fuzz/` and runs them one after the other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{WORKSPACE, cargo, host, succeeds, target_dir};

/// Not compiled into the library of the tests, but the same file: the inputs that are kept are read in one way.
#[path = "../../../crates/proofmark/tests/soundness/seed.rs"]
mod seed;

/// What cargo-fuzz builds with: counters on every edge, that libFuzzer looks at.
const FLAGS: [&str; 9] = [
    "--cfg",
    "fuzzing",
    "-Zsanitizer=address",
    "-Ccodegen-units=1",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Runs the targets whose names hold one of `wanted`; all, if that is empty. `false` at the first that finds something.
pub(super) fn run(wanted: &[String], seconds: u32) -> io::Result<bool> {
    let is_wanted = |target: &String| wanted.is_empty() || wanted.iter().any(|part| target.contains(part));
    let targets: Vec<_> = targets()?.into_iter().filter(is_wanted).collect();
    if targets.is_empty() {
        return Err(io::Error::other("no fuzz target has such a name"));
    }
    if !build(&targets)? {
        return Ok(false);
    }
    for target in &targets {
        if !run_one(target, seconds)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The names of all targets, which are those of their files.
fn targets() -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(fuzz_dir().join("fuzz_targets"))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn fuzz_dir() -> PathBuf {
    Path::new(WORKSPACE).join("fuzz")
}

fn build(targets: &[String]) -> io::Result<bool> {
    let mut command = cargo();
    command.current_dir(fuzz_dir()).args(["build", "--release", "--target", &host()?]);
    command.args(targets.iter().flat_map(|target| ["--bin", target]));
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS.join(" "));
    succeeds(command.env("CARGO_TARGET_DIR", target_dir("fuzz")))
}

fn run_one(target: &str, seconds: u32) -> io::Result<bool> {
    println!("-- fuzz {target}");
    let corpus = fuzz_dir().join("corpus").join(target);
    let artifacts = fuzz_dir().join("artifacts").join(target);
    fs::create_dir_all(&artifacts)?;
    plant(&corpus, kind(target))?;
    let program = target_dir("fuzz").join(host()?).join("release").join(target);
    let mut command = Command::new(program);
    command.arg(&corpus).arg(format!("-artifact_prefix={}/", artifacts.display()));
    command.args([
        &format!("-max_total_time={seconds}"),
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=4096",
    ]);
    succeeds(command.args(["-verbosity=0", "-print_final_stats=1"]))
}

/// The kept inputs that a target begins with.
fn kind(target: &str) -> &'static str {
    match target.split_once('_') {
        Some(("msgpack", _)) => "msgpack",
        Some(("scalar", _)) => "scalar",
        Some(("json", "number")) => "number",
        Some(("json", "peer" | "typed" | "value" | "ways")) => "json",
        _ => "text",
    }
}

/// Writes the inputs that are kept to the corpus, one to a file.
fn plant(corpus: &Path, kind: &str) -> io::Result<()> {
    fs::create_dir_all(corpus)?;
    let kept = Path::new(WORKSPACE).join(format!("crates/proofmark/testdata/seeds/{kind}.txt"));
    for (index, input) in seed::parse(&fs::read_to_string(kept)?).into_iter().enumerate() {
        fs::write(corpus.join(format!("seed-{index}")), input)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_begins_with_inputs_that_are_kept() {
        let targets = targets().unwrap();
        assert!(targets.iter().any(|target| target == "json_ways"));
        for target in targets {
            let kept = format!("crates/proofmark/testdata/seeds/{}.txt", kind(&target));
            assert!(Path::new(WORKSPACE).join(&kept).exists(), "{target}: {kept}");
        }
        assert_eq!(kind("msgpack_number"), "msgpack");
        assert_eq!(kind("json_text"), "text");
    }
}
