//! A record in the form in which a bundle has it.

use std::fmt;

use proofmark::Shape;

use super::BundleEntry;
use super::bundle::ARTIFACT_BYTES_MAX;
use crate::fingerprint::fingerprint_of_msgpack;
use crate::registry::Artifact;
use crate::{Codec, Digest};

/// A record in the form in which it is stored.
pub(super) struct Content {
    kind: &'static str,
    version: u32,
    codec: Codec,
    pub(super) bytes: Vec<u8>,
    /// The record in MessagePack, where that is not how it is stored.
    packed: Option<Vec<u8>>,
    shape: Shape,
}

/// Why a record cannot be an artifact.
pub(super) enum Unfit {
    Encode(proofmark::Error),
    TooLarge(u64),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => write!(f, "cannot encode it: {error}"),
            Self::TooLarge(bytes) => {
                write!(f, "the artifact has {bytes} bytes, more than {ARTIFACT_BYTES_MAX}")
            }
        }
    }
}

impl From<proofmark::Error> for Unfit {
    fn from(error: proofmark::Error) -> Self {
        Self::Encode(error)
    }
}

impl Content {
    pub(super) fn of<T: Artifact>(record: &T) -> Result<Self, Unfit> {
        let bytes = T::CODEC.encode(record)?;
        T::check(&bytes)?;
        let len = bytes.len() as u64;
        if len > ARTIFACT_BYTES_MAX {
            return Err(Unfit::TooLarge(len));
        }
        let packed = match T::CODEC {
            Codec::Json => Some(Codec::MessagePack.encode(record)?),
            Codec::MessagePack => None,
        };
        Ok(Self { kind: T::NAME, version: T::VERSION, codec: T::CODEC, bytes, packed, shape: T::shape() })
    }

    /// The entry of the index, with the two digests.
    pub(super) fn seal(self, name: String, file: String) -> proofmark::Result<BundleEntry> {
        let packed = self.packed.as_deref().unwrap_or(&self.bytes);
        Ok(BundleEntry {
            name,
            file,
            kind: self.kind.to_owned(),
            version: self.version,
            codec: self.codec,
            bytes: self.bytes.len() as u64,
            sha256: Digest::of(&self.bytes),
            fingerprint: fingerprint_of_msgpack(packed, self.shape)?,
        })
    }
}
