//! Values of ours, made from recorded ones.

use std::{collections::BTreeSet, str::FromStr};

use jiff::{SignedDuration, civil, tz::Offset};
use proofmark::{
    Encode, Ext, Format, Maybe, Raw, Record, Value,
    convert::Converter,
    scalar::{DateTime, Decimal, Time, TimeDelta},
    value::Native,
};
use serde_json::Value as Json;

use crate::{erased::Recorded, hex, table, types::any::FloatKey, verdict::Skip};

/// Why a recorded value has no counterpart.
type Missing = (Skip, String);

/// A recorded value as a value of ours, for `format` where it is undecoded.
pub(crate) fn sample(recorded: &Json, format: Format) -> Result<Box<dyn Recorded>, Missing> {
    let (tag, body) = open(recorded)?;
    Ok(match tag {
        "set" => set(body)?,
        "unset" => Box::new(Maybe::<u8>::Unset),
        "list" if holds_unset(body) => Box::new([Maybe::<u8>::Unset]),
        "map" if holds_unset(body) => Box::new(std::collections::BTreeMap::from([("a", Maybe::<u8>::Unset)])),
        "raw" => or_refused(raw(recorded, format)?),
        "list" if items(body).any(|item| item.get("raw").is_some()) => {
            let raws = items(body).map(|item| raw(item, format)).collect::<Result<Vec<_>, _>>()?;
            or_refused(raws.into_iter().collect::<proofmark::Result<Vec<_>>>())
        }
        "fill" => fill(recorded)?,
        _ => Box::new(value(recorded)?),
    })
}

/// A recorded value as a [`Value`].
pub(crate) fn value(recorded: &Json) -> Result<Value, Missing> {
    let (tag, body) = open(recorded)?;
    let text = || body.as_str().unwrap_or_default();
    let native = |native| Value::Native(Box::new(native));
    Ok(match tag {
        "null" => Value::Null,
        "bool" => Value::Bool(body.as_bool().unwrap_or_default()),
        "int" => integer(text()),
        "float" => Value::Float(float(body)?),
        "str" => Value::Str(text().to_owned()),
        "str_hex" => Value::Str(String::from_utf8(bytes(body)?).map_err(unknown)?),
        "bytes" => Value::Bytes(bytes(body)?),
        "datetime" => native(Native::DateTime(datetime(recorded, text())?)),
        "date" => native(Native::Date(parse(text())?)),
        "time" => native(Native::Time(Time::new(parse(text())?, offset(recorded)?).map_err(unknown)?)),
        "timedelta_us" => native(Native::Duration(timedelta(text())?.as_duration())),
        "uuid" => native(Native::Uuid(parse(text())?)),
        "decimal" => native(Native::Decimal(parse::<Decimal>(text())?)),
        "ext" => Value::Ext(Box::new(ext(body)?)),
        "enum" => value(recorded.get("v").unwrap_or(&Json::Null))?,
        "list" | "tuple" | "set" => items(body).map(value).collect::<Result<Value, _>>()?,
        "map" => Value::Map(items(body).map(entry).collect::<Result<Vec<_>, _>>()?.into()),
        "struct" => record(recorded, text())?,
        "unset" => return Err((Skip::PythonOnly, "a value that is not there".to_owned())),
        "unsupported" => return Err((Skip::PythonOnly, format!("no value of Rust is {body}"))),
        _ => return Err((Skip::NoRustType, tag.to_owned())),
    })
}

/// A record, by way of its type.
fn record(recorded: &Json, name: &str) -> Result<Value, Missing> {
    let fields = items(recorded.get("f").unwrap_or(&Json::Null)).map(|field| {
        let name = field.get(0).and_then(Json::as_str).unwrap_or_default();
        Ok((name, value(field.get(1).unwrap_or(&Json::Null))?))
    });
    let fields: Value = fields.collect::<Result<_, Missing>>()?;
    let operations = table::find(name).ok_or_else(|| (Skip::NoRustType, name.to_owned()))?;
    let record = operations.convert(Box::leak(Box::new(fields)), Converter::new());
    record.and_then(|record| record.to_value()).map_err(unknown)
}

fn open(recorded: &Json) -> Result<(&str, &Json), Missing> {
    super::open(recorded).ok_or_else(|| unknown(recorded))
}

fn items(body: &Json) -> impl Iterator<Item = &Json> {
    body.as_array().into_iter().flatten()
}

fn entry(entry: &Json) -> Result<(Value, Value), Missing> {
    Ok((value(entry.get(0).unwrap_or(&Json::Null))?, value(entry.get(1).unwrap_or(&Json::Null))?))
}

fn integer(digits: &str) -> Value {
    match (digits.parse(), digits.parse()) {
        (Ok(value), _) => Value::Int(value),
        (_, Ok(value)) => Value::UInt(value),
        _ => Value::Native(Box::new(Native::BigInt(digits.to_owned()))),
    }
}

fn float(body: &Json) -> Result<f64, Missing> {
    let bits = u64::from_str_radix(body.as_str().unwrap_or_default(), 16).map_err(unknown)?;
    Ok(f64::from_bits(bits))
}

fn bytes(body: &Json) -> Result<Vec<u8>, Missing> {
    body.as_str().and_then(hex::parse).ok_or_else(|| unknown(body))
}

