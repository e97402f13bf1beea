//! Throughput of proofmark against its peers: interleaved in one process, checked before it is timed, printed as
//! ratios with their spread. `bench/README.md` says how to read the tables.

// A program has no outside: `pub` here means "beyond this file".
#![allow(unreachable_pub)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

mod allocator;
mod args;
mod measure;
mod ours;
mod outcome;
mod python;
mod report;
mod statistics;
mod stored;

use args::Args;
use bench_peers::data::Scale;
use bench_peers::row::{Role, Row};
use measure::Plan;
use outcome::Outcome;

/// How a run is sized.
struct Effort {
    scale: Scale,
    plan: Plan,
    /// Wall time for all rows together; rounds beyond the fewest are given up to keep it.
    total: Duration,
}

const QUICK: Effort = Effort {
    scale: Scale::Quick,
    plan: Plan { rounds_min: 3, rounds_max: 21, sample: Duration::from_millis(3) },
    total: Duration::from_secs(40),
};

const FULL: Effort = Effort {
    scale: Scale::Full,
    plan: Plan { rounds_min: 11, rounds_max: 25, sample: Duration::from_millis(6) },
    total: Duration::from_secs(600),
};

fn main() -> ExitCode {
    allocator::restart_without_trimming();
    match Args::parse(std::env::args().skip(1)) {
        Ok(args) => run(&args),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> ExitCode {
    let effort = if args.quick { &QUICK } else { &FULL };
    let result = match &args.python {
        Some(interpreter) => python::run(interpreter, effort.scale),
        None => compare(args, effort),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn compare(args: &Args, effort: &Effort) -> Result<(), String> {
    let rows = bench_peers::rows::all().into_iter().chain(stored::rows());
    let rows: Vec<Row> = rows.filter_map(|row| with_subject(row, args)).collect();
    if let Some(iterations) = args.repeat {
        return repeat(&rows, effort.scale, iterations);
    }
    println!("{}", build());
    let outcomes = measure_all(&rows, effort)?;
    finish(args, &outcomes)
}

fn repeat(rows: &[Row], scale: Scale, iterations: u32) -> Result<(), String> {
    for row in rows {
        for mut contender in row.prepare(scale)?.contenders {
            let time = (contender.run)(iterations);
            println!("{} {}: {iterations} times, {time:?}", row.name(), contender.name);
        }
    }
    Ok(())
}

/// The row as it is measured: proofmark first, then the peers that were asked for.
fn with_subject(mut row: Row, args: &Args) -> Option<Row> {
    if !args.wants_row(&row.name()) {
        return None;
    }
    row.entrants.splice(0..0, ours::subject(row.group, row.shape));
    row.entrants.retain(|entrant| args.wants_codec(&entrant.name, entrant.role == Role::Subject));
    Some(row)
}

/// What the figures depend on, besides the machine.
fn build() -> String {
    let features = if cfg!(target_feature = "avx2") { "with AVX2" } else { "default target features" };
    let level = if cfg!(debug_assertions) { "NOT OPTIMISED, the figures mean nothing" } else { "optimised" };
    format!(
        "{} {features}, {level}; MB/s and ns from the best round, ratios from the median",
        std::env::consts::ARCH
    )
}

/// Every row gets an even share of the time that is left when its turn comes.
fn measure_all(rows: &[Row], effort: &Effort) -> Result<Vec<Outcome>, String> {
    let end = Instant::now() + effort.total;
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (idx, row) in rows.iter().enumerate() {
        if outcomes.last().is_none_or(|last| last.group != row.group) {
            println!("{}", report::group_head(row.group));
        }
        let share = end.saturating_duration_since(Instant::now()) / (rows.len() - idx) as u32;
        let outcome = measure_one(row, effort, Instant::now() + share)?;
        println!("{}", report::row(&outcome));
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

fn measure_one(row: &Row, effort: &Effort, deadline: Instant) -> Result<Outcome, String> {
    let mut contest = row.prepare(effort.scale).map_err(|error| format!("{}: {error}", row.name()))?;
    let samples = measure::interleave(&mut contest.contenders, &effort.plan, deadline);
    Ok(Outcome::of(row, &contest, &samples))
}

fn finish(args: &Args, outcomes: &[Outcome]) -> Result<(), String> {
    if let Some(path) = &args.csv {
        std::fs::write(path, report::csv(outcomes))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut groups: Vec<&str> = outcomes.iter().map(|outcome| outcome.group).collect();
    groups.dedup();
    println!("{}", report::summary(&groups, outcomes));
    Ok(())
}
