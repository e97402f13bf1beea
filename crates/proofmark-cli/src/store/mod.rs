//! Runs and cursors, wherever they are.

mod cursors;
#[cfg(not(feature = "object-store"))]
mod no_remote;
mod recording;
#[cfg(feature = "object-store")]
mod remote;

#[cfg(not(feature = "object-store"))]
use no_remote as remote;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use jiff::Timestamp;
use proofmark_artifacts::{Bundle, OutdatedRun, Retention, RunId, RunListing, RunStore, StoreErrorKind};
use proofmark_report::History;

use crate::failure::{Failure, Result};
use crate::place::Place;
use crate::reference::Opened;
use crate::render::quantity;
use crate::render::text::{escape, plural};
use crate::screen;

pub(crate) use cursors::Cursors;
pub(crate) use recording::Recording;
pub(crate) use remote::Remote;

/// The runs of a directory, or of a place in an object store.
///
/// A run of an object store is downloaded when it is looked into, and only then; it is removed at the end.
pub(crate) enum Store {
    Here(RunStore),
    There(Remote),
}

impl Store {
    pub(crate) fn open(place: &Place) -> Result<Self> {
        Ok(match place {
            Place::Directory(path) => Self::Here(RunStore::new(path)),
            Place::Url(url) => Self::There(Remote::open(url)?),
        })
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Here(store) => store.path().to_string_lossy().into_owned(),
            Self::There(remote) => remote.name(),
        }
    }

    /// The ids of all runs, the latest first.
    pub(crate) fn ids(&self) -> Result<Vec<RunId>> {
        match self {
            Self::Here(store) => Ok(store.ids()?),
            Self::There(remote) => remote.ids(),
        }
    }

    /// The runs with these ids, each with its index.
    pub(crate) fn listings(&self, ids: &[RunId]) -> Vec<RunListing> {
        let listing = |id: &RunId| {
            let index = match self {
                Self::Here(store) => store.bundle(id).map(|bundle| bundle.index().clone()),
                Self::There(remote) => remote.index(id),
            };
            RunListing { id: id.clone(), index }
        };
        ids.iter().map(listing).collect()
    }

    /// The bundle of the run that `name` means.
    pub(crate) fn bundle(&self, name: &str) -> Result<Opened> {
        match self {
            Self::Here(store) => Ok(store.bundle(&store.resolve(name)?)?.into()),
            Self::There(remote) => self.downloaded(remote, &remote.resolve(name)?),
        }
    }

    /// The bundle of the run that `name` means; `None` when it means none, or several.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Opened>> {
        let id = match self {
            Self::Here(store) => store.resolve(name),
            Self::There(remote) => remote.resolve(name),
        };
        match id {
            Ok(id) => self.bundle(id.as_str()).map(Some),
            Err(error) if matches!(error.kind(), StoreErrorKind::NotFound | StoreErrorKind::Ambiguous) => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn downloaded(&self, remote: &Remote, id: &RunId) -> Result<Opened> {
        let dir = temporary()?;
        let bundle = remote.fetch(id, &RunStore::new(dir.path()))?;
        let index = bundle.index();
        screen::note(&format!(
            "downloaded run {}, {}, {}, from {}",
            id.short(),
            plural(index.artifacts.len(), "artifact", "artifacts"),
            quantity::bytes(index.bytes()),
            escape(&self.name())
        ));
        Ok(Opened::elsewhere(bundle, dir, format!("{}/{id}", self.name())))
    }

    /// Earlier runs of the same pipeline.
    pub(crate) fn history(&self, bundle: &Bundle) -> Result<History> {
        match self {
            Self::Here(store) => Ok(History::before(store, bundle.index())?),
            Self::There(_) => {
                screen::note(
                    "earlier runs are not set beside it: `proofmark pull` brings them into a directory",
                );
                Ok(History::default())
            }
        }
    }

    /// The runs that a limit says should go.
    pub(crate) fn outdated(
        &self,
        retention: &Retention,
        pinned: &BTreeMap<RunId, String>,
    ) -> Result<Vec<OutdatedRun>> {
        let now = Timestamp::now();
        match self {
            Self::Here(store) => Ok(retention.outdated(store, pinned, now)?),
            Self::There(remote) => Ok(retention.outdated_of(remote.sizes()?, pinned, now)),
        }
    }

    /// Removes a run; `false` when it is not there any more.
    pub(crate) fn remove(&self, id: &RunId) -> Result<bool> {
        match self {
            Self::Here(store) => Ok(store.remove(id)?),
            Self::There(remote) => remote.remove(id),
        }
    }

    /// Puts the run in an archive into the store; its id, and where it is.
    pub(crate) fn unpack(&self, archive: impl Read + Seek) -> Result<(RunId, String)> {
        match self {
            Self::Here(store) => {
                let committed = store.unpack(archive)?;
                Ok((committed.index.run_id, committed.path.to_string_lossy().into_owned()))
            }
            Self::There(remote) => {
                let dir = temporary()?;
                let committed = RunStore::new(dir.path()).unpack(archive)?;
                remote.push(&Bundle::open(&committed.path)?)?;
                let id = committed.index.run_id;
                let name = format!("{}/{id}", self.name());
                Ok((id, name))
            }
        }
    }
}

fn temporary() -> Result<tempfile::TempDir> {
    tempfile::tempdir().map_err(|error| Failure::io("write", &std::env::temp_dir(), &error))
}
