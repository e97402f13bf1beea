//! MessagePack, value by value.

use proofmark::shape::{FieldShape, RecordShape};
use proofmark::{Limits, Shape};

use super::Row;

/// Calls `each` for every value of the input, keys too, in order.
///
/// # Errors
/// Fails when the input ends inside a value, is nested too deeply, or holds the byte that MessagePack does not use.
pub(crate) fn walk<'a>(input: &'a [u8], shape: Shape, each: &mut dyn FnMut(Row<'a>)) -> Result<(), String> {
    let mut walker = Walker { input, at: 0, each };
    walker.value(shape, 0, String::new())?;
    match walker.input.len() - walker.at {
        0 => Ok(()),
        rest => Err(format!("{rest} bytes follow the value (byte {})", walker.at)),
    }
}

struct Walker<'a, 'e> {
    input: &'a [u8],
    at: usize,
    each: &'e mut dyn FnMut(Row<'a>),
}

/// What a header announces.
enum Kind {
    Scalar(&'static str),
    Text,
    Bytes,
    Ext,
    Array(usize),
    Map(usize),
}

impl<'a> Walker<'a, '_> {
    fn value(&mut self, shape: Shape, depth: usize, name: String) -> Result<(), String> {
        if depth > Limits::DEPTH_MAX as usize * 4 {
            return Err(format!("nested too deeply (byte {})", self.at));
        }
        let offset = self.at;
        let (kind, what) = self.header()?;
        (self.each)(Row { offset, depth, bytes: &self.input[offset..self.at], what, name });
        match kind {
            Kind::Array(len) => self.items(shape, len, depth + 1),
            Kind::Map(len) => self.entries(shape, len, depth + 1),
            Kind::Scalar(_) | Kind::Text | Kind::Bytes | Kind::Ext => Ok(()),
        }
    }

    fn items(&mut self, shape: Shape, len: usize, depth: usize) -> Result<(), String> {
        let record = record_of(shape);
        let tag_len = usize::from(record.is_some_and(|record| record.tag.is_some()));
        for idx in 0..len {
            let field = idx.checked_sub(tag_len).and_then(|idx| record?.fields.get(idx));
            let name = field.map_or_else(|| format!("[{idx}]"), |field| field.key.name.to_owned());
            self.value(field.map_or_else(|| item_of(shape, idx), field_shape), depth, name)?;
        }
        Ok(())
    }

    fn entries(&mut self, shape: Shape, len: usize, depth: usize) -> Result<(), String> {
        for _ in 0..len {
            let start = self.at;
            self.value(Shape::Any, depth, "key".to_owned())?;
            let key = self.key_text(start);
            let field =
                record_of(shape).and_then(|record| record.fields.iter().find(|field| field.key.name == key));
            self.value(field.map_or_else(|| item_of(shape, 0), field_shape), depth, key)?;
        }
        Ok(())
    }

    /// The text of the key that started at `start` and ended here.
    fn key_text(&self, start: usize) -> String {
        let key = proofmark::msgpack::from_slice::<String>(&self.input[start..self.at]);
        key.unwrap_or_else(|_| "value".to_owned())
    }

    /// Consumes a header and the content of a scalar.
    fn header(&mut self) -> Result<(Kind, String), String> {
        let start = self.at;
        let byte = self.take(1)?[0];
        let kind = match byte {
            0x00..=0x7f | 0xe0..=0xff => Kind::Scalar("int"),
            0x80..=0x8f => Kind::Map(usize::from(byte & 0x0f)),
            0x90..=0x9f => Kind::Array(usize::from(byte & 0x0f)),
            0xa0..=0xbf => self.content(Kind::Text, usize::from(byte & 0x1f))?,
            0xc0 => Kind::Scalar("nil"),
            0xc1 => return Err(format!("0xc1 is no MessagePack (byte {start})")),
            0xc2 | 0xc3 => Kind::Scalar("bool"),
            0xc4..=0xc6 => self.sized(Kind::Bytes, byte - 0xc4)?,
            0xc7..=0xc9 => self.sized_ext(byte - 0xc7)?,
            0xca => self.content(Kind::Scalar("float"), 4)?,
            0xcb => self.content(Kind::Scalar("float"), 8)?,
            0xcc..=0xcf => self.content(Kind::Scalar("int"), 1 << (byte - 0xcc))?,
            0xd0..=0xd3 => self.content(Kind::Scalar("int"), 1 << (byte - 0xd0))?,
            0xd4..=0xd8 => self.content(Kind::Ext, 1 + (1 << (byte - 0xd4)))?,
            0xd9..=0xdb => self.sized(Kind::Text, byte - 0xd9)?,
            0xdc | 0xdd => Kind::Array(self.len(byte - 0xdc + 1)?),
            0xde | 0xdf => Kind::Map(self.len(byte - 0xde + 1)?),
        };
        let what = self.describe(&kind, start);
        Ok((kind, what))
    }

