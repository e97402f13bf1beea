//! Events as tables, in the memory of a part of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proofmark::decode::DecodeOwned;
use proofmark::{Encode, Error};
use proofmark_arrow::{ParquetWriter, Table, Tables};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::intake::{EventBuffer, PushError, RejectedRow};
use tempfile::NamedTempFile;

use crate::cmd::tables::{PART_FILE, not_a_table, part_dir, readable};
use crate::failure::{Failure, Result};
use crate::render::text::{escape, plural};

/// Bytes of events that wait to become columns: as MessagePack, which is a tenth of what they are as values.
const WAITING_BYTES_MAX: usize = 4 << 20;

/// Tables in the making: one per type of event, and one of rejected rows.
pub(super) struct EventTables {
    output: PathBuf,
    run_id: String,
    events: EventBuffer,
    rejected: EventBuffer<RejectedRow>,
    parts: BTreeMap<String, Part>,
    rows: usize,
}

/// The part of a table that is made here, not in place yet.
struct Part {
    writer: ParquetWriter<NamedTempFile>,
    dir: PathBuf,
}

impl EventTables {
    pub(super) fn new(output: &Path, run_id: &str) -> Result<Self> {
        Ok(Self {
            output: output.to_owned(),
            run_id: run_id.to_owned(),
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
        let tables = Tables::default().tables(&rows).map_err(|error| not_a_table("events", &error))?;
        for Table { name, batch } in tables {
            self.rows += batch.num_rows();
            if !self.parts.contains_key(&name) {
                let part = self.part(&name, &batch.schema())?;
                self.parts.insert(name.clone(), part);
            }
            if let Some(part) = self.parts.get_mut(&name) {
                part.writer.write(&batch).map_err(|error| not_a_table(&name, &error))?;
            }
        }
        Ok(())
    }

    fn part(&self, name: &str, schema: &proofmark_arrow::SchemaRef) -> Result<Part> {
        let dir = part_dir(&self.output, name, &self.run_id);
        let failed = |error: std::io::Error| Failure::io("write", &dir, &error);
        std::fs::create_dir_all(&dir).map_err(failed)?;
        let file = NamedTempFile::new_in(&dir).map_err(failed)?;
        let writer = ParquetWriter::new(file, schema.clone()).map_err(|error| not_a_table(name, &error))?;
        Ok(Part { writer, dir })
    }

    /// Puts all parts in place, and tells what they are.
    pub(super) fn finish(mut self) -> Result<String> {
        let (events, rejected) = (drained(&mut self.events)?, drained(&mut self.rejected)?);
        self.write(events)?;
        self.write(rejected)?;
        let count = self.parts.len();
        for (name, Part { writer, dir }) in std::mem::take(&mut self.parts) {
            let failed = |error: std::io::Error| Failure::io("write", &dir, &error);
            let file = writer.finish().map_err(|error| not_a_table(&name, &error))?;
            readable(file.path()).map_err(failed)?;
            file.persist(dir.join(PART_FILE)).map_err(|error| failed(error.error))?;
        }
        let (files, rows) = (plural(count, "file", "files"), plural(self.rows, "row", "rows"));
        Ok(format!("wrote {files}, {rows}, to {}\n", escape(&self.output.to_string_lossy())))
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
