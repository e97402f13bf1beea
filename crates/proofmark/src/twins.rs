//! Every primitive of the files that may use `unsafe`, held against a twin that trusts nothing.
//!
//! Each function takes any bytes, and panics when the two differ. Tests run them on bytes that end where memory ends,
//! fuzzers on what they come up with; nothing else is built with them.

use crate::{
    ascii,
    buffer::{Room, put, put_after, put_both, put_quoted, put_slice, short_block, spare},
    json::{digits, scan},
};

/// A function that panics when it finds a primitive wrong.
pub type Check = fn(&[u8]);

/// All of them, by the name of their fuzz target.
pub const CHECKS: [(&str, Check); 13] = [
    ("ascii_text", ascii_text),
    ("buffer_put", buffer_put),
    ("buffer_put_after", buffer_put_after),
    ("buffer_put_both", buffer_put_both),
    ("buffer_put_quoted", buffer_put_quoted),
    ("buffer_put_short", buffer_put_short),
    ("buffer_put_slice", buffer_put_slice),
    ("buffer_room", buffer_room),
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

/// What a fuzzer chose for a primitive of `buffer`: what the buffer holds, how much more it has room for, a length that may
/// be a lie, a head, and what comes behind it.
struct Appended<'a> {
    held: &'a [u8],
    room: usize,
    len: usize,
    head: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> Appended<'a> {
    fn chosen_by(bytes: &'a [u8]) -> Option<Self> {
        let ([held, room, len, head], bytes) = bytes.split_first_chunk()?;
        let split = |bytes: &'a [u8], at: u8| bytes.split_at_checked(at.into()).unwrap_or((bytes, &[]));
        let (held, bytes) = split(bytes, *held);
        let (head, bytes) = split(bytes, *head);
        Some(Self { held, room: usize::from(*room), len: usize::from(*len), head, bytes })
    }

    fn buffer(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.held.len() + self.room);
        out.extend_from_slice(self.held);
        out
    }

    /// A block out of the bytes, with zeros where there are too few.
    fn block<const N: usize>(&self) -> [u8; N] {
        let mut block = [0; N];
        block.iter_mut().zip(self.bytes).for_each(|(to, from)| *to = *from);
        block
    }

    /// Holds what `append` makes of a buffer against a copy of all `parts`.
    fn check(&self, parts: &[&[u8]], append: impl FnOnce(&mut Vec<u8>)) {
        let mut out = self.buffer();
        append(&mut out);
        assert_eq!(out, [self.held, &parts.concat()].concat());
    }
}

/// `buffer::put` against a slice that is cut and copied.
pub fn buffer_put(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    put_block::<1>(&chosen);
    put_block::<8>(&chosen);
    put_block::<16>(&chosen);
    put_block::<24>(&chosen);
}

fn put_block<const N: usize>(chosen: &Appended<'_>) {
    let block: [u8; N] = chosen.block();
    let part = block.get(..chosen.len).unwrap_or(&block);
    chosen.check(&[part], |out| put(out, &block, chosen.len));
}

/// `buffer::Room` against copies of what is put there, which may be more than was asked for.
pub fn buffer_room(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    let block: [u8; 9] = chosen.block();
    let part = block.get(..chosen.len).unwrap_or(&block);
    let parts = [part, chosen.head, part, chosen.bytes, part];
    for claimed in [0, 9, chosen.len, chosen.bytes.len()] {
        chosen.check(&parts, |out| {
            let mut room = Room::new(out, chosen.len);
            room.put(&block, chosen.len);
            room.put_known(chosen.head);
            room.claim(claimed);
            room.put(&block, chosen.len);
            room.put_known(chosen.bytes);
            room.put(&block, chosen.len);
        });
    }
}

/// `buffer::put_after` against copies of the head, and of the block as far as it counts.
pub fn buffer_put_after(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    put_block_after::<1>(&chosen);
    put_block_after::<9>(&chosen);
    put_block_after::<16>(&chosen);
}

fn put_block_after<const N: usize>(chosen: &Appended<'_>) {
    let block: [u8; N] = chosen.block();
    let part = block.get(..chosen.len).unwrap_or(&block);
    chosen.check(&[chosen.head, part], |out| put_after(out, chosen.head, &block, chosen.len));
}

/// `buffer::put_both` against copies of the head as far as it counts, and of the rest.
pub fn buffer_put_both(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    put_head_and_rest::<1>(&chosen);
    put_head_and_rest::<3>(&chosen);
    put_head_and_rest::<16>(&chosen);
}

fn put_head_and_rest<const N: usize>(chosen: &Appended<'_>) {
    let head: [u8; N] = chosen.block();
    let part = head.get(..chosen.len).unwrap_or(&head);
    chosen.check(&[part, chosen.bytes], |out| put_both(out, &head, chosen.len, chosen.bytes));
}

