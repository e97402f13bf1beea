//! The documents: generated, never downloaded, the same on every machine.
//!
//! A shape is one file. It lists the fields of its types once, in a macro, and stamps the types out for each way of
//! holding text and each policy: derives of other crates differ in what they say about generics and `Cow`, but all take
//! a plain struct.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check;
use crate::format::Format;

pub mod canada;
pub mod citm;
pub mod events;
pub mod manifest;
mod prose;
pub mod scan;
pub mod tagged;
pub mod twitter;

/// How much data a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Documents that stay in the cache of one core, about half a megabyte.
    Quick,
    /// Documents of several megabytes where the shape has no natural size.
    Full,
}

impl Scale {
    fn choose<T>(self, quick: T, full: T) -> T {
        match self {
            Scale::Quick => quick,
            Scale::Full => full,
        }
    }
}

/// A document and the types it is decoded into.
pub trait Shape {
    /// Name in row and filter.
    const NAME: &'static str;

    /// The JSON that decoders read; encoders write compact JSON.
    const JSON: Format = Format::Json;

    /// What the document is written from, by encoders and for decoders.
    type Wire: Serialize;

    /// What a decoder builds when it copies every text.
    type Owned: Serialize;

    /// What a decoder builds when text may point into the input.
    type Borrowed<'de>: Serialize;

    fn generate(scale: Scale) -> Self::Wire;

    /// How many elements the document has; figures are per element.
    fn elements(wire: &Self::Wire) -> usize;

    /// What a right decoder sees in the document; not all of it when the types want less.
    ///
    /// # Errors
    /// What serde_json says; none of the bench's documents makes it fail.
    fn reference(wire: &Self::Wire) -> Result<Vec<u8>, String> {
        check::seen(wire)
    }
}

/// The derives of every type in the bench; a peer with its own derive is added here.
macro_rules! typed {
    ($($item:item)*) => {
        $(
            #[derive(
                Clone, Debug, PartialEq,
                ::proofmark::Record,
                ::serde::Serialize, ::serde::Deserialize,
            )]
            $item
        )*
    };
}
use typed;

/// The same values in other types that list the same fields.
fn retyped<From: Serialize, Into: DeserializeOwned>(value: &From) -> Into {
    let bytes = rmp_serde::to_vec(value).expect("the bench's documents have nothing that MessagePack lacks");
    rmp_serde::from_slice(&bytes).expect("both types list the same fields in the same order")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the quick document is: element count, then size and checksum as decoders read it.
    fn print<S: Shape>() -> String {
        let wire = S::generate(Scale::Quick);
        let mark = |format: Format| {
            let bytes = format.write(&wire).unwrap();
            format!("{} {:016x}", bytes.len(), checksum(&bytes))
        };
        let (json, msgpack) = (mark(S::JSON), mark(Format::Msgpack));
        format!("{} {}: JSON {json}, MessagePack {msgpack}\n", S::elements(&wire), S::NAME)
    }

    /// FNV-1a.
    fn checksum(bytes: &[u8]) -> u64 {
        bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
    }

    fn prints() -> String {
        let prints = [
            print::<canada::Canada>(),
            print::<citm::Citm>(),
            print::<events::Events>(),
            print::<manifest::Manifest>(),
            print::<scan::Scan>(),
            print::<tagged::Tagged>(),
            print::<tagged::TaggedLast>(),
            print::<twitter::Twitter>(),
        ];
        prints.concat()
    }

    /// Figures of two commits can be compared only if the data is the same.
    #[test]
    fn documents_are_the_same_in_every_commit() {
        let expected = "\
55540 canada: JSON 2203264 6518a56b72441ec0, MessagePack 1056772 9e5a8adeac1e0a05
427 citm: JSON 1724871 fc1add80e247fa15, MessagePack 346692 05c967f0b8a327c0
1000 events: JSON 327732 d688819ce40a8937, MessagePack 289055 53347fc9f4cb0e5d
6000 manifest: JSON 646746 b6a44ffc051d5661, MessagePack 509064 59e6e829ede2fc3b
10000 scan: JSON 646961 64de698afec9dd30, MessagePack 517825 7306a112cfc9e01c
5000 tagged: JSON 510656 49f4e69b806aec2a, MessagePack 401743 268e4c3ff4b33896
5000 tagged_last: JSON 510656 8c5a95c8a5579f62, MessagePack 401743 3c3435222a5b35ce
100 twitter: JSON 628470 6e8218ae22cc568d, MessagePack 379839 7b60d6df05fece1d
";
        assert_eq!(prints(), expected);
    }

    #[test]
    fn documents_are_the_same_every_time() {
        assert_eq!(prints(), prints());
    }
}
