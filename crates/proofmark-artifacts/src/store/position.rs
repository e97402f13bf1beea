//! A cursor's positions, wherever they are kept: each under its number, written once.

use std::path::Path;

use super::{StoreError, StoreErrorKind};
use crate::registry::Artifact;
use crate::{CdfCursor, Codec, CursorReset, Envelope};

/// Largest cursor file that is read.
pub const CURSOR_BYTES_MAX: u64 = 64 << 10;

/// Positions that are kept behind the last one.
pub(super) const HISTORY: u64 = 16;

/// How often something that others may remove under our hands is tried.
pub(super) const ATTEMPTS: usize = 8;

/// A cursor as it was found, which is what a move starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    pub(super) sequence: u64,
    pub(super) cursor: CdfCursor,
}

impl Position {
    /// The cursor.
    pub fn cursor(&self) -> &CdfCursor {
        &self.cursor
    }

    /// How many times the dataset's cursor has been moved, this time counted.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

/// What stands under the last number.
pub(super) enum Last {
    At(CdfCursor),
    Reset,
}

impl Last {
    /// What a file holds.
    pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Self, StoreError> {
        let last = Envelope::open(bytes, Codec::Json).and_then(|envelope| match envelope.kind.as_str() {
            CursorReset::NAME => envelope.decode::<CursorReset>().map(|_| Self::Reset),
            _ => envelope.decode().map(Self::At),
        });
        last.map_err(|error| StoreError::damaged(path, &error))
    }
}

/// The file of a position, or of a reset.
pub(super) fn seal<T: Artifact>(record: &T, place: &Path) -> Result<Vec<u8>, StoreError> {
    let bytes = Envelope::seal(record).map_err(|error| {
        StoreError::new(StoreErrorKind::Encode, place, format!("cannot encode the cursor: {error}"))
    })?;
    if bytes.len() as u64 > CURSOR_BYTES_MAX {
        let detail = format!("the cursor has {} bytes, more than {CURSOR_BYTES_MAX}", bytes.len());
        return Err(StoreError::new(StoreErrorKind::TooLarge, place, detail));
    }
    Ok(bytes)
}

pub(super) fn check_dataset(dir: &Path, from: Option<&Position>, dataset: &str) -> Result<(), StoreError> {
    match from.map(Position::cursor) {
        Some(from) if from.dataset_name != dataset => {
            let detail = format!("the cursor of `{}` was given", from.dataset_name.escape_debug());
            Err(StoreError::new(StoreErrorKind::Conflict, dir, detail))
        }
        _ => Ok(()),
    }
}

pub(super) fn check_forward(dir: &Path, from: Option<&Position>, next: &CdfCursor) -> Result<(), StoreError> {
    let Some(from) = from.map(Position::cursor) else { return Ok(()) };
    if from.table_id == next.table_id && next.last_version < from.last_version {
        let detail =
            format!("the cursor is at version {}, {} is before it", from.last_version, next.last_version);
        return Err(StoreError::new(StoreErrorKind::Backwards, dir, detail));
    }
    Ok(())
}

/// A position lies where the cursor of its dataset belongs.
pub(super) fn check_name(position: &Position, dataset: &str, place: &Path) -> Result<(), StoreError> {
    let found = &position.cursor.dataset_name;
    if found == dataset {
        return Ok(());
    }
    let detail = format!("holds the cursor of `{}`", found.escape_debug());
    Err(StoreError::new(StoreErrorKind::Damaged, place, detail))
}

pub(super) fn conflict(dir: &Path, found: Option<&Position>) -> StoreError {
    let at =
        found.map_or_else(|| "nowhere".to_owned(), |found| format!("version {}", found.cursor.last_version));
    let detail =
        format!("somebody else moved the cursor first; it is at {at}: read it again and start from there");
    StoreError::new(StoreErrorKind::Conflict, dir, detail)
}

pub(super) fn file_name(sequence: u64) -> String {
    format!("{sequence:020}.json")
}

/// The number in a file's name; `None` when it is not one of ours.
pub(super) fn sequence_of(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".json")?;
    let is_ours = digits.len() == 20 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_ours.then(|| digits.parse().ok()).flatten()
}
