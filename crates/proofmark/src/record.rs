//! What derived code and the readers share: positional records, and the errors of records.

use crate::{
    Decode, Decoder, Encode, Encoder, Key, Segment, Tag,
    decode::checked_value,
    error::{Detail, Error, ErrorKind, Result},
    key::{TagRef, TagValue},
    shape::RecordShape,
};

/// ``Object missing required field `f` ``.
#[cold]
#[inline(never)]
pub fn missing(name: &'static str) -> Error {
    Error::new(Detail::MissingField(name))
}

/// `Invalid value 'x'`, for a tag.
#[cold]
pub(crate) fn invalid_tag(found: TagRef<'_>) -> Error {
    Error::new(Detail::InvalidTag(match found {
        TagRef::Str(text) => quote(text),
        TagRef::Int(value) => value.to_string(),
    }))
}

/// `Invalid enum value 'x'`.
#[cold]
pub fn invalid_enum(found: TagRef<'_>) -> Error {
    Error::new(Detail::InvalidEnum(match found {
        TagRef::Str(text) => quote(text),
        TagRef::Int(value) => value.to_string(),
    }))
}

/// ``Object contains unknown field `f` ``.
#[cold]
pub(crate) fn unknown(name: &str) -> Error {
    let mut shown = String::new();
    for c in name.chars().take(CHARS_MAX) {
        if c.is_control() { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    if name.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    Error::new(Detail::UnknownField(shown))
}

/// What a message shows of a text at most: it stays a line, however long a hostile text is.
const CHARS_MAX: usize = 200;

/// Text in quotes, as Python's `repr` writes it; cut.
pub(crate) fn quote(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for c in text.chars().take(CHARS_MAX) {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c == quote => quoted.extend(['\\', c]),
            c if c.is_control() && (c as u32) < 0x100 => quoted.push_str(&format!("\\x{:02x}", c as u32)),
            c => quoted.push(c),
        }
    }
    if text.chars().nth(CHARS_MAX).is_some() {
        quoted.push('…');
    }
    quoted.push(quote);
    quoted
}

/// A sequence of fewer elements than it needs.
#[cold]
pub(crate) fn too_short(min: usize, len: usize) -> Error {
    Error::new(Detail::Length(format!("at least length {min}, got {len}")))
}

#[cold]
fn too_long(max: usize, len: usize) -> Error {
    Error::new(Detail::Length(format!("at most length {max}, got {len}")))
}

/// ``Expected `array` of length 2, got 3``.
#[cold]
pub fn wrong_length(wanted: usize, len: usize) -> Error {
    Error::new(Detail::Length(format!("length {wanted}, got {len}")))
}

/// A positional record, or a tuple, that is being read element by element.
#[derive(Debug)]
pub struct Elements<S> {
    seq: Option<S>,
    index: usize,
}

impl<S> Elements<S> {
    /// Enters the sequence.
    ///
    /// # Errors
    /// Fails on any other value.
    #[inline]
    pub fn start<'de, D: Decoder<'de, Seq = S>>(decoder: &mut D) -> Result<Self> {
        Ok(Self { seq: Some(decoder.seq_start()?), index: 0 })
    }

    /// As [`Elements::start`], where a length told beforehand must be `len`.
    ///
    /// # Errors
    /// Fails on any other value and on another length.
    #[inline]
    pub fn start_exact<'de, D: Decoder<'de, Seq = S>>(decoder: &mut D, len: usize) -> Result<Self> {
        let seq = decoder.seq_start()?;
        match D::seq_len(&seq) {
            Some(told) if told != len => Err(wrong_length(len, told)),
            _ => Ok(Self { seq: Some(seq), index: 0 }),
        }
    }

    /// As [`Elements::start`] for a positional record: a length told beforehand must suffice, and the tag must be right.
    ///
    /// # Errors
    /// Fails on any other value, another length and another tag.
    #[inline]
    pub fn start_record<'de, D: Decoder<'de, Seq = S>>(
        decoder: &mut D,
        shape: &'static RecordShape,
    ) -> Result<Self> {
        let seq = decoder.seq_start()?;
        if let Some(len) = D::seq_len(&seq)
            && len < required(shape)
        {
            return Err(too_short(required(shape), len));
        }
        let mut elements = Self { seq: Some(seq), index: 0 };
        if shape.tag.is_some() {
            elements.tag(decoder, shape)?;
        }
        Ok(elements)
    }

    fn tag<'de, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
        shape: &'static RecordShape,
    ) -> Result<()> {
        let Some(tag) = &shape.tag else { return Ok(()) };
        if !self.has_next(decoder)? {
            return Err(too_short(required(shape), 0));
        }
        let result = match tag.value {
            TagValue::Str(_) => decoder.str().and_then(|found| same_tag(TagRef::Str(&found), tag)),
            TagValue::Int(_) => decoder.int::<i128>().and_then(|found| same_tag(TagRef::Int(found), tag)),
        };
        self.index = 1;
        result.map_err(|error| error.at(Segment::Index(0)))
    }

    /// How many elements were met.
    #[inline(always)]
    pub(crate) const fn count(&self) -> usize {
        self.index
    }

    #[inline(always)]
    pub(crate) fn has_next<'de, D: Decoder<'de, Seq = S>>(&mut self, decoder: &mut D) -> Result<bool> {
        let Some(seq) = &mut self.seq else { return Ok(false) };
        let has_next = decoder.seq_next(seq)?;
        if !has_next {
            self.seq = None;
        }
        Ok(has_next)
    }

    /// The next element, or `None` at the end of the sequence.
    ///
    /// # Errors
    /// Fails when the element is not a `T`.
    #[inline(always)]
    pub fn read<'de, T: Decode<'de>, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
    ) -> Result<Option<T>> {
        if self.has_next(decoder)? { self.element(decoder) } else { Ok(None) }
    }

    /// The element that was found to be next, or `None` where it is at fault and the decoder keeps faults.
    #[inline(always)]
    pub(crate) fn element<'de, T: Decode<'de>, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
    ) -> Result<Option<T>> {
        let index = self.index;
        self.index += 1;
        match T::decode(decoder) {
            Ok(value) => Ok(Some(value)),
            Err(error) if D::COLLECTS => self.fault(decoder, error, index),
            Err(error) => Err(error.at(Segment::Index(index))),
        }
    }

    /// Hands the fault of an element to a decoder that collects them.
    #[cold]
    fn fault<'de, T, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
        error: Error,
        index: usize,
    ) -> Result<Option<T>> {
        match &mut self.seq {
            Some(seq) => decoder.seq_fault(seq, error, index).map(|()| None),
            None => Err(error.at(Segment::Index(index))),
        }
    }

    /// As [`Elements::read`], where `read` reads the element.
    ///
    /// # Errors
    /// Fails when `read` does.
    #[inline(always)]
    pub fn read_with<'de, T, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
        read: impl FnOnce(&mut D) -> Result<T>,
    ) -> Result<Option<T>> {
        if !self.has_next(decoder)? {
            return Ok(None);
        }
        let index = self.index;
        self.index += 1;
        match read(decoder) {
            Ok(value) => Ok(Some(value)),
            Err(error) if D::COLLECTS => self.fault(decoder, error, index),
            Err(error) => Err(error.at(Segment::Index(index))),
        }
    }

    /// As [`Elements::read`], with constraints and checks.
    ///
    /// # Errors
    /// Fails when the element is not a `T`, or the check does.
    #[inline(always)]
    pub fn read_checked<'de, T: Decode<'de>, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
        check: impl FnOnce(&T) -> Result<()>,
    ) -> Result<Option<T>> {
        self.read_with(decoder, |decoder| checked_value(decoder, check))
    }

    /// Ends a sequence of exactly `len` elements.
    ///
    /// # Errors
    /// Fails when it had more or fewer.
    #[inline]
    pub fn end_exact<'de, D: Decoder<'de, Seq = S>>(mut self, decoder: &mut D, len: usize) -> Result<()> {
        if self.index == len && !self.has_next(decoder)? {
            return Ok(());
        }
        let found = self.index + self.count_rest(decoder, self.index == len)?;
        Err(wrong_length(len, found))
    }

    /// Ends a positional record.
    ///
    /// # Errors
    /// Fails when it had too few elements, or more than `shape` allows.
    #[inline]
    pub fn end_record<'de, D: Decoder<'de, Seq = S>>(
        mut self,
        decoder: &mut D,
        shape: &'static RecordShape,
    ) -> Result<()> {
        let more = self.has_next(decoder)?;
        if !more && self.index >= required(shape) {
            return Ok(());
        }
        let len = self.index + self.count_rest(decoder, more)?;
        check_len(len, shape)
    }

    #[cold]
    fn count_rest<'de, D: Decoder<'de, Seq = S>>(
        &mut self,
        decoder: &mut D,
        mut more: bool,
    ) -> Result<usize> {
        let mut count = 0;
        while more {
            decoder.skip()?;
            count += 1;
            more = self.has_next(decoder)?;
        }
        Ok(count)
    }
}

