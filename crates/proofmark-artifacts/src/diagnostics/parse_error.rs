//! Text that is not SQL.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// A text was not SQL.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "parse_error_event.v1")]
pub struct ParseErrorEvent {
    /// When it happened. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The dialect the parser was set to.
    #[field(min_len = 1)]
    pub dialect: String,
    /// The text.
    pub sql: String,
    /// The parser's message.
    pub message: String,
    /// Line of the error, from 1.
    #[field(ge = 1, absent = "the parser does not say where")]
    pub line: Maybe<u64>,
    /// Column of the error, from 1.
    #[field(ge = 1, absent = "the parser does not say where")]
    pub column: Maybe<u64>,
}
