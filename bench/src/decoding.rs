//! Decoders on their way into a row: checked first, timed later.

use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use crate::check::{self, seen};
use crate::clock::timed;
use crate::data::{Scale, Shape};
use crate::format::Format;
use crate::measure::{Contender, Role};
use crate::peer::Decode;
use crate::row::Contest;

/// A document in bytes, and who decodes it.
pub struct Decoding {
    input: Rc<[u8]>,
    reference: Vec<u8>,
    contest: Contest,
}

impl Decoding {
    /// The document of `S` in `format`; JSON is laid out as the shape wants it.
    ///
    /// # Errors
    /// What the reference writer says.
    pub fn of<S: Shape>(format: Format, scale: Scale) -> Result<Decoding, String> {
        let wire = S::generate(scale);
        let format = if format == Format::Json { S::JSON } else { format };
        let contest = Contest::of(S::elements(&wire));
        Ok(Decoding { input: format.write(&wire)?.into(), reference: S::reference(&wire)?, contest })
    }

    /// Lets `P` decode into the type that owns its text.
    ///
    /// # Errors
    /// When `P` refuses the document or reads it wrongly.
    pub fn owned<S: Shape, P>(self, role: Role, name: &str) -> Result<Decoding, String>
    where
        P: for<'de> Decode<'de, S::Owned>,
    {
        let found = P::decode(&self.input).and_then(|value| seen(&value));
        self.add(role, name, found, |input| timed(|| P::decode(black_box(input))).1)
    }

    /// Lets `P` decode into the type whose text may point into the input.
    ///
    /// # Errors
    /// When `P` refuses the document or reads it wrongly.
    pub fn borrowed<S: Shape, P>(self, role: Role, name: &str) -> Result<Decoding, String>
    where
        P: for<'de> Decode<'de, S::Borrowed<'de>>,
    {
        let found = P::decode(&self.input).and_then(|value| seen(&value));
        self.add(role, name, found, |input| timed(|| P::decode(black_box(input))).1)
    }

    pub fn ready(self) -> Contest {
        self.contest
    }

    fn add(
        mut self,
        role: Role,
        name: &str,
        found: Result<Vec<u8>, String>,
        decode: fn(&[u8]) -> Duration,
    ) -> Result<Decoding, String> {
        let agreement = found
            .and_then(|found| check::compare(&self.reference, &found))
            .map_err(|error| format!("{name}: {error}"))?;
        let input = Rc::clone(&self.input);
        let bytes = input.len();
        let run = Box::new(move |iterations| (0..iterations).map(|_| decode(&input)).sum());
        self.contest.add(Contender { name: name.to_string(), role, bytes, run }, agreement);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::scan::{Scan, owned::ScanRow};
    use crate::peer::{Peer, serde_json::SerdeJson};

    /// Reads everything and gets one number wrong.
    struct Careless;

    impl Peer for Careless {
        const NAME: &'static str = "careless";
    }

    impl<'de> Decode<'de, Vec<ScanRow>> for Careless {
        fn decode(input: &'de [u8]) -> Result<Vec<ScanRow>, String> {
            let mut rows: Vec<ScanRow> = SerdeJson::decode(input)?;
            rows[7].count_rows += 1;
            Ok(rows)
        }
    }

    #[test]
    fn wrong_decode_never_reaches_the_clock() {
        let decoding = Decoding::of::<Scan>(Format::Json, Scale::Quick).unwrap();
        let error = decoding.owned::<Scan, Careless>(Role::Peer, Careless::NAME).err().unwrap();
        assert!(error.starts_with("careless: wrong result: expected `"), "{error}");
    }

    #[test]
    fn refused_document_is_an_error() {
        let decoding = Decoding::of::<Scan>(Format::Msgpack, Scale::Quick).unwrap();
        let error = decoding.owned::<Scan, SerdeJson>(Role::Peer, SerdeJson::NAME).err().unwrap();
        assert!(error.starts_with("serde_json: "), "{error}");
    }

    #[test]
    fn right_decode_is_timed() {
        let decoding = Decoding::of::<Scan>(Format::Json, Scale::Quick).unwrap();
        let mut contest = decoding.owned::<Scan, SerdeJson>(Role::Peer, SerdeJson::NAME).unwrap().ready();
        assert!((contest.contenders[0].run)(1) > Duration::ZERO);
        assert_eq!(contest.elements, 10_000);
    }
}
