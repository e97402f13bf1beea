//! A typed description of any record: fields, types, constraints, defaults, words.
//!
//! It is the counterpart of `msgspec.inspect.type_info`, and a record itself, so that other programs can read it.

use std::collections::BTreeMap;

use proofmark::Record;

use crate::lock::Lock;

/// A description of a record type.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Registry, Use};
///
/// /// Where a reader stands.
/// #[derive(Record)]
/// struct Cursor {
///     /// Name of the dataset.
///     #[field(min_len = 1)]
///     dataset: String,
/// }
///
/// let registry = Registry::new().record::<Cursor>("cursor", 1, Use::Cursor);
/// let described = registry.entries()[0].inspect()?;
/// assert_eq!(described.words["Cursor"].about, "Where a reader stands.");
/// assert_eq!(described.words["Cursor"].parts["dataset"], "Name of the dataset.");
/// assert!(proofmark::json::to_string(&described)?.contains("\"min_len\":1"));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Inspection {
    /// What readers and writers go by.
    pub lock: Lock,
    /// What is said about each definition of the lock, by its name.
    pub words: BTreeMap<String, Words>,
}

/// What is said about a definition.
#[derive(Record, Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// About the type.
    #[field(default)]
    pub about: String,
    /// About its fields by wire name, or its variants by Rust name.
    #[field(default)]
    pub parts: BTreeMap<String, String>,
}

impl Words {
    pub(crate) fn of<'a>(about: &str, parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let told = parts.into_iter().filter(|(_, doc)| !doc.is_empty());
        let parts = told.map(|(name, doc)| (name.to_owned(), doc.to_owned())).collect();
        Self { about: about.to_owned(), parts }
    }
}
