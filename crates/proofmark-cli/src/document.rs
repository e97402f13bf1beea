//! A stored record, or a file that holds one: read, recognised, and seen through its type.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use proofmark::json::{self, Indent, format_with_limits};
use proofmark::{Describe as _, Format, Limits, Order, Shape, Value, msgpack};
use proofmark_artifacts::{
    ARTIFACT_BYTES_MAX, Bundle, BundleEntry, Codec, DEPTH_MAX, Digest, Envelope, RecordType, record_type,
};

use crate::failure::{Failure, Result};
use crate::reference::Opened;
use crate::render::text::escape;
use crate::suggest;

/// Bounds on what is read and written: those of stored records.
const LIMITS: Limits = Limits::depth(DEPTH_MAX);

/// A record and where it came from.
pub(crate) struct Document {
    /// What messages call it.
    pub(crate) name: String,
    /// Its type, where that is known.
    pub(crate) row: Option<&'static RecordType>,
    /// The type it says it has, where this program does not know it.
    pub(crate) unknown_type: Option<String>,
    pub(crate) codec: Codec,
    pub(crate) bytes: Vec<u8>,
    /// What the bundle's index says about it.
    pub(crate) entry: Option<BundleEntry>,
}

impl Document {
    /// An artifact of a run, verified; its index where none is named.
    pub(crate) fn of_run(run: &Opened, artifact: Option<&str>) -> Result<Self> {
        let read = match artifact {
            None | Some("bundle") => Self::of_index(run),
            Some(artifact) => Self::of_bundle(run, artifact),
        };
        let document = read.map_err(|failure| failure.told_of(run))?;
        Ok(Self { name: run.told(&document.name), ..document })
    }

    /// An artifact of a bundle, verified.
    pub(crate) fn of_bundle(bundle: &Bundle, artifact: &str) -> Result<Self> {
        let stored = bundle.read(artifact)?;
        let tag = format!("{}.v{}", stored.entry.kind, stored.entry.version);
        let row = record_type(&tag);
        Ok(Self {
            name: bundle.path().join(&stored.entry.file).to_string_lossy().into_owned(),
            row,
            unknown_type: row.is_none().then_some(tag),
            codec: stored.entry.codec,
            bytes: stored.bytes,
            entry: Some(stored.entry),
        })
    }

    /// The index of a bundle.
    pub(crate) fn of_index(bundle: &Bundle) -> Result<Self> {
        let name = bundle.path().join("bundle.json").to_string_lossy().into_owned();
        let bytes = Codec::Json.encode(bundle.index()).map_err(|error| undecodable(&name, &error))?;
        Ok(Self {
            name,
            row: record_type("bundle"),
            unknown_type: None,
            codec: Codec::Json,
            bytes,
            entry: None,
        })
    }

    /// A file, or standard input where the path is `-`. An envelope is verified and opened.
    pub(crate) fn of_file(
        path: &Path,
        codec: Option<Codec>,
        row: Option<&'static RecordType>,
    ) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        let codec = codec.or_else(|| Codec::of_file(&name)).ok_or_else(|| unknown_format(&name))?;
        let document = Self { bytes: read(path)?, name, row, unknown_type: None, codec, entry: None };
        if row.is_some() { Ok(document) } else { document.recognised() }
    }

    /// The bytes of a file, whatever they are, with the type that its tag tells if it can be read so far.
    pub(crate) fn of_bytes(
        path: &Path,
        codec: Option<Codec>,
        row: Option<&'static RecordType>,
    ) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        let codec = codec.or_else(|| Codec::of_file(&name)).ok_or_else(|| unknown_format(&name))?;
        let document = Self { bytes: read(path)?, name, row, unknown_type: None, codec, entry: None };
        let row = row.or_else(|| record_type(&document.tag().ok()??));
        Ok(Self { row, ..document })
    }

    /// Finds the type by the tag that the record carries.
    fn recognised(mut self) -> Result<Self> {
        let Some(tag) = self.tag()? else { return Ok(self) };
        if tag == "envelope.v1" {
            return self.opened();
        }
        self.row = record_type(&tag).filter(|row| row.tag() == tag);
        let is_like_ours = tag.rsplit_once(".v").is_some_and(|(name, _)| record_type(name).is_some());
        self.unknown_type = (self.row.is_none() && is_like_ours).then_some(tag);
        Ok(self)
    }

    /// The value of the entry `type` of the outermost map.
    fn tag(&self) -> Result<Option<String>> {
        let Value::Map(entries) = self.untyped()? else { return Ok(None) };
        Ok(entries.into_iter().rev().find_map(|entry| match entry {
            (Value::Str(key), Value::Str(tag)) if key == "type" => Some(tag),
            _ => None,
        }))
    }

    /// What is in the envelope.
    fn opened(self) -> Result<Self> {
        let envelope =
            Envelope::open(&self.bytes, self.codec).map_err(|error| damaged(&self.name, &error))?;
        let tag = format!("{}.v{}", envelope.kind, envelope.version);
        let row = record_type(&tag);
        Ok(Self {
            row,
            unknown_type: row.is_none().then_some(tag),
            codec: match envelope.record.format() {
                Format::Json => Codec::Json,
                Format::MsgPack => Codec::MessagePack,
            },
            bytes: envelope.record.as_bytes().to_vec(),
            name: self.name.clone(),
            entry: None,
        })
    }

    /// What the values look like.
    pub(crate) fn shape(&self) -> Shape {
        self.row.map_or_else(Value::shape, |row| (row.shape)())
    }

    /// The value with all that MessagePack can say about it: bytes, times, extension values.
    pub(crate) fn value(&self) -> Result<Value> {
        match self.row {
            Some(_) => self.decode(&self.encode(Codec::MessagePack)?, Codec::MessagePack),
            None => self.untyped(),
        }
    }

    /// The value as its JSON form has it.
    pub(crate) fn json_value(&self) -> Result<Value> {
        match (self.row, self.codec) {
            (None, Codec::Json) => self.untyped(),
            _ => self.decode(&self.encode(Codec::Json)?, Codec::Json),
        }
    }

    /// The record in its canonical form in a format. It is strictly checked where its type is known.
    pub(crate) fn encode(&self, codec: Codec) -> Result<Vec<u8>> {
        match self.row {
            Some(row) => {
                row.recode(&self.bytes, self.codec, codec).map_err(|error| self.inexpressible(&error, codec))
            }
            None => {
                encode_untyped(&self.untyped()?, codec).map_err(|error| self.inexpressible(&error, codec))
            }
        }
    }

    /// What a format cannot say, or else what is wrong with the input.
    fn inexpressible(&self, error: &proofmark::Error, codec: Codec) -> Failure {
        if error.kind() != proofmark::ErrorKind::Unsupported {
            return self.undecodable(error);
        }
        let (name, format) = (escape(&self.name), format_name(codec));
        let message = format!("cannot write `{name}` as {format}: {}", escape(&error.to_string()));
        Failure::incomplete(message).with_help(match codec {
            Codec::Json => "JSON has no extension values; `proofmark show` shows them",
            Codec::MessagePack => "MessagePack has no integers beyond 64 bits; keep the file as JSON",
        })
    }

    /// The fingerprint of the content, where the type is known and so what is volatile.
    pub(crate) fn fingerprint(&self) -> Result<Option<Digest>> {
        let fingerprint = self.row.map(|row| row.fingerprint(&self.bytes, self.codec));
        fingerprint.transpose().map_err(|error| self.undecodable(&error))
    }

    fn untyped(&self) -> Result<Value> {
        self.decode(&self.bytes, self.codec)
    }

    fn decode(&self, bytes: &[u8], codec: Codec) -> Result<Value> {
        codec.decode(bytes).map_err(|error| self.undecodable(&error))
    }

    fn undecodable(&self, error: &proofmark::Error) -> Failure {
        undecodable(&self.name, error).with_some_help(self.help(error))
    }

    fn help(&self, error: &proofmark::Error) -> Option<String> {
        use proofmark::ErrorKind as Kind;
        Some(match (error.kind(), self.row) {
            (Kind::Limit, _) => {
                "no record is so deep or so long: it is damaged, or made to do harm".to_owned()
            }
            (Kind::Truncated | Kind::Malformed | Kind::Utf8, _) => {
                format!("it is not {}, or damaged; `show --hex` shows the bytes", format_name(self.codec))
            }
            (_, Some(row)) => format!("`proofmark schema {}` says what is expected", row.name),
            (_, None) => return None,
        })
    }
}

