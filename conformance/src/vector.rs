//! Vector files: a line about the recording, then one case per line.

use std::{fmt, fs, io, path::Path};

use proofmark::Format;
use serde::Deserialize as _;
use serde_json::Value as Json;

use crate::hex;

/// One file of recorded cases.
#[derive(Debug)]
pub(crate) struct File {
    /// What the cases are about: the file's name without its ending.
    pub(crate) kind: String,
    /// The first line: how the cases were recorded.
    pub(crate) meta: String,
    /// All lines but the first.
    pub(crate) cases: Vec<Case>,
}

/// One recorded case.
#[derive(Debug)]
pub(crate) struct Case {
    /// The line, as it was.
    pub(crate) line: String,
    record: Json,
}

impl File {
    /// Reads all `*.jsonl` files of a directory, sorted by name.
    pub(crate) fn read_all(directory: &Path) -> io::Result<Vec<Self>> {
        let entries = fs::read_dir(directory).map_err(|error| unreadable(directory, error))?;
        let entries = entries.collect::<io::Result<Vec<_>>>()?;
        let mut paths = Vec::from_iter(entries.iter().map(fs::DirEntry::path));
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> io::Result<Self> {
        let kind = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
        let meta = text.lines().next().unwrap_or_default().to_owned();
        if !Case::parse(&meta).is_ok_and(|meta| meta.get("meta").is_some()) {
            return Err(fault(path, 1, "does not tell how the cases were recorded"));
        }
        let cases = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
        let cases =
            cases.map(|(index, line)| Case::parse(line).map_err(|error| fault(path, index + 1, error)));
        Ok(Self { kind, meta, cases: cases.collect::<io::Result<_>>()? })
    }
}

fn unreadable(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn fault(path: &Path, line: usize, what: impl fmt::Display) -> io::Error {
    io::Error::other(format!("{}:{line}: {what}", path.display()))
}

impl Case {
    fn parse(line: &str) -> serde_json::Result<Self> {
        let mut reader = serde_json::Deserializer::from_str(line);
        reader.disable_recursion_limit();
        Ok(Self { line: line.to_owned(), record: Json::deserialize(&mut reader)? })
    }

    /// The name of the case.
    pub(crate) fn id(&self) -> &str {
        self.text("id").unwrap_or("?")
    }

    /// An entry of the record.
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        self.record.get(key)
    }

    /// An entry that is text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// An entry that is bytes.
    pub(crate) fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        hex::parse(self.text(key)?)
    }

    /// The input as it was written down: digits of bytes, or a tagged value.
    pub(crate) fn input(&self) -> String {
        match self.get("input") {
            Some(Json::String(digits)) => digits.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }

    /// Whether an entry is there and true.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Json::as_bool).unwrap_or(false)
    }

    /// The message of the error that was recorded, if the case ended in one.
    pub(crate) fn error(&self) -> Option<&str> {
        self.get("error")?.get("msg")?.as_str()
    }

    /// The class of the error that was recorded, if the case ended in one.
    pub(crate) fn error_class(&self) -> Option<&str> {
        self.get("error")?.get("class")?.as_str()
    }

    /// The format that the case is about.
    pub(crate) fn format(&self) -> Option<Format> {
        match self.text("proto")? {
            "json" => Some(Format::Json),
            "msgpack" => Some(Format::MsgPack),
            _ => None,
        }
    }
}
