//! Lists, tuples, sets, and dictionaries by type of key.

use jiff::civil::Date;
use proofmark::{
    Record, Value,
    scalar::{DateTime, Decimal},
};
use uuid::Uuid;

use super::{
    Dict, Int, Set,
    any::{AnyDict, EmptyTuple, FloatKey},
    choices::{Color, Level, LiteralAB},
    plain::Point,
};

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Maps {
    #[field(default)]
    by_str: Dict<String, Int>,
    #[field(default)]
    by_int: Dict<Int, String>,
    #[field(default)]
    by_float: Dict<FloatKey, Int>,
    #[field(default)]
    by_color: Dict<Color, Int>,
    #[field(default)]
    by_level: Dict<Level, Int>,
    #[field(default)]
    by_dt: Dict<DateTime, Int>,
    #[field(default)]
    by_date: Dict<Date, Int>,
    #[field(default)]
    by_uuid: Dict<Uuid, Int>,
    #[field(default)]
    by_dec: Dict<Decimal, Int>,
    #[field(default)]
    by_bytes: Dict<Vec<u8>, Int>,
    #[field(default)]
    by_lit: Dict<LiteralAB, Int>,
    #[field(default)]
    nested: Dict<String, Dict<Int, Vec<Int>>>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Colls {
    #[field(default)]
    li: Vec<Int>,
    #[field(default)]
    st: Set<Int>,
    #[field(default)]
    fs: Set<String>,
    #[field(default)]
    vt: Vec<Int>,
    #[field(default)]
    ft: (Int, String, bool),
    #[field(default)]
    f0: EmptyTuple,
    #[field(default)]
    ll: Vec<Vec<Int>>,
    #[field(default)]
    lo: Vec<Option<Point>>,
    #[field(default)]
    anyl: Vec<Value>,
    #[field(default)]
    anyd: AnyDict,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
#[expect(non_snake_case, reason = "names are told as they were recorded")]
pub(crate) struct Order {
    zeta: Int,
    alpha: Dict<String, Int>,
    #[field(default)]
    Beta: Set<String>,
    #[field(default)]
    a10: Int,
    #[field(default)]
    a2: Int,
    #[field(default)]
    point: Option<Point>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Tree {
    value: Int,
    #[field(default)]
    children: Vec<Self>,
    #[field(default)]
    parent: Option<Box<Self>>,
}