fn datetime(recorded: &Json, text: &str) -> Result<DateTime, Missing> {
    DateTime::new(parse::<civil::DateTime>(text)?, offset(recorded)?).map_err(unknown)
}

fn offset(recorded: &Json) -> Result<Option<Offset>, Missing> {
    let Some(seconds) = recorded.get("off").and_then(Json::as_i64) else { return Ok(None) };
    let seconds = i32::try_from(seconds).map_err(unknown)?;
    Offset::from_seconds(seconds).map(Some).map_err(unknown)
}

fn timedelta(micros: &str) -> Result<TimeDelta, Missing> {
    const SECOND: i128 = 1_000_000;
    let micros = parse::<i128>(micros)?;
    let seconds = i64::try_from(micros / SECOND).map_err(unknown)?;
    let nanos = i32::try_from(micros % SECOND * 1_000).map_err(unknown)?;
    TimeDelta::new(SignedDuration::new(seconds, nanos)).map_err(unknown)
}

fn ext(body: &Json) -> Result<Ext, Missing> {
    let code = body.get(0).and_then(Json::as_i64).and_then(|code| i8::try_from(code).ok());
    let data = bytes(body.get(1).unwrap_or(&Json::Null))?;
    code.map(|code| Ext::new(code, data)).ok_or_else(|| unknown(body))
}

fn parse<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Missing> {
    text.parse().map_err(unknown)
}

fn unknown(what: impl std::fmt::Display) -> Missing {
    (Skip::NotReplayed, what.to_string())
}

fn holds_unset(body: &Json) -> bool {
    items(body).any(|item| {
        item.get("unset").is_some() || item.get(1).is_some_and(|value| value.get("unset").is_some())
    })
}

/// A set of the type that its elements have.
fn set(body: &Json) -> Result<Box<dyn Recorded>, Missing> {
    let mut tags = items(body).map(|item| open(item).map(|(tag, _)| tag)).collect::<Result<Vec<_>, _>>()?;
    tags.sort_unstable();
    tags.dedup();
    let text = |item: &Json| open(item).map(|(_, body)| body.as_str().unwrap_or_default().to_owned());
    let of = |item: &Json| open(item).map(|(_, body)| body.clone());
    match tags[..] {
        [] | ["int"] => collect(body, |item| parse::<i128>(&text(item)?)),
        ["str"] => collect(body, text),
        ["null"] => collect(body, |_| Ok(())),
        ["date"] => collect(body, |item| parse::<civil::Date>(&text(item)?)),
        ["bytes"] => collect(body, |item| bytes(&of(item)?)),
        ["float"] | ["float", "int"] => collect(body, number),
        ["tuple"] => collect(body, |item| {
            items(&of(item)?).map(|item| parse::<i128>(&text(item)?)).collect::<Result<Vec<_>, _>>()
        }),
        _ => Err((Skip::PythonOnly, format!("a set of {}", tags.join(" and ")))),
    }
}

fn collect<T: Encode + Ord + 'static>(
    body: &Json,
    element: impl Fn(&Json) -> Result<T, Missing>,
) -> Result<Box<dyn Recorded>, Missing> {
    Ok(Box::new(items(body).map(element).collect::<Result<BTreeSet<T>, _>>()?))
}

/// A number of either kind, ordered by value.
#[derive(Record, Debug)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn key(&self) -> FloatKey {
        match self {
            Self::Int(value) => FloatKey(*value as f64),
            Self::Float(value) => FloatKey(*value),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

fn number(item: &Json) -> Result<Number, Missing> {
    match open(item)? {
        ("int", body) => parse(body.as_str().unwrap_or_default()).map(Number::Int),
        (_, body) => float(body).map(Number::Float),
    }
}

/// Values too long to be written down.
fn fill(recorded: &Json) -> Result<Box<dyn Recorded>, Missing> {
    let len = recorded.get("n").and_then(Json::as_u64).and_then(|len| usize::try_from(len).ok());
    match (recorded.get("fill").and_then(Json::as_str), len) {
        (Some("list_of_1"), Some(len)) => Ok(Box::new(vec![1u16; len])),
        (Some("ext_code1_x"), Some(len)) => Ok(Box::new(Ext::new(1, vec![b'x'; len]))),
        _ => Err(unknown(recorded)),
    }
}

/// An undecoded value, if the bytes are one.
fn raw(recorded: &Json, format: Format) -> Result<proofmark::Result<Raw<'static>>, Missing> {
    let (_, body) = open(recorded)?;
    bytes(body).map(|bytes| Raw::new(format, bytes))
}

fn or_refused<T: Encode + 'static>(made: proofmark::Result<T>) -> Box<dyn Recorded> {
    match made {
        Ok(value) => Box::new(value),
        Err(error) => Box::new(Refused(error.to_string())),
    }
}

/// Stands for a value that could not be made: encoding it fails with the reason.
struct Refused(String);

impl proofmark::Describe for Refused {
    const KINDS: proofmark::Kinds = proofmark::Kinds::ANY;
    fn shape() -> proofmark::Shape {
        proofmark::Shape::Any
    }
}

impl Encode for Refused {
    fn encode<E: proofmark::Encoder>(&self, _: &mut E) -> proofmark::Result<()> {
        Err(proofmark::Error::custom(&self.0))
    }
}
