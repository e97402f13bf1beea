//! The entries of records: keys, and values that nobody asked for.

use std::borrow::Cow;

use super::Reader;
use crate::{Decoder, Segment, error::Result, msgpack::skip, shape::RecordShape};

impl<'de> Reader<'de> {
    /// Reads a key.
    #[inline]
    pub(super) fn read_key(&mut self) -> Result<Cow<'de, str>> {
        self.str().map_err(|error| error.at(Segment::Key))
    }

    /// The next field that is known; tags are checked on the way, unknown fields passed over or refused.
    #[inline(never)]
    pub(super) fn next_key(
        &mut self,
        left: &mut usize,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        while *left > 0 {
            let offset = self.cursor.pos();
            let key = match self.cursor.take_ascii() {
                Some(key) => Cow::Borrowed(key),
                None => self.read_key()?,
            };
            if let Some(index) = shape.lookup.find(&key) {
                return Ok(Some(index));
            }
            match &shape.tag {
                Some(tag) if key == tag.key.name => {
                    self.refuse_unless_tag(tag).map_err(|error| error.at(Segment::Field(tag.key.name)))?
                }
                _ if shape.allow_unknown && skip::scalar(&mut self.cursor) => {}
                _ if shape.allow_unknown => self.skip()?,
                _ => return Err(crate::record::unknown(&key).at_offset(offset)),
            }
            *left -= 1;
        }
        self.depth_left += 1;
        Ok(None)
    }
}
