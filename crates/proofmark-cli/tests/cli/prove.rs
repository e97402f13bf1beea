//! `proofmark prove`.

use expect_test::expect;
use proofmark_artifacts::{Manifest, Maybe, RunStatus, RunStore, RunSummary};

use crate::fixture::{Fixture, sample};
use crate::{check_in, proofmark, transcript};

/// Set in a process of this test program that is to leave a run, to what its manifest is to hold.
const LEAVES: &str = "PROOFMARK_TEST_LEAVES";

/// Not a test of its own: what the command under proof does.
#[test]
fn worker() {
    let Ok(leaves) = std::env::var(LEAVES) else { return };
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let mut manifest: Manifest = sample::manifest();
    match leaves.as_str() {
        "nothing" => return,
        "zone" => manifest.notes = vec![variable("TZ")],
        "threads" => manifest.notes = vec![variable("DATAFUSION_EXECUTION_TARGET_PARTITIONS")],
        "directory" => {
            manifest.params.insert("cwd".to_owned(), std::env::current_dir().unwrap().display().to_string());
        }
        "chance" => {
            manifest.statements[0].sql =
                RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()).started_at.to_string()
        }
        // By chance the same twice, and then not: what a hash seed does.
        "seed" => {
            let made = RunStore::new(variable("PROOFMARK_RUNS")).ids().unwrap().len();
            manifest.datasets.rotate_left(usize::from(made == 6));
        }
        "order" if !variable("LC_ALL").is_empty() => manifest.datasets.reverse(),
        _ => manifest.elapsed_ns = Maybe::Unset,
    }
    let mut run = RunStore::new(variable("PROOFMARK_RUNS")).begin().unwrap();
    run.put(&manifest).unwrap();
    run.commit(RunSummary::new(RunStatus::Ok, sample::time(0))).unwrap();
}

/// What `prove` says of a command that leaves such a manifest; progress and values that never repeat are left out.
#[track_caller]
fn check(leaves: &str, expected: expect_test::Expect) {
    let fixture = Fixture::empty();
    let program = std::env::current_exe().unwrap();
    let program = program.to_str().unwrap();
    let mut command =
        proofmark(fixture.dir(), &["prove", "--", program, "--exact", "prove::worker", "--nocapture"]);
    command.env(LEAVES, leaves).env_remove("LC_ALL").env_remove("DATAFUSION_EXECUTION_TARGET_PARTITIONS");
    let told = transcript(fixture.dir(), command);
    let is_progress = |line: &str| {
        line.as_bytes().get(1..3) == Some(b"/8")
            || line.starts_with("once more: ")
            || line.starts_with("it said")
    };
    let lines: Vec<_> = told.lines().filter(|line| !is_progress(line)).collect();
    expected.assert_eq(&format!("{}\n", lines.join("\n")));
}

