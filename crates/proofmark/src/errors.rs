//! All faults of one document.

use std::{fmt, slice, vec};

use crate::Error;

/// Everything that is wrong with a document, at least one [`Error`], in the order in which a reader comes upon it.
///
/// Given by `decode_all_errors` of each format: [`json`](crate::json::decode_all_errors),
/// [`msgpack`](crate::msgpack::decode_all_errors), [`convert`](crate::convert::decode_all_errors).
///
/// ```
/// use proofmark::{Record, json};
///
/// #[derive(Record, Debug)]
/// struct Row { id: u32, #[field(max_len = 3)] name: String }
///
/// let text = r#"[{"id":-1,"name":"long"},{"id":2,"name":"ok"},{"idd":3}]"#;
/// let errors = json::decode_all_errors::<Vec<Row>>(text.as_bytes()).unwrap_err();
/// assert_eq!(errors.to_string(), "\
/// Expected `int` >= 0 - at `$[0].id`
/// Expected `str` of length <= 3 - at `$[0].name`
/// Object contains unknown field `idd` - at `$[2]`
/// Object missing required field `id` - at `$[2]`
/// Object missing required field `name` - at `$[2]`");
/// ```
#[derive(Debug)]
pub struct Errors {
    errors: Vec<Error>,
    is_complete: bool,
}

impl Errors {
    pub(crate) const fn new(errors: Vec<Error>, is_complete: bool) -> Self {
        Self { errors, is_complete }
    }

    /// The errors.
    pub fn as_slice(&self) -> &[Error] {
        &self.errors
    }

    /// The errors, one by one.
    pub fn iter(&self) -> slice::Iter<'_, Error> {
        self.errors.iter()
    }

    /// Whether the document was read to its end.
    ///
    /// It was not where it is malformed, for nothing behind that place can be told; nor where it has more errors than
    /// [`Limits::errors_max`](crate::Limits).
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The first of the errors, which is the one that a decoder that stops there gives.
    pub fn into_first(self) -> Error {
        self.errors.into_iter().next().unwrap_or_else(|| Error::custom("no error"))
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self::new(vec![error], false)
    }
}

impl From<Errors> for Error {
    fn from(errors: Errors) -> Self {
        errors.into_first()
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = vec::IntoIter<Error>;
    fn into_iter(self) -> Self::IntoIter {
        self.errors.into_iter()
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = slice::Iter<'a, Error>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One error per line.
impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
