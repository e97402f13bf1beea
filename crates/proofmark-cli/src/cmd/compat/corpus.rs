//! Records that runs left.

use std::path::Path;

use proofmark_artifacts::{Codec as Written, RunStore};
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
        for entry in &bundle.index().artifacts {
            let Ok(stored) = bundle.read(&entry.name) else { continue };
            let codec = match entry.codec {
                Written::Json => Codec::Json,
                Written::MessagePack => Codec::MessagePack,
            };
            records.push(Stored { record: entry.kind.clone(), codec, bytes: stored.bytes });
        }
    }
    Ok(records)
}
