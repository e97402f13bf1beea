//! Findings that are let pass: by whom is for the history to tell, why and until when stands here.

use proofmark::{Maybe, Record, Result, json};

/// A finding that is let pass.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// The fingerprint of the finding.
    #[field(pattern = "^[0-9a-f]{8}$")]
    pub fingerprint: String,
    /// Why.
    #[field(min_len = 1)]
    pub reason: String,
    /// The last day: `2026-12-01`.
    #[field(pattern = r"^\d{4}-\d\d-\d\d$", absent = "for good")]
    pub until: Maybe<String>,
}

impl Acceptance {
    /// Lets a finding pass for a reason, and until a day if that is said.
    ///
    /// # Errors
    /// Fails when the fingerprint or the day is none, or there is no reason.
    pub fn new(fingerprint: &str, reason: &str, until: Option<&str>) -> Result<Self> {
        let acceptance = Self {
            fingerprint: fingerprint.to_owned(),
            reason: reason.to_owned(),
            until: until.map(str::to_owned).into(),
        };
        // What is written has to be read again.
        json::from_slice(&json::to_vec(&acceptance)?)
    }
}

/// Why a finding is let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The reason.
    pub reason: String,
    /// The last day, if there is one.
    pub until: Option<String>,
}

/// The acceptance of a finding that holds today.
pub(super) fn find(all: &[Acceptance], fingerprint: &str, today: &str) -> Option<Accepted> {
    let holds = |until: &Maybe<String>| match until {
        // Days in this form are ordered as text is.
        Maybe::Set(until) => today <= until.as_str(),
        Maybe::Unset => true,
    };
    let found = all.iter().find(|found| found.fingerprint == fingerprint && holds(&found.until))?;
    Some(Accepted { reason: found.reason.clone(), until: found.until.clone().into_option() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acceptance_ends_after_its_last_day() {
        let until = |day: &str| Acceptance {
            fingerprint: "0a1b2c3d".to_owned(),
            reason: "known".to_owned(),
            until: Maybe::Set(day.to_owned()),
        };
        for (day, holds) in [("2026-11-21", false), ("2026-11-22", true), ("2026-11-23", true)] {
            assert_eq!(find(&[until(day)], "0a1b2c3d", "2026-11-22").is_some(), holds, "{day}");
        }
        assert_eq!(find(&[until("2026-11-22")], "0a1b2c3e", "2026-11-22"), None);
    }
}
