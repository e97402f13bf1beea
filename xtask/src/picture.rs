//! `cargo xtask picture`: what a command prints on a terminal, as an SVG for documents.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::ExitCode;

const USAGE: &str = "Usage: COMMAND --color always | cargo xtask picture OUT.svg 'what the prompt shows'";

/// Sizes in pixels: a character, a line, the border.
const CHARACTER: f64 = 7.8;
const LINE: f64 = 18.0;
const BORDER: f64 = 16.0;
/// A terminal's sixteen colours, without white and black: they read on the dark ground below.
const COLORS: [&str; 8] =
    ["#7d8590", "#ff7b72", "#7ee787", "#d29922", "#79c0ff", "#d2a8ff", "#76e3ea", "#e6edf3"];
const GROUND: &str = "#0d1117";
const TEXT: &str = "#e6edf3";
const DIM: &str = "#8b949e";

/// Reads text with colours from standard input and writes the picture.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let [path, prompt] = &arguments[..] else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    match read.and_then(|_| fs::write(path, svg(&format!("\u{1b}[1m$ {prompt}\u{1b}[0m\n{text}")))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot write `{path}`: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A piece of a line in one style.
#[derive(Debug, PartialEq)]
struct Piece {
    column: usize,
    text: String,
    style: Style,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Style {
    color: Option<usize>,
    bold: bool,
    dim: bool,
}

fn svg(text: &str) -> String {
    let lines = parse(text);
    let columns = lines.iter().flatten().map(|piece| piece.column + piece.text.chars().count()).max();
    let width = columns.unwrap_or(0) as f64 * CHARACTER + 2.0 * BORDER;
    let height = lines.len() as f64 * LINE + 2.0 * BORDER;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, \
         'DejaVu Sans Mono', monospace\" font-size=\"13\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for (idx, line) in lines.iter().enumerate() {
        let y = BORDER + (idx as f64 + 0.75) * LINE;
        line.iter().for_each(|piece| push_piece(&mut out, piece, y));
    }
    out.push_str("</svg>\n");
    out
}

fn push_piece(out: &mut String, piece: &Piece, y: f64) {
    if piece.text.trim().is_empty() {
        return;
    }
    let x = BORDER + piece.column as f64 * CHARACTER;
    // The length is stated, so that columns meet in whatever font the reader has.
    let length = piece.text.chars().count() as f64 * CHARACTER;
    let Style { color, bold, dim } = piece.style;
    let fill = if dim { DIM } else { color.map_or(TEXT, |color| COLORS[color]) };
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let text = piece.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{fill}\"{weight} textLength=\"{length:.1}\">{text}</text>"
    );
}

/// Splits text with SGR escapes into lines of pieces.
fn parse(text: &str) -> Vec<Vec<Piece>> {
    let mut style = Style::default();
    text.lines().map(|line| parse_line(line, &mut style)).collect()
}

fn parse_line(line: &str, style: &mut Style) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut column = 0;
    let mut push = |text: &str, style: Style| {
        let text = text.to_owned();
        let start = column;
        column += text.chars().count();
        pieces.push(Piece { column: start, text, style });
    };
    let mut parts = line.split("\u{1b}[");
    push(parts.next().unwrap_or_default(), *style);
    for part in parts {
        let (codes, text) = part.split_once('m').unwrap_or(("", part));
        codes.split(';').for_each(|code| apply(code, style));
        push(text, *style);
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn apply(code: &str, style: &mut Style) {
    match code.parse() {
        Ok(1) => style.bold = true,
        Ok(2) => style.dim = true,
        Ok(code @ 30..=37) => style.color = Some(code - 30),
        Ok(code @ 90..=97) => style.color = Some(code - 90),
        _ => *style = Style::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_run_until_they_are_reset() {
        let pieces = parse("a\u{1b}[1m\u{1b}[31mbé\u{1b}[0m c");
        let piece = |column, text: &str, style| Piece { column, text: text.to_owned(), style };
        let red = Style { color: Some(1), bold: true, dim: false };
        assert_eq!(
            pieces,
            [[piece(0, "a", Style::default()), piece(1, "bé", red), piece(3, " c", Style::default())]]
        );
    }

    #[test]
    fn text_is_escaped_and_placed() {
        let svg = svg("<a>\n b");
        assert!(svg.contains("width=\"55\" height=\"68\""), "{svg}");
        assert!(svg.contains("textLength=\"23.4\">&lt;a&gt;</text>"), "{svg}");
    }
}
