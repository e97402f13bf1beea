//! Writing values of which is known how long they can get.

use super::{header, integer};
use crate::{Encode, Key, bound::Bounded, buffer::Room, shape::RecordShape};

/// A value that is being written, with all the room that it can need.
#[derive(Debug)]
pub(super) struct BoundedWriter<'a>(Room<'a>);

impl<'a> BoundedWriter<'a> {
    /// Appends a value to a buffer.
    #[inline(always)]
    pub(super) fn write<T: Encode>(out: &'a mut Vec<u8>, value: &T) {
        value.encode_bounded(&mut Self(Room::new(out, T::BOUND.bytes)));
    }

    /// Appends several, without a header.
    #[inline(never)]
    pub(super) fn write_list<T: Encode>(out: &'a mut Vec<u8>, list: &[T]) {
        let mut writer = Self(Room::new(out, 0));
        for item in list {
            writer.0.claim(T::BOUND.bytes);
            item.encode_bounded(&mut writer);
        }
    }

    /// The header of a container that is not long: such are the bounds.
    #[inline(always)]
    fn header(&mut self, short: u8, long: u8, len: usize) {
        match len as u16 {
            len @ 0..=0x0F => self.0.put(&[short | len as u8], 1),
            len => self.0.put(&header::tagged(long, len.to_be_bytes()), 3),
        }
    }
}

impl Bounded for BoundedWriter<'_> {
    #[inline(always)]
    fn null(&mut self) {
        self.0.put(&[0xC0], 1);
    }

    #[inline(always)]
    fn bool(&mut self, value: bool) {
        self.0.put(&[0xC2 + u8::from(value)], 1);
    }

    #[inline(always)]
    fn u64(&mut self, value: u64) {
        let (block, len) = integer::unsigned(value);
        self.0.put(&block, len);
    }

    #[inline(always)]
    fn i64(&mut self, value: i64) {
        let (block, len) = integer::signed(value);
        self.0.put(&block, len);
    }

    #[inline(always)]
    fn f64(&mut self, value: f64) {
        self.0.put(&[0xCB], 1);
        self.0.put(&value.to_be_bytes(), 8);
    }

    #[inline(always)]
    fn array(&mut self, len: usize) {
        self.header(0x90, 0xDC, len);
    }

    #[inline(always)]
    fn record(&mut self, shape: &'static RecordShape) {
        let (short, long) = if shape.positional { (0x90, 0xDC) } else { (0x80, 0xDE) };
        self.header(short, long, shape.fields.len());
    }

    #[inline(always)]
    fn key(&mut self, shape: &'static RecordShape, key: &'static Key) {
        if !shape.positional {
            self.0.put_known(key.msgpack);
        }
    }
}
