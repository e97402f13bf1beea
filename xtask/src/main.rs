//! Developer tasks, run as `cargo xtask <task>`.
//!
//! This crate has no dependencies, so that the small tasks start at once; a task that needs some is a crate of its own.

mod commands;
mod cost;
mod overhead;
mod picture;
mod soundness;
mod tidy;
mod tpch;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <task> [options]

Tasks:
  commands  run the commands that the documents show
  cost      measure what a record costs to compile, in time and in code, ours against serde's
  overhead  measure what recording a run costs: TPC-H at scale 1, with and without, in pairs ([ROUNDS [QUERY...]])
  picture   draw what a command prints
  soundness run the codec under sanitizers and fuzzers (soundness --help tells more)
  tidy      check the edges between crates and modules, and the shape of files
  tpch      write the eight tables of TPC-H as Parquet (tpch --help tells more)";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let task = arguments.next().unwrap_or_default();
    match task.to_string_lossy().as_ref() {
        "commands" => commands::run(),
        "cost" => cost::run(),
        "overhead" => overhead::run(arguments),
        "picture" => picture::run(arguments),
        "soundness" => soundness::run(arguments),
        "tidy" => tidy::run(),
        "tpch" => tpch::run(arguments),
        "-h" | "--help" | "help" => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        "" => refuse("a task is missing"),
        unknown => refuse(&format!("there is no task `{unknown}`")),
    }
}

fn refuse(reason: &str) -> ExitCode {
    eprintln!("error: {reason}\n\n{USAGE}");
    ExitCode::from(2)
}
