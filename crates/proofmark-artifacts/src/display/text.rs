//! Text from data, made harmless for whoever reads it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is obeyed rather than shown, or hides what is there: control characters, marks of direction, joiners,
/// blanks of no width, and tags.
///
/// What is read is then not what is there. Source: <https://www.unicode.org/reports/tr36/>, sections 2.6 and 3.6.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with what [`is_hidden`] escaped; line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_hidden(character) && !matches!(character, '\n' | '\t'))
}

/// As [`visible`], and on one line: line ends and tabs are escaped too.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            _ if !is_escaped(character) => out.push(character),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_made_visible() {
        let texts = [
            ("a\u{202e}b\u{1b}[31m\0\r\n\tü", "a\\u{202e}b\\u{1b}[31m\\u{0}\\u{d}\n\tü"),
            ("\u{1b}[2J\u{9b}1m\u{7f}", r"\u{1b}[2J\u{9b}1m\u{7f}"),
            ("gpj.\u{202e}exe\u{feff}\u{206a}\u{e0001}", r"gpj.\u{202e}exe\u{feff}\u{206a}\u{e0001}"),
            ("naïve 日本 🙂", "naïve 日本 🙂"),
        ];
        for (text, expected) in texts {
            assert_eq!(visible(text), expected);
        }
        assert!(matches!(visible("plain\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(visible_line("a\n\tb\r"), r"a\n\tb\u{d}");
        assert_eq!(visible("a\n\tb\r"), "a\n\tb\\u{d}");
    }
}
