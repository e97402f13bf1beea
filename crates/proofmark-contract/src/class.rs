//! Verdicts and levels: how bad a change is, for whom.

use std::fmt;

use proofmark::Record;

use crate::codec::Codec;

/// Whether one release reads what another wrote.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Always.
    #[variant(rename = "ok")]
    Ok,
    /// It depends on the values.
    #[variant(rename = "cond")]
    Conditional,
    /// Never.
    #[variant(rename = "no")]
    Refused,
    /// It is accepted, and some value then means something else or is lost.
    #[variant(rename = "SILENT")]
    Silent,
}

impl Verdict {
    /// `ok`, `cond`, `no`, `SILENT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Conditional => "cond",
            Self::Refused => "no",
            Self::Silent => "SILENT",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Who reads what.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The new release reads what the old one wrote.
    #[variant(rename = "new<-old")]
    Backward,
    /// The old release reads what the new one writes.
    #[variant(rename = "old<-new")]
    Forward,
}

impl Direction {
    /// Both directions.
    pub const ALL: [Self; 2] = [Self::Backward, Self::Forward];

    /// `new<-old`, `old<-new`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Backward => "new<-old",
            Self::Forward => "old<-new",
        }
    }
}

/// The verdicts of one change in one format.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// The new release reads what the old one wrote.
    pub backward: Verdict,
    /// The old release reads what the new one writes.
    pub forward: Verdict,
}

impl Verdicts {
    /// Both directions are fine.
    pub const OK: Self = Self { backward: Verdict::Ok, forward: Verdict::Ok };

    /// The verdict of a direction.
    pub const fn of(&self, direction: Direction) -> Verdict {
        match direction {
            Direction::Backward => self.backward,
            Direction::Forward => self.forward,
        }
    }

    /// How bad that is. What depends on values counts as refused.
    pub fn level(&self) -> Level {
        match (self.backward, self.forward) {
            (Verdict::Silent, _) | (_, Verdict::Silent) => Level::Silent,
            (Verdict::Ok, Verdict::Ok) => Level::Compatible,
            (Verdict::Ok, _) => Level::BackwardOnly,
            (_, Verdict::Ok) => Level::ForwardOnly,
            _ => Level::Breaking,
        }
    }
}

/// `ok/no`
impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.backward, self.forward)
    }
}

/// How bad a change is; the worst is last. An error is an outage, a silent change is wrong data.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(rename_all = "kebab")]
pub enum Level {
    /// Nothing that a reader could tell.
    None,
    /// Other bytes for the same value: digests and goldens change.
    Representation,
    /// Both releases read each other.
    Compatible,
    /// The new release reads the old one's records, and not the other way round.
    BackwardOnly,
    /// The old release reads the new one's records, and not the other way round.
    ForwardOnly,
    /// Neither reads the other's.
    Breaking,
    /// A record is accepted and means something else.
    Silent,
}

impl Level {
    /// All levels, the worst last.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Representation,
        Self::Compatible,
        Self::BackwardOnly,
        Self::ForwardOnly,
        Self::Breaking,
        Self::Silent,
    ];

    /// `backward-only`
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Representation => "representation",
            Self::Compatible => "compatible",
            Self::BackwardOnly => "backward-only",
            Self::ForwardOnly => "forward-only",
            Self::Breaking => "breaking",
            Self::Silent => "silent",
        }
    }

    /// The level of two together: what each breaks is broken.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::BackwardOnly, Self::ForwardOnly) | (Self::ForwardOnly, Self::BackwardOnly) => {
                Self::Breaking
            }
            (a, b) => a.max(b),
        }
    }

    /// The level of verdicts in several formats.
    pub fn of(verdicts: impl IntoIterator<Item = (Codec, Verdicts)>) -> Self {
        verdicts.into_iter().fold(Self::None, |level, (_, verdicts)| level.and(verdicts.level()))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_half_breaks_are_a_whole_one() {
        for (a, b, both) in [
            (Level::BackwardOnly, Level::ForwardOnly, Level::Breaking),
            (Level::ForwardOnly, Level::ForwardOnly, Level::ForwardOnly),
            (Level::Compatible, Level::BackwardOnly, Level::BackwardOnly),
            (Level::Breaking, Level::Silent, Level::Silent),
        ] {
            assert_eq!(a.and(b), both);
            assert_eq!(b.and(a), both);
        }
    }
}
