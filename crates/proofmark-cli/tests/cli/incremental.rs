//! Incremental runs that are killed wherever they happen to be: every change lands once.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::proofmark;

/// How many runs are killed.
const KILLS: u32 = 200;

/// Rows that each commit of the source adds.
const ROWS: u32 = 3;

/// A new commit comes before every run of this many.
const RUNS_PER_COMMIT: u32 = 4;

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn add(dir: &Path, first: u32) {
    let sql = format!("SELECT value AS id FROM generate_series({first}, {})", first + ROWS - 1);
    let status =
        quiet(proofmark(dir, &["run", "-c", &sql, "--runs", "seeds", "-o", "delta:orders"])).status();
    assert!(status.expect("the command can be started").success());
}

fn nightly(dir: &Path) -> Command {
    let args = ["run", "nightly.sql", "-t", "orders=orders", "--incremental", "-o", "delta:out"];
    quiet(proofmark(dir, &args))
}

/// How often each id is in the table that the runs wrote to.
fn landed(dir: &Path) -> BTreeMap<u32, u32> {
    let sql = "SELECT id, count(*) FROM out GROUP BY id";
    let args = ["run", "-c", sql, "-t", "out=out", "--format", "csv", "--runs", "seeds"];
    let output = proofmark(dir, &args).output().expect("the command can be started");
    let text = String::from_utf8(output.stdout).expect("output is UTF-8");
    let number = |text: &str| text.parse().expect("a number");
    let row = |line: &str| line.split_once(',').map(|(id, count)| (number(id), number(count)));
    text.lines().skip(1).filter_map(row).collect()
}

/// A generator of numbers that need only be different: xorshift64*.
fn next(state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    state.wrapping_mul(0x2545_f491_4f6c_dd1d)
}

#[test]
fn runs_that_are_killed_anywhere_neither_skip_nor_repeat_a_change() {
    let dir = tempfile::tempdir().expect("a directory");
    let dir = dir.path();
    std::fs::write(dir.join("nightly.sql"), "SELECT id FROM orders_changes")
        .expect("the file can be written");
    add(dir, 0);
    let begin = Instant::now();
    assert!(nightly(dir).status().expect("the command can be started").success());
    let whole = begin.elapsed();
    let (mut commits, mut survivors, mut state) = (1, 0, 0x9e37_79b9_7f4a_7c15);
    for kill in 0..KILLS {
        if kill % RUNS_PER_COMMIT == 0 {
            add(dir, commits * ROWS);
            commits += 1;
        }
        let mut child = nightly(dir).spawn().expect("the command can be started");
        let share = (next(&mut state) >> 11) as f64 / (1_u64 << 53) as f64;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        survivors += u32::from(child.try_wait().expect("the child can be asked").is_some());
        child.kill().expect("the child can be killed");
        child.wait().expect("the child ends");
    }
    assert!(nightly(dir).status().expect("the command can be started").success());
    let expected = (0..commits * ROWS).map(|id| (id, 1)).collect();
    assert_eq!(landed(dir), expected);
    assert!(survivors < KILLS / 2, "{survivors} of {KILLS} runs had ended before they were killed");
}
