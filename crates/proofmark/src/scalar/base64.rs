//! Bytes in JSON: standard base64 with padding.

use base64_simd::{AppendBase64Encode, STANDARD, STANDARD_NO_PAD};

use super::error::ScalarError;

/// Reads base64 that fills `text`.
///
/// The alphabet and the padding are checked, the spare bits of the last digit are not: `AB==` is one zero
/// byte. That is what msgspec and Python do.
pub(crate) fn decode(text: &[u8]) -> Result<Vec<u8>, ScalarError> {
    let Some((body, last)) = text.split_last_chunk::<4>() else {
        return if text.is_empty() { Ok(Vec::new()) } else { Err(ScalarError::InvalidBase64) };
    };
    if !body.len().is_multiple_of(4) {
        return Err(ScalarError::InvalidBase64);
    }
    // Whole groups of four have no spare bits, and an unpadded decoder refuses `=` among them.
    let mut bytes = STANDARD_NO_PAD.decode_type::<Vec<u8>>(body).map_err(|_| ScalarError::InvalidBase64)?;
    decode_last(*last, &mut bytes)?;
    Ok(bytes)
}

/// Appends the one to three bytes of the last group.
fn decode_last(group: [u8; 4], bytes: &mut Vec<u8>) -> Result<(), ScalarError> {
    let digit = |byte| digit(byte).ok_or(ScalarError::InvalidBase64);
    let [a, b, c, d] = group;
    let (length, digits) = match (c, d) {
        (b'=', b'=') => (1, [digit(a)?, digit(b)?, 0, 0]),
        (_, b'=') => (2, [digit(a)?, digit(b)?, digit(c)?, 0]),
        _ => (3, [digit(a)?, digit(b)?, digit(c)?, digit(d)?]),
    };
    let bits = digits.iter().fold(0u32, |bits, digit| bits << 6 | u32::from(*digit));
    bytes.extend_from_slice(&bits.to_be_bytes()[1..=length]);
    Ok(())
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Appends `bytes` as base64.
pub(crate) fn encode(bytes: &[u8], out: &mut Vec<u8>) {
    AppendBase64Encode::append_base64_encode(&STANDARD, bytes, out);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, digit, encode};
    use crate::scalar::ScalarError;

    fn text(bytes: &[u8]) -> String {
        let mut out = b"<".to_vec();
        encode(bytes, &mut out);
        String::from_utf8(out.split_off(1)).unwrap()
    }

    #[test]
    fn padding_fills_the_last_group() {
        for (bytes, encoded) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (b"\xff\xef\xbf", "/++/"),
            (b"hello", "aGVsbG8="),
        ] {
            assert_eq!(text(bytes), encoded);
            assert_eq!(decode(encoded.as_bytes()), Ok(bytes.to_vec()));
        }
    }

    #[test]
    fn spare_bits_are_not_checked() {
        for (encoded, bytes) in
            [("AB==", &b"\x00"[..]), ("AP==", b"\x00"), ("AAB=", b"\x00\x00"), ("AAAAZh==", b"\0\0\0f")]
        {
            assert_eq!(decode(encoded.as_bytes()), Ok(bytes.to_vec()), "{encoded}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for encoded in [
            "a", "ab", "abc", "abcde", "Zg=", "Zg", "Zg===", "=", "==", "===", "====", "A===", "=AAA",
            "A=AA", "AA=A", "Zg==Zg==", "Zg==AAAA", "AA==AAAA", "AAA=AAAA", "-_-_", "AA-A", "AA_AAAAA",
            " AAA", "AAA ", "AAAA\n", "AA\nAA", "AAA\u{0}", "AAé", "AAAAAAé", "!AAA",
        ] {
            assert_eq!(decode(encoded.as_bytes()), Err(ScalarError::InvalidBase64), "{encoded}");
        }
    }

    proptest! {
        #[test]
        fn all_bytes_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let encoded = text(&bytes);
            prop_assert_eq!(decode(encoded.as_bytes()), Ok(bytes));
        }

        #[test]
        fn one_wrong_byte_is_found_anywhere(
            groups in 1..40usize, at in any::<proptest::sample::Index>(),
            wrong in any::<u8>().prop_filter("a digit", |byte| digit(*byte).is_none() && *byte != b'='),
        ) {
            let mut encoded = vec![b'A'; groups * 4];
            let at = at.index(encoded.len());
            encoded[at] = wrong;
            prop_assert_eq!(decode(&encoded), Err(ScalarError::InvalidBase64));
        }
    }
}
