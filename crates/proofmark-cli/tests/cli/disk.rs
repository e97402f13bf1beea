//! Runs whose records meet other runs, a full disk, or a disk that takes nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use expect_test::{Expect, expect};
use proofmark_artifacts::{RunStatus, RunStore};

use crate::proofmark;

const RUNS: usize = 16;

/// `RUNS` processes at once in one store.
fn all_at_once(dir: &Path) -> Vec<Output> {
    let start = |n: usize| -> Child {
        let sql = format!("SELECT {n} AS n");
        let mut command = proofmark(dir, &["run", "--command", &sql, "--format", "csv"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command can be started")
    };
    let children: Vec<_> = (0..RUNS).map(start).collect();
    children.into_iter().map(|child| child.wait_with_output().expect("it was started")).collect()
}

#[test]
fn of_sixteen_runs_at_once_none_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    for (n, output) in all_at_once(dir.path()).into_iter().enumerate() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "run {n}: {told}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("n\n{n}\n"));
    }
    let store = RunStore::new(dir.path().join("runs"));
    let bundles: Vec<_> = store.ids().unwrap().iter().map(|id| store.bundle(id).unwrap()).collect();
    assert_eq!(bundles.len(), RUNS);
    for bundle in &bundles {
        assert_eq!(bundle.index().summary.status, RunStatus::Ok);
        assert!(bundle.verify().is_empty(), "{:?}", bundle.verify());
    }
    let titles: BTreeSet<_> = bundles.iter().map(|bundle| bundle.index().summary.title.clone()).collect();
    assert_eq!(titles, (0..RUNS).map(|n| format!("SELECT {n} AS n")).collect());
}

/// Mounts a small disk at `$1` that only this process sees, makes one run with `$2`, does `$3` to the disk, makes
/// another run, and looks at what there is.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=256k proofmark "$1" && cd "$1" || exit 77
"$2" run --command "SELECT 1 AS before" --format csv 2>/dev/null || exit 78
eval "$3"
"$2" run --command "SELECT 2 AS after" --format csv
echo "exit $?"
echo "$(ls runs | grep -c -v '^[.]') in the store"
"$2" verify >/dev/null 2>&1
echo "verify: exit $?"
"#;

/// What the script prints, ids and times left out; `None` where a disk of one's own cannot be had.
fn told(harm: &str) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", SCRIPT, "sh"]);
    command.arg(dir.path()).arg(env!("CARGO_BIN_EXE_proofmark")).arg(harm).stdin(Stdio::null());
    let Ok(output) = command.output() else {
        eprintln!("skipped: there is no `unshare`");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if output.status.code() != Some(0) && !text.contains("verify: exit") {
        eprintln!("skipped: no disk of one's own: {text}");
        return None;
    }
    let place = dir.path().to_string_lossy().into_owned();
    let is_kept = |line: &&str| !line.starts_with("run ");
    let shown = |line: &str| without_id(&line.replace(&place, "[DIR]"));
    let lines: Vec<_> = text.lines().filter(is_kept).map(shown).collect();
    Some(lines.join("\n") + "\n")
}

fn check(harm: &str, expected: Expect) {
    if let Some(told) = told(harm) {
        expected.assert_eq(&told);
    }
}

/// The directory of a bundle in the making is called after its run.
fn without_id(line: &str) -> String {
    let Some((before, rest)) = line.split_once(".tmp-") else { return line.to_owned() };
    let id_end = rest.find(['/', ':']).unwrap_or(rest.len());
    format!("{before}.tmp-RUN{}", &rest[id_end..])
}

#[test]
fn run_on_a_full_disk_gives_its_result_and_leaves_the_old_bundle() {
    check(
        "cat /dev/zero > filler 2>/dev/null",
        expect![[r#"
            before
            1
            after
            2
            exit 0
            1 in the store
            verify: exit 0
            warning: `plan` is not recorded: runs/.tmp-RUN/plan.json: cannot write the artifact: No space left on device (os error 28)
            warning: `plan_diff` is not recorded: runs/.tmp-RUN/plan_diff.json: cannot write the artifact: No space left on device (os error 28)
            warning: `profile` is not recorded: runs/.tmp-RUN/profile.json: cannot write the artifact: No space left on device (os error 28)
            warning: `ast` is not recorded: runs/.tmp-RUN/ast.msgpack: cannot write the artifact: No space left on device (os error 28)
            warning: `telemetry` is not recorded: runs/.tmp-RUN/telemetry.msgpack: cannot write the artifact: No space left on device (os error 28)
            warning: `diagnostics` is not recorded: runs/.tmp-RUN/diagnostics.msgpack: cannot write the artifact: No space left on device (os error 28)
            warning: `repro` is not recorded: runs/.tmp-RUN/repro.json: cannot write the artifact: No space left on device (os error 28)
            warning: `manifest` is not recorded: runs/.tmp-RUN/manifest.json: cannot write the artifact: No space left on device (os error 28)
            warning: this run is not recorded: runs/.tmp-RUN/bundle.json: cannot write the index: No space left on device (os error 28)
        "#]],
    );
}

/// The artifacts are written beside each other: which of them there is room for is not known.
#[test]
fn run_on_a_disk_that_fills_up_gives_its_result_and_leaves_the_old_bundle() {
    let harm = "cat /dev/zero > filler 2>/dev/null; truncate --size=-16K filler";
    let Some(told) = told(harm) else { return };
    let (result, warnings) = told.split_at(told.find("warning: ").expect("something has no room"));
    let store = ["1 in the store", "2 in the store"];
    let wanted = store.map(|store| format!("before\n1\nafter\n2\nexit 0\n{store}\nverify: exit 0\n"));
    assert!(wanted.iter().any(|wanted| result == wanted), "{told}");
    let is_lost = warnings.contains("warning: this run is not recorded: ");
    assert_eq!(result.contains("1 in the store"), is_lost, "{told}");
    for warning in warnings.lines() {
        assert!(warning.contains(" is not recorded: "), "{told}");
        assert!(warning.ends_with(": No space left on device (os error 28)"), "{told}");
    }
}

#[test]
fn run_on_a_read_only_disk_gives_its_result() {
    check(
        "mount -o remount,ro .",
        expect![[r#"
        before
        1
        after
        2
        exit 0
        1 in the store
        verify: exit 0
        warning: this run is not recorded: runs/.tmp-RUN: cannot make the directory: Read-only file system (os error 30)
    "#]],
    );
}
