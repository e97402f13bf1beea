//! Paths, as text. A path that is not Unicode cannot be written.

use std::path::{Path, PathBuf};

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Result, Shape,
    constraint::{Binds, Constrain, Constraints},
};

macro_rules! path {
    ($($type:ty)*) => {$(
        impl Describe for $type {
            const KINDS: Kinds = Kinds::of(Kind::Str);
            fn shape() -> Shape {
                Shape::Str
            }
        }

        impl Encode for $type {
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                encoder.str(to_str(self)?)
            }
        }

        impl Constrain for $type {
            const BINDS: Binds = Binds::TEXT;
            fn check(&self, constraints: &Constraints) -> Result<()> {
                to_str(self)?.check(constraints)
            }
        }
    )*};
}
path!(Path PathBuf);

fn to_str(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| Error::unsupported("Paths that are not Unicode are unsupported"))
}

impl<'de> Decode<'de> for PathBuf {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.string().map(Self::from)
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a Path {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        <&str>::decode(decoder).map(Path::new)
    }
}
