//! Is what a contender produced right? Asked before anything is timed, because wrong answers are fast.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use crate::format::Format;

/// How well a result agrees with the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Exact,
    /// All else is equal, and this many floats are the next one up or down: an inexact parser, noted with the figure.
    FloatsOff(usize),
}

/// A value as the check sees it: the compact JSON that serde_json writes, with every float told apart from the next.
///
/// # Errors
/// What serde_json says; none of the bench's documents makes it fail.
pub fn seen(value: &impl Serialize) -> Result<Vec<u8>, String> {
    Format::Json.write(value)
}

/// Compares two values as [`seen`] shows them, token by token.
///
/// # Errors
/// The place of the first difference, what was expected there and what was found.
pub fn compare(expected: &[u8], found: &[u8]) -> Result<Agreement, String> {
    if expected == found {
        return Ok(Agreement::Exact);
    }
    let mut floats_off = 0;
    let (mut wanted, mut got) = (tokens(expected), tokens(found));
    loop {
        match (wanted.next(), got.next()) {
            (None, None) => return Ok(Agreement::FloatsOff(floats_off)),
            (Some(wanted), Some(got)) if expected[wanted.clone()] == found[got.clone()] => {}
            (Some(wanted), Some(got)) if are_neighbours(&expected[wanted.clone()], &found[got.clone()]) => {
                floats_off += 1;
            }
            (wanted, got) => {
                let (wanted, got) = (excerpt(expected, wanted), excerpt(found, got));
                return Err(format!("wrong result: expected `{wanted}`, found `{got}`"));
            }
        }
    }
}

/// Splits compact JSON into strings, punctuation and the words between them.
fn tokens(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..)?;
        let length = match rest.first()? {
            b'"' => string_length(rest),
            b',' | b':' | b'[' | b']' | b'{' | b'}' => 1,
            _ => rest.iter().position(|byte| b",:[]{}\"".contains(byte)).unwrap_or(rest.len()),
        };
        start += length;
        Some(start - length..start)
    })
}

/// Up to and with the closing quote.
fn string_length(text: &[u8]) -> usize {
    let mut idx = 1;
    while idx < text.len() && text[idx] != b'"' {
        idx += if text[idx] == b'\\' { 2 } else { 1 };
    }
    idx + 1
}

/// Whether two floats follow each other with none in between.
fn are_neighbours(left: &[u8], right: &[u8]) -> bool {
    let bits = |token: &[u8]| {
        let text = str::from_utf8(token).ok().filter(|text| text.contains(['.', 'e']))?;
        text.parse::<f64>().ok().map(f64::to_bits)
    };
    bits(left).zip(bits(right)).is_some_and(|(left, right)| left.abs_diff(right) == 1)
}

/// The token and what stands before it, enough to find the place.
fn excerpt(text: &[u8], token: Option<Range<usize>>) -> Cow<'_, str> {
    const BEFORE: usize = 40;
    const LENGTH_MAX: usize = 120;
    let token = token.unwrap_or(text.len()..text.len());
    let start = token.start.saturating_sub(BEFORE);
    String::from_utf8_lossy(&text[start..token.end.min(start + LENGTH_MAX)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &str, found: &str, verdict: Result<Agreement, &str>) {
        let found = compare(expected.as_bytes(), found.as_bytes());
        assert_eq!(found, verdict.map_err(|text| format!("wrong result: expected {text}")));
    }

    #[test]
    fn equal_values_agree() {
        check(r#"{"a":[1,2.5,"x",null]}"#, r#"{"a":[1,2.5,"x",null]}"#, Ok(Agreement::Exact));
    }

    #[test]
    fn wrong_integer_is_caught() {
        check(
            r#"[{"n":1},{"n":2}]"#,
            r#"[{"n":1},{"n":3}]"#,
            Err(r#"`[{"n":1},{"n":2`, found `[{"n":1},{"n":3`"#),
        );
    }

    #[test]
    fn wrong_text_is_caught_behind_an_escape() {
        check(r#"["a\"]","b"]"#, r#"["a\"]","c"]"#, Err(r#"`["a\"]","b"`, found `["a\"]","c"`"#));
    }

    #[test]
    fn lost_member_is_caught() {
        check(r#"{"a":1,"b":2}"#, r#"{"a":1}"#, Err(r#"`{"a":1,`, found `{"a":1}`"#));
    }

    #[test]
    fn lost_end_is_caught() {
        check("[1,2]", "[1,2", Err("`[1,2]`, found `[1,2`"));
    }

    #[test]
    fn neighbouring_floats_are_counted() {
        check("[2.5,2.5,1]", "[2.5000000000000004,2.5,1]", Ok(Agreement::FloatsOff(1)));
    }

    #[test]
    fn floats_further_off_are_wrong() {
        check("[2.5]", "[2.500000000000001]", Err("`[2.5`, found `[2.500000000000001`"));
    }

    #[test]
    fn integer_in_place_of_a_float_is_wrong() {
        check("[2.0]", "[2]", Err("`[2.0`, found `[2`"));
    }
}
