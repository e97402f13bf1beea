//! What `show` is asked for: a run, an artifact of a run, or a file.

use std::path::{Path, PathBuf};

use proofmark_artifacts::{Bundle, RunStore};

use crate::failure::{Failure, Result};
use crate::render::text::escape;

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

/// The bundle of a run of a store, or that in a directory.
pub(crate) fn bundle(store: &RunStore, text: &str) -> Result<Bundle> {
    let is_place = Path::new(text).is_dir();
    match Reference::parse(text) {
        _ if is_place => Ok(Bundle::open(Path::new(text))?),
        Reference::Run { run, artifact: None } => Ok(store.bundle(&store.resolve(&run)?)?),
        Reference::Run { .. } => {
            Err(Failure::usage(format!("`{}` is an artifact; a run is wanted", escape(text))))
        }
        Reference::File(path) => Ok(Bundle::open(&path)?),
    }
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
