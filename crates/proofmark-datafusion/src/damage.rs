//! Files that are not what their format promises: the engine's errors do not say which.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use datafusion::parquet::arrow::arrow_reader::ArrowReaderMetadata;

use crate::error::{Error, ErrorKind, Result};
use crate::table::files_below;

/// What to do about a file that is not what its format promises.
pub(crate) const HELP: &str = "the file is damaged or incomplete: write it again, or leave it out";

/// The last bytes of a Parquet file: the length of its metadata and the mark of the format.
const FOOTER_BYTES: u64 = 8;

/// How a Parquet file ends, with plain metadata and with encrypted metadata.
///
/// Source: <https://parquet.apache.org/docs/file-format/>.
const MARKS: [&[u8; 4]; 2] = [b"PAR1", b"PARE"];

/// Checks that each Parquet file at `place` ends as one, which a file that was cut off does not.
///
/// The engine trusts the length that it finds at the end, and computes with it.
pub(crate) fn check_footers(place: &Path) -> Result<()> {
    files_at(place).iter().filter(|file| is_parquet(file)).try_for_each(|file| check_footer(file))
}

fn check_footer(file: &Path) -> Result<()> {
    let unread = |error: std::io::Error| Error::io(format_args!("cannot read `{}`", file.display()), &error);
    let mut opened = File::open(file).map_err(unread)?;
    let length = opened.metadata().map_err(unread)?.len();
    // The engine leaves empty files out.
    if length == 0 {
        return Ok(());
    }
    let footer_bytes = FOOTER_BYTES.min(length);
    let mut footer = vec![0; footer_bytes as usize];
    opened.seek(SeekFrom::Start(length - footer_bytes)).map_err(unread)?;
    opened.read_exact(&mut footer).map_err(unread)?;
    fault_of(&footer, length).map_or(Ok(()), |fault| {
        let message = format!("`{}` is not a whole Parquet file: {fault}", file.display());
        Err(Error::new(ErrorKind::Data, message).with_help(HELP))
    })
}

/// What is wrong with a footer of a file of `length` bytes.
fn fault_of(footer: &[u8], length: u64) -> Option<String> {
    let Some((&claimed, mark)) = footer.split_first_chunk::<4>() else {
        return Some(format!("{length} B are too few"));
    };
    if !MARKS.iter().any(|known| *known == mark) {
        return Some(format!("it must end in `PAR1`, found `{}`", mark.escape_ascii()));
    }
    let claimed = u64::from(u32::from_le_bytes(claimed));
    (claimed + FOOTER_BYTES > length)
        .then(|| format!("its metadata claims {claimed} bytes, the file has {length}"))
}

/// The same error, naming the file at fault where it can be found among those at `places`.
pub(crate) fn blame(error: Error, places: &[&Path]) -> Error {
    if error.kind() != ErrorKind::Data {
        return error;
    }
    let files: Vec<_> = places.iter().flat_map(|place| files_at(place)).collect();
    let culprit = match &files[..] {
        [only] => Some(only),
        several => several.iter().find(|file| is_damaged(file)),
    };
    match culprit {
        Some(file) => in_file(error, &file.to_string_lossy()),
        None => error,
    }
}

/// The same error, naming the file at fault.
pub(crate) fn in_file(error: Error, file: &str) -> Error {
    error.during(format_args!("`{file}`")).with_help(HELP)
}

fn files_at(place: &Path) -> Vec<PathBuf> {
    match place.is_dir() {
        true => files_below(place).unwrap_or_default(),
        false => vec![place.to_owned()],
    }
}

/// Whether the metadata of a Parquet file cannot be read. Text has no such mark.
fn is_damaged(file: &Path) -> bool {
    let Ok(opened) = File::open(file) else { return true };
    is_parquet(file) && ArrowReaderMetadata::load(&opened, Default::default()).is_err()
}

fn is_parquet(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(footer: &[u8], length: u64, expected: Option<&str>) {
        assert_eq!(fault_of(footer, length).as_deref(), expected);
    }

    #[test]
    fn a_footer_ends_in_the_mark_and_fits_the_file() {
        check(b"\x10\0\0\0PAR1", 24, None);
        check(b"\x10\0\0\0PARE", 24, None);
        check(b"\x11\0\0\0PAR1", 24, Some("its metadata claims 17 bytes, the file has 24"));
        check(b"\xff\xff\xff\xffPAR1", 24, Some("its metadata claims 4294967295 bytes, the file has 24"));
        check(b"\x10\0\0\0PAR\0", 24, Some("it must end in `PAR1`, found `PAR\\x00`"));
        check(b"1", 1, Some("1 B are too few"));
    }
}
