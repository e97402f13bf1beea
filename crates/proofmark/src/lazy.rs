//! Typed values that are decoded when they are first looked at.

use std::{fmt, sync::OnceLock};

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kinds, Limits, Raw, Result, Shape, Strictness,
    decode::DecodeOwned, key::Tags,
};

/// A value that is decoded when it is first asked for, and kept from then on.
///
/// For the large parts of a record that most readers never look at. Decoding such a record checks the part for syntax
/// and copies its bytes, so that it outlives the input; whether it is a `T` shows at [`Lazy::get`], which decodes once,
/// with the limits and strictness of the first decoder. To borrow the bytes instead, or to decode without keeping the
/// result, use [`Raw`].
///
/// It is written as the bytes it came in, or encoded if it never was bytes of that format.
///
/// ```
/// use proofmark::{Lazy, Record, json};
///
/// #[derive(Record)]
/// struct Message { kind: String, rows: Lazy<Vec<u64>> }
///
/// let message: Message = json::from_str(r#"{"kind":"scan","rows":[7,8]}"#)?;
/// assert!(!message.rows.is_decoded());
/// assert_eq!(message.rows.get()?, &[7, 8]);
///
/// let message: Message = json::from_str(r#"{"kind":"scan","rows":[7,-8]}"#)?;
/// let error = message.rows.get().unwrap_err();
/// assert_eq!(error.to_string(), "Expected `int` >= 0 - at `$[1]`");
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone)]
pub struct Lazy<T>(State<T>);

#[derive(Clone)]
enum State<T> {
    /// Built from a value: there are no bytes.
    Value(T),
    Bytes {
        raw: Raw<'static>,
        limits: Limits,
        strictness: Strictness,
        decoded: OnceLock<T>,
    },
}

impl<T> Lazy<T> {
    /// A value that needs no decoding.
    pub const fn new(value: T) -> Self {
        Self(State::Value(value))
    }

    /// A value that is still to be decoded, with the default limits and strictness.
    pub fn from_raw(raw: Raw<'_>) -> Self {
        Self::undecoded(raw, Limits::DEFAULT, Strictness::Strict)
    }

    fn undecoded(raw: Raw<'_>, limits: Limits, strictness: Strictness) -> Self {
        Self(State::Bytes { raw: raw.into_owned(), limits, strictness, decoded: OnceLock::new() })
    }

    /// The bytes it came in, if it came in bytes.
    pub const fn raw(&self) -> Option<&Raw<'static>> {
        match &self.0 {
            State::Value(_) => None,
            State::Bytes { raw, .. } => Some(raw),
        }
    }

    /// Whether [`Lazy::get`] has nothing to decode any more.
    pub fn is_decoded(&self) -> bool {
        self.decoded().is_some()
    }

    fn decoded(&self) -> Option<&T> {
        match &self.0 {
            State::Value(value) => Some(value),
            State::Bytes { decoded, .. } => decoded.get(),
        }
    }
}

impl<T: DecodeOwned> Lazy<T> {
    /// The value; it is decoded by the first call that succeeds.
    ///
    /// # Errors
    /// Fails when the bytes are not a `T`, each time again. The path begins at this value.
    pub fn get(&self) -> Result<&T> {
        match &self.0 {
            State::Value(value) => Ok(value),
            State::Bytes { raw, limits, strictness, decoded } => match decoded.get() {
                Some(value) => Ok(value),
                None => {
                    let value = raw.decode_with(*limits, *strictness)?;
                    Ok(decoded.get_or_init(|| value))
                }
            },
        }
    }

    /// The value without its bytes.
    ///
    /// # Errors
    /// As [`Lazy::get`].
    pub fn into_inner(self) -> Result<T> {
        match self.0 {
            State::Value(value) => Ok(value),
            State::Bytes { raw, limits, strictness, decoded } => match decoded.into_inner() {
                Some(value) => Ok(value),
                None => raw.decode_with(limits, strictness),
            },
        }
    }
}

impl<T> From<T> for Lazy<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// Equal bytes are equal values; others are decoded. What cannot be decoded equals nothing but its own bytes.
impl<T: DecodeOwned + PartialEq> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.raw(), other.raw())
            && a == b
        {
            return true;
        }
        matches!((self.get(), other.get()), (Ok(a), Ok(b)) if a == b)
    }
}

/// The value if it is decoded, and its bytes if not.
impl<T: fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.decoded(), self.raw()) {
            (Some(value), _) => value.fmt(f),
            (None, raw) => f.debug_tuple("Lazy").field(&raw).finish(),
        }
    }
}

impl<T: Describe> Describe for Lazy<T> {
    const KINDS: Kinds = T::KINDS;
    const TAGS: Tags = T::TAGS;
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Encode> Encode for Lazy<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match &self.0 {
            State::Value(value) => value.encode(encoder),
            State::Bytes { raw, .. } => encoder.raw(raw),
        }
    }
}

impl<'de, T: Describe> Decode<'de> for Lazy<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let (limits, strictness) = (*decoder.limits(), decoder.strictness());
        Ok(Self::undecoded(decoder.raw()?, limits, strictness))
    }
}
