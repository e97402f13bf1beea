//! Spans of time, as ISO 8601 text in both formats.

use std::{borrow::Cow, time};

use jiff::SignedDuration;

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape,
    decode::Token,
    lenient,
    scalar::{Precision, ScalarError, TimeDelta, duration},
    value::Native,
};

/// The forms in which a span is met.
enum Span<'de> {
    Text(Cow<'de, str>),
    Value(SignedDuration),
}

fn span<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<Span<'de>> {
    let token = decoder.spelt_token(Kind::Duration)?;
    if decoder.is_lenient()
        && let Some(seconds) = lenient::number(&token)
    {
        return Ok(Span::Value(duration::from_number(seconds?)?));
    }
    match token {
        Token::Str(text) => Ok(Span::Text(text)),
        Token::Native(Native::Duration(value)) => Ok(Span::Value(*value)),
        token => Err(token.mismatch(Kinds::of(Kind::Duration))),
    }
}

macro_rules! describe_duration {
    ($($type:ty)*) => {$(
        impl Describe for $type {
            const KINDS: Kinds = Kinds::of(Kind::Duration);
            fn shape() -> Shape {
                Shape::Duration
            }
        }
    )*};
}
describe_duration!(TimeDelta SignedDuration time::Duration);

impl Encode for TimeDelta {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.duration(self.as_duration())
    }
}

impl<'de> Decode<'de> for TimeDelta {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match span(decoder)? {
            Span::Text(text) => Ok(Self::parse(text.as_bytes())?),
            Span::Value(value) => Ok(Self::new(value)?),
        })
    }
}

impl Encode for SignedDuration {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        duration::check(*self)?;
        encoder.duration(*self)
    }
}

impl<'de> Decode<'de> for SignedDuration {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match span(decoder)? {
            Span::Text(text) => Ok(duration::parse(text.as_bytes(), Precision::Nanoseconds)?),
            Span::Value(value) => Ok(value),
        })
    }
}

impl Encode for time::Duration {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        SignedDuration::try_from(*self).map_err(|_| ScalarError::DurationOutOfRange)?.encode(encoder)
    }
}

/// A negative span is out of range.
impl<'de> Decode<'de> for time::Duration {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| {
            let signed = SignedDuration::decode(decoder)?;
            Ok(signed.try_into().map_err(|_| ScalarError::DurationOutOfRange)?)
        })
    }
}
