//! `proofmark convert`: a record from one format into the other.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use proofmark::Value;
use proofmark::json::Indent;
use proofmark_artifacts::Codec;

use crate::args::Format;
use crate::document::{self, Document, row_of};
use crate::failure::{Failure, Result, Verdict};
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Converts a file between JSON and MessagePack
///
/// A file that says what it is, by the tag `type` or as an envelope, is strictly checked as that type, and so is any
/// file with --type. All others are converted value by value.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file to read; `-` is standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(value_name = "OUT")]
    output: PathBuf,
    /// Check the file as this record type
    #[arg(long = "type", value_name = "TYPE")]
    record: Option<String>,
    /// The format of IN, where its name does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Format>,
    /// The format of OUT, where its name does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<Format>,
    /// Lay JSON out for people
    #[arg(long)]
    pretty: bool,
    /// Overwrite OUT
    #[arg(long)]
    force: bool,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let row = self.record.as_deref().map(row_of).transpose()?;
        let to = self.format_of_output()?;
        let document = Document::of_file(&self.input, self.from.map(Codec::from), row)?;
        let bytes = laid_out(document.encode(to)?, to, self.pretty)?;
        self.warn_of_losses(&document, to, screen)?;
        if self.output == Path::new("-") {
            screen.print_data(&bytes)?;
        } else {
            write(&self.output, &bytes, self.force)?;
        }
        Ok(Verdict::Clean)
    }

    fn format_of_output(&self) -> Result<Codec> {
        let name = self.output.to_string_lossy();
        let codec = self.to.map(Codec::from).or_else(|| Codec::of_file(&name));
        codec.ok_or_else(|| {
            let message = format!("cannot tell the format of `{}` by its name", escape(&name));
            Failure::usage(message).with_help("end it in .json or .msgpack, or give the format: --to json")
        })
    }

    /// Says what JSON cannot, so that nobody finds out later.
    fn warn_of_losses(&self, document: &Document, to: Codec, screen: &Screen) -> Result<()> {
        if to != Codec::Json || document.codec != Codec::MessagePack {
            return Ok(());
        }
        let mut losses = Losses::default();
        losses.count(&document.value()?);
        if losses.not_finite > 0 {
            let count = plural(losses.not_finite, "float", "floats");
            screen.note(&format!("warning: {count} not finite: NaN and infinities are null in JSON"));
        }
        if losses.bytes > 0 && document.row.is_none() {
            let count = plural(losses.bytes, "byte string", "byte strings");
            screen.note(&format!("warning: {count} written as base64: only a type tells that from text"));
        }
        Ok(())
    }
}

/// Values that JSON has no form for.
#[derive(Default)]
struct Losses {
    bytes: usize,
    not_finite: usize,
}

impl Losses {
    fn count(&mut self, value: &Value) {
        match value {
            Value::Bytes(_) => self.bytes += 1,
            Value::Float(number) if !number.is_finite() => self.not_finite += 1,
            Value::Array(items) => items.iter().for_each(|item| self.count(item)),
            Value::Map(entries) => entries.iter().for_each(|(key, value)| {
                self.count(key);
                self.count(value);
            }),
            _ => {}
        }
    }
}

/// JSON compact or laid out, with a line's end; MessagePack as it is.
fn laid_out(bytes: Vec<u8>, codec: Codec, pretty: bool) -> Result<Vec<u8>> {
    if codec == Codec::MessagePack || pretty {
        return Ok(bytes);
    }
    let mut compact = document::layout(&bytes, Indent::None)?;
    compact.push(b'\n');
    Ok(compact)
}

/// Writes a file in one step: whoever reads it sees all of it or nothing.
fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    let failed = |error: &std::io::Error| Failure::io("write", path, error);
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(|error| failed(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    let put = if force { file.persist(path) } else { file.persist_noclobber(path) };
    put.map(drop).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            let name = path.to_string_lossy();
            Failure::incomplete(format!("`{}` exists already", escape(&name)))
                .with_help("--force overwrites it")
        }
        _ => failed(&error.error),
    })
}
