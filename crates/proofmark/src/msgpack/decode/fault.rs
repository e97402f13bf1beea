//! What is said of a value that is not what was wanted, and what lenient reading makes of it.

use super::Reader;
use crate::{
    Decoder, Kind, Kinds,
    decode::Token,
    error::{Error, Result},
};

impl<'de> Reader<'de> {
    /// The error for the next value where `expected` was wanted; its own faults come first.
    #[cold]
    #[inline(never)]
    pub(super) fn mismatch(&mut self, expected: Kinds) -> Error {
        let offset = self.cursor.pos();
        match self.token() {
            Ok(token) => token.mismatch(expected).at_offset(offset),
            Err(error) => error,
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn lenient_or_mismatch<T>(
        &mut self,
        expected: Kind,
        accept: impl FnOnce(&Token<'de>) -> Option<Result<T>>,
    ) -> Result<T> {
        let offset = self.cursor.pos();
        let token = self.token()?;
        let accepted = if self.is_lenient() { accept(&token) } else { None };
        accepted
            .unwrap_or_else(|| Err(token.mismatch(Kinds::of(expected))))
            .map_err(|error| error.at_offset(offset))
    }
}
