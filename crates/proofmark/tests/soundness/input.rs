//! Bytes to check: seeds, and seeds that something happened to.

use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

use crate::{check::Input, seed};

impl Input {
    /// All kinds.
    pub(crate) const ALL: [Self; 5] = [Self::Json, Self::MsgPack, Self::Number, Self::Text, Self::Scalar];

    /// The inputs of this kind that are kept.
    pub(crate) fn seeds(self) -> Vec<Vec<u8>> {
        seed::parse(match self {
            Self::Json => include_str!("../../testdata/seeds/json.txt"),
            Self::MsgPack => include_str!("../../testdata/seeds/msgpack.txt"),
            Self::Number => include_str!("../../testdata/seeds/number.txt"),
            Self::Text => include_str!("../../testdata/seeds/text.txt"),
            Self::Scalar => include_str!("../../testdata/seeds/scalar.txt"),
        })
    }

    /// What is put into a seed: pieces that mean something.
    const fn pieces(self) -> &'static [&'static [u8]] {
        match self {
            Self::Json => &[
                b"{",
                b"}",
                b"[",
                b"]",
                b",",
                b":",
                b"\"",
                b"\\",
                b"\\u0041",
                b"\\ud83d",
                b"\\ude00",
                b" ",
                b"\n",
                b"null",
                b"true",
                b"false",
                b"0",
                b"-",
                b"1",
                b".5",
                b"e9",
                b"18446744073709551616",
                b"\"type\":",
                b"\"a\":",
                b"\"Stop\"",
                b"[[[[[[",
                b"\xc3\xa9",
                b"\xff",
                b"\x00",
                b"plain text of more than a block",
            ],
            Self::MsgPack => &[
                b"\x00",
                b"\x7f",
                b"\xff",
                b"\xe0",
                b"\xc0",
                b"\xc1",
                b"\xc2",
                b"\xc3",
                b"\x80",
                b"\x81",
                b"\xde\x00\x01",
                b"\xdf\xff\xff\xff\xff",
                b"\x90",
                b"\x91",
                b"\xdc\x00\x02",
                b"\xdd\xff\xff\xff\xff",
                b"\xa0",
                b"\xa1a",
                b"\xa4type",
                b"\xd9\xff",
                b"\xda\x00\x01",
                b"\xdb\xff\xff\xff\xff",
                b"\xc4\x01\x00",
                b"\xca\x7f\xc0\x00\x00",
                b"\xcb",
                b"\xcc\x80",
                b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff",
                b"\xd3\x80\x00\x00\x00\x00\x00\x00\x00",
                b"\xd6\xff\x00\x00\x00\x00",
                b"\xc7\x0c\xff",
            ],
            Self::Number => &[b"0", b"1", b"9", b"00000000", b"99999999", b".", b"e", b"E", b"+", b"-", b"_"],
            Self::Text => &[
                b"a",
                b"\"",
                b"\\",
                b"\\\\",
                b"\\n",
                b"\\u00e9",
                b"\\ud83d\\ude00",
                b"\n",
                b"\x00",
                b"\x7f",
                b"\xc3\xa9",
                b"\xe2\x82\xac",
                b"\xf0\x9f\x98\x80",
                b"\x80",
                b"\xed\xa0\x80",
                b"sixteen letters.",
            ],
            Self::Scalar => &[
                b"0",
                b"9",
                b"-",
                b":",
                b"T",
                b"t",
                b" ",
                b"Z",
                b"+",
                b".",
                b"P",
                b"D",
                b"H",
                b"M",
                b"S",
                b"=",
                b"e",
                b"nan",
                b"inf",
                b"999999999",
            ],
        }
    }

    /// Seeds of this kind after a few accidents.
    pub(crate) fn strategy(self) -> impl Strategy<Value = Vec<u8>> {
        (select(self.seeds()), vec(self.accident(), 0..4)).prop_map(|(mut bytes, accidents)| {
            accidents.iter().for_each(|accident| accident.befall(&mut bytes));
            bytes
        })
    }

    fn accident(self) -> impl Strategy<Value = Accident> {
        prop_oneof![
            (any::<Index>(), select(self.pieces())).prop_map(|(at, piece)| Accident::Insert(at, piece)),
            (any::<Index>(), select(self.pieces())).prop_map(|(at, piece)| Accident::Overwrite(at, piece)),
            (any::<Index>(), any::<u8>()).prop_map(|(at, bits)| Accident::Flip(at, bits)),
            (any::<Index>(), 1..20_usize).prop_map(|(at, len)| Accident::Remove(at, len)),
            (any::<Index>(), 1..40_usize).prop_map(|(at, len)| Accident::Repeat(at, len)),
        ]
    }
}

#[derive(Clone, Debug)]
enum Accident {
    Insert(Index, &'static [u8]),
    Overwrite(Index, &'static [u8]),
    Flip(Index, u8),
    Remove(Index, usize),
    Repeat(Index, usize),
}

impl Accident {
    fn befall(&self, bytes: &mut Vec<u8>) {
        let place = |at: &Index| at.index(bytes.len() + 1);
        let stretch = |at: &Index, len: usize| place(at)..bytes.len().min(place(at) + len);
        match self {
            Self::Insert(at, piece) => drop(bytes.splice(stretch(at, 0), piece.iter().copied())),
            Self::Overwrite(at, piece) => drop(bytes.splice(stretch(at, piece.len()), piece.iter().copied())),
            Self::Flip(at, bits) => {
                let range = stretch(at, 1);
                bytes[range].iter_mut().for_each(|byte| *byte ^= bits);
            }
            Self::Remove(at, len) => drop(bytes.drain(stretch(at, *len))),
            Self::Repeat(at, len) => {
                let range = stretch(at, *len);
                bytes.extend_from_within(range);
            }
        }
    }
}
