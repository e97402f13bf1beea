//! A record with what is needed to trust it.

use proofmark::{Decode, Error, Raw, Record, Result, Strictness};

use crate::codec::LIMITS;
use crate::registry::Artifact;
use crate::{Codec, Digest};

/// What wrote a record: this crate and its version.
pub const WRITER: &str = concat!("proofmark ", env!("CARGO_PKG_VERSION"));

/// A record that stands alone on a disk: what it is, what wrote it, and a digest over all of that.
///
/// A bundle's artifacts lie bare beside an index that holds these facts for all of them: so each is one plain record
/// that any reader of its type opens, its digest is what `sha256sum` prints, and the digest of a large file is known
/// without reading it. A file that has no such index, the index itself and a cursor, is wrapped in an envelope.
///
/// The digest is that of the file in which the digest's own 64 digits are zeros. Any changed byte is found.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, Codec, Envelope};
/// # let cursor = CdfCursor::new("orders", 7);
///
/// let mut file = Envelope::seal(&cursor)?;
/// let envelope = Envelope::open(&file, Codec::Json)?;
/// assert_eq!(envelope.kind, "cdf_cursor");
/// assert_eq!(envelope.decode::<CdfCursor>()?, cursor);
///
/// let seven = file.iter().rposition(|&byte| byte == b'7').expect("the version is in it");
/// file[seven] = b'8';
/// assert!(Envelope::open(&file, Codec::Json).is_err());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "envelope.v1")]
pub struct Envelope<'a> {
    /// Name of the record's type: `manifest`.
    #[field(min_len = 1)]
    pub kind: String,
    /// Version of the record's form.
    #[field(ge = 1)]
    pub version: u32,
    /// The program that wrote it, and its version.
    #[field(min_len = 1)]
    pub writer: String,
    /// Digest of the whole file, with zeros in place of these digits.
    pub sha256: Digest,
    /// The record.
    pub record: Raw<'a>,
}

/// What stands in the digest's place while the file is digested.
const NO_DIGEST: [u8; 64] = [b'0'; 64];

impl<'a> Envelope<'a> {
    /// The file of a record in its envelope, in the record's own format.
    ///
    /// # Errors
    /// Fails when the record cannot be encoded, or could not be read again.
    pub fn seal<T: Artifact>(record: &T) -> Result<Vec<u8>> {
        let bytes = T::CODEC.encode(record)?;
        T::check(&bytes)?;
        let zeros = String::from_utf8_lossy(&NO_DIGEST);
        let unsealed = Envelope {
            kind: T::NAME.to_owned(),
            version: T::VERSION,
            writer: WRITER.to_owned(),
            sha256: Digest::parse(&zeros).ok_or_else(|| Error::custom("64 zeros are no digest"))?,
            record: T::CODEC.raw(bytes)?,
        };
        let mut file = T::CODEC.encode(&unsealed)?;
        let digest = Digest::of(&file);
        digest_place(&mut file, &unsealed.sha256)?.copy_from_slice(digest.as_str().as_bytes());
        Ok(file)
    }

    /// Reads an envelope and verifies its digest.
    ///
    /// # Errors
    /// Fails when the file is no envelope, or a byte of it has changed.
    pub fn open(file: &'a [u8], codec: Codec) -> Result<Self> {
        let envelope: Self = codec.decode(file)?;
        let mut unsealed = file.to_vec();
        digest_place(&mut unsealed, &envelope.sha256)?.copy_from_slice(&NO_DIGEST);
        if Digest::of(&unsealed) == envelope.sha256 {
            return Ok(envelope);
        }
        Err(Error::custom("Digest is not that of the content"))
    }

    /// The record.
    ///
    /// # Errors
    /// Fails when the envelope holds another type, or a version of it that this crate does not read.
    pub fn decode<'de, T: Artifact + Decode<'de>>(&'de self) -> Result<T> {
        if (self.kind.as_str(), self.version) == (T::NAME, T::VERSION) {
            return self.record.decode_with(LIMITS, Strictness::Strict);
        }
        let (found, wanted) =
            (format!("{}.v{}", self.kind, self.version), format!("{}.v{}", T::NAME, T::VERSION));
        Err(Error::custom(format_args!("Expected `{wanted}`, got `{found}`")))
    }
}

/// Where the digest is written: nothing before it can hold its 64 digits.
fn digest_place<'f>(file: &'f mut [u8], digest: &Digest) -> Result<&'f mut [u8]> {
    let digits = digest.as_str().as_bytes();
    let start = file.windows(digits.len()).position(|window| window == digits);
    let start = start.ok_or_else(|| Error::custom("Digest is not written as such"))?;
    Ok(&mut file[start..start + digits.len()])
}
