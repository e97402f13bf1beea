//! Enums: a name, or a map from a name to what the variant holds.

use ::serde::de::{self, DeserializeSeed, EnumAccess, Unexpected, VariantAccess, Visitor};

use super::{Deserializer, access::segment, key::KeyToken};
use crate::{Decode as _, Decoder, Error, Kind, Kinds, Result, Segment};

/// An enum that is being read.
pub(super) struct Variant<'d, 'de, D: Decoder<'de>> {
    decoder: &'d mut D,
    name: KeyToken<'de>,
    /// The map around the content; a variant without content is its name alone.
    map: Option<D::Map>,
    segment: Segment,
}

impl<'d, 'de, D: Decoder<'de>> Variant<'d, 'de, D> {
    pub(super) fn open(decoder: &'d mut D, names: &'static [&'static str]) -> Result<Self> {
        let (name, map) = match decoder.peek()? {
            Kind::Object => {
                let mut map = decoder.map_start()?;
                let name = decoder.map_key(&mut map)?;
                (name.ok_or_else(|| <Error as de::Error>::invalid_length(0, &"one variant"))?, Some(map))
            }
            _ => (KeyToken::decode(decoder)?, None),
        };
        let segment = segment(&name, names);
        if name.as_str().is_none() {
            return Err(name.mismatch(Kinds::of(Kind::Str).with(Kind::Object)));
        }
        Ok(Self { decoder, name, map, segment })
    }
}

impl<'d, 'de, D: Decoder<'de>> EnumAccess<'de> for Variant<'d, 'de, D> {
    type Error = Error;
    type Variant = Content<'d, 'de, D>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant)> {
        let variant = seed.deserialize(self.name.deserializer::<D>())?;
        Ok((variant, Content { decoder: self.decoder, map: self.map, segment: self.segment }))
    }
}

/// What a variant holds.
pub(super) struct Content<'d, 'de, D: Decoder<'de>> {
    decoder: &'d mut D,
    map: Option<D::Map>,
    segment: Segment,
}

impl<'d, 'de, D: Decoder<'de>> Content<'d, 'de, D> {
    /// Reads the content, and the end of the map around it.
    fn read<T>(self, form: &str, read: impl FnOnce(Deserializer<'_, D>) -> Result<T>) -> Result<T> {
        let Some(mut map) = self.map else {
            return Err(<Error as de::Error>::invalid_type(Unexpected::UnitVariant, &form));
        };
        let value = read(Deserializer::new(self.decoder)).map_err(|error| error.at(self.segment))?;
        self.decoder.map_next(&mut map)?;
        match self.decoder.map_key::<KeyToken<'_>>(&mut map)? {
            Some(_) => Err(<Error as de::Error>::invalid_length(2, &"one variant")),
            None => Ok(value),
        }
    }
}

impl<'d, 'de, D: Decoder<'de>> VariantAccess<'de> for Content<'d, 'de, D> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        match self.map {
            Some(_) => self.read("", |deserializer| de::Deserialize::deserialize(deserializer)),
            None => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        self.read("newtype variant", |deserializer| seed.deserialize(deserializer))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value> {
        use de::Deserializer as _;
        self.read("tuple variant", |deserializer| deserializer.deserialize_tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        use de::Deserializer as _;
        self.read("struct variant", |deserializer| {
            deserializer.deserialize_struct("variant", fields, visitor)
        })
    }
}
