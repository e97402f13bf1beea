//! How much a decoder takes from an input it does not trust.

use crate::error::{Detail, Error, Result};

/// Bounds on what one decode call accepts.
///
/// Every bound is checked on every path: typed, skipped, raw, untyped, and where a tag is looked for. What is within
/// these bounds is not believed for that: a length that the input claims takes memory up to twice the input's size, all
/// such claims together, until the elements are there.
///
/// ```
/// use proofmark::{Limits, json};
/// let limits = Limits::depth(2);
/// let error = json::Decoder::new().limits(limits).from_slice::<Vec<Vec<Vec<u32>>>>(b"[[[]]]").unwrap_err();
/// assert_eq!(error.to_string(), "Nesting is deeper than 2 levels (byte 2)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Nested containers, the outermost counted as one. Also a bound on the stack that decoding uses.
    ///
    /// A level takes 100 to 600 bytes of stack in an optimised build, and 500 to 1,500 in one that is not, for records
    /// of up to ten fields. A record of 40 fields that holds its like takes two and four times its own size. Skipped
    /// and raw values take none.
    pub depth_max: u32,
    /// Bytes of one input.
    pub input_bytes_max: usize,
    /// Elements of one array, entries of one map. Of a record every entry counts: its tag, and what is unknown or there
    /// twice.
    pub collection_len_max: usize,
    /// Errors that `decode_all_errors` keeps; at the last of them it stops.
    pub errors_max: usize,
}

impl Limits {
    /// Default for [`Limits::depth_max`]: deep enough for records, shallow enough for a 256 KiB stack.
    pub const DEPTH_MAX: u32 = 128;
    /// Default for [`Limits::input_bytes_max`]: 4 GiB, the longest string either format can hold.
    pub const INPUT_BYTES_MAX: usize = u32::MAX as usize;
    /// Default for [`Limits::collection_len_max`].
    pub const COLLECTION_LEN_MAX: usize = u32::MAX as usize;

    /// Default for [`Limits::errors_max`]: more than anybody reads, and a few megabytes at most.
    pub const ERRORS_MAX: usize = 10_000;

    /// The defaults with another depth.
    pub const fn depth(depth_max: u32) -> Self {
        Self { depth_max, ..Self::DEFAULT }
    }

    /// The error for nesting beyond the limit.
    #[cold]
    pub(crate) fn too_deep(&self) -> Error {
        Error::new(Detail::Limit(format!("Nesting is deeper than {} levels", self.depth_max)))
    }

    /// The error for a collection beyond the limit.
    #[cold]
    pub(crate) fn too_long(&self) -> Error {
        Error::new(Detail::Limit(format!("Collection is longer than {} elements", self.collection_len_max)))
    }

    /// Refuses an input beyond the limit.
    pub(crate) fn check_input(&self, input: &[u8]) -> Result<()> {
        if input.len() <= self.input_bytes_max {
            return Ok(());
        }
        Err(self.too_large())
    }

    /// The error for an input beyond the limit.
    #[cold]
    pub(crate) fn too_large(&self) -> Error {
        let text = format!("Input is longer than {} bytes", self.input_bytes_max);
        Error::new(Detail::Limit(text)).at_offset(self.input_bytes_max)
    }

    /// Whether a collection of `count` elements cannot go beyond the limit in `text`, where each takes a byte at least.
    #[inline(always)]
    pub(crate) const fn has_room(&self, count: usize, text: &[u8]) -> bool {
        count.saturating_add(text.len()) <= self.collection_len_max
    }

    /// The default limits.
    pub const DEFAULT: Self = Self {
        depth_max: Self::DEPTH_MAX,
        input_bytes_max: Self::INPUT_BYTES_MAX,
        collection_len_max: Self::COLLECTION_LEN_MAX,
        errors_max: Self::ERRORS_MAX,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// How many elements a collection may still have, where its length is not told beforehand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room(usize);

impl Room {
    #[inline(always)]
    pub(crate) const fn new(limits: &Limits) -> Self {
        Self(limits.collection_len_max)
    }

    /// Counts one more element, if there is room for it.
    #[inline(always)]
    pub(crate) fn take_quietly(&mut self) -> bool {
        let has_room = self.0 > 0;
        self.0 -= usize::from(has_room);
        has_room
    }

    /// Counts the element at `offset`.
    #[inline(always)]
    pub(crate) fn take(&mut self, limits: &Limits, offset: usize) -> Result<()> {
        match self.0.checked_sub(1) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => Err(limits.too_long().at_offset(offset)),
        }
    }
}

/// The memory that may be set aside for what an input claims to hold, before it is seen to hold it.
///
/// One bound for all claims that are open: those that stand inside each other would else add up, to the input's length
/// times the depth limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    bytes_left: usize,
}

impl Allowance {
    pub(crate) const fn new(input: &[u8]) -> Self {
        Self { bytes_left: input.len().saturating_mul(2) }
    }

    /// How many of `len` elements of `size` bytes fit, where the input has `remaining` bytes left.
    #[inline]
    pub(crate) fn take(&mut self, len: usize, size: usize, remaining: usize) -> usize {
        let taken = len.min(remaining.min(self.bytes_left) / size.max(1));
        self.bytes_left -= taken * size;
        taken
    }

    /// What was taken for a claim that was true does not count any more.
    #[inline]
    pub(crate) fn give_back(&mut self, len: usize, size: usize) {
        self.bytes_left += len * size;
    }
}
