//! Records with a field of every kind, that borrow nothing, and that borrow what they can.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    time::Duration,
};

use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp, civil};
use proofmark::{
    Ext, Lazy, Maybe, Raw, Record, Value,
    scalar::{DateTime, Decimal, Time, TimeDelta},
};
use uuid::Uuid;

/// Every kind of value that needs no input to live on.
#[derive(Record, Debug, PartialEq)]
pub(crate) struct Owned {
    #[field(default)]
    flag: bool,
    #[field(default)]
    small: (u8, i8, u16, i16),
    #[field(default)]
    wide: (u32, i32, u64, i64),
    #[field(default)]
    widest: (u128, i128),
    #[field(default)]
    floats: (f32, f64),
    #[field(default, ge = -1.5, lt = 1e9)]
    bounded: f64,
    #[field(default, max_len = 40, pattern = "^[a-zé]*$")]
    word: String,
    #[field(default)]
    letter: char,
    #[field(default)]
    bytes: Vec<u8>,
    #[field(default)]
    list: Vec<u32>,
    #[field(default)]
    four: [i16; 4],
    #[field(default)]
    nested: Vec<Vec<Option<String>>>,
    #[field(default)]
    maybe: Maybe<Option<u8>>,
    #[field(default)]
    numbers: HashMap<i64, f64>,
    #[field(default)]
    names: BTreeMap<String, Box<Owned>>,
    #[field(default)]
    order: IndexMap<String, Rc<str>>,
    #[field(default)]
    set: BTreeSet<u16>,
    #[field(default)]
    scalars: Option<Box<Scalars>>,
    #[field(default)]
    event: Option<Event>,
    #[field(default)]
    events: Vec<Event>,
    #[field(default)]
    level: Level,
    #[field(default)]
    color: Color,
    #[field(default)]
    either: Option<Either>,
    #[field(default)]
    row: Option<Row>,
    #[field(default)]
    value: Value,
    #[field(default)]
    ext: Option<Ext>,
}

/// What is spelt as text in JSON, and in MessagePack not always.
#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "camel")]
pub(crate) struct Scalars {
    #[field(default)]
    date_time: Option<DateTime>,
    #[field(default)]
    timestamp: Option<Timestamp>,
    #[field(default)]
    local_time: Option<civil::DateTime>,
    #[field(default)]
    date: Option<civil::Date>,
    #[field(default)]
    time: Option<Time>,
    #[field(default)]
    delta: Option<TimeDelta>,
    #[field(default)]
    signed: Option<SignedDuration>,
    #[field(default)]
    span: Option<Duration>,
    #[field(default)]
    uuid: Option<Uuid>,
    #[field(default)]
    decimal: Option<Decimal>,
}

/// Tagged, and open to what it does not know.
#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
pub(crate) enum Event {
    Start {
        at: u64,
    },
    #[variant(tag = "scan.v1")]
    Scan {
        rows: Vec<Row>,
        inner: Option<Box<Event>>,
    },
    Stop,
}

/// Positional.
#[derive(Record, Debug, PartialEq)]
#[record(positional)]
pub(crate) struct Row {
    id: u64,
    name: String,
    #[field(default)]
    share: Option<f32>,
}

/// A union by kind.
#[derive(Record, Debug, PartialEq)]
pub(crate) enum Either {
    Number(i64),
    Text(String),
    Rows(Vec<Row>),
}

#[derive(Record, Debug, Default, PartialEq)]
#[record(int)]
pub(crate) enum Level {
    #[default]
    Low = 1,
    High = -10,
}

#[derive(Record, Debug, Default, PartialEq)]
pub(crate) enum Color {
    #[default]
    Red,
    Green,
}

/// The same fields where they can point into the input, and everything else passed over.
#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
pub(crate) struct Borrowed<'a> {
    #[field(default)]
    pub(crate) word: Cow<'a, str>,
    #[field(default)]
    pub(crate) bytes: Cow<'a, [u8]>,
    #[field(default)]
    pub(crate) nested: Vec<Vec<Option<Cow<'a, str>>>>,
    #[field(default)]
    pub(crate) names: Option<Raw<'a>>,
    #[field(default)]
    pub(crate) event: Option<Lazy<Option<Event>>>,
}
