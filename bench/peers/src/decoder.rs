//! Decoders on their way into a row: checked first, timed later.

use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use crate::check::{self, Agreement};
use crate::document::Document;
use crate::peer::Peer;
use crate::row::Run;

/// How one codec decodes into one type.
pub struct Decoder {
    /// Whether decoding changes the input, which is then put back between iterations, outside of the time.
    spoils_input: bool,
    /// Decodes, and writes what it saw as MessagePack maps.
    probe: fn(&mut [u8]) -> Result<Vec<u8>, String>,
    /// Decodes once.
    time: fn(&mut [u8]) -> Duration,
    /// Makes the bytes that the codec reads, where these are not those of the other codecs.
    own_bytes: Option<Write>,
}

/// A value, given as MessagePack maps, in a codec's own bytes.
type Write = fn(&[u8]) -> Result<Vec<u8>, String>;

/// `decoder!(Peer, Type)`: an entrant that decodes into `Type`, which may point into the input.
///
/// `decoder!(Peer, Type, from Other)` has it read bytes that it wrote itself from the type `Other`.
#[macro_export]
macro_rules! decoder {
    ($peer:ty, $type:ty $(, from $own:ty)?) => {
        $crate::row::Entrant {
            name: <$peer as $crate::peer::Peer>::NAME.to_string(),
            role: $crate::row::Role::Peer,
            task: $crate::row::Task::Decode(
                $crate::decoder::Decoder::new::<$peer>(
                    |input| {
                        let value: $type = <$peer as $crate::peer::Decode<_>>::decode(input)?;
                        $crate::document::to_named(&value)
                    },
                    |input| {
                        $crate::decoder::time(move || -> Result<$type, String> {
                            <$peer as $crate::peer::Decode<_>>::decode(std::hint::black_box(input))
                        })
                    },
                )$(.reading($crate::encoder::bytes_of::<$peer, $own>))?
            ),
        }
    };
}

impl Decoder {
    /// What [`decoder!`] calls.
    pub fn new<P: Peer>(
        probe: fn(&mut [u8]) -> Result<Vec<u8>, String>,
        time: fn(&mut [u8]) -> Duration,
    ) -> Decoder {
        Decoder { spoils_input: P::SPOILS_INPUT, probe, time, own_bytes: None }
    }

    #[must_use]
    pub fn reading(self, own_bytes: Write) -> Decoder {
        Decoder { own_bytes: Some(own_bytes), ..self }
    }

    pub(crate) fn prepare(&self, document: &Document) -> Result<(usize, Agreement, Run), String> {
        let input = match self.own_bytes {
            None => Rc::clone(&document.input),
            Some(own_bytes) => own_bytes(&document.named)?.into(),
        };
        let found = document.view(&(self.probe)(&mut input.to_vec())?)?;
        let agreement = check::compare(&document.reference, &found)?;
        Ok((input.len(), agreement, self.run(input)))
    }

    fn run(&self, input: Rc<[u8]>) -> Run {
        let (spoils_input, time) = (self.spoils_input, self.time);
        let mut bytes = input.to_vec();
        let mut once = move || {
            if spoils_input {
                bytes.copy_from_slice(&input);
            }
            time(&mut bytes)
        };
        Box::new(move |iterations| (0..iterations).map(|_| once()).sum())
    }
}

/// Time of `decode`, without that of dropping its result.
pub fn time<T>(decode: impl FnOnce() -> T) -> Duration {
    crate::clock::timed(|| black_box(decode())).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scale;
    use crate::data::scan::{Scan, owned};
    use crate::format::Format;
    use crate::peer::serde_json::SerdeJson;
    use crate::peer::{Decode, Peer};
    use crate::row::{Entrant, Row};

    /// Reads everything and gets one number wrong.
    struct Careless;

    impl Peer for Careless {
        const NAME: &'static str = "careless";
    }

    impl<'de> Decode<'de, owned::Document> for Careless {
        fn decode(input: &'de mut [u8]) -> Result<owned::Document, String> {
            let mut rows: owned::Document = SerdeJson::decode(input)?;
            rows[7].count_rows += 1;
            Ok(rows)
        }
    }

    fn row(entrant: Entrant) -> Row {
        let document = |scale| Document::of::<Scan>(Format::Json, scale);
        Row { group: "group", shape: "scan", document, entrants: vec![entrant] }
    }

    #[test]
    fn wrong_decode_never_reaches_the_clock() {
        let error = row(decoder!(Careless, owned::Document)).prepare(Scale::Quick).err().unwrap();
        assert!(error.starts_with("careless: wrong result: expected `"), "{error}");
    }

    #[test]
    fn refused_document_is_an_error() {
        let row = Row {
            document: |scale| Document::of::<Scan>(Format::Msgpack, scale),
            ..row(decoder!(SerdeJson, owned::Document))
        };
        let error = row.prepare(Scale::Quick).err().unwrap();
        assert!(error.starts_with("serde_json: "), "{error}");
    }

    #[test]
    fn right_decode_is_timed() {
        let mut contest = row(decoder!(SerdeJson, owned::Document)).prepare(Scale::Quick).unwrap();
        assert!((contest.contenders[0].run)(1) > Duration::ZERO);
        assert_eq!(contest.elements, 10_000);
    }
}
