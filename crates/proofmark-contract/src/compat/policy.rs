//! How far a record may drift, by what it is used for.

use super::Bump;
use crate::class::{Direction, Level, Verdict};
use crate::finding::Finding;
use crate::usage::Use;
use crate::verdict::Hits;

/// When the gate closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// On what the use of the record forbids, and on every silent change.
    #[default]
    Policy,
    /// On this level and worse.
    Level(Level),
    /// On what asks for a greater step of the version than the one that is meant, and on every silent change.
    Needs(Bump),
}

/// What the use of a record asks of two releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The new release must read what the old one wrote.
    pub backward: bool,
    /// The old release must read what the new one writes.
    pub forward: bool,
}

/// Releases back to which a record has to be read after a rollback.
const ROLLBACK_RELEASES: usize = 3;

impl Use {
    /// What has to hold between this release and the one `age` before the newest baseline, which is 0.
    pub const fn needs(self, age: usize) -> Need {
        match self {
            Self::Cursor => Need { backward: true, forward: age < ROLLBACK_RELEASES },
            Self::Manifest => Need { backward: true, forward: false },
            Self::Event => Need { backward: true, forward: age == 0 },
            Self::Cache => Need { backward: false, forward: false },
        }
    }
}

impl FailOn {
    /// Whether the gate closes where the code of today refuses what is stored.
    pub(super) fn fails_unread(self, used_as: Use) -> bool {
        match self {
            Self::Level(level) => level <= Level::Breaking,
            Self::Needs(Bump::Major) => false,
            Self::Policy | Self::Needs(_) => used_as.needs(0).backward,
        }
    }

    pub(super) fn fails(self, used_as: Use, age: usize, finding: &Finding, hits: Option<Hits>) -> bool {
        match self {
            Self::Level(level) => finding.level >= level && finding.level > Level::None,
            Self::Needs(allowed) => {
                finding.level == Level::Silent || Bump::of(used_as, age, finding, hits) > allowed
            }
            Self::Policy => finding.level == Level::Silent || is_forbidden(used_as.needs(age), finding, hits),
        }
    }
}

/// Whether a direction that is needed does not hold in every format.
fn is_forbidden(need: Need, finding: &Finding, hits: Option<Hits>) -> bool {
    // What depends on values does not break what is there, if it hits none of it.
    let is_harmless = hits.is_some_and(|hits| hits.of > 0 && hits.affected == 0);
    let needed = |direction| match direction {
        Direction::Backward => need.backward,
        Direction::Forward => need.forward,
    };
    let holds = |direction| match (finding.level, direction) {
        (Level::None | Level::Representation | Level::Compatible, _) => true,
        (Level::BackwardOnly, Direction::Backward) | (Level::ForwardOnly, Direction::Forward) => true,
        (Level::Breaking, direction) => {
            let verdicts = finding.judgement.iter().flat_map(|found| &found.verdicts);
            let mut all = verdicts.map(|(_, verdicts)| verdicts.of(direction)).peekable();
            all.peek().is_some() && all.all(|verdict| verdict == Verdict::Ok)
        }
        _ => false,
    };
    let is_fine = |direction| holds(direction) || direction == Direction::Backward && is_harmless;
    Direction::ALL.into_iter().any(|direction| needed(direction) && !is_fine(direction))
}
