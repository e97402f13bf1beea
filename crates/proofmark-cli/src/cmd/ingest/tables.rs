//! Events as tables, in the memory of a part of them.

use std::collections::BTreeMap;
use std::path::Path;

use proofmark::decode::DecodeOwned;
use proofmark::{Encode, Error};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::intake::{EventBuffer, PushError, RejectedRow};

use super::sink::Format;
use crate::cmd::tables::{Part, RunParts, TableFormat, not_a_table};
use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// Bytes of events that wait to become columns: as MessagePack, which is a tenth of what they are as values.
const WAITING_BYTES_MAX: usize = 4 << 20;

/// Tables in the making: one per type of event, and one of rejected rows.
pub(super) struct EventTables {
    run: RunParts,
    events: EventBuffer,
    rejected: EventBuffer<RejectedRow>,
    parts: BTreeMap<String, Part>,
    rows: usize,
}

impl EventTables {
    pub(super) fn new(output: &Path, format: Format, run_id: &str) -> Result<Self> {
        let format = match format {
            Format::Delta => TableFormat::Delta,
            _ => TableFormat::Parquet,
        };
        Ok(Self {
            run: RunParts::new(output, format, run_id)?,
            events: EventBuffer::with_limit(WAITING_BYTES_MAX),
            rejected: EventBuffer::with_limit(WAITING_BYTES_MAX),
            parts: BTreeMap::new(),
            rows: 0,
        })
    }

    pub(super) fn accept(&mut self, event: &DiagnosticEvent) -> Result<()> {
        let full = push(&mut self.events, event)?;
        self.write(full)
    }

    pub(super) fn reject(&mut self, row: &RejectedRow) -> Result<()> {
        let full = push(&mut self.rejected, row)?;
        self.write(full)
    }

    fn write<T: Encode>(&mut self, rows: Vec<T>) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let tables = self.run.tables().tables(&rows).map_err(|error| not_a_table("events", &error))?;
        for table in tables {
            self.rows += table.batch.num_rows();
            if !self.parts.contains_key(&table.name) {
                let part = self.run.part(&table.name, &table.batch.schema())?;
                self.parts.insert(table.name.clone(), part);
            }
            if let Some(part) = self.parts.get_mut(&table.name) {
                part.write(&table)?;
            }
        }
        Ok(())
    }

    /// Puts all parts in place, and tells what they are.
    pub(super) fn finish(mut self) -> Result<String> {
        let (events, rejected) = (drained(&mut self.events)?, drained(&mut self.rejected)?);
        self.write(events)?;
        self.write(rejected)?;
        let count = self.parts.len();
        self.parts.into_values().try_for_each(Part::finish)?;
        Ok(self.run.told(count, self.rows) + "\n")
    }
}

/// Adds a record; what has to be written first, or by itself.
fn push<T: Encode + DecodeOwned + Clone>(buffer: &mut EventBuffer<T>, record: &T) -> Result<Vec<T>> {
    match buffer.push(record) {
        Ok(()) => Ok(Vec::new()),
        Err(PushError::Full { .. }) => {
            let mut waiting = drained(buffer)?;
            waiting.push(record.clone());
            Ok(waiting)
        }
        Err(error) => Err(Failure::incomplete(escape(&error.to_string()))),
    }
}

fn drained<T: DecodeOwned>(buffer: &mut EventBuffer<T>) -> Result<Vec<T>> {
    let records: Result<Vec<T>, Error> = buffer.iter().collect();
    let records = records.map_err(|error| Failure::incomplete(escape(&error.to_string())))?;
    buffer.clear();
    Ok(records)
}
