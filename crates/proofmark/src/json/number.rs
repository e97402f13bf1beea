//! The grammar of JSON numbers.

use super::cursor::Cursor;
use crate::error::Result;

/// Decimal digits that always fit 64 bits.
const DIGITS_U64: usize = 19;

/// A number as the text spells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number<'de> {
    /// A whole number of at most 19 digits.
    Int { negative: bool, magnitude: u64 },
    /// A whole number of more digits, sign included.
    BigInt(&'de [u8]),
    /// A number with a fraction or exponent.
    Float(&'de [u8]),
}

/// Reads one number.
///
/// Source of the grammar: RFC 8259, section 6.
#[inline]
pub(crate) fn scan<'de>(cursor: &mut Cursor<'de>) -> Result<Number<'de>> {
    let start = cursor.pos();
    let negative = cursor.eat_byte(b'-');
    let first = cursor.peek();
    let (magnitude, count) = cursor.digits();
    if count == 0 {
        let what = if cursor.at_end() { "invalid number" } else { "invalid character" };
        return Err(cursor.malformed_at(cursor.pos(), what));
    }
    if first == b'0' && count > 1 {
        return Err(cursor.malformed_at(start + usize::from(negative) + 1, "invalid number"));
    }
    if matches!(cursor.peek(), b'.' | b'e' | b'E') {
        scan_fraction(cursor)?;
        return Ok(Number::Float(cursor.since(start)));
    }
    Ok(if count <= DIGITS_U64 {
        Number::Int { negative, magnitude }
    } else {
        Number::BigInt(cursor.since(start))
    })
}

fn scan_fraction(cursor: &mut Cursor<'_>) -> Result<()> {
    if cursor.eat_byte(b'.') {
        some_digits(cursor)?;
    }
    if matches!(cursor.peek(), b'e' | b'E') {
        cursor.bump();
        if matches!(cursor.peek(), b'+' | b'-') {
            cursor.bump();
        }
        some_digits(cursor)?;
    }
    Ok(())
}

fn some_digits(cursor: &mut Cursor<'_>) -> Result<()> {
    match cursor.digits() {
        (_, 0) => Err(cursor.malformed_at(cursor.pos(), "invalid number")),
        _ => Ok(()),
    }
}

/// The text of a number that was passed, which is ASCII.
pub(crate) fn text(number: &[u8]) -> &str {
    std::str::from_utf8(number).unwrap_or_default()
}
