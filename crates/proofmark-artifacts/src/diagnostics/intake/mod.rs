//! Loose rows become typed events; those that do not are kept aside.
//!
//! Rows come as JSON, as MessagePack, as values or as other records. They are read leniently: `"7"` is a number, `1` is
//! true. An event without a time gets the clock's, for here is the last place that knows when it came. A row that is no
//! event is given back whole, with what is wrong with it, and counted.
//!
//! ```
//! use proofmark_artifacts::diagnostics::intake::{EventBuffer, Intake};
//!
//! let mut intake = Intake::new(jiff::Timestamp::now);
//! let mut events = EventBuffer::new();
//! let mut rejected = EventBuffer::new();
//! let rows = br#"{"type":"run_event.v1","phase":"finished","rows":"7"}
//! {"type":"run_event.v1","phase":"finnished"}
//! "#;
//! for row in intake.json_lines(rows) {
//!     match row {
//!         Ok(event) => events.push(&event)?,
//!         Err(row) => rejected.push(&*row)?,
//!     }
//! }
//! assert_eq!((intake.counts().accepted, intake.counts().rejected), (1, 1));
//! assert_eq!((events.len(), rejected.len()), (1, 1));
//!
//! let row = rejected.iter().next().expect("one was refused")?;
//! assert_eq!((row.row, row.error.as_str()), (2, "Invalid enum value 'finnished' - at `$.phase`"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod buffer;
mod counts;
mod message;
mod reader;
mod rejected;
mod rows;
mod window;

use std::io;

use jiff::Timestamp;
use proofmark::convert::Converter;
use proofmark::{Encode, Error, ErrorKind, Limits, Result, Strictness, Value, json, msgpack};

pub use buffer::{EVENT_BUFFER_BYTES_MAX, EventBuffer, PushError, SpillingBuffer};
pub use counts::{IntakeCounts, IntakeReport, REPORTED_ROWS_MAX};
pub use reader::{RowLayout, RowReader};
pub use rejected::{RejectedRow, RowForm};
pub use rows::{JsonRows, MessagePackRows};

use super::DiagnosticEvent;
use crate::DEPTH_MAX;

/// Bytes of one row.
pub const ROW_BYTES_MAX: usize = 16 << 20;

const LIMITS: Limits = row_limits();

const fn row_limits() -> Limits {
    let mut limits = Limits::depth(DEPTH_MAX);
    limits.input_bytes_max = ROW_BYTES_MAX;
    limits
}

const CONVERTER: Converter = Converter::new().strictness(Strictness::Lenient).limits(LIMITS);

/// Takes rows in, and counts them.
#[derive(Clone, Debug)]
pub struct Intake<C> {
    clock: C,
    untyped: Option<String>,
    counts: IntakeCounts,
}

impl<C: FnMut() -> Timestamp> Intake<C> {
    /// An intake that has seen no rows. `clock` says when a row came that does not say it itself.
    pub fn new(clock: C) -> Self {
        Self { clock, untyped: None, counts: IntakeCounts::default() }
    }

    /// Takes rows without a type for events of this type: `run_event`, for the rows of one table.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::diagnostics::intake::Intake;
    ///
    /// let mut intake = Intake::new(jiff::Timestamp::now).untyped_as("run_event");
    /// assert!(intake.json(br#"{"phase":"started"}"#).is_ok());
    /// assert!(Intake::new(jiff::Timestamp::now).json(br#"{"phase":"started"}"#).is_err());
    /// ```
    #[must_use]
    pub fn untyped_as(self, event_type: impl Into<String>) -> Self {
        Self { untyped: Some(event_type.into()), ..self }
    }

