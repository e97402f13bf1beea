//! Records in map form without anything special about them.

use proofmark::Record;

use super::Int;

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Point {
    x: Int,
    y: f64,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct User {
    id: Int,
    name: String,
    #[field(default)]
    email: Option<String>,
    #[field(default)]
    tags: Vec<String>,
    #[field(default = true)]
    active: bool,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(encode_defaults)]
pub(crate) struct Strict {
    a: Int,
    #[field(default = "z")]
    b: String,
}

impl Strict {
    pub(crate) fn of(a: Int) -> Self {
        Self { a, b: "z".to_owned() }
    }
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct KwOnly {
    #[field(default = 1)]
    a: Int,
    b: String,
    #[field(default)]
    c: Option<Int>,
    d: f64,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults, check = Interval::check)]
pub(crate) struct Interval {
    lo: f64,
    hi: f64,
}

impl Interval {
    fn check(&self) -> Result<(), &'static str> {
        if self.lo > self.hi { Err("lo must be <= hi") } else { Ok(()) }
    }
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Holder {
    iv: Interval,
    #[field(default)]
    ivs: Vec<Interval>,
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Empty {}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(encode_defaults, tag = "e")]
pub(crate) struct EmptyStrictTagged {}

// A dataclass.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct DC {
    a: Int,
    #[field(default = "x")]
    b: String,
    #[field(default)]
    c: Vec<Int>,
}

// A typed dictionary whose entries may all be absent.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct TD {
    a: proofmark::Maybe<Int>,
    b: proofmark::Maybe<String>,
}

// A typed dictionary.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct TDReq {
    a: Int,
    b: Option<String>,
}

/// D
#[derive(Record, Clone, Debug, PartialEq)]
#[record(transparent)]
pub(crate) struct DescribedPoint(Point);
