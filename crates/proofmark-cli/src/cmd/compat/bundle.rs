//! A run as the time before: the locks of the release that wrote it, and what it left.

use std::fs;
use std::path::Path;

use proofmark_artifacts::{Bundle, Codec as Written, Envelope};
use proofmark_contract::Codec;
use proofmark_contract::compat::Baseline;
use proofmark_contract::lock;
use proofmark_contract::verdict::Stored;

use super::corpus;
use crate::args::Locks;
use crate::cmd::lock::contract;
use crate::failure::{Failure, Result};
use crate::reference::Opened;
use crate::render::text::escape;
use crate::store::Store;

/// The index of a bundle.
const INDEX: &str = "bundle.json";

/// The fewest characters of a run's id that are not taken for a revision of git.
const ID_LEN_MIN: usize = 4;

/// The run that `name` means: a directory that holds a bundle, `latest`, or the start of an id.
pub(super) fn find(name: &str, store: &Store) -> Result<Option<Opened>> {
    let dir = Path::new(name);
    if dir.join(INDEX).is_file() {
        return Ok(Some(Bundle::open(dir)?.into()));
    }
    if name.len() >= ID_LEN_MIN { store.find(name) } else { Ok(None) }
}

/// The locks of the release that wrote a bundle, those of the records in it, and the records.
pub(in crate::cmd) fn read(run: &Opened, locks: &Locks) -> Result<(Baseline, Vec<Stored>)> {
    let bundle: &Bundle = run;
    let mut stored = corpus::artifacts(bundle).map_err(|failure| failure.told_of(run))?;
    stored.extend(index(bundle)?);
    stored.iter_mut().for_each(|stored| stored.place = run.told(&stored.place));
    let mut kept = release_locks(bundle, locks)?;
    kept.retain(|lock| stored.iter().any(|stored| stored.record == lock.record));
    let name = bundle.index().run_id.to_string();
    Ok((Baseline { name, locks: kept, whole: false }, stored))
}

fn release_locks(bundle: &Bundle, locks: &Locks) -> Result<Vec<lock::Lock>> {
    let (run, writer) = (&bundle.index().run_id, bundle.writer());
    let unknown = || {
        Failure::incomplete(format!(
            "run `{run}` was written by `{}`, which is no release of proofmark",
            escape(writer)
        ))
    };
    let release = writer.strip_prefix("proofmark ").ok_or_else(unknown)?;
    let dir = locks.release(release).map_err(|_| unknown())?;
    let kept = lock::read_dir(&dir).map_err(contract)?;
    if kept.is_empty() {
        let message = format!(
            "run `{run}` was written by proofmark {release}, whose locks are not in `{}`",
            dir.display()
        );
        let help = format!("`proofmark lock --release {release}`, run by that release, keeps them there");
        return Err(Failure::incomplete(message).with_help(help));
    }
    Ok(kept)
}

/// The index is a record too, and so is the envelope around it.
fn index(bundle: &Bundle) -> Result<[Stored; 2]> {
    let path = bundle.path().join(INDEX);
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let envelope = Envelope::open(&bytes, Written::Json).map_err(contract)?;
    let stored = |record: &str, bytes: Vec<u8>| Stored {
        place: path.display().to_string(),
        record: record.to_owned(),
        codec: Codec::Json,
        bytes,
    };
    Ok([stored("bundle", envelope.record.as_bytes().to_vec()), stored("envelope", bytes.clone())])
}
