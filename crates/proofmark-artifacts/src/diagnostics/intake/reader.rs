//! Rows out of a reader, in the memory of the longest one.

use std::io::{self, Read};

use super::message::{End, Message};
use super::window::Window;
use super::{ROW_BYTES_MAX, RowForm};

/// How rows follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLayout {
    /// JSON, one row per line. Blank lines are no rows.
    JsonLines,
    /// JSON, an array of rows.
    JsonArray,
    /// MessagePack messages, one behind the other.
    MessagePack,
}

impl RowLayout {
    /// What a file that begins with these bytes most likely is: an array begins with a bracket, a JSON row with another
    /// character of ASCII, and a row of MessagePack, being a map, with none.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::diagnostics::intake::RowLayout;
    ///
    /// assert_eq!(RowLayout::of(b"{\"type\":"), RowLayout::JsonLines);
    /// assert_eq!(RowLayout::of(b" [{"), RowLayout::JsonArray);
    /// assert_eq!(RowLayout::of(b"\x81\xa4type"), RowLayout::MessagePack);
    /// ```
    pub fn of(start: &[u8]) -> Self {
        let start = start.strip_prefix(BOM).unwrap_or(start);
        match start.trim_ascii_start().first() {
            Some(b'[') => Self::JsonArray,
            Some(0x80..) => Self::MessagePack,
            _ => Self::JsonLines,
        }
    }

    /// The form of each row.
    pub const fn form(self) -> RowForm {
        match self {
            Self::JsonLines | Self::JsonArray => RowForm::Json,
            Self::MessagePack => RowForm::MessagePack,
        }
    }
}

/// Blanks at the beginning of a file that are looked behind.
const BLANK_BYTES_MAX: usize = 64 << 10;

/// What some editors put before text.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Rows out of a reader, undecoded: each in turn, in the memory of the longest.
///
/// Of a row that is longer than [`ROW_BYTES_MAX`] one byte more than that is kept, so that it is refused, and the rest is
/// passed over. Behind bytes that are no MessagePack no other row can be found: all that is left is one row then.
///
/// # Examples
/// ```
/// use proofmark_artifacts::diagnostics::intake::{Intake, RowReader};
///
/// let file: &[u8] = b"[{\"type\":\"run_event.v1\",\"phase\":\"started\"}, {\"type\":\"x\"}]";
/// let mut rows = RowReader::new(file)?;
/// let mut intake = Intake::new(jiff::Timestamp::now);
/// while let Some(row) = intake.next_of(&mut rows)? {
///     match row {
///         Ok(event) => println!("{}", event.event_type()),
///         Err(row) => println!("{}: {}", row.row, row.error),
///     }
/// }
/// assert_eq!((intake.counts().accepted, intake.counts().rejected), (1, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RowReader<R> {
    window: Window<R>,
    layout: RowLayout,
    row: Vec<u8>,
    place: Place,
    cut: u64,
}

/// Where in the input a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At its beginning.
    Start,
    /// Between rows.
    Rows,
    /// Behind the last row.
    End,
}

impl<R: Read> RowReader<R> {
    /// Reads rows in the layout that the first bytes tell.
    ///
    /// # Errors
    /// Fails when the reader does.
    pub fn new(reader: R) -> io::Result<Self> {
        let mut rows = Self::with_layout(reader, RowLayout::JsonLines);
        while says_little(rows.window.rest()) && rows.window.fill()? {}
        rows.layout = RowLayout::of(rows.window.rest());
        Ok(rows)
    }

    /// Reads rows in a layout.
    pub const fn with_layout(reader: R, layout: RowLayout) -> Self {
        Self { window: Window::new(reader), layout, row: Vec::new(), place: Place::Start, cut: 0 }
    }

    /// The layout.
    pub const fn layout(&self) -> RowLayout {
        self.layout
    }

    /// Of how many rows only the beginning was kept.
    pub const fn cut(&self) -> u64 {
        self.cut
    }

    /// The next row; `None` behind the last.
    ///
    /// # Errors
    /// Fails when the reader does.
    pub fn next_row(&mut self) -> io::Result<Option<&[u8]>> {
        while self.place == Place::Start {
            self.begin()?;
        }
        self.row.clear();
        let is_row = self.place != Place::End
            && match self.layout {
                RowLayout::JsonLines => self.line()?,
                RowLayout::JsonArray => self.item()?,
                RowLayout::MessagePack => self.message()?,
            };
        if !is_row {
            self.place = Place::End;
            return Ok(None);
        }
        if self.row.len() > ROW_BYTES_MAX {
            self.cut += 1;
        }
        Ok(Some(&self.row))
    }

