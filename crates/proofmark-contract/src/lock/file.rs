//! Lock files: one entry per line, so that changes merge line by line.

use proofmark::json::{self, Indent};
use proofmark::{Error, Limits, Record, Result};

use super::{FORMAT, Lock};

/// The bytes that a lock file has at most.
pub const LOCK_BYTES_MAX: usize = 16 << 20;

/// What every form of lock files begins with.
#[derive(Record)]
#[record(allow_unknown)]
struct Head {
    proofmark_lock: u32,
}

/// A lock as the text of its file.
///
/// # Errors
/// Fails where JSON cannot express a frozen default.
pub fn to_vec(lock: &Lock) -> Result<Vec<u8>> {
    let mut text = json::format(&json::to_vec(lock)?, Indent::Spaces(1))?;
    text.push(b'\n');
    Ok(text)
}

/// Reads a lock file.
///
/// # Errors
/// Fails when the text is not a lock, has been written by a version whose form is newer, or refers to a type that it
/// does not define.
pub fn from_slice(text: &[u8]) -> Result<Lock> {
    let mut limits = Limits::DEFAULT;
    limits.input_bytes_max = LOCK_BYTES_MAX;
    let decoder = json::Decoder::new().limits(limits);
    let head: Head = decoder.from_slice(text)?;
    if head.proofmark_lock > FORMAT {
        return Err(Error::custom(format_args!(
            "this lock has form {}; this version reads forms up to {FORMAT}",
            head.proofmark_lock
        )));
    }
    let lock: Lock = decoder.from_slice(text)?;
    super::sense::check(&lock)?;
    Ok(lock)
}
