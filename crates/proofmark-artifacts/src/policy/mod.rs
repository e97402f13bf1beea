//! Which statements may run, judged before they do.

mod facts;
mod judge;
mod pattern;

use std::collections::BTreeSet;

use proofmark::{Maybe, Record};

pub use facts::{StatementFacts, StatementKind, TableName};
pub use judge::{PolicyRule, PolicyViolation};
pub use pattern::{PATTERN_CHARS_MAX, Pattern};

use crate::{Digest, fingerprint};

/// Which statements may run. The default lets every statement run.
///
/// The engine describes a statement in [`StatementFacts`], and [`SqlPolicy::judge`] says what is against the policy. What
/// is both allowed and denied is denied.
///
/// # Examples
/// ```
/// use proofmark_artifacts::policy::{SqlPolicy, StatementFacts, StatementKind};
///
/// let policy = SqlPolicy::read_only();
/// policy.judge(&StatementFacts::new(StatementKind::Query))?;
///
/// let refused = policy.judge(&StatementFacts::new(StatementKind::Insert)).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "a statement of kind `insert` may not run: the policy allows `describe`, `explain`, `query`, `show`",
/// );
/// # Ok::<(), proofmark_artifacts::policy::PolicyViolation>(())
/// ```
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlPolicy {
    /// Kinds of statements.
    #[field(default)]
    pub statements: KindRules,
    /// Functions that statements call, by name, in lower case.
    #[field(default)]
    pub functions: NameRules,
    /// Tables that statements read.
    #[field(default)]
    pub reads: NameRules,
    /// Tables that statements write, make, change or drop.
    #[field(default)]
    pub writes: NameRules,
    /// Files and directories that statements name: `COPY TO`, `CREATE EXTERNAL TABLE`, table functions.
    #[field(default)]
    pub locations: NameRules,
    /// Bytes of a statement's text.
    #[field(ge = 1, absent = "statements may be of any length")]
    pub statement_bytes_max: Maybe<u64>,
    /// Levels of a statement's tree.
    #[field(ge = 1, absent = "as deep as the engine takes them")]
    pub nesting_max: Maybe<u32>,
}

/// Which kinds of statements may run.
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct KindRules {
    /// Those that may.
    #[field(absent = "all that are not denied")]
    pub allow: Maybe<BTreeSet<StatementKind>>,
    /// Those that may not.
    #[field(default)]
    pub deny: BTreeSet<StatementKind>,
}

/// Which names may be used.
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct NameRules {
    /// Those that may.
    #[field(absent = "all that are not denied")]
    pub allow: Maybe<BTreeSet<Pattern>>,
    /// Those that may not.
    #[field(default)]
    pub deny: BTreeSet<Pattern>,
}

impl SqlPolicy {
    /// Lets statements run that change nothing.
    pub fn read_only() -> Self {
        use StatementKind::{Describe, Explain, Query, Show};
        let allow = Maybe::Set([Describe, Explain, Query, Show].into());
        Self { statements: KindRules { allow, ..KindRules::default() }, ..Self::default() }
    }

    /// The digest of the policy: equal for two policies that say the same, however they are written.
    ///
    /// # Errors
    /// As [`fingerprint`].
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::policy::SqlPolicy;
    ///
    /// let policy = SqlPolicy::read_only();
    /// let text = r#"{"statements":{"allow":["show","query","explain","describe"],"deny":[]},"functions":{}}"#;
    /// let same: SqlPolicy = proofmark::json::from_str(text)?;
    /// assert_eq!(policy.sha256()?, same.sha256()?);
    /// assert_ne!(policy.sha256()?, SqlPolicy::default().sha256()?);
    /// # Ok::<(), proofmark::Error>(())
    /// ```
    pub fn sha256(&self) -> proofmark::Result<Digest> {
        fingerprint(self)
    }

    /// The policy in words: what it is about, and what it lets pass. What is not restricted is left out.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let kinds = &self.statements;
        let kinds = rules(
            kinds.allow.as_ref().into_option().map(|allow| allow.iter().map(|kind| kind.name()).collect()),
            kinds.deny.iter().map(|kind| kind.name()).collect(),
        );
        let mut words = vec![
            ("statements", kinds),
            ("functions", self.functions.words()),
            ("reads", self.reads.words()),
            ("writes", self.writes.words()),
            ("locations", self.locations.words()),
        ];
        words.retain(|(_, words)| words != "any");
        let at_most = |max: Maybe<String>| max.into_option().map(|max| format!("at most {max}"));
        let limits = [
            ("statement_bytes", at_most(self.statement_bytes_max.map(|max| max.to_string()))),
            ("nesting", at_most(self.nesting_max.map(|max| max.to_string()))),
        ];
        words.extend(limits.into_iter().filter_map(|(name, max)| Some((name, max?))));
        words
    }
}

impl NameRules {
    fn words(&self) -> String {
        let allow = self.allow.as_ref().into_option();
        rules(
            allow.map(|allow| allow.iter().map(Pattern::as_str).collect()),
            self.deny.iter().map(Pattern::as_str).collect(),
        )
    }
}

/// `a, b but c`, `any but c`, `none`.
fn rules(allow: Option<Vec<&str>>, deny: Vec<&str>) -> String {
    let allowed = match allow {
        None => "any".to_owned(),
        Some(allow) if allow.is_empty() => "none".to_owned(),
        Some(allow) => allow.join(", "),
    };
    if deny.is_empty() { allowed } else { format!("{allowed} but {}", deny.join(", ")) }
}
