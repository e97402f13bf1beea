//! A record type's own code, called without naming the type.

use std::fmt;
use std::sync::Arc;

use proofmark::{Decode, Encode, Result};

use crate::codec::Codec;

/// A record type's own code: it reads a record in one format and writes it in another.
///
/// A lock says what a release does; where the code of that release is at hand, it has the last word.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Code, Codec};
///
/// #[derive(Record)]
/// struct Cursor { dataset: String }
///
/// let code = Code::of::<Cursor>();
/// let packed = code.recode(br#"{"dataset":"orders"}"#, Codec::Json, Codec::MessagePack)?;
/// assert_eq!(packed, b"\x81\xa7dataset\xa6orders");
/// assert!(code.recode(b"{}", Codec::Json, Codec::Json).is_err());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone)]
pub struct Code(Arc<Recode>);

type Recode = dyn Fn(&[u8], Codec, Codec) -> Result<Vec<u8>> + Send + Sync;

impl Code {
    /// The code of a type.
    pub fn of<T: Encode + for<'de> Decode<'de>>() -> Self {
        Self::new(|input, from, to| to.encode(&from.decode::<T>(input)?))
    }

    /// Code that is called otherwise.
    pub fn new(recode: impl Fn(&[u8], Codec, Codec) -> Result<Vec<u8>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(recode))
    }

    /// Reads a record in one format and writes it in another, or in the same one.
    ///
    /// # Errors
    /// Fails as that code does.
    pub fn recode(&self, input: &[u8], from: Codec, to: Codec) -> Result<Vec<u8>> {
        (self.0)(input, from, to)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}
