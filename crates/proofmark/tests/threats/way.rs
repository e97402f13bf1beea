//! The ways by which a value is read. All of them must come to the same verdict.

use std::{collections::BTreeMap, io};

use proofmark::{
    Decode, ErrorKind, Ext, Format, Lazy, Limits, Raw, Record, Result, Value,
    decode::DecodeOwned,
    json::{self, Indent},
    msgpack,
    serde::AsSerde,
};

/// Both formats.
pub(crate) const FORMATS: [Format; 2] = [Format::Json, Format::MsgPack];

/// One way: what stands around the value, and who reads it.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) name: &'static str,
    around: Around,
    read: fn(Format, &[u8], Limits) -> Result<()>,
}

/// Bytes before and after the value, and how many levels deep they put it.
#[derive(Clone, Copy)]
struct Around {
    levels: u32,
    json: [&'static [u8]; 2],
    msgpack: [&'static [u8]; 2],
}

const NOTHING: Around = Around { levels: 0, json: [b"", b""], msgpack: [b"", b""] };
const FIELD: Around = Around { levels: 1, json: [br#"{"x":"#, b"}"], msgpack: [b"\x81\xa1x", b""] };
const ITEM: Around = Around { levels: 1, json: [b"[", b"]"], msgpack: [b"\x91", b""] };
const BEFORE_TAG: Around =
    Around { levels: 1, json: [br#"{"x":"#, br#","type":"A"}"#], msgpack: [b"\x82\xa1x", b"\xa4type\xa1A"] };

/// All ways; the first is the one that the others are held against.
pub(crate) const WAYS: [Way; 16] = [
    Way { name: "value", around: NOTHING, read: read::<Value> },
    Way { name: "reader", around: NOTHING, read: read_byte_by_byte },
    Way { name: "checked bytes", around: NOTHING, read: check_bytes },
    Way { name: "raw", around: NOTHING, read: read_raw },
    Way { name: "lazy", around: NOTHING, read: read_lazily },
    Way { name: "one of many", around: NOTHING, read: read_first },
    Way { name: "typed", around: NOTHING, read: read::<Any> },
    Way { name: "serde", around: NOTHING, read: read::<AsSerde<serde::de::IgnoredAny>> },
    Way { name: "layout", around: NOTHING, read: lay_out },
    Way { name: "field", around: FIELD, read: read::<Field> },
    Way { name: "raw field", around: FIELD, read: read_raw_field },
    Way { name: "unknown field", around: FIELD, read: read::<Other> },
    Way { name: "entry", around: FIELD, read: read::<BTreeMap<String, Value>> },
    Way { name: "item", around: ITEM, read: read::<Vec<Value>> },
    Way { name: "surplus item", around: ITEM, read: read::<NoItems> },
    Way { name: "before the tag", around: BEFORE_TAG, read: read::<Tagged> },
];

/// What a way makes of a value, or of less or more than one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    Accepted,
    Refused(ErrorKind),
}

impl Way {
    /// Whether `value` is all of the input, so that what follows it is noticed.
    pub(crate) fn is_whole(&self) -> bool {
        self.around.levels == 0 && self.name != "one of many"
    }

    /// Reads `value` within the default limits.
    pub(crate) fn verdict(&self, format: Format, value: &[u8]) -> Verdict {
        self.verdict_within(format, value, Limits::DEFAULT)
    }

    /// Reads `value`, which alone has to keep to the limits on depth and length.
    pub(crate) fn verdict_within(&self, format: Format, value: &[u8], limits: Limits) -> Verdict {
        self.judge(format, &self.document(format, value), limits)
    }

    /// Reads `value` as the last of the input, which may have been cut.
    pub(crate) fn verdict_of_cut(&self, format: Format, value: &[u8]) -> Verdict {
        self.judge(format, &[self.around(format)[0], value].concat(), Limits::DEFAULT)
    }

    /// `value` and what stands around it.
    pub(crate) fn document(&self, format: Format, value: &[u8]) -> Vec<u8> {
        let [before, after] = self.around(format);
        [before, value, after].concat()
    }

    /// How many levels deep what stands around the value puts it.
    pub(crate) fn levels(&self) -> u32 {
        self.around.levels
    }

    /// How many bytes stand around the value.
    pub(crate) fn len_around(&self, format: Format) -> usize {
        self.around(format).concat().len()
    }

    fn around(&self, format: Format) -> [&'static [u8]; 2] {
        match format {
            Format::Json => self.around.json,
            Format::MsgPack => self.around.msgpack,
        }
    }

    /// Reads a document where it stands.
    pub(crate) fn judge(&self, format: Format, input: &[u8], mut limits: Limits) -> Verdict {
        limits.depth_max += self.levels();
        match (self.read)(format, input, limits) {
            Ok(()) => Verdict::Accepted,
            Err(error) => Verdict::Refused(error.kind()),
        }
    }
}

/// Decodes with limits.
pub(crate) fn decode<'de, T: Decode<'de>>(format: Format, input: &'de [u8], limits: Limits) -> Result<T> {
    match format {
        Format::Json => json::Decoder::new().limits(limits).from_slice(input),
        Format::MsgPack => msgpack::Decoder::new().limits(limits).from_slice(input),
    }
}

fn read<T: DecodeOwned>(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    decode::<T>(format, input, limits).map(drop)
}

fn read_raw(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    let raw: Raw<'_> = decode(format, input, limits)?;
    let blanks = |byte: &u8| format == Format::Json && byte.is_ascii_whitespace();
    let start = input.iter().position(|byte| !blanks(byte)).unwrap_or(0);
    let end = input.iter().rposition(|byte| !blanks(byte)).map_or(0, |last| last + 1);
    assert_eq!(raw.as_bytes(), &input[start..end], "as it came");
    Ok(())
}

fn read_raw_field(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    decode::<RawField<'_>>(format, input, limits).map(drop)
}

fn check_bytes(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    Raw::with_limits(format, input, limits).map(drop)
}

fn read_lazily(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    decode::<Lazy<Value>>(format, input, limits)?.get().map(drop)
}

/// Lines of JSON, messages of MessagePack.
fn read_first(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    let first: Option<Result<Value>> = match format {
        Format::Json => json::Decoder::new().limits(limits).from_lines(input).next(),
        Format::MsgPack => msgpack::Decoder::new().limits(limits).from_stream(input).next(),
    };
    match first {
        Some(first) => first.map(drop),
        // No value at all is none too few here.
        None => read::<Value>(format, input, limits),
    }
}

fn read_byte_by_byte(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    let value: Value = match format {
        Format::Json => json::Decoder::new().limits(limits).from_reader(ByteByByte(input))?,
        Format::MsgPack => msgpack::Decoder::new().limits(limits).from_reader(ByteByByte(input))?,
    };
    drop(value);
    Ok(())
}

/// JSON laid out anew; MessagePack has no layout.
fn lay_out(format: Format, input: &[u8], limits: Limits) -> Result<()> {
    match format {
        Format::Json => json::format_with_limits(input, Indent::Spaces(1), limits).map(drop),
        Format::MsgPack => read::<Value>(format, input, limits),
    }
}

struct ByteByByte<'a>(&'a [u8]);

impl io::Read for ByteByByte<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let len = buf.len().min(1);
        io::Read::read(&mut self.0, &mut buf[..len])
    }
}

#[derive(Record)]
struct Field {
    #[allow(dead_code)]
    x: Value,
}

#[derive(Record)]
struct RawField<'a> {
    #[allow(dead_code)]
    x: Raw<'a>,
}

#[derive(Record)]
#[record(allow_unknown)]
struct Other {}

#[derive(Record)]
#[record(positional, allow_unknown)]
struct NoItems {}

#[derive(Record)]
#[allow(dead_code)]
enum Tagged {
    A { x: Value },
    B {},
}

/// Any value whose keys are text.
#[derive(Record)]
#[allow(dead_code)]
enum Any {
    Null(()),
    Bool(bool),
    Int(i128),
    Float(f64),
    Str(String),
    Array(Vec<Any>),
    Map(BTreeMap<String, Any>),
    Ext(Ext),
}
