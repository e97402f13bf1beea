//! Records that runs left.

use std::path::Path;

use proofmark_artifacts::{Bundle, Codec as Written, RunStore, StoreError, Stored as Artifact};
use proofmark_contract::Codec;
use proofmark_contract::verdict::Stored;

use crate::failure::{Failure, Result};

/// The artifacts of the latest runs. Those that are damaged are not read by any release, and left out.
pub(super) fn read(dir: &Path, runs_max: usize) -> Result<Vec<Stored>> {
    let store = RunStore::new(dir);
    let mut records = Vec::new();
    let ids = store.ids()?;
    if ids.is_empty() {
        return Err(Failure::incomplete(format!("there are no runs in `{}`", dir.display())));
    }
    for id in ids.iter().take(runs_max) {
        let Ok(bundle) = store.bundle(id) else { continue };
        records.extend(verified(&bundle).filter_map(Result::ok));
    }
    Ok(records)
}

/// The artifacts of a bundle, all of which have to be whole.
pub(super) fn artifacts(bundle: &Bundle) -> Result<Vec<Stored>> {
    verified(bundle).map(|read| read.map_err(Failure::from)).collect()
}

fn verified(bundle: &Bundle) -> impl Iterator<Item = Result<Stored, StoreError>> + '_ {
    let entries = bundle.index().artifacts.iter();
    entries.map(|entry| bundle.read(&entry.name).map(|artifact| stored(bundle, artifact)))
}

fn stored(bundle: &Bundle, artifact: Artifact) -> Stored {
    let Artifact { entry, bytes } = artifact;
    Stored {
        place: bundle.path().join(&entry.file).display().to_string(),
        record: entry.kind,
        codec: match entry.codec {
            Written::Json => Codec::Json,
            Written::MessagePack => Codec::MessagePack,
        },
        bytes,
    }
}
