//! What [`Strictness::Lenient`](crate::Strictness) adds: text and floats that spell another kind of value.
//!
//! The table of what is taken is msgspec's. `None` means that the token does not spell the wanted kind.

use crate::{
    Decode, Decoder, Kind, Kinds, Result,
    decode::{Integer, Token, out_of_bounds},
    scalar::{
        float,
        number::{self, Form, Number},
    },
};

/// A whole float, or text that spells a whole number.
pub(crate) fn int<I: Integer>(token: &Token<'_>) -> Option<Result<I>> {
    let fit = |value| I::from_i128(value).ok_or_else(|| out_of_bounds::<I>(value < 0));
    Some(whole(token)?.and_then(fit))
}

fn whole(token: &Token<'_>) -> Option<Result<i128>> {
    match token {
        Token::Float(value, _) => float::to_integer(*value).map(i128::from).map(Ok),
        Token::Str(text) => number_text(text)?.map(Number::to_integer).transpose(),
        _ => None,
    }
}

/// The number of an integer enum: text that spells an integer, but no float.
pub(crate) fn enum_int<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<i128> {
    if !decoder.is_lenient() {
        return decoder.int();
    }
    let token = decoder.token()?;
    let integer = match &token {
        Token::Int(value) => Some(*value),
        Token::Str(text) if whole_text(text).is_some() => text.parse().ok(),
        Token::Str(text) => number_text(text).transpose().map(|_| None)?,
        _ => None,
    };
    integer.ok_or_else(|| token.mismatch(Kinds::of(Kind::Int)))
}

/// The integers 0 and 1, text that spells them, and the words in any case.
pub(crate) fn bool(token: &Token<'_>) -> Option<Result<bool>> {
    match token {
        Token::Int(value) => zero_or_one(*value).map(Ok),
        Token::Str(text) if text.eq_ignore_ascii_case("false") => Some(Ok(false)),
        Token::Str(text) if text.eq_ignore_ascii_case("true") => Some(Ok(true)),
        Token::Str(text) => match number_text(text)? {
            Ok(Number::Float(_)) => None,
            number => number.map(|number| zero_or_one(number.to_integer()?)).transpose(),
        },
        _ => None,
    }
}

const fn zero_or_one(value: i128) -> Option<bool> {
    match value {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Text that spells a number, or one of the words for what is not finite.
pub(crate) fn f64(token: &Token<'_>) -> Option<Result<f64>> {
    match token {
        Token::Str(text) => f64_text(text),
        _ => None,
    }
}

/// As [`f64`], of text.
pub(crate) fn f64_text(text: &str) -> Option<Result<f64>> {
    number_text(text).map(|number| number.map(Number::to_f64))
}

/// As [`f64`], rounded to 32 bits, and not first to 64.
pub(crate) fn f32(token: &Token<'_>) -> Option<Result<f32>> {
    match token {
        Token::Str(text) => f32_text(text),
        _ => None,
    }
}

/// As [`f32`], of text.
pub(crate) fn f32_text(text: &str) -> Option<Result<f32>> {
    match number_text(text)? {
        Ok(Number::Float(value)) if !value.is_finite() => Some(Ok(value as f32)),
        // Minus zero without a point is plain zero.
        Ok(Number::Integer { magnitude: 0, .. }) => Some(Ok(0.0)),
        Ok(_) => Some(float::parse_scanned_f32(text.as_bytes()).map_err(Into::into)),
        Err(error) => Some(Err(error)),
    }
}

/// Whether text spells a number with a point or an exponent, or that is not finite.
pub(crate) fn is_float_text(text: &str) -> bool {
    matches!(number_text(text), Some(Ok(Number::Float(_)) | Err(_)))
}

/// The text, if it spells an integer.
pub(crate) fn whole_text(text: &str) -> Option<&str> {
    (number::scan(text.as_bytes()) == Some(Form::Integer)).then_some(text)
}

/// Null itself was not next: takes the text `null`, in any case, in lenient mode.
#[cold]
pub(crate) fn null<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<()> {
    match decoder.token()? {
        Token::Str(text) if decoder.is_lenient() && text.eq_ignore_ascii_case("null") => Ok(()),
        token => Err(token.mismatch(Kinds::of(Kind::Null))),
    }
}

/// Consumes the text `null` where `T` takes no text of its own.
#[cold]
pub(crate) fn takes_null_text<'de, T: Decode<'de>, D: Decoder<'de>>(decoder: &mut D) -> Result<bool> {
    if T::KINDS.accepts_any_text() || decoder.peek()? != Kind::Str {
        return Ok(false);
    }
    let mark = decoder.mark();
    let is_null = matches!(decoder.token()?, Token::Str(text) if text.eq_ignore_ascii_case("null"));
    if !is_null {
        decoder.reset(mark);
    }
    Ok(is_null)
}

/// A number, or text that spells one or a word for what is not finite: seconds, for dates and durations.
pub(crate) fn number(token: &Token<'_>) -> Option<Result<Number>> {
    match token {
        Token::Int(value) => Some(Ok(Number::from(*value))),
        Token::BigInt(digits) => Some(Number::parse(digits.as_bytes()).map_err(Into::into)),
        Token::Float(value, _) => Some(Ok(Number::Float(*value))),
        Token::Str(text) => number_text(text),
        _ => None,
    }
}

/// As [`number`], of text.
fn number_text(text: &str) -> Option<Result<Number>> {
    use crate::scalar::ScalarError;
    if let Some(value) = float::parse_word(text.as_bytes()) {
        return Some(Ok(Number::Float(value)));
    }
    match Number::parse(text.as_bytes()) {
        Ok(number) => Some(Ok(number)),
        Err(ScalarError::InvalidNumber) => None,
        Err(error) => Some(Err(error.into())),
    }
}
