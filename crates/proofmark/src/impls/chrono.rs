//! The types of `chrono`, written and read like their counterparts in `jiff`.

use ::chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike, Utc,
};
use jiff::{SignedDuration, civil, tz};

use super::datetime::decode_exact;
use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape,
    scalar::{self, ScalarError, date},
};

macro_rules! describe {
    ($($type:ty: $kind:ident, $shape:expr;)*) => {$(
        impl Describe for $type {
            const KINDS: Kinds = Kinds::of(Kind::$kind);
            fn shape() -> Shape {
                $shape
            }
        }
    )*};
}
describe! {
    DateTime<Utc>: DateTime, Shape::DateTime { tz: Some(true) };
    DateTime<FixedOffset>: DateTime, Shape::DateTime { tz: Some(true) };
    NaiveDateTime: DateTime, Shape::DateTime { tz: Some(false) };
    NaiveDate: Date, Shape::Date;
    NaiveTime: Time, Shape::Time;
    TimeDelta: Duration, Shape::Duration;
}

impl Encode for DateTime<Utc> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encode_aware(self, encoder)
    }
}

impl Encode for DateTime<FixedOffset> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encode_aware(self, encoder)
    }
}

fn encode_aware<Z: TimeZone, E: Encoder>(value: &DateTime<Z>, encoder: &mut E) -> Result<()> {
    let seconds = value.offset().fix().local_minus_utc();
    let offset = tz::Offset::from_seconds(seconds).map_err(|_| ScalarError::OffsetOutOfRange)?;
    let civil = to_civil(value.naive_local())?;
    encoder.datetime(&scalar::DateTime::exact(civil, Some(offset)))
}

impl<'de> Decode<'de> for DateTime<Utc> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        DateTime::<FixedOffset>::decode(decoder).map(|value| value.to_utc())
    }
}

impl<'de> Decode<'de> for DateTime<FixedOffset> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let value = decode_exact(decoder)?;
        let offset = value.offset().ok_or(ScalarError::DateTimeWithoutOffset)?;
        let local = from_civil(value.civil())?;
        let offset = FixedOffset::east_opt(offset.seconds()).ok_or(ScalarError::OffsetOutOfRange)?;
        Ok(offset.from_local_datetime(&local).single().ok_or(ScalarError::TimestampOutOfRange)?)
    }
}

impl Encode for NaiveDateTime {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        to_civil(*self)?.encode(encoder)
    }
}

impl<'de> Decode<'de> for NaiveDateTime {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        from_civil(civil::DateTime::decode(decoder)?)
    }
}

impl Encode for NaiveDate {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        to_date(*self)?.encode(encoder)
    }
}

impl<'de> Decode<'de> for NaiveDate {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        from_date(civil::Date::decode(decoder)?)
    }
}

impl Encode for NaiveTime {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        to_time(*self)?.encode(encoder)
    }
}

impl<'de> Decode<'de> for NaiveTime {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        from_time(civil::Time::decode(decoder)?)
    }
}

impl Encode for TimeDelta {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        SignedDuration::new(self.num_seconds(), self.subsec_nanos()).encode(encoder)
    }
}

impl<'de> Decode<'de> for TimeDelta {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let value = SignedDuration::decode(decoder)?;
        let nanoseconds = TimeDelta::nanoseconds(i64::from(value.subsec_nanos()));
        let seconds = TimeDelta::try_seconds(value.as_secs());
        let sum = seconds.and_then(|seconds| seconds.checked_add(&nanoseconds));
        Ok(sum.ok_or(ScalarError::DurationOutOfRange)?)
    }
}

fn to_civil(value: NaiveDateTime) -> Result<civil::DateTime> {
    Ok(to_date(value.date())?.to_datetime(to_time(value.time())?))
}

fn from_civil(value: civil::DateTime) -> Result<NaiveDateTime> {
    Ok(from_date(value.date())?.and_time(from_time(value.time())?))
}

fn to_date(value: NaiveDate) -> Result<civil::Date> {
    let year = i16::try_from(value.year()).map_err(|_| ScalarError::YearOutOfRange)?;
    let date = civil::Date::new(year, value.month() as i8, value.day() as i8);
    let date = date.map_err(|_| ScalarError::YearOutOfRange)?;
    date::check(date)?;
    Ok(date)
}

fn from_date(value: civil::Date) -> Result<NaiveDate> {
    let (month, day) = (value.month().unsigned_abs(), value.day().unsigned_abs());
    let date = NaiveDate::from_ymd_opt(i32::from(value.year()), u32::from(month), u32::from(day));
    Ok(date.ok_or(ScalarError::YearOutOfRange)?)
}

/// A leap second, the 1,000,000,000th nanosecond and on, has no text.
fn to_time(value: NaiveTime) -> Result<civil::Time> {
    let (hour, minute, second) = (value.hour() as i8, value.minute() as i8, value.second() as i8);
    let time = civil::Time::new(hour, minute, second, value.nanosecond() as i32);
    Ok(time.map_err(|_| ScalarError::InvalidTime)?)
}

fn from_time(value: civil::Time) -> Result<NaiveTime> {
    let (hour, minute) = (value.hour().unsigned_abs(), value.minute().unsigned_abs());
    let (second, nanosecond) = (value.second().unsigned_abs(), value.subsec_nanosecond().unsigned_abs());
    let time = NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanosecond);
    Ok(time.ok_or(ScalarError::InvalidTime)?)
}
