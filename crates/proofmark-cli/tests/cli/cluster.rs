//! Runs on a cluster of real processes: the same record as at home, and what happens when processes die.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use proofmark_artifacts::{Manifest, Maybe, PlanArtifact, RunStatus, RunStore};

use crate::proofmark;

/// A cluster; it ends with this value.
struct Cluster {
    up: Child,
    url: String,
}

impl Cluster {
    fn start(dir: &Path) -> Self {
        let mut command = proofmark(dir, &["cluster", "up", "--executors", "2", "--port", "0"]);
        let mut up = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut url = String::new();
        let output = up.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut url).expect("it tells its address");
        assert!(url.starts_with("ballista://127.0.0.1:"), "{url:?}");
        Self { up, url: url.trim_end().to_owned() }
    }

    /// The processes of the executors.
    fn executors(&self) -> Vec<u32> {
        let id = self.up.id();
        let children =
            std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("it has children");
        let children = children.split_whitespace().map(|pid| pid.parse().expect("a number"));
        let is_executor = |pid: &u32| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0).any(|word| word == b"executor")
        };
        children.filter(is_executor).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.up.kill();
        let _ = self.up.wait();
    }
}

fn kill(pid: u32) {
    let status = Command::new("kill").args(["-9", &pid.to_string()]).status().expect("kill is there");
    assert!(status.success());
}

fn data(dir: &Path, rows: u32) {
    let sql =
        format!("SELECT value AS id, value % 7 AS k, value / 4.0 AS amount FROM generate_series(1, {rows})");
    let made = proofmark(dir, &["run", "-c", &sql, "-o", "facts.parquet", "--runs", "seeds"]).output();
    assert!(made.expect("the command can be started").status.success());
}

fn run(dir: &Path, sql: &str, engine: &str) -> Command {
    let args = ["run", "-c", sql, "-t", "facts=facts.parquet", "--format", "csv", "--engine", engine];
    let mut command = proofmark(dir, &args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn printed(mut command: Command) -> Vec<String> {
    let output = command.output().expect("the command can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut lines: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn a_run_on_a_cluster_leaves_the_record_of_a_run_at_home() {
    let dir = tempfile::tempdir().expect("a directory");
    let dir = dir.path();
    data(dir, 10_000);
    let cluster = Cluster::start(dir);
    let sqls = [
        "SELECT count(*) FROM facts",
        "SELECT k, sum(amount) AS total FROM facts WHERE id > 100 GROUP BY k ORDER BY k",
        "SELECT a.k, count(*) AS n FROM facts a JOIN facts b ON a.id = b.id + 1 GROUP BY a.k ORDER BY n DESC, a.k LIMIT 3",
        "SELECT id, sum(amount) OVER (PARTITION BY k ORDER BY id) AS running FROM facts ORDER BY id LIMIT 5",
        "SELECT k FROM facts WHERE amount > (SELECT avg(amount) FROM facts) GROUP BY k",
    ];
    let store = RunStore::new(dir.join("runs"));
    let fingerprint = || {
        let latest = store.resolve("latest").expect("a run");
        store.bundle(&latest).expect("a bundle").index().fingerprint.clone()
    };
    for sql in sqls {
        let at_home = printed(run(dir, sql, "local"));
        let at_home = (at_home, fingerprint());
        let away = printed(run(dir, sql, &cluster.url));
        assert_eq!((away, fingerprint()), at_home, "{sql}");
    }
    // The join, on the cluster.
    let bundle = store.bundle(&store.resolve("latest~4").expect("a run")).expect("a bundle");
    let stored = bundle.read("plan").expect("a plan");
    let plan: PlanArtifact = stored.decode().expect("a plan");
    // The figures of the stages stand at the operators of the recorded plan.
    let mut rows = Vec::new();
    leaves(plan.statements[0].physical.as_ref().into_option().expect("it ran"), &mut rows);
    assert!(matches!(rows[..], [Maybe::Set(1..), Maybe::Set(1..)]), "{rows:?}");
    assert!(plan.statements[0].stages.len() > 1);
}

fn leaves(node: &proofmark_artifacts::OperatorNode, out: &mut Vec<Maybe<u64>>) {
    if node.children.is_empty() {
        out.push(node.metrics.as_ref().into_option().map_or(Maybe::Unset, |metrics| metrics.rows_out));
    }
    node.children.iter().for_each(|child| leaves(child, out));
}

#[test]
fn a_run_survives_an_executor_and_tells_of_the_loss_of_all() {
    let dir = tempfile::tempdir().expect("a directory");
    let dir = dir.path();
    data(dir, 8_000);
    let cluster = Cluster::start(dir);
    // A join that compares 9 million pairs: long enough to lose a process on the way.
    let sql =
        "SELECT a.k, count(*) FROM facts a JOIN facts b ON a.k = b.k AND a.amount < b.amount GROUP BY a.k";
    let expected = printed(run(dir, sql, "local"));

    let mut child = run(dir, sql, &cluster.url).spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.try_wait().expect("it can be asked").is_none(), "the run was over too early");
    kill(cluster.executors()[0]);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    found.sort();
    assert_eq!(found, expected);

    let mut child = run(dir, sql, &cluster.url).spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.try_wait().expect("it can be asked").is_none(), "the run was over too early");
    cluster.executors().into_iter().for_each(kill);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(101), "{}", String::from_utf8_lossy(&output.stderr));
    let store = RunStore::new(dir.join("runs"));
    let bundle = store.bundle(&store.resolve("latest").expect("a run")).expect("a bundle");
    let stored = bundle.read("manifest").expect("a manifest");
    let manifest: Manifest = stored.decode().expect("a manifest");
    assert_eq!(manifest.status, RunStatus::Failed);
    let failure = manifest.failure.as_ref().into_option().expect("it says why");
    assert!(failure.message.contains("executor"), "{}", failure.message);
}

#[test]
fn a_cluster_that_is_not_there_is_told() {
    let dir = tempfile::tempdir().expect("a directory");
    data(dir.path(), 10);
    let output =
        run(dir.path(), "SELECT k FROM facts", "ballista://127.0.0.1:9").output().expect("it starts");
    assert_eq!(output.status.code(), Some(101));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("127.0.0.1:9"), "{told}");
    let output = proofmark(dir.path(), &["run", "-c", "SELECT 1", "--engine", "spark://x"])
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let dir = tempfile::tempdir().expect("a directory");
    let output = proofmark(dir.path(), &["cluster", "up", "--port", &port]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(101));
    assert!(String::from_utf8_lossy(&output.stderr).contains("in use"));
}
