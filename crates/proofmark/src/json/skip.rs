//! Passing over a value that nobody asked for, with the same checks as reading it.

use super::{cursor::Cursor, number, string};
use crate::{Limits, error::Result, limits::Room};

pub(super) mod quick;

/// A container that was entered.
pub(super) struct Open {
    pub(super) is_object: bool,
    room: Room,
}

impl Open {
    pub(super) fn new(is_object: bool, limits: &Limits) -> Self {
        Self { is_object, room: Room::new(limits) }
    }

    /// Counts the element or entry that is next.
    #[inline(always)]
    pub(super) fn count(&mut self, cursor: &Cursor<'_>, limits: &Limits) -> Result<()> {
        self.room.take(limits, cursor.pos())
    }
}

/// Passes one value, and tells how many levels it has.
///
/// What the quick way refuses is looked at again from its start, by the way that can say what is wrong.
#[inline]
pub(crate) fn skip(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<u32> {
    if limits.has_room(0, cursor.rest())
        && let Some((rest, levels)) = quick::after_value(cursor.rest(), depth_left)
    {
        cursor.set_rest(rest);
        return Ok(levels);
    }
    skip_with_care(cursor, depth_left, limits)
}

/// As [`skip`]. Containers are kept on a stack of their own, so depth costs no stack.
#[inline(never)]
fn skip_with_care(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<u32> {
    let mut open = Vec::new();
    let mut levels = 0;
    loop {
        let is_closed = match cursor.skip_space() {
            b'"' => {
                cursor.bump();
                string::skip(cursor)?;
                true
            }
            first @ (b'{' | b'[') => {
                levels = levels.max(open.len() + 1);
                enter(cursor, &mut open, first == b'{', depth_left, limits)?
            }
            b't' => cursor.literal(b"true").map(|()| true)?,
            b'f' => cursor.literal(b"false").map(|()| true)?,
            b'n' => cursor.literal(b"null").map(|()| true)?,
            b'-' | b'0'..=b'9' => number::scan(cursor).map(|_| true)?,
            _ => return Err(cursor.malformed("invalid character")),
        };
        if is_closed && !leave(cursor, &mut open, limits)? {
            return Ok(levels as u32);
        }
    }
}

/// Opens a container, up to its first value; tells whether it was empty and so is closed.
#[inline]
fn enter(
    cursor: &mut Cursor<'_>,
    open: &mut Vec<Open>,
    is_object: bool,
    depth_left: u32,
    limits: &Limits,
) -> Result<bool> {
    if open.len() >= depth_left as usize {
        return Err(limits.too_deep().at_offset(cursor.pos()));
    }
    cursor.bump();
    if cursor.skip_space() == if is_object { b'}' } else { b']' } {
        cursor.bump();
        return Ok(true);
    }
    let mut container = Open::new(is_object, limits);
    container.count(cursor, limits)?;
    open.push(container);
    if is_object {
        skip_key(cursor)?;
    }
    Ok(false)
}

/// After a value: closes what closes here, and tells whether another value follows.
fn leave(cursor: &mut Cursor<'_>, open: &mut Vec<Open>, limits: &Limits) -> Result<bool> {
    while let Some(container) = open.last_mut() {
        match (cursor.skip_space(), container.is_object) {
            (b',', true) => {
                cursor.bump();
                if cursor.skip_space() == b'}' {
                    return Err(cursor.malformed("trailing comma in object"));
                }
                container.count(cursor, limits)?;
                skip_key(cursor)?;
                return Ok(true);
            }
            (b',', false) => {
                cursor.bump();
                if cursor.skip_space() == b']' {
                    return Err(cursor.malformed("trailing comma in array"));
                }
                container.count(cursor, limits)?;
                return Ok(true);
            }
            (b'}', true) | (b']', false) => {
                cursor.bump();
                open.pop();
            }
            (_, true) => return Err(cursor.malformed("expected ',' or '}'")),
            (_, false) => return Err(cursor.malformed("expected ',' or ']'")),
        }
    }
    Ok(false)
}

fn skip_key(cursor: &mut Cursor<'_>) -> Result<()> {
    if cursor.peek() != b'"' {
        return Err(cursor.malformed("object keys must be strings"));
    }
    cursor.bump();
    string::skip(cursor)?;
    if cursor.skip_space() != b':' {
        return Err(cursor.malformed("expected ':'"));
    }
    cursor.bump();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{quick::Stop, *};
    use crate::shape::Lookup;

    /// Both ways pass the same values, and the quick one no others.
    #[track_caller]
    fn check(text: &str, depth_left: u32) {
        let mut cursor = Cursor::new(text.as_bytes());
        let careful = skip_with_care(&mut cursor, depth_left, &Limits::DEFAULT);
        match (quick::after_value(text.as_bytes(), depth_left), careful) {
            (Some(found), Ok(levels)) => assert_eq!(found, (cursor.rest(), levels), "{text}"),
            (None, Ok(levels)) => assert!(levels > quick::LEVELS_MAX, "{text}"),
            (found, Err(error)) => assert_eq!(found, None, "{text}: {error}"),
        }
    }

    const VALUES: &[&str] = &[
        "null",
        "true",
        "false",
        "0",
        "-0",
        "7",
        "-12",
        "1234567",
        "12345678",
        "123456789012345678901234567890",
        "1.5",
        "-0.25e+10",
        "1E5",
        "2e-3",
        r#""""#,
        r#""a""#,
        r#""sixteen letters!""#,
        r#""more than sixteen letters""#,
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u00e9\ud83d\ude00""#,
        "\"h\u{e9}llo w\u{f6}rld and more\"",
        "[]",
        "{}",
        "[ ]",
        "{\n}",
        "[1]",
        "[1,2]",
        "[ 1 , 2 ]",
        r#"{"a":1}"#,
        r#"{"a": 1, "b": [true, {}]}"#,
        "{\n    \"a\": [\n        1,\n        \"x\"\n    ],\r\n\t\"b\": null\n}",
        r#"{"\u0061": {"b": {"c": []}}}"#,
    ];

    const FAULTS: &[&str] = &[
        "",
        " ",
        "x",
        "nul",
        "nulL",
        "truE",
        "fals",
        "-",
        "01",
        "-01",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        ".5",
        "+1",
        "\"",
        "\"a",
        "\"\n\"",
        r#""\x""#,
        r#""\u12""#,
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "[1 2]",
        "[1}",
        "{",
        "{]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{,}",
        "{\"a\":1]",
        "{\"a\":1 \"b\":2}",
        "]",
        "}",
        ",",
        ":",
        "\u{b}1",
        "[\u{c}]",
        "[1,\u{1}2]",
        "\"\u{7f}\u{1f}\"",
    ];

    #[test]
    fn quick_way_passes_what_the_careful_one_does() {
        for text in VALUES.iter().chain(FAULTS) {
            for (before, after) in [
                ("", ""),
                (" ", " "),
                ("\n\t", ","),
                ("[", "]"),
                ("[ ", " ]"),
                ("[0,", ",0]"),
                ("{\"k\":", "}"),
                ("{\n  \"k\": ", "\n}"),
                ("{\"k\" : 1 , \"l\" : ", " , \"m\" : 2 }"),
                ("[[[", "]]]"),
                ("                    ", "                  x"),
            ] {
                for depth_left in [0, 1, 2, 3, 128] {
                    check(&format!("{before}{text}{after}"), depth_left);
                }
            }
        }
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_judged_alike() {
        let text = r#"{"a": [1, -2.5e3, "x\ny"], "é": {"b": null, "c": true},  "d": "sixteen letters!"}"#;
        for place in (0..text.len()).filter(|place| text.is_char_boundary(*place)) {
            check(&text[..place], 128);
            for byte in ["\"", "\\", ",", ":", "[", "]", "{", "}", "0", " ", "\n", "x", "-", "\u{1}", "."] {
                let rest = text[place..].chars().next().map_or("", |c| &text[place + c.len_utf8()..]);
                check(&format!("{}{byte}{rest}", &text[..place]), 128);
            }
        }
    }

    /// Strings at the very end of the input are looked at with more care, so there is something behind them here.
    const BEHIND: &str = "\n                                ";

    #[track_caller]
    fn check_unknown(text: &str, rest: &str, stop: Stop) {
        let [text, rest] = [text, rest].map(|part| [part, BEHIND].concat());
        let lookup = Lookup::new(&|name| (name == "k").then_some(7));
        assert_eq!(quick::after_unknown(text.as_bytes(), 128, lookup), (rest.as_bytes(), stop), "{text}");
        let value = (stop == Stop::Field(7)).then_some(rest.as_bytes());
        assert_eq!(quick::value_of(text.as_bytes(), 128, "k"), value, "{text}");
    }

    #[test]
    fn unknown_entries_are_passed_as_values_are() {
        for value in VALUES {
            for before in ["\"x\":", "\"x\": ", "\"x\":\n", "\"y\":0,\"x\":"] {
                for comma in [",", ",\n    ", " , "] {
                    check_unknown(&format!("{before}{value}{comma}\"k\":1}}"), "1}", Stop::Field(7));
                    check_unknown(&format!("{before}{value}{comma}\"k\": 1}}"), "1}", Stop::Field(7));
                }
                check_unknown(&format!("{before}{value}}}"), "}", Stop::End);
                check_unknown(&format!("{before}{value}\n}}x"), "}x", Stop::End);
            }
        }
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_left_where_it_begins() {
        for value in FAULTS {
            for before in ["", "\"y\":1,"] {
                let entry = format!("\"x\":{value},\"k\":1}}");
                check_unknown(&format!("{before}{entry}"), &entry, Stop::Odd);
            }
        }
        for text in [
            "",
            "x",
            "\"x\"",
            "\"x\":",
            "\"x\":1",
            "\"x\":1,",
            "\"x\":1,}",
            "\"x\" :1}",
            "\"\\u006b\":1}",
            "\"é\":1}",
        ] {
            check_unknown(text, text, Stop::Odd);
        }
    }

    #[test]
    fn levels_are_counted_and_bounded() {
        for depth in [1, 2, 63, 64, 65, 127, 128, 129] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                for depth_left in [depth as u32 - 1, depth as u32, depth as u32 + 1] {
                    check(&text, depth_left);
                }
            }
        }
    }

    #[test]
    fn text_must_be_utf8() {
        for bytes in
            [&b"\"\xff\""[..], b"\"sixteen letters and \xc3\"", b"{\"\xed\xa0\x80\":1}", b"[\"\\n\x80\"]"]
        {
            assert_eq!(quick::after_value(bytes, 128), None);
            assert!(skip_with_care(&mut Cursor::new(bytes), 128, &Limits::DEFAULT).is_err());
        }
    }
}