/// `buffer::put_quoted` against copies of the head and of the text.
pub fn buffer_put_quoted(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    let parts = [chosen.head, b"\"", chosen.bytes, b"\""];
    chosen.check(&parts, |out| put_quoted(out, chosen.head, chosen.bytes));
}

/// `Spare::put_short` and `Spare::put_short_after` against copies, where there is room and what they are given fits.
pub fn buffer_put_short(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    put_if_short::<0>(&chosen);
    put_if_short::<1>(&chosen);
    put_if_short::<32>(&chosen);
    put_if_short::<33>(&chosen);
    put_if_short::<64>(&chosen);
}

fn put_if_short<const N: usize>(chosen: &Appended<'_>) {
    let &Appended { head, bytes, .. } = chosen;
    let first = chosen.len as u8;
    let has_room = {
        let out = chosen.buffer();
        out.capacity() - out.len() >= N
    };
    let fits = has_room && bytes.len() < N;
    let parts: &[&[u8]] = if fits { &[&[first], bytes] } else { &[] };
    chosen.check(parts, |out| {
        assert_eq!(spare::<N>(out).is_some_and(|spare| spare.put_short(first, bytes)), fits)
    });
    let fits = has_room && head.len() <= N / 2 && bytes.len() < N - N / 2;
    let parts: &[&[u8]] = if fits { &[head, &[first], bytes] } else { &[] };
    let put =
        |out: &mut Vec<u8>| spare::<N>(out).is_some_and(|spare| spare.put_short_after(head, first, bytes));
    chosen.check(parts, |out| assert_eq!(put(out), fits));
}

/// `buffer::put_slice` against `extend_from_slice`.
pub fn buffer_put_slice(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    chosen.check(&[chosen.bytes], |out| put_slice(out, chosen.bytes));
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

/// The writer of digits, which appends by the primitives of `buffer`, against the standard library.
pub fn json_digits(bytes: &[u8]) {
    let Some(chosen) = Appended::chosen_by(bytes) else { return };
    let value = u64::from_le_bytes(chosen.block()) >> (chosen.len % 64);
    chosen.check(&[value.to_string().as_bytes()], |out| digits::write_u64(out, value));
    let parts = [chosen.head, value.to_string().as_bytes()].concat();
    chosen.check(&[&parts], |out| digits::write_u64_after(out, chosen.head, value));
    let value = value.cast_signed();
    chosen.check(&[value.to_string().as_bytes()], |out| digits::write_i64(out, value));
}

/// `scan::blanks`, `scan::after_blanks` and `scan::after_indent`, which may stop early, against a look at each byte.
pub fn scan_blanks(bytes: &[u8]) {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    let count = bytes.iter().take_while(is_blank).count();
    assert_eq!(scan::blanks(bytes), count);
    assert_eq!(Some(scan::after_blanks(bytes)), bytes.get(count..));
    let rest = scan::after_indent(bytes);
    let passed = bytes.strip_suffix(rest).expect("what is left is the end of what there was");
    assert!(passed.strip_prefix(b"\n").unwrap_or(passed).iter().all(|byte| *byte == b' '));
    assert!(rest.len() < scan::BLOCK || !rest.starts_with(b" "), "blanks are left");
}

/// `scan::plain`, `scan::is_plain` and `scan::plain_in_block` against a look at each byte.
pub fn scan_plain(bytes: &[u8]) {
    let plain = plain_bytes(bytes);
    let run = scan::plain(bytes);
    assert_eq!(run.len(), plain.len());
    assert_eq!(run.is_ascii(), plain.is_ascii());
    assert_eq!(scan::is_plain(bytes), plain == bytes);
    assert_eq!(run.to_ascii(), std::str::from_utf8(plain).ok().filter(|text| text.is_ascii()));
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
    fn nothing_is_appended_from_beyond_either_end() {
        let mut guard = Guard::new();
        for (head, len) in (0..LEN_MAX).flat_map(|head| (0..LEN_MAX).map(move |len| (head as u8, len))) {
            let bytes = [&[0, 0, head, head][..], &vec![b'a'; len]].concat();
            for (_, check) in CHECKS {
                check(guard.before_the_end(&bytes));
                check(guard.after_the_begin(&bytes));
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
            sizes in any::<[u8; 4]>().prop_map(|sizes| sizes.map(|size| size % 40)),
            bytes in vec(prop_oneof![4 => Just(b'a'), 2 => select(&BYTES[..]), 1 => any::<u8>()], 0..LEN_MAX),
        ) {
            // To the primitives that append, the first bytes tell how much.
            let sized = [&sizes[..], &bytes].concat();
            for (_, check) in CHECKS {
                check(&bytes);
                check(&sized);
            }
        }
    }
}
