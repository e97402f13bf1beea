//! Reading integers and floats.

use std::borrow::Cow;

use super::Reader;
use crate::{
    Decoder, Kind,
    decode::{Integer, Token, out_of_bounds},
    error::{Error, Result},
    json::{
        digit_run::{self, POW10, leading_digits},
        number::{self, Number},
    },
    lenient,
    scalar::{float, nearest::nearest},
};

impl<'de> Reader<'de> {
    #[inline(always)]
    pub(super) fn int_next<I: Integer>(&mut self) -> Result<I> {
        // Nothing is called on the way, so that nothing has to be kept over a call.
        let (negative, text) = sign_of::<I>(self.cursor.rest());
        if let Some(word) = text.first_chunk() {
            match digit_run::in_word(word) {
                (magnitude, count @ 1..=7) if is_whole(text, count) => {
                    if let Some(value) = signed(negative, magnitude) {
                        self.cursor.set_rest(text.get(count..).unwrap_or_default());
                        return Ok(value);
                    }
                }
                (high, 8) => return self.int_behind(negative, high),
                _ => {}
            }
        }
        self.int_long()
    }

    /// An integer of eight digits and more, of which the first eight are `high`.
    #[inline(never)]
    fn int_behind<I: Integer>(&mut self, negative: bool, high: u64) -> Result<I> {
        let (_, text) = sign_of::<I>(self.cursor.rest());
        if let Some([_, word]) = text.first_chunk::<16>().map(|words| words.as_chunks().0)
            && let (low, count @ 0..=7) = digit_run::in_word(word)
            && is_whole(text, 8 + count)
            && let Some(value) = signed(negative, high * POW10[count] + low)
        {
            self.cursor.set_rest(text.get(8 + count..).unwrap_or_default());
            return Ok(value);
        }
        self.int_long()
    }

    /// An integer behind blanks, of more than 15 digits, or at the end of the input.
    #[inline(never)]
    fn int_long<I: Integer>(&mut self) -> Result<I> {
        self.cursor.skip_space();
        let (negative, text) = sign(self.cursor.rest());
        let (magnitude, count) = leading_digits(text);
        // Eighteen digits need no overflow check; what is longer, and all that is no whole number, goes the long way.
        if matches!(count, 1..=18) && is_whole(text, count) {
            if let Some(value) = signed(negative, magnitude) {
                self.cursor.pass(usize::from(negative) + count);
                return Ok(value);
            }
        }
        self.int_slow()
    }

