//! What runs of one process need not make twice.

use std::sync::Arc;

use jiff::Timestamp;
use proofmark::Record;
use proofmark_artifacts::diagnostics::{CacheStateEvent, RuleChange};
use proofmark_artifacts::{Digest, Maybe, RawCache};

/// Bytes that a cache of syntax trees, and one of plan edits, may hold.
pub const MEMO_BYTES_MAX: u64 = 16 << 20;

/// Payloads of earlier runs in this process: syntax trees by statement, and what the planner did by plan.
///
/// A service that runs the same statements over and over hands one to all its [`RunOptions`](crate::RunOptions); a clone
/// shares what it holds. Nothing of a run's result is in it, and what it finds is what would have been made.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{Discard, Memo, Recorder, RunOptions};
/// # let runs = tempfile::tempdir()?;
///
/// let memo = Memo::default();
/// for _ in 0..2 {
///     let options = RunOptions { memo: memo.clone(), ..RunOptions::new(runs.path()) };
///     Recorder::new(options).run("select 1", &mut Discard, &mut Discard);
/// }
/// assert_eq!(memo.trees().hits, 1);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Memo(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    trees: RawCache<TreeKey>,
    edits: RawCache<EditsKey>,
}

/// What a syntax tree follows from.
#[derive(Record)]
pub(crate) struct TreeKey {
    pub(crate) dialect: String,
    pub(crate) sql: String,
}

/// What the edits of a planner follow from: where it began, where it came out, and by which rules.
#[derive(Record)]
pub(crate) struct EditsKey {
    pub(crate) logical: Digest,
    pub(crate) optimized: Digest,
    pub(crate) physical: Option<Digest>,
    pub(crate) changes: Vec<RuleChange>,
}

impl Default for Memo {
    fn default() -> Self {
        Self(Arc::new(Kept { trees: RawCache::new(MEMO_BYTES_MAX), edits: RawCache::new(MEMO_BYTES_MAX) }))
    }
}

impl Memo {
    /// How often a syntax tree was there.
    pub fn trees(&self) -> proofmark_artifacts::CacheFigures {
        self.0.trees.figures()
    }

    /// How often the edits of a planner were there.
    pub fn edits(&self) -> proofmark_artifacts::CacheFigures {
        self.0.edits.figures()
    }

    pub(crate) fn tree_cache(&self) -> &RawCache<TreeKey> {
        &self.0.trees
    }

    pub(crate) fn edits_cache(&self) -> &RawCache<EditsKey> {
        &self.0.edits
    }

    /// One event per cache.
    pub(crate) fn events(&self) -> [CacheStateEvent; 2] {
        [("plan_edits", self.edits()), ("syntax_trees", self.trees())].map(|(name, figures)| {
            CacheStateEvent {
                event_time: Maybe::Set(Timestamp::now()),
                cache: name.to_owned(),
                entries: figures.entries,
                bytes: Maybe::Set(figures.bytes),
                bytes_max: Maybe::Set(figures.bytes_max),
                hits: Maybe::Set(figures.hits),
                misses: Maybe::Set(figures.misses),
            }
        })
    }
}
