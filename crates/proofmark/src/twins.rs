//! Every primitive of the files that may use `unsafe`, held against a twin that trusts nothing.
//!
//! Each function takes any bytes, and panics when the two differ. Tests run them on bytes that end where memory ends,
//! fuzzers on what they come up with; nothing else is built with them.

use crate::{
    ascii,
    buffer::{put, put_slice, reserve, short_block},
    json::{digits, scan},
};

/// A function that panics when it finds a primitive wrong.
pub type Check = fn(&[u8]);

/// All of them, by the name of their fuzz target.
pub const CHECKS: [(&str, Check); 8] = [
    ("ascii_text", ascii_text),
    ("buffer_put", buffer_put),
    ("buffer_put_slice", buffer_put_slice),
    ("buffer_short_block", buffer_short_block),
    ("json_digits", json_digits),
    ("scan_blanks", scan_blanks),
    ("scan_plain", scan_plain),
    ("scan_simple", scan_simple),
];

/// `ascii::text` against the standard library.
pub fn ascii_text(bytes: &[u8]) {
    let expected = if bytes.is_ascii() { std::str::from_utf8(bytes).ok() } else { None };
    assert_eq!(ascii::text(bytes), expected);
}

/// `buffer::put` and `buffer::reserve`, whose length may be a lie, against a slice that is cut and copied.
///
/// The first bytes tell the length and how much room the buffer begins with, those behind the block what it holds.
pub fn buffer_put(bytes: &[u8]) {
    put_block::<1>(bytes);
    put_block::<8>(bytes);
    put_block::<16>(bytes);
    put_block::<24>(bytes);
}

fn put_block<const N: usize>(bytes: &[u8]) {
    let Some(([len, room], bytes)) = bytes.split_first_chunk() else { return };
    let Some((block, held)) = bytes.split_first_chunk::<N>() else { return };
    let mut expected = held.to_vec();
    expected.extend_from_slice(block.get(..usize::from(*len)).unwrap_or(block));
    let mut out = with_room(held, *room);
    put(&mut out, block, usize::from(*len));
    assert_eq!(out, expected);
    let mut out = with_room(held, *room);
    reserve(&mut out).put(block, usize::from(*len));
    assert_eq!(out, expected);
}

/// A buffer that holds `held`, with so little room behind it that a store may not fit.
fn with_room(held: &[u8], room: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(held.len() + usize::from(room));
    out.extend_from_slice(held);
    out
}

/// `buffer::put_slice` against `extend_from_slice`.
pub fn buffer_put_slice(bytes: &[u8]) {
    let Some(([at, room], bytes)) = bytes.split_first_chunk() else { return };
    let (held, more) = bytes.split_at_checked(usize::from(*at)).unwrap_or((&[], bytes));
    let mut out = with_room(held, *room);
    put_slice(&mut out, more);
    assert_eq!(out, bytes);
}

/// `buffer::short_block` against a copy into zeros; what is longer than a block gives no certain one, but a block.
pub fn buffer_short_block(bytes: &[u8]) {
    let block = short_block(bytes);
    let mut expected = [0; 16];
    if let Some(begin) = expected.get_mut(..bytes.len()) {
        begin.copy_from_slice(bytes);
        assert_eq!(block, expected);
    }
}

/// The writer of digits, which appends by `buffer::reserve`, against the standard library.
pub fn json_digits(bytes: &[u8]) {
    let Some(([room], bytes)) = bytes.split_first_chunk() else { return };
    let Some((value, _)) = bytes.split_first_chunk() else { return };
    let value = u64::from_le_bytes(*value) >> (room % 64);
    let mut out = with_room(b"", *room);
    digits::write_u64(&mut out, value);
    assert_eq!(out, value.to_string().as_bytes());
    let mut out = with_room(b"", *room);
    digits::write_i64(&mut out, value.cast_signed());
    assert_eq!(out, value.cast_signed().to_string().as_bytes());
}

/// `scan::blanks` against a look at each byte.
pub fn scan_blanks(bytes: &[u8]) {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    assert_eq!(scan::blanks(bytes), bytes.iter().take_while(is_blank).count());
}

/// `scan::plain` and `scan::plain_in_block` against a look at each byte.
pub fn scan_plain(bytes: &[u8]) {
    let plain = plain_bytes(bytes);
    let run = scan::plain(bytes);
    assert_eq!(run.len(), plain.len());
    assert_eq!(run.is_ascii(), plain.is_ascii());
    assert_eq!(run.to_str().ok(), std::str::from_utf8(plain).ok());
    let Some(block) = bytes.first_chunk() else { return };
    for len in 0..=scan::BLOCK + 1 {
        assert_eq!(scan::plain_in_block(block, len), plain.len().min(len).min(scan::BLOCK));
    }
}

/// The bytes before the first that cannot stand for itself in a string.
fn plain_bytes(bytes: &[u8]) -> &[u8] {
    let is_special = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
    let end = bytes.iter().position(is_special).unwrap_or(bytes.len());
    bytes.get(..end).unwrap_or_default()
}

/// `scan::simple` against a look at each byte. It may leave the strings near the end of the bytes to others.
pub fn scan_simple(bytes: &[u8]) {
    let expected = bytes.strip_prefix(b"\"").and_then(|bytes| {
        let text = std::str::from_utf8(plain_bytes(bytes)).ok().filter(|text| text.is_ascii())?;
        Some((text, bytes.get(text.len()..)?.strip_prefix(b"\"")?))
    });
    match scan::simple(bytes) {
        Some(found) => assert_eq!(Some(found), expected),
        None => {
            assert!(expected.is_none_or(|(_, rest)| rest.len() < scan::BLOCK), "a string was passed over");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::guard::Guard;

    /// Longer than two blocks and what may stand before and behind them.
    const LEN_MAX: usize = 70;

    /// Bytes that the primitives tell apart.
    const BYTES: [u8; 12] = [b'a', b' ', b'"', b'\\', b'\n', b'\t', 0, 0x1F, 0x20, 0x7F, 0x80, 0xFF];

    #[test]
    fn nothing_is_read_beyond_either_end() {
        let mut guard = Guard::new();
        for (byte, last) in BYTES.iter().flat_map(|byte| BYTES.iter().map(move |last| (*byte, *last))) {
            for len in 0..LEN_MAX {
                let mut bytes = vec![byte; len];
                if let Some(end) = bytes.last_mut() {
                    *end = last;
                }
                for (_, check) in CHECKS {
                    check(guard.before_the_end(&bytes));
                    check(guard.after_the_begin(&bytes));
                }
            }
        }
    }

    #[test]
    fn strings_are_not_followed_beyond_the_end() {
        let mut guard = Guard::new();
        for len in 0..LEN_MAX {
            for place in 0..len {
                for byte in BYTES {
                    let mut bytes = vec![b'a'; len];
                    bytes[0] = b'"';
                    bytes[place] = byte;
                    scan_simple(guard.before_the_end(&bytes));
                    scan_plain(guard.before_the_end(&bytes));
                    scan_simple(guard.after_the_begin(&bytes));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn no_bytes_tell_a_primitive_from_its_twin(
            bytes in vec(prop_oneof![4 => Just(b'a'), 2 => select(&BYTES[..]), 1 => any::<u8>()], 0..LEN_MAX),
        ) {
            for (_, check) in CHECKS {
                check(&bytes);
            }
        }
    }
}
