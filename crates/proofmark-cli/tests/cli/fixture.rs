//! A store with three runs whose ids, times and digests never change.

use std::fs;
use std::path::{Path, PathBuf};

use proofmark_artifacts::{
    Bundle, BundleIndex, CdfCursor, Codec, Digest, Envelope, Maybe, RunId, RunStatus, RunStore, RunSummary,
    RunWriter,
};

// One set of samples for the records' own tests and for those of the command.
#[path = "../../../proofmark-artifacts/tests/sample/mod.rs"]
#[allow(unreachable_pub)]
pub(crate) mod sample;

/// A directory with a store `runs` in it.
pub(crate) struct Fixture(tempfile::TempDir);

/// Ids of the runs, the latest first. The first two share their first letters.
pub(crate) const IDS: [&str; 3] =
    ["20261122-134501123-k3f9q2xd", "20261121-060000000-k3f9zzzz", "20261120-060000000-a7b2c9de"];

impl Fixture {
    /// A directory without runs.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary directory"))
    }

    pub(crate) fn new() -> Self {
        let fixture = Self::empty();
        fixture
            .run(IDS[2], "datafusion 54.0.0", RunStatus::Ok, |run| run.put(&sample::cdf_cursor()).unwrap());
        fixture.run(IDS[1], "datafusion 55.2.0", RunStatus::Ok, |run| {
            run.put(&sample::profile()).unwrap();
            run.put_as("../../x", &CdfCursor::new("../../x", 7)).unwrap();
        });
        fixture.run(IDS[0], "datafusion 55.2.0", RunStatus::Failed, |run| {
            run.put(&sample::manifest()).unwrap();
            run.put(&sample::plan()).unwrap();
            run.put(&sample::ast()).unwrap();
            run.put(&sample::telemetry()).unwrap();
            run.put(&sample::diagnostics()).unwrap();
            run.missing("profile", "cannot write the artifact: no space left on device");
        });
        fixture
    }

    /// The directory in which commands run.
    pub(crate) fn dir(&self) -> &Path {
        self.0.path()
    }

    /// A file of a run.
    pub(crate) fn file(&self, id: &str, name: &str) -> PathBuf {
        self.dir().join("runs").join(id).join(name)
    }

    /// Puts other bytes in the place of an artifact, as if the run had left them.
    pub(crate) fn replace(&self, id: &str, name: &str, content: &[u8]) {
        let dir = self.dir().join("runs").join(id);
        let mut index = Bundle::open(&dir).unwrap().index().clone();
        let entry = index.artifacts.iter_mut().find(|entry| entry.name == name).unwrap();
        entry.bytes = content.len() as u64;
        entry.sha256 = Digest::of(content);
        fs::write(dir.join(&entry.file), content).unwrap();
        fs::write(dir.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
    }

    /// Makes a run one that repeats another.
    pub(crate) fn mark_replay(&self, id: &str, of: &str) {
        let dir = self.dir().join("runs").join(id);
        let mut index = Bundle::open(&dir).unwrap().index().clone();
        index.summary.replay_of = Maybe::Set(RunId::parse(of).unwrap());
        fs::write(dir.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
    }

    /// Writes a file beside the store.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Makes a run, and gives it the id and the start that it always has.
    pub(crate) fn run(&self, id: &str, engine: &str, status: RunStatus, fill: impl FnOnce(&mut RunWriter)) {
        let mut run = RunStore::new(self.dir().join("runs")).begin().unwrap();
        fill(&mut run);
        let summary = RunSummary {
            elapsed_ns: Maybe::Set(412_000_000),
            title: "pipeline.sql".to_owned(),
            engine: engine.to_owned(),
            ..RunSummary::new(status, started_at(id))
        };
        let committed = run.commit(summary).unwrap();
        let index = BundleIndex { run_id: RunId::parse(id).unwrap(), ..committed.index };
        fs::write(committed.path.join("bundle.json"), Envelope::seal(&index).unwrap()).unwrap();
        fs::rename(&committed.path, self.dir().join("runs").join(id)).unwrap();
    }
}

/// The instant in an id.
fn started_at(id: &str) -> jiff::Timestamp {
    let text = format!("{} +0000", &id[..15]);
    let at = jiff::fmt::strtime::parse("%Y%m%d-%H%M%S %z", text).unwrap();
    at.to_timestamp().unwrap()
}

/// A record in a format.
pub(crate) fn manifest(codec: Codec) -> Vec<u8> {
    codec.encode(&sample::manifest()).unwrap()
}
