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
        decoder.located(|decoder| match take_json_float(decoder)? {
            Some(value) => Ok(value),
            None => from_token(decoder.spelt_token(Kind::Decimal)?, decoder.is_lenient()),
        })
    }
}

/// Takes a JSON number by its text: as a float it might be rounded, or out of range.
fn take_json_float<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<Option<Decimal>> {
    if decoder.peek()? != Kind::Float {
        return Ok(None);
    }
    let mark = decoder.mark();
    let raw = decoder.raw()?;
    if raw.format() == Format::Json {
        return Ok(Some(Decimal::parse_number(raw.as_bytes())?));
    }
    decoder.reset(mark);
    Ok(None)
}

fn from_token(token: Token<'_>, is_lenient: bool) -> Result<Decimal> {
    match token {
        Token::Int(value) => Ok(Decimal::from(value)),
        Token::BigInt(digits) => Ok(Decimal::parse_number(digits.as_bytes())?),
        Token::Float(value, _) => Ok(Decimal::from_f64(value)),
        // Text that spells an integer is one in lenient mode, and so has no minus zero.
        Token::Str(text) if is_lenient && lenient::whole_text(&text).is_some() => {
            Ok(Decimal::parse_number(text.as_bytes())?)
        }
        Token::Str(text) => Ok(Decimal::parse(&text)?),
        Token::Native(Native::Decimal(value)) => Ok(value.clone()),
        token => Err(token.mismatch(Kinds::of(Kind::Decimal))),
    }
}
