//! Rows one after the other.

use jiff::Timestamp;
use proofmark::msgpack::{self, Stream};
use proofmark::{Limits, Raw, Result};

use super::{DEPTH_MAX, Intake, RejectedRow};
use crate::diagnostics::DiagnosticEvent;

/// The rows of [`Intake::json_lines`].
#[derive(Debug)]
pub struct JsonRows<'a, C> {
    intake: &'a mut Intake<C>,
    rest: &'a [u8],
}

impl<'a, C> JsonRows<'a, C> {
    pub(super) const fn new(intake: &'a mut Intake<C>, rows: &'a [u8]) -> Self {
        Self { intake, rest: rows }
    }
}

impl<C: FnMut() -> Timestamp> Iterator for JsonRows<'_, C> {
    type Item = Result<DiagnosticEvent, Box<RejectedRow>>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = self.rest.iter().position(|byte| *byte == b'\n').unwrap_or(self.rest.len());
            let (row, rest) = self.rest.split_at(end);
            self.rest = rest.get(1..).unwrap_or_default();
            if !row.trim_ascii().is_empty() {
                return Some(self.intake.json(row));
            }
        }
        None
    }
}

/// The rows of [`Intake::msgpack_stream`].
#[derive(Debug)]
pub struct MessagePackRows<'a, C> {
    intake: &'a mut Intake<C>,
    stream: Stream<'a, Raw<'a>>,
    rest: &'a [u8],
}

impl<'a, C> MessagePackRows<'a, C> {
    pub(super) fn new(intake: &'a mut Intake<C>, rows: &'a [u8]) -> Self {
        let stream = msgpack::Decoder::new().limits(Limits::depth(DEPTH_MAX)).from_stream(rows);
        Self { intake, stream, rest: rows }
    }
}

impl<C: FnMut() -> Timestamp> Iterator for MessagePackRows<'_, C> {
    type Item = Result<DiagnosticEvent, Box<RejectedRow>>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = match self.stream.next()? {
            Ok(row) => {
                let (row, rest) = self.rest.split_at(row.as_bytes().len().min(self.rest.len()));
                self.rest = rest;
                row
            }
            // The intake finds the same fault, of all that is left.
            Err(_) => std::mem::take(&mut self.rest),
        };
        Some(self.intake.msgpack(row))
    }
}
