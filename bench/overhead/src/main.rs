//! What recording costs: each query of TPC-H, run with and without, in pairs of processes.
//!
//! Both arms read the same files with the same settings and throw the rows away; one is the engine alone, the other
//! the recorder with its bundle on disk. Each run is a process of its own, so that its memory is its own, and the two
//! take turns at going first. At last all of them are one run, as a pipeline is: what a run costs once, it costs once.

mod arm;
mod figures;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::arm::Arm;
use crate::figures::{Pair, Query, table};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
Usage: overhead DATA [ROUNDS [QUERY...]]

  DATA    the directory that `cargo xtask tpch --out DATA` filled
  ROUNDS  pairs of runs per query [default: 5]; four times as many of all queries as one run
  QUERY   names such as q01 [default: all 22]";

/// Pairs of all queries as one run, for each pair of a single query: pairs of seconds differ more than what is measured.
const WHOLE_ROUNDS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        [] | ["-h" | "--help"] => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
        ["--arm", arm, data, query] => arm::run(arm, Path::new(data), query),
        [data, ref rest @ ..] => compare(Path::new(data), rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every query `rounds` times in both ways, and prints what the difference is.
fn compare(data: &Path, rest: &[&str]) -> Result<()> {
    let rounds: usize = rest.first().map_or(Ok(5), |text| text.parse())?;
    let names = match rest.get(1..).unwrap_or_default() {
        [] => (1..=22).map(|n| format!("q{n:02}")).collect(),
        chosen => chosen.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(),
    };
    let queries = names.iter().map(|name| query(data, name, name, rounds)).collect::<Result<Vec<_>>>()?;
    let whole = query(data, "1 run", &names.join(","), rounds * WHOLE_ROUNDS)?;
    print!("{}", table(&queries, &whole));
    Ok(())
}

/// Pairs of runs of `sql`: a query, or several one after the other.
fn query(data: &Path, name: &str, sql: &str, rounds: usize) -> Result<Query> {
    eprintln!("{name}");
    // The first pair warms the caches of the file system and is not counted.
    pair(data, sql, false)?;
    let pairs = (0..rounds).map(|round| pair(data, sql, round % 2 == 1));
    Ok(Query { name: name.to_owned(), pairs: pairs.collect::<Result<_>>()? })
}

fn pair(data: &Path, query: &str, recorded_first: bool) -> Result<Pair> {
    let run = |arm: Arm| child(arm, data, query);
    if recorded_first {
        let recorded = run(Arm::Recorded)?;
        return Ok(Pair { plain: run(Arm::Plain)?, recorded });
    }
    let plain = run(Arm::Plain)?;
    Ok(Pair { plain, recorded: run(Arm::Recorded)? })
}

/// One run in a process of its own, which prints its figures.
fn child(arm: Arm, data: &Path, query: &str) -> Result<figures::Run> {
    let program: PathBuf = std::env::current_exe()?;
    let output = Command::new(program).arg("--arm").arg(arm.as_str()).arg(data).arg(query).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{query}, {}: {}", arm.as_str(), told.trim()).into());
    }
    figures::Run::parse(&text).ok_or_else(|| format!("{query}: no figures in {text:?}").into())
}
