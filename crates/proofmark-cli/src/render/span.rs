//! A line of text with styles, whose width is known.

use anstyle::Style;

use super::paint::Paint;
use super::text;

/// Pieces of text, each in a style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pieces: Vec<(Style, String)>,
    width: usize,
}

impl Line {
    /// A line of one piece.
    pub(crate) fn of(style: Style, piece: impl Into<String>) -> Self {
        let mut line = Self::default();
        line.push(style, piece);
        line
    }

    /// Adds a piece, which holds no control characters.
    pub(crate) fn push(&mut self, style: Style, piece: impl Into<String>) {
        let piece = piece.into();
        self.width += text::width(&piece);
        self.pieces.push((style, piece));
    }

    /// Adds another line's pieces.
    pub(crate) fn extend(&mut self, other: Self) {
        self.width += other.width;
        self.pieces.extend(other.pieces);
    }

    /// The columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Fills up with blanks to `columns`.
    pub(crate) fn pad(&mut self, columns: usize) {
        if self.width < columns {
            self.push(Style::new(), " ".repeat(columns - self.width));
        }
    }

    /// The text, painted.
    pub(crate) fn paint(&self, paint: Paint) -> String {
        self.pieces.iter().map(|(style, piece)| paint.in_style(*style, piece)).collect()
    }
}
