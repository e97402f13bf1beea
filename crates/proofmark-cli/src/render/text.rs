//! Text from data, made harmless for a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use proofmark_artifacts::display::is_hidden;
pub(crate) use proofmark_artifacts::display::{visible as escape_lines, visible_line as escape};
use unicode_width::UnicodeWidthStr as _;

/// As [`escape_lines`] for JSON text, in which control characters stand inside strings only: the escapes are JSON's.
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t' | '\r');
    if !json.contains(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_escaped(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// `1 item`, `2 items`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The columns that text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The start of a text that takes at most `columns`, with a sign where it was cut.
pub(crate) fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    for character in text.chars() {
        let mut longer = kept.clone();
        longer.push(character);
        if width(&longer) + 1 > columns {
            break;
        }
        kept = longer;
    }
    kept.push('…');
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_is_the_same_json() {
        assert_eq!(escape_json("{\n\"\u{9b}\u{e0001}\"}"), "{\n\"\\u009b\\udb40\\udc01\"}");
    }

    #[test]
    fn a_cut_text_says_so_and_fits() {
        assert_eq!(clip("abcdef", 6), "abcdef");
        assert_eq!(clip("abcdefg", 6), "abcde…");
        assert_eq!(clip("日本語", 5), "日本…");
    }
}
