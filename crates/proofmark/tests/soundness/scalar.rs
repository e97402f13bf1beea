//! Scalars that are spelt as text: whatever is taken for one is written and read again as the same.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, civil};
use proofmark::{
    Decode, Encode, Strictness, json, msgpack,
    scalar::{DateTime, Decimal, Time, TimeDelta},
};
use uuid::Uuid;

use crate::check::written;

/// Dates, times, durations, UUIDs, decimals, base64 and all that lenient readers take.
pub(crate) fn scalar_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let quoted = json::to_vec(text).expect("text can be written");
    check::<DateTime>(&quoted);
    check::<Timestamp>(&quoted);
    check::<civil::DateTime>(&quoted);
    check::<civil::Date>(&quoted);
    check::<Time>(&quoted);
    check::<civil::Time>(&quoted);
    check::<TimeDelta>(&quoted);
    check::<SignedDuration>(&quoted);
    check::<Duration>(&quoted);
    check::<chrono::DateTime<chrono::FixedOffset>>(&quoted);
    check::<Uuid>(&quoted);
    check::<Decimal>(&quoted);
    check::<Vec<u8>>(&quoted);
    check::<char>(&quoted);
    check::<bool>(&quoted);
    check::<i64>(&quoted);
    check::<f64>(&quoted);
    check::<Option<u8>>(&quoted);
}

fn check<T: Encode + for<'de> Decode<'de>>(quoted: &[u8]) {
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let Ok(value) = json::Decoder::new().strictness(strictness).from_slice::<T>(quoted) else { continue };
        let Some(packed) = written(msgpack::to_vec(&value)) else { continue };
        let again: T = msgpack::from_slice(&packed).expect("what was written can be read");
        assert_eq!(msgpack::to_vec(&again).ok(), Some(packed));
        let Some(text) = written(json::to_vec(&value)) else { continue };
        // Floats that are not finite are written as null.
        if let Ok(again) = json::from_slice::<T>(&text) {
            assert_eq!(json::to_vec(&again).ok(), Some(text));
        }
    }
}
