//! Encoders on their way into a row: what each writes is read back by its neighbour first, and timed later.

use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use crate::check::{self, Agreement, seen};
use crate::clock::timed;
use crate::data::{Scale, Shape};
use crate::measure::{Contender, Role};
use crate::peer::{Decode, Encode};
use crate::row::Contest;

/// Which buffer an encoder writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buffer {
    /// Its own, a new one every time.
    Fresh,
    /// One that keeps its capacity from call to call.
    Reused,
}

/// A document in memory, and who encodes it.
pub struct Encoding<S: Shape> {
    wire: Rc<S::Wire>,
    reference: Vec<u8>,
    buffer: Buffer,
    entrants: Vec<Entrant<S::Wire>>,
}

struct Entrant<T> {
    name: &'static str,
    role: Role,
    encode: fn(&T) -> Result<Vec<u8>, String>,
    encode_into: fn(&T, &mut Vec<u8>) -> Result<(), String>,
    read_back: fn(&[u8]) -> Result<Vec<u8>, String>,
}

impl<S: Shape> Encoding<S>
where
    S::Wire: 'static,
{
    /// The document of `S`.
    ///
    /// # Errors
    /// When there is no reference for it.
    pub fn of(buffer: Buffer, scale: Scale) -> Result<Encoding<S>, String> {
        let wire = S::generate(scale);
        let reference = S::reference(&wire)?;
        Ok(Encoding { wire: Rc::new(wire), reference, buffer, entrants: Vec::new() })
    }

    /// Lets `P` encode.
    pub fn with<P>(mut self, role: Role) -> Encoding<S>
    where
        P: Encode<S::Wire> + for<'de> Decode<'de, S::Owned>,
    {
        self.entrants.push(Entrant {
            name: P::NAME,
            role,
            encode: P::encode,
            encode_into: P::encode_into,
            read_back: |bytes| P::decode(bytes).and_then(|value: S::Owned| seen(&value)),
        });
        self
    }

    /// Every encoder's bytes, decoded by the contender after it, the last one's by the first.
    ///
    /// When floats come out a step off, the other contenders are asked too: the fault may be the reader's.
    ///
    /// # Errors
    /// When an encoder fails, or its bytes say something else than the document.
    pub fn ready(self) -> Result<Contest, String> {
        let mut contest = Contest::of(S::elements(&self.wire));
        for (idx, entrant) in self.entrants.iter().enumerate() {
            let bytes = self.written(entrant).map_err(|error| format!("{}: {error}", entrant.name))?;
            let readers = self.entrants[idx + 1..].iter().chain(&self.entrants[..=idx]);
            let agreement =
                self.check(readers, &bytes).map_err(|error| format!("{} {error}", entrant.name))?;
            contest.add(self.contender(entrant, bytes.len()), agreement);
        }
        Ok(contest)
    }

    fn written(&self, entrant: &Entrant<S::Wire>) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        match self.buffer {
            Buffer::Fresh => bytes = (entrant.encode)(&self.wire)?,
            Buffer::Reused => (entrant.encode_into)(&self.wire, &mut bytes)?,
        }
        Ok(bytes)
    }

    /// The first exact agreement, else the last one.
    fn check<'a>(
        &self,
        readers: impl Iterator<Item = &'a Entrant<S::Wire>>,
        bytes: &[u8],
    ) -> Result<Agreement, String> {
        let mut agreement = Agreement::FloatsOff(0);
        for reader in readers {
            let found = (reader.read_back)(bytes).and_then(|found| check::compare(&self.reference, &found));
            agreement = found.map_err(|error| format!("read by {}: {error}", reader.name))?;
            if agreement == Agreement::Exact {
                break;
            }
        }
        Ok(agreement)
    }

    fn contender(&self, entrant: &Entrant<S::Wire>, bytes: usize) -> Contender {
        let run = match self.buffer {
            Buffer::Fresh => fresh(Rc::clone(&self.wire), entrant.encode),
            Buffer::Reused => reused(Rc::clone(&self.wire), entrant.encode_into, bytes),
        };
        Contender { name: entrant.name.to_string(), role: entrant.role, bytes, run }
    }
}

type Run = Box<dyn FnMut(u32) -> Duration>;

fn fresh<T: 'static>(wire: Rc<T>, encode: fn(&T) -> Result<Vec<u8>, String>) -> Run {
    Box::new(move |iterations| (0..iterations).map(|_| timed(|| encode(black_box(&wire))).1).sum())
}

fn reused<T: 'static>(
    wire: Rc<T>,
    encode_into: fn(&T, &mut Vec<u8>) -> Result<(), String>,
    bytes: usize,
) -> Run {
    let mut out = Vec::with_capacity(bytes);
    let mut once = move || {
        out.clear();
        let (_, time) = timed(|| encode_into(black_box(&wire), &mut out));
        black_box(out.as_slice());
        time
    };
    Box::new(move |iterations| (0..iterations).map(|_| once()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::scan::{Scan, owned::ScanRow};
    use crate::peer::{Peer, serde_json::SerdeJson};

    /// Leaves out the last row.
    struct Forgetful;

    impl Peer for Forgetful {
        const NAME: &'static str = "forgetful";
    }

    impl<'de> Decode<'de, Vec<ScanRow>> for Forgetful {
        fn decode(input: &'de [u8]) -> Result<Vec<ScanRow>, String> {
            SerdeJson::decode(input)
        }
    }

    impl Encode<Vec<ScanRow>> for Forgetful {
        fn encode(value: &Vec<ScanRow>) -> Result<Vec<u8>, String> {
            SerdeJson::encode(&value[..value.len() - 1].to_vec())
        }

        fn encode_into(value: &Vec<ScanRow>, out: &mut Vec<u8>) -> Result<(), String> {
            SerdeJson::encode_into(value, out)
        }
    }

    fn prepare(buffer: Buffer) -> Result<Contest, String> {
        let encoding = Encoding::<Scan>::of(buffer, Scale::Quick).unwrap();
        encoding.with::<SerdeJson>(Role::Subject).with::<Forgetful>(Role::Peer).ready()
    }

    #[test]
    fn wrong_encode_never_reaches_the_clock() {
        let error = prepare(Buffer::Fresh).err().unwrap();
        assert!(error.starts_with("forgetful read by serde_json: wrong result: expected `"), "{error}");
    }

    #[test]
    fn check_uses_the_call_that_is_timed() {
        assert_eq!(prepare(Buffer::Reused).unwrap().contenders.len(), 2);
    }
}
