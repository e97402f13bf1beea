//! Standard output and error: where colours go, how wide they are, and what happens when nobody reads.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use proofmark::{Encode, json};

use crate::failure::{Failure, Result};
use crate::render::paint::Paint;
use crate::render::text;

/// The width where there is no terminal to ask.
const WIDTH_DEFAULT: usize = 110;
const WIDTH_MIN: usize = 40;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// Standard output and error.
pub(crate) struct Screen {
    out: BufWriter<Stdout>,
    out_paint: Paint,
    error_paint: Paint,
    out_is_terminal: bool,
}

impl Screen {
    pub(crate) fn new(color: Color) -> Self {
        let stdout = io::stdout();
        let paint = |auto: ColorChoice| match color {
            Color::Auto => Paint::new(auto != ColorChoice::Never),
            Color::Always => Paint::new(true),
            Color::Never => Paint::new(false),
        };
        Self {
            out_paint: paint(AutoStream::choice(&stdout)),
            error_paint: paint(AutoStream::choice(&io::stderr())),
            out_is_terminal: stdout.is_terminal(),
            out: BufWriter::new(stdout),
        }
    }

    /// The colours of standard output.
    pub(crate) fn paint(&self) -> Paint {
        self.out_paint
    }

    /// The colours of standard error.
    pub(crate) fn error_paint(&self) -> Paint {
        self.error_paint
    }

    /// The columns of the terminal. `COLUMNS` wins, and tells it where there is none.
    pub(crate) fn width(&self) -> usize {
        let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        stated.or_else(|| self.out_is_terminal.then(seen)?).unwrap_or(WIDTH_DEFAULT).max(WIDTH_MIN)
    }

    /// Prints text of our own, which holds no control characters from data.
    pub(crate) fn print(&mut self, text: &str) -> Result<()> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    /// Prints data as it is; on a terminal without what could take it over.
    pub(crate) fn print_data(&mut self, data: &[u8]) -> Result<()> {
        if !self.out_is_terminal {
            return Ok(self.out.write_all(data)?);
        }
        let text = String::from_utf8_lossy(data);
        Ok(self.out.write_all(text::escape_lines(&text).as_bytes())?)
    }

    /// Prints JSON text; on a terminal with further escapes, which mean the same.
    pub(crate) fn print_json(&mut self, json: &[u8]) -> Result<()> {
        if !self.out_is_terminal {
            return Ok(self.out.write_all(json)?);
        }
        let text = String::from_utf8_lossy(json);
        Ok(self.out.write_all(text::escape_json(&text).as_bytes())?)
    }

    /// Prints a record as JSON on one line.
    pub(crate) fn print_record(&mut self, record: &impl Encode) -> Result<()> {
        let text = json::to_vec(record).map_err(|error| Failure::incomplete(error.to_string()))?;
        self.print_json(&text)?;
        self.print("\n")
    }

    /// Says something beside the output.
    pub(crate) fn note(&self, text: &str) {
        note(text);
    }

    /// Says why a command failed.
    pub(crate) fn fail(&self, failure: &Failure) {
        if failure.is_closed() {
            return;
        }
        self.note(&format!("{}: {failure}", self.error_paint.bad("error")));
        if let Some(note) = failure.note() {
            self.note(note);
        }
    }

    /// Writes out what is buffered.
    pub(crate) fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

/// Says something beside the output.
pub(crate) fn note(note: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{note}");
}
