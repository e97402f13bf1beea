//! Where a value was said.

use std::fmt;
use std::sync::Arc;

/// Where the value of an option comes from.
///
/// # Examples
/// ```
/// use proofmark_artifacts::options::Origin;
///
/// let origin = Origin::File { name: "proofmark.toml".into(), line: 4 };
/// assert_eq!(origin.to_string(), "proofmark.toml:4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Nobody said it.
    Default,
    /// A file.
    File {
        /// The name it was given.
        name: Arc<str>,
        /// The line, from 1.
        line: usize,
    },
    /// A variable of the environment, by name.
    Variable(Arc<str>),
    /// A `key=value` text, by its key.
    Argument(Arc<str>),
    /// A value or record that the program handed in, by the name that it gave.
    Given(Arc<str>),
}

impl Origin {
    /// Whether values of this origin are text, whatever type they stand for.
    pub(super) const fn is_text(&self) -> bool {
        matches!(self, Self::Variable(_) | Self::Argument(_))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { name, line } => write!(f, "{name}:{line}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::Argument(key) => write!(f, "argument {key}"),
            Self::Given(name) => f.write_str(name),
        }
    }
}
