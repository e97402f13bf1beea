//! Dates, times, UUIDs, decimals, bytes.

use jiff::civil::Date;
use proofmark::{
    Record,
    scalar::{DateTime, Decimal, Time, TimeDelta},
};
use uuid::Uuid;

use super::{
    any::True,
    choices::{Color, Level, Literal123, LiteralAB, LiteralX5, PlainInt},
};

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Temporal {
    #[field(default)]
    dt: Option<DateTime>,
    #[field(default, tz = true)]
    aware: Option<DateTime>,
    #[field(default, tz = false)]
    naive: Option<DateTime>,
    #[field(default)]
    d: Option<Date>,
    #[field(default)]
    t: Option<Time>,
    #[field(default, tz = true)]
    t_aware: Option<Time>,
    #[field(default, tz = false)]
    t_naive: Option<Time>,
    #[field(default)]
    td: Option<TimeDelta>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Misc {
    #[field(default)]
    u: Option<Uuid>,
    #[field(default)]
    dec: Option<Decimal>,
    #[field(default)]
    by: Vec<u8>,
    #[field(default = Color::Red)]
    color: Color,
    #[field(default = Level::Low)]
    level: Level,
    #[field(default = PlainInt::One)]
    pint: PlainInt,
    #[field(default = LiteralAB::A)]
    lit: LiteralAB,
    #[field(default = Literal123::One)]
    ilit: Literal123,
    #[field(default)]
    mlit: Option<LiteralX5>,
    #[field(default)]
    blit: True,
}
