//! What an encoder is told about form: the order of keys, and which of several forms a scalar takes.

use crate::{Limits, Order};

/// How an encoder writes UUIDs. Decoders read every form.
///
/// ```
/// use proofmark::{UuidFormat, json, msgpack};
/// let id = uuid::Uuid::from_u128(0x12345678_9abc_def0_1234_56789abcdef0);
///
/// let hex = json::Encoder::new().uuid_format(UuidFormat::Hex);
/// assert_eq!(hex.to_vec(&id)?, br#""123456789abcdef0123456789abcdef0""#);
/// let bytes = msgpack::Encoder::new().uuid_format(UuidFormat::Bytes);
/// assert_eq!(bytes.to_vec(&id)?, b"\xc4\x10\x12\x34\x56\x78\x9a\xbc\xde\xf0\x12\x34\x56\x78\x9a\xbc\xde\xf0");
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UuidFormat {
    /// Text of 32 digits in five groups: `12345678-9abc-def0-1234-56789abcdef0`. The default.
    #[default]
    Canonical,
    /// Text of 32 digits.
    Hex,
    /// The sixteen bytes. JSON has no bytes and refuses it.
    Bytes,
}

/// How an encoder writes decimals. Decoders read both forms.
///
/// ```
/// use proofmark::{DecimalFormat, json, scalar::Decimal};
/// let price = Decimal::parse("1.50")?;
///
/// assert_eq!(json::to_vec(&price)?, br#""1.50""#);
/// let number = json::Encoder::new().decimal_format(DecimalFormat::Number);
/// assert_eq!(number.to_vec(&price)?, b"1.50");
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecimalFormat {
    /// Text, which keeps every digit whoever reads it. The default.
    #[default]
    String,
    /// A number.
    ///
    /// In JSON it keeps every digit, but many readers will round it to a float; NaN and the infinities are null, as
    /// they are for floats, and a map's key stays text. In MessagePack it *is* a float of 64 bits: precision is lost,
    /// and what is beyond its range is refused.
    Number,
}

/// The options of an encoder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Form {
    pub(crate) order: Order,
    pub(crate) limits: Limits,
    pub(crate) uuid: UuidFormat,
    pub(crate) decimal: DecimalFormat,
}

impl Form {
    /// The default options.
    pub(crate) const DEFAULT: Self = Self {
        order: Order::Deterministic,
        limits: Limits::DEFAULT,
        uuid: UuidFormat::Canonical,
        decimal: DecimalFormat::String,
    };
}
