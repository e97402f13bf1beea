//! What is wrong with options.

use std::fmt;

use super::Origin;

/// One fault of some options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which option: `$.scan.batch_size`.
    pub path: String,
    /// Where it was said.
    pub origin: Origin,
    /// What would have been taken.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// What was likely meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, origin, expected, found, suggestion } = self;
        write!(f, "{path} ({origin}): expected {expected}, found {found}")?;
        suggestion.iter().try_for_each(|meant| write!(f, "; did you mean `{meant}`?"))
    }
}

/// Options that cannot be taken: at least one [`Fault`]. Shown as one line each.
pub struct OptionsError(Vec<Fault>);

impl OptionsError {
    pub(crate) const fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// A fault of what `origin` holds, as a whole.
    pub(crate) fn one(origin: Origin, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::at("$", origin, expected, found)
    }

    pub(crate) fn at(
        path: &str,
        origin: Origin,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        let (path, expected, found) = (path.to_owned(), expected.into(), found.into());
        Self::new(vec![Fault { path, origin, expected, found, suggestion: None }])
    }

    /// With what was likely meant.
    pub(crate) fn meaning(mut self, meant: Option<&str>) -> Self {
        self.0.iter_mut().for_each(|fault| fault.suggestion = meant.map(str::to_owned));
        self
    }

    /// The same faults of a part, which is at `path`.
    pub(crate) fn below(mut self, path: &str) -> Self {
        self.0.iter_mut().for_each(|fault| fault.path.replace_range(..1, path));
        self
    }

    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.0
    }

    /// The faults, in the order of the document.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if idx > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OptionsError").field(&self.0).finish()
    }
}

impl std::error::Error for OptionsError {}

/// `` `a`, `b` or `c` ``.
pub(crate) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
