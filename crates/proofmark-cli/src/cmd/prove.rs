//! `proofmark prove`: the same work under changed circumstances, and what moved with them.

mod attempt;
mod elsewhere;

use std::ffi::OsString;

use anstyle::Style;
use proofmark::Maybe;
use proofmark_artifacts::proof::{Leak, Perturbation, ProofReport, prove};
use proofmark_artifacts::{Bundle, Codec, RunStore};

use crate::failure::{Failure, Result, Verdict};
use crate::place::Place;
use crate::render::paint;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{clip, escape};
use crate::screen::Screen;
use attempt::Attempt;

/// Widest value that is shown.
const VALUE_WIDTH_MAX: usize = 40;

/// Runs a pipeline again and again under changed circumstances, and names what should not depend on them
///
/// Nothing is changed; the number of threads; the size of batches; the time zone; the directory; the language. Every record
/// says which of its fields may differ between two runs of the same work; a field that moves and is none of them is a leak.
/// Ends with 100 when something leaks.
///
/// Hash seeds: each run is a process of its own, which draws anew what is drawn at random: the seeds of hash maps, the places
/// of memory, which thread is first. `again` changes nothing else. What moves with another change only is run under it once
/// more: what then moves by itself is chance or a race, and is named so. The seeds by which the engine itself hashes rows are
/// constants of it, the same in every run; nothing outside changes them.
///
/// Any command can be proved that leaves a bundle: it finds the directory in PROOFMARK_RUNS, threads and batch size in
/// DATAFUSION_EXECUTION_TARGET_PARTITIONS and DATAFUSION_EXECUTION_BATCH_SIZE.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark prove -- run pipeline.sql
  proofmark prove --runs runs -- cargo run --release --bin nightly")]
pub(crate) struct Args {
    /// Where the command leaves its bundles, and where they stay; else a directory that is removed at the end
    #[arg(long, value_name = "DIR", value_parser = Place::parser())]
    runs: Option<Place>,
    /// Print the report as a record
    #[arg(long)]
    json: bool,
    /// How often to run with nothing changed: an order that hangs on hash seeds is the same by chance now and then
    #[arg(long, value_name = "N", default_value_t = 1)]
    again: u8,
    /// `run` with its arguments, or any command
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let temporary = tempfile::tempdir()
            .map_err(|error| Failure::incomplete(format!("cannot make a directory: {error}")))?;
        let dir = self.runs.as_ref().map_or(Ok(temporary.path()), Place::directory)?;
        let dir = std::path::absolute(dir).map_err(|error| Failure::io("find", dir, &error))?;
        let store = RunStore::new(dir);
        let attempt = Attempt::new(&self.command, &store)?;
        let planned = perturbations(self.again);
        let mut runs: Vec<(Perturbation, Bundle)> = Vec::new();
        for (idx, perturbation) in planned.iter().enumerate() {
            let word = escape(&perturbation.to_string()).into_owned();
            screen.note(&format!("{}/{} {word}", idx + 1, planned.len()));
            runs.push((perturbation.clone(), attempt.run(perturbation)?));
        }
        for perturbation in prove(&runs).doubtful() {
            screen.note(&format!("once more: {}", escape(&perturbation.to_string())));
            let bundle = attempt.run(&perturbation)?;
            runs.push((perturbation, bundle));
        }
        let report = prove(&runs);
        if self.json {
            let json = Codec::Json.encode(&report).map_err(|error| Failure::incomplete(error.to_string()))?;
            screen.print_json(&json)?;
        } else {
            print(&report, screen)?;
        }
        Ok(if report.leaks.is_empty() { Verdict::Clean } else { Verdict::Findings })
    }
}

/// What is changed, one thing at a time.
fn perturbations(again: u8) -> Vec<Perturbation> {
    let mut all = vec![Perturbation::Baseline];
    all.extend(std::iter::repeat_n(Perturbation::Again, again.into()));
    all.extend([
        Perturbation::Threads { count: 1 },
        Perturbation::Threads { count: 7 },
        Perturbation::BatchSize { rows: 1_000 },
        Perturbation::TimeZone { zone: "Asia/Kolkata".to_owned() },
        Perturbation::Locale { name: "tr_TR.UTF-8".to_owned() },
    ]);
    // Elsewhere a directory cannot be made to look like another without copying all of it.
    if cfg!(unix) {
        all.push(Perturbation::Directory);
    }
    all
}

fn print(report: &ProofReport, screen: &mut Screen) -> Result<()> {
    let names: Vec<_> = report.runs.iter().map(|run| run.perturbation.to_string()).collect();
    screen.print(&format!("runs: {}\n", escape(&names.join(", "))))?;
    let mut table = Table::new(["FIELD", "", "", "MOVED BY", "ADVICE"]);
    report.leaks.iter().for_each(|leak| table.push(row(leak)));
    if !report.leaks.is_empty() {
        screen.print(&table.print("  ", screen.paint()))?;
    }
    let moved = report.runs.iter().filter(|run| !run.same_content).count();
    let (total, paint) = (report.runs.len(), screen.paint());
    let last = match moved {
        0 => paint.in_style(paint::GOOD, &format!("content is the same in all {total} runs")),
        _ => paint.bad(&format!("content differs in {moved} of {total} runs")),
    };
    screen.print(&format!("{last}\n"))
}

fn row(leak: &Leak) -> Vec<Line> {
    let moved_by: Vec<_> = leak.moved_by.iter().map(ToString::to_string).collect();
    let what = if leak.order { "order leaks" } else { "leaks" };
    let value = match (&leak.old, &leak.new) {
        (Maybe::Unset, Maybe::Unset) => String::new(),
        (old, new) => {
            let shown = |value: &Maybe<proofmark_artifacts::compare::ShownValue>| {
                value.as_ref().into_option().map_or("-".to_owned(), ToString::to_string)
            };
            format!("{} -> {}", shown(old), shown(new))
        }
    };
    let mut advice = Line::of(Style::new(), escape(&leak.advice));
    if leak.order {
        advice.push(paint::DIM, format!(", or declare volatile({})", escape(&leak.volatility)));
    }
    vec![
        Line::of(paint::KEY, escape(&format!("{} {}", leak.artifact, leak.path))),
        Line::of(paint::BAD, what),
        Line::of(paint::DIM, clip(&escape(&value), VALUE_WIDTH_MAX)),
        Line::of(Style::new(), escape(&moved_by.join(", "))),
        advice,
    ]
}
