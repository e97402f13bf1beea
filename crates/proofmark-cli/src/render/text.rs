//! Text from data, made harmless for a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

/// The text with everything escaped that a terminal obeys or that hides what is there.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    escape_where(text, is_harmful)
}

/// As [`escape`], but line ends and tabs stay.
pub(crate) fn escape_lines(text: &str) -> Cow<'_, str> {
    escape_where(text, |c| is_harmful(c) && !matches!(c, '\n' | '\t'))
}

/// As [`escape_lines`] for JSON text, in which control characters stand inside strings only: the escapes are JSON's.
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| is_harmful(c) && !matches!(c, '\n' | '\t' | '\r');
    if !json.contains(is_harmful) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_harmful(character) {
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

fn escape_where(text: &str, is_harmful: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' if is_harmful('\n') => out.push_str("\\n"),
            '\t' if is_harmful('\t') => out.push_str("\\t"),
            _ if is_harmful(character) => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Control characters, marks that turn the direction of text around, and characters without a width.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(character, '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        assert_eq!(escape("\u{1b}[2J\u{9b}1m\u{7f}\r\n\ta"), r"\u{1b}[2J\u{9b}1m\u{7f}\u{d}\n\ta");
        assert_eq!(escape("gpj.\u{202e}exe\u{feff}"), r"gpj.\u{202e}exe\u{feff}");
        assert_eq!(escape("naïve 日本 🙂"), "naïve 日本 🙂");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(escape_lines("a\n\tb\r\u{1b}"), "a\n\tb\\u{d}\\u{1b}");
    }

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
