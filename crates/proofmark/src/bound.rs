//! How long a value can get in MessagePack.

use crate::{Encode, Key, shape::RecordShape};

/// What is known of all values of a type, so that room for one is asked for once, whatever it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The most bytes that a value takes; 0 where that is not known, or too many to be set aside.
    pub(crate) bytes: usize,
    /// How many levels are nested in it.
    pub(crate) levels: u32,
}

impl Bound {
    /// Nothing is known.
    pub const NONE: Self = Self { bytes: 0, levels: 0 };

    /// The most bytes that are asked for at once.
    const BYTES_MAX: usize = 256;

    /// What is not nested.
    pub(crate) const fn scalar(bytes: usize) -> Self {
        Self { bytes, levels: 0 }
    }

    /// An array of such elements.
    pub const fn array(elements: &[Self]) -> Self {
        Self::container(header(elements.len()), elements)
    }

    /// A record with such fields.
    pub const fn record(shape: &RecordShape, fields: &[Self]) -> Self {
        let mut keys = header(fields.len());
        let mut index = 0;
        while index < fields.len() && !shape.positional {
            keys += shape.fields[index].key.msgpack.len();
            index += 1;
        }
        Self::container(keys, fields)
    }

    /// What has such parts, and so many bytes besides.
    const fn container(mut bytes: usize, parts: &[Self]) -> Self {
        let mut levels = 0;
        let mut index = 0;
        while index < parts.len() {
            let part = parts[index];
            if !part.is_known() {
                return Self::NONE;
            }
            bytes += part.bytes;
            levels = if part.levels > levels { part.levels } else { levels };
            index += 1;
        }
        if bytes > Self::BYTES_MAX { Self::NONE } else { Self { bytes, levels: levels + 1 } }
    }

    /// Whether values have a bound.
    pub const fn is_known(self) -> bool {
        self.bytes > 0
    }
}

/// What writes values that are known to have a bound: with room for all of one, none of its parts can fail.
pub trait Bounded: Sized {
    /// Writes null.
    fn null(&mut self);
    /// Writes a boolean.
    fn bool(&mut self, value: bool);
    /// Writes an unsigned integer.
    fn u64(&mut self, value: u64);
    /// Writes an integer.
    fn i64(&mut self, value: i64);
    /// Writes a float.
    fn f64(&mut self, value: f64);
    /// Starts an array of `len` elements.
    fn array(&mut self, len: usize);
    /// Starts a record, all of whose fields follow.
    fn record(&mut self, shape: &'static RecordShape);
    /// Writes a field's key, where the record has keys, after which its value follows.
    fn key(&mut self, shape: &'static RecordShape, key: &'static Key);

    /// Writes a field of a record.
    #[inline(always)]
    fn field<T: Encode>(&mut self, shape: &'static RecordShape, key: &'static Key, value: &T) {
        self.key(shape, key);
        value.encode_bounded(self);
    }
}

/// The bytes of a container's header; what has more elements than two bytes can say has no bound anyway.
const fn header(len: usize) -> usize {
    if len <= 0x0F { 1 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Encode, Maybe};

    #[track_caller]
    fn check<T: Encode>(value: &T, bytes: usize, levels: u32) {
        assert_eq!(T::BOUND, Bound { bytes, levels });
        assert_eq!(crate::msgpack::to_vec(value).unwrap().len(), bytes);
    }

    #[test]
    fn bound_is_the_length_of_the_longest_value() {
        check(&u64::MAX, 9, 0);
        check(&i64::MIN, 9, 0);
        check(&true, 1, 0);
        check(&Some(1.5), 9, 0);
        check(&[u64::MAX; 3], 28, 1);
        check(&(u64::MAX, [1.5; 2], false), 1 + 9 + 19 + 1, 2);
        check(&[u64::MAX; 16], 3 + 16 * 9, 1);
        check(&[true; 253], 256, 1);
    }

    #[test]
    fn what_may_be_long_or_absent_has_no_bound() {
        assert_eq!(String::BOUND, Bound::NONE);
        assert_eq!(Vec::<u64>::BOUND, Bound::NONE);
        assert_eq!(Maybe::<u64>::BOUND, Bound::NONE);
        assert_eq!(<(u64, String)>::BOUND, Bound::NONE);
        assert_eq!(<[bool; 254]>::BOUND, Bound::NONE);
        assert_eq!(<[(); 2]>::BOUND, Bound::NONE);
    }
}
