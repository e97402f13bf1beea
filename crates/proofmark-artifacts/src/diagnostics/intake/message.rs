//! Where a MessagePack message ends, whatever is in it.

/// How far a message was looked through. Nothing is decoded: a message whose text is not UTF-8 has an end too.
#[derive(Debug)]
pub(super) struct Message {
    /// Bytes that were looked at.
    len: usize,
    /// Values that are still to come.
    values: u64,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// So many bytes are the message.
    At(usize),
    /// It goes on behind the bytes that are there.
    Beyond,
    /// There is a byte that no message has.
    Nowhere,
}

impl Message {
    pub(super) const fn new() -> Self {
        Self { len: 0, values: 1 }
    }

    /// Looks on; `bytes` begin with the message, and are more than the time before.
    pub(super) fn end(&mut self, bytes: &[u8]) -> End {
        while self.values > 0 {
            let Some((first, rest)) = bytes.get(self.len..).and_then(<[u8]>::split_first) else {
                return End::Beyond;
            };
            let Some(kind) = kind(*first) else { return End::Nowhere };
            let Some((len, values)) = kind.extent(rest) else { return End::Beyond };
            let end = self.len.saturating_add(1).saturating_add(len);
            if end > bytes.len() {
                return End::Beyond;
            }
            self.len = end;
            self.values = (self.values - 1).saturating_add(values);
        }
        End::At(self.len)
    }
}

/// What follows a first byte.
enum Kind {
    /// So many bytes.
    Bytes(usize),
    /// A length of so many bytes, and as many bytes with so many more.
    Sized { width: usize, more: usize },
    /// So many values.
    Values(u64),
    /// A count of so many bytes, and as many times so many values.
    Counted { width: usize, each: u64 },
}

fn kind(first: u8) -> Option<Kind> {
    Some(match first {
        0x80..=0x8F => Kind::Values(2 * u64::from(first & 0x0F)),
        0x90..=0x9F => Kind::Values(u64::from(first & 0x0F)),
        0xA0..=0xBF => Kind::Bytes(usize::from(first & 0x1F)),
        0x00..=0x7F | 0xC0 | 0xC2 | 0xC3 | 0xE0..=0xFF => Kind::Bytes(0),
        0xC1 => return None,
        0xC4..=0xC6 => Kind::Sized { width: 1 << (first - 0xC4), more: 0 },
        0xC7..=0xC9 => Kind::Sized { width: 1 << (first - 0xC7), more: 1 },
        0xCA | 0xCB => Kind::Bytes(4 << (first - 0xCA)),
        0xCC..=0xCF => Kind::Bytes(1 << (first - 0xCC)),
        0xD0..=0xD3 => Kind::Bytes(1 << (first - 0xD0)),
        0xD4..=0xD8 => Kind::Bytes(1 + (1 << (first - 0xD4))),
        0xD9..=0xDB => Kind::Sized { width: 1 << (first - 0xD9), more: 0 },
        0xDC | 0xDD => Kind::Counted { width: 2 << (first - 0xDC), each: 1 },
        0xDE | 0xDF => Kind::Counted { width: 2 << (first - 0xDE), each: 2 },
    })
}

impl Kind {
    /// How many bytes and values follow; `None` when the bytes that say so are not all there.
    fn extent(&self, rest: &[u8]) -> Option<(usize, u64)> {
        Some(match *self {
            Self::Bytes(len) => (len, 0),
            Self::Values(values) => (0, values),
            Self::Sized { width, more } => (width + more + number(rest.get(..width)?) as usize, 0),
            Self::Counted { width, each } => (width, each * number(rest.get(..width)?)),
        })
    }
}

/// An integer of at most four bytes.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use proofmark::{Value, msgpack};

    use super::*;

    /// The end is found, and before it is known to be missing, however the bytes come.
    fn check(message: &[u8]) {
        let mut bit_by_bit = Message::new();
        for len in 0..message.len() {
            assert_eq!(Message::new().end(&message[..len]), End::Beyond, "{message:x?} cut at {len}");
            assert_eq!(bit_by_bit.end(&message[..len]), End::Beyond);
        }
        assert_eq!(bit_by_bit.end(&[message, b"\xC1"].concat()), End::At(message.len()));
    }

    #[test]
    fn every_kind_of_message_has_its_end() {
        for len in [0, 1, 31, 32, 255, 256, 65_535, 65_536] {
            check_long(&msgpack::to_vec(&"x".repeat(len)).unwrap());
            check_long(&msgpack::to_vec(&Value::Bytes(vec![b'x'; len])).unwrap());
            check_long(&msgpack::to_vec(&vec![7_u8; len]).unwrap());
        }
        for number in [0, 127, 128, 255, 256, 65_535, 65_536, u64::from(u32::MAX), u64::MAX] {
            check(&msgpack::to_vec(&number).unwrap());
        }
        for number in [-1, -32, -33, -129, -32_769, i64::MIN] {
            check(&msgpack::to_vec(&number).unwrap());
        }
        check(&msgpack::to_vec(&(1.5_f32, 1.5_f64, true, Option::<u8>::None)).unwrap());
        check(b"\x82\xA1a\x91\x01\xA1\xFF\x80");
        check(b"\xDE\x00\x01\xA0\xDD\x00\x00\x00\x01\xDF\x00\x00\x00\x00");
        for (first, len) in [(0xD4, 1), (0xD5, 2), (0xD6, 4), (0xD7, 8), (0xD8, 16)] {
            check(&[&[first, 5][..], &vec![0; len]].concat());
        }
        check(b"\xC7\x03\x05abc");
        check(b"\xC8\x00\x03\x05abc");
        check(b"\xC9\x00\x00\x00\x03\x05abc");
    }

    /// Not at every length, for time's sake.
    fn check_long(message: &[u8]) {
        if message.len() < 300 {
            return check(message);
        }
        assert_eq!(Message::new().end(message), End::At(message.len()));
        for len in [0, 1, 3, 4, 5, message.len() / 2, message.len() - 1] {
            assert_eq!(Message::new().end(&message[..len]), End::Beyond);
        }
    }

    #[test]
    fn what_no_message_has_is_told() {
        assert_eq!(Message::new().end(b"\xC1"), End::Nowhere);
        assert_eq!(Message::new().end(b"\x92\x01\xC1"), End::Nowhere);
        assert_eq!(Message::new().end(b"\xDF\xFF\xFF\xFF\xFF\x00"), End::Beyond);
        assert_eq!(Message::new().end(b"\xC6\xFF\xFF\xFF\xFFx"), End::Beyond);
    }
}