/// The row of a type that the command line names.
pub(crate) fn row_of(name: &str) -> Result<&'static RecordType> {
    let names = || proofmark_artifacts::RECORDS.iter().map(|row| row.name);
    record_type(name).ok_or_else(|| suggest::no_record_type(name, names()))
}

/// The name of a format, for messages.
pub(crate) fn format_name(codec: Codec) -> &'static str {
    match codec {
        Codec::Json => "JSON",
        Codec::MessagePack => "MessagePack",
    }
}

/// A value as compact JSON.
pub(crate) fn to_json(value: &Value) -> Result<Vec<u8>> {
    json_encoder().to_vec(value).map_err(|error| Failure::incomplete(error.to_string()))
}

/// A value whose type is not known. The order of its keys may mean something, and stays.
fn encode_untyped(value: &Value, codec: Codec) -> proofmark::Result<Vec<u8>> {
    match codec {
        Codec::Json => {
            let mut json = format_with_limits(&json_encoder().to_vec(value)?, Indent::Spaces(2), LIMITS)?;
            json.push(b'\n');
            Ok(json)
        }
        Codec::MessagePack => msgpack::Encoder::new().order(Order::Declared).limits(LIMITS).to_vec(value),
    }
}

fn json_encoder() -> json::Encoder {
    json::Encoder::new().order(Order::Declared).limits(LIMITS)
}

/// Reads a file of at most [`ARTIFACT_BYTES_MAX`] bytes; `-` is standard input.
fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = |error: &io::Error| Failure::io("read", path, error);
    let input: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|e| failed(&e))?)
    };
    let mut bytes = Vec::new();
    input.take(ARTIFACT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > ARTIFACT_BYTES_MAX {
        let name = path.to_string_lossy();
        let message =
            format!("`{}` has more than {ARTIFACT_BYTES_MAX} bytes, the most that is read", escape(&name));
        return Err(Failure::incomplete(message));
    }
    Ok(bytes)
}

fn undecodable(name: &str, error: &proofmark::Error) -> Failure {
    Failure::incomplete(format!("cannot read `{}`: {}", escape(name), escape(&error.to_string())))
}

fn damaged(name: &str, error: &proofmark::Error) -> Failure {
    let message = format!("`{}` is damaged: {}", escape(name), escape(&error.to_string()));
    Failure::incomplete(message).with_help("restore the file from a copy; `show --hex` shows the bytes")
}

fn unknown_format(name: &str) -> Failure {
    let message = format!("cannot tell the format of `{}` by its name", escape(name));
    Failure::usage(message).with_help("end it in .json or .msgpack, or give the format: --from json")
}

/// JSON text laid out anew.
pub(crate) fn layout(json: &[u8], indent: Indent) -> Result<Vec<u8>> {
    format_with_limits(json, indent, LIMITS).map_err(|error| Failure::incomplete(error.to_string()))
}
