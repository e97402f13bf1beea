//! Dates with times, and instants: RFC 3339 text, or MessagePack's timestamp extension where there is an
//! offset.

use std::borrow::Cow;

use jiff::{Timestamp, civil, tz::Offset};

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape,
    constraint::{Binds, Constrain, Constraints},
    decode::Token,
    ext, lenient,
    scalar::{DateTime, Precision, ScalarError, date, datetime, epoch::Epoch},
    value::Native,
};

/// The forms in which a date with a time is met.
enum Moment<'de> {
    Text(Cow<'de, str>),
    Epoch(Epoch),
    Value(DateTime),
}

fn moment<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<Moment<'de>> {
    let token = decoder.spelt_token(Kind::DateTime)?;
    if decoder.is_lenient()
        && let Some(seconds) = lenient::number(&token)
    {
        return Ok(Moment::Epoch(Epoch::from_number(seconds?)?));
    }
    match token {
        Token::Str(text) => Ok(Moment::Text(text)),
        Token::Ext(ext::TIMESTAMP, payload) => Ok(Moment::Epoch(Epoch::from_payload(&payload)?)),
        Token::Native(Native::DateTime(value)) => Ok(Moment::Value(*value)),
        token => Err(token.mismatch(Kinds::of(Kind::DateTime))),
    }
}

/// A date with a time as it was written, to the nanosecond.
pub(super) fn decode_exact<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<DateTime> {
    match moment(decoder)? {
        Moment::Text(text) => Ok(datetime::parse(text.as_bytes(), Precision::Nanoseconds)?),
        Moment::Epoch(epoch) => Ok(DateTime::exact(epoch.to_civil()?, Some(Offset::UTC))),
        Moment::Value(value) => Ok(value),
    }
}

impl Describe for DateTime {
    const KINDS: Kinds = Kinds::of(Kind::DateTime);
    fn shape() -> Shape {
        Shape::DateTime { tz: None }
    }
}

impl Encode for DateTime {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.datetime(self)
    }
}

impl<'de> Decode<'de> for DateTime {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match moment(decoder)? {
            Moment::Text(text) => Ok(Self::parse(text.as_bytes())?),
            Moment::Epoch(epoch) => Ok(Self::from_epoch(epoch)?),
            Moment::Value(value) => Ok(Self::new(value.civil(), value.offset())?),
        })
    }
}

impl Constrain for DateTime {
    const BINDS: Binds = Binds::TZ;

    fn check(&self, constraints: &Constraints) -> Result<()> {
        match (constraints.tz, self.offset()) {
            (Some(true), None) => Err(ScalarError::DateTimeWithoutOffset.into()),
            (Some(false), Some(_)) => Err(ScalarError::DateTimeWithOffset.into()),
            _ => Ok(()),
        }
    }
}

impl Describe for Timestamp {
    const KINDS: Kinds = Kinds::of(Kind::DateTime);
    fn shape() -> Shape {
        Shape::DateTime { tz: Some(true) }
    }
}

impl Encode for Timestamp {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.timestamp(*self)
    }
}

impl<'de> Decode<'de> for Timestamp {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match moment(decoder)? {
            Moment::Text(text) => {
                Ok(datetime::parse(text.as_bytes(), Precision::Nanoseconds)?.to_timestamp()?)
            }
            Moment::Epoch(epoch) => Ok(epoch.to_timestamp()?),
            Moment::Value(value) => Ok(value.to_timestamp()?),
        })
    }
}

impl Describe for civil::DateTime {
    const KINDS: Kinds = Kinds::of(Kind::DateTime);
    fn shape() -> Shape {
        Shape::DateTime { tz: Some(false) }
    }
}

impl Encode for civil::DateTime {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        date::check(self.date())?;
        encoder.datetime(&DateTime::exact(*self, None))
    }
}

impl<'de> Decode<'de> for civil::DateTime {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| {
            let value = decode_exact(decoder)?;
            if value.offset().is_some() {
                Err(ScalarError::DateTimeWithOffset.into())
            } else {
                Ok(value.civil())
            }
        })
    }
}
