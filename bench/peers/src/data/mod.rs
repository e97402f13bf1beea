//! The documents: generated, never downloaded, the same on every machine.
//!
//! A shape is one file. It lists the fields of its types once, in a macro, and has that macro called for every set of
//! derives, way of holding text, and policy: `stamp` says which. The macros are exported, so that proofmark's own types
//! can be made of them where proofmark is known.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::format::Format;

#[macro_use]
mod stamp;

pub mod canada;
#[allow(non_snake_case, reason = "fields have the names of the members")]
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

/// A document: what it is generated from, and what the check sees of it.
pub trait Shape {
    /// The JSON that decoders read; encoders write compact JSON.
    const JSON: Format = Format::Json;

    /// What the document is written from.
    type Wire: Serialize;

    /// What a right decoder sees in the document; not all of it when the types want less.
    type View: Serialize + DeserializeOwned;

    fn generate(scale: Scale) -> Self::Wire;

    /// How many elements the document has; figures are per element.
    fn elements(wire: &Self::Wire) -> usize;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the quick document is: element count, then size and checksum as decoders read it.
    fn print<S: Shape>(name: &str) -> String {
        let wire = S::generate(Scale::Quick);
        let mark = |format: Format| {
            let bytes = format.write(&wire).unwrap();
            format!("{} {:016x}", bytes.len(), checksum(&bytes))
        };
        let (json, msgpack) = (mark(S::JSON), mark(Format::Msgpack));
        format!("{} {}: JSON {json}, MessagePack {msgpack}\n", S::elements(&wire), name)
    }

    /// FNV-1a.
    fn checksum(bytes: &[u8]) -> u64 {
        bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
    }

    fn prints() -> String {
        let prints = [
            print::<canada::Canada>("canada"),
            print::<citm::Citm>("citm"),
            print::<events::Events>("events"),
            print::<manifest::Manifest>("manifest"),
            print::<scan::Scan>("scan"),
            print::<tagged::Tagged>("tagged"),
            print::<tagged::TaggedLast>("tagged_last"),
            print::<twitter::Twitter>("twitter"),
        ];
        prints.concat()
    }

    /// Figures of two commits can be compared only if the data is the same.
    #[test]
    fn documents_are_the_same_in_every_commit() {
        let expected = "\
55540 canada: JSON 2203264 9255969f0306bfaa, MessagePack 1056772 38c9a5513faa9117
427 citm: JSON 1724871 fc1add80e247fa15, MessagePack 346692 05c967f0b8a327c0
1000 events: JSON 327732 d688819ce40a8937, MessagePack 289055 53347fc9f4cb0e5d
6000 manifest: JSON 646746 b6a44ffc051d5661, MessagePack 509064 59e6e829ede2fc3b
10000 scan: JSON 646961 64de698afec9dd30, MessagePack 517825 7306a112cfc9e01c
5000 tagged: JSON 510656 49f4e69b806aec2a, MessagePack 401743 268e4c3ff4b33896
5000 tagged_last: JSON 510656 8c5a95c8a5579f62, MessagePack 401743 3c3435222a5b35ce
100 twitter: JSON 628470 820e48de0d485b0b, MessagePack 379839 3f8fd0f830f25473
";
        assert_eq!(prints(), expected);
    }

    #[test]
    fn documents_are_the_same_every_time() {
        assert_eq!(prints(), prints());
    }
}