#[inline]
fn same_tag(found: TagRef<'_>, tag: &Tag) -> Result<()> {
    if tag.is(found) { Ok(()) } else { Err(invalid_tag(found)) }
}

/// How many elements a positional record must have, its tag counted.
const fn required(shape: &RecordShape) -> usize {
    shape.positional_required() + shape.tag.is_some() as usize
}

/// Whether a positional record may have `len` elements. Messages do not count the tag in the upper bound.
fn check_len(len: usize, shape: &RecordShape) -> Result<()> {
    let tag = usize::from(shape.tag.is_some());
    if len < required(shape) {
        return Err(too_short(required(shape), len));
    }
    if !shape.allow_unknown && len > shape.fields.len() + tag {
        return Err(too_long(shape.fields.len(), len - tag));
    }
    Ok(())
}

/// Writes the tag of a positional record.
///
/// # Errors
/// Fails when the encoder does.
pub fn encode_tag<E: Encoder>(value: TagValue, encoder: &mut E) -> Result<()> {
    match value {
        TagValue::Str(text) => encoder.str(text),
        TagValue::Int(value) => encoder.i64(value),
    }
}

/// Writes one field of a positional record.
///
/// # Errors
/// Fails when the value is absent, which positions cannot say.
#[inline(always)]
pub fn encode_element<T: Encode + ?Sized, E: Encoder>(
    value: &T,
    seq: &mut E::Seq,
    key: &'static Key,
    encoder: &mut E,
) -> Result<()> {
    if value.is_absent() {
        return Err(absent_element().at(Segment::Field(key.name)));
    }
    encoder.seq_item(seq);
    value.encode(encoder).map_err(|error| error.at(Segment::Field(key.name)))
}

