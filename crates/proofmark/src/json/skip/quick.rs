//! Passing over a value without a word about what is wrong with it.
//!
//! One loop, in which the place in the text never leaves the registers. Of the containers that are open, one bit each is
//! kept: a level more costs no memory.

use crate::{
    json::{cursor::Cursor, digit_run, scan, string},
    shape::Lookup,
};

/// Levels that are kept track of.
pub(super) const LEVELS_MAX: u32 = u64::BITS;

/// What follows the value that `text` begins with, and how many levels it has; `None` where it is not well-formed, or
/// deeper than `depth_left` or [`LEVELS_MAX`].
#[inline(always)]
pub(super) fn after_value(text: &[u8], depth_left: u32) -> Option<(&[u8], u32)> {
    match after_space(text) {
        text @ [b'{' | b'[', ..] => after_container(text, depth_left),
        text => Some((after_scalar(text)?, 0)),
    }
}

/// Where passing over entries ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::json) enum Stop {
    /// Behind the key of this field and its colon.
    Field(usize),
    /// Before the closing brace.
    End,
    /// Before an entry that asks for more care.
    Odd,
}

/// Passes over the entries of an object that `lookup` does not know, from a key's quote or the closing brace on.
pub(in crate::json) fn after_unknown(text: &[u8], depth_left: u32, lookup: Lookup) -> (&[u8], Stop) {
    let mut rest = text;
    loop {
        if let [b'}', ..] = rest {
            return (rest, Stop::End);
        }
        let Some((key, value)) = split_key(rest) else { return (rest, Stop::Odd) };
        if let Some(index) = lookup.find(key) {
            return (value, Stop::Field(index));
        }
        match after_entry(value, depth_left) {
            Some(next) => rest = next,
            None => return (rest, Stop::Odd),
        }
    }
}

/// The value of the entry `name`, from a key's quote on; `None` where there is none before the closing brace, or
/// something else there asks for more care.
#[inline(always)]
pub(in crate::json) fn value_of<'a>(text: &'a [u8], depth_left: u32, name: &str) -> Option<&'a [u8]> {
    let mut rest = text;
    loop {
        // A key that is spelled with escapes is not simple, and so are names beyond ASCII.
        let (key, value) = split_key(rest)?;
        if key == name {
            return Some(value);
        }
        rest = after_entry(value, depth_left)?;
    }
}

/// The quote or closing brace that follows the value that `text` begins with.
#[inline(always)]
fn after_entry(text: &[u8], depth_left: u32) -> Option<&[u8]> {
    let (rest, _) = after_value(text, depth_left)?;
    match after_space(rest) {
        [b',', next @ ..] => Some(after_space(next)).filter(|next| matches!(next, [b'"', ..])),
        end => Some(end).filter(|end| matches!(end, [b'}', ..])),
    }
}

/// A key, and what follows its colon.
#[inline(always)]
fn split_key(text: &[u8]) -> Option<(&str, &[u8])> {
    match scan::simple(text)? {
        (key, [b':', b' ', value @ ..] | [b':', value @ ..]) => Some((key, value)),
        _ => None,
    }
}

/// As [`after_value`], for what begins with a brace or bracket.
#[inline(never)]
fn after_container(text: &[u8], depth_left: u32) -> Option<(&[u8], u32)> {
    let mut rest = text;
    let mut open = Open { kinds: 0, depth: 0, levels: 0, depth_max: depth_left.min(LEVELS_MAX) };
    loop {
        rest = match rest {
            [b'{', inside @ ..] => match after_space(inside) {
                [b'}', after @ ..] => open.pass_empty().then_some(after)?,
                inside => {
                    rest = after_key(open.enter(true).then_some(inside)?)?;
                    continue;
                }
            },
            [b'[', inside @ ..] => match after_space(inside) {
                [b']', after @ ..] => open.pass_empty().then_some(after)?,
                inside => {
                    rest = open.enter(false).then_some(inside)?;
                    continue;
                }
            },
            _ => after_scalar(rest)?,
        };
        // Behind a value: the ends of containers, then a comma.
        loop {
            if open.depth == 0 {
                return Some((rest, open.levels));
            }
            match (after_space(rest), open.is_object()) {
                ([b',', next @ ..], true) => {
                    rest = after_key(after_space(next))?;
                    break;
                }
                ([b',', next @ ..], false) => {
                    rest = after_space(next);
                    break;
                }
                ([b'}', after @ ..], true) | ([b']', after @ ..], false) => {
                    open.leave();
                    rest = after;
                }
                _ => return None,
            }
        }
    }
}