    /// Passes what stands before the first row.
    fn begin(&mut self) -> io::Result<()> {
        self.place = Place::Rows;
        if self.layout.form() == RowForm::MessagePack {
            return Ok(());
        }
        while self.window.rest().len() < BOM.len() && self.window.fill()? {}
        if self.window.rest().starts_with(BOM) {
            self.window.pass(BOM.len());
        }
        if self.layout == RowLayout::JsonArray && self.pass_blank()? == Some(b'[') {
            self.window.pass(1);
            if self.pass_blank()? == Some(b']') {
                self.window.pass(1);
                self.place = Place::End;
                self.trailing()?;
            }
        }
        Ok(())
    }

    /// A line that is not blank.
    fn line(&mut self) -> io::Result<bool> {
        while self.window.has_more()? {
            let rest = self.window.rest();
            let end = rest.iter().position(|byte| *byte == b'\n');
            let len = end.unwrap_or(rest.len());
            self.take(len);
            self.window.pass(usize::from(end.is_some()));
            if end.is_none() {
                continue;
            }
            if self.row.last() == Some(&b'\r') {
                self.row.pop();
            }
            if !self.row.trim_ascii().is_empty() {
                return Ok(true);
            }
            self.row.clear();
        }
        Ok(!self.row.trim_ascii().is_empty())
    }

    /// What stands up to the next comma or bracket that is neither in a text nor in a value.
    fn item(&mut self) -> io::Result<bool> {
        self.pass_blank()?;
        let mut nesting = Nesting::default();
        while self.window.has_more()? {
            let rest = self.window.rest();
            let Some(len) = rest.iter().position(|byte| nesting.is_end(*byte)) else {
                self.take(rest.len());
                continue;
            };
            let is_last = rest.get(len) == Some(&b']');
            self.take(len);
            self.window.pass(1);
            self.trim();
            if is_last {
                self.place = Place::End;
                self.trailing()?;
            }
            return Ok(true);
        }
        // The array has no end. A value that has one is a row, and nothing is one too behind it, to be refused.
        self.trim();
        if self.row.is_empty() || nesting.is_open() {
            self.place = Place::End;
        }
        Ok(true)
    }

    fn message(&mut self) -> io::Result<bool> {
        let mut message = Message::new();
        loop {
            if let End::At(len) = message.end(self.window.rest()) {
                self.take(len);
                return Ok(true);
            }
            if self.window.rest().len() > ROW_BYTES_MAX || !self.window.fill()? {
                self.place = Place::End;
                self.take(self.window.rest().len());
                return Ok(!self.row.is_empty());
            }
        }
    }

    /// Passes so many bytes, and keeps those of them that a row may have, and one more.
    fn take(&mut self, len: usize) {
        let rest = self.window.rest();
        let kept = len.min((ROW_BYTES_MAX + 1).saturating_sub(self.row.len()));
        self.row.extend_from_slice(rest.get(..kept).unwrap_or_default());
        self.window.pass(len);
    }

    fn trim(&mut self) {
        let len = self.row.trim_ascii_end().len();
        self.row.truncate(len);
    }

    /// Passes blanks; the byte behind them.
    fn pass_blank(&mut self) -> io::Result<Option<u8>> {
        while self.window.has_more()? {
            let rest = self.window.rest();
            let blank = rest.len() - rest.trim_ascii_start().len();
            self.window.pass(blank);
            if let Some(first) = self.window.rest().first() {
                return Ok(Some(*first));
            }
        }
        Ok(None)
    }

    /// What stands behind an array is rows of their own: lines, or another array.
    fn trailing(&mut self) -> io::Result<()> {
        if let Some(first) = self.pass_blank()? {
            self.layout = if first == b'[' { RowLayout::JsonArray } else { RowLayout::JsonLines };
            self.place = Place::Start;
        }
        Ok(())
    }
}

/// Whether the first bytes of a file are too few to tell what it is. Of blanks not more are read than anybody writes.
fn says_little(start: &[u8]) -> bool {
    let text = start.strip_prefix(BOM).unwrap_or(start);
    (BOM.starts_with(start) || text.trim_ascii_start().is_empty()) && start.len() < BLANK_BYTES_MAX
}

/// How deep inside of values a byte of JSON is.
#[derive(Debug, Default)]
struct Nesting {
    depth: u64,
    is_text: bool,
    is_escaped: bool,
}

impl Nesting {
    /// Whether a value has begun and not ended.
    const fn is_open(&self) -> bool {
        self.depth > 0 || self.is_text
    }

    /// Whether the byte ends the value at depth 0.
    fn is_end(&mut self, byte: u8) -> bool {
        if self.is_text {
            let is_escape = byte == b'\\' && !self.is_escaped;
            self.is_text = byte != b'"' || self.is_escaped;
            self.is_escaped = is_escape;
            return false;
        }
        match byte {
            b'"' => self.is_text = true,
            b'[' | b'{' => self.depth += 1,
            b',' | b']' if self.depth == 0 => return true,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}
