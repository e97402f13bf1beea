//! What is compared: two runs, or two records.

use std::path::Path;

use proofmark_artifacts::Bundle;

use crate::document::Document;
use crate::failure::Result;
use crate::reference::{Opened, Reference, is_archive, unpacked};
use crate::store::Store;

/// One side of a comparison.
pub(super) enum Side {
    Run(Opened),
    Record(Document),
}

/// Both sides. Where one names an artifact and the other only a run, it is the same artifact of that run.
pub(super) fn sides(store: &Store, old: &str, new: &str) -> Result<(Side, Side)> {
    let (mut old, mut new) = (parse(old), parse(new));
    if let (Reference::Run { artifact: a, .. }, Reference::Run { artifact: b, .. }) = (&mut old, &mut new) {
        if a.is_none() {
            a.clone_from(b);
        } else if b.is_none() {
            b.clone_from(a);
        }
    }
    Ok((side(store, &old)?, side(store, &new)?))
}

/// A directory in the current one is meant rather than a run of that name: no run is named like a path.
fn parse(text: &str) -> Reference {
    if Path::new(text).is_dir() || is_archive(Path::new(text)) {
        Reference::File(text.into())
    } else {
        Reference::parse(text)
    }
}

fn side(store: &Store, reference: &Reference) -> Result<Side> {
    match reference {
        Reference::File(path) if is_archive(path) => Ok(Side::Run(unpacked(path)?)),
        Reference::File(path) if path.is_dir() => Ok(Side::Run(Bundle::open(path)?.into())),
        Reference::File(path) => Ok(Side::Record(Document::of_file(path, None, None)?)),
        Reference::Run { run, artifact } => {
            let bundle = store.bundle(run)?;
            Ok(match artifact {
                None => Side::Run(bundle),
                artifact => Side::Record(Document::of_run(&bundle, artifact.as_deref())?),
            })
        }
    }
}
