//! A row that is no event.

use jiff::Timestamp;
use proofmark::{Error, ErrorKind, Maybe, Record, Value, msgpack};

use super::LIMITS;
use crate::diagnostics::DiagnosticEvent;
use crate::options::{nearest, one_of};

/// A row that did not become an event: all of it, as it came, and what is wrong with it.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "rejected_row.v1")]
pub struct RejectedRow {
    /// Its place among the rows of the intake, from 1.
    #[field(ge = 1)]
    pub row: u64,
    /// When it was refused. Volatile: it is the clock.
    #[field(volatile = "time")]
    pub rejected_at: Timestamp,
    /// What form it came in.
    pub form: RowForm,
    /// What is wrong, in the codec's words.
    pub error: String,
    /// Where in the row: `$.rows`.
    pub path: String,
    /// The byte of the row.
    #[field(absent = "the row did not come as bytes")]
    pub offset: Maybe<u64>,
    /// What would have been taken.
    #[field(absent = "the error does not say")]
    pub expected: Maybe<String>,
    /// What is there.
    #[field(absent = "the error does not say")]
    pub found: Maybe<String>,
    /// What was likely meant.
    #[field(absent = "nothing is alike enough")]
    pub suggestion: Maybe<String>,
    /// The row, if it is text.
    #[field(absent = "the row is not text; `bytes` holds it")]
    pub text: Maybe<String>,
    /// The row, if it is not.
    #[field(absent = "the row is text; `text` holds it")]
    pub bytes: Maybe<Vec<u8>>,
}

/// The form a row came in.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowForm {
    /// JSON.
    #[variant(rename = "json")]
    Json,
    /// MessagePack; a row that came as a value is kept as that.
    #[variant(rename = "msgpack")]
    MessagePack,
}

impl RejectedRow {
    pub(super) fn of_json(now: Timestamp, error: &Error, row: &[u8]) -> Self {
        Self::new(now, error, RowForm::Json, row.to_vec())
    }

    pub(super) fn of_msgpack(now: Timestamp, error: &Error, row: &[u8]) -> Self {
        Self::new(now, error, RowForm::MessagePack, row.to_vec())
    }

    /// What MessagePack cannot say, such as an integer of 128 bits, is kept as JSON.
    pub(super) fn of_value(now: Timestamp, error: &Error, row: &Value) -> Self {
        match msgpack::Encoder::new().limits(LIMITS).to_vec(row) {
            Ok(bytes) => Self::new(now, error, RowForm::MessagePack, bytes),
            Err(_) => Self::new(now, error, RowForm::Json, row.to_string().into_bytes()),
        }
    }

    fn new(now: Timestamp, error: &Error, form: RowForm, row: Vec<u8>) -> Self {
        let (expected, suggestion) = meant(error);
        let (text, bytes) = match (form, String::from_utf8(row)) {
            (RowForm::Json, Ok(text)) => (Maybe::Set(text), Maybe::Unset),
            (_, row) => (Maybe::Unset, Maybe::Set(row.map_or_else(|row| row.into_bytes(), Into::into))),
        };
        Self {
            row: 1,
            rejected_at: now,
            form,
            error: error.to_string(),
            path: error.path().to_string(),
            offset: error.offset().map_or(Maybe::Unset, |offset| Maybe::Set(offset as u64)),
            expected: expected.into(),
            found: error.found().map(str::to_owned).into(),
            suggestion: suggestion.into(),
            text,
            bytes,
        }
    }

    /// The row as it came.
    pub fn content(&self) -> &[u8] {
        match (&self.text, &self.bytes) {
            (Maybe::Set(text), _) => text.as_bytes(),
            (Maybe::Unset, Maybe::Set(bytes)) => bytes,
            (Maybe::Unset, Maybe::Unset) => &[],
        }
    }
}

/// What would have been taken in place of a type that is not known, and the most alike of it.
fn meant(error: &Error) -> (Option<String>, Option<String>) {
    if error.kind() != ErrorKind::InvalidValue || error.path().to_string() != "$.type" {
        return (error.expected().map(Into::into), None);
    }
    let found = error.found().unwrap_or_default().trim_matches('\'');
    let suggestion = nearest(found, DiagnosticEvent::types()).map(str::to_owned);
    (Some(one_of(DiagnosticEvent::types())), suggestion)
}
