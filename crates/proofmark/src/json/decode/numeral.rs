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
        if matches!(count, 1..=18)
            && is_whole(text, count)
            && let Some(value) = signed(negative, magnitude)
        {
            self.cursor.pass(usize::from(negative) + count);
            return Ok(value);
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

    /// A float behind blanks, of more digits, with an exponent or without a point, out of bounds, or no number at all.
    #[inline(never)]
    fn f64_slow(&mut self) -> Result<f64> {
        self.cursor.skip_space();
        if let Some((value, len)) = long_float(self.cursor.rest()) {
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

/// A number of one to four digits, a point, and up to fifteen digits; and its length.
///
/// Where it stands at the very end of the input, it is left to those who look at every byte.
#[inline(always)]
fn short_float(text: &[u8]) -> Option<(f64, usize)> {
    let (negative, digits) = sign(text);
    let (whole, tail) = before_point(digits)?;
    let (fraction, places @ 1..=15) = digit_run::in_two_words(tail.first_chunk()?) else { return None };
    let end = text.len() - tail.len() + places;
    if matches!(text.get(end), Some(b'e' | b'E')) {
        return None;
    }
    // Nineteen digits fit 64 bits.
    let value = nearest(whole * POW10[places] + fraction, places);
    Some((if negative { -value } else { value }, end))
}

/// As [`short_float`], where only the 19 digits count that 64 bits hold.
fn long_float(text: &[u8]) -> Option<(f64, usize)> {
    let (negative, digits) = sign(text);
    let (whole, count) = leading_digits(digits);
    let [b'.', tail @ ..] = digits.get(count..)? else { return None };
    let (fraction, places) = leading_digits(tail);
    let end = text.len() - tail.len() + places;
    let is_number = count > 0 && places > 0 && has_no_idle_zero(digits, count);
    let is_long = count + places > 19 + usize::from(whole == 0);
    if !is_number || is_long || matches!(text.get(end), Some(b'e' | b'E')) {
        return None;
    }
    let value = nearest(whole * POW10.get(places)? + fraction, places);
    Some((if negative { -value } else { value }, end))
}

/// The value of one to four digits, of which none leads idly, and what follows the point behind them.
#[inline(always)]
fn before_point(text: &[u8]) -> Option<(u64, &[u8])> {
    let digit = |byte: u8| Some(u64::from(byte.wrapping_sub(b'0'))).filter(|digit| *digit < 10);
    match *text.first_chunk::<5>()? {
        [a, b'.', ..] => Some((digit(a)?, text.get(2..)?)),
        [b'0', ..] => None,
        [a, b, b'.', ..] => Some((digit(a)? * 10 + digit(b)?, text.get(3..)?)),
        [a, b, c, b'.', _] => Some((digit(a)? * 100 + digit(b)? * 10 + digit(c)?, text.get(4..)?)),
        [a, b, c, d, b'.'] => {
            Some((digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?, text.get(5..)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is taken is what the standard library makes of the same text.
    #[track_caller]
    fn check(text: &str) {
        let expected: f64 = text.parse().unwrap();
        for end in ["", ",", "]", " ", "\n                 ", ",0.0000000000000000"] {
            let padded = format!("{text}{end}");
            for (value, len) in
                [short_float(padded.as_bytes()), long_float(padded.as_bytes())].into_iter().flatten()
            {
                assert_eq!((value.to_bits(), len), (expected.to_bits(), text.len()), "{padded}");
            }
        }
    }

    #[test]
    fn ordinary_floats_take_the_short_ways() {
        for text in
            ["0.5", "-65.613616999999977", "1234.5", "0.123456789012345", "-0.0", "9999.999999999999999"]
        {
            check(text);
            assert!(short_float(format!("{text},                ").as_bytes()).is_some(), "{text}");
        }
        for text in [
            "0.6394267984578837",
            "0.025010755222666936",
            "12345.5",
            "-1234567890.123456789",
            "0.0000000000000000001",
        ] {
            check(text);
            assert!(long_float(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_float_of_few_digits_is_left_to_others() {
        for text in [
            "",
            "-",
            ".5",
            "5",
            "5.",
            "-5.",
            "00.5",
            "-01.5",
            "0123.5",
            "1.5e3",
            "1.5E-3",
            "a.5",
            "1a.5",
            "12a.5",
            "1.a",
            "1..5",
            "--1.5",
            "+1.5",
            "12345678901234567890.5",
            "1.12345678901234567890",
            "0.12345678901234567890",
            "1 .5",
            "1. 5",
        ] {
            let padded = format!("{text},                        ");
            assert_eq!(short_float(padded.as_bytes()), None, "{text}");
            assert_eq!(long_float(padded.as_bytes()), None, "{text}");
            assert_eq!(long_float(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn floats_are_the_standard_ones(text in "-?(0|[1-9][0-9]{0,12})\\.[0-9]{1,20}") {
            check(&text);
        }
    }
}
