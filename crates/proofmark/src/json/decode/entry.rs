//! The entries of objects: keys, colons, commas.

use std::borrow::Cow;

use super::Reader;
use crate::{
    Segment,
    error::Result,
    json::{
        scan,
        skip::quick::{self, Stop},
        string,
    },
    shape::RecordShape,
};

impl<'de> Reader<'de> {
    /// After a value in an object: to the next key's quote, or to the closing brace.
    #[inline(always)]
    pub(super) fn advance(&mut self) -> Result<()> {
        match self.cursor.rest() {
            [b',', b'"', ..] => {
                self.cursor.bump();
                Ok(())
            }
            [b'}', ..] => Ok(()),
            _ => self.advance_over_blanks(),
        }
    }

    /// As [`Reader::advance`], where entries stand on lines of their own.
    #[inline(never)]
    fn advance_over_blanks(&mut self) -> Result<()> {
        let (after, wanted) = match self.cursor.rest() {
            [b',', after @ ..] => (after, b'"'),
            rest => (rest, b'}'),
        };
        match scan::after_indent(after) {
            rest @ [first, ..] if *first == wanted => {
                self.cursor.set_rest(rest);
                Ok(())
            }
            _ => self.advance_slow(),
        }
    }

    #[inline(never)]
    fn advance_slow(&mut self) -> Result<()> {
        match self.cursor.skip_space() {
            b',' => {
                self.cursor.bump();
                match self.cursor.skip_space() {
                    b'"' => Ok(()),
                    b'}' => Err(self.cursor.malformed("trailing comma in object")),
                    _ => Err(self.cursor.malformed("object keys must be strings")),
                }
            }
            b'}' => Ok(()),
            _ => Err(self.cursor.malformed("expected ',' or '}'")),
        }
    }

    /// Reads the key at the present quote, its colon, and the blank that people put there.
    #[inline(always)]
    pub(super) fn read_key(&mut self) -> Result<Cow<'de, str>> {
        if let Some((key, [b':', rest @ ..])) = scan::simple(self.cursor.rest()) {
            self.cursor.set_rest(rest);
            self.cursor.pass_blank();
            return Ok(Cow::Borrowed(key));
        }
        self.read_key_slow()
    }

    #[inline(never)]
    fn read_key_slow(&mut self) -> Result<Cow<'de, str>> {
        if self.cursor.peek() != b'"' {
            return Err(self.cursor.malformed("object keys must be strings"));
        }
        self.cursor.bump();
        let key = string::read(&mut self.cursor)?;
        if self.cursor.skip_space() != b':' {
            return Err(self.cursor.malformed("expected ':'"));
        }
        self.cursor.bump();
        Ok(key)
    }

    /// The next field that is known; tags are checked on the way, unknown fields passed over or refused.
    #[inline(never)]
    pub(super) fn next_key(
        &mut self,
        count: &mut usize,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        if shape.allow_unknown && shape.tag.is_none() && self.limits.has_room(*count, self.cursor.rest()) {
            let (rest, stop) = quick::after_unknown(self.cursor.rest(), self.depth_left, shape.lookup);
            self.cursor.set_rest(rest);
            match stop {
                Stop::Field(index) => return Ok(Some(index)),
                Stop::End => {
                    self.leave();
                    return Ok(None);
                }
                Stop::Odd => {}
            }
        }
        loop {
            let is_end = self.cursor.peek() == b'}';
            *count += usize::from(!is_end);
            // Fields that came as predicted are counted first and held against the limit here, to keep them cheap.
            if *count > self.limits.collection_len_max {
                return Err(self.limits.too_long().at_offset(self.cursor.pos()));
            }
            if is_end {
                self.leave();
                return Ok(None);
            }
            if !self.pass_own_tag(shape) {
                let offset = self.cursor.pos();
                let key = self.read_key()?;
                if let Some(index) = shape.lookup.find(&key) {
                    return Ok(Some(index));
                }
                self.pass_unknown(&key, offset, shape)?;
            }
            self.advance()?;
        }
    }

    /// The value of a key that names no field: a tag, which must be right, or what may be there and is not wanted.
    #[inline(always)]
    fn pass_unknown(&mut self, key: &str, offset: usize, shape: &'static RecordShape) -> Result<()> {
        match &shape.tag {
            Some(tag) if key == tag.key.name => {
                self.refuse_unless_tag(tag).map_err(|error| error.at(Segment::Field(tag.key.name)))
            }
            _ if shape.allow_unknown => self.skip_value(),
            _ => Err(crate::record::unknown(key).at_offset(offset)),
        }
    }
}
