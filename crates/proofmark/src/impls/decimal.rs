//! Exact decimals: text in both formats; numbers are read too.

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, decode::Token, lenient,
    raw::Format, scalar::Decimal, value::Native,
};

impl Describe for Decimal {
    const KINDS: Kinds = Kinds::of(Kind::Decimal);
    fn shape() -> Shape {
        Shape::Decimal
    }
}

impl Encode for Decimal {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.decimal(self)
    }
}

impl<'de> Decode<'de> for Decimal {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        // A JSON number is taken by its text: as a float it might be rounded, or out of range.
        if decoder.peek()? == Kind::Float {
            let mark = decoder.mark();
            let raw = decoder.raw()?;
            if raw.format() == Format::Json {
                return Ok(Self::parse_number(raw.as_bytes())?);
            }
            decoder.reset(mark);
        }
        match decoder.token()? {
            Token::Int(value) => Ok(Self::from(value)),
            Token::BigInt(digits) => Ok(Self::parse_number(digits.as_bytes())?),
            Token::Float(value, _) => Ok(Self::from_f64(value)),
            // Text that spells an integer is one in lenient mode, and so has no minus zero.
            Token::Str(text) if decoder.is_lenient() && lenient::whole_text(&text).is_some() => {
                Ok(Self::parse_number(text.as_bytes())?)
            }
            Token::Str(text) => Ok(Self::parse(&text)?),
            Token::Native(Native::Decimal(value)) => Ok(value.clone()),
            token => Err(token.mismatch(Kinds::of(Kind::Decimal))),
        }
    }
}
