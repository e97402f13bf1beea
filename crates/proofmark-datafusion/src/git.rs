//! The state of the checkout a run was started in, read from its files without running git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gix_hash::{Kind as HashKind, ObjectId};
use gix_index::entry::stat;
use gix_index::entry::{Flags, Mode, Stage, Stat};
use gix_object::{FindExt, Kind as ObjectKind};
use gix_ref::Target;
use proofmark_artifacts::{GitRecord, Maybe};

use crate::journal::maybe;

/// Tracked files beyond which the checkout is not compared with its commit.
const TRACKED_FILES_MAX: usize = 50_000;

/// Symbolic references followed before a cycle is assumed.
const SYMBOLIC_MAX: usize = 8;

/// The state of the checkout that holds `directory`; `None` when there is none, or it cannot be read.
///
/// # Examples
/// ```
/// let directory = tempfile::tempdir()?;
/// // A directory of the system's temporary place is in no checkout.
/// assert!(proofmark_datafusion::git_state(directory.path()).is_none());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn git_state(directory: &Path) -> Option<GitRecord> {
    let checkout = Checkout::find(directory)?;
    Some(GitRecord { dirty: maybe(checkout.is_dirty()), ..checkout.record() })
}

/// A checkout whose commit is known; whether its files differ from it takes longer to tell.
pub(crate) struct Checkout {
    repository: Repository,
    work_tree: Option<PathBuf>,
    branch: Option<String>,
    revision: Option<ObjectId>,
}

impl Checkout {
    /// The checkout that holds `directory`; `None` when there is none, or it cannot be read.
    ///
    /// Only facts are read: no setting of the repository is followed and no program in it is run, so that
    /// a foreign repository can do no harm.
    pub(crate) fn find(directory: &Path) -> Option<Self> {
        let (found, _trust) = gix_discover::upwards(directory).ok()?;
        let (git_dir, work_tree) = found.into_repository_and_work_tree_directories();
        let repository = Repository::open(git_dir);
        let (branch, revision) = repository.head()?;
        Some(Self { repository, work_tree, branch, revision })
    }

    /// Branch and commit, without a word on changed files.
    pub(crate) fn record(&self) -> GitRecord {
        GitRecord {
            revision: maybe(self.revision.map(|id| id.to_string())),
            branch: maybe(self.branch.clone()),
            dirty: Maybe::Unset,
        }
    }

    /// Whether a tracked file differs from the commit; `None` when that cannot be told.
    pub(crate) fn is_dirty(&self) -> Option<bool> {
        self.repository.is_dirty(self.work_tree.as_deref()?, self.revision.as_ref()?)
    }
}

struct Repository {
    git_dir: PathBuf,
    /// Where objects and shared references lie; another directory than `git_dir` in a linked work tree.
    common_dir: PathBuf,
}

impl Repository {
    fn open(git_dir: PathBuf) -> Self {
        let common_dir = match gix_discover::path::from_plain_file(&git_dir.join("commondir")) {
            Some(Ok(common)) => git_dir.join(common),
            _ => git_dir.clone(),
        };
        Self { git_dir, common_dir }
    }

    fn references(&self) -> gix_ref::file::Store {
        gix_ref::file::Store::for_linked_worktree(
            self.git_dir.clone(),
            self.common_dir.clone(),
            gix_ref::store::init::Options { object_hash: HashKind::Sha1, ..Default::default() },
        )
    }

    /// The branch and the commit checked out; a new repository has a branch and no commit.
    fn head(&self) -> Option<(Option<String>, Option<ObjectId>)> {
        let references = self.references();
        let mut branch = None;
        let mut target = references.find("HEAD").ok()?.target;
        for _ in 0..SYMBOLIC_MAX {
            match target {
                Target::Object(id) => return Some((branch, Some(id))),
                Target::Symbolic(name) => {
                    branch.get_or_insert(name.shorten().to_string());
                    match references.try_find(name.as_ref()).ok()? {
                        Some(reference) => target = reference.target,
                        None => return Some((branch, None)),
                    }
                }
            }
        }
        None
    }

    /// Whether a tracked file differs from the commit; `None` when that cannot be told.
    fn is_dirty(&self, work_tree: &Path, revision: &ObjectId) -> Option<bool> {
        let options = gix_index::decode::Options::default();
        let index = gix_index::File::at(self.git_dir.join("index"), HashKind::Sha1, true, options).ok()?;
        if index.entries().len() > TRACKED_FILES_MAX {
            return None;
        }
        if self.differs_from_commit(&index, revision)? {
            return Some(true);
        }
        let differs = |entry| differs_from_disk(&index, entry, work_tree);
        Some(index.entries().iter().any(differs))
    }

    /// Whether something is staged: the index lists other files than the commit's tree.
    fn differs_from_commit(&self, index: &gix_index::File, revision: &ObjectId) -> Option<bool> {
        let objects = gix_odb::at(self.common_dir.join("objects")).ok()?;
        let mut buffer = Vec::new();
        let tree = objects.find_commit(revision, &mut buffer).ok()?.tree();
        // Git keeps the tree that the index would make, as long as nothing was staged since it was made.
        if index.tree().is_some_and(|kept| kept.num_entries.is_some() && kept.id == tree) {
            return Some(false);
        }
        let committed = gix_index::State::from_tree(&tree, &objects, Default::default()).ok()?;
        Some(files_of(index) != files_of(&committed))
    }
}

/// Path, content and mode of each file that an index lists.
fn files_of(index: &gix_index::State) -> BTreeMap<&[u8], (ObjectId, Mode, Stage)> {
    let file = |entry: &gix_index::Entry| (entry.id, entry.mode, entry.stage());
    index.entries().iter().map(|entry| (entry.path(index).as_ref(), file(entry))).collect()
}

/// Whether a file on disk is another than the one staged: by its time and size, or else by its content.
fn differs_from_disk(index: &gix_index::File, entry: &gix_index::Entry, work_tree: &Path) -> bool {
    if entry.flags.intersects(Flags::SKIP_WORKTREE | Flags::ASSUME_VALID) || entry.mode.is_submodule() {
        return false;
    }
    let Ok(name) = std::str::from_utf8(entry.path(index)) else { return false };
    let path = work_tree.join(name);
    let Ok(metadata) = gix_index::fs::Metadata::from_path_no_follow(&path) else { return true };
    let Ok(found) = Stat::from_fs(&metadata) else { return true };
    let options = stat::Options::default();
    // A file written in the same instant as the index may have changed again without a trace in its times.
    if entry.stat.matches(&found, options) && !entry.stat.is_racy(index.timestamp(), options) {
        return false;
    }
    content_id(&path, &metadata) != Some(entry.id)
}

fn content_id(path: &Path, metadata: &gix_index::fs::Metadata) -> Option<ObjectId> {
    let content = if metadata.is_symlink() {
        std::fs::read_link(path).ok()?.into_os_string().into_encoded_bytes()
    } else {
        std::fs::read(path).ok()?
    };
    gix_object::compute_hash(HashKind::Sha1, ObjectKind::Blob, &content).ok()
}
