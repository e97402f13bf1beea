//! Where a run is recorded while it runs, and where its record goes then.

use std::env;
use std::path::{Path, PathBuf};

use proofmark_artifacts::{Bundle, RunStore, path_part};

use super::Remote;
use crate::failure::Result;
use crate::place::Place;
use crate::render::text::escape;
use crate::screen::Screen;

/// The directory in which a run is recorded: the runs themselves, or for those of an object store one on this machine, from
/// which the record is sent when the run is over. A record that cannot be sent stays there.
pub(crate) struct Recording {
    local: RunStore,
    remote: Option<Remote>,
}

impl Recording {
    /// Nothing is asked of an object store yet: a run need not wait for it, nor fail with it.
    pub(crate) fn begin(runs: &Place) -> Result<Self> {
        Ok(match runs {
            Place::Directory(path) => Self { local: RunStore::new(path), remote: None },
            Place::Url(url) => {
                let remote = Remote::open(url)?;
                Self { local: RunStore::new(outbox(&remote.name())), remote: Some(remote) }
            }
        })
    }

    /// The directory.
    pub(crate) fn local(&self) -> &RunStore {
        &self.local
    }

    /// Sends a recorded run to where it belongs; what messages call the place where it is then.
    ///
    /// The run itself is over, and ends as it ended: what cannot be sent is kept here, with a warning.
    pub(crate) fn finish(&self, bundle: &Path, screen: &Screen) -> String {
        let here = bundle.to_string_lossy().into_owned();
        let Some(remote) = &self.remote else { return here };
        match self.send(bundle, remote) {
            Ok(there) => there,
            Err(failure) => {
                let (run, dir) =
                    (bundle.file_name().unwrap_or_default().to_string_lossy(), self.local.path());
                let again = format!(
                    "proofmark push {} {run} --runs {}",
                    escape(&remote.name()),
                    escape(&dir.to_string_lossy())
                );
                let warning = screen.error_paint().bad("warning");
                screen.note(&format!("{warning}: the run was not pushed: {failure}"));
                screen.note(&format!("  it is kept on this machine; try again: {again}"));
                here
            }
        }
    }

    fn send(&self, bundle: &Path, remote: &Remote) -> Result<String> {
        let bundle = Bundle::open(bundle)?;
        remote.push(&bundle)?;
        let id = &bundle.index().run_id;
        // It is where it belongs: that a copy of it stays here as well is no failure.
        let _ = self.local.remove(id);
        Ok(format!("{}/{id}", remote.name()))
    }
}

/// A directory that outlives a crash and a restart, and is the same for all runs that go to one place.
fn outbox(url: &str) -> PathBuf {
    let dir = |name: &str| env::var_os(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
    let state = dir("XDG_STATE_HOME").or_else(|| Some(dir("HOME")?.join(".local/state")));
    state.unwrap_or_else(env::temp_dir).join("proofmark").join("outbox").join(path_part(url))
}

#[cfg(test)]
mod tests {
    use proofmark_artifacts::{CdfCursor, RunStatus, RunSummary};

    use super::*;
    use crate::screen::Color;

    fn recorded(store: &RunStore) -> PathBuf {
        let mut run = store.begin().unwrap();
        run.put(&CdfCursor::new("orders", 7)).unwrap();
        run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH)).unwrap().path
    }

    #[test]
    fn a_run_of_a_directory_stays_where_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let recording = Recording::begin(&Place::Directory(dir.path().join("runs"))).unwrap();
        assert_eq!(recording.local().path(), dir.path().join("runs"));
        let bundle = recorded(recording.local());
        assert_eq!(recording.finish(&bundle, &Screen::new(Color::Never)), bundle.to_string_lossy());
        assert!(bundle.is_dir());
    }

    #[cfg(feature = "object-store")]
    #[test]
    fn a_run_of_an_object_store_goes_there_or_stays_here() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("file://{}/there/runs", dir.path().display());
        let remote = Remote::open(&url).unwrap();
        let recording = Recording { local: RunStore::new(dir.path().join("here")), remote: Some(remote) };
        let (first, screen) = (recorded(recording.local()), Screen::new(Color::Never));
        let id = first.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(recording.finish(&first, &screen), format!("{url}/{id}"));
        assert!(!first.exists() && dir.path().join("there/runs").join(&id).join("bundle.json").is_file());

        std::fs::remove_dir_all(dir.path().join("there")).unwrap();
        std::fs::write(dir.path().join("there"), "no directory").unwrap();
        let second = recorded(recording.local());
        assert_eq!(recording.finish(&second, &screen), second.to_string_lossy());
        assert!(Bundle::open(&second).unwrap().verify().is_empty());
    }

    #[cfg(feature = "object-store")]
    #[test]
    fn runs_to_one_place_wait_in_one_directory() {
        let begin = |url: &str| Recording::begin(&Place::Url(url.to_owned())).unwrap();
        let path = |url: &str| begin(url).local().path().to_owned();
        assert_eq!(path("file:///a/runs"), path("file:///a/runs/"));
        assert_ne!(path("file:///a/runs"), path("file:///b/runs"));
        assert!(Recording::begin(&Place::Url("gs://a".to_owned())).is_err());
    }
}
