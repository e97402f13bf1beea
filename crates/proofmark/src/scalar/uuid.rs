//! UUIDs: 32 hexadecimal digits, with or without the four hyphens.

use uuid::Uuid;

use super::error::ScalarError;
use crate::UuidFormat;

/// Reads a UUID that fills `text`, in either case. Braces and `urn:uuid:` are refused.
pub(crate) fn parse(text: &[u8]) -> Result<Uuid, ScalarError> {
    match text.len() {
        // The parser knows two more forms, but none of these lengths.
        32 | 36 => Uuid::try_parse_ascii(text).map_err(|_| ScalarError::InvalidUuid),
        _ => Err(ScalarError::InvalidUuid),
    }
}

/// Takes the 16 bytes of a UUID.
pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Uuid, ScalarError> {
    Uuid::from_slice(bytes).map_err(|_| ScalarError::InvalidUuidBytes)
}

/// Appends the digits in lower case, with hyphens unless the format is without.
pub(crate) fn write(uuid: Uuid, format: UuidFormat, out: &mut Vec<u8>) {
    let mut buffer = Uuid::encode_buffer();
    let text = match format {
        UuidFormat::Canonical => uuid.hyphenated().encode_lower(&mut buffer),
        UuidFormat::Hex | UuidFormat::Bytes => uuid.simple().encode_lower(&mut buffer),
    };
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{from_bytes, parse, write};
    use crate::{UuidFormat, scalar::ScalarError};

    const VALUE: Uuid = Uuid::from_u128(0x12345678_9abc_def0_1234_56789abcdef0);

    #[test]
    fn two_forms_in_either_case_are_read() {
        for text in [
            "12345678-9abc-def0-1234-56789abcdef0",
            "12345678-9ABC-DEF0-1234-56789ABCDEF0",
            "123456789abcdef0123456789abcdef0",
            "123456789aBcDeF0123456789abcdef0",
        ] {
            assert_eq!(parse(text.as_bytes()), Ok(VALUE), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "1",
            "{12345678-9abc-def0-1234-56789abcdef0}",
            "{123456789abcdef0123456789abcdef0}",
            "urn:uuid:12345678-9abc-def0-1234-56789abcdef0",
            "1234567-89abc-def0-1234-56789abcdef0",
            "12345678-9abc-def0-1234-56789abcdef",
            "12345678-9abc-def0-1234-56789abcdef01",
            "12345678-9abc-def0-1234-56789abcdefg",
            "12345678--9abcdef0-1234-56789abcdef0",
            "12345678-9abc-def0-123456789abcdef0-",
            "123456789abcdef0-123456789abcdef0",
            "12345678_9abc_def0_1234_56789abcdef0",
            "123456789abcdef0123456789abcde-f",
            " 123456789abcdef0123456789abcdef",
            "0x123456789abcdef0123456789abcde",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(ScalarError::InvalidUuid), "{text}");
        }
    }

    #[test]
    fn sixteen_bytes_are_a_uuid() {
        assert_eq!(from_bytes(VALUE.as_bytes()), Ok(VALUE));
        for length in [0, 15, 17, 32] {
            assert_eq!(from_bytes(&vec![0; length]), Err(ScalarError::InvalidUuidBytes), "{length}");
        }
    }

    /// The grammar, spelled out.
    fn accepts(text: &[u8]) -> bool {
        let hyphen = |at: usize| text.len() == 36 && matches!(at, 8 | 13 | 18 | 23);
        let fits =
            |(at, byte): (usize, &u8)| if hyphen(at) { *byte == b'-' } else { byte.is_ascii_hexdigit() };
        matches!(text.len(), 32 | 36) && text.iter().enumerate().all(fits)
    }

    proptest! {
        #[test]
        fn every_uuid_reads_back(bits in any::<u128>()) {
            let (uuid, mut text) = (Uuid::from_u128(bits), Vec::new());
            write(uuid, UuidFormat::Canonical, &mut text);
            prop_assert_eq!(String::from_utf8_lossy(&text), uuid.to_string());
            prop_assert_eq!(parse(&text), Ok(uuid));
            text.retain(|byte| *byte != b'-');
            prop_assert_eq!(parse(&text), Ok(uuid));
        }

        #[test]
        fn exactly_the_grammar_is_accepted(
            text in "[0-9a-fA-F]{8}(-[0-9a-g]{4}){3}-[0-9a-f]{12}|[0-9a-g-]{32}|[{0-9a-f}-]{30,40}",
        ) {
            prop_assert_eq!(parse(text.as_bytes()).is_ok(), accepts(text.as_bytes()));
        }
    }
}
