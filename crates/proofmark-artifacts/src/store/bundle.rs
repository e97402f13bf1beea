//! What a run leaves on disk: one directory of artifacts and an index of them.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

use super::{RunId, path_part};
use crate::{Codec, Digest, RunStatus};

/// Name of the index file.
pub(crate) const INDEX_FILE: &str = "bundle.json";

/// Largest index that is read. The largest that can be written is smaller: names, reasons and their number are bounded.
pub const INDEX_BYTES_MAX: u64 = 8 << 20;

/// Most characters in the name of an artifact.
pub const NAME_CHARS_MAX: usize = 256;

/// Largest artifact that is written or read.
pub const ARTIFACT_BYTES_MAX: u64 = 256 << 20;

/// Most artifacts in one bundle.
pub const ARTIFACTS_MAX: usize = 256;

/// The index of a run bundle: enough to list the run, and to trust and find each artifact.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "bundle.v1")]
pub struct BundleIndex {
    /// Id of the run. Volatile: half of it is the clock, half of it is drawn at random.
    #[field(volatile = "random")]
    pub run_id: RunId,
    /// The run in short.
    pub summary: RunSummary,
    /// Digest of the artifacts' names, kinds and fingerprints: equal for two runs that did the same work.
    pub fingerprint: Digest,
    /// The artifacts, sorted by name.
    #[field(max_len = 256)]
    pub artifacts: Vec<BundleEntry>,
    /// Artifacts that could not be written, sorted by name.
    #[field(default)]
    pub missing: Vec<MissingArtifact>,
}

/// A run in short, for lists.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct RunSummary {
    /// How the run ended.
    pub status: RunStatus,
    /// When it started. Volatile: it is the clock.
    #[field(volatile = "time")]
    pub started_at: Timestamp,
    /// Wall time. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "not measured")]
    pub elapsed_ns: Maybe<u64>,
    /// What was run, in a few words: the pipeline's file name, or how the first statement begins. Volatile: the same
    /// pipeline may have another name.
    #[field(volatile = "path", default)]
    pub title: String,
    /// The engine and its version.
    #[field(default)]
    pub engine: String,
    /// The run whose work this one did again. Volatile: a replay is to have the content of what it repeats.
    #[field(volatile = "random", absent = "the run repeats no other")]
    pub replay_of: Maybe<RunId>,
}

/// One artifact of a bundle.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct BundleEntry {
    /// Its name, by which it is asked for.
    #[field(min_len = 1)]
    pub name: String,
    /// Its file, which follows from name and format.
    #[field(min_len = 1)]
    pub file: String,
    /// Name of its type: `manifest`.
    #[field(min_len = 1)]
    pub kind: String,
    /// Version of its form.
    #[field(ge = 1)]
    pub version: u32,
    /// Its format.
    pub codec: Codec,
    /// The size of its file. Volatile: it holds volatile fields.
    #[field(volatile = "measured")]
    pub bytes: u64,
    /// Digest of its file. Volatile: it covers volatile fields.
    #[field(volatile = "measured")]
    pub sha256: Digest,
    /// Digest of its content without volatile fields.
    pub fingerprint: Digest,
}

/// An artifact that could not be written.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct MissingArtifact {
    /// Its name.
    pub name: String,
    /// Why it is not there. Volatile: messages hold paths.
    #[field(volatile = "path")]
    pub reason: String,
}

impl RunSummary {
    /// A summary that tells no more than this.
    pub fn new(status: RunStatus, started_at: Timestamp) -> Self {
        Self {
            status,
            started_at,
            elapsed_ns: Maybe::Unset,
            title: String::new(),
            engine: String::new(),
            replay_of: Maybe::Unset,
        }
    }
}

impl BundleIndex {
    /// The entry of an artifact.
    pub fn entry(&self, name: &str) -> Option<&BundleEntry> {
        self.artifacts.iter().find(|entry| entry.name == name)
    }

    /// The size of all artifacts.
    pub fn bytes(&self) -> u64 {
        self.artifacts.iter().map(|entry| entry.bytes).fold(0, u64::saturating_add)
    }
}

/// The file of an artifact: any name gives a harmless one.
pub(crate) fn file_name(name: &str, codec: Codec) -> String {
    // The index has its name for itself.
    let part = if name == "bundle" { "%62undle".to_owned() } else { path_part(name) };
    format!("{part}.{}", codec.extension())
}

/// The fingerprint of a bundle: digest of one line per artifact, sorted by name.
pub(crate) fn bundle_fingerprint(sorted: &[BundleEntry]) -> Digest {
    let line = |e: &BundleEntry| format!("{:?} {}.v{} {}\n", e.name, e.kind, e.version, e.fingerprint);
    Digest::of(sorted.iter().map(line).collect::<String>().as_bytes())
}
