//! Bytes as lower-case hexadecimal digits, as the records write them.

/// The bytes that `digits` spell, if they do.
pub(crate) fn parse(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The digits of `bytes`.
pub(crate) fn write(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_in_pairs() {
        assert_eq!(parse("00ff7A"), Some(vec![0, 255, 122]));
        assert_eq!(parse("0"), None);
        assert_eq!(parse("0g"), None);
        assert_eq!(write(&[0, 255, 122]), "00ff7a");
    }
}
