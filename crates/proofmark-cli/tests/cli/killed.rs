//! Runs that are killed at a system call, and runs to which the kernel says no.
//!
//! Each call by which a run makes its bundle is the last one in turn, and those that the engine does not make too are
//! refused in turn. `strace` does both; where it is missing or may not watch, the tests say so and pass.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use proofmark_artifacts::{RunId, RunStore};

use crate::proofmark;

/// More calls of one name than a run makes.
const CALLS_MAX: usize = 200;

/// The calls by which a bundle comes to be.
const CALLS: [&str; 7] = ["mkdir", "flock", "openat", "write", "fsync", "renameat2", "close"];

/// Those of them that the engine does not make for itself, and what the kernel may say to them.
const REFUSED: [(&str, &str); 4] =
    [("mkdir", "EROFS"), ("flock", "ENOLCK"), ("fsync", "EIO"), ("renameat2", "EIO")];

/// A store with one run in it.
struct Place {
    dir: tempfile::TempDir,
    old: RunId,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let output = proofmark(dir.path(), &RUN).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let old = RunStore::new(dir.path().join("runs")).resolve("latest").unwrap();
        Self { dir, old }
    }

    /// A run under `strace`, which does `what` at the `nth` call named `call`; none where that cannot be had.
    fn run(&self, call: &str, what: &str, nth: usize) -> Option<Output> {
        let plain = proofmark(self.dir.path(), &RUN);
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
        command.args(["-e", &format!("inject={call}:{what}:when={nth}")]);
        command.arg(plain.get_program()).args(plain.get_args());
        // What cargo puts there makes the loader look for libraries in many places.
        command.current_dir(self.dir.path()).env_remove("LD_LIBRARY_PATH").stdin(Stdio::null());
        let output = command.output().ok()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (!told.contains("strace: ")).then_some(output)
    }

    /// The old run is whole, and every run that is there is; answers how many there are.
    #[track_caller]
    fn check(&self, told: &str) -> usize {
        let store = RunStore::new(self.dir.path().join("runs"));
        let ids = store.ids().unwrap_or_else(|error| panic!("{told}: {error}"));
        assert!(ids.contains(&self.old), "{told}");
        for id in &ids {
            let bundle = store.bundle(id).unwrap_or_else(|error| panic!("{told}: {error}"));
            assert!(bundle.verify().is_empty(), "{told}: {:?}", bundle.verify());
        }
        ids.len()
    }

    /// The next run is whole, and clears away what was left.
    #[track_caller]
    fn check_next(&self, told: &str) {
        let output = proofmark(self.dir.path(), &RUN).output().unwrap();
        assert!(output.status.success(), "{told}: {output:?}");
        let runs = self.check(told);
        let entries = self.dir.path().join("runs").read_dir().unwrap();
        assert_eq!(entries.count(), runs, "{told}: something is left");
    }
}

const RUN: [&str; 5] = ["run", "--command", "SELECT 1 AS one", "--format", "csv"];

/// Does `what` at each call in turn, until a run makes fewer calls than that; answers how many it makes.
///
/// Each turn has a store of its own: what a killed run leaves, the next one clears away, with calls of its own.
fn sweep(call: &str, what: &str, check: impl Fn(&Place, &Output, &str, usize)) -> Option<usize> {
    for nth in 1..CALLS_MAX {
        let place = Place::new();
        let output = place.run(call, what, nth)?;
        let told = format!("{call} {what} {nth}");
        let new = place.check(&told) - 1;
        if output.status.success() && output.stderr.starts_with(b"run ") && new == 1 {
            return Some(nth - 1);
        }
        check(&place, &output, &told, new);
        place.check_next(&told);
    }
    panic!("{call}: more than {CALLS_MAX} calls");
}

/// Whether the latest run lacks nothing.
fn is_whole(dir: &Path) -> bool {
    let store = RunStore::new(dir.join("runs"));
    let bundle = store.resolve("latest").and_then(|id| store.bundle(&id)).unwrap();
    bundle.index().missing.is_empty()
}

#[test]
fn a_run_killed_at_any_call_leaves_whole_bundles_and_no_others() {
    for call in CALLS {
        let calls = sweep(call, "signal=KILL", |_, output, told, new| {
            assert!(!output.status.success(), "{told}: {output:?}");
            assert!(new <= 1, "{told}");
        });
        let Some(calls) = calls else { return eprintln!("skipped: there is no `strace` that may watch") };
        assert!(calls > 0, "{call} is never called");
    }
}

#[test]
fn a_run_that_the_kernel_refuses_any_call_gives_its_result_and_tells_what_is_missing() {
    for (call, error) in REFUSED {
        let swept = sweep(call, &format!("error={error}"), |place, output, told, new| {
            let (result, said) = (&output.stdout, String::from_utf8_lossy(&output.stderr));
            assert!(!said.contains("panicked"), "{told}: {said}");
            assert!(output.status.success(), "{told}: {output:?}");
            assert_eq!(result, b"one\n1\n", "{told}");
            let is_told = said.contains("warning: ") || (new == 1 && is_whole(place.dir.path()));
            assert!(is_told, "{told}: {said}");
        });
        if swept.is_none() {
            return eprintln!("skipped: there is no `strace` that may watch");
        }
    }
}