    /// An integer that the short ways did not take: very long, out of bounds, a float, or no number at all.
    #[cold]
    #[inline(never)]
    fn int_slow<I: Integer>(&mut self) -> Result<I> {
        let offset = self.cursor.pos();
        if !matches!(self.cursor.peek(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
        }
        let mark = self.mark();
        let fit = match number::scan(&mut self.cursor)? {
            Number::Int { negative: false, magnitude } => I::from_u64(magnitude).ok_or(false),
            Number::Int { negative: true, magnitude } => {
                I::from_i128(-i128::from(magnitude)).ok_or(magnitude > 0)
            }
            Number::BigInt(digits) => I::from_digits(number::text(digits)).ok_or(digits.starts_with(b"-")),
            Number::Float(_) => {
                self.reset(mark);
                return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
            }
        };
        fit.map_err(|negative| out_of_bounds::<I>(negative).at_offset(offset))
    }

    #[inline(always)]
    pub(super) fn f64_next(&mut self) -> Result<f64> {
        match short_float(self.cursor.rest()) {
            Some((value, len)) => {
                self.cursor.pass(len);
                Ok(value)
            }
            None => self.f64_slow(),
        }
    }

    /// A float behind blanks, without a point, with an exponent or many digits, out of bounds, or no number at all.
    #[inline(never)]
    fn f64_slow(&mut self) -> Result<f64> {
        self.cursor.skip_space();
        if let Some((value, len)) = short_float(self.cursor.rest()) {
            self.cursor.pass(len);
            return Ok(value);
        }
        if !matches!(self.cursor.peek(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Float, |token| lenient::f64(token));
        }
        let offset = self.cursor.pos();
        let text = match number::scan(&mut self.cursor)? {
            Number::Int { negative: false, magnitude } => return Ok(magnitude as f64),
            // A whole zero has no sign.
            Number::Int { negative: true, magnitude } => return Ok(0.0 - magnitude as f64),
            Number::BigInt(text) | Number::Float(text) => text,
        };
        float::parse_scanned(text).map_err(|error| Error::from(error).at_offset(offset))
    }

    pub(super) fn f32_next(&mut self) -> Result<f32> {
        if !matches!(self.cursor.skip_space(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Float, |token| lenient::f32(token));
        }
        let start = self.cursor.pos();
        // A whole zero has no sign.
        if matches!(number::scan(&mut self.cursor)?, Number::Int { magnitude: 0, .. }) {
            return Ok(0.0);
        }
        let value = float::parse_scanned_f32(self.cursor.since(start));
        value.map_err(|error| Error::from(error).at_offset(start))
    }

    /// The number that is next, of whatever kind.
    pub(super) fn number_token(&mut self) -> Result<Token<'de>> {
        let offset = self.cursor.pos();
        Ok(match number::scan(&mut self.cursor)? {
            Number::Int { negative: false, magnitude } => Token::Int(i128::from(magnitude)),
            Number::Int { negative: true, magnitude } => Token::Int(-i128::from(magnitude)),
            Number::BigInt(digits) => {
                let digits = number::text(digits);
                digits.parse().map_or_else(|_| Token::BigInt(Cow::Borrowed(digits)), Token::Int)
            }
            Number::Float(text) => {
                let value = float::parse_scanned(text);
                let text = number::text(text);
                Token::Float(value.map_err(|error| Error::from(error).at_offset(offset))?, Some(text))
            }
        })
    }
}

/// Whether a number has a minus, and what follows it.
#[inline(always)]
fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', text @ ..] => (true, text),
        _ => (false, text),
    }
}

/// As [`sign`], where a minus may stand in front of an `I`.
#[inline(always)]
fn sign_of<I: Integer>(text: &[u8]) -> (bool, &[u8]) {
    if I::BOUNDS.0 < 0 { sign(text) } else { (false, text) }
}

/// The integer of a magnitude below 2⁶³, if it fits.
#[inline(always)]
fn signed<I: Integer>(negative: bool, magnitude: u64) -> Option<I> {
    I::from_i64(if negative { -(magnitude as i64) } else { magnitude as i64 })
}

/// Whether the `count` digits that `text` starts with are all of a number, and spelled as they must be.
#[inline(always)]
fn is_whole(text: &[u8], count: usize) -> bool {
    has_no_idle_zero(text, count) && !matches!(text.get(count), Some(b'.' | b'e' | b'E'))
}

#[inline(always)]
fn has_no_idle_zero(text: &[u8], count: usize) -> bool {
    count == 1 || text.first() != Some(&b'0')
}

/// A number of one to seven digits, a point, and up to fifteen digits, 19 in all; and its length.
///
/// Where it stands at the very end of the input, it is left to those who look at every byte.
#[inline(always)]
fn short_float(text: &[u8]) -> Option<(f64, usize)> {
    let (negative, digits) = sign(text);
    let (whole, count @ 1..=7) = digit_run::in_word(digits.first_chunk()?) else { return None };
    let [b'.', fraction @ ..] = digits.get(count..)? else { return None };
    let (fraction, places @ 1..=15) = digit_run::in_two_words(fraction.first_chunk()?) else { return None };
    let end = usize::from(negative) + count + 1 + places;
    // Nineteen digits fit 64 bits.
    if count + places > 19 || !has_no_idle_zero(digits, count) || matches!(text.get(end), Some(b'e' | b'E')) {
        return None;
    }
    let value = nearest(whole * POW10[places] + fraction, places);
    Some((if negative { -value } else { value }, end))
}
