//! Tuples, and the empty one, which is null.

use crate::{
    Bound, Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Segment, Shape,
    bound::Bounded,
    record::{Elements, wrong_length},
};

impl Describe for () {
    const KINDS: Kinds = Kinds::of(Kind::Null);
    fn shape() -> Shape {
        Shape::Null
    }
}

impl Encode for () {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.null()
    }
}

impl<'de> Decode<'de> for () {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        if decoder.take_null()? { Ok(()) } else { crate::lenient::null(decoder) }
    }
}

macro_rules! tuple {
    ($len:literal: $($name:ident $idx:tt)+) => {
        impl<$($name: Describe),+> Describe for ($($name,)+) {
            const KINDS: Kinds = Kinds::of(Kind::Array);
            fn shape() -> Shape {
                Shape::Tuple(const { &[$($name::shape as crate::shape::ShapeFn),+] })
            }
        }

        impl<$($name: Encode),+> Encode for ($($name,)+) {
            const BOUND: Bound = Bound::array(&[$($name::BOUND),+]);

            #[inline(always)]
            fn encode_bounded<Out: Bounded>(&self, out: &mut Out) {
                out.array($len);
                $(self.$idx.encode_bounded(out);)+
            }

            #[inline]
            fn encode<Enc: Encoder>(&self, encoder: &mut Enc) -> Result<()> {
                if const { Self::BOUND.is_known() } && encoder.bounded(self) {
                    return Ok(());
                }
                let mut seq = encoder.seq_start($len)?;
                $(
                    encoder.seq_item(&mut seq);
                    self.$idx.encode(encoder).map_err(|error| error.at(Segment::Index($idx)))?;
                )+
                encoder.seq_end(seq)
            }
        }

        impl<'de, $($name: Decode<'de>),+> Decode<'de> for ($($name,)+) {
            #[inline]
            fn decode<Dec: Decoder<'de>>(decoder: &mut Dec) -> Result<Self> {
                let mut elements = Elements::start_exact(decoder, $len)?;
                if Dec::COLLECTS {
                    let slots = ($(elements.read::<$name, Dec>(decoder)?,)+);
                    elements.end_exact(decoder, $len)?;
                    #[allow(non_snake_case)]
                    return match slots {
                        ($(Some($name),)+) => Ok(($($name,)+)),
                        _ => Err(wrong_length($len, 0)),
                    };
                }
                let tuple = ($(
                    match elements.read::<$name, Dec>(decoder)? {
                        Some(value) => value,
                        None => return Err(wrong_length($len, $idx)),
                    },
                )+);
                elements.end_exact(decoder, $len)?;
                Ok(tuple)
            }
        }
    };
}
tuple!(1: A 0);
tuple!(2: A 0 B 1);
tuple!(3: A 0 B 1 C 2);
tuple!(4: A 0 B 1 C 2 D 3);
tuple!(5: A 0 B 1 C 2 D 3 F 4);
tuple!(6: A 0 B 1 C 2 D 3 F 4 G 5);
tuple!(7: A 0 B 1 C 2 D 3 F 4 G 5 H 6);
tuple!(8: A 0 B 1 C 2 D 3 F 4 G 5 H 6 I 7);
