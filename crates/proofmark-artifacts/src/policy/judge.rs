//! Holding a statement against a policy.

use std::fmt;

use proofmark::{Maybe, Record};

use super::{NameRules, Pattern, SqlPolicy, StatementFacts};

/// Something in a statement that its policy does not let pass.
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct PolicyViolation {
    /// Which rule it is against.
    pub rule: PolicyRule,
    /// What was found: a kind, a name, a number.
    pub found: String,
    /// The pattern or kind that denies it.
    #[field(absent = "nothing denies it, and nothing allows it")]
    pub denied_by: Maybe<String>,
    /// What the policy allows.
    #[field(default)]
    pub allowed: Vec<String>,
}

/// A rule of a policy.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum PolicyRule {
    /// The length of a statement.
    StatementBytes,
    /// The depth of a statement.
    Nesting,
    /// The kind of a statement.
    Statement,
    /// A function that is called.
    Function,
    /// A table that is read.
    Read,
    /// A table that is written.
    Write,
    /// A file or directory.
    Location,
}

impl fmt::Display for PolicyViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match self.rule {
            PolicyRule::StatementBytes => write!(f, "a statement of {found} bytes may not run"),
            PolicyRule::Nesting => write!(f, "a statement of {found} levels may not run"),
            PolicyRule::Statement => write!(f, "a statement of kind `{found}` may not run"),
            PolicyRule::Function => write!(f, "the function `{found}` may not be called"),
            PolicyRule::Read => write!(f, "the table `{found}` may not be read"),
            PolicyRule::Write => write!(f, "the table `{found}` may not be written"),
            PolicyRule::Location => write!(f, "`{found}` may not be used"),
        }?;
        match (&self.denied_by, self.allowed.as_slice()) {
            (Maybe::Set(pattern), _) => write!(f, ": the policy denies `{pattern}`"),
            (Maybe::Unset, []) => f.write_str(": the policy allows none"),
            (Maybe::Unset, allowed) => write!(f, ": the policy allows `{}`", allowed.join("`, `")),
        }
    }
}

impl std::error::Error for PolicyViolation {}

impl SqlPolicy {
    /// Whether a statement may run.
    ///
    /// # Errors
    /// Gives what is against the policy, the first if there is more; see [`SqlPolicy::violations`].
    pub fn judge(&self, facts: &StatementFacts) -> Result<(), PolicyViolation> {
        self.violations(facts).into_iter().next().map_or(Ok(()), Err)
    }

    /// Everything in a statement that is against the policy.
    pub fn violations(&self, facts: &StatementFacts) -> Vec<PolicyViolation> {
        let mut all = Vec::new();
        let bytes = self.statement_bytes_max;
        all.extend(too_much(PolicyRule::StatementBytes, facts.bytes, bytes));
        all.extend(too_much(PolicyRule::Nesting, facts.nesting.into(), self.nesting_max.map(u64::from)));
        all.extend(facts.kinds.iter().filter_map(|kind| self.kind(kind.name())));
        let function = |name: &String| self.functions.of_function(name);
        all.extend(facts.functions.iter().filter_map(function));
        let table = |rules: &NameRules, rule, table| {
            rules.judge(rule, &format!("{table}"), |pattern| pattern.matches_table(table))
        };
        all.extend(facts.reads.iter().filter_map(|name| table(&self.reads, PolicyRule::Read, name)));
        all.extend(facts.writes.iter().filter_map(|name| table(&self.writes, PolicyRule::Write, name)));
        all.extend(facts.locations.iter().filter_map(|location| self.locations.of_location(location)));
        all
    }

    fn kind(&self, found: &str) -> Option<PolicyViolation> {
        let rules = &self.statements;
        let denied_by = rules.deny.iter().map(|kind| kind.name()).find(|kind| *kind == found);
        let allow = rules.allow.as_ref().into_option();
        let is_allowed = allow.is_none_or(|allow| allow.iter().any(|kind| kind.name() == found));
        let allowed = allow.into_iter().flatten().map(|kind| kind.name().to_owned());
        violation(PolicyRule::Statement, found, denied_by, is_allowed, allowed)
    }
}

impl NameRules {
    /// SQL knows functions in any case.
    fn of_function(&self, name: &str) -> Option<PolicyViolation> {
        let lower = name.to_lowercase();
        let matches = |pattern: &Pattern| Pattern::new(pattern.as_str().to_lowercase()).matches_text(&lower);
        self.judge(PolicyRule::Function, name, matches)
    }

    /// A location that steps upwards may lead anywhere: no pattern allows it.
    fn of_location(&self, location: &str) -> Option<PolicyViolation> {
        let is_open = self.allow.is_unset() && self.deny.is_empty();
        if !is_open && steps_upwards(location) {
            let allowed = self.allow.as_ref().into_option().into_iter().flatten();
            let allowed = allowed.map(|pattern| pattern.as_str().to_owned());
            return violation(PolicyRule::Location, location, Some(".."), false, allowed);
        }
        self.judge(PolicyRule::Location, location, |pattern| pattern.matches_text(location))
    }

    fn judge(
        &self,
        rule: PolicyRule,
        found: &str,
        matches: impl Fn(&Pattern) -> bool,
    ) -> Option<PolicyViolation> {
        let denied_by = self.deny.iter().find(|pattern| matches(pattern)).map(Pattern::as_str);
        let allow = self.allow.as_ref().into_option();
        let is_allowed = allow.is_none_or(|allow| allow.iter().any(&matches));
        let allowed = allow.into_iter().flatten().map(|pattern| pattern.as_str().to_owned());
        violation(rule, found, denied_by, is_allowed, allowed)
    }
}

/// Whether a path has a part `..`, as it is or percent-encoded.
fn steps_upwards(location: &str) -> bool {
    let plain = location.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
    plain.split(['/', '\\']).any(|part| part == "..")
}

fn too_much(rule: PolicyRule, found: u64, max: Maybe<u64>) -> Option<PolicyViolation> {
    let max = max.into_option()?;
    let allowed = [format!("at most {max}")];
    violation(rule, &found.to_string(), None, found <= max, allowed)
}

fn violation(
    rule: PolicyRule,
    found: &str,
    denied_by: Option<&str>,
    is_allowed: bool,
    allowed: impl IntoIterator<Item = String>,
) -> Option<PolicyViolation> {
    if denied_by.is_none() && is_allowed {
        return None;
    }
    let denied_by = denied_by.map_or(Maybe::Unset, |pattern| Maybe::Set(pattern.to_owned()));
    Some(PolicyViolation { rule, found: found.to_owned(), denied_by, allowed: allowed.into_iter().collect() })
}
