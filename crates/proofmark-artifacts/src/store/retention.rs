//! Which runs are kept, and which are not.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{RunId, RunStore, StoreError};

/// How many runs are kept, for how long, and how large they may be together. A run goes when one of the limits says so.
///
/// # Examples
/// ```
/// use std::collections::BTreeMap;
/// use proofmark_artifacts::{Retention, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
/// # let store = RunStore::new(dir.path());
///
/// for _ in 0..3 {
///     store.begin()?.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()))?;
/// }
/// let retention = Retention { runs_max: Some(1), ..Retention::default() };
/// let outdated = retention.outdated(&store, &BTreeMap::new(), jiff::Timestamp::now())?;
/// assert_eq!(outdated.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Most runs.
    pub runs_max: Option<usize>,
    /// Greatest age, by the time in the run's id.
    pub age_max: Option<SignedDuration>,
    /// Most bytes, counted from the latest run on.
    pub bytes_max: Option<u64>,
}

/// A run that a limit says should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutdatedRun {
    /// Its id.
    pub id: RunId,
    /// The size of its files.
    pub bytes: u64,
    /// The limit that says so.
    pub reason: OutdatedReason,
    /// Why it stays all the same.
    pub pinned: Option<String>,
}

/// Why a run should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutdatedReason {
    /// There are enough later ones.
    Count,
    /// It is too old.
    Age,
    /// The later ones fill the room.
    Bytes,
}

impl Retention {
    /// The runs that a limit says should go, the latest first. The latest run of all is none of them, and neither is one
    /// that is being written. Those that `pinned` names stay, and are told with the reason.
    ///
    /// # Errors
    /// Fails when the runs cannot be listed.
    pub fn outdated(
        &self,
        store: &RunStore,
        pinned: &BTreeMap<RunId, String>,
        now: Timestamp,
    ) -> Result<Vec<OutdatedRun>, StoreError> {
        let sized = |id: RunId| {
            let bytes = bytes_of(&store.path().join(id.as_str()));
            (id, bytes)
        };
        let runs = store.ids()?.into_iter().map(sized);
        Ok(self.outdated_of(runs, pinned, now))
    }

    /// As [`Retention::outdated`], of runs with their sizes, the latest first: those of a store of another kind.
    pub fn outdated_of(
        &self,
        runs: impl IntoIterator<Item = (RunId, u64)>,
        pinned: &BTreeMap<RunId, String>,
        now: Timestamp,
    ) -> Vec<OutdatedRun> {
        let (mut outdated, mut total) = (Vec::new(), 0_u64);
        for (idx, (id, bytes)) in runs.into_iter().enumerate() {
            total = total.saturating_add(bytes);
            let reason = self.reason(idx, &id, total, now);
            if let Some(reason) = reason.filter(|_| idx > 0) {
                // What goes makes room for what is older.
                total -= if reason == OutdatedReason::Bytes { 0 } else { bytes };
                let pinned = pinned.get(&id).cloned();
                outdated.push(OutdatedRun { id, bytes, reason, pinned });
            }
        }
        outdated
    }

    fn reason(&self, idx: usize, id: &RunId, total: u64, now: Timestamp) -> Option<OutdatedReason> {
        let is_old = |age_max| started_at(id).is_some_and(|at| now.duration_since(at) > age_max);
        if self.runs_max.is_some_and(|runs_max| idx >= runs_max) {
            return Some(OutdatedReason::Count);
        }
        if self.age_max.is_some_and(is_old) {
            return Some(OutdatedReason::Age);
        }
        self.bytes_max.is_some_and(|bytes_max| total > bytes_max).then_some(OutdatedReason::Bytes)
    }
}

/// The time in an id, to the millisecond.
fn started_at(id: &RunId) -> Option<Timestamp> {
    let digits: String = id.as_str().get(..18)?.split('-').collect();
    let at = jiff::fmt::strtime::parse("%Y%m%d%H%M%S", &digits[..14]).ok()?;
    at.to_datetime().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
}

/// The size of a run's files. What cannot be read counts nothing: it is about room, and that room cannot be had.
fn bytes_of(path: &Path) -> u64 {
    let Ok(entries) = path.read_dir() else { return 0 };
    let sizes =
        entries.flatten().filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file);
    sizes.map(|metadata| metadata.len()).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RunStatus, RunSummary};

    /// A store with runs of 2026-11-01 to -05 of some 400 bytes each, and what goes of them.
    #[track_caller]
    fn check(retention: Retention, expected: &[(&str, OutdatedReason)]) {
        let dir = tempfile::tempdir().unwrap();
        let store = RunStore::new(dir.path());
        for day in 1..=5 {
            let run =
                store.begin().unwrap().commit(RunSummary::new(RunStatus::Ok, Timestamp::UNIX_EPOCH)).unwrap();
            std::fs::write(run.path.join("bundle.json"), vec![b' '; 400]).unwrap();
            std::fs::rename(run.path, dir.path().join(format!("202611{day:02}-060000000-a7b2c9de"))).unwrap();
        }
        let now: Timestamp = "2026-11-05T12:00:00Z".parse().unwrap();
        let outdated = retention.outdated(&store, &BTreeMap::new(), now).unwrap();
        let told: Vec<_> = outdated.iter().map(|run| (&run.id.as_str()[6..8], run.reason)).collect();
        assert_eq!(told, expected);
    }

    use OutdatedReason::{Age, Bytes, Count};

    #[test]
    fn each_limit_takes_the_oldest() {
        check(Retention { runs_max: Some(3), ..Retention::default() }, &[("02", Count), ("01", Count)]);
        check(Retention { runs_max: Some(5), ..Retention::default() }, &[]);
        let age_max = Some(SignedDuration::from_hours(48));
        let old = [("03", Age), ("02", Age), ("01", Age)];
        check(Retention { age_max, ..Retention::default() }, &old);
        let large = [("02", Bytes), ("01", Bytes)];
        check(Retention { bytes_max: Some(1_200), ..Retention::default() }, &large);
        check(
            Retention { bytes_max: Some(1_199), ..Retention::default() },
            &[("03", Bytes), large[0], large[1]],
        );
    }

    #[test]
    fn the_latest_run_stays_whatever_the_limits() {
        let retention =
            Retention { runs_max: Some(0), age_max: Some(SignedDuration::ZERO), bytes_max: Some(0) };
        check(retention, &[("04", Count), ("03", Count), ("02", Count), ("01", Count)]);
    }

    #[test]
    fn no_limit_takes_nothing() {
        check(Retention::default(), &[]);
    }
}
