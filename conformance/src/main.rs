//! Replays recorded msgspec cases against proofmark.
//!
//! See `README.md` for what the cases are and how to read the output.

mod args;
mod deviation;
mod dynamic;
mod erased;
mod expression;
mod hex;
mod info;
mod replay;
mod report;
mod run;
mod select;
mod table;
mod tagged;
mod tree;
mod types;
mod vector;
mod verdict;

use std::{env, error::Error, process::ExitCode, thread};

use args::{Args, USAGE};
use deviation::Deviation;
use report::Report;
use vector::File;

const DEVIATIONS: &str = include_str!("../deviations.toml");

/// Why nothing was replayed.
type Fault = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let args = match Args::parse(env::args().skip(1)) {
        Ok(args) => args,
        Err(fault) => {
            eprint!("conformance: {fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match with_deep_stack(move || replay(&args)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::from(2)
        }
    }
}

/// Recorded values nest as deeply as the recording interpreter allowed, and are read and compared by recursion.
fn with_deep_stack<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    const STACK_BYTES: usize = 256 << 20;
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(run)?;
    thread.join().unwrap_or_else(|_| Err("a case was too much for this program; see above".into()))
}

/// Replays the directory, prints the report and returns the number of failures.
fn replay(args: &Args) -> Result<usize, Fault> {
    if args.dynamic {
        table::leave_aside();
    }
    let mut files = File::read_all(&args.directory)?;
    if let Some(kind) = &args.file {
        files.retain(|file| file.kind == *kind);
    }
    if files.is_empty() {
        return Err(format!("no vector files in {}", args.directory.display()).into());
    }
    let unknown = files.iter().filter(|file| replay::find(&file.kind).is_none());
    let unknown = Vec::from_iter(unknown.map(|file| format!("{}.jsonl", file.kind)));
    let deviations = deviation::read(DEVIATIONS)?;
    if let Some(into) = &args.select_into {
        select::select(&files, &deviations, into)?;
        return Ok(0);
    }
    let wanted =
        |case: &vector::Case| args.filter.as_ref().is_none_or(|text| case.line.contains(text.as_str()));
    let report = run::run(&files, &deviations, wanted);
    for failure in report.failures.iter().take(args.failures) {
        println!("{failure}");
    }
    for explained in args.deviation.iter().filter_map(|id| report.deviations.get(id)).flatten() {
        println!("{explained}");
    }
    if args.verbose {
        print_details(&report, &deviations);
    }
    print!("{report}");
    match unknown.is_empty() {
        true => Ok(report.failed()),
        false => Err(format!(
            "no replayer for {}; there are {}",
            unknown.join(", "),
            replay::kinds().collect::<Vec<_>>().join(", ")
        )
        .into()),
    }
}

fn print_details(report: &Report, deviations: &[Deviation]) {
    for Deviation { id, reason, .. } in deviations {
        let count = report.deviations.get(id).map_or(0, Vec::len);
        println!("deviation {id}: {count} cases. {reason}");
    }
    for ((reason, detail), count) in &report.skips {
        println!("skipped {reason}: {count} cases. {detail}");
    }
    println!();
}
