//! How the types of a run's records stand to those of this program, as somebody who knows the locks has found.

/// What is known of the drift between a run's records and the types of today.
///
/// A report cannot find it out by itself: it takes the locks of the release that wrote the run. Who has them hands over
/// what they say; where nothing is handed over, a page says nothing about drift.
///
/// # Examples
/// ```
/// use proofmark_report::{Drift, DriftBasis, DriftFinding, DriftLevel};
///
/// let finding = DriftFinding { record: "plan".to_owned(), level: DriftLevel::Breaking, ..DriftFinding::default() };
/// let mut drift = Drift { findings: vec![finding], ..Drift::new("proofmark 0.1.0", DriftBasis::Locks) };
/// assert_eq!(drift.level(), DriftLevel::Breaking);
/// // No record of this run holds what the change breaks.
/// drift.findings[0].hits = Some(0);
/// assert_eq!(drift.level(), DriftLevel::Compatible);
/// ```
#[derive(Clone, Debug)]
pub struct Drift {
    /// The program that wrote the run: `proofmark 0.1.0`.
    pub writer: String,
    /// By what the records were judged.
    pub basis: DriftBasis,
    /// What changed in the types of the run's records since they were written.
    pub findings: Vec<DriftFinding>,
    /// Records of the run that the code of today does not read, and why.
    pub unread: Vec<(String, String)>,
}

/// By what records are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftBasis {
    /// The locks of the release that wrote them.
    Locks,
    /// The release that wrote them is the one of this program; its locks are not at hand.
    SameRelease,
    /// Nothing: why.
    Nothing(String),
}

/// How much the types of a run's records drifted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftLevel {
    /// It cannot be told.
    Unknown,
    /// Not at all.
    #[default]
    None,
    /// The records are read as they were meant.
    Compatible,
    /// Records are not read.
    Breaking,
    /// A record is read, and means something else.
    Silent,
}

/// One change of a type.
#[derive(Clone, Debug, Default)]
pub struct DriftFinding {
    /// The record.
    pub record: String,
    /// The rule that judges it: `F6`.
    pub rule: String,
    /// What the rule says: `required field removed`.
    pub title: String,
    /// What changed: `-field dataset_form: u8`.
    pub change: String,
    /// What it means for who reads the run.
    pub level: DriftLevel,
    /// How many records of the run it hits, where they were looked at.
    pub hits: Option<u64>,
    /// Why it is let pass, and until which day.
    pub accepted: Option<(String, Option<String>)>,
}

impl Drift {
    /// Nothing found.
    pub fn new(writer: &str, basis: DriftBasis) -> Self {
        Self { writer: writer.to_owned(), basis, findings: Vec::new(), unread: Vec::new() }
    }

    /// The worst of what was found and is not let pass. A change that hits no record of the run harms none.
    pub fn level(&self) -> DriftLevel {
        if let DriftBasis::Nothing(_) = self.basis {
            return DriftLevel::Unknown;
        }
        let unread = if self.unread.is_empty() { DriftLevel::None } else { DriftLevel::Breaking };
        self.findings.iter().map(DriftFinding::weight).fold(unread, DriftLevel::max)
    }
}

impl DriftFinding {
    fn weight(&self) -> DriftLevel {
        let is_harmless = self.accepted.is_some() || self.hits == Some(0);
        if is_harmless { self.level.min(DriftLevel::Compatible) } else { self.level }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(level: DriftLevel) -> DriftFinding {
        DriftFinding { level, ..DriftFinding::default() }
    }

    #[track_caller]
    fn check(findings: Vec<DriftFinding>, expected: DriftLevel) {
        assert_eq!(Drift { findings, ..Drift::new("", DriftBasis::Locks) }.level(), expected);
    }

    #[test]
    fn the_worst_finding_decides() {
        check(Vec::new(), DriftLevel::None);
        check(vec![finding(DriftLevel::Compatible)], DriftLevel::Compatible);
        check(vec![finding(DriftLevel::Silent), finding(DriftLevel::Breaking)], DriftLevel::Silent);
    }

    #[test]
    fn what_is_let_pass_or_hits_nothing_does_not() {
        let accepted =
            DriftFinding { accepted: Some(("known".to_owned(), None)), ..finding(DriftLevel::Silent) };
        check(vec![accepted], DriftLevel::Compatible);
        check(vec![DriftFinding { hits: Some(0), ..finding(DriftLevel::Breaking) }], DriftLevel::Compatible);
        check(vec![DriftFinding { hits: Some(1), ..finding(DriftLevel::Breaking) }], DriftLevel::Breaking);
    }

    #[test]
    fn what_is_not_read_is_broken_and_what_is_not_judged_is_unknown() {
        let unread = vec![("plan".to_owned(), "why".to_owned())];
        let drift = |basis| Drift { unread: unread.clone(), ..Drift::new("", basis) };
        assert_eq!(drift(DriftBasis::SameRelease).level(), DriftLevel::Breaking);
        assert_eq!(drift(DriftBasis::Nothing(String::new())).level(), DriftLevel::Unknown);
    }
}
