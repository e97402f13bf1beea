//! What a change asks of the next version.

use proofmark::Record;

use super::policy::FailOn;
use super::{Judged, Outcome};
use crate::class::Level;
use crate::finding::Finding;
use crate::usage::Use;
use crate::verdict::Hits;

/// A step of a version.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "lower")]
pub enum Bump {
    /// Nobody can tell by the records, but for their bytes.
    Patch,
    /// Records have more to say, and all who have to read them do.
    Minor,
    /// Somebody who has to read a record does not, or reads something else.
    Major,
}

impl Bump {
    /// `major`
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// What a change asks for, by what the use of the record forbids.
    pub(super) fn of(used_as: Use, age: usize, finding: &Finding, hits: Option<Hits>) -> Self {
        match finding.level {
            _ if FailOn::Policy.fails(used_as, age, finding, hits) => Self::Major,
            Level::None | Level::Representation => Self::Patch,
            _ => Self::Minor,
        }
    }
}

impl Outcome {
    /// What all changes ask for that are not let pass.
    pub fn needs(&self) -> Bump {
        let judged = self.judged().filter(|judged| judged.accepted.is_none()).map(Judged::needs);
        let added = self.added.iter().map(|_| Bump::Minor);
        let removed = self.removed.iter().map(|_| Bump::Major);
        judged.chain(added).chain(removed).max().unwrap_or(Bump::Patch)
    }
}
