//! `cargo xtask soundness`: what no test of an ordinary build can prove about the codec's `unsafe`.
//!
//! | step | what it does | how long |
//! |---|---|---|
//! | `guard` | runs the primitives and the decoders on bytes that end where memory ends | seconds |
//! | `asan` | runs the codec's tests under AddressSanitizer | minutes |
//! | `valgrind` | runs the primitives and the decoders under Valgrind's memcheck | minutes |
//! | `fuzz` | runs every fuzz target under AddressSanitizer | `--seconds` for each target, a minute unless told |
//!
//! Needs x86-64 Linux or another place that rustc has a sanitizer for; `valgrind` wants that program, `fuzz` a C++
//! compiler. The compiler is the project's own: `RUSTC_BOOTSTRAP` makes it take the flags that are not stable yet.

mod fuzz;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Seconds for each fuzz target.
const SECONDS: u32 = 60;

#[derive(Debug, PartialEq, Eq)]
struct Options {
    steps: Vec<Step>,
    /// Fuzz targets whose names hold one of these; all, if there are none.
    targets: Vec<String>,
    seconds: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Guard,
    Asan,
    Valgrind,
    Fuzz,
}

impl Step {
    const ALL: [Self; 4] = [Self::Guard, Self::Asan, Self::Valgrind, Self::Fuzz];

    const fn name(self) -> &'static str {
        match self {
            Self::Guard => "guard",
            Self::Asan => "asan",
            Self::Valgrind => "valgrind",
            Self::Fuzz => "fuzz",
        }
    }
}

const USAGE: &str = "\
Usage: cargo xtask soundness [guard] [asan] [valgrind] [fuzz] [--seconds N] [--target NAME]...

Runs these steps, or all of them.
  --seconds N    how long each fuzz target runs (60)
  --target NAME  only the fuzz targets whose names hold NAME";

/// Runs the steps that are asked for.
pub(crate) fn run(arguments: impl Iterator<Item = std::ffi::OsString>) -> ExitCode {
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let options = match parse(arguments) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("error: {reason}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    for step in &options.steps {
        println!("== soundness {}", step.name());
        let begin = Instant::now();
        match run_step(*step, &options) {
            Ok(true) => println!("== soundness {}: {:.0} s", step.name(), begin.elapsed().as_secs_f64()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => {
                eprintln!("error: {}: {error}", step.name());
                return ExitCode::from(101);
            }
        }
    }
    ExitCode::SUCCESS
}

/// What is asked for; `None` if that is help.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options { steps: Vec::new(), targets: Vec::new(), seconds: SECONDS };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` wants a value"));
        match argument.as_str() {
            "-h" | "--help" => return Ok(None),
            "--target" => options.targets.push(value()?),
            "--seconds" => {
                options.seconds =
                    value()?.parse().map_err(|_| "`--seconds` wants a whole number".to_owned())?;
            }
            name => match Step::ALL.into_iter().find(|step| step.name() == name) {
                Some(step) => options.steps.push(step),
                None => return Err(format!("there is no step `{name}`")),
            },
        }
    }
    if options.steps.is_empty() {
        options.steps = Step::ALL.to_vec();
    }
    Ok(Some(options))
}

fn run_step(step: Step, options: &Options) -> io::Result<bool> {
    match step {
        Step::Guard => guard(),
        Step::Asan => asan(),
        Step::Valgrind => valgrind(),
        Step::Fuzz => fuzz::run(&options.targets, options.seconds),
    }
}

fn guard() -> io::Result<bool> {
    let tests = |filter: &[&str]| succeeds(cargo().args(["test", "--package", "proofmark"]).args(filter));
    Ok(tests(&["--lib", "twins::"])? && tests(&["--test", "soundness"])?)
}

/// The codec's unit tests and integration tests; those of the derive only call the compiler.
const TESTS: [&str; 11] = [
    "--lib",
    "--test",
    "soundness",
    "--test",
    "threats",
    "--test",
    "codec",
    "--test",
    "serde",
    "--test",
    "schema",
];

/// Tests that look at the peak of live memory, the depth of the stack and the time, to all of which a sanitizer adds.
const MEASURING: [&str; 4] = ["memory::", "depth::", "quadratic", "_time_"];

fn asan() -> io::Result<bool> {
    let mut command = cargo();
    command.args(["test", "--package", "proofmark", "--target", &host()?]).args(TESTS);
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zsanitizer=address -Cdebug-assertions");
    command.arg("--").args(MEASURING.iter().flat_map(|name| ["--skip", name]));
    succeeds(command.env("CARGO_TARGET_DIR", target_dir("asan")))
}

fn valgrind() -> io::Result<bool> {
    let mut command = cargo();
    command.args(["test", "--package", "proofmark", "--target", &host()?]);
    let runner = format!("CARGO_TARGET_{}_RUNNER", host()?.replace('-', "_").to_uppercase());
    command.env(
        runner,
        "valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite",
    );
    command.args([
        "--lib",
        "--test",
        "soundness",
        "--",
        "twins::",
        "cut_anywhere",
        "all_seeds",
        "either_end",
    ]);
    command.args(["buffer::", "ascii::", "scan::", "digits::", "--test-threads=1"]);
    succeeds(command.env("CARGO_TARGET_DIR", target_dir("valgrind")))
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(WORKSPACE);
    command
}

fn succeeds(command: &mut Command) -> io::Result<bool> {
    Ok(command.status()?.success())
}

/// Builds with other flags have a place of their own, or they would make the ordinary ones stale.
fn target_dir(name: &str) -> PathBuf {
    let dir = std::env::var_os("CARGO_TARGET_DIR").map_or(Path::new(WORKSPACE).join("target"), PathBuf::from);
    dir.join("soundness").join(name)
}

/// The kind of machine that this one is. Named outright, it keeps the flags from build scripts and macros.
fn host() -> io::Result<String> {
    let output = Command::new("rustc").arg("-vV").stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| io::Error::other("rustc names no host"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: Result<(&[Step], u32, &[&str]), &str>) {
        let found = parse(arguments.iter().map(|argument| (*argument).to_owned()));
        let expected = expected.map_err(str::to_owned).map(|(steps, seconds, targets)| {
            let targets = targets.iter().map(|target| (*target).to_owned()).collect();
            Some(Options { steps: steps.to_vec(), targets, seconds })
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn steps_are_run_as_they_are_named_and_all_if_none_is() {
        check(&[], Ok((&Step::ALL, 60, &[])));
        check(&["fuzz", "guard"], Ok((&[Step::Fuzz, Step::Guard], 60, &[])));
        check(
            &["--seconds", "5", "fuzz", "--target", "scan", "--target", "ways"],
            Ok((&[Step::Fuzz], 5, &["scan", "ways"])),
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        check(&["miri"], Err("there is no step `miri`"));
        check(&["--seconds"], Err("`--seconds` wants a value"));
        check(&["--seconds", "soon"], Err("`--seconds` wants a whole number"));
    }
}
