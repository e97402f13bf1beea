//! Names of runs.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use proofmark::Record;

/// The id of a run: its start, to the millisecond in UTC, and eight letters and digits drawn at random.
///
/// Ids sort by time. The random part alone names a run, and so does any start of it that fits no other run: people type
/// `k3f9`. It begins with a letter, so that it is never taken for a time.
///
/// # Examples
/// ```
/// use proofmark_artifacts::RunId;
///
/// let id = RunId::parse("20261122-134501123-k3f9q2xd").expect("a well-formed id");
/// assert_eq!(id.short(), "k3f9q2xd");
/// assert!(id.matches("k3f9") && id.matches("20261122-13") && !id.matches("q2xd"));
/// assert!(RunId::parse("../../x").is_none());
/// ```
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(transparent)]
pub struct RunId(#[field(pattern = "^[0-9]{8}-[0-9]{9}-[a-hjkmnp-tv-z][a-hjkmnp-tv-z0-9]{7}$")] String);

/// Letters and digits that are not mistaken for each other: no `i`, `l`, `o`, `u`. The first sixteen are letters.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstvwxyz0123456789";
const TIME_LEN: usize = "20261122-134501123".len();
const SHORT_LEN: usize = 8;

/// The last millisecond given out by this process. Two runs begun within one must still sort by their start.
static LAST_MS: AtomicI64 = AtomicI64::new(i64::MIN);

impl RunId {
    /// A new id, later than all that this process has made before.
    pub(crate) fn generate(now: Timestamp) -> Result<Self, getrandom::Error> {
        let mut random = [0; SHORT_LEN];
        getrandom::fill(&mut random)?;
        let at = Timestamp::from_millisecond(next_ms(now.as_millisecond())).unwrap_or(now);
        Ok(Self(format!("{}-{}", at.strftime("%Y%m%d-%H%M%S%3f"), short_of(random))))
    }

    /// An id from its text; `None` unless the text is one.
    pub fn parse(text: &str) -> Option<Self> {
        let (time, rest) = text.split_at_checked(TIME_LEN)?;
        let short = rest.strip_prefix('-')?;
        (is_time(time) && is_short(short)).then(|| Self(text.to_owned()))
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The random part, which is enough to name the run.
    pub fn short(&self) -> &str {
        &self.0[TIME_LEN + 1..]
    }

    /// Whether the id, or its random part, starts with `prefix`.
    pub fn matches(&self, prefix: &str) -> bool {
        self.0.starts_with(prefix) || self.short().starts_with(prefix)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> Self {
        id.0
    }
}

/// `now`, or one millisecond after the last one given out, whichever is later.
fn next_ms(now: i64) -> i64 {
    let later = |last: i64| Some(now.max(last.saturating_add(1)));
    let last = LAST_MS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later).unwrap_or_else(|last| last);
    now.max(last.saturating_add(1))
}

fn short_of(random: [u8; SHORT_LEN]) -> String {
    let pick = |(idx, byte): (usize, u8)| {
        let range = if idx == 0 { 16 } else { 32 };
        char::from(ALPHABET[usize::from(byte) % range])
    };
    random.into_iter().enumerate().map(pick).collect()
}

fn is_time(text: &str) -> bool {
    text.bytes().enumerate().all(|(idx, byte)| if idx == 8 { byte == b'-' } else { byte.is_ascii_digit() })
}

fn is_short(text: &str) -> bool {
    text.len() == SHORT_LEN
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_parse_and_sort_by_the_order_in_which_they_were_made() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let earlier = Timestamp::from_second(1_600_000_000).unwrap();
        let ids: Vec<_> = [now, now, earlier, now].map(|at| RunId::generate(at).unwrap()).into();
        assert!(ids.is_sorted(), "{ids:?}");
        for id in &ids {
            assert_eq!(RunId::parse(id.as_str()).as_ref(), Some(id));
            let json = proofmark::json::to_string(id).unwrap();
            assert_eq!(&proofmark::json::from_str::<RunId>(&json).unwrap(), id);
        }
    }

    #[test]
    fn text_that_is_not_an_id_is_refused() {
        for text in [
            "",
            "latest",
            "k3f9q2xd",
            "20261122-134501123-K3f9q2xd",
            "20261122-134501123-93f9q2xd",
            "20261122-134501123-k3f9q2x",
            "20261122-134501123-k3f9q2xdd",
            "20261122_134501123-k3f9q2xd",
            "20261122-134501123-k3f9/2xd",
            "20261122-13450112\u{e9}-k3f9q2x",
            "20261122-134501123-k3f9q2x\n",
        ] {
            assert_eq!(RunId::parse(text), None, "{text}");
            let json = proofmark::json::to_string(text).unwrap();
            assert!(proofmark::json::from_str::<RunId>(&json).is_err(), "{text}");
        }
    }

    #[test]
    fn the_random_part_never_starts_like_a_time_or_like_latest() {
        (0..=255).for_each(|byte| {
            let short = short_of([byte; SHORT_LEN]);
            assert!(is_short(&short) && !short.starts_with('l'), "{short}");
        });
    }
}
