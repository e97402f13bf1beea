//! Numbers.

use super::Reader;
use crate::{
    Kind,
    decode::{Integer, out_of_bounds},
    error::Result,
    lenient,
    msgpack::{
        header::{self, Header},
        integer,
    },
};

impl<'de> Reader<'de> {
    #[cold]
    #[inline(never)]
    pub(super) fn int_slow<I: Integer>(&mut self) -> Result<I> {
        let start = self.cursor.pos();
        let fit = match header::read(&mut self.cursor)? {
            Header::UInt(value) => I::from_u64(value).ok_or(false),
            Header::Int(value) => I::from_i128(i128::from(value)).ok_or(value < 0),
            _ => {
                self.cursor.set_pos(start);
                return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
            }
        };
        fit.map_err(|negative| out_of_bounds::<I>(negative).at_offset(start))
    }

    #[inline(never)]
    pub(super) fn f64_slow(&mut self) -> Result<f64> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Float(value) => Ok(value),
            Header::Float32(value) => Ok(f64::from(value)),
            Header::UInt(value) => Ok(value as f64),
            Header::Int(value) => Ok(value as f64),
            _ => {
                self.cursor.set_pos(start);
                self.lenient_or_mismatch(Kind::Float, |token| lenient::f64(token))
            }
        }
    }

    /// A non-negative integer, which is not consumed, and what follows it, if it is next and not the last in the input.
    #[inline(always)]
    pub(super) fn take_uint(&self) -> Option<(u64, &'de [u8])> {
        let rest = self.cursor.rest();
        let [first, payload @ ..] = rest.first_chunk::<9>()?;
        let (value, len) = integer::read_uint(*first, *payload)?;
        Some((value, rest.get(len..)?))
    }

    pub(super) fn any_f32(&mut self) -> Result<f32> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Float32(value) => Ok(value),
            Header::Float(value) => crate::impls::narrow(value).map_err(|error| error.at_offset(start)),
            // From the integer itself: by way of a float of 64 bits it would be rounded twice.
            Header::UInt(value) => Ok(value as f32),
            Header::Int(value) => Ok(value as f32),
            _ => {
                self.cursor.set_pos(start);
                self.lenient_or_mismatch(Kind::Float, |token| lenient::f32(token))
            }
        }
    }
}
