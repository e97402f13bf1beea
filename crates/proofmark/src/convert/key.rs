//! Map keys as text, for values that are to look like JSON.

use crate::{
    Result, UuidFormat, Value,
    decode::{Integer, out_of_bounds},
    error::Error,
    lenient,
    scalar::{base64, date, duration, float, uuid},
    value::Native,
};

/// The text of a key.
pub(crate) fn to_text(key: Value) -> Result<Value> {
    let mut out = Vec::new();
    match &key {
        Value::Str(_) => return Ok(key),
        Value::Int(value) => return Ok(value.to_string().into()),
        Value::UInt(value) => return Ok(value.to_string().into()),
        Value::Float(value) => match float::word(*value) {
            Some(word) => return Ok(word.into()),
            None => float::write(*value, &mut out),
        },
        Value::Bytes(bytes) => base64::encode(bytes, &mut out),
        Value::Native(native) => write_native(native, &mut out),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Map(_) | Value::Ext(_) => {
            return Err(refused());
        }
    }
    String::from_utf8(out).map(Value::Str).map_err(|error| Error::custom(error.utf8_error()))
}

fn write_native(native: &Native, out: &mut Vec<u8>) {
    match native {
        Native::BigInt(digits) => out.extend_from_slice(digits.as_bytes()),
        Native::DateTime(value) => value.write(out),
        Native::Date(value) => date::write(*value, out),
        Native::Time(value) => value.write(out),
        Native::Duration(value) => duration::write(*value, out),
        Native::Uuid(value) => uuid::write(*value, UuidFormat::Canonical, out),
        Native::Decimal(value) => value.write(out),
    }
}

#[cold]
fn refused() -> Error {
    Error::unsupported("Only dicts with str-like or number-like keys are supported")
}

/// The integer that key text spells.
pub(crate) fn int<I: Integer>(text: &str) -> Option<Result<I>> {
    let digits = lenient::whole_text(text)?;
    Some(I::from_digits(digits).ok_or_else(|| out_of_bounds::<I>(digits.starts_with('-'))))
}
