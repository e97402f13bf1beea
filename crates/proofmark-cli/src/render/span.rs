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

    /// The line in at most `columns`, with a sign where it was cut.
    pub(crate) fn clip(self, columns: usize) -> Self {
        if self.width <= columns {
            return self;
        }
        let mut kept = Self::default();
        for (style, piece) in self.pieces {
            let room = columns.saturating_sub(kept.width);
            if text::width(&piece) >= room {
                // The sign stands also where the piece fits and what follows does not.
                kept.push(style, text::clip(&format!("{piece}…"), room));
                return kept;
            }
            kept.push(style, piece);
        }
        kept
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_line_says_so_and_fits() {
        let mut line = Line::of(Style::new(), "abc");
        line.push(Style::new(), "def");
        let clip = |columns| line.clone().clip(columns).paint(Paint::new(false));
        assert_eq!([6, 5, 4, 3].map(clip), ["abcdef", "abcd…", "abc…", "ab…"]);
        assert!((1..7).all(|columns| line.clone().clip(columns).width() <= columns));
    }
}
