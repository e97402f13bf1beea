//! Laying out JSON text anew without decoding it.

use super::{cursor::Cursor, number, skip::Open, string};
use crate::{Limits, error::Result};

/// How [`format()`] lays out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indent {
    /// No blanks at all.
    None,
    /// One line, with a blank after each comma and colon.
    OneLine,
    /// A line per entry, indented by so many blanks per level.
    Spaces(usize),
}

/// Lays out JSON text anew. Numbers and strings keep their spelling, duplicate keys stay.
///
/// # Errors
/// Fails when `input` is not one JSON value.
///
/// # Examples
/// ```
/// use proofmark::json::{Indent, format};
/// assert_eq!(format(b"{\"a\": [1.50, {} ]}", Indent::OneLine)?, b"{\"a\": [1.50, {}]}");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn format(input: &[u8], indent: Indent) -> Result<Vec<u8>> {
    format_with_limits(input, indent, Limits::DEFAULT)
}

/// As [`format()`], within other bounds: depth costs memory here, and no stack.
///
/// # Errors
/// As [`format()`].
pub fn format_with_limits(input: &[u8], indent: Indent, limits: Limits) -> Result<Vec<u8>> {
    limits.check_input(input)?;
    let mut layout = Layout {
        cursor: Cursor::new(input),
        out: Vec::with_capacity(input.len()),
        indent,
        limits,
        open: Vec::new(),
    };
    layout.run()?;
    layout.cursor.skip_space();
    if !layout.cursor.at_end() {
        return Err(layout.cursor.malformed_at(layout.cursor.pos() + 1, "trailing characters"));
    }
    Ok(layout.out)
}

struct Layout<'a> {
    cursor: Cursor<'a>,
    out: Vec<u8>,
    indent: Indent,
    limits: Limits,
    /// The containers that are open.
    open: Vec<Open>,
}

impl Layout<'_> {
    fn run(&mut self) -> Result<()> {
        loop {
            let opened = match self.cursor.skip_space() {
                b'{' => self.open(b'{', b'}')?,
                b'[' => self.open(b'[', b']')?,
                _ => {
                    self.scalar()?;
                    false
                }
            };
            if opened {
                self.first()?;
            } else if !self.after_value()? {
                return Ok(());
            }
        }
    }

    /// Opens a container; an empty one is closed at once, and `false` returned.
    fn open(&mut self, open: u8, close: u8) -> Result<bool> {
        if self.open.len() >= self.limits.depth_max as usize {
            return Err(self.limits.too_deep().at_offset(self.cursor.pos()));
        }
        self.out.push(open);
        self.cursor.bump();
        let empty = self.cursor.skip_space() == close;
        if empty {
            self.cursor.bump();
            self.out.push(close);
        }
        if !empty {
            self.open.push(Open::new(open == b'{', &self.limits));
            self.line();
        }
        Ok(!empty)
    }

    /// Before the first value of a container.
    fn first(&mut self) -> Result<()> {
        let Some(container) = self.open.last_mut() else { return Ok(()) };
        container.count(&self.cursor, &self.limits)?;
        if container.is_object { self.key() } else { Ok(()) }
    }

    fn key(&mut self) -> Result<()> {
        if self.cursor.skip_space() != b'"' {
            return Err(self.cursor.malformed("expected '\"'"));
        }
        self.string()?;
        if self.cursor.skip_space() != b':' {
            return Err(self.cursor.malformed("expected ':'"));
        }
        self.cursor.bump();
        self.out.extend_from_slice(if self.indent == Indent::None { b":" } else { b": " });
        Ok(())
    }

    fn string(&mut self) -> Result<()> {
        self.copy(|cursor| {
            cursor.bump();
            string::skip(cursor)
        })
    }

    fn scalar(&mut self) -> Result<()> {
        match self.cursor.peek() {
            b'"' => self.string(),
            b't' => self.copy(|cursor| cursor.literal(b"true")),
            b'f' => self.copy(|cursor| cursor.literal(b"false")),
            b'n' => self.copy(|cursor| cursor.literal(b"null")),
            b'-' | b'0'..=b'9' => self.copy(|cursor| number::scan(cursor).map(|_| ())),
            _ => Err(self.cursor.malformed("invalid character")),
        }
    }

    fn copy(&mut self, pass: impl FnOnce(&mut Cursor<'_>) -> Result<()>) -> Result<()> {
        let start = self.cursor.pos();
        pass(&mut self.cursor)?;
        self.out.extend_from_slice(self.cursor.since(start));
        Ok(())
    }

    /// Closes what closes here, and tells whether another value follows.
    fn after_value(&mut self) -> Result<bool> {
        while let Some(container) = self.open.last_mut() {
            let object = container.is_object;
            match (self.cursor.skip_space(), object) {
                (b',', _) => {
                    self.cursor.bump();
                    self.after_comma(object)?;
                    return Ok(true);
                }
                (close @ (b'}' | b']'), _) if (close == b'}') == object => {
                    self.cursor.bump();
                    self.open.pop();
                    self.line();
                    self.out.push(close);
                }
                _ => {
                    return Err(self.cursor.malformed(if object {
                        "expected ',' or '}'"
                    } else {
                        "expected ',' or ']'"
                    }));
                }
            }
        }
        Ok(false)
    }

    fn after_comma(&mut self, object: bool) -> Result<()> {
        match (self.cursor.skip_space(), object) {
            (b'}', true) => return Err(self.cursor.malformed("trailing comma in object")),
            (b']', false) => return Err(self.cursor.malformed("trailing comma in array")),
            _ => {}
        }
        self.out.push(b',');
        if self.indent == Indent::OneLine {
            self.out.push(b' ');
        }
        self.line();
        self.first()
    }

    fn line(&mut self) {
        if let Indent::Spaces(width) = self.indent {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + width * self.open.len(), b' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_laid_out_up_to_the_limit_and_refused_beyond_it() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        let format = |depth, depth_max| {
            format_with_limits(nested(depth).as_bytes(), Indent::None, Limits::depth(depth_max))
        };
        assert_eq!(format(299, 300).unwrap(), nested(299).as_bytes());
        assert_eq!(format(300, 300).unwrap(), nested(300).as_bytes());
        assert_eq!(format(301, 300).unwrap_err().to_string(), "Nesting is deeper than 300 levels (byte 300)");
        assert!(format(100_000, 200_000).is_ok(), "depth costs no stack");
    }
}
