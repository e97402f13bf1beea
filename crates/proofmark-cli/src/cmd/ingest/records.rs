//! A file of records, put in place when all of them are there.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use proofmark::{Encode, Limits, json, msgpack};
use proofmark_artifacts::{Codec, DEPTH_MAX};
use tempfile::NamedTempFile;

use crate::failure::{Failure, Result};
use crate::render::text::escape;
use crate::screen::Screen;

const LIMITS: Limits = Limits::depth(DEPTH_MAX);

/// Records in a file that is not in place yet, or on standard output.
pub(super) struct Records {
    out: Out,
    codec: Codec,
    /// One record: the memory is used again for the next.
    buffer: Vec<u8>,
}

enum Out {
    Stdout,
    File { file: BufWriter<NamedTempFile>, path: PathBuf },
}

impl Records {
    pub(super) fn open(path: &Path, codec: Codec) -> Result<Self> {
        let out = if path == Path::new("-") {
            Out::Stdout
        } else {
            let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let failed = |error: std::io::Error| Failure::io("write", path, &error);
            // Said before it is said with the name of a temporary file.
            dir.metadata().map_err(failed)?;
            let file = NamedTempFile::new_in(dir).map_err(failed)?;
            Out::File { file: BufWriter::new(file), path: path.to_owned() }
        };
        Ok(Self { out, codec, buffer: Vec::new() })
    }

    pub(super) const fn is_stream(&self) -> bool {
        matches!(self.out, Out::Stdout)
    }

    pub(super) fn put(&mut self, record: &impl Encode, screen: &mut Screen) -> Result<()> {
        self.buffer.clear();
        let encoded = match self.codec {
            Codec::MessagePack => {
                msgpack::Encoder::new().limits(LIMITS).encode_into(record, &mut self.buffer)
            }
            Codec::Json => json::Encoder::new().limits(LIMITS).encode_into(record, &mut self.buffer),
        };
        encoded.map_err(|error| Failure::incomplete(escape(&error.to_string())))?;
        if self.codec == Codec::Json {
            self.buffer.push(b'\n');
        }
        match &mut self.out {
            Out::Stdout => screen.print_data(&self.buffer),
            Out::File { file, path } => {
                file.write_all(&self.buffer).map_err(|error| Failure::io("write", path, &error))
            }
        }
    }

    /// Puts the file in place; where that is, if it is a file.
    pub(super) fn finish(self, force: bool) -> Result<Option<PathBuf>> {
        let Out::File { file, path } = self.out else { return Ok(None) };
        let failed = |error: &std::io::Error| Failure::io("write", &path, error);
        let file = file.into_inner().map_err(|error| failed(error.error()))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        let put = if force { file.persist(&path) } else { file.persist_noclobber(&path) };
        put.map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => exists(&path),
            _ => failed(&error.error),
        })?;
        Ok(Some(path))
    }
}

/// Fails before anything is read where a file would not be overwritten in the end.
pub(super) fn check_new(path: &Path) -> Result<()> {
    if path != Path::new("-") && path.symlink_metadata().is_ok() { Err(exists(path)) } else { Ok(()) }
}

fn exists(path: &Path) -> Failure {
    Failure::incomplete(format!("`{}` exists already", escape(&path.to_string_lossy())))
        .with_help("--force overwrites it")
}