#[cold]
fn absent_element() -> Error {
    Error::unsupported("An unset value cannot stand in a positional record")
}

/// Reads a plain enum of strings.
///
/// # Errors
/// Fails when the text is none of the variants.
#[inline]
pub fn decode_str_enum<'de, T, D: Decoder<'de>>(
    decoder: &mut D,
    variant: impl FnOnce(&str) -> Option<T>,
) -> Result<T> {
    let text = decoder.str()?;
    variant(&text).ok_or_else(|| invalid_enum(TagRef::Str(&text)))
}

/// Reads a plain enum of integers.
///
/// # Errors
/// Fails when the number is none of the variants.
#[inline]
pub fn decode_int_enum<'de, T, D: Decoder<'de>>(
    decoder: &mut D,
    variant: impl FnOnce(i64) -> Option<T>,
) -> Result<T> {
    let value = crate::lenient::enum_int(decoder)?;
    i64::try_from(value).ok().and_then(variant).ok_or_else(|| invalid_enum(TagRef::Int(value)))
}

/// Reads a plain enum that keeps the values it does not know.
///
/// # Errors
/// Fails when the value is neither a variant nor a `V`.
#[inline]
pub fn decode_open_enum<'de, V: Decode<'de>, T, D: Decoder<'de>>(
    decoder: &mut D,
    known: impl FnOnce(&mut D) -> Result<T>,
    keep: impl FnOnce(V) -> T,
) -> Result<T> {
    let mark = decoder.mark();
    match known(decoder) {
        Err(error) if error.kind() == ErrorKind::InvalidValue => {
            decoder.reset(mark);
            V::decode(decoder).map(keep)
        }
        read => read,
    }
}

/// Reads a record that the union does not know, of which nothing is kept.
///
/// # Errors
/// Fails when the value is malformed.
#[inline]
pub fn decode_fallback<'de, D: Decoder<'de>>(decoder: &mut D) -> Result<()> {
    decoder.skip()
}

/// What a check of the user's own returned.
#[derive(Debug)]
pub struct Checked<E>(pub std::result::Result<(), E>);

impl Checked<Error> {
    /// An error of ours stays as it is, with the path that the check gave it.
    ///
    /// # Errors
    /// Fails when the check did.
    #[inline]
    pub fn outcome(self) -> Result<()> {
        self.0
    }
}

/// Anything else becomes a message. Of two methods of one name, that of the type itself comes first.
pub trait CheckedText {
    /// The outcome, with the text of its error.
    ///
    /// # Errors
    /// Fails when the check did.
    fn outcome(self) -> Result<()>;
}

impl<E: std::fmt::Display> CheckedText for Checked<E> {
    #[inline]
    fn outcome(self) -> Result<()> {
        self.0.map_err(Error::custom)
    }
}

/// The tag of a record that has one.
pub const fn tag_of(shape: &'static RecordShape) -> &'static Tag {
    match &shape.tag {
        Some(tag) => tag,
        None => panic!("the derive asks for a tag only where it wrote one"),
    }
}

/// A default as JSON text.
///
/// # Errors
/// Fails when JSON cannot express it.
pub fn default_text<T: Encode>(default: &T) -> Result<String> {
    crate::json::to_string(default)
}

/// The text of a field whose default is text.
pub fn as_text<T: AsRef<str> + ?Sized>(value: &T) -> &str {
    value.as_ref()
}

/// An index beyond the members of a union, which the table of members rules out.
#[cold]
pub fn no_such_member() -> Error {
    Error::custom("no such member")
}
