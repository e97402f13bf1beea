//! Booleans, integers, floats.

use crate::{
    Bound, Decode, Decoder, Describe, Encode, Encoder, Key, Kind, Kinds, Result, Shape, bound::Bounded,
    decode::Integer, error::Error,
};

impl Describe for bool {
    const KINDS: Kinds = Kinds::of(Kind::Bool);
    fn shape() -> Shape {
        Shape::Bool
    }
}

impl Encode for bool {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.bool(*self)
    }

    #[inline(always)]
    fn encode_field<E: Encoder>(
        &self,
        record: &mut E::Record,
        key: &'static Key,
        encoder: &mut E,
    ) -> Result<()> {
        encoder.bool_field(record, key, *self)
    }

    const BOUND: Bound = Bound::scalar(1);

    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        out.bool(*self);
    }
}

impl<'de> Decode<'de> for bool {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.bool()
    }
}

macro_rules! integer {
    ($($int:ty)*) => {$(
        impl Integer for $int {
            const BOUNDS: (i128, u128) = (<$int>::MIN as i128, <$int>::MAX as u128);
            #[inline(always)]
            fn from_u64(magnitude: u64) -> Option<Self> {
                Self::try_from(magnitude).ok()
            }
            #[inline(always)]
            fn from_i64(value: i64) -> Option<Self> {
                Self::try_from(value).ok()
            }
            #[inline]
            fn from_i128(value: i128) -> Option<Self> {
                Self::try_from(value).ok()
            }
            fn from_digits(digits: &str) -> Option<Self> {
                digits.parse().ok()
            }
        }

    )*};
}
integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! describe_integer {
    ($($int:ty)*) => {$(
        impl Describe for $int {
            const KINDS: Kinds = Kinds::of(Kind::Int);
            fn shape() -> Shape {
                Shape::Int { min: <$int>::MIN as i128, max: <$int>::MAX as u128 }
            }
        }
    )*};
}
describe_integer!(i8 i16 i32 i64 i128 isize u16 u32 u64 u128 usize);

macro_rules! decode_integer {
    ($($int:ty)*) => {$(
        impl<'de> Decode<'de> for $int {
            #[inline]
            fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
                decoder.int()
            }
        }
    )*};
}
decode_integer!(i8 i16 i32 i64 i128 isize u16 u32 u64 u128 usize);

macro_rules! encode_wide {
    ($($int:ty => $method:ident;)*) => {$(
        impl Encode for $int {
            #[inline]
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                encoder.$method(*self)
            }
        }
    )*};
}
encode_wide!(i128 => i128; u128 => u128;);

macro_rules! encode_signed {
    ($($int:ty)*) => {$(
        impl Encode for $int {
            #[inline]
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                encoder.i64(*self as i64)
            }

            const BOUND: Bound = Bound::scalar(9);

            #[inline(always)]
            fn encode_bounded<B: Bounded>(&self, out: &mut B) {
                out.i64(*self as i64);
            }
        }
    )*};
}
encode_signed!(i8 i16 i32 i64 isize);

macro_rules! encode_unsigned {
    ($($int:ty)*) => {$(
        impl Encode for $int {
            #[inline]
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                encoder.u64(*self as u64)
            }

            #[inline(always)]
            fn encode_field<E: Encoder>(
                &self,
                record: &mut E::Record,
                key: &'static Key,
                encoder: &mut E,
            ) -> Result<()> {
                encoder.u64_field(record, key, *self as u64)
            }

            const BOUND: Bound = Bound::scalar(9);

            #[inline(always)]
            fn encode_bounded<B: Bounded>(&self, out: &mut B) {
                out.u64(*self as u64);
            }
        }
    )*};
}
encode_unsigned!(u16 u32 u64 usize);

impl Describe for f64 {
    const KINDS: Kinds = Kinds::of(Kind::Float);
    fn shape() -> Shape {
        Shape::Float { bits: 64 }
    }
}

impl Encode for f64 {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.f64(*self)
    }

    const BOUND: Bound = Bound::scalar(9);

    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        out.f64(*self);
    }
}

impl<'de> Decode<'de> for f64 {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.f64()
    }
}

impl Describe for f32 {
    const KINDS: Kinds = Kinds::of(Kind::Float);
    fn shape() -> Shape {
        Shape::Float { bits: 32 }
    }
}

impl Encode for f32 {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.f32(*self)
    }

    const BOUND: Bound = Bound::scalar(9);

    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        out.f64(f64::from(*self));
    }
}

impl<'de> Decode<'de> for f32 {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.f32()
    }
}

/// A float of 64 bits as one of 32, if it is in range; precision may be lost, magnitude may not.
pub(crate) fn narrow(value: f64) -> Result<f32> {
    let narrow = value as f32;
    if narrow.is_infinite() && value.is_finite() {
        return Err(Error::range("Number out of range"));
    }
    Ok(narrow)
}
