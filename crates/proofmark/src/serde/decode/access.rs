//! Sequences and maps.

use ::serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess};

use super::{Deserializer, key::KeyToken};
use crate::{Decoder, Error, Result, Segment};

/// What an element is taken to need in memory: serde does not tell.
const ELEMENT_BYTES: usize = 32;

/// A sequence that is being read.
pub(super) struct Items<'d, 'de, D: Decoder<'de>> {
    decoder: &'d mut D,
    /// Nothing once the end was met.
    seq: Option<D::Seq>,
    count: usize,
    hint: Option<usize>,
}

impl<'d, 'de, D: Decoder<'de>> Items<'d, 'de, D> {
    pub(super) fn open(decoder: &'d mut D) -> Result<Self> {
        let seq = decoder.seq_start()?;
        let hint = D::seq_len(&seq).map(|len| decoder.set_aside(len, ELEMENT_BYTES));
        Ok(Self { decoder, seq: Some(seq), count: 0, hint })
    }

    fn has_next(&mut self) -> Result<bool> {
        let Some(seq) = &mut self.seq else { return Ok(false) };
        let has_next = self.decoder.seq_next(seq)?;
        if !has_next {
            self.seq = None;
            self.decoder.settle(self.hint.unwrap_or(0), ELEMENT_BYTES);
        }
        Ok(has_next)
    }

    /// Ends the sequence; a type that has read enough may not leave the rest.
    pub(super) fn close(mut self) -> Result<()> {
        if !self.has_next()? {
            return Ok(());
        }
        Err(Error::invalid_length(
            self.count + 1,
            &format_args!("{} elements", self.count).to_string().as_str(),
        ))
    }
}

impl<'de, D: Decoder<'de>> SeqAccess<'de> for &mut Items<'_, 'de, D> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.has_next()? {
            return Ok(None);
        }
        let index = self.count;
        self.count += 1;
        let value = seed.deserialize(Deserializer::new(self.decoder));
        value.map(Some).map_err(|error| error.at(Segment::Index(index)))
    }

    /// What the input claims, as far as it can be believed.
    fn size_hint(&self) -> Option<usize> {
        self.hint
    }
}

/// A map that is being read.
pub(super) struct Entries<'d, 'de, D: Decoder<'de>> {
    decoder: &'d mut D,
    /// Nothing once the end was met.
    map: Option<D::Map>,
    /// The fields that the type knows, for the paths of errors.
    fields: &'static [&'static str],
    segment: Segment,
    hint: Option<usize>,
}

impl<'d, 'de, D: Decoder<'de>> Entries<'d, 'de, D> {
    pub(super) fn open(decoder: &'d mut D, fields: &'static [&'static str]) -> Result<Self> {
        let map = decoder.map_start()?;
        let hint = D::map_len(&map).map(|len| decoder.set_aside(len, ELEMENT_BYTES));
        Ok(Self { decoder, map: Some(map), fields, segment: Segment::Value, hint })
    }

    fn read_key(&mut self) -> Result<Option<KeyToken<'de>>> {
        let Some(map) = &mut self.map else { return Ok(None) };
        let key: Option<KeyToken<'de>> = self.decoder.map_key(map)?;
        match &key {
            Some(key) => self.segment = segment(key, self.fields),
            None => {
                self.map = None;
                self.decoder.settle(self.hint.unwrap_or(0), ELEMENT_BYTES);
            }
        }
        Ok(key)
    }

    /// Ends the map; a type that has read enough may not leave the rest.
    pub(super) fn close(mut self) -> Result<()> {
        match self.read_key()? {
            Some(_) => Err(Error::custom("the type left entries of the map unread")),
            None => Ok(()),
        }
    }
}

/// The step that leads to the value of a key.
pub(super) fn segment(key: &KeyToken<'_>, names: &'static [&'static str]) -> Segment {
    let name = names.iter().find(|&&name| key.as_str() == Some(name));
    name.map_or(Segment::Value, |name| Segment::Field(name))
}

impl<'de, D: Decoder<'de>> MapAccess<'de> for &mut Entries<'_, 'de, D> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some(key) = self.read_key()? else { return Ok(None) };
        let key = seed.deserialize(key.deserializer::<D>());
        // An unknown field is a fault of the record, not of its key.
        key.map(Some).map_err(|error| if self.fields.is_empty() { error.at(Segment::Key) } else { error })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let value = seed.deserialize(Deserializer::new(self.decoder));
        let value = value.map_err(|error| error.at(self.segment.clone()))?;
        if let Some(map) = &mut self.map {
            self.decoder.map_next(map)?;
        }
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.hint
    }
}