#[test]
fn work_that_depends_on_nothing_is_clean() {
    check(
        "always the same",
        expect![[r#"
        runs: baseline, again, threads=1, threads=7, batch_size=1000, TZ=Asia/Kolkata, LC_ALL=tr_TR.UTF-8, cwd moved
        content is the same in all 8 runs
        exit 0
    "#]],
    );
}

#[test]
fn what_depends_on_the_time_zone_is_named() {
    check(
        "zone",
        expect![[r#"
            runs: baseline, again, threads=1, threads=7, batch_size=1000, TZ=Asia/Kolkata, LC_ALL=tr_TR.UTF-8, cwd moved, TZ=Asia/Kolkata
              FIELD                                                MOVED BY         ADVICE
              manifest $.notes[*]  leaks  "UTC" -> "Asia/Kolkata"  TZ=Asia/Kolkata  declare volatile(host)
            content differs in 2 of 9 runs
            exit 100
        "#]],
    );
}

#[test]
fn what_depends_on_the_number_of_threads_is_named() {
    check(
        "threads",
        expect![[r#"
            runs: baseline, again, threads=1, threads=7, batch_size=1000, TZ=Asia/Kolkata, LC_ALL=tr_TR.UTF-8, cwd moved, threads=1, threads=7
              FIELD                                  MOVED BY              ADVICE
              manifest $.notes[*]  leaks  "" -> "1"  threads=1, threads=7  declare volatile(host) or pin target_partitions
            content differs in 4 of 10 runs
            exit 100
        "#]],
    );
}

#[test]
fn an_order_that_moves_is_named() {
    check(
        "order",
        expect![[r#"
            runs: baseline, again, threads=1, threads=7, batch_size=1000, TZ=Asia/Kolkata, LC_ALL=tr_TR.UTF-8, cwd moved, LC_ALL=tr_TR.UTF-8
              FIELD                               MOVED BY            ADVICE
              manifest $.datasets  order leaks    LC_ALL=tr_TR.UTF-8  sort the list before it is recorded, or declare volatile(host)
            content differs in 2 of 9 runs
            exit 100
        "#]],
    );
}

#[test]
fn what_moves_by_chance_is_not_taken_for_what_was_changed() {
    check(
        "seed",
        expect![[r#"
        runs: baseline, again, threads=1, threads=7, batch_size=1000, TZ=Asia/Kolkata, LC_ALL=tr_TR.UTF-8, cwd moved, LC_ALL=tr_TR.UTF-8
          FIELD                               MOVED BY                   ADVICE
          manifest $.datasets  order leaks    LC_ALL=tr_TR.UTF-8, again  sort the list before it is recorded, or declare volatile(race)
        content differs in 1 of 9 runs
        exit 100
    "#]],
    );
}

#[test]
fn nothing_is_changed_as_often_as_wanted() {
    let fixture = Fixture::empty();
    let program = std::env::current_exe().unwrap();
    let arguments =
        ["prove", "--again", "3", "--json", "--", program.to_str().unwrap(), "--exact", "prove::worker"];
    let mut command = proofmark(fixture.dir(), &arguments);
    fixture.write("proof.json", command.env(LEAVES, "always the same").output().unwrap().stdout);
    let told = transcript(
        fixture.dir(),
        proofmark(fixture.dir(), &["show", "proof.json", ".runs[].perturbation.kind", "-r"]),
    );
    assert_eq!(told.matches("again").count(), 3, "{told}");
}

#[test]
fn what_is_never_the_same_is_named() {
    let fixture = Fixture::empty();
    let program = std::env::current_exe().unwrap();
    let arguments = ["prove", "--json", "--", program.to_str().unwrap(), "--exact", "prove::worker"];
    let mut command = proofmark(fixture.dir(), &arguments);
    let output = command.env(LEAVES, "chance").output().unwrap();
    assert_eq!(output.status.code(), Some(100));
    fixture.write("proof.json", &output.stdout);
    check_in(
        fixture.dir(),
        &["show", "proof.json", ".leaks[].path", "-r"],
        expect![[r#"
        $.statements[*].sql
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["show", "proof.json", ".leaks[].volatility", "-r"],
        expect![[r#"
        random
        exit 0
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn what_depends_on_the_directory_is_named() {
    let fixture = Fixture::empty();
    let program = std::env::current_exe().unwrap();
    let arguments = ["prove", "--json", "--", program.to_str().unwrap(), "--exact", "prove::worker"];
    let mut command = proofmark(fixture.dir(), &arguments);
    let output = command.env(LEAVES, "directory").output().unwrap();
    fixture.write("proof.json", &output.stdout);
    check_in(
        fixture.dir(),
        &["show", "proof.json", ".leaks[].path", "-r"],
        expect![[r#"
        $.params.cwd
        exit 0
    "#]],
    );
    check_in(
        fixture.dir(),
        &["show", "proof.json", ".leaks[].volatility", "-r"],
        expect![[r#"
            path
            exit 0
        "#]],
    );
}

#[test]
fn a_command_that_leaves_no_bundle_is_told() {
    let fixture = Fixture::empty();
    check_in(
        fixture.dir(),
        &["prove", "--", "no-such-program"],
        expect![[r#"
        1/8 baseline
        error: cannot start `no-such-program`: No such file or directory (os error 2)
        exit 101
    "#]],
    );
    check_in(
        fixture.dir(),
        &["prove", "--", "run", "x.sql", "--runs", "y"],
        expect![[r#"
        error: `run` is told by `prove` where to leave its bundles
          help: say it before the `--`: `proofmark prove --runs DIR -- run ...`
        exit 2
    "#]],
    );
    check_in(
        fixture.dir(),
        &["prove"],
        expect![[r#"
        error: the following required arguments were not provided:
          <COMMAND>...

        Usage: proofmark prove -- <COMMAND>...

        For more information, try '--help'.
        exit 2
    "#]],
    );
}