    fn describe(&self, kind: &Kind, start: usize) -> String {
        let bytes = &self.input[start..self.at];
        let decoded = || proofmark::msgpack::from_slice::<proofmark::Value>(bytes);
        let shown =
            || decoded().ok().and_then(|value| crate::render::gron::json(&value).ok()).unwrap_or_default();
        match kind {
            Kind::Array(len) => format!("array of {len}"),
            Kind::Map(len) => format!("map of {len}"),
            Kind::Text => format!("str {}", shown()),
            Kind::Bytes => format!("bin of {}", bytes.len()),
            Kind::Ext => format!("ext of {}", bytes.len()),
            Kind::Scalar(name) => format!("{name} {}", shown()),
        }
    }

    fn content(&mut self, kind: Kind, len: usize) -> Result<Kind, String> {
        self.take(len).map(|_| kind)
    }

    /// A length of 1, 2 or 4 bytes, and the content.
    fn sized(&mut self, kind: Kind, width_log2: u8) -> Result<Kind, String> {
        let len = self.len(width_log2)?;
        self.content(kind, len)
    }

    /// As `sized`, with the code between the length and the content.
    fn sized_ext(&mut self, width_log2: u8) -> Result<Kind, String> {
        let len = self.len(width_log2)?;
        self.content(Kind::Ext, len.saturating_add(1))
    }

    fn len(&mut self, width_log2: u8) -> Result<usize, String> {
        let bytes = self.take(1 << width_log2)?;
        Ok(bytes.iter().fold(0, |len, byte| len << 8 | usize::from(*byte)))
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.input.len());
        let end = end.ok_or_else(|| format!("the input ends inside a value (byte {})", self.input.len()))?;
        let taken = &self.input[self.at..end];
        self.at = end;
        Ok(taken)
    }
}

fn field_shape(field: &FieldShape) -> Shape {
    (field.shape)()
}

fn record_of(shape: Shape) -> Option<&'static RecordShape> {
    match shape {
        Shape::Record(record) => Some(record),
        Shape::Optional(inner) | Shape::Maybe(inner) => record_of(inner()),
        Shape::Newtype(newtype) => record_of((newtype.inner)()),
        _ => None,
    }
}

fn item_of(shape: Shape, idx: usize) -> Shape {
    match shape {
        Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => item(),
        Shape::Map { value, .. } => value(),
        Shape::Tuple(items) => items.get(idx).map_or(Shape::Any, |item| item()),
        Shape::Optional(inner) | Shape::Maybe(inner) => item_of(inner(), idx),
        Shape::Newtype(newtype) => item_of((newtype.inner)(), idx),
        _ => Shape::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], expected: Result<&[&str], &str>) {
        let mut rows = Vec::new();
        let ended = walk(input, Shape::Any, &mut |row| {
            rows.push(format!("{} {} {}", row.offset, row.name, row.what))
        });
        match expected {
            Ok(expected) => assert_eq!(rows, expected),
            Err(expected) => assert_eq!(ended.unwrap_err(), expected),
        }
    }

    #[test]
    fn every_value_has_a_row() {
        check(
            b"\x82\xa1a\x92\x01\xc0\xa1b\xc4\x02\x00\x01",
            Ok(&[
                "0  map of 2",
                "1 key str \"a\"",
                "3 a array of 2",
                "4 [0] int 1",
                "5 [1] nil null",
                "6 key str \"b\"",
                "8 b bin of 4",
            ]),
        );
    }

    #[test]
    fn bad_input_is_an_error_that_tells_the_byte() {
        check(b"", Err("the input ends inside a value (byte 0)"));
        check(b"\xdd\xff\xff\xff\xff", Err("the input ends inside a value (byte 5)"));
        check(b"\xc6\xff\xff\xff\xff", Err("the input ends inside a value (byte 5)"));
        check(b"\xc9\xff\xff\xff\xff", Err("the input ends inside a value (byte 5)"));
        check(b"\xc1", Err("0xc1 is no MessagePack (byte 0)"));
        check(b"\x01\x02", Err("1 bytes follow the value (byte 1)"));
        check(&[0x91; 100_000], Err("nested too deeply (byte 513)"));
    }
}