/// The containers that are open.
struct Open {
    /// A bit each, of which the lowest is the innermost's: whether it is an object.
    kinds: u64,
    depth: u32,
    /// The most that were open at once.
    levels: u32,
    depth_max: u32,
}

impl Open {
    /// Opens a container, where there may be one more.
    #[inline(always)]
    fn enter(&mut self, is_object: bool) -> bool {
        self.kinds = self.kinds << 1 | u64::from(is_object);
        self.depth += 1;
        self.levels = self.levels.max(self.depth);
        self.depth <= self.depth_max
    }

    /// Opens a container and closes it.
    #[inline(always)]
    fn pass_empty(&mut self) -> bool {
        self.levels = self.levels.max(self.depth + 1);
        self.depth < self.depth_max
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.kinds >>= 1;
        self.depth -= 1;
    }

    #[inline(always)]
    fn is_object(&self) -> bool {
        self.kinds & 1 == 1
    }
}

#[inline(always)]
fn after_space(text: &[u8]) -> &[u8] {
    match text {
        [byte, ..] if *byte > b' ' => text,
        _ => after_blanks(text),
    }
}

#[inline(never)]
fn after_blanks(text: &[u8]) -> &[u8] {
    scan::after_blanks(text)
}

/// What follows a string, literal or number.
#[inline(always)]
fn after_scalar(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'"', ..] => after_string(text),
        [b't', b'r', b'u', b'e', rest @ ..] | [b'n', b'u', b'l', b'l', rest @ ..] => Some(rest),
        [b'f', b'a', b'l', b's', b'e', rest @ ..] => Some(rest),
        _ => after_number(text),
    }
}

/// What follows a key, its colon, and blanks.
#[inline(always)]
fn after_key(text: &[u8]) -> Option<&[u8]> {
    let rest = match after_string(text)? {
        [b':', rest @ ..] => rest,
        rest => after_blanks(rest).strip_prefix(b":")?,
    };
    match rest {
        // One blank, as people put one after a colon, is passed without looking further.
        [b' ', rest @ ..] => Some(after_space(rest)),
        _ => Some(after_space(rest)),
    }
}

#[inline(always)]
fn after_string(text: &[u8]) -> Option<&[u8]> {
    match scan::simple(text) {
        Some((_, rest)) => Some(rest),
        None => after_any_string(text),
    }
}

/// As [`after_string`], where it has escapes, or letters beyond ASCII, or ends at the end of the input.
#[inline(never)]
fn after_any_string(text: &[u8]) -> Option<&[u8]> {
    let mut cursor = Cursor::new(text.strip_prefix(b"\"")?);
    string::skip(&mut cursor).ok()?;
    Some(cursor.rest())
}

/// What follows a number, whose grammar is that of RFC 8259, section 6.
#[inline(always)]
fn after_number(text: &[u8]) -> Option<&[u8]> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let count = digit_run::count(digits);
    if count == 0 || (count > 1 && digits.first() == Some(&b'0')) {
        return None;
    }
    match digits.get(count..)? {
        rest @ [b'.' | b'e' | b'E', ..] => after_fraction(rest),
        rest => Some(rest),
    }
}

#[inline(never)]
fn after_fraction(text: &[u8]) -> Option<&[u8]> {
    let rest = match text {
        [b'.', fraction @ ..] => after_digits(fraction)?,
        _ => text,
    };
    match rest {
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => after_digits(exponent),
        _ => Some(rest),
    }
}

/// What follows one digit at least.
#[inline(always)]
fn after_digits(text: &[u8]) -> Option<&[u8]> {
    match digit_run::count(text) {
        0 => None,
        count => text.get(count..),
    }
}
