//! Columns of text.

use super::paint::{DIM, Paint};
use super::span::Line;

/// Blanks between two columns.
const GAP: usize = 2;

/// A table with a title above each column.
#[derive(Debug)]
pub(crate) struct Table {
    titles: Vec<Line>,
    right: Vec<bool>,
    rows: Vec<Vec<Line>>,
}

impl Table {
    /// A table without rows; titles that begin with `>` are of columns aligned to the right.
    pub(crate) fn new<'t>(titles: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut names, mut right) = (Vec::new(), Vec::new());
        for title in titles {
            let name = title.strip_prefix('>');
            right.push(name.is_some());
            names.push(Line::of(DIM, name.unwrap_or(title)));
        }
        Self { titles: names, right, rows: Vec::new() }
    }

    /// Adds a row with a cell per column.
    pub(crate) fn push(&mut self, row: Vec<Line>) {
        self.rows.push(row);
    }

    /// The columns of the terminal that it takes.
    pub(crate) fn width(&self) -> usize {
        self.widths().iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
    }

    /// The lines, titles first where there are any, each after `indent`.
    pub(crate) fn print(&self, indent: &str, paint: Paint) -> String {
        let widths = self.widths();
        let mut out = String::new();
        let titles = self.titles.iter().any(|title| title.width() > 0).then_some(&self.titles);
        for row in titles.into_iter().chain(&self.rows) {
            out.push_str(indent);
            out.push_str(self.line(row, &widths).paint(paint).trim_end());
            out.push('\n');
        }
        out
    }

    fn line(&self, row: &[Line], widths: &[usize]) -> Line {
        let mut line = Line::default();
        let mut end = 0;
        for (idx, (cell, width)) in row.iter().zip(widths).enumerate() {
            let start = if self.right[idx] { end + width - cell.width() } else { end };
            // Blanks before a cell rather than after it: no line ends in blanks, painted or not.
            if cell.width() > 0 {
                line.pad(start);
                line.extend(cell.clone());
            }
            end += width + GAP;
        }
        line
    }

    fn widths(&self) -> Vec<usize> {
        let width = |idx: usize| {
            let cells = std::iter::once(&self.titles).chain(&self.rows).filter_map(|row| row.get(idx));
            cells.map(Line::width).max().unwrap_or(0)
        };
        (0..self.titles.len()).map(width).collect()
    }
}

#[cfg(test)]
mod tests {
    use anstyle::Style;

    use super::*;

    #[test]
    fn columns_are_aligned_by_what_a_terminal_shows() {
        let mut table = Table::new(["NAME", ">SIZE", "NOTE"]);
        let cell = |text: &str| Line::of(Style::new(), text);
        table.push(vec![cell("日本"), cell("7"), cell("")]);
        table.push(vec![cell("a"), cell("12345"), cell("x")]);
        assert_eq!(
            table.print(" ", Paint::new(false)),
            " NAME   SIZE  NOTE\n 日本      7\n a     12345  x\n"
        );
        assert_eq!(table.width(), 17);
    }
}
