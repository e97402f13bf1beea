//! Content digests.

use std::fmt;

use proofmark::Record;
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
///
/// The text is what `sha256sum` prints, so that a bundle can be checked without this crate.
///
/// # Examples
/// ```
/// use proofmark_artifacts::Digest;
///
/// let digest = Digest::of(b"abc");
/// assert!(digest.as_str().starts_with("ba7816bf"));
/// assert_eq!(Digest::parse(digest.as_str()), Some(digest));
/// assert_eq!(Digest::parse("BA7816BF"), None);
/// ```
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(transparent)]
pub struct Digest(#[field(pattern = "^[0-9a-f]{64}$")] String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }

    /// A digest from its text; `None` unless it is 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 64 && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
