//! Calendar dates and times of day, as text in both formats.

use std::borrow::Cow;

use jiff::civil;

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Result, Shape,
    constraint::{Binds, Constrain, Constraints},
    decode::Token,
    scalar::{ScalarError, Time, date, time},
    value::Native,
};

impl Describe for civil::Date {
    const KINDS: Kinds = Kinds::of(Kind::Date);
    fn shape() -> Shape {
        Shape::Date
    }
}

impl Encode for civil::Date {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        date::check(*self)?;
        encoder.date(*self)
    }
}

impl<'de> Decode<'de> for civil::Date {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match decoder.spelt_token(Kind::Date)? {
            Token::Str(text) => Ok(date::parse(text.as_bytes())?),
            Token::Native(Native::Date(value)) => Ok(*value),
            token => Err(token.mismatch(Kinds::of(Kind::Date))),
        })
    }
}

/// The forms in which a time of day is met.
enum Clock<'de> {
    Text(Cow<'de, str>),
    Value(Time),
}

fn clock<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<Clock<'de>> {
    match decoder.spelt_token(Kind::Time)? {
        Token::Str(text) => Ok(Clock::Text(text)),
        Token::Native(Native::Time(value)) => Ok(Clock::Value(*value)),
        token => Err(token.mismatch(Kinds::of(Kind::Time))),
    }
}

impl Describe for Time {
    const KINDS: Kinds = Kinds::of(Kind::Time);
    fn shape() -> Shape {
        Shape::Time
    }
}

impl Encode for Time {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.time(self)
    }
}

impl<'de> Decode<'de> for Time {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match clock(decoder)? {
            Clock::Text(text) => Ok(Self::parse(text.as_bytes())?),
            Clock::Value(value) => Ok(Self::new(value.civil(), value.offset())?),
        })
    }
}

impl Constrain for Time {
    const BINDS: Binds = Binds::TZ;

    fn check(&self, constraints: &Constraints) -> Result<()> {
        match (constraints.tz, self.offset()) {
            (Some(true), None) => Err(Error::constraint("Expected `time` with a timezone component")),
            (Some(false), Some(_)) => Err(ScalarError::TimeWithOffset.into()),
            _ => Ok(()),
        }
    }
}

impl Describe for civil::Time {
    const KINDS: Kinds = Kinds::of(Kind::Time);
    fn shape() -> Shape {
        Shape::Time
    }
}

impl Encode for civil::Time {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.time(&Time::exact(*self))
    }
}

impl<'de> Decode<'de> for civil::Time {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match clock(decoder)? {
            Clock::Text(text) => Ok(time::parse_civil(text.as_bytes())?),
            Clock::Value(value) if value.offset().is_some() => Err(ScalarError::TimeWithOffset.into()),
            Clock::Value(value) => Ok(value.civil()),
        })
    }
}
