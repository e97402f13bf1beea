//! Encoders on their way into a row: what each writes is read back first, and timed later.

use std::hint::black_box;

use serde::de::DeserializeOwned;

use crate::check::{self, Agreement};
use crate::clock::timed;
use crate::document::{Document, from_named};
use crate::peer::{Encode, EncodeInto};
use crate::row::Run;

/// How one codec encodes one type.
pub struct Encoder {
    make: fn(&[u8]) -> Result<Work, String>,
    /// Reads the codec's bytes and writes them as MessagePack maps, where no other codec can read them.
    own_reader: Option<Read>,
}

/// A codec's own bytes as MessagePack maps.
type Read = fn(&mut [u8]) -> Result<Vec<u8>, String>;

/// An encoder with its value in memory.
struct Work {
    output: Vec<u8>,
    run: Run,
}

/// `encoder!(fresh Peer, Type)`: an entrant that encodes `Type` into a buffer of its own, a new one every time.
///
/// `encoder!(reused Peer, Type)` has it write to a buffer that is kept from call to call, and a last argument `read by
/// itself` is for a codec whose bytes no other can read.
#[macro_export]
macro_rules! encoder {
    ($buffer:ident $peer:ty, $type:ty $(, read by $reader:tt)?) => {
        $crate::row::Entrant {
            name: <$peer as $crate::peer::Peer>::NAME.to_string(),
            role: $crate::row::Role::Peer,
            task: $crate::row::Task::Encode(
                $crate::encoder::Encoder::$buffer::<$peer, $type>()$(.read_by(|output| {
                    let $reader: $type = <$peer as $crate::peer::Decode<_>>::decode(output)?;
                    $crate::document::to_named(&$reader)
                }))?
            ),
        }
    };
}

impl Encoder {
    /// Into a buffer of the codec's own, a new one every time.
    pub fn fresh<P: Encode<T>, T: DeserializeOwned + 'static>() -> Encoder {
        let make = |named: &[u8]| {
            let value: T = from_named(named)?;
            let output = P::encode(&value)?;
            let once = move || timed(|| P::encode(black_box(&value))).1;
            Ok(Work { output, run: Box::new(move |iterations| (0..iterations).map(|_| once()).sum()) })
        };
        Encoder { make, own_reader: None }
    }

    /// Into a buffer that is kept from call to call.
    pub fn reused<P: EncodeInto<T>, T: DeserializeOwned + 'static>() -> Encoder {
        let make = |named: &[u8]| {
            let value: T = from_named(named)?;
            let mut buffer = Vec::new();
            let length = P::encode_into(&value, &mut buffer)?;
            let output = buffer[..length].to_vec();
            let mut once = move || {
                let (_, time) = timed(|| P::encode_into(black_box(&value), &mut buffer));
                black_box(buffer.as_slice());
                time
            };
            Ok(Work { output, run: Box::new(move |iterations| (0..iterations).map(|_| once()).sum()) })
        };
        Encoder { make, own_reader: None }
    }

    #[must_use]
    pub fn read_by(self, own_reader: Read) -> Encoder {
        Encoder { own_reader: Some(own_reader), ..self }
    }

    pub(crate) fn prepare(&self, document: &Document) -> Result<(usize, Agreement, Run), String> {
        let Work { mut output, run } = (self.make)(&document.named)?;
        let found = match self.own_reader {
            None => document.read(&output)?,
            Some(own_reader) => document.view(&own_reader(&mut output)?)?,
        };
        Ok((output.len(), check::compare(&document.reference, &found)?, run))
    }
}

/// What `P` writes for a value that is given as MessagePack maps.
///
/// # Errors
/// What `P` says.
pub fn bytes_of<P: Encode<T>, T: DeserializeOwned>(named: &[u8]) -> Result<Vec<u8>, String> {
    P::encode(&from_named::<T>(named)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scale;
    use crate::data::scan::{Scan, owned};
    use crate::format::Format;
    use crate::peer::Peer;
    use crate::peer::serde_json::SerdeJson;
    use crate::row::{Entrant, Row};

    /// Leaves out the last row, in the call that keeps its buffer.
    struct Forgetful;

    impl Peer for Forgetful {
        const NAME: &'static str = "forgetful";
    }

    impl Encode<owned::Document> for Forgetful {
        fn encode(value: &owned::Document) -> Result<Vec<u8>, String> {
            SerdeJson::encode(value)
        }
    }

    impl EncodeInto<owned::Document> for Forgetful {
        fn encode_into(value: &owned::Document, out: &mut Vec<u8>) -> Result<usize, String> {
            SerdeJson::encode_into(&value[..value.len() - 1].to_vec(), out)
        }
    }

    fn check(entrant: Entrant) -> Option<String> {
        let document = |scale| Document::of::<Scan>(Format::Json, scale);
        let row = Row { group: "group", shape: "scan", document, entrants: vec![entrant] };
        row.prepare(Scale::Quick).err()
    }

    #[test]
    fn wrong_encode_never_reaches_the_clock() {
        let error = check(encoder!(reused Forgetful, owned::Document)).unwrap();
        assert!(error.starts_with("forgetful: wrong result: expected `"), "{error}");
    }

    #[test]
    fn check_uses_the_call_that_is_timed() {
        assert_eq!(check(encoder!(fresh Forgetful, owned::Document)), None);
    }
}
