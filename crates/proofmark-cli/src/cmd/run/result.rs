//! Results on standard output, as datafusion-cli prints them.

use std::io;

use proofmark_datafusion::datafusion::arrow::csv::WriterBuilder;
use proofmark_datafusion::datafusion::arrow::datatypes::SchemaRef;
use proofmark_datafusion::datafusion::arrow::error::ArrowError;
use proofmark_datafusion::datafusion::arrow::json::{ArrayWriter, LineDelimitedWriter};
use proofmark_datafusion::datafusion::arrow::record_batch::RecordBatch;
use proofmark_datafusion::datafusion::arrow::util::pretty::pretty_format_batches;
use proofmark_datafusion::{Error, ErrorKind, Result, Sink, SinkOutput, StatementHead};

use super::Format;
use super::progress::Progress;
use crate::screen::Screen;

/// Prints each result: tables when they are complete, all else batch by batch.
pub(super) struct ResultSink<'a> {
    format: Format,
    rows_shown_max: usize,
    screen: &'a mut Screen,
    progress: &'a Progress,
    /// The result that is being printed.
    current: Option<Current>,
    /// Whether nobody reads any more. The run goes on: its record is wanted, and so may be what later statements write.
    is_closed: bool,
}

struct Current {
    schema: SchemaRef,
    /// The rows that a table will show.
    shown: Vec<RecordBatch>,
    shown_rows: usize,
    rows: usize,
    /// Whether a batch was printed before.
    is_continued: bool,
}

impl<'a> ResultSink<'a> {
    pub(super) fn new(
        format: Format,
        rows_shown_max: usize,
        screen: &'a mut Screen,
        progress: &'a Progress,
    ) -> Self {
        Self { format, rows_shown_max, screen, progress, current: None, is_closed: false }
    }

    fn print(&mut self, data: &[u8]) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let (screen, progress) = (&mut *self.screen, self.progress);
        let printed = progress.suspend(|| screen.print_data(data).and_then(|()| screen.flush()));
        match printed {
            Err(failure) if failure.is_closed() => self.is_closed = true,
            Err(failure) => return Err(Error::new(ErrorKind::Sink, failure.to_string())),
            Ok(()) => {}
        }
        Ok(())
    }
}

impl Sink for ResultSink<'_> {
    fn begin(&mut self, _: &StatementHead<'_>, schema: &SchemaRef) -> Result<()> {
        self.current = Some(Current {
            schema: schema.clone(),
            shown: Vec::new(),
            shown_rows: 0,
            rows: 0,
            is_continued: false,
        });
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<()> {
        let Some(current) = &mut self.current else { return Ok(()) };
        current.rows += batch.num_rows();
        if self.format == Format::Table {
            current.keep(batch, self.rows_shown_max);
            return Ok(());
        }
        let text = current.text(self.format, batch).map_err(unprintable)?;
        self.print(&text)
    }

    fn end(&mut self) -> Result<()> {
        let Some(mut current) = self.current.take() else { return Ok(()) };
        let text = match self.format {
            Format::Table => current.table(self.rows_shown_max),
            _ => current.end(self.format),
        };
        self.print(&text.map_err(unprintable)?)
    }

    fn output(&self) -> Option<SinkOutput> {
        let format = match self.format {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
        };
        Some(SinkOutput { path: None, format: format.to_owned(), bytes: None })
    }
}

impl Current {
    fn keep(&mut self, batch: &RecordBatch, rows_max: usize) {
        let kept = batch.num_rows().min(rows_max.saturating_sub(self.shown_rows));
        if kept > 0 {
            self.shown.push(batch.slice(0, kept));
            self.shown_rows += kept;
        }
    }

    /// The table, and beneath it how many rows there are.
    fn table(&self, rows_max: usize) -> Result<Vec<u8>, ArrowError> {
        let empty = [RecordBatch::new_empty(self.schema.clone())];
        let batches = if self.shown.is_empty() { &empty[..] } else { &self.shown };
        let mut table = pretty_format_batches(batches)?.to_string();
        let mut note = "";
        let first = format!("(First {rows_max} displayed. Use --maxrows to adjust)");
        if self.shown_rows < self.rows {
            table = with_dots(&table);
            note = &first;
        }
        // No elapsed time, unlike datafusion-cli: the same query over the same data prints the same.
        Ok(format!("{table}\n{} row(s) fetched. {note}\n\n", self.rows).into_bytes())
    }

    /// A batch as text.
    fn text(&mut self, format: Format, batch: &RecordBatch) -> Result<Vec<u8>, ArrowError> {
        let mut out = Vec::new();
        match format {
            Format::Csv => {
                let builder = WriterBuilder::new().with_header(!self.is_continued);
                builder.build(&mut out).write(batch)?;
            }
            Format::Ndjson => LineDelimitedWriter::new(&mut out).write(batch)?,
            Format::Json | Format::Table if batch.num_rows() == 0 => return Ok(out),
            Format::Json | Format::Table => {
                let mut writer = ArrayWriter::new(&mut out);
                writer.write(batch)?;
                writer.finish()?;
                // Each batch is an array; together they are one.
                out.pop();
                out[0] = if self.is_continued { b',' } else { b'[' };
            }
        }
        self.is_continued = true;
        Ok(out)
    }

    /// What ends a result.
    fn end(&mut self, format: Format) -> Result<Vec<u8>, ArrowError> {
        match (format, self.is_continued) {
            (Format::Json, true) => Ok(b"]\n".to_vec()),
            (Format::Json, false) => Ok(b"[]\n".to_vec()),
            // A result without rows has columns all the same.
            (Format::Csv, false) => self.text(format, &RecordBatch::new_empty(self.schema.clone())),
            _ => Ok(Vec::new()),
        }
    }
}

/// Puts three lines of dots before the last line of the frame.
fn with_dots(table: &str) -> String {
    let (rows, frame) = table.rsplit_once('\n').unwrap_or(("", table));
    let dots = format!("| .{:<width$}|\n", "", width = frame.len().saturating_sub(4));
    format!("{rows}\n{}{frame}", dots.repeat(3))
}

fn unprintable(error: ArrowError) -> Error {
    Error::new(ErrorKind::Sink, io::Error::other(error).to_string())
}
