//! Types that are extension values with a code of their own.

use std::{borrow::Cow, fmt, marker::PhantomData};

use super::Ext;
use crate::{
    Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Medium, Result, Shape,
    decode::{DecodeOwned, Token},
    shape::ShapeFn,
};

/// A type that is an extension value in MessagePack.
///
/// [`ext_type!`](crate::ext_type) makes it a type that records can hold. Applications take codes from 32 up; each must
/// mean one type only. Make the first byte of the payload a version of its layout.
///
/// ```
/// use std::borrow::Cow;
/// use proofmark::{Error, ext::{Base64, ExtType}, json, msgpack};
///
/// #[derive(Debug, PartialEq)]
/// struct Point { x: u8, y: u8 }
///
/// impl ExtType for Point {
///     const CODE: i8 = 40;
///     const NAME: &'static str = "point";
///     type Text = Base64;
///
///     fn payload(&self) -> Cow<'_, [u8]> {
///         Cow::Owned(vec![1, self.x, self.y])
///     }
///     fn from_payload(payload: &[u8]) -> proofmark::Result<Self> {
///         match *payload {
///             [1, x, y] => Ok(Self { x, y }),
///             _ => Err(Error::format("Invalid point")),
///         }
///     }
/// }
/// proofmark::ext_type!(Point);
///
/// assert_eq!(msgpack::to_vec(&Point { x: 2, y: 3 })?, [0xc7, 3, 40, 1, 2, 3]);
/// assert_eq!(json::to_string(&Point { x: 2, y: 3 })?, r#""AQID""#);
/// assert_eq!(json::from_str::<Point>(r#""AQID""#)?, Point { x: 2, y: 3 });
/// # Ok::<(), Error>(())
/// ```
pub trait ExtType: Sized {
    /// The code, which no other type has.
    const CODE: i8;
    /// What the code means, in a word.
    const NAME: &'static str;
    /// How the value stands in JSON: [`Base64`], a [`View`], or [`NoText`].
    type Text: TextForm<Self>;

    /// The bytes.
    fn payload(&self) -> Cow<'_, [u8]>;

    /// The value of bytes.
    ///
    /// # Errors
    /// Fails when the bytes are no such value.
    fn from_payload(payload: &[u8]) -> Result<Self>;
}

/// How values of an extension type stand in a format that has no extension values.
pub trait TextForm<T> {
    /// The kinds of wire value of this form.
    const KINDS: Kinds;
    /// The description of this form, if there is one.
    const SHAPE: Option<ShapeFn>;

    /// Writes a value in this form.
    ///
    /// # Errors
    /// Fails when there is no such form.
    fn encode<E: Encoder>(value: &T, encoder: &mut E) -> Result<()>;

    /// Reads a value in this form.
    ///
    /// # Errors
    /// Fails when there is no such form, or the value is not in it.
    fn decode<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<T>;
}

/// The payload as base64 text.
#[derive(Debug)]
pub struct Base64(());

impl<T: ExtType> TextForm<T> for Base64 {
    const KINDS: Kinds = Kinds::of(Kind::Bytes);
    const SHAPE: Option<ShapeFn> = Some(<[u8]>::shape);

    fn encode<E: Encoder>(value: &T, encoder: &mut E) -> Result<()> {
        encoder.bytes(&value.payload())
    }

    fn decode<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<T> {
        T::from_payload(&decoder.bytes()?)
    }
}

/// A value of another type that says the same: a record, say, whose fields people can read.
#[derive(Debug)]
pub struct View<V>(PhantomData<V>);

impl<T, V> TextForm<T> for View<V>
where
    V: Encode + DecodeOwned + for<'a> From<&'a T>,
    T: TryFrom<V, Error: fmt::Display>,
{
    const KINDS: Kinds = V::KINDS;
    const SHAPE: Option<ShapeFn> = Some(V::shape);

    fn encode<E: Encoder>(value: &T, encoder: &mut E) -> Result<()> {
        V::from(value).encode(encoder)
    }

    fn decode<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<T> {
        T::try_from(V::decode(decoder)?).map_err(Error::custom)
    }
}

/// No form in JSON: the value is refused there.
#[derive(Debug)]
pub struct NoText(());

