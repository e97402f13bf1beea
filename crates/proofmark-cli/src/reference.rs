//! What `show` is asked for: a run, an artifact of a run, or a file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::BufReader;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use proofmark_artifacts::{Bundle, RunStore};
use tempfile::TempDir;

use crate::failure::{Failure, Result};
use crate::render::text::escape;
use crate::store::Store;

/// Something that can be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// `RUN`, `RUN:ARTIFACT`, `:ARTIFACT`; the latest run where none is named.
    Run { run: String, artifact: Option<String> },
    /// A file outside any bundle.
    File(PathBuf),
}

impl Reference {
    /// Reads what the user typed: a path has a separator or ends in a format's name, neither of which a run does.
    pub(crate) fn parse(text: &str) -> Self {
        if is_path(text) {
            return Self::File(PathBuf::from(text));
        }
        let (run, artifact) = text.split_once(':').map_or((text, None), |(run, name)| (run, Some(name)));
        let run = if run.is_empty() { "latest" } else { run };
        Self::Run {
            run: run.to_owned(),
            artifact: artifact.filter(|name| !name.is_empty()).map(str::to_owned),
        }
    }
}

/// A bundle; one out of an archive or an object store lies in a directory that goes with it.
pub(crate) struct Opened {
    bundle: Bundle,
    _copy: Option<TempDir>,
    /// What it is called, where that is not its directory.
    name: Option<String>,
}

impl Opened {
    /// A bundle whose copy lies in a directory, and which is called otherwise.
    pub(crate) fn elsewhere(bundle: Bundle, copy: TempDir, name: String) -> Self {
        Self { bundle, _copy: Some(copy), name: Some(name) }
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.path().to_string_lossy().into_owned())
    }

    /// A message with the bundle's own name in the place of that of its copy.
    pub(crate) fn told(&self, message: &str) -> String {
        match &self.name {
            Some(name) => message.replace(&*self.path().to_string_lossy(), name),
            None => message.to_owned(),
        }
    }
}

impl Deref for Opened {
    type Target = Bundle;

    fn deref(&self) -> &Bundle {
        &self.bundle
    }
}

impl From<Bundle> for Opened {
    fn from(bundle: Bundle) -> Self {
        Self { bundle, _copy: None, name: None }
    }
}

/// The bundle of a run of a store, that in a directory, or that of an archive.
pub(crate) fn bundle(store: &Store, text: &str) -> Result<Opened> {
    let place = Path::new(text);
    match Reference::parse(text) {
        _ if is_archive(place) => unpacked(place),
        _ if place.is_dir() => Ok(Bundle::open(place)?.into()),
        Reference::Run { run, artifact: None } => store.bundle(&run),
        Reference::Run { .. } => {
            Err(Failure::usage(format!("`{}` is an artifact; a run is wanted", escape(text))))
        }
        Reference::File(path) => Ok(Bundle::open(&path)?.into()),
    }
}

/// Whether a path is called as archives are.
pub(crate) fn is_archive(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("zip"))
}

/// The bundle of an archive, for as long as it is looked at.
pub(crate) fn unpacked(archive: &Path) -> Result<Opened> {
    let file = File::open(archive).map_err(|error| Failure::io("read", archive, &error))?;
    let dir = tempfile::tempdir().map_err(|error| Failure::io("write", &std::env::temp_dir(), &error))?;
    let store = RunStore::new(dir.path());
    let committed = store.unpack(BufReader::new(file))?;
    Ok(Opened { bundle: Bundle::open(&committed.path)?, _copy: Some(dir), name: None })
}

fn is_path(text: &str) -> bool {
    // A data set's name may look like a path; after a colon it is a name.
    let before = text.split(':').next().unwrap_or(text);
    let is_file_name =
        [".json", ".msgpack"].iter().any(|ending| text.ends_with(ending)) && !text.starts_with(':');
    before == "-" || before.contains(['/', '\\']) || is_file_name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(run: &str, artifact: Option<&str>) -> Reference {
        Reference::Run { run: run.to_owned(), artifact: artifact.map(str::to_owned) }
    }

    #[test]
    fn runs_artifacts_and_files_are_told_apart() {
        assert_eq!(Reference::parse("latest~2"), run("latest~2", None));
        assert_eq!(Reference::parse(":plan"), run("latest", Some("plan")));
        assert_eq!(Reference::parse("k3f9:"), run("k3f9", None));
        assert_eq!(Reference::parse("k3f9:../../x"), run("k3f9", Some("../../x")));
        assert_eq!(Reference::parse("a.msgpack"), Reference::File("a.msgpack".into()));
        assert_eq!(Reference::parse("./a:b.json"), Reference::File("./a:b.json".into()));
        assert_eq!(Reference::parse("-"), Reference::File("-".into()));
    }
}
