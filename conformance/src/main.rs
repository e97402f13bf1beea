//! Replays recorded msgspec cases against proofmark.
//!
//! See `README.md` for what the cases are and how to read the output.

mod args;
mod deviation;
mod erased;
mod expression;
mod hex;
mod info;
mod replay;
mod report;
mod run;
mod table;
mod tagged;
mod tree;
mod types;
mod vector;
mod verdict;

use std::{env, error::Error, process::ExitCode};

use args::{Args, USAGE};
use deviation::Deviation;
use report::Report;
use vector::File;

const DEVIATIONS: &str = include_str!("../deviations.toml");

fn main() -> ExitCode {
    let args = match Args::parse(env::args().skip(1)) {
        Ok(args) => args,
        Err(fault) => {
            eprint!("conformance: {fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match replay(&args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::from(2)
        }
    }
}

/// Replays the directory, prints the report and returns the number of failures.
fn replay(args: &Args) -> Result<usize, Box<dyn Error>> {
    let mut files = File::read_all(&args.directory)?;
    if let Some(kind) = &args.file {
        files.retain(|file| file.kind == *kind);
    }
    if files.is_empty() {
        return Err(format!("no vector files in {}", args.directory.display()).into());
    }
    let deviations = deviation::read(DEVIATIONS)?;
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
    Ok(report.failed())
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