    /// Takes one row of JSON.
    ///
    /// # Errors
    /// Gives the row back when it is no event.
    pub fn json(&mut self, row: &[u8]) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        let decoder = json::Decoder::new().strictness(Strictness::Lenient).limits(LIMITS);
        let event = decoder.from_slice(row);
        let event = event.or_else(|error| self.settled(error, || decoder.from_slice(row)));
        self.taken(event, |now, error| RejectedRow::of_json(now, error, row))
    }

    /// Takes one row of MessagePack.
    ///
    /// # Errors
    /// As [`Intake::json`].
    pub fn msgpack(&mut self, row: &[u8]) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        let decoder = msgpack::Decoder::new().strictness(Strictness::Lenient).limits(LIMITS);
        let event = decoder.from_slice(row);
        let event = event.or_else(|error| self.settled(error, || decoder.from_slice(row)));
        self.taken(event, |now, error| RejectedRow::of_msgpack(now, error, row))
    }

    /// Takes one row that is a loose map.
    ///
    /// # Errors
    /// As [`Intake::json`].
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// use proofmark_artifacts::diagnostics::intake::Intake;
    ///
    /// let row = Value::from_iter([("type", "run_event.v1"), ("phase", "started"), ("rows", "7")]);
    /// let event = Intake::new(jiff::Timestamp::now).value(&row).map_err(|row| row.error)?;
    /// assert!(!event.event_time().is_unset());
    /// # Ok::<(), String>(())
    /// ```
    pub fn value(&mut self, row: &Value) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        let event = CONVERTER.from_value(row);
        let event = event.or_else(|error| self.settled(error, || Ok(row.clone())));
        self.taken(event, |now, error| RejectedRow::of_value(now, error, row))
    }

    /// Takes one row that is another record.
    ///
    /// # Errors
    /// As [`Intake::json`].
    pub fn record(&mut self, row: &(impl Encode + ?Sized)) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        match CONVERTER.to_value(row) {
            Ok(row) => self.value(&row),
            Err(error) => {
                self.taken(Err(error), |now, error| RejectedRow::of_value(now, error, &Value::Null))
            }
        }
    }

    /// Takes a row once more that was refused: by an earlier release, or before `untyped_as` was known.
    ///
    /// # Errors
    /// As [`Intake::json`].
    pub fn again(&mut self, row: &RejectedRow) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        match row.form {
            RowForm::Json => self.json(row.content()),
            RowForm::MessagePack => self.msgpack(row.content()),
        }
    }

    /// Takes rows of JSON, one per line. Empty lines are no rows.
    pub fn json_lines<'a>(&'a mut self, rows: &'a [u8]) -> JsonRows<'a, C> {
        JsonRows::new(self, rows)
    }

    /// Takes rows of MessagePack that follow each other.
    ///
    /// What is no MessagePack has no end that could be found: all that is left is one row then.
    pub fn msgpack_stream<'a>(&'a mut self, rows: &'a [u8]) -> MessagePackRows<'a, C> {
        MessagePackRows::new(self, rows)
    }

    /// Takes the next row of a reader; `None` behind the last.
    ///
    /// # Errors
    /// Fails when the reader does.
    pub fn next_of<R: io::Read>(
        &mut self,
        rows: &mut RowReader<R>,
    ) -> io::Result<Option<Result<DiagnosticEvent, Box<RejectedRow>>>> {
        let form = rows.layout().form();
        let Some(row) = rows.next_row()? else { return Ok(None) };
        Ok(Some(match form {
            RowForm::Json => self.json(row),
            RowForm::MessagePack => self.msgpack(row),
        }))
    }

    /// What was taken in so far.
    pub fn counts(&self) -> &IntakeCounts {
        &self.counts
    }

    /// The counts with rows that were refused, as a record; at most [`REPORTED_ROWS_MAX`] of them.
    pub fn report(&self, rejected: impl IntoIterator<Item = RejectedRow>) -> IntakeReport {
        let rejected = rejected.into_iter().take(REPORTED_ROWS_MAX).collect();
        IntakeReport { counts: self.counts.clone(), rejected }
    }

    /// A row whose type is missing or has no version, with the type that it must be.
    #[cold]
    fn settled(&self, error: Error, row: impl FnOnce() -> Result<Value>) -> Result<DiagnosticEvent> {
        if !is_about_type(&error) {
            return Err(error);
        }
        let Ok(mut row) = row() else { return Err(error) };
        let given = row.get("type").map(|tag| tag.as_str().map(str::to_owned));
        let Some(given) = given.unwrap_or_else(|| self.untyped.clone()) else { return Err(error) };
        let Some(known) = full_type(&given) else { return Err(error) };
        match row.as_map_mut() {
            Some(map) => map.insert("type", known),
            None => return Err(error),
        };
        CONVERTER.from_value(&row)
    }

    fn taken(
        &mut self,
        event: Result<DiagnosticEvent>,
        reject: impl FnOnce(Timestamp, &Error) -> RejectedRow,
    ) -> Result<DiagnosticEvent, Box<RejectedRow>> {
        self.counts.rows += 1;
        match event {
            Ok(mut event) => {
                let is_filled = event.event_time().is_unset() && event.fill_event_time((self.clock)());
                self.counts.accept(event.event_type(), is_filled);
                Ok(event)
            }
            Err(error) => {
                self.counts.rejected += 1;
                let mut row = reject((self.clock)(), &error);
                row.row = self.counts.rows;
                Err(Box::new(row))
            }
        }
    }
}

/// Whether a row has no type, or one that is not known.
fn is_about_type(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::MissingField => error.path().is_root() && error.expected().as_deref() == Some("type"),
        ErrorKind::InvalidValue => error.path().to_string() == "$.type",
        _ => false,
    }
}

/// The newest version of a type that was given without one, or with the one it has.
fn full_type(given: &str) -> Option<&'static str> {
    DiagnosticEvent::types()
        .find(|known| *known == given || known.rsplit_once(".v").is_some_and(|(name, _)| name == given))
}