impl<T: ExtType> TextForm<T> for NoText {
    const KINDS: Kinds = Kinds::NONE;
    const SHAPE: Option<ShapeFn> = None;

    fn encode<E: Encoder>(value: &T, encoder: &mut E) -> Result<()> {
        encoder.ext(&to_ext(value))
    }

    fn decode<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<T> {
        Err(decoder.token()?.mismatch(Kinds::of(Kind::Ext)))
    }
}

/// Makes a type that implements [`ExtType`](crate::ext::ExtType) one that records can hold, by implementing
/// [`Describe`](crate::Describe), [`Encode`](crate::Encode) and [`Decode`](crate::Decode).
///
/// A code that belongs to another type does not build:
///
/// ```compile_fail
/// # use std::borrow::Cow;
/// # use proofmark::ext::{Base64, ExtType};
/// struct Mine;
/// impl ExtType for Mine {
///     const CODE: i8 = 3;
///     const NAME: &'static str = "mine";
/// #   type Text = Base64;
/// #   fn payload(&self) -> Cow<'_, [u8]> { Cow::Borrowed(&[]) }
/// #   fn from_payload(_: &[u8]) -> proofmark::Result<Self> { Ok(Mine) }
/// }
/// proofmark::ext_type!(Mine);
/// ```
#[macro_export]
macro_rules! ext_type {
    ($type:ty) => {
        const _: () = $crate::ext::assert_code(
            <$type as $crate::ext::ExtType>::CODE,
            <$type as $crate::ext::ExtType>::NAME,
        );

        impl $crate::Describe for $type {
            const KINDS: $crate::Kinds = $crate::ext::kinds::<$type>();
            fn shape() -> $crate::Shape {
                $crate::ext::shape::<$type>()
            }
        }

        impl $crate::Encode for $type {
            fn encode<E: $crate::Encoder>(&self, encoder: &mut E) -> $crate::Result<()> {
                $crate::ext::encode_typed(self, encoder)
            }
        }

        impl<'de> $crate::Decode<'de> for $type {
            fn decode<D: $crate::Decoder<'de>>(decoder: &mut D) -> $crate::Result<Self> {
                $crate::ext::decode_typed(decoder)
            }
        }
    };
}

/// What such a type accepts.
pub const fn kinds<T: ExtType>() -> Kinds {
    Kinds::of(Kind::Ext).or(<T::Text as TextForm<T>>::KINDS)
}

/// The description of such a type.
pub fn shape<T: ExtType>() -> Shape {
    Shape::Ext { code: Some(T::CODE), text: <T::Text as TextForm<T>>::SHAPE }
}

fn to_ext<T: ExtType>(value: &T) -> Ext {
    Ext::new(T::CODE, value.payload())
}

/// Writes a value of such a type.
///
/// # Errors
/// Fails when the format has no extension values and the type no other form.
pub fn encode_typed<T: ExtType, E: Encoder>(value: &T, encoder: &mut E) -> Result<()> {
    match E::MEDIUM {
        Medium::Text => T::Text::encode(value, encoder),
        Medium::Binary | Medium::Memory => encoder.ext(&to_ext(value)),
    }
}

/// Reads a value of such a type. A value in memory may come from either format, so both forms are taken there.
///
/// # Errors
/// Fails on another code, another payload and any other value.
pub fn decode_typed<'de, T: ExtType, D: Decoder<'de>>(decoder: &mut D) -> Result<T> {
    let is_text = match D::MEDIUM {
        Medium::Text => true,
        Medium::Binary => false,
        Medium::Memory => decoder.peek()? != Kind::Ext,
    };
    if is_text {
        return T::Text::decode(decoder);
    }
    match decoder.token()? {
        Token::Ext(code, payload) if code == T::CODE => T::from_payload(&payload),
        Token::Ext(code, _) => Err(other_code(T::CODE, code)),
        token => Err(token.mismatch(Kinds::of(Kind::Ext))),
    }
}

/// An extension value of another code than the one that was wanted.
#[cold]
#[doc(hidden)]
pub fn other_code(expected: i8, found: i8) -> Error {
    Error::format(format!("Expected `ext` with code {expected}, got code {found}"))
}
