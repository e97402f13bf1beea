//! How long a large catalogue takes: locks are checked, gated, linted, and compared with older versions.
//!
//! ```sh
//! cargo run --release -p proofmark-contract --example many -- contracts 500 5
//! ```
//!
//! The records of a directory of locks are multiplied, and each older version differs from today's in one place.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use proofmark::{Maybe, Value};
use proofmark_contract::compat::{Baseline, Gate};
use proofmark_contract::lock::{self, Definition, FieldLock, Lock, Type};
use proofmark_contract::report::{GateReport, LintReport};

/// The day on which everything is looked at.
const TODAY: &str = "2026-11-23";

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dir, types, versions] = &args[..] else { return Err("usage: many DIR TYPES VERSIONS".into()) };
    let (kept, types) = (lock::read_dir(Path::new(dir))?, types.parse::<usize>()?);
    let now: Vec<Lock> = kept.iter().cycle().take(types).enumerate().map(renamed).collect();
    let kept = tempfile::tempdir()?;
    lock::update_dir(&now, kept.path())?;
    let stale = timed("lock --check", || lock::stale(&now, kept.path()))?;
    assert!(stale.is_empty(), "{stale:?}");
    timed("gate", || lock::read_dir(kept.path()).map(|locks| GateReport::of(&locks, TODAY)))?;
    timed("lint", || lock::read_dir(kept.path()).map(|locks| LintReport::of(&locks, TODAY)))?;
    let baselines: Vec<Baseline> = (1..=versions.parse::<usize>()?).map(|age| baseline(&now, age)).collect();
    let outcome = timed("compat", || Gate::default().compare(&now, &baselines));
    println!("{types} types: {} findings", outcome.judged().count());
    Ok(())
}

/// Runs `work` five times and prints the shortest time, and that of the processor in none of them.
fn timed<T>(name: &str, work: impl Fn() -> T) -> T {
    let mut least = Duration::MAX;
    for _ in 1..TIMES {
        let started = Instant::now();
        drop(work());
        least = least.min(started.elapsed());
    }
    println!("{name:<14}{:>8.3} s", least.as_secs_f64());
    work()
}

/// How often each is run.
const TIMES: usize = 4;

fn renamed((index, lock): (usize, &Lock)) -> Lock {
    Lock { record: format!("{}_{index}", lock.record), ..lock.clone() }
}

fn baseline(now: &[Lock], age: usize) -> Baseline {
    let locks = now.iter().enumerate().map(|(index, lock)| older(lock, index + age)).collect();
    Baseline { name: format!("{age} before"), locks, whole: true }
}

/// A lock with one place changed in one of its records; which, and how, goes by a number.
fn older(lock: &Lock, number: usize) -> Lock {
    let mut lock = lock.clone();
    let records = lock.types.values_mut().filter_map(|definition| match definition {
        Definition::Record(record) if !record.fields.is_empty() => Some(record),
        _ => None,
    });
    let mut records: Vec<_> = records.collect();
    let count = records.len();
    let Some(record) = records.get_mut(number % count.max(1)) else { return lock };
    let at = number % record.fields.len();
    match number % 4 {
        0 => drop(record.fields.remove(at)),
        1 => record.fields.push(FieldLock {
            name: "older".to_owned(),
            default: Maybe::Set(Value::from(1)),
            ..record.fields[at].clone()
        }),
        2 => record.fields[at].ty = Type::Maybe(Box::new(record.fields[at].ty.present().clone())),
        _ => record.fields[at].ty = Type::Int { min: 0, max: u128::from(u16::MAX) },
    }
    lock
}
